//! The Citation Style Language. Sole owner of `hayagriva`.
//!
//! `hayagriva` brings the styles, the locales and `citationberg`, which reads both; this module
//! runs them. A style is compiled once for a language ([`Processor::new`]), each work is
//! printed once for a site ([`Processor::format`]), and what a page adds to that is numbers,
//! the order of its list and what tells its works apart ([`Processor::print`]).

mod asked;
mod bounds;
mod case;
mod cluster;
mod compile;
mod compile_names;
mod date;
mod disambiguate;
mod dress;
mod html;
mod item;
mod label;
mod lead;
mod lints;
mod locale;
mod locator;
mod looks;
mod model;
mod name;
mod number;
mod ordinal;
mod page;
mod printed;
mod processor;
mod raised;
mod render;
mod render_names;
mod render_tests;
mod repeat;
mod run;
mod sort;
mod style;
mod typography;
mod work;

pub use lints::{dirty_punctuation, lost};
pub use printed::{Cite, Cluster, Entry, Marker, Piece, Printed};
pub use processor::Processor;
pub use style::Style;
pub use work::{Cited, Kind, Work};
