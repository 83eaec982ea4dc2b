//! Files of the cache, under a hash that tells whole ones from all others; packed, where they are
//! large and of one program alone.

use std::path::Path;

use crate::fingerprint::Fingerprint;
use crate::output::CACHE;
use crate::path::SourcePath;
use crate::source;
use crate::text::packed::Packed;

/// Puts a text under its hash.
pub(super) fn seal(text: &str) -> String {
    format!("{}\n{text}", Fingerprint::of(text.as_bytes()).hex())
}

/// The text of a file that [`seal`] made; none where it is not as it was.
pub(super) fn unseal(file: &str) -> Option<&str> {
    let (print, text) = file.split_once('\n')?;
    (Fingerprint::parse(print)? == Fingerprint::of(text.as_bytes())).then_some(text)
}

/// Marks a file as made by this; `by` is a hash of the program and of the configuration.
pub(super) fn mark(by: Fingerprint, bytes: &[u8]) -> Vec<u8> {
    let mut file = hash(by, bytes).hex().into_bytes();
    file.push(b'\n');
    file.extend(bytes);
    file
}

/// Reads a file of the cache that was marked by the same, and says where it begins behind the
/// mark; none where it is another's, or damaged.
pub(super) fn marked(root: &Path, name: &str, by: Fingerprint) -> Option<(Vec<u8>, usize)> {
    let path = SourcePath::new(format!("{CACHE}/{name}"));
    let file = source::read_bytes(&source::find(root, &path).ok()??).ok()?;
    let end = file.iter().position(|byte| *byte == b'\n')?;
    let (head, bytes) = (std::str::from_utf8(&file[..end]).ok()?, &file[end + 1..]);
    let is_whole = Fingerprint::parse(head)? == hash(by, bytes);
    is_whole.then_some((file, end + 1))
}

/// As [`mark`], in less room.
pub(super) fn pack(by: Fingerprint, bytes: &[u8]) -> Vec<u8> {
    mark(by, Packed::new(bytes).bytes())
}

/// As [`marked`], for what was packed.
pub(super) fn unpack(root: &Path, name: &str, by: Fingerprint) -> Option<Vec<u8>> {
    let (file, start) = marked(root, name, by)?;
    Packed::of(&file[start..]).open()
}

fn hash(by: Fingerprint, bytes: &[u8]) -> Fingerprint {
    Fingerprint::of_parts([by.as_bytes(), bytes])
}
