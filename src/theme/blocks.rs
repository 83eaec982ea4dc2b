//! Finds blocks that no parent has: slips, and what an override of the parent leaves out.
//!
//! Who replaces a theme's `base.html` by one with fewer blocks means to do without the others,
//! and cannot mend the theme's templates that fill them. Those are left out of the pages. A
//! block that its own layer has no place for is a slip.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic};
use crate::text::nearest::nearest;

use super::layer::Library;
use super::scan::{Scan, Tag, TagKind};

/// The blocks that have no place in any parent.
#[derive(Default)]
pub(super) struct Homeless<'a> {
    /// The slips among them.
    pub(super) findings: Vec<Diagnostic>,
    /// The names of all, by the full name of the topmost parent.
    names: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

/// Finds the blocks that have no place in any parent.
pub(super) fn homeless<'a>(stack: &'a Library, scans: &'a BTreeMap<&'a str, Scan>) -> Homeless<'a> {
    let mut homeless = Homeless::default();
    for (&full, scan) in scans {
        let chain = chain(stack, scans, full);
        let (Some((_, parents)), Some(&top)) = (chain.split_first(), chain.last()) else {
            continue;
        };
        if parents.is_empty() {
            continue;
        }
        let known: BTreeSet<&str> = parents
            .iter()
            .flat_map(|parent| scans[parent].of(TagKind::Block))
            .map(|tag| tag.name.as_str())
            .collect();
        let is_overridden = parents.iter().any(|parent| stack.rank(parent) < stack.rank(full));
        // A block within another one is new there, and needs no parent.
        let outer = scan.of(TagKind::Block).filter(|tag| tag.inside.is_none());
        for tag in outer.filter(|tag| !known.contains(tag.name.as_str())) {
            homeless.names.entry(top).or_default().insert(&tag.name);
            if !is_overridden {
                homeless.findings.push(slip(stack, full, tag, &known));
            }
        }
    }
    homeless
}

impl Homeless<'_> {
    /// The text of a template with a place for each of the blocks, where nothing is shown: the
    /// engine takes no template whose blocks have none.
    pub(super) fn house<'t>(&self, full: &str, text: &'t str) -> Cow<'t, str> {
        let Some(names) = self.names.get(full) else {
            return Cow::Borrowed(text);
        };
        let mut text = text.to_owned();
        // It stands at the end, so that all places stay as they are. The line end keeps a
        // brace apart from that of the tag.
        if text.ends_with('{') {
            text.push('\n');
        }
        text.push_str("{% if false %}");
        for name in names {
            text.push_str(&format!("{{% block {name} %}}{{% endblock %}}"));
        }
        text.push_str("{% endif %}");
        Cow::Owned(text)
    }
}

/// A template and all that it extends, from itself to the topmost.
pub(super) fn chain<'a>(
    stack: &'a Library,
    scans: &BTreeMap<&'a str, Scan>,
    full: &'a str,
) -> Vec<&'a str> {
    let mut chain = vec![full];
    let mut current = full;
    while let Some(next) =
        scans[current].of(TagKind::Extends).next().and_then(|tag| stack.resolve(&tag.name))
        && !chain.contains(&next)
    {
        chain.push(next);
        current = next;
    }
    chain
}

fn slip(stack: &Library, full: &str, tag: &Tag, known: &BTreeSet<&str>) -> Diagnostic {
    let message = format!("no parent template has a block `{}`", tag.name);
    let mut finding = Diagnostic::new(Code::TemplateSyntax, message)
        .did_you_mean(nearest(&tag.name, known.iter().copied()));
    finding.span = stack.span(full, tag.range.clone());
    finding
}
