//! `site.toml` as it is meant: everything configurable, resolved once and never changed.

mod levels;
mod raw;
mod resolve;

pub use levels::Levels;
pub use raw::{RawConfig, Urls};
pub use resolve::{Config, Highlight, Overrides, Taxonomy, parse, schema};
