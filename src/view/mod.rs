//! What a template sees: the contract with theme authors.
//!
//! Every view is a value of the template engine, made once and shared: lists of cards hold
//! references to the same cards, so that a page that shows a hundred others copies none.

mod body;
mod card;
mod extra;
mod listing;
mod page;
mod site;

pub use body::{fill, redirect};
pub use listing::{Pager, pagers, section};
pub use page::page;
pub use site::SiteView;
