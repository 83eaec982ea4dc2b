//! A sink in memory: for `ibid serve` and for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::refusal;
use super::sink::{Change, Session, Sink, Written};
use crate::diag::{Diagnostic, Outcome};
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::render::{Content, Rendered};

/// Keeps the files of the last build in memory. Copies are not read before somebody asks for
/// them: a site may have more pictures than a machine has memory.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<BTreeMap<OutputPath, Kept>>,
    /// Files that are shown in place of those until the next build.
    ahead: Mutex<BTreeMap<OutputPath, Kept>>,
}

/// A file of the last build, ready to be read.
#[derive(Debug)]
pub enum Opened {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// A file on the disk and how large it is now.
    File(fs::File, u64),
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

    /// Tells whether the last build made a file of that path.
    pub fn has(&self, path: &OutputPath) -> bool {
        held(&self.files).contains_key(path)
    }

    /// Reads a file; none where the last build made none of that path.
    ///
    /// # Errors
    ///
    /// Those of reading the file of which it is a copy.
    pub fn read(&self, path: &OutputPath) -> io::Result<Option<Arc<[u8]>>> {
        match self.kept(path) {
            None => Ok(None),
            Some(Kept::Bytes(bytes)) => Ok(Some(bytes)),
            Some(Kept::CopyOf { disk, .. }) => fs::read(disk).map(|bytes| Some(bytes.into())),
        }
    }

    /// Opens a file without reading it whole; none where the last build made none of that path.
    ///
    /// # Errors
    ///
    /// Those of opening the file of which it is a copy.
    pub fn open_file(&self, path: &OutputPath) -> io::Result<Option<Opened>> {
        match self.kept(path) {
            None => Ok(None),
            Some(Kept::Bytes(bytes)) => Ok(Some(Opened::Bytes(bytes))),
            Some(Kept::CopyOf { disk, .. }) => {
                let file = fs::File::open(disk)?;
                let size = file.metadata()?.len();
                Ok(Some(Opened::File(file, size)))
            }
        }
    }

    /// Tells one content of a file from another: by its bytes, or by what the last build saw of
    /// the file of which it is a copy.
    pub fn fingerprint(&self, path: &OutputPath) -> Option<Fingerprint> {
        Some(match self.kept(path)? {
            Kept::Bytes(bytes) => Fingerprint::of(&bytes),
            Kept::CopyOf { disk, size, modified } => {
                let since =
                    modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
                let since = since.unwrap_or_default().as_nanos();
                Fingerprint::of_parts([
                    disk.as_os_str().as_encoded_bytes(),
                    &size.to_le_bytes(),
                    &since.to_le_bytes(),
                ])
            }
        })
    }

    /// Shows a file in place of the one of the last build, until there is another.
    ///
    /// # Errors
    ///
    /// Those of looking at the file of which it is a copy.
    pub fn lay_ahead(&self, rendered: &Rendered) -> Result<(), Diagnostic> {
        held(&self.ahead).insert(rendered.path.clone(), Kept::of(rendered)?);
        Ok(())
    }

    /// Shows the files of the last build again, each as it was.
    pub fn drop_ahead(&self) {
        held(&self.ahead).clear();
    }

    fn kept(&self, path: &OutputPath) -> Option<Kept> {
        let ahead = held(&self.ahead).get(path).cloned();
        ahead.or_else(|| held(&self.files).get(path).cloned())
    }
}

impl Kept {
    fn of(rendered: &Rendered) -> Result<Self, Diagnostic> {
        Ok(match &rendered.content {
            Content::Bytes(bytes) => Self::Bytes(bytes.as_slice().into()),
            Content::CopyOf(disk) => {
                let metadata =
                    fs::metadata(disk).map_err(|error| refusal::disk(disk, "copied", &error))?;
                let (size, modified) = (metadata.len(), metadata.modified().ok());
                Self::CopyOf { disk: disk.clone(), size, modified }
            }
        })
    }
}

struct MemorySession<'s> {
    memory: &'s Memory,
    planned: BTreeSet<OutputPath>,
    put: Mutex<BTreeMap<OutputPath, Kept>>,
    left: AtomicUsize,
}

impl Sink for Memory {
    fn open<'s>(
        &'s self,
        planned: &[OutputPath],
    ) -> Result<Outcome<Box<dyn Session + 's>>, Diagnostic> {
        let session = MemorySession {
            memory: self,
            planned: planned.iter().cloned().collect(),
            put: Mutex::default(),
            left: AtomicUsize::new(0),
        };
        Ok(Outcome::new(Box::new(session), Vec::new()))
    }
}

impl Session for MemorySession<'_> {
    fn put(&self, rendered: &Rendered) -> Result<(), Diagnostic> {
        held(&self.put).insert(rendered.path.clone(), Kept::of(rendered)?);
        Ok(())
    }

    fn leave(&self, path: &OutputPath) -> bool {
        let kept = held(&self.memory.files).get(path).cloned();
        let is_there = kept.is_some();
        if let Some(kept) = kept {
            held(&self.put).insert(path.clone(), kept);
            self.left.fetch_add(1, Ordering::Relaxed);
        }
        is_there
    }

    fn close(self: Box<Self>) -> Result<Outcome<Written>, Diagnostic> {
        let mut files = held(&self.memory.files);
        let left = self.left.load(Ordering::Relaxed);
        let mut written = Written { left, ..Written::default() };
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
        // No longer needed, and not to be seen before the others are there.
        self.memory.drop_ahead();
        written.changes = changes.into_iter().collect();
        Ok(Outcome::new(written, Vec::new()))
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
