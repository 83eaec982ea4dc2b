//! Who reviewed which page and when, and when the next review falls due.

use std::collections::BTreeMap;

use super::pages::{PageId, Pages};
use super::people::{People, PersonId};
use crate::config::Types;
use crate::date::Date;
use crate::page::Page;

/// A review that counts: somebody with a page made it, on a day that has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reviewed {
    /// Who made it.
    pub by: PersonId,
    /// The day.
    pub on: Date,
    /// What was reviewed: `medical`, `fact-check`.
    pub kind: Option<String>,
    /// Its place among the reviews of the front matter.
    pub nth: usize,
}

/// What the type of a page says of its next review.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Due {
    /// Nothing falls due.
    Never,
    /// The page should be reviewed and has not been yet.
    Unreviewed,
    /// The day.
    On(Date),
}

/// The reviews of every page.
#[derive(Debug, Default)]
pub struct Reviews {
    of: Vec<Vec<Reviewed>>,
    due: Vec<Due>,
    by: BTreeMap<PersonId, Vec<(PageId, usize)>>,
}

impl Reviews {
    /// Finds the reviews that count, and when the next falls due.
    pub(super) fn resolve(pages: &Pages, people: &People, types: &Types, today: &Date) -> Self {
        let mut reviews = Self::default();
        for id in pages.ids() {
            let page = pages.page(id);
            let of = reviewed(page, people, today);
            for (n, review) in of.iter().enumerate() {
                reviews.by.entry(review.by).or_default().push((id, n));
            }
            reviews.due.push(due(page, types, of.first()));
            reviews.of.push(of);
        }
        reviews
    }

    /// The reviews of a page, the newest first.
    pub fn of(&self, page: PageId) -> &[Reviewed] {
        &self.of[page.index()]
    }

    /// When the next review of a page falls due.
    pub fn due(&self, page: PageId) -> &Due {
        &self.due[page.index()]
    }

    /// What somebody reviewed: the pages in the order of their paths, and of each the places of
    /// the reviews in [`Self::of`].
    pub fn by(&self, person: PersonId) -> &[(PageId, usize)] {
        self.by.get(&person).map_or(&[], Vec::as_slice)
    }
}

fn reviewed(page: &Page, people: &People, today: &Date) -> Vec<Reviewed> {
    let reviews = page.front_matter.reviews.iter().enumerate();
    let reviews = reviews.filter(|(_, review)| review.on.get_ref().days_until(today) >= 0);
    let mut reviews: Vec<Reviewed> = reviews
        .filter_map(|(nth, review)| {
            let by = people.find(review.by.get_ref())?;
            let kind = review.kind.clone().filter(|kind| !kind.trim().is_empty());
            Some(Reviewed { by, on: review.on.get_ref().clone(), kind, nth })
        })
        .collect();
    reviews.sort_by(|a, b| b.on.cmp(&a.on).then(a.nth.cmp(&b.nth)));
    reviews
}

fn due(page: &Page, types: &Types, last: Option<&Reviewed>) -> Due {
    let kind = page.card.content_type.as_ref().and_then(|name| types.get(name));
    let Some(months) = kind.and_then(|kind| kind.review_every_months) else { return Due::Never };
    match last {
        Some(review) => review.on.plus_months(months).map_or(Due::Never, Due::On),
        None => Due::Unreviewed,
    }
}
