//! Pages that are not built: drafts, those that have expired, and those whose day is to come.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::diag::Span;
use crate::page::{Kind, Page};
use crate::path::SourcePath;

/// Why a page is not built.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// It is a draft.
    Draft,
    /// It has expired.
    Expired(Date),
    /// Its day is to come.
    Future(Date),
}

/// A page that is not built.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// Its file.
    pub path: SourcePath,
    /// Why it is not built.
    pub why: Why,
    /// What in its file says so; none where that is a section above.
    pub range: Option<Range<usize>>,
}

/// The pages that are not built.
#[derive(Debug, Default)]
pub struct HeldBack {
    /// By their paths under `content/`.
    pages: BTreeMap<String, (Held, Arc<Page>)>,
}

/// How many pages are not built.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct HeldCount {
    /// Drafts.
    pub drafts: usize,
    /// Those that have expired.
    pub expired: usize,
    /// Those whose day is to come.
    pub future: usize,
    /// The next day on which one of these can be built.
    pub next: Option<Date>,
}

impl Held {
    /// The place that says why it is not built.
    pub fn span(&self) -> Span {
        let range = self.range.clone().filter(|range| !range.is_empty());
        range.map_or_else(
            || Span::whole(self.path.clone()),
            |range| Span::new(self.path.clone(), range),
        )
    }
}

impl HeldBack {
    /// Takes out of some pages those that are not to be built at `now`. A section that is held
    /// back holds all that lies in it.
    pub(super) fn split(pages: Vec<Arc<Page>>, now: &Date) -> (Vec<Arc<Page>>, Self) {
        let sections: BTreeMap<String, Why> = pages
            .iter()
            .filter(|page| page.card.kind == Kind::Section)
            .filter_map(|page| Some((page.folder().to_owned(), why(page, now)?.0)))
            .collect();
        let mut held = Self::default();
        let mut kept = Vec::with_capacity(pages.len());
        for page in pages {
            let own = why(&page, now).map(|(why, range)| (why, Some(range)));
            let above = || above(page.folder(), &sections).map(|why| (why.clone(), None));
            let Some((why, range)) = own.or_else(above) else {
                kept.push(page);
                continue;
            };
            let note = Held { path: page.path.clone(), why, range };
            held.pages.insert(page.card.relative_path.clone(), (note, page));
        }
        (kept, held)
    }

    /// The pages in the order of their paths.
    pub fn all(&self) -> impl Iterator<Item = &Held> {
        self.pages.values().map(|(held, _)| held)
    }

    /// What they would be, in the same order.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.values().map(|(_, page)| &**page)
    }

    /// Finds a page by its path under `content/`.
    pub fn at_path(&self, path: &str) -> Option<&Held> {
        self.pages.get(path).map(|(held, _)| held)
    }

    /// Counts the pages.
    pub fn count(&self) -> HeldCount {
        let mut count = HeldCount::default();
        for held in self.all() {
            match &held.why {
                Why::Draft => count.drafts += 1,
                Why::Expired(_) => count.expired += 1,
                Why::Future(date) => {
                    count.future += 1;
                    let next =
                        count.next.take().map_or(date.clone(), |next| next.min(date.clone()));
                    count.next = Some(next);
                }
            }
        }
        count
    }
}

/// Tells whether a page is one to hold back, by its own words.
pub fn is_held_back(page: &Page, now: &Date) -> bool {
    why(page, now).is_some()
}

/// Why a page is not built, by its own words, and where it says so.
fn why(page: &Page, now: &Date) -> Option<(Why, Range<usize>)> {
    if page.card.draft {
        return Some((Why::Draft, 0..0));
    }
    if let Some(expires) = page.front_matter.expires.as_ref().filter(|e| e.get_ref().has_come(now))
    {
        return Some((Why::Expired(expires.get_ref().clone()), expires.span()));
    }
    let date = page.card.date.as_ref().filter(|date| !date.has_come(now))?;
    let range = page.front_matter.date.as_ref().map_or(0..0, toml::Spanned::span);
    Some((Why::Future(date.clone()), range))
}

/// What holds back the nearest of the sections that a folder lies in.
fn above<'a>(folder: &str, sections: &'a BTreeMap<String, Why>) -> Option<&'a Why> {
    let mut folder = folder;
    while !sections.is_empty() {
        if let Some(why) = sections.get(folder) {
            return Some(why);
        }
        match folder.rsplit_once('/') {
            Some((above, _)) => folder = above,
            None => return sections.get(""),
        }
    }
    None
}
