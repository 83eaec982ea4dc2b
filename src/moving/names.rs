//! Whatever names a file otherwise than by a link: what keeps it where it is, and what is to be
//! changed by hand.

use std::collections::BTreeMap;
use std::ops::Range;

use super::before::Before;
use crate::config::USUAL_FILES;
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::site::{PEOPLE, Site};
use crate::source::Source;

/// The findings for files that move although something names them.
pub(super) fn named(
    before: &Before,
    here: &Site,
    moves: &BTreeMap<String, String>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let citations = &before.config.citations;
    let (config_file, config_text) = &before.config_file;
    let files = citations.files.iter().flatten().chain([&citations.style]);
    for named in files.chain(&citations.retractions) {
        if let Some(span) = named.span.clone().filter(|_| moves.contains_key(&named.name)) {
            found.push(refusal(span, "this names a file that would move", "change it by hand"));
        }
    }
    // What nobody names is found by its name; what stands under `[extra]` is the theme's to read.
    for old in moves.keys() {
        if citations.files.is_none() && USUAL_FILES.contains(&old.as_str()) {
            let message = format!("`content/{old}` is the bibliography by its name");
            let help = "name it under `[citations]` as `files` first";
            found.push(Diagnostic::new(Code::CannotMove, message).help(help));
        }
        let written = format!("@/{old}");
        let is_whole = |at: &usize| config_text[at + written.len()..].starts_with(['"', '\'', '#']);
        let places = config_text.match_indices(&written).map(|(at, _)| at).filter(is_whole);
        let process = here.links.process_span().map(|span| span.range.clone());
        for at in places.filter(|at| process.as_ref().is_none_or(|range| !range.contains(at))) {
            let span = Span::new(config_file.clone(), at..at + written.len());
            found.push(refusal(span, "this names a file that would move", "change it by hand"));
        }
    }
    for (old, new) in moves {
        let Some(person) = person(old) else { continue };
        if person == self::person(new).unwrap_or_default() {
            continue;
        }
        for page in here.pages.all() {
            let authors = page.card.authors.iter();
            let names = authors.chain(page.front_matter.reviews.iter().map(|review| &review.by));
            for name in names.filter(|name| name.get_ref() == person) {
                let help = "a person is known by the name of the file; change it here by hand";
                found.push(refusal(
                    page.span(name.span()),
                    "this names a person whose page would move",
                    help,
                ));
            }
        }
    }
    found
}

/// The warnings for templates that name files that move: `get_page(path="guide/install.md")`.
pub(super) fn in_templates(
    templates: &[Source],
    moves: &BTreeMap<String, String>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for template in templates {
        for range in quoted(&template.text) {
            let text = &template.text[range.clone()];
            let text = text.split(['#', '?']).next().unwrap_or(text);
            let path = text.strip_prefix("@/").or(text.strip_prefix('/')).unwrap_or(text);
            let Some(new) = moves.get(path) else { continue };
            let start = range.start + text.len() - path.len();
            let message = format!("this names `{path}`, which moves to `{new}`");
            let span = Span::new(template.path.clone(), start..start + path.len());
            let mut finding =
                refusal(span, &message, "change it by hand: no move changes a template");
            finding.severity = Severity::Warning;
            found.push(finding);
        }
    }
    found
}

/// What stands between two quotes of one kind, on one line. One kind can stand within another,
/// so that each quote is taken for a first one.
fn quoted(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices(['"', '\'', '`']).filter_map(|(at, quote)| {
        let rest = &text[at + 1..];
        let end = rest.find([quote.chars().next()?, '\n'])?;
        rest[end..].starts_with(quote).then_some(at + 1..at + 1 + end)
    })
}

/// The name by which pages know the person whose page lies at a path.
fn person(path: &str) -> Option<&str> {
    let name = path.strip_prefix(PEOPLE)?.strip_prefix('/')?;
    let name = name.strip_suffix(".md")?;
    Some(name.strip_suffix("/index").unwrap_or(name)).filter(|name| *name != "_index")
}

fn refusal(span: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::CannotMove, message).at(span).help(help)
}
