//! The words of a page that can bring it near to others.

use std::cmp::Reverse;

use super::number::ONE;
use super::vectors::Feature;
use super::vocabulary::{Known, Vocabulary, amount};
use crate::text::bag::Word;

/// How many words a page is known by.
const MOST_WORDS: usize = 24;

/// How many pages a section must have for what most of them say to be its own form of words.
const SECTION: usize = 4;

/// The words of a page, those of one stem together, in the order of the stems.
#[derive(Clone, Default, Debug)]
pub struct Terms {
    words: Vec<Term>,
}

#[derive(Clone, Copy, Debug)]
struct Term {
    stem: u32,
    count: u32,
    /// The form that stands there most.
    form: u32,
    /// How often it does.
    of_form: u32,
}

/// Finds those of the words of a page that a site has more than once.
pub fn terms(words: &[Word], vocabulary: &Vocabulary) -> Terms {
    let mut words: Vec<(Term, u64)> = words
        .iter()
        .filter_map(|word| {
            let Known { stem, form } = vocabulary.known(word.key)?;
            Some((Term { stem, count: word.count, form, of_form: word.count }, word.key))
        })
        .collect();
    words.sort_unstable_by_key(|(term, key)| (term.stem, Reverse(term.of_form), *key));
    let mut words: Vec<Term> = words.into_iter().map(|(term, _)| term).collect();
    words.dedup_by(|next, kept| {
        let is_one = next.stem == kept.stem;
        if is_one {
            kept.count = kept.count.saturating_add(next.count);
        }
        is_one
    });
    Terms { words }
}

/// Finds the stems that most of a section's pages have, in order. They are its form of words
/// (its headings, its notices), or what the whole of it is about; neither tells one of its pages
/// from the other.
pub fn common_terms<'a>(pages: impl Iterator<Item = &'a Terms>) -> Vec<u32> {
    let mut count = 0;
    let mut stems: Vec<u32> = Vec::new();
    for terms in pages {
        count += 1;
        stems.extend(terms.words.iter().map(|term| term.stem));
    }
    if count < SECTION {
        return Vec::new();
    }
    stems.sort_unstable();
    let common = stems.chunk_by(|one, next| one == next).filter(|same| same.len() * 2 > count);
    common.map(|same| same[0]).collect()
}

impl Terms {
    /// The words that weigh most, as features; `common` are the stems common in the section.
    pub(super) fn features(
        &self,
        common: &[u32],
        vocabulary: &Vocabulary,
        pages: usize,
    ) -> Vec<Feature> {
        let mut features: Vec<(Reverse<u64>, Feature)> = self
            .words
            .iter()
            .map(|term| {
                let amount = amount(term.count);
                let weight = amount * vocabulary.rarity(term.stem, pages);
                let common = common.binary_search(&term.stem).is_ok();
                let (id, form) = (term.stem, term.form);
                debug_assert!(amount >= ONE);
                (Reverse(weight), Feature { id, amount: amount as u32, form, common })
            })
            .collect();
        if features.len() > MOST_WORDS {
            features.select_nth_unstable(MOST_WORDS);
            features.truncate(MOST_WORDS);
        }
        features.into_iter().map(|(_, feature)| feature).collect()
    }
}
