//! `duplicate-h1`: a page has more than one heading of the first level.
//!
//! **What it finds.** `# Heading` in the body of a page whose front matter has a title, and
//! every further one where the first is the title.
//!
//! **Why it matters.** The title is printed as the heading of the first level; a second one
//! leaves readers and screen readers unsure what the page is called.
//!
//! **Example.** `title = "Tea"` above a body that begins with `# Tea`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::page::TitleFrom;
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::DuplicateH1, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        let allowed = usize::from(page.title_from == TitleFrom::Heading);
        let first_level = page.body.headings.iter().filter(|heading| heading.level == 1);
        for heading in first_level.skip(allowed) {
            let same = heading.text.trim() == page.card.title.trim();
            let (message, help) = if same {
                (
                    "this heading repeats the title of the page",
                    "remove it: the title is printed above the text",
                )
            } else {
                ("this page has a second heading of the first level", "begin it with `##`")
            };
            found(
                Diagnostic::new(Code::DuplicateH1, message)
                    .at(page.span(heading.span.clone()))
                    .help(help),
            );
        }
    }
}
