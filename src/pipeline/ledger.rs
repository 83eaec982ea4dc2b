//! The ledger of the search index, from build to build.

use std::path::Path;

use super::packed::{pack, unpack};
use crate::fingerprint::Fingerprint;
use crate::output::Cache;
use crate::search::Ledger;

/// What the last index was made of, in this process or on the disk.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// What the index on the disk was made by: the program and the configuration.
    by: Option<Fingerprint>,
    ledger: Option<Ledger>,
}

/// The name of the file in the cache.
const LEDGER: &str = "search-ledger";

impl Kept {
    /// What the same program has left in an earlier process.
    pub(super) fn by(by: Fingerprint) -> Self {
        Self { by: Some(by), ledger: None }
    }

    /// Hands it over.
    pub(super) fn take(&mut self, root: &Path) -> Option<Ledger> {
        self.ledger.take().or_else(|| {
            let bytes = unpack(root, LEDGER, self.by?)?;
            postcard::from_bytes(&bytes).ok()
        })
    }

    /// Takes one.
    pub(super) fn put(&mut self, ledger: Ledger) {
        self.ledger = Some(ledger);
    }

    /// Leaves one for another process. A disk that refuses costs nothing but time.
    pub(super) fn keep(&self, cache: &Cache, ledger: &Ledger) {
        if let Some((by, bytes)) = self.by.zip(postcard::to_stdvec(ledger).ok()) {
            let _ = cache.keep(LEDGER, &pack(by, &bytes));
        }
    }
}
