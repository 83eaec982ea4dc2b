//! Small pure functions on strings.

pub mod escape;
pub mod fold;
pub mod nearest;
pub mod slug;
pub mod words;
