//! The works of a site as its styles print them, each once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::cited::Cited;
use super::pages::{PageId, Pages};
use crate::cite::{Reference, References, WorkId, export};
use crate::csl::{Processor, Work};

/// A style in a language: a name of a style and a BCP 47 tag.
pub type Manner = (String, String);

/// The works of a site as its styles print them.
#[derive(Debug, Default)]
pub struct Formatted {
    /// The processors, the site's own first.
    processors: Vec<Processor>,
    /// For each page its processor.
    of_page: Vec<usize>,
    /// For each processor the works that it printed, by their places among all references.
    works: Vec<Vec<Option<Box<Work>>>>,
    /// For each work that was printed. Written when they are first asked for: a build that makes
    /// few files asks for few.
    records: Vec<Option<OnceLock<Box<Record>>>>,
}

/// A work as other programs read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// As BibTeX, CSL-JSON, RIS and schema.org have it, one after another: a site keeps the
    /// records of thousands of works.
    texts: Box<str>,
    /// Where the first three end.
    ends: [usize; 3],
}

impl Record {
    /// Writes a work, but for what its keeper has noted for himself and for the abstract, which
    /// is seldom the site's to publish.
    pub fn new(reference: &Reference) -> Self {
        let mut public = reference.clone();
        public.texts.retain(|name| !["abstract", "annote", "keyword"].contains(&name));
        let mut texts = export::to_bibtex(&[&public]);
        let bibtex = texts.len();
        texts.push_str(&json(&export::to_csl_item(&public)));
        let csl_json = texts.len();
        texts.push_str(&export::to_ris(&[&public]));
        let ris = texts.len();
        texts.push_str(&json(&export::to_schema(&public)));
        Self { texts: texts.into(), ends: [bibtex, csl_json, ris] }
    }

    /// As BibTeX.
    pub fn bibtex(&self) -> &str {
        &self.texts[..self.ends[0]]
    }

    /// As an item of CSL-JSON.
    pub fn csl_json(&self) -> &str {
        &self.texts[self.ends[0]..self.ends[1]]
    }

    /// As RIS.
    pub fn ris(&self) -> &str {
        &self.texts[self.ends[1]..self.ends[2]]
    }

    /// As schema.org describes it, in JSON.
    pub fn schema(&self) -> &str {
        &self.texts[self.ends[2]..]
    }
}

/// Writes a value. Its `Display` writes the same through a formatter, at twice the cost.
fn json(value: &serde_json::Value) -> String {
    // No key of it is other than a string.
    serde_json::to_string(value).unwrap_or_default()
}

/// One work to be printed by one processor.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Wanted {
    processor: usize,
    /// The work.
    pub work: WorkId,
}

impl Formatted {
    /// Hands each page its processor. `manner` says in which style and language a page is; the
    /// site itself is in that of `None`.
    pub fn new(
        pages: &Pages,
        manner: impl Fn(Option<PageId>) -> Manner,
        mut prepare: impl FnMut(&Manner) -> Processor,
    ) -> Self {
        let own = manner(None);
        let mut formatted = Self {
            processors: vec![prepare(&own)],
            of_page: Vec::new(),
            works: Vec::new(),
            records: Vec::new(),
        };
        let mut known = BTreeMap::from([(own, 0)]);
        for id in pages.ids() {
            let manner = manner(Some(id));
            let n = match known.get(&manner) {
                Some(&n) => n,
                None => {
                    formatted.processors.push(prepare(&manner));
                    known.insert(manner, formatted.processors.len() - 1);
                    formatted.processors.len() - 1
                }
            };
            formatted.of_page.push(n);
        }
        formatted
    }

    /// What is to be printed, each once: the sources of every page in its manner, and every
    /// work in the site's own.
    pub fn wanted(&self, pages: &Pages, cited: &Cited) -> Vec<Wanted> {
        let mut wanted = BTreeSet::new();
        for id in pages.ids() {
            let sources = cited.sources(id);
            let processor = self.of_page[id.index()];
            for &work in sources.listed.iter().chain(&sources.additional) {
                wanted.insert(Wanted { processor, work });
            }
        }
        wanted.extend(cited.uses().keys().map(|&work| Wanted { processor: 0, work }));
        wanted.into_iter().collect()
    }

    /// Prints one work.
    pub fn format(&self, references: &References, wanted: Wanted) -> Work {
        self.processors[wanted.processor].format(references.work(wanted.work))
    }

    /// Keeps what was printed.
    pub fn keep(&mut self, printed: impl IntoIterator<Item = (Wanted, Work)>) {
        for (wanted, work) in printed {
            let place = wanted.work.index();
            if self.works.len() <= wanted.processor {
                self.works.resize_with(wanted.processor + 1, Vec::new);
            }
            *slot(&mut self.works[wanted.processor], place) = Some(Box::new(work));
            slot(&mut self.records, place).get_or_insert_default();
        }
    }

    /// One of these references as other programs read it, if it was printed.
    pub(super) fn record(&self, references: &References, work: WorkId) -> Option<&Record> {
        let record = self.records.get(work.index())?.as_ref()?;
        Some(record.get_or_init(|| Box::new(Record::new(references.work(work)))))
    }

    /// The processor of the site itself.
    pub fn processor(&self) -> Option<&Processor> {
        self.processors.first()
    }

    /// The processor of a page.
    pub fn processor_of(&self, page: PageId) -> Option<&Processor> {
        self.processors.get(*self.of_page.get(page.index())?)
    }

    /// A work in the manner of the site.
    pub fn work(&self, work: WorkId) -> Option<&Work> {
        self.printed(0, work)
    }

    /// A work in the manner of a page.
    pub fn work_of(&self, page: PageId, work: WorkId) -> Option<&Work> {
        self.printed(*self.of_page.get(page.index())?, work)
    }

    fn printed(&self, processor: usize, work: WorkId) -> Option<&Work> {
        self.works.get(processor)?.get(work.index())?.as_deref()
    }
}

/// What stands in a place of a list that grows with the places asked for.
fn slot<T>(all: &mut Vec<Option<T>>, place: usize) -> &mut Option<T> {
    if all.len() <= place {
        all.resize_with(place + 1, || None);
    }
    &mut all[place]
}
