//! `author-named-twice`: a page names one author twice.
//!
//! **What it finds.** Entries of `authors` that mean somebody who is there already: the same name,
//! or the name in full of a person and that of the person's file. The author is shown once.
//!
//! **Why it matters.** One of the two was meant to be somebody else, who is now missing.
//!
//! **Example.** `authors = ["jane-doe", "Jane Doe"]`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic, Span};
use crate::site::{Author, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::AuthorNamedTwice, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        let mut known: Vec<(Author, Span)> = Vec::new();
        for entry in &page.card.authors {
            let written = entry.get_ref().trim();
            if written.is_empty() {
                continue;
            }
            let author = site.people.author(written);
            let span = page.span(entry.span());
            match known.iter().find(|(other, _)| other.is_same(&author)) {
                Some((_, first)) => found(
                    Diagnostic::new(Code::AuthorNamedTwice, "this author is named twice")
                        .at(span)
                        .label(first.clone(), "the first time is here")
                        .help("remove one of them"),
                ),
                None => known.push((author, span)),
            }
        }
    }
}
