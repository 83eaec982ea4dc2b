//! What a template sees: the contract with theme authors.
//!
//! Every view is a value of the template engine, made once and shared: lists of cards hold
//! references to the same cards, so that a page that shows a hundred others copies none.

mod anchors;
mod backlinks;
mod body;
mod card;
mod citation;
mod directive;
mod exports;
mod extra;
mod face;
mod feeds;
mod fill;
mod hook;
mod image;
mod jsonld;
mod listing;
mod page;
mod pager;
mod people;
mod person;
mod references;
mod site;
mod sources;
mod suggestions;
mod summary;
mod taxonomies;
mod terms;
mod twin;
mod twin_directive;
mod watch;
mod works;

pub use body::{href, redirect};
pub use card::COUNT;
pub use directive::Call;
pub use face::face;
pub use fill::fill;
pub use listing::section;
pub use page::page;
pub use pager::{Pager, pagers};
pub use references::references;
pub use site::SiteView;
pub use sources::{Shown, show};
pub use summary::summary;
pub use taxonomies::{taxonomy, term};
pub use twin::{is_public, twin};
pub use works::Works;
