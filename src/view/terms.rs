//! What is shared of taxonomies and terms, under Zola's names.

use super::card::addresses;
use super::extra::optional;
use super::feeds::feeds;
use crate::site::{FeedOf, PageId, Site, TaxonomyId, Term};
use crate::theme::{Map, Value};

/// The shared values of taxonomies and terms.
#[derive(Debug, Default)]
pub(super) struct TaxonomyViews {
    /// Each term as pages show those they carry: without its pages.
    short: Vec<Value>,
    /// Each term with its pages.
    pub(super) terms: Vec<Value>,
    /// Each taxonomy as its terms show it: without them.
    pub(super) names: Vec<Value>,
    /// Each taxonomy with its terms.
    pub(super) all: Vec<Value>,
}

impl TaxonomyViews {
    /// Makes what pages show of the terms they carry.
    pub(super) fn new(site: &Site) -> Self {
        let taxonomies = &site.taxonomies;
        Self {
            short: taxonomies.terms().iter().map(|term| short(site, term).into()).collect(),
            names: taxonomies.ids().map(|id| name(site, id).into()).collect(),
            ..Self::default()
        }
    }

    /// Adds to each term its pages, and to each taxonomy its terms.
    pub(super) fn complete(&mut self, site: &Site, card: impl Fn(PageId) -> Value) {
        let taxonomies = &site.taxonomies;
        self.terms = taxonomies
            .term_ids()
            .map(|id| {
                let mut map = self.short[id.index()].as_map().cloned().unwrap_or_default();
                let pages = taxonomies.term(id).pages.iter().map(|page| card(*page));
                map.insert("pages".into(), pages.collect::<Vec<Value>>().into());
                let name = &taxonomies.term(id).name;
                map.insert("feeds".into(), feeds(site, FeedOf::Term(id), name));
                map.into()
            })
            .collect();
        self.all = taxonomies
            .ids()
            .map(|id| {
                let mut map = self.names[id.index()].as_map().cloned().unwrap_or_default();
                let terms = taxonomies.taxonomy(id).terms.iter();
                let terms: Value =
                    terms.map(|id| self.terms[id.index()].clone()).collect::<Vec<Value>>().into();
                // Zola calls them `items` where a function gives the taxonomy.
                map.insert("items".into(), terms.clone());
                map.insert("terms".into(), terms);
                map.into()
            })
            .collect();
    }

    /// The terms that a page carries: for each taxonomy of which it has any, a map with its
    /// `taxonomy` and its `terms`.
    pub(super) fn of_page(&self, site: &Site, page: PageId) -> Value {
        let carried = site.taxonomies.of_page(page);
        let groups = carried.chunk_by(|a, b| {
            site.taxonomies.term(*a).taxonomy == site.taxonomies.term(*b).taxonomy
        });
        let groups: Vec<Value> = groups
            .map(|terms| {
                let taxonomy = site.taxonomies.term(terms[0]).taxonomy;
                let terms: Vec<Value> =
                    terms.iter().map(|id| self.short[id.index()].clone()).collect();
                let mut map = Map::with_capacity(2);
                map.insert("taxonomy".into(), self.names[taxonomy.index()].clone());
                map.insert("terms".into(), terms.into());
                map.into()
            })
            .collect();
        groups.into()
    }
}

fn short(site: &Site, term: &Term) -> Map {
    let mut map = addresses(&site.base, &term.permalink);
    let head = term.head.and_then(|head| site.tree.section(head).page);
    let head = head.map(|id| &site.pages.page(id).card);
    map.insert("kind".into(), "term".into());
    map.insert("name".into(), term.name.as_str().into());
    map.insert("slug".into(), term.slug.as_str().into());
    map.insert("title".into(), head.map_or(term.name.as_str(), |head| &head.title).into());
    map.insert("description".into(), optional(head.and_then(|head| head.description.as_deref())));
    // Zola has the first of these, lists of ours the second.
    map.insert("page_count".into(), term.pages.len().into());
    map.insert("pages_count".into(), term.pages.len().into());
    map
}

fn name(site: &Site, id: TaxonomyId) -> Map {
    let taxonomy = site.taxonomies.taxonomy(id);
    let declared = &taxonomy.declared;
    let mut map = addresses(&site.base, &taxonomy.permalink);
    let head = taxonomy.head.and_then(|head| site.tree.section(head).page);
    let head = head.map(|id| &site.pages.page(id).card);
    let title = head.map(|head| head.title.clone()).or_else(|| declared.title.clone());
    let description = head.and_then(|head| head.description.as_deref());
    map.insert("kind".into(), "taxonomy".into());
    map.insert("name".into(), declared.name.as_str().into());
    map.insert("slug".into(), declared.slug.as_str().into());
    map.insert("title".into(), title.unwrap_or_else(|| capitalized(&declared.name)).into());
    map.insert("description".into(), optional(description.or(declared.description.as_deref())));
    map.insert("terms_count".into(), taxonomy.terms.len().into());
    map
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
