//! What could not come along, as data.

use serde::Serialize;

/// One thing that could not come along as it was.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Debug)]
pub struct Loss {
    /// The file that it stands in, relative to the folder that is imported.
    pub file: String,
    /// The line, from 1; of the whole file, 1.
    pub line: usize,
    /// The column in letters, from 1.
    pub column: usize,
    /// What kind of loss it is.
    pub kind: LossKind,
    /// What is lost.
    pub what: String,
    /// What was done instead.
    pub instead: String,
}

/// The kinds of losses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum LossKind {
    /// A file that cannot be read, or must not be.
    File,
    /// Bytes that are no UTF-8.
    Encoding,
    /// Front matter, or a configuration, that cannot be read.
    FrontMatter,
    /// A value of front matter or of the configuration that ibid cannot take.
    Value,
    /// A key that ibid has nothing for.
    Key,
    /// A setting of the old program that ibid has nothing for.
    Setting,
    /// Templates, themes, data: what the old program made pages with.
    Theme,
    /// A page in a language that ibid does not read.
    Format,
    /// A call of a shortcode, a tag or a variable without an equivalent.
    Call,
    /// A block or a span of the old dialect without an equivalent.
    Markup,
    /// Classes, sizes and other attributes.
    Attribute,
    /// A callout whose title or fold mark has no place.
    Callout,
    /// A note that stands within another.
    Embed,
    /// Text that the old program did not show.
    Comment,
    /// Code that the old program ran.
    Code,
    /// An old address that something else takes.
    Address,
    /// A link that leads nowhere, now as before.
    Link,
    /// A reference without its work, or a work with a fault.
    Reference,
    /// Another finding of the first build that would stop it.
    Build,
    /// A file of the target that was changed since the last import.
    Kept,
}

impl LossKind {
    /// All of them, in the order of the report.
    pub const ALL: &[Self] = &[
        Self::File,
        Self::Encoding,
        Self::FrontMatter,
        Self::Value,
        Self::Key,
        Self::Setting,
        Self::Theme,
        Self::Format,
        Self::Call,
        Self::Markup,
        Self::Attribute,
        Self::Callout,
        Self::Embed,
        Self::Comment,
        Self::Code,
        Self::Address,
        Self::Link,
        Self::Reference,
        Self::Build,
        Self::Kept,
    ];

    /// The name in reports.
    pub fn name(self) -> &'static str {
        self.entry().0
    }

    /// What it means, in one line.
    pub fn summary(self) -> &'static str {
        self.entry().1
    }

    fn entry(self) -> (&'static str, &'static str) {
        match self {
            Self::File => ("file", "files left out: unreadable, odd names, links that lead out"),
            Self::Encoding => ("encoding", "texts that are not UTF-8, read as well as can be"),
            Self::FrontMatter => ("front-matter", "front matter or settings that cannot be read"),
            Self::Value => ("value", "values that ibid cannot take"),
            Self::Key => ("key", "keys without an equivalent, kept under `[extra]`"),
            Self::Setting => ("setting", "settings of the site without an equivalent"),
            Self::Theme => ("theme", "templates, themes and data"),
            Self::Format => ("format", "pages that are not Markdown"),
            Self::Call => ("call", "shortcodes, tags and variables, kept as literal text"),
            Self::Markup => ("markup", "markup of the old dialect without an equivalent"),
            Self::Attribute => ("attribute", "classes, sizes and other attributes"),
            Self::Callout => ("callout", "titles and fold marks of callouts"),
            Self::Embed => ("embed", "notes shown within others, now links"),
            Self::Comment => ("comment", "comments that readers did not see, left out"),
            Self::Code => ("code", "code that was run, now shown only"),
            Self::Address => ("address", "old addresses that something else takes"),
            Self::Link => ("link", "links that lead nowhere"),
            Self::Reference => ("reference", "citations and works with a fault"),
            Self::Build => ("build", "other findings of the first build"),
            Self::Kept => ("kept", "files changed since the last import, left as they are"),
        }
    }
}

impl Serialize for LossKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
