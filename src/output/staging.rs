//! The folder in which a build is prepared, and the lock on it.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::commit::{self, COMMIT, MOVING, NEW};
use super::ground::parent;
use super::lock::{LOCK, lock, sweep};
use super::refusal;
use crate::diag::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::render::{Content, Rendered};

/// The folder's name in the output folder.
const NAME: &str = ".ibid-staging";

/// The staging folder of the build at work. It goes with this value, unless a pass has begun
/// and could not be completed.
pub(super) struct Staging {
    output: PathBuf,
    folder: PathBuf,
    /// The folders on the way to the output that were made for this build, outermost first.
    made: Vec<PathBuf>,
    /// The folders made under `new`, by their paths in the output.
    folders: Mutex<HashSet<String>>,
    is_pass_left: bool,
    /// Held until the value is dropped, after the folder is gone.
    _lock: File,
}

impl Staging {
    /// Waits until no other build is at work on the output folder, makes the folder where it is
    /// missing, completes a pass that was cut off and throws away what else is left of an
    /// earlier build.
    ///
    /// # Errors
    ///
    /// What the system refuses.
    pub(super) fn enter(output: &Path) -> Result<Self, Diagnostic> {
        let folder = output.join(NAME);
        let mut made = Vec::new();
        let lock = loop {
            make_folders(output, &mut made)
                .map_err(|error| refusal::disk(output, "made", &error))?;
            match lock(&folder) {
                Ok(Some(lock)) => break lock,
                // The build that was waited for took its folder away: make a new one.
                Ok(None) => {}
                Err(error) => {
                    let refused = refusal::disk(&folder, "made", &error);
                    remove_folders(&made);
                    return Err(refused);
                }
            }
        };
        let mut staging = Self {
            output: output.to_owned(),
            folder,
            made,
            folders: Mutex::new(HashSet::from([String::new()])),
            is_pass_left: true,
            _lock: lock,
        };
        commit::carry_out(output, &staging.folder)?;
        staging.is_pass_left = false;
        let new = staging.folder.join(NEW);
        staging
            .sweep()
            .and_then(|()| fs::create_dir(&new))
            .map_err(|error| refusal::disk(&new, "made", &error))?;
        Ok(staging)
    }

    /// Writes a file to be moved into place, and tells its fingerprint.
    ///
    /// # Errors
    ///
    /// What the system refuses, with the path of the file's place.
    pub(super) fn write(&self, rendered: &Rendered) -> Result<Fingerprint, Diagnostic> {
        let path = rendered.path.as_str();
        let refused =
            |what: &str, error: &io::Error| refusal::disk(&self.output.join(path), what, error);
        let written = |error: io::Error| refused("written", &error);
        self.make_folder(parent(path)).map_err(written)?;
        let mut file = File::create_new(self.folder.join(NEW).join(path)).map_err(written)?;
        match &rendered.content {
            Content::Bytes(bytes) => {
                file.write_all(bytes).map(|()| Fingerprint::of(bytes)).map_err(written)
            }
            Content::CopyOf(from) => {
                let what = format!("copied from `{}`", from.display());
                File::open(from)
                    .and_then(|from| Fingerprint::of_reader(Tee { from, to: file }))
                    .map_err(|error| refused(&what, &error))
            }
        }
    }

    /// Begins the pass with the new manifest and the files to delete, and carries it out.
    ///
    /// # Errors
    ///
    /// What the system refuses. If the pass has begun, the next build will complete it.
    pub(super) fn commit(
        &mut self,
        manifest: Option<(&str, &str)>,
        removed: &BTreeSet<OutputPath>,
    ) -> Result<(), Diagnostic> {
        if let Some((name, text)) = manifest {
            fs::write(self.folder.join(NEW).join(name), text)
                .map_err(|error| refusal::disk(&self.output.join(name), "written", &error))?;
        }
        let journal = self.folder.join(COMMIT);
        fs::write(&journal, commit::journal(removed))
            .map_err(|error| refusal::disk(&journal, "written", &error))?;
        self.is_pass_left = true;
        commit::carry_out(&self.output, &self.folder)?;
        self.is_pass_left = false;
        Ok(())
    }

    /// Makes a folder under `new` once, whichever thread comes first.
    fn make_folder(&self, path: &str) -> io::Result<()> {
        let known =
            |path: &str| self.folders.lock().unwrap_or_else(PoisonError::into_inner).contains(path);
        if known(path) {
            return Ok(());
        }
        self.make_folder(parent(path))?;
        // Not under the lock: threads that make different folders need not wait.
        match fs::create_dir(self.folder.join(NEW).join(path)) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        Ok(())
    }

    /// Empties the folder, but for the lock: the journal first, since without it the rest is
    /// waste.
    fn sweep(&self) -> io::Result<()> {
        sweep(&self.folder, &[COMMIT, MOVING])
    }
}

impl Drop for Staging {
    /// Leaves nothing behind, as far as the system lets it. The lock's file goes last: from then
    /// on another build may be at work.
    fn drop(&mut self) {
        if self.is_pass_left || self.sweep().is_err() {
            return;
        }
        let _ = fs::remove_file(self.folder.join(LOCK));
        let _ = fs::remove_dir(&self.folder);
        remove_folders(&self.made);
    }
}

/// Hands on what is read from one file, and writes it to another.
struct Tee {
    from: File,
    to: File,
}

impl Read for Tee {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.to.write_all(&buffer[..count])?;
        Ok(count)
    }
}

/// Makes a folder and those around it, and notes which it made.
fn make_folders(folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    match fs::create_dir(folder) {
        Ok(()) => made.push(folder.to_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let around = folder.parent().filter(|around| !around.as_os_str().is_empty());
            let Some(around) = around else { return Err(error) };
            make_folders(around, made)?;
            // Once: a file system that knows no folders of ours (`/proc`) says the same again.
            fs::create_dir(folder)?;
            made.push(folder.to_owned());
        }
        Err(error) => {
            // Whatever the reason, a folder that is there will do (the root, a read-only mount).
            if !fs::metadata(folder).is_ok_and(|metadata| metadata.is_dir()) {
                return Err(match error.kind() {
                    ErrorKind::AlreadyExists => io::Error::other("something else has its name"),
                    _ => error,
                });
            }
        }
    }
    Ok(())
}

/// Removes folders from the innermost out, as long as they are empty.
fn remove_folders(made: &[PathBuf]) {
    for folder in made.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
}
