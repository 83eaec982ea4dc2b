//! One source file, understood by itself.

mod card;
mod front_matter;
mod parse;
mod permalink;
mod person;
mod split;
mod terms;
mod words;

pub use card::{Card, Kind, WrittenTerms};
pub use front_matter::{FrontMatter, Image, Review, SortBy, schema};
pub use parse::{Page, Text, TitleFrom, Understood, is_page, parse, parse_with, recall};
pub use permalink::{slug_or_kept, split_date};
pub use person::{PersonKeys, PersonLink};
pub use split::body;
pub use split::toml_at;
