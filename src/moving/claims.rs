//! Who is served where, so that a move puts nothing in the place of something else.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::path::Permalink;
use crate::site::Site;

/// The findings for outputs that something else takes once files have moved, which nothing else
/// took before.
pub(super) fn collisions(here: &Site, after: &Site) -> Vec<Diagnostic> {
    let before = claims(here);
    let contested = |(output, owners): &(String, Vec<String>)| {
        owners.len() > before.get(output).map_or(1, |owners| owners.len().max(1))
    };
    let refusal = |(output, owners): (String, Vec<String>)| {
        let address = format!("/{}", output.strip_suffix("index.html").unwrap_or(&output));
        let message = format!("`{address}` would be taken by more than one");
        let help = format!("choose another name; it would be {}", owners.join(" and "));
        Diagnostic::new(Code::CannotMove, message).help(help)
    };
    claims(after).into_iter().filter(contested).map(refusal).collect()
}

/// Whose each output is, as far as the author's files decide it.
fn claims(site: &Site) -> BTreeMap<String, Vec<String>> {
    let mut claims: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut claim = |output: String, owner: String| claims.entry(output).or_default().push(owner);
    let output = |permalink: &Permalink| permalink.output().ok().map(|path| path.to_string());
    for page in site.pages.all() {
        let path = &page.card.relative_path;
        if let Some(output) = output(&page.card.permalink) {
            claim(output, format!("`content/{path}`"));
        }
        for (alias, _) in page.aliases.iter().filter(|(alias, _)| *alias != page.card.permalink) {
            if let Some(output) = output(alias) {
                claim(output, format!("an alias of `content/{path}`"));
            }
        }
    }
    for taxonomy in site.taxonomies.all().iter().filter(|taxonomy| taxonomy.head.is_none()) {
        if let Some(output) = output(&taxonomy.permalink) {
            claim(output, format!("the taxonomy `{}`", taxonomy.declared.name));
        }
    }
    for term in site.taxonomies.terms().iter().filter(|term| term.head.is_none()) {
        if let Some(output) = output(&term.permalink) {
            claim(output, format!("the term `{}`", term.name));
        }
    }
    for asset in site.assets.all() {
        if let Some(output) = &asset.output {
            claim(output.to_string(), format!("`{}`", asset.file.path));
        }
    }
    claims
}
