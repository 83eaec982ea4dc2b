//! `large-page`: a page is so large that browsers and readers struggle.
//!
//! **What it finds.** Pages of more than 30,000 words or with a body of more than 1 MiB of
//! HTML.
//!
//! **Why it matters.** Such a page is slow on a phone and nobody finds a thing in it.
//!
//! **Example.** A handbook in one file.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// More than two hours of reading.
const MOST_WORDS: usize = 30_000;
/// A megabyte of HTML, code blocks included.
const MOST_BYTES: usize = 1 << 20;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::LargePage, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        let (words, bytes) = (page.card.word_count, page.texts.html_size());
        let message = if words > MOST_WORDS {
            format!("this page has {words} words")
        } else if bytes > MOST_BYTES {
            format!("this page is {} KiB of HTML", bytes / 1024)
        } else {
            continue;
        };
        found(
            Diagnostic::new(Code::LargePage, message)
                .at(page.whole())
                .help("split it into pages of a section"),
        );
    }
}
