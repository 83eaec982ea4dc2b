//! A page's text as finished HTML, broken only where the rest of the site decides.

use std::ops::Range;

/// What one Markdown text becomes: HTML with holes, and all that others want to know of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Body {
    /// The finished HTML between the holes.
    pub html: String,
    /// Where the site decides, in the order of their places.
    pub holes: Vec<Hole>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Ids that a fragment can name besides the headings': of raw HTML and of footnotes.
    pub anchors: Vec<String>,
    /// Links, images and the `href`s and `src`s of raw HTML, in order.
    pub links: Vec<Link>,
    /// The text without its markup and code blocks, a newline after each block.
    pub prose: String,
}

/// A gap in the HTML of a body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hole {
    /// The byte of [`Body::html`] before which the hole is filled.
    pub at: usize,
    /// What goes into it.
    pub kind: HoleKind,
}

/// What fills a hole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HoleKind {
    /// The resolved destination of `links[n]`, escaped for a double-quoted attribute.
    Href(usize),
    /// The ` width="…" height="…"` of the image `links[n]`, with a space before it; nothing
    /// where the size is not known.
    ImageSize(usize),
    /// A word in the page's language, escaped for HTML.
    Label(Label),
}

/// The words that a body needs from the theme's translations.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Label {
    /// The title of a `[!NOTE]`.
    Note,
    /// The title of a `[!TIP]`.
    Tip,
    /// The title of an `[!IMPORTANT]`.
    Important,
    /// The title of a `[!WARNING]`.
    Warning,
    /// The title of a `[!CAUTION]`.
    Caution,
    /// The heading over the footnotes.
    Footnotes,
    /// What the arrow back from a footnote says to a screen reader.
    BackToText,
    /// What the sign beside a heading says to a screen reader.
    LinkToHeading,
}

impl Label {
    /// The key of the word in the theme's `i18n` files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
            Self::Footnotes => "footnotes",
            Self::BackToText => "back-to-text",
            Self::LinkToHeading => "link-to-heading",
        }
    }
}

/// A heading of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// Its id, unique in the page; none in the CommonMark dialect.
    pub id: Option<String>,
    /// Its text without markup.
    pub text: String,
    /// Its bytes in the source.
    pub span: Range<usize>,
}

/// A link, an image, or a destination in raw HTML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// What it is.
    pub kind: LinkKind,
    /// Where it leads, as far as its spelling tells.
    pub target: Target,
    /// The destination as it stands in the text, entities and escapes resolved.
    pub written: String,
    /// The display text or the alternative text, without markup.
    pub text: String,
    /// The bytes of the destination in the source; of the whole link where they cannot be
    /// told (a reference link).
    pub span: Range<usize>,
}

/// The ways a text can name a destination.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkKind {
    /// `[text](destination)`, a reference link, an autolink.
    Link,
    /// `![alt](destination)`.
    Image,
    /// An `href` in raw HTML.
    RawHref,
    /// A `src`, `poster` or the like in raw HTML.
    RawSrc,
}

/// Where a destination leads, as far as its spelling tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// Another host, or a scheme that is none of the site's business: `https:`, `mailto:`.
    External,
    /// `@/guide/install.md#linux`: a page by its path under `content/`.
    Content(Local),
    /// `../install.md`, `figure.png`: relative to the page's file.
    Relative(Local),
    /// `/images/x.png`: from the root of the site.
    Rooted(Local),
    /// `#linux`: in the same page; decoded, empty for `#` alone (the top).
    Fragment(String),
}

/// A path within the site, decoded, with what follows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Local {
    /// The path, percent-decoded; without the `@/` or the first `/`.
    pub path: String,
    /// The query with its `?`, as written; empty where there is none.
    pub query: String,
    /// The fragment, percent-decoded, without its `#`.
    pub fragment: Option<String>,
}
