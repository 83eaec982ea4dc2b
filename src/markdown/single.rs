//! Destinations and snippets of Markdown that stand outside the body of a page.

use std::ops::Range;

use super::body::{HoleKind, Link, LinkKind, Parsed, Target};
use super::hook::Hooks;
use super::link::classify;
use super::options::Options;
use super::parse::parse;
use super::wikilink;
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

    /// A page as front matter may name it: as a link would, or by a name, with or without the
    /// brackets of a wikilink.
    pub fn named(written: &str, span: Range<usize>) -> Self {
        let bare = written.trim();
        let inner = bare.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
        let name = inner.map_or(bare, |inner| inner.split('|').next().unwrap_or(inner)).trim();
        let is_path = ["@/", "/", "./", "../"].iter().any(|start| bare.starts_with(start));
        match wikilink::parse(name) {
            Some(named) if !is_path && classify(bare) != Target::External => Self {
                target: Target::Name(named),
                ..Self::bare(LinkKind::Wikilink, written, span)
            },
            _ => Self::plain(bare, span),
        }
    }

    fn bare(kind: LinkKind, destination: &str, span: Range<usize>) -> Self {
        Self {
            kind,
            target: classify(destination),
            written: destination.into(),
            text: Box::default(),
            lacks_alt: false,
            span,
            context: None,
        }
    }
}

/// Turns a snippet into HTML for a template; its links stay as they are written, its other
/// holes empty. A wikilink is its text, since nobody looks the name up. `inline` takes off the
/// paragraph around a single one.
pub fn fragment(text: &str, inline: bool, options: &Options) -> String {
    // Components write what stands in pages.
    let options = Options { hooks: Hooks::default(), ..options.clone() };
    let Parsed { texts, body } = parse(text, 0, &SourcePath::new("template"), &options).value;
    let mut html = texts.html;
    for hole in body.holes.iter().rev() {
        if matches!(hole.kind, HoleKind::NameStart(_) | HoleKind::NameEnd(_)) {
            html.replace_range(hole.range(), "");
        }
    }
    let inner = html.trim_end().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    match inner.filter(|inner| inline && !inner.contains("<p>")) {
        Some(inner) => inner.to_owned(),
        None => html,
    }
}
