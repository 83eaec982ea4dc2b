//! The whole program in one function: read, understand, connect, render and write.

mod ahead;
mod build;
mod checks;
mod citations;
mod gather;
mod images;
mod known;
mod ledger;
mod made;
mod make;
mod packed;
mod read;
mod recall;
mod related;
mod request;
mod search;
mod seen;
mod shelf;
mod standing;
mod survey;
mod templates;
mod texts;
mod threads;
mod understood;
mod write;

pub use ahead::ahead;
pub use build::build;
pub use gather::{Gathered, gather};
pub use known::Known;
pub use read::Progress;
pub use request::{Anew, Built, Imaging, Indexing, Recall, Request, Stopped};
pub use search::INDEXING;
pub use survey::{Surveyed, survey};
pub use texts::TextStore;
