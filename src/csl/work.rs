//! A work as a style prints it wherever it is cited.

use crate::cite::Reference;

use super::render::Author;
use super::run::Run;
use super::sort::Keys;

/// How a style marks citations in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// By the number of the work in the list.
    Numeric,
    /// By author and year, or author alone.
    AuthorDate,
    /// By a label made of both: `Rass97`.
    Label,
    /// By notes.
    Note,
}

/// All that can be printed of a work without knowing the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Work {
    /// The entry of the reference list without number and label, as HTML.
    pub html: String,
    /// The same without tags and entities.
    pub text: String,
    pub(super) used: Used,
    /// Whether the style is told that the work has no address.
    pub(super) without_url: bool,
    /// What citations begin with; nothing where the style makes them of numbers or labels.
    pub(super) cite: Option<FirstCite>,
    /// The names the entry begins with, where the style may leave them out in a list.
    pub(super) heading: Vec<String>,
    pub(super) list_keys: Option<Keys>,
}

/// The variables that are looked for in what was printed.
pub(super) const SOUGHT: [&str; 9] =
    ["author", "issued", "title", "container-title", "volume", "page", "DOI", "URL", "publisher"];

/// Which of the variables that are looked for a style printed: a bit for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Used(u16);

impl Used {
    pub(super) fn new(used: &[&str]) -> Self {
        let bits = SOUGHT.iter().enumerate();
        Self(bits.fold(0, |all, (n, name)| all | u16::from(used.contains(name)) << n))
    }

    pub(super) fn has(self, name: &str) -> bool {
        SOUGHT.iter().position(|known| *known == name).is_some_and(|n| self.0 >> n & 1 == 1)
    }
}

/// The citation of a work as it is where nothing else is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct FirstCite {
    pub(super) runs: Box<[Run]>,
    /// The names that it begins with.
    pub(super) author: Box<[Run]>,
    /// What it is compared by.
    pub(super) plain: Box<str>,
}

/// A work of a page.
#[derive(Clone, Copy, Debug)]
pub struct Cited<'a> {
    /// The work.
    pub reference: &'a Reference,
    /// What [`Processor::format`](super::Processor::format) made of it.
    pub work: &'a Work,
}

impl FirstCite {
    /// The names that a citation of the work begins with.
    pub(super) fn known_as(&self) -> Author {
        Author { runs: self.author.to_vec(), names: Vec::new() }
    }
}
