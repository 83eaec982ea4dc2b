//! Small pure functions on strings.

pub mod bag;
pub mod direction;
pub mod escape;
pub mod fold;
pub mod lookup;
pub mod nearest;
pub mod packed;
pub mod places;
mod runs;
pub mod seek;
pub mod sentence;
pub mod slug;
pub mod spoken;
pub mod stem;
mod stop;
pub mod table;
pub mod words;
