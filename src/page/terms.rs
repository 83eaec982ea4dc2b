//! The terms that a page carries.

use std::collections::BTreeSet;
use std::ops::Range;

use super::front_matter::FrontMatter;
use super::permalink::slug_or_kept;
use crate::path::Permalink;
use crate::text::fold::fold_name;

/// A term as a page writes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenTerm {
    /// The name of the taxonomy, declared or not.
    pub taxonomy: String,
    /// The term, with single spaces between its words.
    pub name: String,
    /// Where in the file.
    pub range: Range<usize>,
}

/// What keeps a term from being one: where, and the fact.
pub(super) enum Fault {
    /// It is empty.
    Empty(Range<usize>),
    /// It cannot be part of an address.
    Unserved(Range<usize>, &'static str),
}

/// Takes the terms out of a front matter, each once.
pub(super) fn read(front_matter: &mut FrontMatter) -> (Vec<WrittenTerm>, Vec<Fault>) {
    let mut terms: Vec<WrittenTerm> = Vec::new();
    let mut faults = Vec::new();
    for (taxonomy, written) in &mut front_matter.taxonomies {
        let mut seen = BTreeSet::new();
        for term in std::mem::take(written) {
            let range = term.span();
            let name = term.get_ref().split_whitespace().collect::<Vec<_>>().join(" ");
            if name.is_empty() {
                faults.push(Fault::Empty(range));
                continue;
            }
            let served = Permalink::new(&format!("/{}/", slug_or_kept(&name)));
            if let Err(fault) = served.and_then(|served| served.output()) {
                faults.push(Fault::Unserved(range, fault));
                continue;
            }
            if seen.insert(fold_name(&name)) {
                terms.push(WrittenTerm { taxonomy: taxonomy.get_ref().clone(), name, range });
            }
        }
    }
    (terms, faults)
}

/// The names of terms, by taxonomy. They come in that order.
pub(super) fn by_taxonomy(terms: &[WrittenTerm]) -> Vec<(String, Vec<String>)> {
    let named = |terms: &[WrittenTerm]| {
        let names = terms.iter().map(|term| term.name.clone()).collect();
        (terms[0].taxonomy.clone(), names)
    };
    terms.chunk_by(|one, next| one.taxonomy == next.taxonomy).map(named).collect()
}
