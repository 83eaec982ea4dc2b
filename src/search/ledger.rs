//! The ledger of an index: all that its files of words are made of, from build to build.
//!
//! The next build counts those pages alone of which something has changed, and writes them into
//! the ledger of the last one. What comes out is, byte for byte, what counting all would give.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::count::{Counted, Length, count};
use super::gather::{Gathered, Stemmers, Stems, Summed, order};
use super::pages::Searched;
use super::post::{Posted, Reader, Use, post, read_uses, write_uses};
use super::weigh::{self, HEAVIEST, weigh};
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::site::Site;

/// All that the files of words are made of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ledger {
    /// A hash of what it is of, besides its pages: the form, the settings, the pages' paths.
    of: Fingerprint,
    /// For each page a hash of all that is counted of it.
    keys: Vec<Fingerprint>,
    /// What is known of each page.
    pub(super) pages: Vec<Length>,
    /// The words of all texts, one behind the other, with a figure for each page.
    pub(super) texts: Vec<u8>,
    /// The words of the titles, with the length of the title for each page.
    pub(super) titles: Vec<u8>,
}

impl Ledger {
    /// Writes down what was counted of all pages.
    pub fn new(searched: &Searched, gathered: &Gathered, stems: &Stems) -> Self {
        let pages = gathered.pages.clone();
        let usual = weigh::usual(&pages);
        let (mut texts, mut titles) = (List::default(), List::default());
        for (summed, stem) in gathered.words(0..gathered.len()).zip(stems) {
            texts.add(summed.word.word, stem, weighed(summed, &pages, usual));
            titles.add(summed.word.word, stem, titled(summed, &pages));
        }
        let keys = searched.keys.clone();
        Self { of: searched.of, keys, pages, texts: texts.bytes, titles: titles.bytes }
    }

    /// The numbers of the pages that are to be counted anew; none where all are.
    pub fn changed(&self, searched: &Searched) -> Option<Vec<u32>> {
        let is_of_these = self.of == searched.of && self.keys.len() == searched.keys.len();
        if !is_of_these || self.pages.len() != self.keys.len() {
            return None;
        }
        let pairs = (0..).zip(self.keys.iter().zip(&searched.keys));
        let changed: Vec<u32> =
            pairs.filter(|(_, (was, is))| was != is).map(|(number, _)| number).collect();
        // To count is quick; to write a word anew for many pages is not.
        (changed.len() <= 16 + self.keys.len() / 8).then_some(changed)
    }

    /// Writes in what was counted of the pages that have changed; none where that changes what
    /// all others weigh, or the ledger has no sense.
    pub fn revised(
        &self,
        searched: &Searched,
        changed: &[u32],
        gathered: &Gathered,
        site: &Site,
        config: &Config,
    ) -> Option<Self> {
        let mut pages = self.pages.clone();
        for (&number, length) in changed.iter().zip(&gathered.pages) {
            *pages.get_mut(number as usize)? = *length;
        }
        let usual = weigh::usual(&pages);
        if usual != weigh::usual(&self.pages) {
            return None;
        }
        let stemmers = Stemmers::new(searched, site, config);
        let mut revision = Revision {
            searched,
            changed,
            site,
            stemmers,
            others: BTreeMap::new(),
            texts: List::default(),
            titles: List::default(),
        };
        let mut titles = Titles::new(&self.titles);
        let mut texts = Reader::new(&self.texts);
        let mut new = gathered.words(0..gathered.len()).peekable();
        while let Some(old) = texts.next() {
            let is_before = |new: &Summed<'_>| order(new.word.word, old.word) == Ordering::Less;
            while let Some(summed) = new.next_if(is_before) {
                revision.add(summed, &pages, usual);
            }
            let same = new.next_if(|new| new.word.word == old.word);
            revision.lay_over(&old, &titles.of(old.word), same, &pages, usual)?;
        }
        new.for_each(|summed| revision.add(summed, &pages, usual));
        if !texts.is_done() {
            return None;
        }
        let (texts, titles) = (revision.texts.bytes, revision.titles.bytes);
        Some(Self { of: searched.of, keys: searched.keys.clone(), pages, texts, titles })
    }
}

fn weighed(summed: Summed<'_>, pages: &[Length], usual: u64) -> impl Iterator<Item = Use> {
    let uses = summed.uses();
    uses.map(move |(page, count)| (page, weigh(count, &pages[page as usize], usual)))
}

fn titled(summed: Summed<'_>, pages: &[Length]) -> impl Iterator<Item = Use> {
    let length = |page: u32| pages[page as usize].title.clamp(1, HEAVIEST);
    summed.titles().map(move |page| (page, length(page)))
}

/// Whether two lists of pages, both in order, have one in common.
fn meet(some: &[u32], others: impl Iterator<Item = u32>) -> bool {
    let mut some = some.iter().copied();
    let mut next = some.next();
    for other in others {
        while next.is_some_and(|page| page < other) {
            next = some.next();
        }
        match next {
            // Most lists go on long after the few pages that have changed.
            None => return false,
            Some(page) if page == other => return true,
            Some(_) => {}
        }
    }
    false
}

/// Words in the making, one behind the other.
#[derive(Default)]
struct List {
    bytes: Vec<u8>,
    last: String,
    uses: Vec<u8>,
}

impl List {
    fn add(&mut self, word: &str, stem: &str, uses: impl IntoIterator<Item = Use>) {
        let mut written = std::mem::take(&mut self.uses);
        written.clear();
        write_uses(uses, &mut written);
        if !written.is_empty() {
            self.post(&Posted { word, stem, uses: &written });
        }
        self.uses = written;
    }

    fn post(&mut self, posted: &Posted<'_>) {
        post(&mut self.bytes, &self.last, posted);
        self.last.clear();
        self.last.push_str(posted.word);
    }
}

/// The words of the titles, taken one after the other.
struct Titles<'a> {
    reader: Reader<'a>,
    /// The next, and its uses.
    next: Option<(String, Vec<u8>)>,
}

impl<'a> Titles<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let mut titles = Self { reader: Reader::new(bytes), next: None };
        titles.advance();
        titles
    }

    fn advance(&mut self) {
        let owned = |posted: Posted<'_>| (posted.word.to_owned(), posted.uses.to_owned());
        self.next = self.reader.next().map(owned);
    }

    /// The uses of a word in titles. All words are to be asked for in order.
    fn of(&mut self, word: &str) -> Vec<u8> {
        let Some((_, uses)) = self.next.take_if(|(next, _)| next == word) else {
            return Vec::new();
        };
        self.advance();
        uses
    }
}

/// A ledger on its way to what is now.
struct Revision<'a> {
    searched: &'a Searched,
    changed: &'a [u32],
    site: &'a Site,
    stemmers: Stemmers<'a>,
    /// Pages that have not changed, where a word has them for its first now.
    others: BTreeMap<u32, Counted>,
    texts: List,
    titles: List,
}

impl Revision<'_> {
    /// Adds a word that none of the other pages has.
    fn add(&mut self, summed: Summed<'_>, pages: &[Length], usual: u64) {
        let stem = self.stemmers.stem(&summed.word);
        self.texts.add(summed.word.word, &stem, weighed(summed, pages, usual));
        self.titles.add(summed.word.word, &stem, titled(summed, pages));
    }

    /// Lays what the pages that have changed have of a word over what there was.
    fn lay_over(
        &mut self,
        old: &Posted<'_>,
        titles: &[u8],
        new: Option<Summed<'_>>,
        pages: &[Length],
        usual: u64,
    ) -> Option<()> {
        let changed = self.changed;
        let is_changed = |page: u32| changed.binary_search(&page).is_ok();
        if new.is_none() && !meet(changed, read_uses(old.uses).map(|(page, _)| page)) {
            self.texts.post(old);
            if !titles.is_empty() {
                self.titles.post(&Posted { uses: titles, ..*old });
            }
            return Some(());
        }
        let over = |old: &[u8], new: Vec<Use>| {
            let mut all = new;
            all.extend(read_uses(old).filter(|&(page, _)| !is_changed(page)));
            all.sort_unstable_by_key(|&(page, _)| page);
            all
        };
        let weights = new.map(|summed| weighed(summed, pages, usual).collect());
        let weights = over(old.uses, weights.unwrap_or_default());
        let Some(&(first, _)) = weights.first() else { return Some(()) };
        let was_first = read_uses(old.uses).next().map(|(page, _)| page);
        // The stem is that of the word as its first page has it.
        let stem = match new.filter(|_| is_changed(first)) {
            Some(summed) => self.stemmers.stem(&summed.word),
            None if was_first == Some(first) => old.stem.into(),
            None => self.stem_in(old.word, first)?,
        };
        self.texts.add(old.word, &stem, weights);
        let lengths = new.map(|summed| titled(summed, pages).collect());
        self.titles.add(old.word, &stem, over(titles, lengths.unwrap_or_default()));
        Some(())
    }

    /// The stem of a word as a page has it that has not changed.
    fn stem_in(&mut self, word: &str, number: u32) -> Option<Box<str>> {
        let (site, searched) = (self.site, self.searched);
        let page = *searched.pages.get(number as usize)?;
        let counted = self.others.entry(number).or_insert_with(|| count(site, &[(number, page)]));
        let found = (0..counted.words.len()).find(|&n| counted.words.text(n) == word)?;
        Some(self.stemmers.stem(&counted.words.word(found)))
    }
}
