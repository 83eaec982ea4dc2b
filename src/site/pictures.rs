//! The sizes in which images are offered.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::image::Fault;

/// The folder of images in other sizes than their own: the names of all files in it are hashes of
/// what they hold.
pub const SIZED_FOLDER: &str = "sized/";

/// The images that pages show, by the addresses they are served at.
#[derive(Debug, Default)]
pub struct Pictures {
    of: BTreeMap<String, Pictured>,
    /// How wide the column of text is at most, in the pixels of a style sheet.
    pub column: u32,
    /// The largest width in which images are made.
    pub widest: u32,
}

/// An image in the sizes in which it is offered.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Pictured {
    /// The sizes, from the smallest; none where it is offered as it is alone.
    pub sizes: Vec<Size>,
    /// Why it cannot be read.
    pub fault: Option<Fault>,
}

/// An image in one size.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Size {
    /// The width in pixels.
    pub width: u32,
    /// The address it is served at, without the first `/`.
    pub address: String,
    /// What is in it.
    pub content: SizeContent,
}

/// What is in an image of one size.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SizeContent {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// What is in a file on disk.
    File(PathBuf),
}

impl Pictures {
    /// Takes what was made of the images.
    pub fn new(of: BTreeMap<String, Pictured>, column: u32, widest: u32) -> Self {
        Self { of, column, widest }
    }

    /// What there is of the image at an address, given without its first `/`.
    pub fn at(&self, address: &str) -> Option<&Pictured> {
        self.of.get(address)
    }

    /// All sizes of all images.
    pub fn sizes(&self) -> impl Iterator<Item = &Size> {
        self.of.values().flat_map(|pictured| &pictured.sizes)
    }
}
