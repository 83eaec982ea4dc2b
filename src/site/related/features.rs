//! What pages have in common: works, terms, and pages that link to both.

use std::collections::{BTreeMap, BTreeSet};

use super::number::ONE;
use super::order::Order;
use super::vectors::{Feature, Vectors};
use crate::cite::WorkId;
use crate::config::Config;
use crate::page::Card;
use crate::site::cited::Cited;
use crate::site::pages::{PageId, Pages};
use crate::text::fold::fold;

/// A feature that a page has once.
pub(super) fn feature(id: usize) -> Feature {
    Feature { id: id as u32, amount: ONE as u32, form: 0, common: false }
}

/// The works that pages name, in their source lists and as Additional Reading.
pub(super) fn sources(order: &Order, cited: &Cited) -> Vectors {
    let numbers: BTreeMap<WorkId, usize> =
        cited.uses().keys().enumerate().map(|(number, &work)| (work, number)).collect();
    let lists = order.pages().iter().map(|&id| {
        let works = works(cited, id).into_iter();
        works.filter_map(|work| numbers.get(&work)).map(|&number| feature(number)).collect()
    });
    Vectors::new(lists.collect())
}

/// The works that a page names, each once.
pub(super) fn works(cited: &Cited, id: PageId) -> BTreeSet<WorkId> {
    let sources = cited.sources(id);
    sources.listed.iter().chain(&sources.additional).copied().collect()
}

/// The terms that pages carry, of the taxonomies that the site declares.
pub(super) fn terms(order: &Order, pages: &Pages, config: &Config) -> Vectors {
    let mut numbers: BTreeMap<(usize, String), usize> = BTreeMap::new();
    let of_pages: Vec<BTreeSet<(usize, String)>> = order
        .pages()
        .iter()
        .map(|&id| carried(&pages.page(id).card, config).into_iter().map(|term| term.0).collect())
        .collect();
    for term in of_pages.iter().flatten() {
        numbers.entry(term.clone()).or_insert(0);
    }
    // In the order of their names, not in that of the files that have them.
    numbers.values_mut().enumerate().for_each(|(number, slot)| *slot = number);
    let lists = of_pages.iter().map(|terms| {
        terms.iter().filter_map(|term| numbers.get(term)).map(|&number| feature(number)).collect()
    });
    Vectors::new(lists.collect())
}

/// A term that a page carries: the taxonomy and the name as they are compared, and the name as
/// the page writes it.
pub(super) type Carried<'a> = ((usize, String), &'a str);

/// The terms of a page, of the taxonomies that the site declares.
pub(super) fn carried<'a>(card: &'a Card, config: &Config) -> Vec<Carried<'a>> {
    let taxonomies = config.taxonomies.iter().enumerate();
    let terms = taxonomies.flat_map(|(number, taxonomy)| {
        let terms = card.taxonomies.get(&taxonomy.name).into_iter().flatten();
        terms.map(move |term| ((number, fold(term.trim()).into_owned()), term.trim()))
    });
    terms.collect()
}
