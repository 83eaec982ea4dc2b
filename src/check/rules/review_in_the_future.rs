//! `review-in-the-future`: a review is dated later than the build.
//!
//! **What it finds.** An `on` under `[[reviews]]` that is after the date of the build.
//!
//! **Why it matters.** Nobody has reviewed the page on a day that has not come. The review is not
//! shown, and counts for nothing.
//!
//! **Example.** `on = 2062-03-01`, which should be 2026.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::ReviewInTheFuture, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        for review in &page.front_matter.reviews {
            let on = review.on.get_ref();
            if site.today.days_until(on) > 0 {
                let message = format!("this review is dated {}, which is yet to come", on.day());
                let help =
                    format!("write the day on which it was made; today is {}", site.today.day());
                let at = page.span(review.on.span());
                found(Diagnostic::new(Code::ReviewInTheFuture, message).at(at).help(help));
            }
        }
    }
}
