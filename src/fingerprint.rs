//! A hash of everything a result depends on.

use std::fmt;
use std::io::{self, Read};

use serde::de::{self, Deserialize, Deserializer};
use serde::{Serialize, Serializer};
use twox_hash::XxHash3_128;

/// The XXH3 hash of some bytes: equal fingerprints mean equal content. It is as quick as memory
/// is read, and no guard against somebody who makes two contents for one hash on purpose: whoever
/// could, writes the site anyway.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Hashes `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(XxHash3_128::oneshot(bytes).to_be_bytes())
    }

    /// Hashes all that `from` yields, piece by piece.
    ///
    /// # Errors
    ///
    /// Those of `from`.
    pub fn of_reader(mut from: impl Read) -> io::Result<Self> {
        let mut hasher = XxHash3_128::new();
        let mut piece = vec![0; 1 << 16];
        loop {
            match from.read(&mut piece) {
                Ok(0) => return Ok(Self(hasher.finish_128().to_be_bytes())),
                Ok(count) => hasher.write(&piece[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Hashes several parts, keeping their borders apart: `["ab", "c"]` is not `["a", "bc"]`.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = XxHash3_128::new();
        for part in parts {
            hasher.write(&(part.len() as u64).to_le_bytes());
            hasher.write(part);
        }
        Self(hasher.finish_128().to_be_bytes())
    }

    /// Hashes fingerprints into one.
    pub fn of_all<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        Self::of_parts(parts.into_iter().map(Self::as_bytes))
    }

    /// Reads the form that `Display` writes.
    pub fn parse(hex: &str) -> Option<Self> {
        let hex = hex.as_bytes();
        if hex.len() != 32 {
            return None;
        }
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
            let high = (pair[0] as char).to_digit(16)?;
            let low = (pair[1] as char).to_digit(16)?;
            *byte = (high * 16 + low) as u8;
        }
        Some(Self(bytes))
    }

    /// The first eight hexadecimal digits, for file names.
    pub fn short(&self) -> String {
        hex(&self.0[..4])
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// All hexadecimal digits, as `Display` writes them.
    pub fn hex(&self) -> String {
        hex(&self.0)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.hex())
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(deserializer)?;
        Self::parse(&hex).ok_or_else(|| de::Error::custom("this is no fingerprint"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn parse_reads_what_display_writes() {
        let one = Fingerprint::of(b"one");
        assert_eq!(Fingerprint::parse(&one.to_string()), Some(one));
        assert_eq!(Fingerprint::parse("zz"), None);
    }

    #[test]
    fn a_stream_has_the_fingerprint_of_its_bytes() {
        for size in [0, 3, 1 << 16, 3 << 20] {
            let bytes: Vec<u8> = (0..size).map(|n| (n % 251) as u8).collect();
            assert_eq!(Fingerprint::of_reader(&bytes[..]).unwrap(), Fingerprint::of(&bytes));
        }
    }

    #[test]
    fn borders_between_parts_count() {
        let a = Fingerprint::of_parts([b"ab".as_slice(), b"c"]);
        let b = Fingerprint::of_parts([b"a".as_slice(), b"bc"]);
        assert_ne!(a, b);
    }
}
