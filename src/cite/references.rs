//! All works of a site.

use std::collections::HashMap;

use super::alike::{contradict, family, is_same_work, normal_title};
use super::citation::CiteKey;
use super::identifier::{IdKind, arxiv_base, isbn13};
use super::name::Names;
use super::reference::Reference;
use super::retraction::withdrawn;
use crate::text::{fold, nearest, slug};

/// How many references with one identifier are compared with the next that has it.
const COMPARED: usize = 8;

/// A work's place in this build; never kept for another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WorkId(u32);

impl WorkId {
    /// The place in [`References::all`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The references of all bibliographies, in the order of the files and of their entries.
#[derive(Clone, Debug, Default)]
pub struct References {
    all: Vec<Reference>,
    /// For each reference the first one that is the same work.
    same: Vec<WorkId>,
    // Hash maps, because they are looked up for every citation and never iterated.
    by_key: HashMap<String, WorkId>,
    by_id: HashMap<(IdKind, String), WorkId>,
    by_author: HashMap<(String, i32), WorkId>,
    /// Every key as it is compared with one that is not there, in the order of the references.
    spellings: Vec<Spelling>,
}

/// A key as it is compared with one that is not there.
#[derive(Clone, Debug)]
struct Spelling {
    folded: String,
    length: u32,
    /// A bit for each letter and digit in it: what differs in many is not worth comparing.
    letters: u64,
}

impl Spelling {
    fn of(key: &str) -> Self {
        let folded = fold::fold(key).into_owned();
        let bit = |c: char| match c {
            'a'..='z' => 1 << (c as u32 - u32::from(b'a')),
            '0'..='9' => 1 << (26 + c as u32 - u32::from(b'0')),
            c => 1 << (36 + c as u32 % 28),
        };
        let letters = folded.chars().fold(0, |letters: u64, c| letters | bit(c));
        Self { length: folded.chars().count() as u32, letters, folded }
    }
}

impl References {
    /// Takes the references; of two with one key the first is kept under it.
    pub fn new(all: Vec<Reference>) -> Self {
        let mut references = Self { same: merge(&all), ..Self::default() };
        for (n, reference) in all.iter().enumerate() {
            let id = WorkId(n as u32);
            references.by_key.entry(reference.key.clone()).or_insert(id);
            // A chapter is not the book whose ISBN it gives.
            let is_part = is_part(reference);
            for (kind, value) in reference.ids.all() {
                if !(kind == IdKind::Isbn && is_part) {
                    references.by_id.entry((kind, value)).or_insert(id);
                }
            }
            if let (Some(name), Some(year)) = (first_author(reference), reference.year()) {
                references.by_author.entry((name, year)).or_insert(id);
            }
            references.spellings.push(Spelling::of(&reference.key));
        }
        // Other names of an entry, as BibLaTeX has them; they give way to keys.
        for (n, reference) in all.iter().enumerate() {
            let ids = reference.fields.get("ids").map_or("", |field| &field.written);
            for other in ids.split(',').map(str::trim).filter(|other| !other.is_empty()) {
                references.by_key.entry(other.to_owned()).or_insert(WorkId(n as u32));
            }
        }
        references.all = all;
        references
    }

    /// Records which works a table of withdrawn ones has, as Retraction Watch publishes it.
    ///
    /// # Errors
    ///
    /// Where the text is no such table: what is wrong, in one line.
    pub fn record_retractions(&mut self, table: &str) -> Result<(), String> {
        let withdrawn = withdrawn(table, |kind, id| self.identified(kind, id).is_some())?;
        if withdrawn.is_empty() {
            return Ok(());
        }
        for reference in &mut self.all {
            let reason = reference.ids.all().into_iter().find_map(|id| withdrawn.get(&id));
            // What the bibliography itself says was written for this site.
            if let Some(reason) = reason
                && reference.status.retracted.as_ref().is_none_or(String::is_empty)
            {
                reference.status.retracted = Some(reason.clone());
            }
        }
        Ok(())
    }

    /// Every reference.
    pub fn all(&self) -> &[Reference] {
        &self.all
    }

    /// The places of all references, in order.
    pub fn ids(&self) -> impl Iterator<Item = WorkId> + use<> {
        (0..self.all.len() as u32).map(WorkId)
    }

    /// One reference.
    pub fn work(&self, id: WorkId) -> &Reference {
        &self.all[id.index()]
    }

    /// The first reference that is the same work; it stands for all of them.
    pub fn canonical(&self, id: WorkId) -> WorkId {
        self.same[id.index()]
    }

    /// Finds the reference that a text names, without asking whether another stands for it.
    pub fn find(&self, key: &CiteKey) -> Option<WorkId> {
        match key {
            CiteKey::Key(key) => self.by_key.get(key).copied(),
            CiteKey::Identifier(IdKind::Isbn, value) => {
                self.identified(IdKind::Isbn, &isbn13(value))
            }
            CiteKey::Identifier(IdKind::Arxiv, value) => self
                .identified(IdKind::Arxiv, value)
                .or_else(|| self.identified(IdKind::Arxiv, arxiv_base(value))),
            CiteKey::Identifier(kind, value) => self.identified(*kind, value),
        }
    }

    fn identified(&self, kind: IdKind, value: &str) -> Option<WorkId> {
        self.by_id.get(&(kind, value.to_owned())).copied()
    }

    /// Finds the key that was meant by one that is not there: one with other capitals, one with
    /// a slip or two, or the one of a work by the author and of the year that it names.
    pub fn near(&self, key: &str) -> Option<&str> {
        let wanted = Spelling::of(key);
        let mut limit = match wanted.length {
            0..=2 => 0,
            3..=4 => 1,
            _ => 2,
        };
        let mut best: Option<(usize, &str)> = None;
        for (spelling, reference) in self.spellings.iter().zip(&self.all) {
            // A slip adds and takes away a letter at most.
            if spelling.length.abs_diff(wanted.length) as usize > limit
                || (spelling.letters ^ wanted.letters).count_ones() as usize > 2 * limit
            {
                continue;
            }
            let Some(distance) = nearest::slips(&wanted.folded, &spelling.folded, limit) else {
                continue;
            };
            let candidate = (distance, reference.key.as_str());
            if best.is_none_or(|best| candidate < best) {
                best = Some(candidate);
                limit = distance;
            }
        }
        best.map(|(_, key)| key).or_else(|| {
            let id = self.by_author.get(&author_and_year(key)?)?;
            Some(self.work(*id).key.as_str())
        })
    }
}

/// The author and the year within a key: `furlan2015massage`, `Furlan:2015`.
fn author_and_year(key: &str) -> Option<(String, i32)> {
    let letters = key.find(|c: char| !c.is_alphabetic()).filter(|end| *end >= 3)?;
    let digits = key.find(|c: char| c.is_ascii_digit())?;
    let end =
        key[digits..].find(|c: char| !c.is_ascii_digit()).map_or(key.len(), |end| digits + end);
    let year = key[digits..end].parse().ok().filter(|_| end - digits == 4)?;
    Some((slug::slug(&key[..letters]), year))
}

fn first_author(reference: &Reference) -> Option<String> {
    let first = |names: &Names| names.list.first().map(family);
    let author = reference.names.get("author").and_then(first);
    author.or_else(|| reference.names.get("editor").and_then(first))
}

fn is_part(reference: &Reference) -> bool {
    matches!(reference.kind.as_str(), "chapter" | "paper-conference")
        || reference.kind.starts_with("entry")
}

/// What two references have in common if they are the same work.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Mark {
    Identifier(IdKind, String),
    Looks { title: String, year: i32, author: String },
}

/// Finds for each reference the first one that is the same work.
fn merge(all: &[Reference]) -> Vec<WorkId> {
    let mut roots: Vec<usize> = (0..all.len()).collect();
    let mut seen: HashMap<Mark, Vec<usize>> = HashMap::new();
    for (n, reference) in all.iter().enumerate() {
        for mark in marks(reference) {
            let holders = seen.entry(mark.clone()).or_default();
            let is_same = |&&holder: &&usize| {
                let other = &all[holder];
                match &mark {
                    // Two books of one ISBN are one only if they have one title.
                    Mark::Identifier(IdKind::Isbn, _) => {
                        let title = |work: &Reference| normal_title(&work.text("title"));
                        title(reference) == title(other) && !contradict(reference, other)
                    }
                    Mark::Identifier(..) => is_same_work(reference, other),
                    Mark::Looks { .. } => !contradict(reference, other),
                }
            };
            if let Some(&holder) = holders.iter().find(is_same) {
                let (one, other) = (root(&mut roots, n), root(&mut roots, holder));
                roots[one.max(other)] = one.min(other);
            } else if holders.len() < COMPARED {
                holders.push(n);
            }
        }
    }
    (0..all.len()).map(|n| WorkId(root(&mut roots, n) as u32)).collect()
}

/// The first of those that are the same work.
fn root(roots: &mut [usize], n: usize) -> usize {
    let mut at = n;
    while roots[at] != at {
        roots[at] = roots[roots[at]];
        at = roots[at];
    }
    at
}

fn marks(reference: &Reference) -> Vec<Mark> {
    let is_part = is_part(reference);
    let identifiers = reference.ids.all().into_iter().filter(|(kind, value)| match kind {
        IdKind::Isbn => !is_part,
        // Versions of one preprint are one work.
        IdKind::Arxiv => arxiv_base(value) == value,
        _ => true,
    });
    let mut marks: Vec<Mark> =
        identifiers.map(|(kind, value)| Mark::Identifier(kind, value)).collect();
    let title = normal_title(&reference.text("title"));
    if let (Some(author), Some(year)) = (first_author(reference), reference.year())
        && title.len() >= 8
    {
        marks.push(Mark::Looks { title, year, author });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::References;
    use crate::cite::CiteKey;
    use crate::path::SourcePath;

    fn load(bibtex: &str) -> References {
        crate::cite::load(&[(SourcePath::new("a.bib"), bibtex)]).value
    }

    /// The key of the work that stands for each.
    fn canonical(references: &References) -> Vec<&str> {
        references.ids().map(|id| &*references.work(references.canonical(id)).key).collect()
    }

    #[test]
    fn one_work_under_several_keys_is_one() {
        let references = load(
            "@article{a, title={Nonpharmacologic Therapies for Low Back Pain}, author={Chou, R}, year=2017, doi={10.7326/M16-2459}}
             @article{b, title={Nonpharmacologic therapies for low back pain}, author={Chou, Roger}, year={2017}}
             @article{c, title={Nonpharmacologic Therapies}, doi={https://doi.org/10.7326/m16-2459}, pmid=28192793}
             @article{d, title={Nonpharmacologic Therapies for Low Back Pain}, pmid={28192793}}
             @book{e, title={The Art}, isbn={0-201-89683-4}}
             @book{f, title={The Art}, isbn={978-0-201-89683-1}}
             @inbook{g, title={The Art}, isbn={978-0-201-89683-1}}
             @misc{h, title={Attention is all you need}, eprint={1706.03762v5}, eprinttype={arxiv}}
             @misc{i, title={Attention is all you need}, eprint={1706.03762}, eprinttype={arxiv}}",
        );
        assert_eq!(canonical(&references), ["a", "a", "a", "a", "e", "e", "g", "h", "h"]);
    }

    #[test]
    fn a_wrong_doi_makes_no_one_of_two() {
        let references = load(
            "@article{farber, title={Massage for low-back pain}, author={Farber, K and Wieland, LS}, journal={Explore (NY)}, doi={10.1002/14651858.CD001929.pub3}}
             @article{furlan, title={Massage for low-back pain}, author={Furlan, AD}, journal={Cochrane Database Syst Rev}, doi={10.1002/14651858.CD001929.pub3}}
             @article{other, title={Attention is all you need}, doi={10.1002/14651858.CD001929.pub3}}
             @article{furlan2, title={Massage for low-back pain}, author={Furlan, A. D.}, journal={Cochrane Database of Systematic Reviews}, doi={10.1002/14651858.CD001929.pub3}}",
        );
        assert_eq!(canonical(&references), ["farber", "furlan", "other", "furlan"]);
    }

    #[test]
    fn a_work_is_found_by_its_identifiers() {
        let references = load(
            "@book{art, isbn={0-201-89683-4}, title={x}, ids={taocp, chou}}
             @misc{attention, eprint={1706.03762v5}, eprinttype={arxiv}, title={y}}
             @article{chou, doi={10.7326/M16-2459}, title={z}}",
        );
        for (text, want) in [
            ("isbn:978-0-201-89683-1", Some("art")),
            ("isbn:0201896834", Some("art")),
            ("arxiv:1706.03762", Some("attention")),
            ("arXiv:1706.03762v1", Some("attention")),
            ("doi:10.7326/M16-2459", Some("chou")),
            ("doi:10.7326/M16-2460", None),
            ("chou", Some("chou")),
            ("taocp", Some("art")),
            ("Chou", None),
        ] {
            let found = references.find(&CiteKey::parse(text));
            assert_eq!(found.map(|id| &*references.work(id).key), want, "{text}");
        }
    }

    #[test]
    fn the_key_that_was_meant_is_found() {
        let references = load(
            "@book{knuth84, title={x}, author={Knuth, D}, year=1984}
             @article{Furlan:2015, title={y}, author={Furlan, A}, year=2015}
             @book{ab, title={z}}",
        );
        for (key, want) in [
            ("knuht84", Some("knuth84")),
            ("Knuth84", Some("knuth84")),
            ("furlan2015massage", Some("Furlan:2015")),
            ("furlan2016massage", None),
            ("ac", None),
            ("", None),
        ] {
            assert_eq!(references.near(key), want, "{key}");
        }
    }
}
