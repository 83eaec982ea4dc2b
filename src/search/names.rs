//! The names of those whom a page names in its sentences.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::page::Page;
use crate::site::{Site, spoken_names};
use crate::text::spoken::say;

/// The names that stand for the keys of a page's narrative citations, in no language: the index
/// of a page is the same whatever words a theme has.
#[derive(Debug)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// The names that a page needs.
    pub(super) fn of(site: &Site, page: &Page) -> Self {
        let words = |key: &str| if key == "and" { "&" } else { "et al." }.to_owned();
        Self(spoken_names(site, page, &words))
    }

    /// A text of the page as it is read.
    pub(super) fn say<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.0.is_empty() || !text.contains('@') {
            true => text.into(),
            false => say(text, &self.0).into(),
        }
    }

    /// All of them, for a hash.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|(key, name)| [key.as_str(), name.as_str()])
    }
}
