//! One work, and everything known of it.

use std::ops::Range;

use super::by_name::ByName;
use super::date::When;
use super::identifier::{IdKind, Ids, doi_in_url, is_web, written_doi};
use super::name::{Name, Names};
use super::rich::Rich;
use crate::diag::Span;
use crate::path::SourcePath;

/// One work. Its variables have the names that the Citation Style Language gives them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    /// The name under which it is cited.
    pub key: String,
    /// The CSL type: `article-journal`, `book`, `webpage`.
    pub kind: String,
    /// Texts and numbers: `title`, `container-title`, `volume`, `page`, `URL`.
    /// Identifiers are in [`ids`](Self::ids) alone.
    pub texts: ByName<Rich>,
    /// `author`, `editor`, `container-author`.
    pub names: ByName<Names>,
    /// `issued`, `accessed`, `original-date`.
    pub dates: ByName<When>,
    /// Its identifiers.
    pub ids: Ids,
    /// What is recorded of its standing.
    pub status: Status,
    /// The fields as they are written, by their names in lower case, for the rules and for
    /// those who want what the variables do not hold. An abstract is not among them.
    pub fields: ByName<Field>,
    /// The bibliography it comes from.
    pub file: SourcePath,
    /// The bytes of its key in that file.
    pub key_range: Range<usize>,
}

/// One field as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Field {
    /// The value, without its quotes or outer braces.
    pub written: Box<str>,
    start: u32,
    end: u32,
}

impl Field {
    /// A field with its bytes in the file, which no program could read were it larger than four
    /// gigabytes.
    pub fn new(written: impl Into<Box<str>>, range: Range<usize>) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { written: written.into(), start: place(range.start), end: place(range.end) }
    }

    /// Its bytes in the file.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What is recorded of a work's standing.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Status {
    /// Why it was withdrawn, where it was; empty where only the fact is recorded.
    pub retracted: Option<String>,
    /// Whether it has not been through review.
    pub preprint: bool,
    /// Whether everyone may read it.
    pub open_access: bool,
    /// The licence, as recorded.
    pub license: Option<String>,
    /// The address of an archived copy.
    pub archive_url: Option<String>,
}

impl Reference {
    /// A work of which nothing is known yet but its key, its type and its place.
    pub fn new(
        key: impl Into<String>,
        kind: impl Into<String>,
        file: SourcePath,
        key_range: Range<usize>,
    ) -> Self {
        Self {
            key: key.into(),
            kind: kind.into(),
            texts: ByName::default(),
            names: ByName::default(),
            dates: ByName::default(),
            ids: Ids::default(),
            status: Status::default(),
            fields: ByName::default(),
            file,
            key_range,
        }
    }

    /// Gives back the room that is not needed, once all is read.
    pub(super) fn shrink(&mut self) {
        self.key.shrink_to_fit();
        self.kind.shrink_to_fit();
        self.texts.shrink(Rich::shrink);
        self.names.shrink(Names::shrink);
        self.dates.shrink(|_| {});
        self.fields.shrink(|_| {});
    }

    /// The text of a variable, without its shapes; empty where there is none.
    pub fn text(&self, variable: &str) -> String {
        self.texts.get(variable).map(Rich::text).unwrap_or_default()
    }

    /// The place of its key.
    pub fn span(&self) -> Span {
        Span::new(self.file.clone(), self.key_range.clone())
    }

    /// The place of a field, or of the key where there is no such field.
    pub fn field_span(&self, field: &str) -> Span {
        let range = self.fields.get(field).map(Field::range);
        Span::new(self.file.clone(), range.unwrap_or_else(|| self.key_range.clone()))
    }

    /// The year it was issued.
    pub fn year(&self) -> Option<i32> {
        self.dates.get("issued").and_then(When::year)
    }

    /// Its DOI with the capitals with which it is written: those of the publisher, as a rule. It
    /// leads to the same place as that of [`Ids::doi`], which has none.
    pub fn doi(&self) -> Option<String> {
        let doi = self.ids.doi.as_ref()?;
        let written = self.fields.get("doi").and_then(|field| {
            // In BibTeX a sign of the DOI may have a backslash before it.
            written_doi(&field.written.replace('\\', ""))
        });
        written.filter(|written| written.to_lowercase() == *doi).or_else(|| Some(doi.clone()))
    }

    /// Those whom it is known by: its authors or, failing that, its editors and others.
    pub fn creators(&self) -> &[Name] {
        ["author", "editor", "translator", "director", "container-author", "collection-editor"]
            .iter()
            .find_map(|role| self.names.get(role).filter(|names| !names.list.is_empty()))
            .map_or(&[], |names| &names.list)
    }

    /// The names by which people speak of it: `Furlan and others`. `words` gives `and` and
    /// `and-others`.
    pub fn spoken(&self, words: &dyn Fn(&str) -> String) -> String {
        match self.creators() {
            [] => self.text("title"),
            [one] => one.short(),
            [one, two] => format!("{} {} {}", one.short(), words("and"), two.short()),
            [one, ..] => format!("{} {}", one.short(), words("and-others")),
        }
    }

    /// Where its identifiers lead, each with its name.
    pub fn links(&self) -> Vec<(&'static str, String)> {
        let kinds = [IdKind::Doi, IdKind::Pmid, IdKind::Pmcid, IdKind::Arxiv];
        let doi = self.doi();
        let identifiers = kinds.into_iter().filter_map(|kind| {
            let value = if kind == IdKind::Doi { doi.as_deref() } else { self.ids.of(kind) };
            Some((kind.name(), kind.url(value?)?))
        });
        let mut links: Vec<(&'static str, String)> = identifiers.collect();
        // An address that only repeats an identifier is no other way there.
        let own = self.url().filter(|url| doi_in_url(url).is_none() || self.ids.doi.is_none());
        if let Some(url) = own.filter(|url| links.iter().all(|(_, known)| known != url)) {
            links.push(("URL", url));
        }
        links
    }

    /// The address where readers find it: that of its DOI, else its own, else that of another
    /// identifier. Addresses that a browser would run are none.
    pub fn link(&self) -> Option<String> {
        let of = |kind: IdKind| self.ids.of(kind).and_then(|value| kind.url(value));
        let doi = self.doi().and_then(|doi| IdKind::Doi.url(&doi));
        doi.or_else(|| self.url())
            .or_else(|| [IdKind::Pmcid, IdKind::Pmid, IdKind::Arxiv].into_iter().find_map(of))
    }

    /// Its own address, where it is one that a reader may follow.
    pub fn url(&self) -> Option<String> {
        Some(self.text("URL")).filter(|url| is_web(url))
    }
}
