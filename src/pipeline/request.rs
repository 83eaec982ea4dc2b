//! What is asked of a build, and what comes of it.

use std::any::Any;
use std::path::Path;

use super::read::Progress;
use super::texts::TextStore;
use crate::config::Overrides;
use crate::date::Date;
use crate::diag::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::output::Written;
use crate::path::{BaseUrl, SourcePath};
use crate::site::{Figures, HeldCount};
use crate::source::Moment;

/// What is to be built, and how.
pub struct Request<'a> {
    /// The root of the site.
    pub root: &'a Path,
    /// The configuration file, relative to the root.
    pub config: SourcePath,
    /// What the command line says over it.
    pub overrides: Overrides,
    /// The day of the build.
    pub now: Date,
    /// Whether warnings keep the output from being written, as errors do.
    pub strict: bool,
    /// How many threads work; 0 for one a core.
    pub jobs: usize,
    /// Whether the search index is made.
    pub indexing: Indexing,
    /// How the sizes of images are come by.
    pub images: Imaging,
    /// Whether the links of the site are counted.
    pub figures: bool,
    /// By what the build knows an earlier one; none where it takes nothing from any.
    pub recall: Option<Recall>,
    /// Hears how far the build has come.
    pub progress: &'a dyn Progress,
}

/// Whether a build makes the search index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Indexing {
    /// It does.
    Now,
    /// An index that is there stays as it is until another build, for which nobody waits.
    Later,
    /// Nobody asks for it.
    Never,
}

/// How a build comes by the sizes in which images are offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Imaging {
    /// What an earlier build kept is taken, and what is new is kept.
    Kept,
    /// All are made anew, and none is kept.
    Made,
    /// None is made: it is seen alone which images can be read.
    Never,
}

/// By what a build knows another.
#[derive(Clone, Copy, Debug)]
pub struct Recall {
    /// What tells one program from another.
    pub program: Fingerprint,
    /// The moment at which the build begins.
    pub begun: Moment,
}

/// Why a site was built anew.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Anew {
    /// It was asked for.
    Asked,
    /// There is no build to compare with.
    First,
    /// What the last build left cannot be read.
    Damaged,
    /// The last build was another program's, of another day, or with other flags.
    Otherwise,
    /// These files are not as they were.
    Sources(Vec<String>),
    /// The output folder is not as it was.
    Output,
}

/// What came of a build.
pub struct Built {
    /// The findings, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they point into.
    pub texts: TextStore,
    /// How many pages and sections the site has.
    pub pages: usize,
    /// The address that it was built for.
    pub base: BaseUrl,
    /// How many pages are not built, and why.
    pub held: HeldCount,
    /// What there is to say of its links, where that was asked for.
    pub figures: Option<Figures>,
    /// What was written; none where a finding forbade it.
    pub written: Option<Written>,
    /// Whether the search index is older than what it is made of.
    pub index_is_behind: bool,
    /// Why it was not left at what the last build wrote; none where it was.
    pub anew: Option<Anew>,
    /// What the build still holds in memory. To free it takes a while, which whoever is about to
    /// end the process can save.
    pub remains: Box<dyn Any + Send>,
}

/// Why there was nothing to build.
pub struct Stopped {
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they point into.
    pub texts: TextStore,
}
