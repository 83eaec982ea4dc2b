//! One file: seen, read, hashed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::reason::reason;
use super::stamp::Stamp;
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::fingerprint::Fingerprint;
use crate::path::SourcePath;

/// A text that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// Where it was read.
    pub path: SourcePath,
    /// The whole text as it lies on the disk, a byte-order mark included: offsets are true.
    pub text: Arc<str>,
    /// The fingerprint of the text.
    pub fingerprint: Fingerprint,
}

/// A file that was seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its path as findings and pages name it.
    pub path: SourcePath,
    /// Where it lies on this machine.
    pub disk: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// What tells this state of it from another; none where it was not looked at for that.
    pub stamp: Option<Stamp>,
}

/// Reads a text.
///
/// # Errors
///
/// [`Code::NotUtf8`], at the first byte that is not; [`Code::UnreadableFile`].
pub fn read(file: &File) -> Result<Source, Diagnostic> {
    let bytes = read_bytes(file)?;
    let fingerprint = Fingerprint::of(&bytes);
    let text = String::from_utf8(bytes).map_err(|error| {
        not_utf8(&file.path, error.as_bytes(), error.utf8_error().valid_up_to())
    })?;
    Ok(Source { path: file.path.clone(), text: text.into(), fingerprint })
}

/// Reads the bytes of a file.
///
/// # Errors
///
/// [`Code::UnreadableFile`].
pub fn read_bytes(file: &File) -> Result<Vec<u8>, Diagnostic> {
    fs::read(&file.disk).map_err(|error| unreadable(&file.path, &reason(&error)))
}

/// Reads a text that a site may go without (`theme.toml`, a data file); none where there is no
/// such file.
///
/// # Errors
///
/// As [`read`], and [`Code::SymlinkOutside`].
pub fn read_optional(root: &Path, path: &SourcePath) -> Result<Option<Source>, Diagnostic> {
    find(root, path)?.map(|file| read(&file)).transpose()
}

/// Finds a file that a site may go without; none where there is no such file.
///
/// # Errors
///
/// [`Code::UnreadableFile`], [`Code::SymlinkOutside`].
pub fn find(root: &Path, path: &SourcePath) -> Result<Option<File>, Diagnostic> {
    let unreadable = |error: &io::Error| unreadable(path, &reason(error));
    let disk = root.join(path.as_str());
    if is_absent(&fs::symlink_metadata(&disk)) {
        return Ok(None);
    }
    let root = fs::canonicalize(root).map_err(|error| unreadable(&error))?;
    let real = fs::canonicalize(&disk).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => dangling(path),
        _ => unreadable(&error),
    })?;
    if !real.starts_with(&root) {
        return Err(outside(path));
    }
    let metadata = fs::metadata(&real).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(no_file(path, metadata.file_type()));
    }
    Ok(Some(File { path: path.clone(), disk, size: metadata.len(), stamp: None }))
}

/// Hashes a file without holding it in memory.
///
/// # Errors
///
/// [`Code::UnreadableFile`].
pub fn fingerprint(file: &File) -> Result<Fingerprint, Diagnostic> {
    fs::File::open(&file.disk)
        .and_then(Fingerprint::of_reader)
        .map_err(|error| unreadable(&file.path, &reason(&error)))
}

/// Tells whether there is nothing at all where metadata was asked for.
pub(super) fn is_absent(metadata: &io::Result<fs::Metadata>) -> bool {
    metadata.as_ref().is_err_and(|error| {
        matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
    })
}

/// The finding for a file or folder that the system does not let ibid read.
pub(super) fn unreadable(path: &SourcePath, why: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, format!("`{path}` cannot be read: {why}"))
        .at(Span::whole(path.clone()))
}

/// The finding for a symbolic link that leads nowhere.
pub(super) fn dangling(path: &SourcePath) -> Diagnostic {
    unreadable(path, "it is a symbolic link to something that is not there")
        .help("remove the link, or put back what it leads to")
}

/// The finding for a symbolic link that leads out of the site.
pub(super) fn outside(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(
        Code::SymlinkOutside,
        format!("the symbolic link `{path}` leads out of the site"),
    )
    .at(Span::whole(path.clone()))
    .help("copy what it leads to into the site")
}

/// The finding for what is neither file nor link where a file should be. Such a thing is never
/// opened: reading a pipe waits for a writer.
pub(super) fn no_file(path: &SourcePath, kind: fs::FileType) -> Diagnostic {
    unreadable(path, &format!("it is {}, not a file", what(kind))).help("move it out of the site")
}

#[cfg(unix)]
fn what(kind: fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match kind {
        kind if kind.is_dir() => "a folder",
        kind if kind.is_fifo() => "a named pipe",
        kind if kind.is_socket() => "a socket",
        _ => "a device",
    }
}

#[cfg(not(unix))]
fn what(kind: fs::FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "a device" }
}

/// The finding for a text with a byte at `start` that is not UTF-8.
fn not_utf8(path: &SourcePath, bytes: &[u8], start: usize) -> Diagnostic {
    let before = String::from_utf8_lossy(&bytes[..start]);
    let Place { line, column } = Place::of(&before, start);
    let byte = bytes.get(start).copied().unwrap_or_default();
    let message =
        format!("the byte `0x{byte:02x}` at line {line}, column {column} is not UTF-8 text");
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let help =
        if utf16 { "it looks like UTF-16; save it as UTF-8" } else { "save the file as UTF-8" };
    Diagnostic::new(Code::NotUtf8, message).at(Span::new(path.clone(), start..start + 1)).help(help)
}
