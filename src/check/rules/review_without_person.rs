//! `review-without-person`: a review is by nobody who has a page.
//!
//! **What it finds.** A `by` under `[[reviews]]` that names no page under `content/people/`.
//!
//! **Why it matters.** Readers are told who reviewed a page so that they can find out who that
//! is. The review is not shown.
//!
//! **Example.** `by = "jane-do"` where the file is `jane-doe.md`.

use crate::check::rule::Rule;
use crate::check::who;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::ReviewWithoutPerson, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        for review in &page.front_matter.reviews {
            let by = review.by.get_ref().trim();
            if site.people.find(by).is_none() {
                let message = match by {
                    "" => "this review is by nobody".to_owned(),
                    by => format!("this review is by `{by}`, who has no page"),
                };
                let help = match by {
                    "" => "name a file under `content/people`".to_owned(),
                    by => who::help(site, by),
                };
                let at = page.span(review.by.span());
                found(Diagnostic::new(Code::ReviewWithoutPerson, message).at(at).help(help));
            }
        }
    }
}
