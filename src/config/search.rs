//! `[search]` as it is meant.

use super::raw::RawSearch;

/// How a site is searched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search {
    /// Whether it is at all.
    pub enabled: bool,
}

impl Search {
    /// Resolves the table.
    pub(super) fn resolve(raw: Option<RawSearch>) -> Self {
        let raw = raw.unwrap_or_default();
        Self { enabled: raw.enabled.unwrap_or(true) }
    }
}
