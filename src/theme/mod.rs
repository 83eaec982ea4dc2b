//! Templates: finds them through the layers of a site, compiles them and renders pages.
//!
//! Names resolve from the top layer down: `page.html` is the site's own, or the theme's, or
//! the built-in one. A name with a layer's prefix (`scholar/page.html`) is that layer's own,
//! so that a site can extend what it overrides. A component wins by its name: the one of the
//! highest layer is used everywhere.
//!
//! The template engine recurses with its templates. [`load`] refuses templates that nest
//! without end or too deep, and threads that load or render need [`STACK`] bytes of stack.

mod argument;
mod asks;
mod blocks;
mod bound;
mod builtin;
mod data;
mod date;
mod digest;
mod escape;
mod fields;
mod filter;
mod function;
mod ids;
mod layer;
mod list;
mod load;
mod lookup;
mod manifest;
mod menu;
mod names;
mod nesting;
mod once;
mod report;
mod scan;
mod translation;
mod wording;

pub use bound::Bound;
pub use builtin::{SCHOLAR, builtin};
pub use digest::Digests;
pub use fields::{Fields, field};
pub use ids::Ids;
pub use layer::{Layer, Template};
pub use load::{Theme, load};
pub use lookup::{Lookup, term_key};
pub use manifest::{ThemeToml, manifest};
pub use nesting::STACK;
pub use tera::{Context, Map, Value};
pub use translation::{Translation, Translations, script_words, translations};
