//! The texts that findings point into.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::path::SourcePath;

/// Every text a build has read, by its path.
#[derive(Clone, Default, Debug)]
pub struct TextStore {
    texts: BTreeMap<SourcePath, Arc<str>>,
}

impl TextStore {
    /// Keeps a text.
    pub fn keep(&mut self, path: &SourcePath, text: &Arc<str>) {
        self.texts.insert(path.clone(), text.clone());
    }

    /// Takes in the texts of another store.
    pub(super) fn absorb(&mut self, other: Self) {
        self.texts.extend(other.texts);
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
