//! Markdown to HTML with holes. Sole owner of `math-core`, `pulldown-cmark`, `syntect` and `two-face`.
//!
//! [`parse`] makes one pass over the events of a text and writes its HTML itself, after one that
//! finds the citations and wikilinks, where there may be any. Where the rest of the site decides (the address
//! behind a link, the marker of a citation, a word of the interface) it leaves a [`Hole`], and
//! [`Body`] says what belongs into each. Nothing here knows of pages or sites, so that a text
//! can be parsed alone, in parallel, and cached.

mod absolute;
mod block;
mod body;
mod citing;
mod code;
mod colour;
mod credit;
mod directive;
mod draft;
mod fence;
mod finish;
mod flat;
mod footnote;
mod formulas;
mod heading;
mod highlight;
mod hook;
mod inline;
mod language;
mod linear;
mod link;
mod lower;
mod marker;
mod mask;
mod math;
mod named;
mod options;
mod outline;
mod paint;
mod parse;
mod quote;
mod raw;
mod record;
mod scan;
mod shadow;
mod single;
mod spans;
mod spell;
mod srcset;
mod stylesheet;
mod table;
mod tag;
mod tex;
mod texts;
mod verbatim;
mod wikilink;

pub use absolute::{absolute, absolute_address};
pub use body::{
    Body, Code, Definition, Directive, Form, Given, Heading, Hole, HoleKind, Hooked, Label, Link,
    LinkKind, Local, Named, Parsed, Setting, Target,
};
pub use highlight::Highlighter;
pub use hook::Hooks;
pub use link::classify;
pub use options::{Dialect, Options};
pub use outline::{Node, nest};
pub use paint::Painter;
pub use parse::{parse, parse_with};
pub use single::{DARK_THEME, LIGHT_THEME, fragment};
pub use srcset::addresses;
pub use tag::{Attribute, Tag, Token, Tokens, unescape};
pub use tex::Macros;
pub use texts::{PackedTexts, Sizes, Texts};
pub use verbatim::{Verbatim, verbatim};
