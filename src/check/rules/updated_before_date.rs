//! `updated-before-date`: a page was updated before its date.
//!
//! **What it finds.** Pages whose `updated` is earlier than their `date`.
//!
//! **Why it matters.** One of the two is wrong, and readers judge a page by both.
//!
//! **Example.** `date = 2026-03-01` and `updated = 2025-04-01`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::UpdatedBeforeDate, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        let (Some(date), Some(updated)) = (&page.card.date, &page.front_matter.updated) else {
            continue;
        };
        if date.has_come(updated.get_ref()) {
            continue;
        }
        let message = format!("this page was updated before its date, {}", date.day());
        let mut finding = Diagnostic::new(Code::UpdatedBeforeDate, message)
            .at(page.span(updated.span()))
            .help("correct one of them, or remove `updated`");
        if let Some(date) = &page.front_matter.date {
            finding = finding.label(page.span(date.span()), "the date");
        }
        found(finding);
    }
}
