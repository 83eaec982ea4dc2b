//! Where a reader goes on from a page: the editor's picks, then the pages nearest to it.
//!
//! Nearness is measured in four ways, each a number from 0 to 1: works that both pages cite,
//! links, terms, and words. The first three and the last are the same measure over different
//! *features*: a page is a list of features, each as heavy as it is rare, and two pages are near
//! where they share heavy ones. All sums are of whole numbers and all ties go by title, so that
//! neither the order of files nor the number of threads can show.

mod features;
mod ground;
mod links;
mod number;
mod order;
mod reasons;
mod score;
mod terms;
mod vectors;
mod vocabulary;
mod way_on;

pub use ground::{Ground, Text};
pub use score::{Scratch, suggest};
pub use terms::{Terms, common_terms, terms};
pub use vocabulary::{Counts, Entry, Stem, Vocabulary, stemmed};
