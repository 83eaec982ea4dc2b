//! What pages have in common: works, terms, and pages that link to both.

use std::collections::{BTreeMap, BTreeSet};

use super::number::ONE;
use super::order::Order;
use super::vectors::{Feature, Vectors};
use crate::cite::WorkId;
use crate::config::Config;
use crate::site::cited::Cited;
use crate::site::pages::{PageId, Pages};
use crate::text::fold::fold;

/// A feature that a page has once.
pub(super) fn feature(id: usize) -> Feature {
    Feature { id: id as u32, amount: ONE as u32, form: 0, common: false }
}

/// The works that each page names, in its source list and as Additional Reading, in order.
pub(super) fn works(order: &Order, cited: &Cited) -> Vec<Vec<WorkId>> {
    let of_page = |&id: &PageId| {
        let sources = cited.sources(id);
        let mut works: Vec<WorkId> =
            sources.listed.iter().chain(&sources.additional).copied().collect();
        works.sort_unstable();
        works.dedup();
        works
    };
    order.pages().iter().map(of_page).collect()
}

/// The works of each page as features.
pub(super) fn of_works(works: &[Vec<WorkId>], cited: &Cited) -> Vectors {
    let numbers: BTreeMap<WorkId, usize> =
        cited.uses().keys().enumerate().map(|(number, &work)| (work, number)).collect();
    let lists = works.iter().map(|works| {
        works.iter().filter_map(|work| numbers.get(work)).map(|&number| feature(number)).collect()
    });
    Vectors::new(lists.collect())
}

/// A term that a page carries: its number among those of the site, and its name as the page
/// writes it.
pub(super) type Carried<'a> = (u32, &'a str);

/// The terms that each page carries, of the taxonomies that the site declares.
pub(super) fn carried<'a>(
    order: &Order,
    pages: &'a Pages,
    config: &Config,
) -> Vec<Vec<Carried<'a>>> {
    let mut numbers: BTreeMap<(usize, String), u32> = BTreeMap::new();
    let mut of_page = |&id: &PageId| -> Vec<Carried<'a>> {
        let card = &pages.page(id).card;
        let taxonomies = config.taxonomies.iter().enumerate();
        let terms = taxonomies.flat_map(|(taxonomy, declared)| {
            let terms = card.terms(&declared.name).iter();
            terms.map(move |term| (taxonomy, term.get_ref().trim()))
        });
        let numbered = terms.map(|(taxonomy, name)| {
            let next = numbers.len() as u32;
            (*numbers.entry((taxonomy, fold(name).into_owned())).or_insert(next), name)
        });
        numbered.collect()
    };
    let mut carried: Vec<Vec<Carried<'_>>> = order.pages().iter().map(&mut of_page).collect();
    // In the order of their names, not in that of the files that have them.
    let mut places = vec![0; numbers.len()];
    (0..).zip(numbers.values()).for_each(|(place, &number)| places[number as usize] = place);
    for (number, _) in carried.iter_mut().flatten() {
        *number = places[*number as usize];
    }
    carried
}

/// The terms of each page as features.
pub(super) fn of_terms(carried: &[Vec<Carried<'_>>]) -> Vectors {
    let of_page = |terms: &Vec<Carried<'_>>| {
        let numbers: BTreeSet<u32> = terms.iter().map(|&(number, _)| number).collect();
        numbers.into_iter().map(|number| feature(number as usize)).collect()
    };
    Vectors::new(carried.iter().map(of_page).collect())
}
