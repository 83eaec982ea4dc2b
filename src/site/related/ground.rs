//! The measures of nearness, laid out for a whole site.

use std::collections::BTreeMap;

use super::features::{self, Carried};
use super::links::Graph;
use super::order::Order;
use super::terms::Terms;
use super::vectors::Vectors;
use super::vocabulary::Vocabulary;
use crate::cite::WorkId;
use crate::config::{Config, Weights};
use crate::page::{Kind, Page};
use crate::site::assemble::Site;
use crate::site::pages::PageId;
use crate::site::people::stem;

/// How many words of its own a section needs to be more than a list.
const WORDS_OF_A_SECTION: usize = 40;

/// What is left of a score where the text links to the page: its reader has met it.
const MET: f64 = 0.5;

/// All that suggestions are made from.
#[derive(Debug)]
pub struct Ground<'a> {
    pub(super) site: &'a Site,
    pub(super) config: &'a Config,
    pub(super) order: Order,
    sections: Vec<u32>,
    languages: Vec<u32>,
    offered: Vec<bool>,
    pub(super) sources: Option<Vectors>,
    pub(super) links: Option<Graph>,
    pub(super) terms: Option<Vectors>,
    pub(super) text: Option<Vectors>,
    /// The works that each page names.
    pub(super) works: Vec<Vec<WorkId>>,
    /// The terms that each page carries.
    pub(super) carried: Vec<Vec<Carried<'a>>>,
    /// The words, where they are compared.
    pub(super) vocabulary: Option<Vocabulary>,
}

/// The words of a site, where they are compared.
#[derive(Debug)]
pub struct Text {
    /// The words of each page.
    pub terms: Vec<Terms>,
    /// For each section the stems that are common in it.
    pub common: Vec<Vec<u32>>,
    /// What is known of each word.
    pub vocabulary: Vocabulary,
}

/// What each measure adds to a score.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Parts {
    pub(super) sources: f64,
    pub(super) links: f64,
    pub(super) terms: f64,
    pub(super) text: f64,
}

impl Parts {
    pub(super) fn sum(self) -> f64 {
        self.sources + self.links + self.terms + self.text
    }
}

impl<'a> Ground<'a> {
    /// Lays out what the site's weights ask for.
    pub fn new(site: &'a Site, config: &'a Config, text: Option<Text>) -> Self {
        let order = Order::new(&site.pages);
        let weights = config.continue_reading.weights;
        let pages = || order.pages().iter().map(|&id| site.pages.page(id));
        let mut tags: BTreeMap<String, u32> = BTreeMap::new();
        let languages = pages().map(|page| {
            let tag = page.card.language.as_deref().unwrap_or(&config.language);
            let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
            let next = tags.len() as u32;
            *tags.entry(primary).or_insert(next)
        });
        let languages = languages.collect();
        let offered = pages().map(|page| is_offered(site, page)).collect();
        let section = |id: &PageId| site.tree.section_of(*id).index();
        let sections = order.pages().iter().map(|id| section(id) as u32).collect();
        let text = text.map(|text| {
            let features = |id: &PageId| {
                let common = &text.common[section(id)];
                text.terms[id.index()].features(common, &text.vocabulary, order.len())
            };
            (Vectors::new(order.pages().iter().map(features).collect()), text.vocabulary)
        });
        let (text, vocabulary) = text.unzip();
        let on = |weight: f64| weight > 0.0;
        let works = features::works(&order, &site.cited);
        let carried = features::carried(&order, &site.pages, config);
        Self {
            sources: on(weights.sources).then(|| features::of_works(&works, &site.cited)),
            links: on(weights.links).then(|| Graph::new(&order, &site.pages, &site.links)),
            terms: (on(weights.terms) && !config.taxonomies.is_empty())
                .then(|| features::of_terms(&carried)),
            text,
            works,
            carried,
            vocabulary,
            site,
            config,
            order,
            sections,
            languages,
            offered,
        }
    }

    /// Tells whether two pages lie in one section.
    pub(super) fn are_kin(&self, one: u32, other: u32) -> bool {
        self.sections[one as usize] == self.sections[other as usize]
    }

    /// Tells whether a page can be offered at the end of another without an editor's word.
    pub(super) fn is_offered(&self, rank: u32, other: PageId) -> bool {
        self.fits(rank, self.order.rank(other))
    }

    /// The same by rank.
    pub(super) fn fits(&self, rank: u32, other: u32) -> bool {
        let (rank, other) = (rank as usize, other as usize);
        self.offered[other] && self.languages[rank] == self.languages[other]
    }

    /// What each measure says of two pages.
    pub(super) fn parts(&self, rank: u32, other: u32) -> Parts {
        let Weights { sources, links, terms, text, .. } = self.config.continue_reading.weights;
        let are_kin = self.are_kin(rank, other);
        let near = |vectors: &Option<Vectors>| {
            vectors.as_ref().map_or(0.0, |vectors| vectors.nearness(rank, other, are_kin, |_| {}))
        };
        Parts {
            sources: sources * near(&self.sources),
            links: links * self.links.as_ref().map_or(0.0, |graph| graph.nearness(rank, other)),
            terms: terms * near(&self.terms),
            text: text * self.alike(rank, other),
        }
    }

    /// How near two pages are by their words. One word may be chance or have another sense, and so
    /// may two: of `m` words the measure counts `m` parts of `m + 2`. A word counts as far as it
    /// weighs: `m` is how many there would be if all weighed the same, the inverse of Simpson's
    /// index, so that words of no weight do not stand by one that is heavy.
    fn alike(&self, rank: u32, other: u32) -> f64 {
        let Some(text) = &self.text else { return 0.0 };
        let (mut sum, mut squares) = (0_u64, 0_u64);
        let near = text.nearness(rank, other, self.are_kin(rank, other), |word| {
            sum += u64::from(word.weight);
            squares += u64::from(word.weight).pow(2);
        });
        // `m` is the square of the sum by the sum of the squares. Nothing is shared, or nothing
        // that weighs anything.
        let square = sum.pow(2) as f64;
        if sum == 0 { 0.0 } else { near * square / (square + 2.0 * squares as f64) }
    }

    /// What is left of a score, if the text of the one page links to the other.
    pub(super) fn met(&self, rank: u32, other: u32, sum: f64) -> f64 {
        let met = self.links.as_ref().is_some_and(|graph| graph.links(rank, other));
        if met { sum * MET } else { sum }
    }
}

/// Tells whether a page can be offered anywhere without an editor's word: none that
/// is a draft, is out of date, tells of a person, only lists others or leads away.
fn is_offered(site: &Site, page: &Page) -> bool {
    let is_home = page.card.relative_path == "_index.md";
    let is_over =
        page.front_matter.expires.as_ref().is_some_and(|day| day.get_ref().has_come(&site.today));
    let leads_away = page.front_matter.redirect_to.is_some();
    !(page.card.draft || is_home || is_over || leads_away) && is_text(page)
}

/// Tells whether a page has a subject of its own that others can be near to: it is more than a
/// list, and tells of no person.
pub(super) fn is_text(page: &Page) -> bool {
    let is_more = page.card.kind == Kind::Page || page.card.word_count >= WORDS_OF_A_SECTION;
    is_more && stem(page).is_none()
}
