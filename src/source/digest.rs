//! The fingerprint of bytes that need not be in memory at once.

use std::io::{self, Read};

use crate::fingerprint::Fingerprint;

/// What is hashed in one go: most files of a site whole, a film in pieces.
const PIECE: u64 = 1 << 20;

/// Hashes all that `from` yields, holding at most one piece of it in memory.
///
/// Up to a piece this is [`Fingerprint::of`]; of more, each piece is hashed together with the
/// fingerprint of all before it.
///
/// # Errors
///
/// Those of `from`.
pub fn digest(mut from: impl Read) -> io::Result<Fingerprint> {
    let mut piece = Vec::new();
    from.by_ref().take(PIECE).read_to_end(&mut piece)?;
    let mut digest = Fingerprint::of(&piece);
    while piece.len() as u64 == PIECE {
        piece.clear();
        from.by_ref().take(PIECE).read_to_end(&mut piece)?;
        if !piece.is_empty() {
            digest = Fingerprint::of_parts([digest.to_string().as_bytes(), &piece]);
        }
    }
    Ok(digest)
}

#[cfg(test)]
mod tests {
    use super::{PIECE, digest};
    use crate::fingerprint::Fingerprint;

    #[test]
    fn a_small_text_has_its_plain_fingerprint() {
        assert_eq!(digest(&b"abc"[..]).unwrap(), Fingerprint::of(b"abc"));
        let full = vec![7; PIECE as usize];
        assert_eq!(digest(&full[..]).unwrap(), Fingerprint::of(&full));
    }

    #[test]
    fn every_byte_of_a_large_file_counts() {
        let mut large = vec![7; 2 * PIECE as usize + 5];
        let before = digest(&large[..]).unwrap();
        large[3] = 8;
        let early = digest(&large[..]).unwrap();
        large[3] = 7;
        large.push(0);
        let late = digest(&large[..]).unwrap();
        assert!(before != early && before != late && early != late);
    }
}
