//! References and citations as data: what is known of a work, and how a text names it. Knows
//! neither styles nor pages.

mod alike;
mod bibtex;
mod by_name;
mod calendar;
mod citation;
mod csl_json;
mod date;
pub mod export;
mod identifier;
mod load;
mod locator;
mod markup;
mod name;
mod ordinal;
mod place;
mod reference;
mod references;
mod retraction;
mod rich;
mod standing;
mod syntax;

pub use alike::{are_titles_alike, is_same_work, likeness, normal_title};
pub use by_name::ByName;
pub use citation::{Around, Citation, CiteItem, CiteKey, Form, Locator};
pub use date::{PartialDate, When};
pub use identifier::{
    DoiFault, IdKind, Ids, NumberFault, doi_fault, doi_in_url, isbn_fault, isbn13, issn_fault,
    orcid_fault, parse_issn, parse_orcid,
};
pub use load::{decode, encoding, is_bibliography, load};
pub use name::{Name, Names};
pub use reference::{Field, Reference, Status};
pub use references::{References, WorkId};
pub use rich::{Piece, Rich, Shape};
pub use syntax::{Group, Member, Slip, group, key, may_begin, tail};
