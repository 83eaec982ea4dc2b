//! The terms that a page carries.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;

use super::card::WrittenTerms;
use super::front_matter::FrontMatter;
use super::permalink::slug_or_kept;
use crate::path::Permalink;
use crate::text::fold::fold_name;

/// What keeps a term from being one: where, and the fact.
pub(super) enum Fault {
    /// It is empty.
    Empty(Range<usize>),
    /// It cannot be part of an address.
    Unserved(Range<usize>, &'static str),
}

/// Takes the terms out of a front matter, taxonomy by taxonomy, in the order of their names.
pub(super) fn take(front_matter: &mut FrontMatter) -> (Box<[WrittenTerms]>, Vec<Fault>) {
    let mut faults = Vec::new();
    let written = std::mem::take(&mut front_matter.taxonomies).into_iter();
    let taken = written.map(|(taxonomy, written)| {
        let mut seen = BTreeSet::new();
        let terms = written.iter().filter_map(|term| match name(term) {
            Ok(name) => seen.insert(fold_name(&name)).then(|| Spanned::new(term.span(), name)),
            Err(fault) => {
                faults.push(fault);
                None
            }
        });
        WrittenTerms { taxonomy, terms: terms.collect() }
    });
    (taken.collect(), faults)
}

fn name(written: &Spanned<String>) -> Result<String, Fault> {
    let name = written.get_ref().split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Fault::Empty(written.span()));
    }
    let served = Permalink::new(&format!("/{}/", slug_or_kept(&name)));
    match served.and_then(|served| served.output()) {
        Ok(_) => Ok(name),
        Err(fault) => Err(Fault::Unserved(written.span(), fault)),
    }
}
