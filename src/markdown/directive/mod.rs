//! Directives: calls of a theme's components in a text, as blocks, as lines and within a line.
//!
//! `pulldown-cmark` knows none. The line of a block is masked, byte for byte, before a text is
//! parsed: as a thematic break, or as a heading where a label stands in it, since both end a
//! paragraph, begin nothing that goes on, and stand in the list item or the quote that the line
//! stands in. So containers and what is in them are read by one parser in one pass, and every
//! place is that of the source. Which lines are really lines of directives the parser tells: one
//! that comes back as neither stands in code, or in HTML, and is not masked.

pub(super) mod call;
mod directives;
pub(super) mod fault;
mod known;
mod lines;
mod read;

pub(super) use directives::{Directives, report};
pub(super) use lines::Lines;
