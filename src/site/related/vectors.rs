//! Pages as lists of weighted features, and the pages that have each feature.

use std::ops::Range;

use super::number::{ONE, log2, rarity};

/// The most features of a page, the heaviest: a page that a thousand others link to must not
/// cost a thousand steps each time it is looked at.
const MOST_FEATURES: usize = 64;

/// The most pages that are looked at for a feature: those around the page itself in the order
/// of titles. What more pages have is not rare.
const MOST_PAGES: usize = 256;

/// A weight of 1.
const WHOLE: u32 = 4096;

/// A weight of 1 times a weight of 1.
const SQUARE: u32 = WHOLE * WHOLE;

/// The bit of a weight that says that most pages of the page's own section have the feature.
const COMMON: u16 = 1 << 15;

/// A feature of a page, as it is counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Feature {
    /// Which.
    pub(super) id: u32,
    /// How much of it there is, in steps of [`ONE`].
    pub(super) amount: u32,
    /// In which form the page has it; nothing is made of it here.
    pub(super) form: u32,
    /// Whether most pages of the page's own section have it.
    pub(super) common: bool,
}

#[derive(Clone, Copy, Debug)]
struct Weighed {
    /// The feature, or the page.
    of: u32,
    weight: u16,
}

impl Weighed {
    fn weight(self) -> u32 {
        u32::from(self.weight & !COMMON)
    }

    fn is_common(self) -> bool {
        self.weight & COMMON != 0
    }
}

/// All pages as lists of weighted features.
#[derive(Debug)]
pub(super) struct Vectors {
    starts: Vec<u32>,
    features: Vec<Weighed>,
    forms: Vec<u32>,
    page_starts: Vec<u32>,
    pages: Vec<Weighed>,
}

/// A feature that two pages share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    /// What it adds to their nearness.
    pub(super) weight: u32,
    /// In which form the second page has it.
    pub(super) form: u32,
}

impl Vectors {
    /// Weighs the features of all pages, given by rank; each has a feature once.
    pub(super) fn new(mut lists: Vec<Vec<Feature>>) -> Self {
        let count = lists.iter().flatten().map(|feature| feature.id as usize + 1).max();
        let mut holders = vec![0_u32; count.unwrap_or(0)];
        for feature in lists.iter().flatten() {
            holders[feature.id as usize] += 1;
        }
        let all = lists.len() as u64;
        let weigh = |feature: &Feature| {
            rarity(u64::from(holders[feature.id as usize]), all) * u64::from(feature.amount)
        };
        // As if each page had one feature more that no other has, as rare as what the root of
        // all pages has: to share one common thing and have no other is not to be the same.
        let own = (log2(1 + all.isqrt()) * ONE).pow(2);
        let mut vectors = Self {
            starts: vec![0],
            features: Vec::new(),
            forms: Vec::new(),
            page_starts: Vec::new(),
            pages: Vec::new(),
        };
        let mut kept = vec![0_u32; holders.len() + 1];
        for list in &mut lists {
            if list.len() > MOST_FEATURES {
                list.sort_unstable_by_key(|feature| {
                    (std::cmp::Reverse(weigh(feature)), feature.id)
                });
                list.truncate(MOST_FEATURES);
            }
            list.sort_unstable_by_key(|feature| feature.id);
            let square: u64 = list.iter().map(|feature| weigh(feature).pow(2)).sum();
            let norm = ((square + own) as f64).sqrt();
            for feature in list.iter() {
                let weight = (weigh(feature) as f64 * f64::from(WHOLE) / norm).round() as u16;
                let weight = weight | if feature.common { COMMON } else { 0 };
                vectors.features.push(Weighed { of: feature.id, weight });
                vectors.forms.push(feature.form);
                kept[feature.id as usize + 1] += 1;
            }
            vectors.starts.push(vectors.features.len() as u32);
        }
        for n in 1..kept.len() {
            kept[n] += kept[n - 1];
        }
        vectors.page_starts = kept.clone();
        vectors.pages = vec![Weighed { of: 0, weight: 0 }; vectors.features.len()];
        for rank in 0..lists.len() as u32 {
            for feature in &vectors.features[vectors.range(rank)] {
                let at = &mut kept[feature.of as usize];
                vectors.pages[*at as usize] = Weighed { of: rank, weight: feature.weight };
                *at += 1;
            }
        }
        vectors
    }

    fn range(&self, rank: u32) -> Range<usize> {
        self.starts[rank as usize] as usize..self.starts[rank as usize + 1] as usize
    }

    /// Hands over pages that share features with one, each with a part of their nearness, in
    /// 4096ths. `is_kin` tells whether a page is in the same section.
    pub(super) fn near(
        &self,
        rank: u32,
        is_kin: impl Fn(u32) -> bool,
        mut found: impl FnMut(u32, u32),
    ) {
        for feature in &self.features[self.range(rank)] {
            let of = feature.of as usize;
            let pages =
                &self.pages[self.page_starts[of] as usize..self.page_starts[of + 1] as usize];
            let mut look = |pages: &[Weighed]| {
                for page in pages {
                    if !(feature.is_common() && is_kin(page.of)) {
                        found(page.of, (feature.weight() * page.weight()) >> 12);
                    }
                }
            };
            if pages.len() <= MOST_PAGES {
                look(pages);
                continue;
            }
            let here = pages.partition_point(|page| page.of < rank);
            let from = here + pages.len() - MOST_PAGES / 2;
            let from = from % pages.len();
            let to = from + MOST_PAGES;
            look(&pages[from..to.min(pages.len())]);
            look(&pages[..to.saturating_sub(pages.len())]);
        }
    }

    /// Hands over the features that two pages share, and gives their nearness, from 0 to 1.
    pub(super) fn nearness(
        &self,
        one: u32,
        other: u32,
        are_kin: bool,
        mut shared: impl FnMut(Shared),
    ) -> f64 {
        let (ours, theirs) = (self.range(one), self.range(other));
        let (mut here, mut there) = (ours.start, theirs.start);
        let mut sum = 0;
        while here < ours.end && there < theirs.end {
            let (a, b) = (self.features[here], self.features[there]);
            match a.of.cmp(&b.of) {
                std::cmp::Ordering::Less => here += 1,
                std::cmp::Ordering::Greater => there += 1,
                std::cmp::Ordering::Equal => {
                    if !(a.is_common() && are_kin) {
                        let weight = a.weight() * b.weight();
                        sum += weight;
                        shared(Shared { weight, form: self.forms[there] });
                    }
                    here += 1;
                    there += 1;
                }
            }
        }
        f64::from(sum.min(SQUARE)) / f64::from(SQUARE)
    }
}

#[cfg(test)]
mod tests {
    use super::{Feature, Vectors};
    use crate::site::related::number::ONE;

    fn vectors(lists: &[&[u32]]) -> Vectors {
        let feature = |&id: &u32| Feature { id, amount: ONE as u32, form: id, common: id == 9 };
        Vectors::new(lists.iter().map(|list| list.iter().map(feature).collect()).collect())
    }

    fn near(vectors: &Vectors, one: u32, other: u32) -> f64 {
        vectors.nearness(one, other, true, |_| {})
    }

    #[test]
    fn what_is_rare_brings_pages_nearer() {
        let mut lists = vec![&[0, 1][..], &[0], &[1]];
        lists.extend([&[1][..]; 20]);
        let vectors = vectors(&lists);
        assert!(near(&vectors, 0, 1) > 2.0 * near(&vectors, 0, 2));
        assert_eq!(near(&vectors, 1, 2), 0.0);
    }

    #[test]
    fn to_have_one_common_thing_is_not_to_be_the_same() {
        let mut lists = vec![&[0][..], &[0]];
        lists.extend([&[1][..]; 60]);
        let vectors = vectors(&lists);
        assert!(near(&vectors, 0, 1) > 0.6, "{}", near(&vectors, 0, 1));
        assert!(near(&vectors, 2, 3) < 0.2, "{}", near(&vectors, 2, 3));
    }

    #[test]
    fn what_a_section_has_in_common_counts_outside_of_it_alone() {
        let vectors = vectors(&[&[9], &[9], &[3], &[4]]);
        assert_eq!(vectors.nearness(0, 1, true, |_| {}), 0.0);
        assert!(vectors.nearness(0, 1, false, |_| {}) > 0.0);
        let mut found = Vec::new();
        vectors.near(0, |rank| rank == 1, |rank, _| found.push(rank));
        assert_eq!(found, [0]);
    }

    #[test]
    fn of_a_common_feature_the_pages_around_are_looked_at() {
        let vectors = vectors(&[&[0][..]; 1000]);
        let mut found = Vec::new();
        vectors.near(990, |_| false, |rank, _| found.push(rank));
        found.sort_unstable();
        assert_eq!(found.len(), 256);
        assert!(found.contains(&0) && found.contains(&862) && !found.contains(&500));
    }
}
