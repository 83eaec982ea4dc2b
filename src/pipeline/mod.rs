//! The whole program in one function: read, understand, connect, render and write.

mod build;
mod citations;
mod gather;
mod read;
mod related;
mod survey;
mod templates;
mod texts;

pub use build::{Built, Request, Stopped, build};
pub use gather::{Gathered, gather};
pub use read::Progress;
pub use survey::{Surveyed, survey};
pub use texts::TextStore;
