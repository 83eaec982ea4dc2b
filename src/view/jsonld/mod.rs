//! What machines read of a page: JSON-LD in the words of schema.org.

mod faq;
mod graph;
mod nodes;
mod shared;

pub(super) use graph::{list, page};
pub(super) use shared::Shared;
