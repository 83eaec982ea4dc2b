//! Counts the words of some pages.

use serde::{Deserialize, Serialize};

use super::names::Names;
use super::passages::passages;
use super::tally::{Count, Tally};
use super::texts::hash_of_text;
use super::words::{Word, Words};
use crate::fingerprint::Fingerprint;
use crate::page::Page;
use crate::site::{PageId, Site};
use crate::text::lookup;
use crate::text::places::Places;

/// How much a word counts where it stands, against one in a code block.
const TITLE: u32 = 24;
const ALIAS: u32 = 20;
const HEADING: u32 = 8;
const DESCRIPTION: u32 = 6;
const TERM: u32 = 8;
const AUTHOR: u32 = 4;
const TEXT: u32 = 2;
const CODE: u32 = 1;

/// How many different words there is room for at first: those of some dozens of pages.
const WORDS: usize = 4096;

/// The words of some pages that follow one another.
#[derive(Debug)]
pub struct Counted {
    /// Each word once, in the order in which they were met.
    pub(super) words: Words,
    /// The numbers of the pages that have each, with how much it counts there.
    pub(super) uses: Tally,
    /// The numbers of the pages whose titles have each.
    pub(super) titles: Tally,
    /// What is known of each page.
    pub(super) pages: Vec<Length>,
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
    let mut counter = Counter {
        places: Places::with_capacity(WORDS),
        words: Words::default(),
        counts: Vec::with_capacity(WORDS),
        met: Vec::new(),
        uses: Vec::new(),
        titles: Vec::new(),
        pages: Vec::with_capacity(pages.len()),
    };
    for &(number, id) in pages {
        counter.page(site, id, number);
    }
    let Counter { mut words, uses, titles, pages, .. } = counter;
    words.shrink();
    let [uses, titles] = [uses, titles].map(|counts| Tally::new(words.len(), &counts));
    Counted { words, uses, titles, pages }
}

struct Counter {
    places: Places,
    words: Words,
    /// How much each word counts in the page at hand.
    counts: Vec<u32>,
    /// The words that the page at hand has.
    met: Vec<usize>,
    uses: Vec<Count>,
    titles: Vec<Count>,
    pages: Vec<Length>,
}

impl Counter {
    fn page(&mut self, site: &Site, id: PageId, number: u32) {
        let page = site.pages.page(id);
        let mut length = 0;
        let title = self.title(page, number);
        for (text, weight) in fields(site, page, id) {
            self.text(text, weight, number, &mut length);
        }
        let texts = page.texts.open();
        let passages = passages(&page.body.headings, &texts);
        let names = Names::of(site, page);
        for passage in &passages {
            if let Some(heading) = passage.heading {
                self.text(&names.say(&heading.text), HEADING, number, &mut length);
            }
            self.text(&names.say(passage.prose), TEXT, number, &mut length);
            for code in &passage.code {
                self.text(code, CODE, number, &mut length);
            }
        }
        for place in self.met.drain(..) {
            let count = std::mem::take(&mut self.counts[place]);
            self.uses.push(Count { word: place as u32, page: number, count });
        }
        let text = hash_of_text(&texts.prose, &passages, &names);
        self.pages.push(Length { words: length, title, standing: standing(site, id), text });
    }

    /// Takes in the title and the names of a page; gives how many words the title has.
    fn title(&mut self, page: &Page, number: u32) -> u32 {
        let mut length = 0;
        let from = self.titles.len();
        for (nth, name) in [page.card.title.as_str()].into_iter().chain(names(page)).enumerate() {
            lookup::words(name, |word, hash, written| {
                length += u32::from(nth == 0);
                let word = self.word(hash, Word { word, written, page: number }) as u32;
                self.titles.push(Count { word, page: number, count: 1 });
            });
        }
        let mut own = self.titles.split_off(from);
        own.sort_unstable_by_key(|count| count.word);
        own.dedup_by_key(|count| count.word);
        self.titles.append(&mut own);
        length
    }

    fn text(&mut self, text: &str, weight: u32, number: u32, length: &mut u32) {
        lookup::words(text, |word, hash, written| {
            let place = self.word(hash, Word { word, written, page: number });
            let count = &mut self.counts[place];
            if *count == 0 {
                self.met.push(place);
            }
            *count = count.saturating_add(weight);
            *length = length.saturating_add(weight);
        });
    }

    /// The number of a word that a page has.
    fn word(&mut self, hash: u64, word: Word<'_>) -> usize {
        let place = self.words.number(&mut self.places, hash, word);
        if place == self.counts.len() {
            self.counts.push(0);
        }
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
    let authors = card.authors.iter().map(|name| (name.get_ref().as_str(), AUTHOR));
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
