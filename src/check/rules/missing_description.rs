//! `missing-description`: a page has no description.
//!
//! **What it finds.** Pages whose front matter has no `description`.
//!
//! **Why it matters.** The description is the deck under the title, the text on cards and
//! what search engines show.
//!
//! **Example.** Front matter with a title alone.

use std::sync::Arc;

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::page::{Page, TitleFrom};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::MissingDescription, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let is_missing =
        |page: &&Arc<Page>| page.card.description.is_none() && page.title_from != TitleFrom::Unread;
    for page in site.pages.all().iter().filter(is_missing) {
        found(
            Diagnostic::new(Code::MissingDescription, "this page has no description")
                .at(page.whole())
                .help("add `description = \"…\"` to its front matter: one or two sentences"),
        );
    }
}
