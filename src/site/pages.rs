//! All pages of a site, and how they are found by path and by address.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::page::{Kind, Page};

/// A page's place in this build; never kept for another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PageId(u32);

impl PageId {
    /// The place in [`Pages::all`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The pages of a site in the order of their paths.
#[derive(Debug, Default)]
pub struct Pages {
    all: Vec<Page>,
    // Hash maps, because they are looked up for every link and never iterated.
    by_path: HashMap<String, PageId>,
    by_address: HashMap<String, PageId>,
    by_alias: HashMap<String, PageId>,
    drafts: BTreeMap<String, Page>,
}

impl Pages {
    /// Takes the pages in the order of their paths and leaves out the drafts, unless they
    /// are wanted.
    pub fn new(pages: Vec<Page>, with_drafts: bool) -> Self {
        let mut kept = Self::default();
        // A section that is a draft holds back all that lies in it.
        let held: BTreeSet<String> = pages
            .iter()
            .filter(|page| page.card.draft && page.card.kind == Kind::Section && !with_drafts)
            .map(|page| page.folder().to_owned())
            .collect();
        for page in pages {
            if (page.card.draft && !with_drafts) || is_within(page.folder(), &held) {
                kept.drafts.insert(page.card.relative_path.clone(), page);
            } else {
                kept.all.push(page);
            }
        }
        for (n, page) in kept.all.iter().enumerate() {
            let id = PageId(n as u32);
            kept.by_path.insert(page.card.relative_path.clone(), id);
            // Of two pages at one address the first is kept; the plan reports the other.
            kept.by_address.entry(page.card.permalink.to_string()).or_insert(id);
            for (alias, _) in &page.aliases {
                kept.by_alias.entry(alias.to_string()).or_insert(id);
            }
        }
        kept
    }

    /// The pages in order.
    pub fn all(&self) -> &[Page] {
        &self.all
    }

    /// The places of all pages, in order.
    pub fn ids(&self) -> impl Iterator<Item = PageId> + use<> {
        (0..self.all.len() as u32).map(PageId)
    }

    /// One page.
    pub fn page(&self, id: PageId) -> &Page {
        &self.all[id.index()]
    }

    /// Finds a page by its path under `content/`.
    pub fn at_path(&self, path: &str) -> Option<PageId> {
        self.by_path.get(path).copied()
    }

    /// Finds a page by its permalink or, failing that, by an alias; a missing `/` or an
    /// `index.html` at the end does not matter, nor which of the two forms of addresses the
    /// writer had in mind.
    pub fn at_address(&self, address: &str) -> Option<PageId> {
        let find = |address: &str| {
            self.by_address.get(address).or_else(|| self.by_alias.get(address)).copied()
        };
        find(address)
            .or_else(|| find(&format!("{address}/")))
            .or_else(|| find(address.strip_suffix("index.html")?))
            .or_else(|| find(&format!("{}.html", address.trim_end_matches('/'))))
            .or_else(|| find(&format!("{}/", address.strip_suffix(".html")?)))
    }

    /// Finds the page that is served at just this address.
    pub fn served_at(&self, address: &str) -> Option<PageId> {
        self.by_address.get(address).copied()
    }

    /// The drafts that were left out, in the order of their paths.
    pub fn drafts(&self) -> impl Iterator<Item = &Page> {
        self.drafts.values()
    }

    /// Tells whether a path under `content/` is a draft that was left out.
    pub fn is_draft(&self, path: &str) -> bool {
        self.drafts.contains_key(path)
    }
}

/// Tells whether a folder is one of `held` or lies in one.
fn is_within(folder: &str, held: &BTreeSet<String>) -> bool {
    let mut folder = folder;
    while !held.is_empty() {
        if held.contains(folder) {
            return true;
        }
        match folder.rsplit_once('/') {
            Some((above, _)) => folder = above,
            None => return held.contains(""),
        }
    }
    false
}
