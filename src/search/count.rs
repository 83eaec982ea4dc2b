//! Counts the words of some pages.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

use super::names::Names;
use super::passages::passages;
use super::tally::Tally;
use super::texts::hash_of_text;
use crate::fingerprint::Fingerprint;
use crate::page::Page;
use crate::site::{PageId, Site};
use crate::text::lookup;

/// How much a word counts where it stands, against one in a code block.
const TITLE: u32 = 24;
const ALIAS: u32 = 20;
const HEADING: u32 = 8;
const DESCRIPTION: u32 = 6;
const TERM: u32 = 8;
const AUTHOR: u32 = 4;
const TEXT: u32 = 2;
const CODE: u32 = 1;

/// The words of some pages that follow one another.
#[derive(Debug)]
pub struct Counted {
    /// Each word once, in the order in which they were met.
    pub(super) words: Vec<Word>,
    /// What is known of each page.
    pub(super) pages: Vec<Length>,
}

/// A word and the pages that have it.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) word: Box<str>,
    /// As it is written, where folding took more away than its case.
    pub(super) written: Option<Box<str>>,
    /// The first page that has it, whose language it is of.
    pub(super) page: PageId,
    /// The numbers of the pages, each with how much the word counts there.
    pub(super) uses: Tally,
    /// The numbers of the pages whose titles have it.
    pub(super) titles: Vec<u32>,
}

/// How much there is of a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Length {
    /// The sum of what its words count.
    pub(super) words: u32,
    /// How many words its title has.
    pub(super) title: u32,
    /// How much others think of it.
    pub(super) standing: u32,
    /// The size of its text in bytes, as far as it is known, and a hash of it.
    pub(super) text: (usize, Fingerprint),
}

/// Counts the words of pages, each with its number, in the order of these.
pub fn count(site: &Site, pages: &[(u32, PageId)]) -> Counted {
    let mut counter = Counter::default();
    for &(number, id) in pages {
        counter.page(site, id, number);
    }
    Counted { words: counter.words, pages: counter.pages }
}

#[derive(Default)]
struct Counter {
    places: HashMap<Box<str>, usize, BuildHasherDefault<Quick>>,
    words: Vec<Word>,
    /// How much each word counts in the page at hand.
    counts: Vec<u32>,
    /// The words that the page at hand has.
    met: Vec<usize>,
    pages: Vec<Length>,
}

impl Counter {
    fn page(&mut self, site: &Site, id: PageId, number: u32) {
        let page = site.pages.page(id);
        let mut length = 0;
        let title = self.title(page, id, number);
        for (text, weight) in fields(site, page, id) {
            self.text(text, weight, id, &mut length);
        }
        let texts = page.texts.open();
        let passages = passages(&page.body.headings, &texts);
        let names = Names::of(site, page);
        for passage in &passages {
            if let Some(heading) = passage.heading {
                self.text(&names.say(&heading.text), HEADING, id, &mut length);
            }
            self.text(&names.say(passage.prose), TEXT, id, &mut length);
            for code in &passage.code {
                self.text(code, CODE, id, &mut length);
            }
        }
        for place in self.met.drain(..) {
            let count = std::mem::take(&mut self.counts[place]);
            self.words[place].uses.add(number, count);
        }
        let text = hash_of_text(&texts.prose, &passages, &names);
        self.pages.push(Length { words: length, title, standing: standing(site, id), text });
    }

    /// Takes in the title and the names of a page; gives how many words the title has.
    fn title(&mut self, page: &Page, id: PageId, number: u32) -> u32 {
        let mut length = 0;
        for (nth, name) in [page.card.title.as_str()].into_iter().chain(names(page)).enumerate() {
            lookup::words(name, |word, written| {
                length += u32::from(nth == 0);
                let place = self.place(word, written, id);
                let titles = &mut self.words[place].titles;
                if titles.last() != Some(&number) {
                    titles.push(number);
                }
            });
        }
        length
    }

    fn text(&mut self, text: &str, weight: u32, id: PageId, length: &mut u32) {
        lookup::words(text, |word, written| {
            let place = self.place(word, written, id);
            let count = &mut self.counts[place];
            if *count == 0 {
                self.met.push(place);
            }
            *count = count.saturating_add(weight);
            *length = length.saturating_add(weight);
        });
    }

    fn place(&mut self, word: &str, written: Option<&str>, page: PageId) -> usize {
        if let Some(&place) = self.places.get(word) {
            return place;
        }
        let place = self.words.len();
        self.places.insert(word.into(), place);
        let written = written.map(Box::from);
        let (uses, titles) = (Tally::default(), Vec::new());
        self.words.push(Word { word: word.into(), written, page, uses, titles });
        self.counts.push(0);
        place
    }
}

/// How much others think of a page: how often the number of those that lead to it doubles from
/// one, up to four times.
pub(super) fn standing(site: &Site, id: PageId) -> u32 {
    (site.backlinks[id.index()].len() + 1).ilog2().min(4)
}

/// What a page says of itself outside of its text.
fn fields<'a>(site: &'a Site, page: &'a Page, id: PageId) -> impl Iterator<Item = (&'a str, u32)> {
    let card = &page.card;
    let terms = site.taxonomies.of_page(id).iter();
    let terms = terms.map(|&term| (site.taxonomies.term(term).name.as_str(), TERM));
    let description = card.description.as_deref().map(|text| (text, DESCRIPTION));
    let authors = card.authors.iter().map(|name| (name.as_str(), AUTHOR));
    let names = names(page).map(|name| (name, ALIAS));
    [(card.title.as_str(), TITLE)]
        .into_iter()
        .chain(names)
        .chain(description)
        .chain(terms)
        .chain(authors)
}

/// Other names of a page: those aliases that are no addresses.
fn names(page: &Page) -> impl Iterator<Item = &str> {
    let all = page.front_matter.aliases.iter().map(|alias| alias.get_ref().trim());
    all.filter(|alias| !alias.contains('/'))
}

/// FNV-1a, its bits scattered: quick on words, and nobody sees its order.
struct Quick(u64);

impl Default for Quick {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        let state = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        state ^ (state >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
