//! One output file, made.

use std::path::PathBuf;

use crate::path::OutputPath;

/// An output file and what goes into it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendered {
    /// Where it goes.
    pub path: OutputPath,
    /// What goes into it.
    pub content: Content,
}

/// The content of an output file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a file on the disk, which may be large and are never held in memory whole.
    CopyOf(PathBuf),
}
