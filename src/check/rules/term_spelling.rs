//! `term-spelling`: pages write one term in several ways.
//!
//! **What it finds.** Terms of one taxonomy that differ in nothing but case.
//!
//! **Why it matters.** They are one term, and readers see only one of the spellings.
//!
//! **Example.** `topics = ["Neck Pain"]` on one page and `topics = ["neck pain"]` on two others.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::TermSpelling, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for term in site.taxonomies.terms() {
        let [shown, others @ ..] = term.spellings.as_slice() else { continue };
        for other in others {
            let place = site.pages.page(other.page).span(other.range.clone());
            let first = site.pages.page(shown.page).span(shown.range.clone());
            let message = format!("`{}` is elsewhere written `{}`", other.name, shown.name);
            found(
                Diagnostic::new(Code::TermSpelling, message)
                    .at(place)
                    .label(first, "the other is here")
                    .help(
                        "write it alike everywhere; it is one term, shown as most pages write it",
                    ),
            );
        }
    }
}
