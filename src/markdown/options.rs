//! How a text is read and written.

use std::sync::Arc;

use pulldown_cmark::Options as Extensions;

use super::highlight::Highlighter;
use super::hook::Hooks;
use super::tex::Macros;

/// The Markdown that a text is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Dialect {
    /// CommonMark with the extensions of the manual.
    #[default]
    Ibid,
    /// CommonMark 0.31.2 and nothing else: the HTML is that of the specification.
    CommonMark,
}

/// How a text is read and written; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The Markdown that the text is written in.
    pub dialect: Dialect,
    /// What colours the code blocks.
    pub highlighter: Arc<Highlighter>,
    /// Numbers the lines of every code block that does not say `linenos=false`.
    pub line_numbers: bool,
    /// Sets a link to itself beside each heading.
    pub heading_links: bool,
    /// The macros of formulas.
    pub macros: Arc<Macros>,
    /// The elements that components of the site write.
    pub hooks: Hooks,
}

impl Options {
    /// Tells whether the extensions are on.
    pub(super) fn is_extended(&self) -> bool {
        self.dialect == Dialect::Ibid
    }
}

/// The extensions of the dialect `ibid`.
pub(super) fn extensions() -> Extensions {
    Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_SMART_PUNCTUATION
        | Extensions::ENABLE_HEADING_ATTRIBUTES
        | Extensions::ENABLE_MATH
        | Extensions::ENABLE_GFM
        | Extensions::ENABLE_DEFINITION_LIST
}
