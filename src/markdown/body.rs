//! A page's text as finished HTML, broken only where the rest of the site decides.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::texts::Texts;
use crate::cite::Citation;
use crate::path;
use crate::text::sentence::Passage;

/// What one Markdown text becomes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Parsed {
    /// What its readers read.
    pub texts: Texts,
    /// All that others want to know of it.
    pub body: Body,
}

/// The holes in the HTML of a text, and all that others want to know of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Body {
    /// Where the site decides, in the order of their places.
    pub holes: Vec<Hole>,
    /// The headings in the order of the source, those of raw HTML too.
    pub headings: Vec<Heading>,
    /// Ids that a fragment can name besides the headings': of raw HTML, of marked blocks (`^id`)
    /// and of footnotes, in
    /// the order of the output.
    pub anchors: Vec<String>,
    /// Links, images and the destinations in raw HTML, in the order of the source.
    /// Images within the alternative text of another are not shown and not among them.
    pub links: Vec<Link>,
    /// The link reference definitions in the order of the source.
    pub definitions: Vec<Definition>,
    /// The directives in the order of the source, those within a line too.
    pub directives: Vec<Directive>,
    /// The elements that components of the site write, in the order of the source.
    pub hooked: Vec<Hooked>,
    /// The citations in the order of the source, those in footnotes too.
    pub citations: Vec<Citation>,
    /// The places of `{cn}`, where a citation is needed.
    pub citations_needed: Vec<Range<usize>>,
    /// The places of credit lines with nothing in them: `Photo Source:` under a figure.
    pub empty_credits: Vec<Range<usize>>,
}

impl Body {
    /// How many headings stand before a link in the source; the last of them is the one it
    /// stands under.
    pub fn headings_above(&self, link: &Link) -> usize {
        self.headings.partition_point(|heading| heading.span.start <= link.span.start)
    }
}

/// A gap in the HTML of a body. A page has dozens, so that its numbers are small.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Hole {
    at: u32,
    len: u32,
    /// What goes into it.
    pub kind: HoleKind,
}

impl Hole {
    /// A hole over some bytes of the HTML; none behind the first 4 GiB.
    pub(super) fn new(range: &Range<usize>, kind: HoleKind) -> Option<Self> {
        let at = u32::try_from(range.start).ok()?;
        Some(Self { at, len: u32::try_from(range.len()).ok()?, kind })
    }

    /// The bytes of [`Texts::html`] that are the text as written: what fills the hole replaces
    /// them, and where nothing does they stay. Only destinations and citations have any.
    pub fn range(&self) -> Range<usize> {
        let at = self.at as usize;
        at..at + self.len as usize
    }
}

/// What fills a hole.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum HoleKind {
    /// The resolved destination of `links[n]`, escaped for an attribute in quotes of either
    /// kind. What stands there is the destination of Markdown so escaped, or the very bytes of
    /// raw HTML.
    Href(u32),
    /// The ` width="…" height="…"` of the image `links[n]`, with a space before it; nothing
    /// where the size is not known.
    ImageSize(u32),
    /// The ` loading="…"` of the image `links[n]`. What stands there is the one of an image that
    /// is loaded when it comes into sight.
    ImageLoading(u32),
    /// The image `links[n]` begins: the sizes in which it is offered.
    PictureStart(u32),
    /// The image `links[n]` ends.
    PictureEnd(u32),
    /// A word in the page's language, escaped for HTML.
    Label(Label),
    /// The tag that opens the wikilink `links[n]`. What stands there is the tag of a link to the
    /// name as it is written.
    NameStart(u32),
    /// The tag that closes the wikilink `links[n]`.
    NameEnd(u32),
    /// The marker of `citations[n]`. What stands there is the citation as it is written,
    /// escaped for HTML, and the white space before it.
    Citation(u32),
    /// `directives[n]` begins; from here on its label is written, if it has one.
    DirectiveStart(u32),
    /// The label of `directives[n]` ends, and what it holds begins.
    DirectiveBody(u32),
    /// `directives[n]` ends.
    DirectiveEnd(u32),
    /// What stands in `hooked[n]` begins.
    HookStart(u32),
    /// What stands in `hooked[n]` ends.
    HookEnd(u32),
}

/// The words that a body needs from the theme's translations.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
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
    /// What a table that can be scrolled is called to a screen reader.
    Table,
    /// What stands where a citation is needed.
    CitationNeeded,
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
            Self::Table => "table",
            Self::CitationNeeded => "citation-needed",
        }
    }
}

/// A heading of a body.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Heading {
    /// From 1 to 6.
    pub level: u8,
    /// Its id, unique in the page; none in the CommonMark dialect, and for a heading of raw
    /// HTML that has none.
    pub id: Option<Box<str>>,
    /// Its text without markup.
    pub text: Box<str>,
    /// Its bytes in the source.
    pub span: Range<usize>,
}

/// A link reference definition: `[name]: destination`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Definition {
    /// The destination, entities and escapes resolved.
    pub destination: String,
    /// The bytes of the destination in the source.
    pub span: Range<usize>,
    /// The bytes of all of it where its name is that of a citation, which it makes a link.
    pub cites: Option<Range<usize>>,
}

/// A link, an image, or a destination in raw HTML.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Link {
    /// What it is.
    pub kind: LinkKind,
    /// Where it leads, as far as its spelling tells.
    pub target: Target,
    /// The destination as it stands in the text, entities and escapes resolved.
    pub written: Box<str>,
    /// The display text or the alternative text, without markup.
    pub text: Box<str>,
    /// Whether it is an image that says nothing to those who cannot see it: `![](x)`, or an
    /// `<img>` with neither `alt` (an empty one marks an ornament on purpose), `aria-label`
    /// nor a role that hides it.
    pub lacks_alt: bool,
    /// The bytes of the destination in the source; of the whole link where they cannot be
    /// told (a reference link).
    pub span: Range<usize>,
    /// Its text in the sentence that has it; none where it has no text, or leads to no page.
    pub context: Option<Passage>,
}

/// A call of a component of the theme.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Directive {
    /// The name of the component.
    pub name: String,
    /// How it stands in the text.
    pub form: Form,
    /// Its id: its author's, or where it needs one, one made of its label.
    pub id: Option<String>,
    /// Its classes.
    pub classes: Vec<String>,
    /// Its other attributes, in the order of the source.
    pub settings: Vec<Setting>,
    /// The text of its label, without markup.
    pub label: Option<String>,
    /// The number of the directive that it stands in.
    pub parent: Option<usize>,
    /// Where what it holds stands in [`Texts::prose`].
    pub prose: Range<usize>,
    /// The bytes of the name in the source.
    pub name_span: Range<usize>,
    /// The bytes of the label in the source, if it has one.
    pub label_span: Option<Range<usize>>,
    /// The bytes of the call in the source: its line, or within a line all up to the label.
    pub span: Range<usize>,
    /// The bytes of what ends it: a line of colons, or within a line the bracket and what
    /// stands behind it.
    pub end: Option<Range<usize>>,
}

/// How a directive stands in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Form {
    /// `:::name`, with blocks in it.
    Block,
    /// `::name`, on a line of its own.
    Leaf,
    /// `:name[words]`, within a line.
    Inline,
}

/// An attribute of a directive.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value.
    pub given: Given,
}

/// The value of an attribute.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Given {
    /// Text, character references resolved.
    Text(String),
    /// A whole number.
    Number(u32),
    /// It is there, or its author says that it is not.
    Flag(bool),
    /// A length of time in seconds.
    Duration(u32),
    /// What `links[n]` leads to.
    Link(usize),
    /// The pages that these links lead to.
    Pages(Vec<usize>),
}

impl Directive {
    /// The value of an attribute.
    pub fn given(&self, name: &str) -> Option<&Given> {
        self.settings.iter().find(|setting| setting.name == name).map(|setting| &setting.given)
    }

    /// The value of an attribute that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.given(name)? {
            Given::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Tells whether an attribute without a value is there.
    pub fn is_set(&self, name: &str) -> bool {
        self.given(name) == Some(&Given::Flag(true))
    }

    /// The number of the link that an attribute is.
    pub fn link(&self, name: &str) -> Option<usize> {
        match self.given(name)? {
            Given::Link(link) => Some(*link),
            _ => None,
        }
    }

    /// Counts its links from the number `first` on.
    pub(super) fn move_links(&mut self, first: usize) {
        for setting in &mut self.settings {
            match &mut setting.given {
                Given::Link(link) => *link += first,
                Given::Pages(links) => links.iter_mut().for_each(|link| *link += first),
                _ => {}
            }
        }
    }
}

/// An element that a component writes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Hooked {
    /// The link `links[n]`, and its title.
    Link(usize, String),
    /// The image `links[n]`, and its title.
    Image(usize, String),
    /// The heading `headings[n]`, and its classes.
    Heading(usize, Vec<String>),
    /// A code block.
    Code(Code),
    /// A quote; an alert with the word for its kind.
    Quote(Option<Label>),
}

/// A code block that a component writes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Code {
    /// The language, as written; empty where none is named.
    pub language: String,
    /// The name of the file.
    pub name: Option<String>,
    /// The code.
    pub text: String,
    /// Whether its lines are numbered.
    pub numbered: bool,
}

impl Hooked {
    /// The name of the component.
    pub fn component(&self) -> &'static str {
        match self {
            Self::Link(..) => "hook.link",
            Self::Image(..) => "hook.image",
            Self::Heading(..) => "hook.heading",
            Self::Code(_) => "hook.code",
            Self::Quote(_) => "hook.quote",
        }
    }
}

/// The ways a text can name a destination.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum LinkKind {
    /// `[text](destination)`, a reference link, an autolink.
    Link,
    /// `![alt](destination)`.
    Image,
    /// An `href` in raw HTML.
    RawHref,
    /// `[[name]]`.
    Wikilink,
    /// `![[name]]`, where the name is neither that of a picture nor of a recording.
    Embed,
    /// A `src`, `srcset`, `poster`, `data` or the like in raw HTML, and the `href` of an image
    /// in a drawing.
    RawSrc,
}

impl LinkKind {
    /// Tells whether a reader can follow it to a page.
    pub fn leads(self) -> bool {
        match self {
            Self::Link | Self::RawHref | Self::Wikilink | Self::Embed => true,
            Self::Image | Self::RawSrc => false,
        }
    }
}

/// Where a destination leads, as far as its spelling tells.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
    /// `[[Install]]`: whatever is called so.
    Name(Named),
}

/// What a wikilink names: `guide/install#Linux`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Named {
    /// A path, a title, an alias or the name of a file; empty for the page itself.
    pub name: Box<str>,
    /// The headings, one within the other; the last may be the mark of a block: `^id`.
    pub headings: Vec<String>,
    /// Whether its author says that the page is still to be written: `[[?name]]`.
    pub wanted: bool,
    /// The width and the height in pixels that its author gives to a picture.
    pub size: Option<(u32, Option<u32>)>,
}

impl Local {
    /// The query as written, and the fragment encoded, as they follow an address.
    pub fn suffix(&self) -> String {
        let fragment = self.fragment.as_deref();
        let fragment = fragment.map_or_else(String::new, |id| format!("#{}", path::encode(id)));
        format!("{}{fragment}", self.query)
    }
}

/// A path within the site, decoded, with what follows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Local {
    /// The path, percent-decoded; without the `@/` or the first `/`.
    pub path: Box<str>,
    /// The query with its `?`, as written; empty where there is none.
    pub query: Box<str>,
    /// The fragment, percent-decoded, without its `#`.
    pub fragment: Option<Box<str>>,
}
