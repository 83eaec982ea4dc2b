//! Brings what people have: content of other programs becomes a site of ibid, and whatever could
//! not come along is told as data.
//!
//! [`import`] takes the files of a folder as they were read and gives the files of a site. Each
//! dialect (one file or folder each) understands its own front matter, its own calls and its own
//! addresses, and leaves *drafts*; [`connect`] then hangs these together as a build would,
//! compares where each link led with where it leads now, and spells anew what differs. What is
//! still wrong after that is a loss, so that no error of the first build comes as a surprise.
//! Nothing here reads the disk or writes it.

mod addresses;
mod attributes;
mod brief;
mod call;
mod callout;
mod cascade;
mod connect;
mod convert;
mod cross_reference;
mod directive;
mod div;
mod draft;
mod edits;
mod fence;
mod fields;
mod head;
mod hugo;
mod hugo_address;
mod image;
mod index;
mod inherit;
mod jekyll;
mod jekyll_address;
mod library;
mod lines;
mod liquid;
mod loss;
mod matter;
mod metadata;
mod obsidian;
mod origin;
mod people;
mod plain;
mod quarto;
mod rewrite;
mod section;
mod shortcode;
mod site_toml;
mod spot;
mod value;
mod when;
mod yaml;
mod zola;

pub use convert::{Imported, Target, TargetContent, import};
pub use loss::{Loss, LossKind};
pub use origin::{Dialect, Origin, Text, wants_text};
