//! The door in: the only module that reads the disk.
//!
//! [`scan`] sees which files there are, [`read`] and [`read_optional`] fetch texts,
//! [`fingerprint`] and [`image_size`] tell of a file what its readers ask. Whatever a folder
//! holds that cannot be part of a site (a link that leads out, a name that cannot be served, a
//! pipe) becomes a finding, and the scan goes on.

#![allow(clippy::disallowed_methods, reason = "this is the module that reads the disk")]

mod image;
mod name;
mod orientation;
mod place;
mod read;
mod reason;
mod stamp;
mod state;
mod svg;
mod walk;
mod watched;

pub use image::image_size;
pub use name::{Hidden, is_read};
pub use orientation::orientation;
pub use place::{data_path, folders, names, output_folder, read_data};
pub use read::{File, Source, find, fingerprint, read, read_bytes, read_optional};
pub use reason::reason;
pub use stamp::{Moment, Stamp};
pub use state::{Folder, look_into, state_of_file};
pub use walk::scan;
pub use watched::{Survey, Watched};
