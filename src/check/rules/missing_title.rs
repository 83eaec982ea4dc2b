//! `missing-title`: a page has no title.
//!
//! **What it finds.** Pages without a `title` in their front matter and without a heading of
//! the first level; their title is made of the file's name.
//!
//! **Why it matters.** The title is what lists, search engines and screen readers say first.
//!
//! **Example.** A file that begins with plain text.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::page::TitleFrom;
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::MissingTitle, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        // The section at the root bears the title of the site.
        if page.title_from == TitleFrom::FileName && page.card.relative_path != "_index.md" {
            let help = format!("add `title = \"{}\"` to its front matter", page.card.title);
            found(
                Diagnostic::new(Code::MissingTitle, "this page has no title")
                    .at(page.whole())
                    .help(help),
            );
        }
    }
}
