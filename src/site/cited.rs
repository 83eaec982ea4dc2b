//! Which page cites which work, and where.

use std::collections::{BTreeMap, BTreeSet};

use super::pages::{PageId, Pages};
use crate::cite::{CiteKey, References, WorkId};
use crate::page::Page;

/// How many works one page of the list of references shows.
pub const WORKS_A_PAGE: usize = 500;

/// The id of a work as the target of links, made from its cite key: all of it but white space,
/// which no id may hold.
pub fn anchor(key: &str) -> String {
    let key: String =
        key.chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect();
    format!("ref-{key}")
}

/// The works that the pages of a site name.
#[derive(Debug, Default)]
pub struct Cited {
    sources: Vec<Sources>,
    uses: BTreeMap<WorkId, Vec<Use>>,
}

/// The works that one page names.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sources {
    /// For each citation of the body and each of its items the work; none where no reference
    /// has the key. Of references that are one work the first stands for all.
    pub citations: Vec<Vec<Option<WorkId>>>,
    /// The works of the source list, each once: those cited, in the order of their first
    /// citation, the text before the footnotes; then those listed without being cited.
    pub listed: Vec<WorkId>,
    /// How many of the listed works are cited.
    pub cited: usize,
    /// The works of Additional Reading.
    pub additional: Vec<WorkId>,
}

/// One place where a work is named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Use {
    /// The page.
    pub page: PageId,
    /// How.
    pub how: How,
}

/// The ways to name a work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum How {
    /// By `citations[n]` of the body.
    Cited(usize),
    /// In the source list alone.
    Listed,
    /// In Additional Reading.
    Additional,
}

impl Sources {
    /// Tells whether the page names no work at all.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty() && self.additional.is_empty()
    }
}

impl Cited {
    /// Finds the work behind every citation of every page.
    pub(super) fn resolve(pages: &Pages, references: &References) -> Self {
        let mut cited = Self::default();
        for id in pages.ids() {
            let page = pages.page(id);
            let sources = sources(page, references);
            for (n, works) in sources.citations.iter().enumerate() {
                for &work in works.iter().flatten() {
                    cited.note(work, Use { page: id, how: How::Cited(n) });
                }
            }
            for &work in &sources.listed[sources.cited..] {
                cited.note(work, Use { page: id, how: How::Listed });
            }
            for &work in &sources.additional {
                cited.note(work, Use { page: id, how: How::Additional });
            }
            cited.sources.push(sources);
        }
        cited
    }

    /// The works that a page names.
    pub fn sources(&self, page: PageId) -> &Sources {
        &self.sources[page.index()]
    }

    /// Puts others in the place of the works that a page names; the places of works stay.
    pub(super) fn replace(&mut self, page: PageId, sources: Sources) {
        self.sources[page.index()] = sources;
    }

    /// The works that any page names, each with the places, in the order of the pages.
    pub fn uses(&self) -> &BTreeMap<WorkId, Vec<Use>> {
        &self.uses
    }

    fn note(&mut self, work: WorkId, place: Use) {
        let uses = self.uses.entry(work).or_default();
        // A citation that names a work twice (`[@a, p. 3; @a, p. 9]`) is one place.
        if uses.last() != Some(&place) {
            uses.push(place);
        }
    }
}

/// Finds the works that a page names.
pub(super) fn sources(page: &Page, references: &References) -> Sources {
    let find = |key: &CiteKey| references.find(key).map(|id| references.canonical(id));
    let citations: Vec<Vec<Option<WorkId>>> = page
        .body
        .citations
        .iter()
        .map(|citation| citation.items.iter().map(|item| find(&item.key)).collect())
        .collect();
    let mut listed = Listed::default();
    for in_footnote in [false, true] {
        for (citation, works) in page.body.citations.iter().zip(&citations) {
            if citation.in_footnote == in_footnote {
                works.iter().flatten().for_each(|&work| listed.add(work));
            }
        }
    }
    let cited = listed.works.len();
    for key in &page.front_matter.nocite {
        if let Some(work) = find(&CiteKey::parse(key.get_ref())) {
            listed.add(work);
        }
    }
    let mut additional = Listed::default();
    for key in &page.front_matter.additional_reading {
        if let Some(work) = find(&CiteKey::parse(key.get_ref())) {
            additional.add(work);
        }
    }
    Sources { citations, listed: listed.works, cited, additional: additional.works }
}

/// Works in order, each once.
#[derive(Default)]
struct Listed {
    works: Vec<WorkId>,
    seen: BTreeSet<WorkId>,
}

impl Listed {
    fn add(&mut self, work: WorkId) {
        if self.seen.insert(work) {
            self.works.push(work);
        }
    }
}
