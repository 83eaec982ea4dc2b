//! Whatever names a file otherwise than by a link, and so keeps it where it is.

use std::collections::BTreeMap;

use super::before::Before;
use crate::config::USUAL_FILES;
use crate::diag::{Code, Diagnostic, Span};
use crate::site::{PEOPLE, Site};

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
            let matter = &page.front_matter;
            let authors = matter.authors.iter();
            let names = authors.chain(matter.reviews.iter().map(|review| &review.by));
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

/// The name by which pages know the person whose page lies at a path.
fn person(path: &str) -> Option<&str> {
    let name = path.strip_prefix(PEOPLE)?.strip_prefix('/')?;
    let name = name.strip_suffix(".md")?;
    Some(name.strip_suffix("/index").unwrap_or(name)).filter(|name| *name != "_index")
}

fn refusal(span: Span, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(Code::CannotMove, message).at(span).help(help)
}
