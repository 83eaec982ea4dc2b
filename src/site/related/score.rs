//! Which pages are offered at the end of one.

use std::cmp::Reverse;

use super::ground::{Ground, Parts, is_text};
use super::reasons::reasons;
use super::way_on::way_on;
use crate::config::Weights;
use crate::site::pages::PageId;
use crate::site::resolve::Destination;
use crate::site::suggestion::{Reason, ReasonKind, Suggestion};

/// The least share of the site's weights that makes a suggestion; less is chance.
const LEAST: f64 = 0.02;

/// Room to add up what speaks for each page, to be used again for the next.
#[derive(Debug)]
pub struct Scratch {
    sums: Vec<u32>,
    touched: Vec<u32>,
}

impl Scratch {
    /// Room for a site of so many pages.
    pub fn new(pages: usize) -> Self {
        Self { sums: vec![0; pages], touched: Vec::new() }
    }

    fn add(&mut self, rank: u32, amount: u32) {
        let sum = &mut self.sums[rank as usize];
        if *sum == 0 {
            self.touched.push(rank);
        }
        // What counts nothing here is looked at all the same.
        *sum += amount.max(1);
    }
}

/// Finds what is offered at the end of a page.
pub fn suggest(ground: &Ground<'_>, id: PageId, scratch: &mut Scratch) -> Vec<Suggestion> {
    let limit = ground.config.continue_reading.limit;
    let rank = ground.order.rank(id);
    let mut suggestions = picks(ground, id);
    suggestions.truncate(limit);
    let page = ground.site.pages.page(id);
    // A section leads on by its list; without a text there is nothing to be near to.
    if is_text(page) && suggestions.len() < limit {
        let is_picked = |other: u32| {
            let other = ground.order.page(other);
            suggestions.iter().any(|suggestion| suggestion.page == other)
        };
        let near = near(ground, rank, scratch, 2 * limit + 16, is_picked);
        let mut near: Vec<(Reverse<u64>, u32, u32, Parts)> = near
            .into_iter()
            .filter_map(|other| {
                let (score, parts) = weigh(ground, rank, other)?;
                Some((Reverse(score), ground.order.distance(rank, other), other, parts))
            })
            .collect();
        near.sort_unstable_by_key(|&(score, distance, other, _)| (score, distance, other));
        // What speaks for a page is put together for those alone that are offered.
        let near = near.into_iter().filter_map(|(Reverse(score), _, other, parts)| {
            let reasons = reasons(ground, rank, other, parts);
            let page = ground.order.page(other);
            (!reasons.is_empty()).then_some(Suggestion { page, score, reasons })
        });
        let room = limit - suggestions.len();
        let near: Vec<Suggestion> = near.take(room).collect();
        suggestions.extend(near);
    }
    if suggestions.is_empty() && limit > 0 {
        suggestions.extend(way_on(ground.site, id, |other| ground.is_offered(rank, other)));
    }
    suggestions
}

/// The editor's picks, in their order.
fn picks(ground: &Ground<'_>, id: PageId) -> Vec<Suggestion> {
    let weights = ground.config.continue_reading.weights;
    let mut picks: Vec<Suggestion> = Vec::new();
    if weights.picks <= 0.0 {
        return picks;
    }
    let rank = ground.order.rank(id);
    for destination in ground.site.links.picks(id) {
        let Destination::Page { page, .. } = destination else { continue };
        if *page == id || picks.iter().any(|pick| pick.page == *page) {
            continue;
        }
        let other = ground.order.rank(*page);
        let parts = ground.parts(rank, other);
        let mut told = vec![Reason { kind: ReasonKind::Pick, count: 1, names: Vec::new() }];
        told.extend(reasons(ground, rank, other, parts));
        let score = thousandths(weights.picks + ground.met(rank, other, parts.sum()));
        picks.push(Suggestion { page: *page, score, reasons: told });
    }
    picks
}

/// Finds the pages most likely to be near to one, at most `most`.
fn near(
    ground: &Ground<'_>,
    rank: u32,
    scratch: &mut Scratch,
    most: usize,
    is_picked: impl Fn(u32) -> bool,
) -> Vec<u32> {
    let Weights { sources, links, terms, text, .. } = ground.config.continue_reading.weights;
    let heaviest = sources.max(links).max(terms).max(text);
    let share = |weight: f64| (weight / heaviest * 256.0).round() as u32;
    let is_kin = |other: u32| ground.are_kin(rank, other);
    for (vectors, weight) in
        [(&ground.sources, sources), (&ground.terms, terms), (&ground.text, text)]
    {
        let Some(vectors) = vectors else { continue };
        let share = share(weight);
        vectors.near(rank, is_kin, |other, near| scratch.add(other, near * share));
    }
    if let Some(graph) = &ground.links {
        let share = share(links);
        graph.near(rank, |other, near| scratch.add(other, near * share));
    }
    let mut found: Vec<(Reverse<u32>, u32, u32)> = Vec::new();
    for other in scratch.touched.drain(..) {
        let sum = std::mem::take(&mut scratch.sums[other as usize]);
        let fits = other != rank && ground.fits(rank, other);
        if fits && !is_picked(other) {
            found.push((Reverse(sum), ground.order.distance(rank, other), other));
        }
    }
    if found.len() > most {
        found.select_nth_unstable(most);
        found.truncate(most);
    }
    found.into_iter().map(|(_, _, other)| other).collect()
}

/// Weighs one page against another; none where next to nothing speaks for it.
fn weigh(ground: &Ground<'_>, rank: u32, other: u32) -> Option<(u64, Parts)> {
    let Weights { sources, links, terms, text, .. } = ground.config.continue_reading.weights;
    let parts = ground.parts(rank, other);
    let sum = parts.sum();
    let is_much = sum >= (sources + links + terms + text) * LEAST;
    is_much.then(|| (thousandths(ground.met(rank, other, sum)), parts))
}

fn thousandths(score: f64) -> u64 {
    (score * 1000.0).round() as u64
}
