//! Feeds: the newest pages of a list, as Atom and as JSON Feed.

mod atom;
mod entry;
mod json;

pub(super) use atom::atom;
pub(super) use json::json;
