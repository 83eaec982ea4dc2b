//! Links as a measure of nearness: those between two pages, and those that stand together.
//!
//! Two links of one page may be pages apart. Links that stand under one heading are much more
//! likely to lead to pages on one subject, so it is these that are counted: the less, the more
//! of them there are, for a long list has all sorts in it.

use super::features::feature;
use super::number::{ONE, log2, rarity};
use super::order::Order;
use super::vectors::{Feature, Vectors};
use crate::site::links::Links;
use crate::site::pages::Pages;
use crate::site::resolve::Destination;

/// The most links of a page that are followed to find what is near.
const MOST_LINKS: usize = 256;

/// A strength of 1.
const WHOLE: u32 = 4096;

/// The links between the pages of a site, by rank.
#[derive(Debug)]
pub(super) struct Graph {
    /// For each page the pages it links to, in order.
    to: Vec<Vec<u32>>,
    /// For each page the pages that link to it, in order.
    from: Vec<Vec<u32>>,
    /// What one link of each page says, in 4096ths: the fewer it has, the more.
    strength: Vec<u32>,
    /// For each page the places that link to it, in order: the numbers of headings that have
    /// links under them.
    held: Vec<Vec<u32>>,
    /// For each place the page it is on.
    places: Vec<u32>,
    /// The same as features.
    together: Vectors,
}

impl Graph {
    pub(super) fn new(order: &Order, pages: &Pages, links: &Links) -> Self {
        let all = order.len();
        let mut to = vec![Vec::new(); all];
        let mut from = vec![Vec::new(); all];
        let mut together = vec![Vec::new(); all];
        let mut places = Vec::new();
        for (origin, &id) in (0..).zip(order.pages()) {
            let body = &pages.page(id).body;
            let mut targets: Vec<(usize, u32)> = Vec::new();
            for (link, destination) in body.links.iter().zip(links.of(id)) {
                let Destination::Page { page, .. } = destination else { continue };
                if *page != id && link.kind.leads() {
                    targets.push((body.headings_above(link), order.rank(*page)));
                }
            }
            targets.sort_unstable();
            targets.dedup();
            for under_one in targets.chunk_by(|one, next| one.0 == next.0) {
                let amount = amount(under_one.len() as u64);
                for &(_, target) in under_one {
                    let place = Feature { amount, ..feature(places.len()) };
                    together[target as usize].push(place);
                }
                places.push(origin);
            }
            let mut targets: Vec<u32> = targets.into_iter().map(|(_, target)| target).collect();
            targets.sort_unstable();
            targets.dedup();
            targets.iter().for_each(|&target| from[target as usize].push(origin));
            to[origin as usize] = targets;
        }
        let strength =
            to.iter().map(|links: &Vec<u32>| strength(links.len() as u64, all as u64)).collect();
        let held = together
            .iter()
            .map(|places: &Vec<Feature>| places.iter().map(|place| place.id).collect());
        let held = held.collect();
        Self { to, from, strength, held, places, together: Vectors::new(together) }
    }

    /// Tells whether the text of one page links to the other.
    pub(super) fn links(&self, one: u32, other: u32) -> bool {
        self.to[one as usize].binary_search(&other).is_ok()
    }

    /// How many pages link to both under one heading.
    pub(super) fn together(&self, one: u32, other: u32) -> usize {
        let (one, other) = (&self.held[one as usize], &self.held[other as usize]);
        let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        let both = few.iter().filter(|place| many.binary_search(place).is_ok());
        let mut pages: Vec<u32> = both.map(|&place| self.places[place as usize]).collect();
        pages.dedup();
        pages.len()
    }

    /// Hands over pages that are near to one, each with a part of their nearness, in 4096ths.
    pub(super) fn near(&self, rank: u32, mut found: impl FnMut(u32, u32)) {
        for &page in around(&self.to[rank as usize], rank) {
            found(page, self.strength[rank as usize] / 2);
        }
        for &page in around(&self.from[rank as usize], rank) {
            found(page, self.strength[page as usize] / 2);
        }
        self.together.near(rank, |_| false, found);
    }

    /// How near two pages are, from 0 to 1.
    pub(super) fn nearness(&self, one: u32, other: u32) -> f64 {
        let mut direct = 0;
        for (from, to) in [(one, other), (other, one)] {
            if self.links(from, to) {
                direct += self.strength[from as usize];
            }
        }
        let together = self.together.nearness(one, other, false, |_| {});
        (f64::from(direct) / f64::from(2 * WHOLE) + together).min(1.0)
    }
}

/// How much a place says that has so many links, as Adamic and Adar weigh what two have in
/// common: half as much each time the number of links is squared.
fn amount(links: u64) -> u32 {
    (ONE * ONE / log2(links).max(ONE)) as u32
}

/// Some of many pages: those that follow a rank.
fn around(pages: &[u32], rank: u32) -> impl Iterator<Item = &u32> {
    let start = pages.partition_point(|&page| page < rank);
    pages[start..].iter().chain(&pages[..start]).take(MOST_LINKS)
}

/// What one of a page's `links` says, in 4096ths: much where they are few, nothing much where
/// the page links to half of the site. The measure is that of [`Vectors`], for a page whose one
/// feature is the link.
fn strength(links: u64, all: u64) -> u32 {
    let rarity = rarity(links, all).pow(2);
    let own = log2(1 + all.isqrt()).pow(2);
    (rarity * u64::from(WHOLE) / (rarity + own)) as u32
}

#[cfg(test)]
mod tests {
    use super::{amount, strength};
    use crate::site::related::number::ONE;

    #[test]
    fn a_link_of_many_in_one_place_says_little() {
        let parts = [1, 2, 4, 16, 256].map(|links| ONE as u32 / amount(links));
        assert_eq!(parts, [1, 1, 2, 4, 8]);
    }

    #[test]
    fn the_links_of_a_list_of_everything_say_little() {
        assert!(strength(3, 1000) > 2800, "{}", strength(3, 1000));
        assert!(strength(500, 1000) < 500, "{}", strength(500, 1000));
        assert!(strength(2, 6) > 1500, "{}", strength(2, 6));
    }
}
