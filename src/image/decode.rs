//! From the bytes of a file to pixels, whatever the name of the file says they are.

use std::panic::{self, AssertUnwindSafe};

use super::picture::{Fault, Picture};
use super::{jpeg, png, webp};

/// How files begin that browsers show and that are left as they are: GIF, AVIF and its kin, BMP,
/// TIFF, icons, JPEG XL, drawings.
const OTHERS: [(usize, &[u8]); 11] = [
    (0, b"GIF8"),
    (4, b"ftyp"),
    (0, b"BM"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
    (0, &[0, 0, 1, 0]),
    (0, &[0xff, 0x0a]),
    (4, b"JXL "),
    (0, b"<svg"),
    (0, b"<?xml"),
    (0, b"\xef\xbb\xbf<"),
];

/// Reads an image; none where it is one that is left as it is: one that moves, and kinds that
/// ibid does not write anew.
pub(super) fn decode(bytes: &[u8]) -> Result<Option<Picture>, Fault> {
    let begins = |at: usize, with: &[u8]| bytes.get(at..).is_some_and(|b| b.starts_with(with));
    // Whatever a stranger's file makes of a decoder, it costs no build.
    let guarded = |read: fn(&[u8]) -> Result<Option<Picture>, Fault>| {
        panic::catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or(Err(Fault::Damaged))
    };
    if begins(0, b"\x89PNG\r\n\x1a\n") {
        guarded(png::decode)
    } else if begins(0, &[0xff, 0xd8, 0xff]) {
        guarded(jpeg::decode)
    } else if begins(0, b"RIFF") && begins(8, b"WEBP") {
        guarded(webp::decode)
    } else if OTHERS.iter().any(|(at, with)| begins(*at, with)) {
        Ok(None)
    } else if bytes.is_empty() {
        Err(Fault::Empty)
    } else {
        Err(Fault::Foreign)
    }
}
