//! Where the files of a build go.

use std::sync::Arc;

use crate::diag::{Diagnostic, Outcome};
use crate::path::OutputPath;
use crate::render::Rendered;

/// A place that takes the files of build after build.
pub trait Sink: Sync {
    /// Opens a session for a build that will make exactly the files of `planned`.
    ///
    /// A finding of severity error among the diagnostics means that the session will change
    /// nothing; a build may go on, to show its other findings.
    ///
    /// # Errors
    ///
    /// [`Code::Disk`](crate::diag::Code::Disk).
    fn open<'s>(
        &'s self,
        planned: &[OutputPath],
    ) -> Result<Outcome<Box<dyn Session + 's>>, Diagnostic>;

    /// As [`open`](Self::open), where nothing has touched the place since the last build: what that
    /// one wrote need not be looked at to know what it is, and may be left.
    ///
    /// # Errors
    ///
    /// As of [`open`](Self::open).
    fn open_as_left<'s>(
        &'s self,
        planned: &[OutputPath],
    ) -> Result<Outcome<Box<dyn Session + 's>>, Diagnostic> {
        self.open(planned)
    }
}

/// A sink that outlives the build: the next one goes to the same place.
impl<S: Sink + Send + ?Sized> Sink for Arc<S> {
    fn open<'s>(
        &'s self,
        planned: &[OutputPath],
    ) -> Result<Outcome<Box<dyn Session + 's>>, Diagnostic> {
        (**self).open(planned)
    }

    fn open_as_left<'s>(
        &'s self,
        planned: &[OutputPath],
    ) -> Result<Outcome<Box<dyn Session + 's>>, Diagnostic> {
        (**self).open_as_left(planned)
    }
}

/// The files of one build on their way to a sink. Dropped without [`close`](Self::close), it
/// changes nothing.
pub trait Session: Send + Sync {
    /// Takes a file of the plan. A planned file that is never put stays as it is.
    ///
    /// # Errors
    ///
    /// [`Code::Disk`](crate::diag::Code::Disk); the build should then drop the session.
    fn put(&self, rendered: &Rendered) -> Result<(), Diagnostic>;

    /// Leaves a file of the plan as the last build made it. Tells whether it is there; where it
    /// is not, it has to be put.
    fn leave(&self, path: &OutputPath) -> bool;

    /// Makes all files visible and removes those of earlier builds that are no longer planned,
    /// or, if a finding of severity error was made at `open`, `put` or now, changes nothing.
    ///
    /// # Errors
    ///
    /// [`Code::Disk`](crate::diag::Code::Disk).
    fn close(self: Box<Self>) -> Result<Outcome<Written>, Diagnostic>;
}

/// What a session did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// How many files were written.
    pub written: usize,
    /// How many were there already, byte for byte.
    pub unchanged: usize,
    /// How many of these were not even made anew.
    pub left: usize,
    /// How many files of earlier builds were removed.
    pub removed: usize,
    /// What changed, file by file, in order.
    pub changes: Vec<(OutputPath, Change)>,
}

/// Why a file of the output was touched.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Change {
    /// It was not there before.
    Added,
    /// Its content differs from what was there.
    Updated,
    /// It is no longer planned.
    Removed,
}

impl Change {
    /// The reason in words.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Added => "written: it was not there before",
            Self::Updated => "written: its content changed",
            Self::Removed => "removed: no page, file or alias makes it any more",
        }
    }
}
