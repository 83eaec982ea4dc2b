//! What one build leaves for the next: files of the folder `.ibid`.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder's name in the root of a site.
pub const CACHE: &str = ".ibid";

/// How the names of files end that are not yet whole.
const NEW: &str = ".new";

/// What the folder has from the start.
const TAGS: [&str; 2] = ["CACHEDIR.TAG", ".gitignore"];

/// What tells programs that back up or search that nothing is lost with the folder.
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
    # This folder is a cache of ibid: <https://bford.info/cachedir/>\n";

/// The folder, to keep files in.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Opens the folder of a site, which is made where it is missing.
    ///
    /// # Errors
    ///
    /// What the system refuses; a folder that is a link is refused, since it may lead anywhere.
    pub fn open(root: &Path) -> io::Result<Self> {
        let folder = root.join(CACHE);
        make(&folder)?;
        sweep(&folder)?;
        Ok(Self { folder })
    }

    /// Opens a folder in it, which is made where it is missing.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn within(&self, name: &str) -> io::Result<Self> {
        let folder = self.folder.join(name);
        match is_there(&folder)? {
            true => sweep(&folder)?,
            false => fs::create_dir(&folder)?,
        }
        Ok(Self { folder })
    }

    /// Keeps a file for the next build, whole: whoever reads it finds the old one or the new.
    ///
    /// # Errors
    ///
    /// What the system refuses.
    pub fn keep(&self, name: &str, content: &[u8]) -> io::Result<()> {
        // Of two builds at once, each has a file of its own to write to.
        let new = self.folder.join(format!("{name}.{}{NEW}", std::process::id()));
        let written = File::create_new(&new)
            .and_then(|mut file| file.write_all(content))
            .and_then(|()| fs::rename(&new, self.folder.join(name)));
        if written.is_err() {
            // The error that is told is the first one.
            let _ = fs::remove_file(&new);
        }
        written
    }

    /// The names of the files in it.
    ///
    /// # Errors
    ///
    /// What the system refuses.
    pub(super) fn names(&self) -> io::Result<Vec<String>> {
        let names = fs::read_dir(&self.folder)?.map(|entry| Ok(entry?.file_name().into_string()));
        let names: io::Result<Vec<_>> = names.collect();
        // Nothing of ours has a name that is no text.
        Ok(names?.into_iter().flatten().collect())
    }

    /// Where a file of this name would lie.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Removes the files of these names.
    ///
    /// # Errors
    ///
    /// What the system refuses.
    pub fn forget(&self, is_gone: impl Fn(&str) -> bool) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(&is_gone) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// Makes the folder where it is missing.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    if is_there(folder)? {
        return Ok(());
    }
    fs::create_dir(folder)?;
    fs::write(folder.join(TAGS[0]), TAG)?;
    fs::write(folder.join(TAGS[1]), "*\n")
}

/// Whether there is such a folder; what is there in its place is refused.
pub(super) fn is_there(folder: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(folder) {
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) => Err(io::Error::other("it is no folder")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes the folder where nothing is kept in it.
pub(super) fn unmake(folder: &Path) {
    let is_tag = |entry: fs::DirEntry| TAGS.iter().any(|tag| entry.file_name() == *tag);
    if fs::read_dir(folder).is_ok_and(|mut all| all.all(|entry| entry.is_ok_and(is_tag))) {
        let _ = fs::remove_dir_all(folder);
    }
}

/// Removes what builds that were killed have left half written.
fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().ends_with(NEW.as_bytes()) {
            // A build at work that loses its file so does without it.
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
