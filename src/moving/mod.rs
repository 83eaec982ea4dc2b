//! Moves a page, a folder or a file, with every link to it: what is to be written, and nothing
//! written yet.
//!
//! [`plan`] takes a site as it was read and gives the files that change. It hangs the site
//! together twice more: once with the files at their new places, to find for each link the
//! spelling that leads where it led before; and once with all changes made, to compare every
//! destination of every page. What does not come out the same is a refusal, never a guess.

mod before;
mod claims;
mod edit;
mod names;
mod plan;
mod sense;
mod spelling;
mod targets;

pub use before::Before;
pub use plan::{Change, Plan, Rewritten, plan};
