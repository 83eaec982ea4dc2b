//! The files of the index.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::count::Length;
use super::ledger::Ledger;
use super::pages::Searched;
use super::shards::{Shard, shards};
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::site::{INDEX_ENTRY, INDEX_FOLDER, PageId, Site};

/// How many pages one file describes.
const BLOCK: usize = 64;
/// How long a file of texts is to be.
const TEXTS: usize = 16 << 10;

/// The index of a site: every file of it.
#[derive(Debug)]
pub struct Index {
    /// The files.
    pub files: BTreeMap<OutputPath, Piece>,
    /// A hash of all that they are made of.
    pub print: Fingerprint,
    /// Whether what they are made of has changed since.
    pub is_behind: bool,
}

/// A file of the index.
#[derive(Clone, Debug)]
pub enum Piece {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// The texts of these pages.
    Texts(Arc<[PageId]>),
    /// What the last build made, of the same.
    Kept,
}

impl Index {
    /// An index that is as the last build left it.
    pub fn kept(paths: impl IntoIterator<Item = OutputPath>, print: Fingerprint) -> Self {
        let files = paths.into_iter().map(|path| (path, Piece::Kept)).collect();
        Self { files, print, is_behind: false }
    }
}

/// What `index.json` says.
#[derive(Serialize)]
struct Entry {
    /// How many pages are searched.
    pages: usize,
    /// How many of them each file of `cards` has.
    block: usize,
    /// The first word of each file of words, and its name.
    words: Vec<(String, String)>,
    /// The same of the words in titles.
    titles: Vec<(String, String)>,
    cards: Vec<String>,
    filters: Option<String>,
}

/// What is shown of a page: its address, title, description, the section it is in, its content
/// type, its terms, its language where that is not the site's, and where its text is.
#[derive(Serialize)]
struct Card<'a>(&'a str, &'a str, &'a str, &'a str, &'a str, Vec<&'a str>, &'a str, &'a str, usize);

/// A way to choose among pages.
#[derive(Serialize)]
struct Filter<'a> {
    /// What the address of a question calls it.
    name: &'a str,
    /// What readers see; none where the theme has a word for it.
    title: Option<&'a str>,
    /// Each value with the numbers of its pages, each but the first as how far it is behind the
    /// one before.
    values: Vec<(&'a str, Vec<u32>)>,
}

/// Writes the index.
pub fn index(site: &Site, config: &Config, searched: &Searched, ledger: &Ledger) -> Index {
    let mut files = Files::default();
    let words = files.shards(shards(&ledger.texts));
    let titles = files.shards(shards(&ledger.titles));
    let mut cards = Vec::new();
    for (n, pages) in searched.pages.chunks(BLOCK).enumerate() {
        let lengths = &ledger.pages[n * BLOCK..][..pages.len()];
        let places = files.texts(pages, lengths);
        let all: Vec<Card<'_>> = pages
            .iter()
            .zip(&places)
            .map(|(&id, (name, at))| card(site, config, id, name, *at))
            .collect();
        cards.push(files.json(&all));
    }
    let filters = filters(site, config, searched);
    let filters = (!filters.is_empty()).then(|| files.json(&filters));
    let pages = searched.pages.len();
    let entry = Entry { pages, block: BLOCK, words, titles, cards, filters };
    files.put(INDEX_ENTRY, Piece::Bytes(json(&entry).into()));
    Index { files: files.0, print: searched.print, is_behind: false }
}

fn card<'a>(site: &'a Site, config: &'a Config, id: PageId, text: &'a str, at: usize) -> Card<'a> {
    let card = &site.pages.page(id).card;
    let own = site.tree.section_of(id);
    let section = site.tree.section(own);
    // A section stands in the one above it.
    let above = match section.page == Some(id) {
        true => section.parent.map(|parent| site.tree.section(parent)),
        false => Some(section),
    };
    let above = above.filter(|above| above.parent.is_some()).and_then(|above| above.page);
    let terms = site.taxonomies.of_page(id).iter();
    let language = card.language.as_deref().filter(|language| *language != config.language);
    Card(
        card.permalink.as_str(),
        &card.title,
        card.description.as_deref().unwrap_or_default(),
        above.map_or("", |id| &site.pages.page(id).card.title),
        kind(site, id).unwrap_or_default(),
        terms.map(|&term| site.taxonomies.term(term).name.as_str()).collect(),
        language.unwrap_or_default(),
        text,
        at,
    )
}

/// What readers call the content type of a page.
fn kind(site: &Site, id: PageId) -> Option<&str> {
    site.type_title(id).or(site.pages.page(id).card.content_type.as_deref())
}

/// The taxonomies, the content types, and the languages where there are several.
fn filters<'a>(site: &'a Site, config: &'a Config, searched: &Searched) -> Vec<Filter<'a>> {
    let mut filters = Vec::new();
    for id in site.taxonomies.ids() {
        let taxonomy = site.taxonomies.taxonomy(id);
        let mut values: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (number, &page) in (0..).zip(&searched.pages) {
            let terms =
                site.taxonomies.of_page(page).iter().map(|&term| site.taxonomies.term(term));
            for term in terms.filter(|term| term.taxonomy == id) {
                values.entry(&term.name).or_default().push(number);
            }
        }
        let declared = &taxonomy.declared;
        let title = declared.title.as_deref().unwrap_or(&declared.name);
        filters.push((declared.name.as_str(), Some(title), values));
    }
    let of_card = |value: &dyn Fn(PageId) -> Option<&'a str>| {
        let mut values: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (number, &id) in (0..).zip(&searched.pages) {
            if let Some(value) = value(id) {
                values.entry(value).or_default().push(number);
            }
        }
        values
    };
    let types = of_card(&|id| kind(site, id));
    filters.push(("type", None, types));
    let languages = of_card(&|id| {
        Some(site.pages.page(id).card.language.as_deref().unwrap_or(&config.language))
    });
    if languages.len() > 1 {
        filters.push(("language", None, languages));
    }
    filters.retain(|(_, _, values)| !values.is_empty());
    filters
        .into_iter()
        .map(|(name, title, values)| {
            let values = values.into_iter().map(|(value, pages)| (value, steps(pages))).collect();
            Filter { name, title, values }
        })
        .collect()
}

fn steps(pages: Vec<u32>) -> Vec<u32> {
    let mut last = 0;
    pages.into_iter().map(|page| page - std::mem::replace(&mut last, page)).collect()
}

#[derive(Default)]
struct Files(BTreeMap<OutputPath, Piece>);

impl Files {
    fn put(&mut self, path: &str, piece: Piece) {
        if let Ok(path) = OutputPath::new(path) {
            self.0.insert(path, piece);
        }
    }

    /// Takes a file under a name made of its content.
    fn named(&mut self, print: &Fingerprint, extension: &str, piece: Piece) -> String {
        let name = format!("{}.{extension}", &print.hex()[..16]);
        self.put(&format!("{INDEX_FOLDER}{name}"), piece);
        name
    }

    fn json(&mut self, value: &impl Serialize) -> String {
        let bytes = json(value);
        self.named(&Fingerprint::of(&bytes), "json", Piece::Bytes(bytes.into()))
    }

    fn shards(&mut self, shards: Vec<Shard>) -> Vec<(String, String)> {
        let named = |shard: Shard| {
            let print = Fingerprint::of(&shard.bytes);
            (shard.first, self.named(&print, "bin", Piece::Bytes(shard.bytes.into())))
        };
        shards.into_iter().map(named).collect()
    }

    /// Lays the texts of pages together; gives for each the name of its file, and its place there.
    fn texts(&mut self, pages: &[PageId], lengths: &[Length]) -> Vec<(String, usize)> {
        let mut places = Vec::with_capacity(pages.len());
        let mut rest = 0;
        while rest < pages.len() {
            let mut size = 0;
            let fits = |length: &&Length| {
                let is_first = size == 0;
                size += length.text.0;
                is_first || size <= TEXTS
            };
            let count = lengths[rest..].iter().take_while(fits).count().max(1);
            let prints = lengths[rest..rest + count].iter().map(|length| &length.text.1);
            let print = Fingerprint::of_all(prints);
            let piece = Piece::Texts(pages[rest..rest + count].into());
            let name = self.named(&print, "json", piece);
            places.extend((0..count).map(|at| (name.clone(), at)));
            rest += count;
        }
        places
    }
}

/// Texts, numbers and lists are what JSON has: there is nothing to refuse.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
