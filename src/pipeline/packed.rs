//! Files of the cache, under a hash that tells whole ones from all others; packed, where they are
//! large and of one program alone.

use std::path::Path;

use crate::fingerprint::Fingerprint;
use crate::output::CACHE;
use crate::path::SourcePath;
use crate::source;
use crate::text::packed::Packed;

/// Puts a text under its hash.
pub(super) fn seal(mut text: String) -> String {
    let print = format!("{}\n", Fingerprint::of(text.as_bytes()).hex());
    text.reserve_exact(print.len());
    text.insert_str(0, &print);
    text
}

/// The text of a file that [`seal`] made; none where it is not as it was.
pub(super) fn unseal(file: &str) -> Option<&str> {
    let (print, text) = file.split_once('\n')?;
    (Fingerprint::parse(print)? == Fingerprint::of(text.as_bytes())).then_some(text)
}

/// How long a mark is: a fingerprint, and the end of the line.
const MARK: usize = 33;

/// Begins a file that is to be marked, with room for so many bytes.
pub(super) fn begin(capacity: usize) -> Vec<u8> {
    let mut file = Vec::with_capacity(MARK + capacity);
    file.resize(MARK, b'\n');
    file
}

/// Marks a file that was [begun](begin) as made by this; `by` is a hash of the program and of the
/// configuration.
pub(super) fn mark(by: Fingerprint, file: &mut [u8]) {
    let print = hash(by, &file[MARK..]);
    file[..MARK - 1].copy_from_slice(print.hex().as_bytes());
}

/// Reads a file of the cache that was marked by the same, and says where it begins behind the
/// mark; none where it is another's, or damaged.
pub(super) fn marked(root: &Path, name: &str, by: Fingerprint) -> Option<(Vec<u8>, usize)> {
    let path = SourcePath::new(format!("{CACHE}/{name}"));
    let file = source::read_bytes(&source::find(root, &path).ok()??).ok()?;
    let (head, bytes) = file.split_at_checked(MARK)?;
    let head = std::str::from_utf8(head).ok()?.strip_suffix('\n')?;
    let is_whole = Fingerprint::parse(head)? == hash(by, bytes);
    is_whole.then_some((file, MARK))
}

/// Packs some bytes and marks them.
pub(super) fn pack(by: Fingerprint, bytes: &[u8]) -> Vec<u8> {
    let packed = Packed::new(bytes);
    let packed = packed.held().unwrap_or_default();
    let mut file = begin(packed.len());
    file.extend(packed);
    mark(by, &mut file);
    file
}

/// As [`marked`], for what was packed.
pub(super) fn unpack(root: &Path, name: &str, by: Fingerprint) -> Option<Vec<u8>> {
    let (file, start) = marked(root, name, by)?;
    Packed::of(&file[start..]).open()
}

fn hash(by: Fingerprint, bytes: &[u8]) -> Fingerprint {
    Fingerprint::of_parts([by.as_bytes(), bytes])
}
