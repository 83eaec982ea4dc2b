//! The texts that findings point into, and what else a build has looked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::path::SourcePath;

/// Every text a build has read, by its path.
#[derive(Clone, Default, Debug)]
pub struct TextStore {
    texts: BTreeMap<SourcePath, Arc<str>>,
    elsewhere: BTreeSet<SourcePath>,
}

impl TextStore {
    /// Keeps a text.
    pub fn keep(&mut self, path: &SourcePath, text: &Arc<str>) {
        self.texts.insert(path.clone(), text.clone());
    }

    /// Notes a file that was looked for because a page, a template or the configuration names
    /// it, whether it is there or not.
    pub(super) fn note_elsewhere(&mut self, path: SourcePath) {
        self.elsewhere.insert(path);
    }

    /// Takes in the texts of another store.
    pub(super) fn absorb(&mut self, other: Self) {
        self.texts.extend(other.texts);
        self.elsewhere.extend(other.elsewhere);
    }

    /// The files that the build depends on wherever they lie: the configuration, citation
    /// styles, what templates load.
    pub fn elsewhere(&self) -> &BTreeSet<SourcePath> {
        &self.elsewhere
    }

    /// The text of a file that was read, to be kept.
    pub(super) fn shared(&self, path: &SourcePath) -> Option<Arc<str>> {
        self.texts.get(path).cloned()
    }

    /// The text of a file that was read.
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        self.texts.get(path).map(|text| &**text)
    }
}
