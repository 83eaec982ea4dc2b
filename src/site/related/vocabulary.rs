//! The words of a whole site: which of them are one word, and how many pages have it.
//!
//! Each different word of the site is stemmed once, not once for each page that has it: on a
//! large site that is the difference between a blink and the time of the whole build.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Deref;
use std::sync::Arc;

use super::number::ONE;
use crate::page::Page;
use crate::text::bag::{Itself, Word};
use crate::text::stem::Stemmer;

/// A word that stands in less than two pages brings none together, and one that stands in more
/// than a third of them says nothing; but three pages are few.
const FEWEST: u32 = 2;
const MOST_OF: u32 = 3;

// Looked up by key; what is made of all of them is put in order first.
type ByKey<T> = HashMap<u64, T, BuildHasherDefault<Itself>>;

/// How many pages have each word, and where one of them has it.
#[derive(Default)]
pub struct Counts {
    words: ByKey<Seen>,
}

#[derive(Clone, Copy)]
struct Seen {
    pages: u32,
    /// The first place: the page, and the place in it.
    first: (u32, u32),
}

/// A word, its first place, and how many pages have it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Entry {
    page: u32,
    place: u32,
    key: u64,
    pages: u32,
}

impl Counts {
    /// Counts the words of some pages that begin at the index `first`.
    pub fn of(first: usize, pages: &[impl Deref<Target = [Word]>]) -> Self {
        let mut counts = Self::default();
        for (index, page) in (first as u32..).zip(pages) {
            for word in page.iter() {
                let first = (index, word.place);
                let seen = counts.words.entry(word.key).or_insert(Seen { pages: 0, first });
                seen.pages += 1;
            }
        }
        counts
    }

    /// Puts two counts together.
    pub fn merge(mut self, other: Self) -> Self {
        let (mut all, few) = match self.words.len() >= other.words.len() {
            true => (std::mem::take(&mut self.words), other.words),
            false => (other.words, self.words),
        };
        few.into_iter().for_each(|(key, seen)| {
            let known = all.entry(key).or_insert(Seen { pages: 0, first: seen.first });
            known.pages += seen.pages;
            known.first = known.first.min(seen.first);
        });
        Self { words: all }
    }

    /// The words in the order of their places.
    pub fn entries(self) -> Vec<Entry> {
        let entry = |(key, seen): (u64, Seen)| {
            let (page, place) = seen.first;
            Entry { page, place, key, pages: seen.pages }
        };
        let mut entries: Vec<Entry> = self.words.into_iter().map(entry).collect();
        entries.sort_unstable();
        entries
    }
}

/// The stem of a word, behind its language.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Stem {
    stem: String,
    /// The word as its first page has it.
    spelled: Box<str>,
}

/// Finds the stems of some words, where they have any. `stemmer` gives that of a page.
pub fn stemmed<'s>(
    entries: &[Entry],
    pages: &[Arc<Page>],
    stemmer: impl Fn(&Page) -> &'s Stemmer,
) -> Vec<Option<Stem>> {
    let mut stems = Vec::with_capacity(entries.len());
    for entries in entries.chunk_by(|one, next| one.page == next.page) {
        let page = &pages[entries[0].page as usize];
        let (prose, stemmer) = (page.texts.open().prose, stemmer(page));
        stems.extend(entries.iter().map(|entry| {
            let spelled = page.word(&prose, entry.place)?;
            let word = spelled.to_lowercase();
            let stem = format!("{}:{}", stemmer.language(), stemmer.stem(&word)?);
            Some(Stem { stem, spelled: spelled.into() })
        }));
    }
    stems
}

/// The words that can bring pages together.
#[derive(Default)]
pub struct Vocabulary {
    words: ByKey<Known>,
    /// How each form is spelled.
    spelled: Vec<Box<str>>,
    /// For each stem how many pages have it.
    pages: Vec<u32>,
}

/// What is known of a word.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// The number of its stem.
    pub(super) stem: u32,
    /// Its own number, among those of all stems.
    pub(super) form: u32,
}

impl std::fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vocabulary").field("stems", &self.pages.len()).finish_non_exhaustive()
    }
}

impl Vocabulary {
    /// Brings the words of one stem together, on a site of so many pages.
    pub fn new(entries: &[Entry], stems: Vec<Option<Stem>>, pages: usize) -> Self {
        let mut order: Vec<(Stem, u64, u32)> = stems
            .into_iter()
            .zip(entries)
            .filter_map(|(stem, entry)| Some((stem?, entry.key, entry.pages)))
            .collect();
        order.sort_unstable();
        let most = (pages as u32 / MOST_OF).max(FEWEST);
        let mut vocabulary = Self::default();
        for words in order.chunk_by_mut(|one, next| one.0.stem == next.0.stem) {
            // A page that has two forms of the word is counted twice; to be exact is not worth
            // a second reading.
            let count: u32 = words.iter().map(|(_, _, pages)| pages).sum();
            if (FEWEST..=most).contains(&count) {
                let stem = vocabulary.pages.len() as u32;
                vocabulary.pages.push(count);
                for (word, key, _) in words {
                    let form = vocabulary.spelled.len() as u32;
                    vocabulary.spelled.push(std::mem::take(&mut word.spelled));
                    vocabulary.words.insert(*key, Known { stem, form });
                }
            }
        }
        vocabulary
    }

    /// What is known of a word, by its key.
    pub(super) fn known(&self, key: u64) -> Option<Known> {
        self.words.get(&key).copied()
    }

    /// How a form is spelled.
    pub(super) fn spelled(&self, form: u32) -> &str {
        &self.spelled[form as usize]
    }

    /// How rare a stem is on a site of so many pages.
    pub(super) fn rarity(&self, stem: u32, pages: usize) -> u64 {
        super::number::rarity(u64::from(self.pages[stem as usize]), pages as u64)
    }
}

/// How much of a word there is in a page: twice as often is one step more, for a word that
/// stands there forty times is not forty times the subject.
pub(super) fn amount(count: u32) -> u64 {
    ONE + super::number::log2(u64::from(count))
}
