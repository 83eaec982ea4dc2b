//! What is shared of taxonomies and terms, under Zola's names.

use super::card::addresses;
use super::extra::optional;
use super::feeds::feeds;
use crate::site::{FeedOf, PageId, Site, TaxonomyId, Term};
use crate::theme::{Digests, Fields, Value};

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

    /// Hashes what cards hold of taxonomies.
    pub(super) fn share_names(&self, digests: &mut Digests) {
        self.short.iter().chain(&self.names).for_each(|name| digests.share(name));
    }

    /// Hashes the lists, which hold cards.
    pub(super) fn share_lists(&self, digests: &mut Digests) {
        self.terms.iter().chain(&self.all).for_each(|list| digests.share(list));
    }

    /// Adds to each term its pages, and to each taxonomy its terms.
    pub(super) fn complete(&mut self, site: &Site, card: impl Fn(PageId) -> Value) {
        let taxonomies = &site.taxonomies;
        self.terms = taxonomies
            .term_ids()
            .map(|id| {
                let mut map = Fields::with_capacity(2);
                let pages = taxonomies.term(id).pages.iter().map(|page| card(*page));
                map.set("pages", pages.collect::<Vec<Value>>());
                let name = &taxonomies.term(id).name;
                map.set("feeds", feeds(site, FeedOf::Term(id), name));
                map.over(&self.short[id.index()])
            })
            .collect();
        self.all = taxonomies
            .ids()
            .map(|id| {
                let mut map = Fields::with_capacity(2);
                let terms = taxonomies.taxonomy(id).terms.iter();
                let terms: Value =
                    terms.map(|id| self.terms[id.index()].clone()).collect::<Vec<Value>>().into();
                // Zola calls them `items` where a function gives the taxonomy.
                map.set("items", terms.clone());
                map.set("terms", terms);
                map.over(&self.names[id.index()])
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
                let mut map = Fields::with_capacity(2);
                map.set("taxonomy", self.names[taxonomy.index()].clone());
                map.set("terms", terms);
                map.into()
            })
            .collect();
        groups.into()
    }
}

fn short(site: &Site, term: &Term) -> Fields {
    let mut map = addresses(&site.base, &term.permalink);
    let head = term.head.and_then(|head| site.tree.section(head).page);
    let head = head.map(|id| &site.pages.page(id).card);
    map.set("kind", "term");
    map.set("name", term.name.as_str());
    map.set("slug", term.slug.as_str());
    map.set("title", head.map_or(term.name.as_str(), |head| &head.title));
    map.set("description", optional(head.and_then(|head| head.description.as_deref())));
    // Zola has the first of these, lists of ours the second.
    map.set("page_count", term.pages.len());
    map.set("pages_count", term.pages.len());
    map
}

fn name(site: &Site, id: TaxonomyId) -> Fields {
    let taxonomy = site.taxonomies.taxonomy(id);
    let declared = &taxonomy.declared;
    let mut map = addresses(&site.base, &taxonomy.permalink);
    let head = taxonomy.head.and_then(|head| site.tree.section(head).page);
    let head = head.map(|id| &site.pages.page(id).card);
    let title = head.map(|head| head.title.clone()).or_else(|| declared.title.clone());
    let description = head.and_then(|head| head.description.as_deref());
    map.set("kind", "taxonomy");
    map.set("name", declared.name.as_str());
    map.set("slug", declared.slug.as_str());
    map.set("title", title.unwrap_or_else(|| capitalized(&declared.name)));
    map.set("description", optional(description.or(declared.description.as_deref())));
    map.set("terms_count", taxonomy.terms.len());
    map
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
