//! The pages that an earlier build in this process has understood.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::ledger::Kept;
use super::seen::Seen;
use super::shelf::{Board, Held, Shelf};
use super::standing::Standing;
use super::understood::{Mark, Understood, Words};
use crate::config::{Config, Overrides};
use crate::diag::Outcome;
use crate::fingerprint::Fingerprint;
use crate::markdown::{Hooks, Painter};
use crate::output::{Cache, Heap};
use crate::page::{self, Page};
use crate::path::SourcePath;
use crate::search::Ledger;
use crate::source::{File, Moment, Source, Stamp};
use crate::view;

/// How many pages a site has for each that one core reads behind another, and how many of these
/// there are at most.
const PAGES: usize = 256;
const MOST_PAGES: usize = 16;

/// Files that one core reads one after the other, each with its number among all.
pub(super) struct Batch<'a> {
    /// The file of the cache in which their pages lie.
    board: Option<usize>,
    pub(super) files: Vec<(usize, &'a File)>,
}

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
    /// When the build began, where another process will ask.
    begun: Option<Moment>,
    /// What the search index was made of.
    pub(super) index: Kept,
    /// A hash of all that pages can show of each other.
    face_of_all: Option<Fingerprint>,
    lasts: bool,
    /// Whether what earlier processes have left was found to be damaged.
    goes_without: bool,
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

    /// Looks for the pages that the same program has left in an earlier process; this build began
    /// at that moment.
    pub(super) fn look_back(&mut self, root: &Path, program: Fingerprint, begun: Moment) {
        if let Some(config) = self.config.filter(|_| !self.goes_without) {
            let by = Fingerprint::of_all([&program, &config]);
            self.begun = Some(begun);
            self.shelf = Shelf::find(root, by);
            self.index = Kept::by(by);
        }
    }

    /// The words of each of these pages.
    pub(super) fn words(&self, pages: &[Arc<Page>]) -> Vec<Words> {
        let of = |page: &Arc<Page>| Some(self.pages.get(&page.path)?.words.clone());
        pages.iter().map(|page| of(page).unwrap_or_default()).collect()
    }

    /// Leaves the pages for another process, and keeps them only where this one builds again.
    pub(super) fn put_down(&mut self, root: &Path) {
        if self.shelf.is_in_use() {
            self.face_of_all = self.faces();
            // A disk that refuses costs nothing but time.
            if let Ok(cache) = Cache::open(root) {
                self.shelf.keep(&cache, &self.pages);
            }
        }
        if !self.lasts {
            self.pages.clear();
        }
    }

    /// Leaves what the search index was made of for another process. What was made of other texts
    /// than the pages have would go for theirs.
    pub(super) fn leave(&self, root: &Path, ledger: &Ledger) {
        if self.shelf.is_in_use()
            && self.is_whole()
            && let Ok(cache) = Cache::open(root)
        {
            self.index.keep(&cache, ledger);
        }
    }

    /// Keeps what the search index was made of, where this process builds again.
    pub(super) fn keep_ledger(&mut self, ledger: Ledger) {
        if self.lasts && self.is_whole() {
            self.index.put(ledger);
        }
    }

    /// A hash of the configuration that the pages were understood by.
    pub(super) fn config(&self) -> Option<Fingerprint> {
        self.config
    }

    /// Lays together the files that one core takes at a time: those of pages that an earlier
    /// process has left together, and of the others a few.
    pub(super) fn batches<'a>(&self, files: &'a [File]) -> Vec<Batch<'a>> {
        let mut others = Vec::new();
        let mut together: BTreeMap<usize, Vec<(usize, &File)>> = BTreeMap::new();
        for (n, file) in files.iter().enumerate() {
            match self.shelf.place(file.path.as_str()) {
                Some(board) => together.entry(board).or_default().push((n, file)),
                None => others.push((n, file)),
            }
        }
        // A small site has too few pages to lay any together.
        let count = (others.len() / PAGES).clamp(1, MOST_PAGES);
        let others = others.chunks(count).map(<[_]>::to_vec);
        let mut batches: Vec<Batch<'_>> =
            others.map(|files| Batch { board: None, files }).collect();
        let together = together.into_iter();
        batches.extend(together.map(|(board, files)| Batch { board: Some(board), files }));
        batches
    }

    /// The pages that lie together with those of a batch.
    pub(super) fn board(&self, batch: &Batch<'_>) -> Board {
        batch.board.map_or_else(Board::default, |number| self.shelf.board(number))
    }

    /// Understands a page, or remembers it.
    pub(super) fn understand(
        &self,
        (file, source): (&File, &Source),
        board: &Board,
        config: &Config,
        painter: &mut Painter<'_>,
    ) -> Arc<Understood> {
        let known = self.pages.get(&source.path);
        if let Some(known) = known.filter(|known| known.page.fingerprint == source.fingerprint) {
            return Arc::clone(known);
        }
        // A file that was changed as the build began may change once more and look the same.
        let is_told = |stamp: &Stamp| self.begun.is_some_and(|begun| !stamp.is_young(begun));
        let stamp = file.stamp.filter(is_told);
        if let Some(understood) = board.find(source, stamp, config) {
            return Arc::new(understood);
        }
        let Outcome { value, diagnostics } = page::parse_with(source, config, painter);
        let mark = match self.shelf.is_in_use() {
            true => Mark { stamp, face: Some(view::face(&value.page)) },
            false => Mark::default(),
        };
        Arc::new(Understood::new(value, diagnostics, mark))
    }

    /// Lays the texts of pages that were just understood on the disk, where they are kept there.
    pub(super) fn lay(&self, pages: &mut [&mut Arc<Understood>]) {
        self.shelf.lay(pages);
    }

    /// Whether all texts that were asked for are what had been laid down. Where not, all that was
    /// made is wrong.
    pub(super) fn is_whole(&self) -> bool {
        self.heap().is_none_or(|heap| heap.is_whole())
    }

    /// Where the texts of pages are laid, where they are.
    pub(super) fn heap(&self) -> Option<Arc<Heap>> {
        self.shelf.heap().cloned()
    }

    /// Forgets all that was known, and goes without what is on the disk, which may not be ours to
    /// remove.
    pub(super) fn start_over(&mut self, root: &Path) {
        Shelf::clear(root);
        *self = Self { lasts: self.lasts, goes_without: true, ..Self::default() };
    }

    /// Takes note of which pages lie together with those of a batch.
    pub(super) fn note(&mut self, batch: &Batch<'_>, held: Held) {
        if let Some(number) = batch.board {
            self.shelf.note(number, held);
        }
    }

    /// A hash of all that other pages can show of any page of those that were put down last, in
    /// the order of the pages' paths; none where that is not known of each.
    pub(super) fn face_of_all(&self) -> Option<Fingerprint> {
        self.face_of_all
    }

    fn faces(&self) -> Option<Fingerprint> {
        let faces: Option<Vec<Fingerprint>> =
            self.pages.values().map(|known| known.mark.face).collect();
        Some(Fingerprint::of_all(&faces?))
    }

    /// Keeps these pages for the next build, and no others.
    pub(super) fn keep(&mut self, pages: impl IntoIterator<Item = Arc<Understood>>) {
        self.pages = pages.into_iter().map(|known| (known.page.path.clone(), known)).collect();
    }
}
