//! A folder that one process at a time works in.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::ground::{Kind, is_same_file};

/// The file in the folder that is locked.
pub(super) const LOCK: &str = "lock";

/// Waits for the lock of a folder, which is made where it is missing; none where it was taken
/// away meanwhile.
pub(super) fn lock(folder: &Path) -> io::Result<Option<File>> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    match Kind::of(folder)? {
        Kind::Folder => {}
        Kind::Nothing => return Ok(None),
        // A link could lead the files of another folder into this one.
        _ => return Err(io::Error::other("something else has its name")),
    }
    let path = folder.join(LOCK);
    let file = File::options().read(true).write(true).create(true).truncate(false).open(&path);
    let file = match file {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    loop {
        match file.lock() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // Better two builds that know nothing of each other than none on such a disk.
            Err(error) if error.kind() == ErrorKind::Unsupported => break,
            result => {
                result?;
                break;
            }
        }
    }
    // Whoever was waited for may have removed the very file that is locked now.
    match fs::symlink_metadata(&path) {
        Ok(there) if is_same_file(&there, &file.metadata()?) => Ok(Some(file)),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(None),
    }
}

/// Tells whether somebody is at work in a folder.
pub(super) fn is_locked(folder: &Path) -> bool {
    let file = File::options().read(true).write(true).open(folder.join(LOCK));
    file.is_ok_and(|file| matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)))
}

/// Empties a folder but for the lock, `first` before all else.
pub(super) fn sweep(folder: &Path, first: &[&str]) -> io::Result<()> {
    for name in first {
        remove(&folder.join(name))?;
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() != LOCK {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Removes whatever lies at a path, without following links.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match Kind::of(path)? {
        Kind::Nothing => Ok(()),
        Kind::Folder => fs::remove_dir_all(path),
        _ => fs::remove_file(path),
    }
}
