//! What is known of a page before its citations are printed.

use super::disambiguate::Distinction;
use super::item::Item;
use super::model::Program;
use super::work::{Cited, Kind};

/// A page and what is known of its works.
pub(super) struct Page<'a> {
    pub(super) program: &'a Program,
    pub(super) kind: Kind,
    pub(super) works: &'a [Cited<'a>],
    pub(super) items: &'a [Item<'a>],
    pub(super) numbers: &'a [usize],
    pub(super) labels: &'a [String],
    pub(super) distinctions: &'a [Distinction],
}
