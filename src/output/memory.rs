//! A sink in memory: for `ibid serve` and for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::refusal;
use super::sink::{Change, Session, Sink, Written};
use crate::diag::{Diagnostic, Outcome};
use crate::path::OutputPath;
use crate::render::{Content, Rendered};

/// Keeps the files of the last build in memory. Copies are not read before somebody asks for
/// them: a site may have more pictures than a machine has memory.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<BTreeMap<OutputPath, Kept>>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Kept {
    Bytes(Arc<[u8]>),
    CopyOf { disk: PathBuf, size: u64, modified: Option<SystemTime> },
}

impl Memory {
    /// A sink with no files in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> Vec<OutputPath> {
        held(&self.files).keys().cloned().collect()
    }

    /// Reads a file; none where the last build made none of that path.
    ///
    /// # Errors
    ///
    /// Those of reading the file of which it is a copy.
    pub fn read(&self, path: &OutputPath) -> io::Result<Option<Arc<[u8]>>> {
        let kept = held(&self.files).get(path).cloned();
        match kept {
            None => Ok(None),
            Some(Kept::Bytes(bytes)) => Ok(Some(bytes)),
            Some(Kept::CopyOf { disk, .. }) => fs::read(disk).map(|bytes| Some(bytes.into())),
        }
    }
}

struct MemorySession<'s> {
    files: &'s Mutex<BTreeMap<OutputPath, Kept>>,
    planned: BTreeSet<OutputPath>,
    put: Mutex<BTreeMap<OutputPath, Kept>>,
}

impl Sink for Memory {
    fn open<'s>(
        &'s self,
        planned: &[OutputPath],
    ) -> Result<Outcome<Box<dyn Session + 's>>, Diagnostic> {
        let session = MemorySession {
            files: &self.files,
            planned: planned.iter().cloned().collect(),
            put: Mutex::default(),
        };
        Ok(Outcome::new(Box::new(session), Vec::new()))
    }
}

impl Session for MemorySession<'_> {
    fn put(&self, rendered: &Rendered) -> Result<(), Diagnostic> {
        let kept = match &rendered.content {
            Content::Bytes(bytes) => Kept::Bytes(bytes.as_slice().into()),
            Content::CopyOf(disk) => {
                let metadata =
                    fs::metadata(disk).map_err(|error| refusal::disk(disk, "copied", &error))?;
                let (size, modified) = (metadata.len(), metadata.modified().ok());
                Kept::CopyOf { disk: disk.clone(), size, modified }
            }
        };
        held(&self.put).insert(rendered.path.clone(), kept);
        Ok(())
    }

    fn close(self: Box<Self>) -> Result<Outcome<Written>, Diagnostic> {
        let mut files = held(self.files);
        let mut written = Written::default();
        let mut changes = BTreeMap::new();
        for (path, kept) in std::mem::take(&mut *held(&self.put)) {
            if files.get(&path) == Some(&kept) {
                written.unchanged += 1;
            } else {
                let was_there = files.insert(path.clone(), kept).is_some();
                changes.insert(path, if was_there { Change::Updated } else { Change::Added });
            }
        }
        written.written = changes.len();
        files.retain(|path, _| {
            let is_planned = self.planned.contains(path);
            if !is_planned {
                written.removed += 1;
                changes.insert(path.clone(), Change::Removed);
            }
            is_planned
        });
        written.changes = changes.into_iter().collect();
        Ok(Outcome::new(written, Vec::new()))
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
