//! The feeds of a site: of which lists, where they are served, and which pages they hold.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::pages::{PageId, Pages};
use super::taxonomies::{Listed, Taxonomies, TermId};
use super::tree::{SectionId, Tree};
use crate::config::{Feed as Settings, FeedOrder};
use crate::date::Date;
use crate::diag::Span;
use crate::page::{Card, Kind};
use crate::path::Permalink;

/// The list that a feed follows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FeedOf {
    /// All pages of the site.
    Site,
    /// The pages of a section.
    Section(SectionId),
    /// The pages of a term.
    Term(TermId),
}

/// A feed, which is served in two forms.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Feed {
    /// The list it follows.
    pub of: FeedOf,
    /// Where the site asks for it.
    pub asked: Span,
    /// Where it is served as Atom.
    pub atom: Permalink,
    /// Where it is served as JSON Feed.
    pub json: Permalink,
    /// The pages it holds, the newest first.
    pub pages: Vec<PageId>,
    /// The pages of the list that have no date, and so no place in a feed.
    pub undated: Vec<PageId>,
}

/// The feeds of a site.
#[derive(Debug, Default)]
pub struct Feeds {
    all: Vec<Feed>,
    empty: Vec<Feed>,
    by_list: BTreeMap<FeedOf, usize>,
    addresses: BTreeSet<String>,
}

impl Feeds {
    /// Finds out which lists have feeds, and what each holds.
    pub fn new(settings: &Settings, pages: &Pages, tree: &Tree, taxonomies: &Taxonomies) -> Self {
        let mut feeds = Self::default();
        let wanted = wanted(settings, pages, tree, taxonomies);
        if wanted.is_empty() {
            return feeds;
        }
        // Ordered once for all feeds: a page may be in many.
        let ranks = ranks(settings.sort_by, pages);
        for (of, asked, folder, listed) in wanted {
            let address = |name: &str| Permalink::new(&format!("{folder}/{name}"));
            let (Ok(atom), Ok(json)) = (address("atom.xml"), address("feed.json")) else {
                continue;
            };
            let (mut dated, undated): (Vec<PageId>, Vec<PageId>) = listed
                .into_iter()
                .filter(|id| pages.page(*id).card.kind == Kind::Page)
                .partition(|id| has_date(&pages.page(*id).card));
            dated.sort_by_key(|id| ranks[id.index()]);
            dated.truncate(settings.limit);
            let feed = Feed { of, asked, atom, json, pages: dated, undated };
            if feed.pages.is_empty() {
                feeds.empty.push(feed);
                continue;
            }
            for permalink in [&feed.atom, &feed.json] {
                feeds.addresses.insert(permalink.as_str()[1..].to_owned());
            }
            feeds.by_list.insert(of, feeds.all.len());
            feeds.all.push(feed);
        }
        feeds
    }

    /// Every feed that holds a page.
    pub fn all(&self) -> &[Feed] {
        &self.all
    }

    /// The feeds that would hold none, and are not made.
    pub fn empty(&self) -> &[Feed] {
        &self.empty
    }

    /// The feed of a list, if it has one.
    pub fn of(&self, of: FeedOf) -> Option<&Feed> {
        self.by_list.get(&of).map(|at| &self.all[*at])
    }

    /// Tells whether a feed is served at an address, given without its first `/`.
    pub fn is_served(&self, address: &str) -> bool {
        self.addresses.contains(address)
    }
}

/// The day a page stands for in a feed: that of its last change.
pub fn changed(card: &Card) -> Option<&Date> {
    card.updated.as_ref().max(card.date.as_ref())
}

fn has_date(card: &Card) -> bool {
    changed(card).is_some()
}

type Wanted = (FeedOf, Span, String, Vec<PageId>);

fn wanted(settings: &Settings, pages: &Pages, tree: &Tree, taxonomies: &Taxonomies) -> Vec<Wanted> {
    let mut wanted: Vec<Wanted> = Vec::new();
    if let Some(span) = &settings.span {
        wanted.push((FeedOf::Site, span.clone(), String::new(), pages.ids().collect()));
    }
    for id in tree.ids() {
        let section = tree.section(id);
        let Some(page) = section.page.map(|id| pages.page(id)) else { continue };
        let Some(asks) = &page.front_matter.generate_feeds else { continue };
        // The root's own feed has the place of the site's, and holds less.
        let is_taken = id == SectionId::ROOT && settings.span.is_some();
        let is_term = matches!(taxonomies.headed_by(id), Some(Listed::Term(_)));
        if *asks.get_ref() && !is_taken && !is_term {
            let folder = folder(&page.card.permalink);
            wanted.push((
                FeedOf::Section(id),
                page.span(asks.span()),
                folder,
                section.pages.clone(),
            ));
        }
    }
    for id in taxonomies.term_ids() {
        let term = taxonomies.term(id);
        if term.feed {
            let asked = taxonomies.taxonomy(term.taxonomy).declared.span.clone();
            wanted.push((FeedOf::Term(id), asked, folder(&term.permalink), term.pages.clone()));
        }
    }
    wanted
}

/// The folder that belongs to a list: `/a/b` of `/a/b/` and of `/a/b.html`.
fn folder(list: &Permalink) -> String {
    let address = list.as_str().trim_end_matches('/');
    address.strip_suffix(".html").unwrap_or(address).to_owned()
}

/// For each page its place among all, the newest first.
fn ranks(by: FeedOrder, pages: &Pages) -> Vec<usize> {
    let mut order: Vec<PageId> = pages.ids().collect();
    order.sort_by_cached_key(|&id| {
        let card = &pages.page(id).card;
        let date = match by {
            FeedOrder::Date => card.date.as_ref().or(card.updated.as_ref()),
            FeedOrder::Updated => changed(card),
        };
        (Reverse(date.cloned()), id)
    });
    let mut ranks = vec![0; order.len()];
    for (rank, id) in order.into_iter().enumerate() {
        ranks[id.index()] = rank;
    }
    ranks
}
