//! The pages in an order that does not hang on the names of their files.

use crate::page::Card;
use crate::site::pages::{PageId, Pages};

/// The pages by title, then description, then date; only those that are alike in all of it
/// stand in the order of their paths. Everything here is counted in places of this order, so
/// that a renamed file changes nothing.
#[derive(Debug)]
pub(super) struct Order {
    pages: Vec<PageId>,
    ranks: Vec<u32>,
}

impl Order {
    pub(super) fn new(pages: &Pages) -> Self {
        let mut order: Vec<PageId> = pages.ids().collect();
        let card = |id: PageId| -> &Card { &pages.page(id).card };
        // Stable: the rest is in the order of the paths.
        order.sort_by(|&a, &b| {
            let (a, b) = (card(a), card(b));
            let text = a.title.cmp(&b.title).then_with(|| a.description.cmp(&b.description));
            text.then_with(|| a.date.cmp(&b.date))
        });
        let mut ranks = vec![0; order.len()];
        for (rank, id) in (0..).zip(&order) {
            ranks[id.index()] = rank;
        }
        Self { pages: order, ranks }
    }

    /// How many pages there are.
    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }

    /// The place of a page.
    pub(super) fn rank(&self, page: PageId) -> u32 {
        self.ranks[page.index()]
    }

    /// The page at a place.
    pub(super) fn page(&self, rank: u32) -> PageId {
        self.pages[rank as usize]
    }

    /// The pages in order.
    pub(super) fn pages(&self) -> &[PageId] {
        &self.pages
    }

    /// How far one is from the other, the first being next to the last; of two that are as far
    /// that one which comes after is nearer. Ties go by it: 1.98 leads to 1.97, and not every page
    /// to those whose titles begin with A.
    pub(super) fn distance(&self, from: u32, to: u32) -> u32 {
        let all = self.len() as u32;
        let after = (to + all - from) % all;
        let before = all - after;
        if after <= before { 2 * after } else { 2 * before + 1 }
    }
}
