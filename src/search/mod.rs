//! The search index: every word of a site with the pages that have it, cut into files so small
//! that a reader loads a few of them for a question.
//!
//! A page is *counted* by itself, on any core. The counts are put together in the order of the
//! pages, each word gets its stem, and all that is written into a *ledger*; the next build counts
//! only what has changed, and revises it. From the ledger the files are cut: words with their pages, titles
//! with theirs, what is shown of a page, and the texts that results are cut from. `content/manual/search.md`
//! describes the files; `themes/scholar/static/search.js` reads them.

mod count;
mod files;
mod gather;
mod ledger;
mod names;
mod pages;
mod passages;
mod post;
mod shards;
mod tally;
mod texts;
mod weigh;
mod words;

pub use count::{Counted, count};
pub use files::{Index, Piece, index};
pub use gather::{Gathered, Stems, stems};
pub use ledger::Ledger;
pub use pages::{Searched, searched};
pub use texts::texts;
