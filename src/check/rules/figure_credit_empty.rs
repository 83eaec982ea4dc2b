//! `figure-credit-empty`: a figure has a credit line with nothing in it.
//!
//! **What it finds.** "Photo source:" and the like with nothing after it, under an image or
//! in a caption, and a lead image with an empty `credit`.
//!
//! **Why it matters.** It shows that somebody meant to name the owner and did not.
//!
//! **Example.** An image followed by "Photo source:".

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::FigureCreditEmpty, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        let in_body = page.body.empty_credits.iter().cloned();
        let lead = page.card.image.as_ref().and_then(|image| image.credit.as_ref());
        let lead =
            lead.filter(|credit| credit.get_ref().trim().is_empty()).map(toml::Spanned::span);
        for range in in_body.chain(lead) {
            found(
                Diagnostic::new(Code::FigureCreditEmpty, "this credit names nobody")
                    .at(page.span(range))
                    .help("name the person or agency, or remove the line"),
            );
        }
    }
}
