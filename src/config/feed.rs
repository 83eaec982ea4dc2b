//! `[feed]` as it is meant.

use std::ops::Range;

use toml::Spanned;

use super::raw::{FeedOrder, RawFeed};
use crate::diag::Span;
use crate::path::SourcePath;

/// How many pages a feed holds where the site does not say.
const USUAL_LIMIT: usize = 20;

/// What the feeds of a site are like.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Feed {
    /// Where the site asks for a feed of all its pages; none where it does not.
    pub span: Option<Span>,
    /// The most pages that a feed holds.
    pub limit: usize,
    /// Whether a feed holds the whole text of a page, or its summary.
    pub full_content: bool,
    /// Which pages come first.
    pub sort_by: FeedOrder,
}

impl Feed {
    /// Resolves the table of a file; gives the place of a `limit` that is 0.
    pub(super) fn resolve(
        raw: Option<Spanned<RawFeed>>,
        file: &SourcePath,
    ) -> (Self, Option<Range<usize>>) {
        let span = raw.as_ref().map(|raw| Span::new(file.clone(), raw.span()));
        let raw = raw.map_or_else(RawFeed::default, Spanned::into_inner);
        let empty = raw.limit.as_ref().filter(|limit| *limit.get_ref() == 0).map(Spanned::span);
        let feed = Self {
            span,
            limit: raw.limit.map_or(USUAL_LIMIT, Spanned::into_inner),
            full_content: raw.full_content,
            sort_by: raw.sort_by,
        };
        (feed, empty)
    }
}
