//! The whole program in one function: read, understand, connect, render and write.

mod build;
mod citations;
mod graph;
mod read;
mod related;
mod templates;
mod texts;

pub use build::{Built, Request, Stopped, build};
pub use graph::{Drawn, graph};
pub use read::Progress;
pub use texts::TextStore;
