//! `review-overdue`: the next review of a page fell due, and was not made.
//!
//! **What it finds.** Pages whose last review is longer ago than their type's
//! `review_every_months`.
//!
//! **Why it matters.** The page tells its readers the day on which it should have been reviewed.
//!
//! **Example.** A page of the type `health` that was last reviewed three years ago.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::{Due, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::ReviewOverdue, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for id in site.pages.ids() {
        let Due::On(due) = site.reviews.due(id) else { continue };
        let Some(last) = site.reviews.of(id).first() else { continue };
        if due.days_until(&site.today) > 0 {
            let page = site.pages.page(id);
            let message = format!("the next review of this page fell due on {}", due.day());
            let on = page.front_matter.reviews[last.nth].on.span();
            found(
                Diagnostic::new(Code::ReviewOverdue, message)
                    .at(page.span(on))
                    .help("have it reviewed, and add the review; `ibid due` lists such pages"),
            );
        }
    }
}
