//! An output folder of its own for each test, and what only other processes can do to one.

mod child;
mod folder;
mod killed;
mod refused;

pub(crate) use folder::{Folder, build, path, put, rendered};
