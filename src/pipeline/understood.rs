//! A page as it is understood by itself.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diag::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::page::{self, Page};
use crate::source::Stamp;
use crate::text::bag::Bag;

/// A page with what was found in it.
#[derive(Debug)]
pub(super) struct Understood {
    pub(super) page: Arc<Page>,
    /// Its words, as long as pages are compared.
    pub(super) words: Arc<Bag>,
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
        Self { page: Arc::new(page), words: Arc::new(words), found, head, mark }
    }
}
