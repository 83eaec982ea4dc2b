//! A page as it is understood by itself.

use std::ops::{Deref, Range};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diag::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::page::{self, Page};
use crate::source::Stamp;
use crate::text::bag::{Bag, Word};

/// A page with what was found in it.
#[derive(Debug)]
pub(super) struct Understood {
    pub(super) page: Arc<Page>,
    /// Its words, as long as pages are compared.
    pub(super) words: Words,
    pub(super) found: Vec<Diagnostic>,
    /// What stands in its file before its text.
    pub(super) head: Box<str>,
    /// What is kept of it for other builds; nothing where none will ask.
    pub(super) mark: Mark,
}

/// By what another build knows a page without reading it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub(super) struct Mark {
    /// The state of its file; none where a change of the file need not show in it.
    pub(super) stamp: Option<Stamp>,
    /// A hash of what other pages can show of it.
    pub(super) face: Option<Fingerprint>,
}

impl Understood {
    /// Takes what was made of one file.
    pub(super) fn new(made: page::Understood, found: Vec<Diagnostic>, mark: Mark) -> Self {
        let page::Understood { page, words, head } = made;
        Self { page: Arc::new(page), words: Words::of(words), found, head, mark }
    }
}

/// The words of a page. They lie with those of other pages: were each by itself among what stays
/// when they are let go, nothing else would find room where they were.
#[derive(Clone, Debug)]
pub(super) struct Words {
    all: Arc<[Word]>,
    range: Range<usize>,
}

impl Words {
    fn of(bag: Bag) -> Self {
        Self { range: 0..bag.words.len(), all: bag.words.into() }
    }

    /// Lays the words of these pages together, but for those of pages that others hold.
    pub(super) fn join(pages: &mut [&mut Arc<Understood>]) {
        let mut own: Vec<&mut Self> =
            pages.iter_mut().filter_map(|page| Some(&mut Arc::get_mut(page)?.words)).collect();
        let all: Vec<&[Word]> = own.iter().map(|words| &***words).collect();
        let all: Arc<[Word]> = all.concat().into();
        let mut start = 0;
        for words in &mut own {
            let range = start..start + words.len();
            start = range.end;
            **words = Self { all: Arc::clone(&all), range };
        }
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::of(Bag::default())
    }
}

impl Deref for Words {
    type Target = [Word];

    fn deref(&self) -> &[Word] {
        &self.all[self.range.clone()]
    }
}
