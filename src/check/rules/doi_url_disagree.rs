//! `doi-url-disagree`: the address of a reference leads to another work than its identifier.
//!
//! **What it finds.** An address that holds a DOI, a PMID, a PMCID or an arXiv number, where
//! the reference has another.
//!
//! **Why it matters.** One of the two links leads to the wrong paper.
//!
//! **Example.** `doi = {10.7326/M16-2459}` with `url = {https://doi.org/10.7326/M16-2367}`.

use crate::check::rule::Rule;
use crate::check::works::named;
use crate::cite::{IdKind, Reference, doi_in_url};
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::DoiUrlDisagree, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for reference in named(site) {
        let url = reference.fields.get("url").map(|field| &*field.written);
        let Some((kind, told)) = url.and_then(identifier) else { continue };
        let Some(stated) = reference.ids.of(kind).filter(|stated| !is_same(kind, stated, &told))
        else {
            continue;
        };
        let name = kind.prefix();
        let message =
            format!("this address leads to `{name}:{told}`, and the reference has `{stated}`");
        found(
            Diagnostic::new(Code::DoiUrlDisagree, message)
                .at(reference.field_span("url"))
                .label(field(reference, name), "this is another work")
                .help("one of the two is wrong: look both up"),
        );
    }
}

fn field(reference: &Reference, name: &str) -> crate::diag::Span {
    crate::check::works::first_span(reference, &[name, "eprint"])
}

/// The identifier that an address leads to.
fn identifier(url: &str) -> Option<(IdKind, String)> {
    if let Some(doi) = doi_in_url(url) {
        return Some((IdKind::Doi, doi));
    }
    let hosts = [
        ("pubmed.ncbi.nlm.nih.gov/", IdKind::Pmid),
        ("ncbi.nlm.nih.gov/pubmed/", IdKind::Pmid),
        ("pmc.ncbi.nlm.nih.gov/articles/", IdKind::Pmcid),
        ("ncbi.nlm.nih.gov/pmc/articles/", IdKind::Pmcid),
        ("arxiv.org/abs/", IdKind::Arxiv),
        ("arxiv.org/pdf/", IdKind::Arxiv),
    ];
    let (_, kind) = hosts.iter().find(|(host, _)| url.contains(host))?;
    Some((*kind, kind.parse(url)?))
}

fn is_same(kind: IdKind, one: &str, other: &str) -> bool {
    match kind {
        // Two versions of a preprint are one work.
        IdKind::Arxiv => without_version(one) == without_version(other),
        _ => one.eq_ignore_ascii_case(other),
    }
}

fn without_version(number: &str) -> &str {
    let digits = number.trim_end_matches(|c: char| c.is_ascii_digit());
    digits.strip_suffix('v').unwrap_or(number)
}
