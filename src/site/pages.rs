//! All pages of a site, and how they are found by path and by address.

use std::collections::HashMap;
use std::sync::Arc;

use super::held::HeldBack;
use crate::config::Config;
use crate::date::Date;
use crate::page::Page;

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
    all: Vec<Arc<Page>>,
    // Hash maps, because they are looked up for every link and never iterated.
    by_path: HashMap<String, PageId>,
    by_address: HashMap<String, PageId>,
    by_alias: HashMap<String, PageId>,
    held: HeldBack,
}

impl Pages {
    /// Takes the pages in the order of their paths and holds back drafts and those that are
    /// not to be seen on the day of the build, unless the site is built with them.
    pub fn new(pages: Vec<Arc<Page>>, config: &Config, today: &Date) -> Self {
        let (all, held) = match config.drafts {
            false => HeldBack::split(pages, today),
            true => (pages, HeldBack::default()),
        };
        let mut kept = Self { all, held, ..Self::default() };
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
    pub fn all(&self) -> &[Arc<Page>] {
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

    /// Puts a page in the place of one of the same path, address and aliases.
    pub(super) fn replace(&mut self, id: PageId, page: Arc<Page>) -> Arc<Page> {
        std::mem::replace(&mut self.all[id.index()], page)
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

    /// The pages that are not built.
    pub fn held(&self) -> &HeldBack {
        &self.held
    }
}
