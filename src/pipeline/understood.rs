//! A page as it is understood by itself.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::page::Page;
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
