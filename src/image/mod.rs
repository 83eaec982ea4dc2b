//! Images in the sizes that readers' screens need: read, scaled and written as WebP.
//!
//! [`sizes`] takes the bytes of a file and gives what is smaller than they are, and nothing but
//! pixels and their colour profile: what a camera notes of its place and owner is left behind.
//! The same bytes give the same images, however many threads there are; nothing that rounds
//! otherwise on another processor is used where that can be chosen.

mod container;
mod decode;
mod encode;
mod jpeg;
mod ladder;
mod picture;
mod png;
mod scale;
mod turn;
mod webp;

pub use ladder::{Ladder, PROGRAM, Sized, check, sizes};
pub use picture::Fault;
