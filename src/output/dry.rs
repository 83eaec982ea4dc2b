//! A sink that keeps nothing: for `ibid check`.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::sink::{Session, Sink, Written};
use crate::diag::{Diagnostic, Outcome};
use crate::path::OutputPath;
use crate::render::Rendered;

/// Counts the files of a build, compares nothing and keeps nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dry;

struct Count(AtomicUsize);

impl Sink for Dry {
    fn open<'s>(&'s self, _: &[OutputPath]) -> Result<Outcome<Box<dyn Session + 's>>, Diagnostic> {
        Ok(Outcome::new(Box::new(Count(AtomicUsize::new(0))), Vec::new()))
    }
}

impl Session for Count {
    fn put(&self, _: &Rendered) -> Result<(), Diagnostic> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn leave(&self, _: &OutputPath) -> bool {
        false
    }

    fn close(self: Box<Self>) -> Result<Outcome<Written>, Diagnostic> {
        let written = Written { written: self.0.into_inner(), ..Written::default() };
        Ok(Outcome::new(written, Vec::new()))
    }
}
