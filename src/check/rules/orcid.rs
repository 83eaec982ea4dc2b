//! `orcid`: an ORCID iD does not add up.
//!
//! **What it finds.** `orcid` fields of references and of people that have not 16 digits, or whose last
//! digit is not the one that the others call for.
//!
//! **Why it matters.** It is the number of nobody, or of somebody else.
//!
//! **Example.** `orcid = {0000-0002-1825-0098}`, which ends in 7.

use crate::check::numbers;
use crate::check::rule::Rule;
use crate::cite::orcid_fault;
use crate::diag::{Code, Diagnostic, Span};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::Orcid, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let mut see = |number: &str, at: Span| {
        if let Some(fault) = orcid_fault(number) {
            found(numbers::finding(
                Code::Orcid,
                "ORCID iD",
                "16 digits, as in `0000-0002-1825-0097`",
                fault,
                at,
            ));
        }
    };
    numbers::each(site, &["orcid", "orcid-numbers"], |_, number, at| see(number, at));
    for person in site.people.all() {
        if let Some(orcid) = person.keys(&site.pages).and_then(|keys| keys.orcid.as_ref()) {
            see(orcid.get_ref(), site.pages.page(person.page).span(orcid.span()));
        }
    }
}
