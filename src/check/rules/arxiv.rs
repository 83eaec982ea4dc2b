//! `arxiv`: an arXiv number does not read as one.
//!
//! **What it finds.** `arxiv` fields, and `eprint` fields of arXiv, that have neither of the forms that arXiv
//! gives out: `1706.03762` or `hep-th/9711200`.
//!
//! **Why it matters.** The link made of it leads nowhere.
//!
//! **Example.** `eprint = {1713.03762}` with `archiveprefix = {arXiv}`: there is no thirteenth month.

use crate::check::numbers;
use crate::check::rule::Rule;
use crate::cite::{IdKind, Reference};
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::Arxiv, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    numbers::each(site, &["arxiv", "arxivid", "eprint"], |reference, number, at| {
        let is_own =
            reference.fields.get("eprint").is_none_or(|field| !field.written.contains(number));
        if (is_own || is_of_arxiv(reference)) && IdKind::Arxiv.parse(number).is_none() {
            found(
                Diagnostic::new(Code::Arxiv, "this is no number of arXiv")
                    .at(at)
                    .help("it is like `1706.03762`, or before 2007 like `hep-th/9711200`"),
            );
        }
    });
}

/// Tells whether the `eprint` of a reference says that it is of arXiv.
fn is_of_arxiv(reference: &Reference) -> bool {
    ["archiveprefix", "eprinttype"].iter().any(|name| {
        reference.fields.get(name).is_some_and(|kind| kind.written.eq_ignore_ascii_case("arxiv"))
    })
}
