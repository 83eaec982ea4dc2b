//! Puts the counts of all pages together.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use super::count::{Counted, Length, Word};
use crate::config::Config;
use crate::site::Site;
use crate::text::lookup::fold;
use crate::text::stem::Stemmer;

/// The words of a site, in the order in which browsers compare them.
#[derive(Debug)]
pub struct Gathered {
    /// The words.
    pub(super) words: Vec<Word>,
    /// What is known of each page.
    pub(super) pages: Vec<Length>,
}

/// The stem of each word of a part of the list.
pub type Stems = Vec<Box<str>>;

impl Gathered {
    /// Takes the counts in the order of their pages.
    pub fn new(counted: Vec<Counted>) -> Self {
        let mut places: HashMap<Box<str>, usize> = HashMap::new();
        let mut words: Vec<Word> = Vec::new();
        let mut pages = Vec::new();
        for counted in counted {
            pages.extend(counted.pages);
            for mut word in counted.words {
                match places.get(&word.word) {
                    Some(&place) => {
                        words[place].uses.append(&word.uses);
                        words[place].titles.append(&mut word.titles);
                    }
                    None => {
                        places.insert(word.word.clone(), words.len());
                        words.push(word);
                    }
                }
            }
        }
        words.sort_unstable_by(|a, b| order(&a.word, &b.word));
        Self { words, pages }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word at all.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Finds the stems of some of the words, each in the language of the first page that has it.
pub fn stems(
    gathered: &Gathered,
    range: std::ops::Range<usize>,
    site: &Site,
    config: &Config,
) -> Stems {
    let mut stemmers = Stemmers::new(site, config);
    gathered.words[range].iter().map(|word| stemmers.stem(word)).collect()
}

/// The stemmers of a site's languages.
pub(super) struct Stemmers<'a> {
    site: &'a Site,
    config: &'a Config,
    made: BTreeMap<&'a str, Stemmer>,
}

impl<'a> Stemmers<'a> {
    pub(super) fn new(site: &'a Site, config: &'a Config) -> Self {
        Self { site, config, made: BTreeMap::new() }
    }

    /// The stem of a word, in the language of the first page that has it.
    pub(super) fn stem(&mut self, word: &Word) -> Box<str> {
        let own = self.site.pages.page(word.page).card.language.as_deref();
        let language = own.unwrap_or(&self.config.language);
        let stemmer = self.made.entry(language).or_insert_with(|| Stemmer::new(language));
        let written = word.written.as_deref().map(str::to_lowercase);
        let stem = stemmer.stem(written.as_deref().unwrap_or(&word.word));
        // A word that says nothing by itself stands for itself.
        stem.map_or_else(|| word.word.clone(), |stem| fold(&stem).into())
    }
}

/// The order of words in the index: browsers compare texts by units of UTF-16.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    match (a.is_ascii(), b.is_ascii()) {
        (true, true) => a.cmp(b),
        _ => a.encode_utf16().cmp(b.encode_utf16()),
    }
}
