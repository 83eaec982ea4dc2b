//! A work as a style prints it wherever it is cited.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::cite::Reference;

use super::item::Item;
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
    /// The variables that the style printed.
    pub(super) printed: BTreeSet<String>,
    pub(super) item: Arc<Item>,
    /// The citation as it is where nothing else is asked for, and what it is compared by.
    pub(super) cite: Arc<[Run]>,
    pub(super) plain: String,
    pub(super) author: Arc<[Run]>,
    /// The names the entry begins with, where the style may leave them out in a list.
    pub(super) heading: Vec<String>,
    pub(super) list_keys: Option<Keys>,
}

/// A work of a page.
#[derive(Clone, Copy, Debug)]
pub struct Cited<'a> {
    /// The work.
    pub reference: &'a Reference,
    /// What [`Processor::format`](super::Processor::format) made of it.
    pub work: &'a Work,
}

impl Work {
    /// The names that a citation of the work begins with.
    pub(super) fn known_as(&self) -> Author {
        Author { runs: self.author.to_vec(), names: Vec::new() }
    }
}
