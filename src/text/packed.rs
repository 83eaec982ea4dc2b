//! Bytes that are held small until they are wanted. Owner of `lz4_flex`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Some bytes in less room.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Packed(Box<[u8]>);

impl Packed {
    /// Packs some bytes.
    pub fn new(bytes: &[u8]) -> Self {
        Self(lz4_flex::block::compress_prepend_size(bytes).into())
    }

    /// Takes what was packed before for what [`Packed::bytes`] gave.
    pub fn of(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// What was packed, as it is kept.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// What was packed; none where that is damaged.
    pub fn open(&self) -> Option<Vec<u8>> {
        lz4_flex::block::decompress_size_prepended(&self.0).ok()
    }
}

// Derived, they would take the bytes one by one.
impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::of(Deserialize::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::Packed;

    #[test]
    fn what_was_packed_comes_back() {
        for text in ["", "a", &"massage and back pain ".repeat(1000)] {
            let packed = Packed::new(text.as_bytes());
            assert_eq!(packed.open().as_deref(), Some(text.as_bytes()));
            assert!(packed.bytes().len() < text.len() / 100 + 10);
        }
    }

    #[test]
    fn what_is_damaged_is_nothing() {
        for bytes in [&b""[..], b"abc", &[200, 0, 0, 0, 1, 2, 3]] {
            assert_eq!(Packed::of(bytes).open(), None);
        }
    }
}
