//! What tells one state of files from another, without reading them.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::stamp::Stamp;
use crate::fingerprint::Fingerprint;

/// What lies in one folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Folder {
    /// Names, sizes, times of change, and what each is: the same where nothing was touched.
    pub state: Fingerprint,
    /// The folders in it, in order; what lies in them is no part of the state.
    pub folders: Vec<PathBuf>,
}

/// Looks into a folder.
///
/// # Errors
///
/// Where something in it cannot be looked at.
pub fn look_into(folder: &Path) -> io::Result<Folder> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        entries.push((entry.file_name(), entry.metadata()?));
    }
    entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let mut text = Vec::with_capacity(entries.len() * 96);
    let mut folders = Vec::new();
    for (name, metadata) in &entries {
        text.extend((name.len() as u64).to_le_bytes());
        text.extend(name.as_encoded_bytes());
        if metadata.is_dir() {
            text.push(b'd');
            folders.push(folder.join(name));
        } else {
            state(metadata, &mut text);
        }
    }
    Ok(Folder { state: Fingerprint::of(&text), folders })
}

/// The state of one file: the same where it was not touched.
///
/// # Errors
///
/// Where it cannot be looked at.
pub fn state_of_file(file: &Path) -> io::Result<Fingerprint> {
    let mut text = Vec::new();
    state(&fs::metadata(file)?, &mut text);
    Ok(Fingerprint::of(&text))
}

fn state(metadata: &Metadata, text: &mut Vec<u8>) {
    let kind = match metadata.file_type() {
        kind if kind.is_file() => b'f',
        kind if kind.is_symlink() => b'l',
        _ => b'o',
    };
    text.push(kind);
    Stamp::of(metadata).push(text);
}
