//! All that one page may see of another.

use toml::Spanned;

use super::front_matter::Image;
use crate::date::Date;
use crate::path::Permalink;

/// The kinds of pages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A page of text.
    Page,
    /// A section: a folder with its `_index.md`.
    Section,
}

impl Kind {
    /// The word that templates see.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Section => "section",
        }
    }
}

/// A page in short: what lists, links and neighbours show of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Card {
    /// What kind of page it is.
    pub kind: Kind,
    /// Its path under `content/`: `guide/install.md`.
    pub relative_path: String,
    /// Its title; never empty.
    pub title: String,
    /// Where it is served.
    pub permalink: Permalink,
    /// The last part of its permalink.
    pub slug: String,
    /// One or two sentences on it.
    pub description: Option<String>,
    /// The day it was first published.
    pub date: Option<Date>,
    /// The day its content last changed.
    pub updated: Option<Date>,
    /// Its place among siblings sorted by weight.
    pub weight: Option<i64>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Its content type.
    pub content_type: Option<String>,
    /// Its language, where it is not the site's.
    pub language: Option<String>,
    /// Who wrote it.
    pub authors: Box<[Spanned<String>]>,
    /// Its lead image.
    pub image: Option<Box<Image>>,
    /// Its terms, by taxonomy, in the order of their names.
    pub taxonomies: Box<[WrittenTerms]>,
    /// Its length in words.
    pub word_count: usize,
    /// Free values for templates.
    pub extra: Option<Box<toml::Table>>,
}

/// The terms that a page writes of one taxonomy, each with its place in the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenTerms {
    /// The name of the taxonomy, declared or not.
    pub taxonomy: Spanned<String>,
    /// Its terms, each once, with single spaces between their words; there may be none.
    pub terms: Box<[Spanned<String>]>,
}

impl Card {
    /// The terms of a taxonomy.
    pub fn terms(&self, taxonomy: &str) -> &[Spanned<String>] {
        let found = self.taxonomies.iter().find(|of| of.taxonomy.get_ref() == taxonomy);
        found.map_or(&[], |of| &of.terms)
    }
}
