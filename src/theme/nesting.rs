//! Checks how templates extend, include and nest each other, before the engine recurses.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic};

use super::blocks::chain;
use super::layer::Library;
use super::scan::{BRANCHES, Scan, Tag, TagKind};

/// The stack, in bytes, of a thread that loads or renders templates.
///
/// A template inside another costs the engine up to 10 KB of stack, and seven times as much
/// without optimisation; only the pages that are touched count as memory.
pub const STACK: usize = 64 << 20;

/// How deep templates may extend and include each other.
const DEPTH: usize = 32;

/// How many templates, blocks and components may be open at once while a page is rendered.
const FRAMES: usize = 600;

/// How deep the engine lets components call each other.
const COMPONENT_DEPTH: usize = 20;

/// Finds everything that is broken between the templates.
pub(super) fn check(stack: &Library, scans: &BTreeMap<&str, Scan>) -> Vec<Diagnostic> {
    let mut walk = Walk { stack, scans, done: BTreeMap::new(), findings: Vec::new() };
    for &full in scans.keys() {
        walk.visit(full, &mut Vec::new());
        walk.branches(full);
    }
    // What follows walks along the ties and needs them to end.
    if walk.findings.is_empty() {
        let component = COMPONENT_DEPTH
            * scans.keys().map(|full| walk.component_frames(full)).max().unwrap_or(0);
        for &full in scans.keys() {
            walk.blocks(full);
            walk.frames(full, component);
        }
    }
    walk.components();
    walk.findings
}

struct Walk<'a> {
    stack: &'a Library,
    scans: &'a BTreeMap<&'a str, Scan>,
    /// The frames that a template and all within it may open at once.
    done: BTreeMap<&'a str, usize>,
    findings: Vec<Diagnostic>,
}

impl<'a> Walk<'a> {
    /// Follows every tie of a template; `above` are the templates on the way to it, each with
    /// the tag that leads on.
    fn visit(&mut self, full: &'a str, above: &mut Vec<(&'a str, &'a Tag)>) -> usize {
        if let Some(&frames) = self.done.get(full) {
            return frames;
        }
        let scan = &self.scans[full];
        let mut inner = 0;
        for tag in scan.of(TagKind::Extends).chain(scan.of(TagKind::Include)) {
            let Some(next) = self.stack.resolve(&tag.name) else {
                self.findings.push(self.unknown(full, tag));
                continue;
            };
            above.push((full, tag));
            if let Some(start) = above.iter().position(|&(name, _)| name == next) {
                let circle = circular(self.stack, &above[start..]);
                self.findings.push(circle);
            } else if above.len() > DEPTH {
                self.findings.push(self.too_deep(full, tag));
            } else {
                inner = inner.max(self.visit(next, above));
            }
            above.pop();
        }
        let frames = 1 + self.block_frames(full) + inner;
        self.done.insert(full, frames);
        frames
    }

    fn unknown(&self, full: &str, tag: &Tag) -> Diagnostic {
        let finding = Diagnostic::new(
            Code::TemplateSyntax,
            format!("there is no template `{}`", one_line(&tag.name)),
        )
        .did_you_mean(self.stack.nearest(&tag.name));
        at(self.stack, finding, full, tag)
    }

    fn too_deep(&self, full: &str, tag: &Tag) -> Diagnostic {
        let finding = Diagnostic::new(
            Code::TemplateSyntax,
            format!("templates are nested more than {DEPTH} deep"),
        )
        .help("include fewer templates from included templates");
        at(self.stack, finding, full, tag)
    }

    fn branches(&mut self, full: &str) {
        if let Some(range) = self.scans[full].too_many_branches.clone() {
            let mut finding = Diagnostic::new(
                Code::TemplateSyntax,
                format!("more than {BRANCHES} `elif`s are open at once"),
            )
            .help("look the value up in a map instead");
            finding.span = self.stack.span(full, range);
            self.findings.push(finding);
        }
    }

    /// How many frames the blocks of a template can open: each block once, and once more for
    /// every parent that it may call by `super()`.
    fn block_frames(&self, full: &'a str) -> usize {
        let chain = chain(self.stack, self.scans, full);
        let depth: usize = chain.iter().map(|name| self.scans[name].block_depth).sum();
        depth * chain.len()
    }

    fn component_frames(&self, full: &str) -> usize {
        match self.scans[full].of(TagKind::Component).next() {
            Some(_) => self.done.get(full).copied().unwrap_or(1),
            None => 0,
        }
    }

    /// Blocks that lie in each other, one way in a template and the other way in its parent,
    /// never end where `super()` is called.
    fn blocks(&mut self, full: &'a str) {
        let chain = chain(self.stack, self.scans, full);
        if chain.len() == 1 {
            return;
        }
        let mut edges: BTreeSet<(&str, &str)> = BTreeSet::new();
        for name in &chain {
            for tag in self.scans[name].of(TagKind::Block) {
                if let Some(outer) = &tag.inside {
                    edges.insert((outer, &tag.name));
                }
            }
        }
        // Take away blocks with nothing inside until none is left, or only a circle.
        loop {
            let outer: BTreeSet<&str> = edges.iter().map(|&(outer, _)| outer).collect();
            let before = edges.len();
            edges.retain(|(_, inner)| outer.contains(inner));
            if edges.len() == before {
                break;
            }
        }
        let within = |tag: &&Tag| {
            tag.inside.as_ref().is_some_and(|outer| edges.contains(&(outer.as_str(), &tag.name)))
        };
        if let Some(tag) = self.scans[full].of(TagKind::Block).find(within) {
            let outer = tag.inside.clone().unwrap_or_default();
            let mut finding = Diagnostic::new(
                Code::TemplateSyntax,
                format!("the blocks `{outer}` and `{}` are inside of each other", tag.name),
            )
            .help("nest them in the same order as the parent template does");
            for parent in &chain[1..] {
                if let Some(other) = self.scans[parent].of(TagKind::Block).find(within)
                    && let Some(span) = self.stack.span(parent, other.range.clone())
                {
                    finding = finding.label(span, "and the other way round here");
                    break;
                }
            }
            self.findings.push(at(self.stack, finding, full, tag));
        }
    }

    fn frames(&mut self, full: &'a str, components: usize) {
        let frames = self.done.get(full).copied().unwrap_or(1) + components;
        if frames > FRAMES {
            let mut finding = Diagnostic::new(
                Code::TemplateSyntax,
                format!("templates, blocks and components can be nested {frames} deep here"),
            )
            .help(format!(
                "{FRAMES} is the most; include fewer templates in components and blocks"
            ));
            finding.span = self.stack.span(full, 0..0);
            self.findings.push(finding);
        }
    }

    /// A component may be defined once in each layer.
    fn components(&mut self) {
        let mut seen: BTreeMap<(usize, &str), (&str, &Tag)> = BTreeMap::new();
        for (&full, scan) in self.scans {
            for tag in scan.of(TagKind::Component) {
                let key = (self.stack.rank(full), tag.name.as_str());
                match seen.get(&key) {
                    // Twice in one file is for the parser to say.
                    Some(&(other, first)) if other != full => {
                        let mut finding = Diagnostic::new(
                            Code::TemplateSyntax,
                            format!("the component `{}` is defined twice", tag.name),
                        )
                        .help("give one of them another name");
                        if let Some(span) = self.stack.span(other, first.range.clone()) {
                            finding = finding.label(span, "first here");
                        }
                        self.findings.push(at(self.stack, finding, full, tag));
                    }
                    Some(_) => {}
                    None => {
                        seen.insert(key, (full, tag));
                    }
                }
            }
        }
    }
}

/// The finding of a circle, at the tag that closes it.
fn circular(stack: &Library, circle: &[(&str, &Tag)]) -> Diagnostic {
    let verb = |tag: &Tag| match tag.kind {
        TagKind::Extends => "extends",
        _ => "includes",
    };
    let path = |name: &str| {
        stack.templates.get(name).map_or_else(|| name.to_owned(), |t| t.path.to_string())
    };
    let Some(((last, tag), before)) = circle.split_last() else {
        return Diagnostic::new(Code::TemplateSyntax, "templates lead back to themselves");
    };
    if before.is_empty() {
        let mut finding =
            Diagnostic::new(Code::TemplateSyntax, format!("`{}` {} itself", path(last), verb(tag)));
        // The usual slip: a site's `page.html` that means the theme's.
        if let Some(theirs) = stack
            .prefixes
            .iter()
            .map(|prefix| format!("{prefix}{}", tag.name))
            .find(|name| name != last && stack.templates.contains_key(name))
        {
            finding = finding.help(format!("`{theirs}` is the theme's own"));
        }
        return at(stack, finding, last, tag);
    }
    let mut finding = Diagnostic::new(
        Code::TemplateSyntax,
        format!("`{}` leads back to itself", path(circle[0].0)),
    );
    for (name, link) in before {
        if let Some(span) = stack.span(name, link.range.clone()) {
            finding = finding.label(span, format!("`{}` {} this", path(name), verb(link)));
        }
    }
    at(stack, finding, last, tag)
}

fn at(stack: &Library, mut finding: Diagnostic, full: &str, tag: &Tag) -> Diagnostic {
    finding.span = stack.span(full, tag.range.clone());
    finding
}

fn one_line(name: &str) -> String {
    name.replace(['\n', '\r'], " ")
}
