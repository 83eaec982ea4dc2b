//! The pages that an earlier build in this process has understood.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::seen::Seen;
use super::shelf::Shelf;
use super::standing::Standing;
use super::understood::Understood;
use crate::config::{Config, Overrides};
use crate::diag::Outcome;
use crate::fingerprint::Fingerprint;
use crate::markdown::{Hooks, Painter};
use crate::page;
use crate::path::SourcePath;
use crate::source::Source;

/// What one build hands to the next that goes to the same sink: every page as it was understood,
/// and what every template saw. A page is understood by itself, so what it is depends on nothing
/// but its text and the configuration; a file made by a template, on nothing but what that saw.
#[derive(Debug, Default)]
pub struct Known {
    config: Option<Fingerprint>,
    pages: BTreeMap<SourcePath, Arc<Understood>>,
    /// What the templates saw of the files in the sink.
    pub(super) seen: Seen,
    /// By what a page is made anew before the next build.
    pub(super) standing: Option<Standing>,
    /// The pages that an earlier build in another process has understood.
    shelf: Shelf,
    lasts: bool,
}

impl Known {
    /// For many builds in one process; what is made by default is for one.
    pub fn lasting() -> Self {
        Self { lasts: true, ..Self::default() }
    }

    /// Whether another build will be handed this.
    pub(super) fn lasts(&self) -> bool {
        self.lasts
    }

    /// Forgets the pages that were understood by another configuration, or where components
    /// wrote other elements.
    pub(super) fn under(&mut self, text: &str, overrides: &Overrides, hooks: Hooks) {
        let flags = format!("{overrides:?}{hooks:?}");
        let config = Some(Fingerprint::of_parts([text.as_bytes(), flags.as_bytes()]));
        if self.config != config {
            self.pages.clear();
            self.config = config;
        }
    }

    /// Looks for the pages that the same program has left in an earlier process.
    pub(super) fn look_back(&mut self, root: &Path, program: Fingerprint) {
        if let Some(config) = self.config {
            self.shelf = Shelf::load(root, program, config);
        }
    }

    /// Leaves the pages for another process.
    pub(super) fn leave(&self, root: &Path) {
        self.shelf.keep(root, &self.pages);
    }

    /// A hash of the configuration that the pages were understood by.
    pub(super) fn config(&self) -> Option<Fingerprint> {
        self.config
    }

    /// Understands a page, or remembers it.
    pub(super) fn understand(
        &self,
        source: &Source,
        config: &Config,
        painter: &mut Painter<'_>,
    ) -> Arc<Understood> {
        let known = self.pages.get(&source.path);
        if let Some(known) = known.filter(|known| known.page.fingerprint == source.fingerprint) {
            return Arc::clone(known);
        }
        if let Some(understood) = self.shelf.find(source, config) {
            return Arc::new(understood);
        }
        let Outcome { value, diagnostics } = page::parse_with(source, config, painter);
        Arc::new(Understood { page: Arc::new(value), found: diagnostics })
    }

    /// Keeps these pages for the next build, and no others.
    pub(super) fn keep(&mut self, pages: impl IntoIterator<Item = Arc<Understood>>) {
        self.pages = pages.into_iter().map(|known| (known.page.path.clone(), known)).collect();
        self.shelf.let_go();
    }
}
