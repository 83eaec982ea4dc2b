//! Destinations and snippets of Markdown that stand outside the body of a page.

use std::ops::Range;

use super::body::{Link, LinkKind};
use super::link::classify;
use super::lower::parse;
use super::options::Options;
use crate::path::SourcePath;

/// The colour theme of code blocks on light pages, where the author names none.
pub const LIGHT_THEME: &str = "OneHalfLight";
/// The colour theme of code blocks on dark pages, where the author names none.
pub const DARK_THEME: &str = "OneHalfDark";

impl Link {
    /// A destination in front matter that is to be an image.
    pub fn image(destination: &str, span: Range<usize>) -> Self {
        Self::bare(LinkKind::Image, destination, span)
    }

    /// A destination in front matter that is to be a page or a file.
    pub fn plain(destination: &str, span: Range<usize>) -> Self {
        Self::bare(LinkKind::Link, destination, span)
    }

    fn bare(kind: LinkKind, destination: &str, span: Range<usize>) -> Self {
        Self {
            kind,
            target: classify(destination),
            written: destination.to_owned(),
            text: String::new(),
            lacks_alt: false,
            span,
        }
    }
}

/// Turns a snippet into HTML for a template; its links stay as they are written, its other
/// holes empty. `inline` takes off the paragraph around a single one.
pub fn fragment(text: &str, inline: bool, options: &Options) -> String {
    let html = parse(text, 0, &SourcePath::new("template"), options).value.html;
    let inner = html.trim_end().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    match inner.filter(|inner| inline && !inner.contains("<p>")) {
        Some(inner) => inner.to_owned(),
        None => html,
    }
}
