//! A page as it is understood by itself.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::page::{self, Page};
use crate::text::bag::Bag;

/// A page with what was found in it.
#[derive(Debug)]
pub(super) struct Understood {
    pub(super) page: Arc<Page>,
    /// Its words, as long as pages are compared.
    pub(super) words: Arc<Bag>,
    pub(super) found: Vec<Diagnostic>,
    /// A hash of what other pages can show of it; none where no other build will ask.
    pub(super) face: Option<Fingerprint>,
}

impl Understood {
    /// Takes what was made of one file.
    pub(super) fn new(
        made: page::Understood,
        found: Vec<Diagnostic>,
        face: Option<Fingerprint>,
    ) -> Self {
        Self { page: Arc::new(made.page), words: Arc::new(made.words), found, face }
    }
}
