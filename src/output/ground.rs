//! What lies in the output folder before a build.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::path::OutputPath;

/// What lies at a path. Links are not followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Nothing.
    Nothing,
    /// A folder.
    Folder,
    /// A regular file of this size.
    File(u64),
    /// A symbolic link.
    Link,
    /// A pipe, a socket or a device.
    Other,
}

impl Kind {
    /// Looks at one path.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let metadata = match fs::symlink_metadata(path) {
            Ok(metadata) => metadata,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                return Ok(Self::Nothing);
            }
            Err(error) => return Err(error),
        };
        let kind = metadata.file_type();
        Ok(if kind.is_dir() {
            Self::Folder
        } else if kind.is_file() {
            Self::File(metadata.len())
        } else if kind.is_symlink() {
            Self::Link
        } else {
            Self::Other
        })
    }

    /// The word for it in a finding.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Folder => "a folder",
            Self::File(_) => "a file",
            Self::Link => "a symbolic link",
            Self::Other => "a pipe, a socket or a device",
        }
    }
}

/// The folders of the output, each looked at once.
pub(super) struct Ground<'a> {
    output: &'a Path,
    seen: HashMap<String, Kind>,
}

impl<'a> Ground<'a> {
    /// Begins to look at an output folder.
    pub(super) fn new(output: &'a Path) -> Self {
        Self { output, seen: HashMap::from([(String::new(), Kind::Folder)]) }
    }

    /// Finds the outermost part of `folder` that is no real folder, with what it is; none where
    /// all of it is real folders.
    pub(super) fn obstacle<'f>(&mut self, folder: &'f str) -> io::Result<Option<(&'f str, Kind)>> {
        if self.look(folder)? == Kind::Folder {
            return Ok(None);
        }
        for (slash, _) in folder.match_indices('/').chain([(folder.len(), "")]) {
            let kind = self.look(&folder[..slash])?;
            if kind != Kind::Folder {
                return Ok(Some((&folder[..slash], kind)));
            }
        }
        Ok(None)
    }

    /// What lies at a folder's path; below something that is no folder, nothing is looked at.
    fn look(&mut self, folder: &str) -> io::Result<Kind> {
        if let Some(&kind) = self.seen.get(folder) {
            return Ok(kind);
        }
        let kind = match self.look(parent(folder))? {
            Kind::Folder => Kind::of(&self.output.join(folder))?,
            _ => Kind::Nothing,
        };
        self.seen.insert(folder.to_owned(), kind);
        Ok(kind)
    }
}

/// The folder of a path, without a `/` at its end; empty for the output folder itself.
pub(super) fn parent(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..slash])
}

/// Finds something below a folder that is neither a folder nor one of the files of `ours`, in
/// order of the paths; none where the folder can make way.
pub(super) fn stranger(
    output: &Path,
    folder: &str,
    ours: &BTreeSet<OutputPath>,
) -> io::Result<Option<PathBuf>> {
    let mut entries = fs::read_dir(output.join(folder))?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_unstable_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.file_name().to_str().map(|name| format!("{folder}/{name}"));
        let kind = entry.file_type()?;
        let found = match path {
            Some(path) if kind.is_dir() => stranger(output, &path, ours)?,
            Some(path) if OutputPath::new(&path).is_ok_and(|path| ours.contains(&path)) => None,
            _ => Some(entry.path()),
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Tells whether two paths lead to one file, as `A.html` and `a.html` do on some systems.
#[cfg(unix)]
pub(super) fn is_same_file(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Tells whether two paths lead to one file. Where the system has no numbers for files, paths
/// that differ in nothing but case are taken for one.
#[cfg(not(unix))]
pub(super) fn is_same_file(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}
