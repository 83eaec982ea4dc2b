//! Puts the counts of all pages together.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use super::count::{Counted, Length};
use super::pages::Searched;
use super::words::Word;
use crate::config::Config;
use crate::site::Site;
use crate::text::lookup::fold;
use crate::text::places::{Places, hash};
use crate::text::stem::Stemmer;

/// The words of a site, in the order in which browsers compare them.
#[derive(Debug)]
pub struct Gathered {
    /// The counts, in the order of their pages.
    counted: Vec<Counted>,
    /// Where each word is counted: for each word the counts that have it, and its number there.
    parts: Vec<Part>,
    /// Where the parts of each word end.
    ends: Vec<u32>,
    /// What is known of each page.
    pub(super) pages: Vec<Length>,
}

/// The number of some counts, and of a word in these.
type Part = (u32, u32);

/// The stem of each word of a part of the list.
pub type Stems = Vec<Box<str>>;

impl Gathered {
    /// Takes the counts in the order of their pages.
    pub fn new(mut counted: Vec<Counted>) -> Self {
        let pages = counted.iter_mut().flat_map(|counted| std::mem::take(&mut counted.pages));
        let pages = pages.collect();
        let text = |(part, word): Part| counted[part as usize].words.text(word as usize);
        let all = (0..).zip(&counted);
        let all = all.flat_map(|(n, part)| (0..).take(part.words.len()).map(move |word| (n, word)));
        // Where each word is met first, how many counts have it, and which word each count means.
        let (mut firsts, mut sizes, mut meant) = (Vec::new(), Vec::new(), Vec::new());
        let mut places =
            Places::with_capacity(counted.iter().map(|part| part.words.len()).max().unwrap_or(0));
        for part in all.clone() {
            let word = text(part);
            let place =
                places.place(hash(word, 0..word.len()), |place| text(firsts[place]) == word);
            if place == firsts.len() {
                firsts.push(part);
                sizes.push(0);
            }
            sizes[place] += 1;
            meant.push(place as u32);
        }
        drop(places);
        let mut sorted: Vec<u32> = (0..).take(firsts.len()).collect();
        let first = |place: u32| text(firsts[place as usize]);
        sorted.sort_unstable_by(|&a, &b| order(first(a), first(b)));
        let mut sum = 0;
        for &place in &sorted {
            sum += std::mem::replace(&mut sizes[place as usize], sum);
        }
        let mut parts = vec![(0, 0); meant.len()];
        for (part, place) in all.zip(meant) {
            let at = &mut sizes[place as usize];
            parts[*at as usize] = part;
            *at += 1;
        }
        let ends = sorted.into_iter().map(|place| sizes[place as usize]).collect();
        Self { counted, parts, ends, pages }
    }

    /// Some of the words.
    pub(super) fn words(&self, range: Range<usize>) -> impl Iterator<Item = Summed<'_>> {
        range.map(|n| {
            let start = n.checked_sub(1).map_or(0, |before| self.ends[before]);
            let parts = &self.parts[start as usize..self.ends[n] as usize];
            let (part, word) = parts[0];
            let word = self.counted[part as usize].words.word(word as usize);
            Summed { word, parts, counted: &self.counted }
        })
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no word at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// A word with all that was counted of it.
#[derive(Clone, Copy)]
pub(super) struct Summed<'a> {
    pub(super) word: Word<'a>,
    parts: &'a [Part],
    counted: &'a [Counted],
}

impl<'a> Summed<'a> {
    /// The numbers of the pages that have it, each with how much it counts there.
    pub(super) fn uses(self) -> impl Iterator<Item = (u32, u32)> + 'a {
        let parts = self.parts.iter();
        parts.flat_map(move |&(part, word)| self.counted[part as usize].uses.of(word as usize))
    }

    /// The numbers of the pages whose titles have it.
    pub(super) fn titles(self) -> impl Iterator<Item = u32> + 'a {
        let parts = self.parts.iter();
        let titles =
            move |&(part, word): &Part| self.counted[part as usize].titles.of(word as usize);
        parts.flat_map(titles).map(|(page, _)| page)
    }
}

/// Finds the stems of some of the words, each in the language of the first page that has it.
pub fn stems(
    gathered: &Gathered,
    range: Range<usize>,
    searched: &Searched,
    site: &Site,
    config: &Config,
) -> Stems {
    let mut stemmers = Stemmers::new(searched, site, config);
    gathered.words(range).map(|summed| stemmers.stem(&summed.word)).collect()
}

/// The stemmers of a site's languages.
pub(super) struct Stemmers<'a> {
    searched: &'a Searched,
    site: &'a Site,
    config: &'a Config,
    made: BTreeMap<&'a str, Stemmer>,
}

impl<'a> Stemmers<'a> {
    pub(super) fn new(searched: &'a Searched, site: &'a Site, config: &'a Config) -> Self {
        Self { searched, site, config, made: BTreeMap::new() }
    }

    /// The stem of a word, in the language of the first page that has it.
    pub(super) fn stem(&mut self, word: &Word<'_>) -> Box<str> {
        let page = self.searched.pages[word.page as usize];
        let own = self.site.pages.page(page).card.language.as_deref();
        let language = own.unwrap_or(&self.config.language);
        let stemmer = self.made.entry(language).or_insert_with(|| Stemmer::new(language));
        let written = word.written.map(str::to_lowercase);
        let stem = stemmer.stem(written.as_deref().unwrap_or(word.word));
        // A word that says nothing by itself stands for itself.
        stem.map_or_else(|| word.word.into(), |stem| fold(&stem).into())
    }
}

/// The order of words in the index: browsers compare texts by units of UTF-16.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    match (a.is_ascii(), b.is_ascii()) {
        (true, true) => a.cmp(b),
        _ => a.encode_utf16().cmp(b.encode_utf16()),
    }
}
