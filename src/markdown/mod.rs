//! Markdown to HTML with holes. Sole owner of `pulldown-cmark`, `syntect` and `two-face`.
//!
//! [`parse`] makes one pass over the events of a text and writes its HTML itself. Where the
//! rest of the site decides (the address behind a link, the size of an image, a word of the
//! interface) it leaves a [`Hole`], and [`Body`] says what belongs into each. Nothing here
//! knows of pages or sites, so that a text can be parsed alone, in parallel, and cached.

mod body;
mod code;
mod colour;
mod credit;
mod draft;
mod fence;
mod footnote;
mod heading;
mod highlight;
mod inline;
mod language;
mod link;
mod lower;
mod mask;
mod options;
mod outline;
mod raw;
mod record;
mod single;
mod spans;
mod srcset;
mod stylesheet;
mod table;
mod tag;

pub use body::{Body, Heading, Hole, HoleKind, Label, Link, LinkKind, Local, Target};
pub use highlight::Highlighter;
pub use link::classify;
pub use lower::parse;
pub use options::{Dialect, Options};
pub use outline::{Node, nest};
pub use single::{DARK_THEME, LIGHT_THEME, fragment};
