//! The ids of markers and sources, none of them an id that the page has already.

use std::collections::BTreeSet;

use super::works::{Works, free};
use crate::cite::WorkId;
use crate::csl::Work;
use crate::page::Page;
use crate::site::{PageId, Site, Sources};

/// The ids of the markers of one page.
pub(super) struct Markers {
    page: PageId,
    firsts: Vec<usize>,
    taken: BTreeSet<String>,
}

impl Markers {
    pub(super) fn new(site: &Site, page: PageId) -> Self {
        let firsts = firsts(site.cited.sources(page));
        Self { page, firsts, taken: taken(site.pages.page(page)) }
    }

    /// The id of the marker by which a citation leads to a work.
    pub(super) fn id(&self, site: &Site, citation: usize, work: WorkId) -> Option<String> {
        let items = &site.cited.sources(self.page).citations[citation];
        let nth = items.iter().flatten().position(|&item| item == work)?;
        Some(free(&self.taken, format!("cite-{}", self.firsts[citation] + nth)))
    }
}

/// Where the items of each citation begin, when all that name a work are counted from one.
/// An item is known by that number, whatever the order in which a style prints it.
pub(super) fn firsts(sources: &Sources) -> Vec<usize> {
    let mut next = 1;
    let counted = sources.citations.iter().map(|items| {
        let first = next;
        next += items.iter().flatten().count();
        first
    });
    counted.collect()
}

/// The ids that the body of a page has, of those that could be in the way here.
pub(super) fn taken(page: &Page) -> BTreeSet<String> {
    let headings = page.body.headings.iter().filter_map(|heading| heading.id.as_deref());
    let ours = ["sources", "cite-", "ref-", "note-"];
    headings
        .chain(page.body.anchors.iter().map(String::as_str))
        .filter(|id| ours.iter().any(|start| id.starts_with(start)))
        .map(str::to_owned)
        .collect()
}

/// The ids of the works of a page. One that gives way to a heading must not take that of
/// another work: `ref-a-2` may well be the work `a-2`.
pub(super) fn ids(
    works: &Works,
    listed: &[(WorkId, &Work)],
    taken: &BTreeSet<String>,
) -> Vec<String> {
    if taken.is_empty() {
        return listed.iter().map(|&(work, _)| works.id(work).to_owned()).collect();
    }
    let own = listed.iter().map(|&(work, _)| works.id(work));
    let mut all: BTreeSet<String> =
        taken.iter().map(String::as_str).chain(own).map(str::to_owned).collect();
    let ids = listed.iter().map(|&(work, _)| {
        let id = works.id(work);
        if !taken.contains(id) {
            return id.to_owned();
        }
        let id = free(&all, id.to_owned());
        all.insert(id.clone());
        id
    });
    ids.collect()
}
