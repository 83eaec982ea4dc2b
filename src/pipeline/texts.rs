//! The texts that findings point into, and what else a build has looked for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::path::SourcePath;
use crate::source;

/// The texts that findings point into, by their paths; besides them, all of those that were read.
#[derive(Clone, Default, Debug)]
pub struct TextStore {
    texts: BTreeMap<SourcePath, Arc<str>>,
    elsewhere: BTreeSet<SourcePath>,
    /// The pages whose text was read and let go.
    gone: BTreeSet<SourcePath>,
    is_sparing: bool,
}

impl TextStore {
    /// A store that lets go of the texts of pages into which no finding points.
    pub(super) fn sparing() -> Self {
        Self { is_sparing: true, ..Self::default() }
    }

    /// Whether the text of a page is kept where no finding points into it.
    pub(super) fn keeps_all(&self) -> bool {
        !self.is_sparing
    }

    /// Lets go of the text of a page: it can be read again, should a finding point into it.
    pub(super) fn let_go(&mut self, path: SourcePath) {
        self.gone.insert(path);
    }

    /// Reads the texts that findings point into and that were let go.
    pub(super) fn complete(&mut self, root: &Path, found: &[Diagnostic]) {
        let files: BTreeSet<&SourcePath> = files_of(found).collect();
        for file in files.into_iter().filter(|file| self.gone.contains(file)).collect::<Vec<_>>() {
            if let Ok(Some(source)) = source::read_optional(root, file) {
                self.keep(&source.path, &source.text);
            }
        }
    }

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

/// The files that findings point into.
pub(super) fn files_of(found: &[Diagnostic]) -> impl Iterator<Item = &SourcePath> {
    let spans = found.iter().flat_map(|finding| {
        finding.span.iter().chain(finding.labels.iter().map(|label| &label.span))
    });
    spans.map(|span| &span.file)
}
