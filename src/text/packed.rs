//! Bytes that are held small, or not at all, until they are wanted. Owner of `lz4_flex`.

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Where bytes lie that are not held.
pub trait Store: Debug + Send + Sync {
    /// What was put at a place; none where it is no more what it was. The store remembers that
    /// somebody asked in vain.
    fn take(&self, place: &Place) -> Option<Vec<u8>>;
}

/// A place in a [`Store`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Place {
    /// Where the bytes begin.
    pub at: u64,
    /// How many they are.
    pub size: u32,
    /// By what the store knows them.
    pub mark: [u8; 16],
}

/// Some bytes in less room.
#[derive(Clone, Debug)]
pub struct Packed(Lies);

#[derive(Clone, Debug)]
enum Lies {
    Here(Box<[u8]>),
    There(Arc<dyn Store>, Place),
}

impl Packed {
    /// Packs some bytes.
    pub fn new(bytes: &[u8]) -> Self {
        Self(Lies::Here(lz4_flex::block::compress_prepend_size(bytes).into()))
    }

    /// Takes what was packed before for what [`Packed::bytes`] gave.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Lies::Here(bytes.into()))
    }

    /// What was packed and lies in a store.
    pub fn there(store: Arc<dyn Store>, place: Place) -> Self {
        Self(Lies::There(store, place))
    }

    /// What was packed, as it is kept; none where its store does not have it any more.
    pub fn bytes(&self) -> Option<Cow<'_, [u8]>> {
        match &self.0 {
            Lies::Here(bytes) => Some(Cow::Borrowed(bytes)),
            Lies::There(store, place) => store.take(place).map(Cow::Owned),
        }
    }

    /// The bytes where they are held.
    pub fn held(&self) -> Option<&[u8]> {
        match &self.0 {
            Lies::Here(bytes) => Some(bytes),
            Lies::There(..) => None,
        }
    }

    /// Where the bytes lie, if it is in this store.
    pub fn place(&self, store: &dyn Store) -> Option<Place> {
        match &self.0 {
            Lies::There(own, place) if std::ptr::addr_eq(Arc::as_ptr(own), store) => Some(*place),
            _ => None,
        }
    }

    /// In how much room they lie.
    pub fn size(&self) -> usize {
        match &self.0 {
            Lies::Here(bytes) => bytes.len(),
            Lies::There(_, place) => place.size as usize,
        }
    }

    /// What was packed; none where that is damaged.
    pub fn open(&self) -> Option<Vec<u8>> {
        lz4_flex::block::decompress_size_prepended(&self.bytes()?).ok()
    }
}

impl Default for Packed {
    fn default() -> Self {
        Self(Lies::Here(Box::default()))
    }
}

impl PartialEq for Packed {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Packed {}

#[cfg(test)]
mod tests {
    use super::Packed;

    #[test]
    fn what_was_packed_comes_back() {
        for text in ["", "a", &"massage and back pain ".repeat(1000)] {
            let packed = Packed::new(text.as_bytes());
            assert_eq!(packed.open().as_deref(), Some(text.as_bytes()));
            assert!(packed.size() < text.len() / 100 + 10);
        }
    }

    #[test]
    fn what_is_damaged_is_nothing() {
        for bytes in [&b""[..], b"abc", &[200, 0, 0, 0, 1, 2, 3]] {
            assert_eq!(Packed::of(bytes).open(), None);
        }
    }
}
