//! The kinds of findings, all in one table.

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Advice, shown by `ibid check` alone.
    Note,
    /// A likely mistake; the site is built all the same.
    Warning,
    /// A mistake; the last good output stays as it is.
    Error,
}

impl Severity {
    /// Tells whether a finding keeps the output from being written; `strict` counts warnings
    /// as errors.
    pub fn forbids(self, strict: bool) -> bool {
        self >= if strict { Self::Warning } else { Self::Error }
    }

    /// The word that opens a printed finding.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The kind of a finding. Its name is what the author writes under `[checks]`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Code {
    /// The folder has no `site.toml`.
    ConfigMissing,
    /// `site.toml` is not TOML.
    ConfigSyntax,
    /// `site.toml` has a key that ibid does not know.
    ConfigUnknownKey,
    /// A value in `site.toml` is of the wrong type or out of its range.
    ConfigValue,
    /// The site has no `content` folder.
    NoContent,
    /// The theme is neither built in nor in `themes/`.
    ThemeMissing,
    /// `theme.toml` cannot be read.
    ThemeConfig,
    /// A template does not parse.
    TemplateSyntax,
    /// A template stops while a page is rendered.
    TemplateError,
    /// A page asks for a template that no layer has.
    TemplateMissing,
    /// A text file is not UTF-8.
    NotUtf8,
    /// A file name cannot be served.
    OddFileName,
    /// A symbolic link leads back to a folder above it.
    SymlinkLoop,
    /// A symbolic link leads out of the site.
    SymlinkOutside,
    /// A file or folder of the site cannot be read.
    UnreadableFile,
    /// The front matter is not TOML.
    FrontMatterSyntax,
    /// The front matter has no closing `+++`.
    FrontMatterUnclosed,
    /// A value in the front matter is of the wrong type or out of its range.
    FrontMatterValue,
    /// The front matter is YAML.
    YamlFrontMatter,
    /// A `slug`, `path` or alias cannot be served.
    UnsafePath,
    /// Two outputs have the same address.
    DuplicatePermalink,
    /// Two outputs cannot lie beside each other on every file system.
    OutputConflict,
    /// The output folder holds a file of somebody else where ibid would write.
    ForeignFile,
    /// A file that ibid wrote was changed by somebody else and is written anew.
    EditedOutput,
    /// The disk refused to read or write.
    Disk,
    /// The front matter has a key that ibid does not know.
    UnknownKey,
    /// A code block names a language that ibid cannot highlight.
    UnknownLanguage,
    /// A page has a key that only a section can have.
    UnknownSectionKey,
    /// A link leads to no page.
    BrokenLink,
    /// A link leads to no heading of its page.
    BrokenHeading,
    /// A link or an image names a file that is not there.
    MissingAsset,
    /// A link spells out the site's own address.
    AbsoluteOwnLink,
    /// A page has no title.
    MissingTitle,
    /// A page has no description.
    MissingDescription,
    /// A page has more than one heading of the first level.
    DuplicateH1,
    /// A heading is more than one level below the one before it.
    HeadingLevelSkipped,
    /// Two headings of a page ask for the same id.
    DuplicateHeadingId,
    /// An image has no alternative text.
    MissingAltText,
    /// A figure has a credit line with nothing in it.
    FigureCreditEmpty,
    /// A section has no pages and no text.
    EmptySection,
    /// A page is so large that browsers and readers struggle.
    LargePage,
    /// A footnote is defined and never referred to.
    UnusedFootnote,
}

/// What the table says of a code.
struct Entry {
    name: &'static str,
    severity: Severity,
    adjustable: bool,
    summary: &'static str,
}

/// A finding that the author may not silence: without it there is no right output.
const fn fixed(name: &'static str, severity: Severity, summary: &'static str) -> Entry {
    Entry { name, severity, adjustable: false, summary }
}

/// A rule whose level the author sets under `[checks]`.
const fn rule(name: &'static str, severity: Severity, summary: &'static str) -> Entry {
    Entry { name, severity, adjustable: true, summary }
}

impl Code {
    /// Every code, in the order of the table.
    pub const ALL: &[Self] = &[
        Self::ConfigMissing,
        Self::ConfigSyntax,
        Self::ConfigUnknownKey,
        Self::ConfigValue,
        Self::NoContent,
        Self::ThemeMissing,
        Self::ThemeConfig,
        Self::TemplateSyntax,
        Self::TemplateError,
        Self::TemplateMissing,
        Self::NotUtf8,
        Self::OddFileName,
        Self::SymlinkLoop,
        Self::SymlinkOutside,
        Self::UnreadableFile,
        Self::FrontMatterSyntax,
        Self::FrontMatterUnclosed,
        Self::FrontMatterValue,
        Self::YamlFrontMatter,
        Self::UnsafePath,
        Self::DuplicatePermalink,
        Self::OutputConflict,
        Self::ForeignFile,
        Self::EditedOutput,
        Self::Disk,
        Self::UnknownKey,
        Self::UnknownLanguage,
        Self::UnknownSectionKey,
        Self::BrokenLink,
        Self::BrokenHeading,
        Self::MissingAsset,
        Self::AbsoluteOwnLink,
        Self::MissingTitle,
        Self::MissingDescription,
        Self::DuplicateH1,
        Self::HeadingLevelSkipped,
        Self::DuplicateHeadingId,
        Self::MissingAltText,
        Self::FigureCreditEmpty,
        Self::EmptySection,
        Self::LargePage,
        Self::UnusedFootnote,
    ];

    /// The name in printed findings and under `[checks]`.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The severity where the author says nothing else.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// Tells whether the author may set its level under `[checks]`.
    pub fn is_adjustable(self) -> bool {
        self.entry().adjustable
    }

    /// What it finds, in one line.
    pub fn summary(self) -> &'static str {
        self.entry().summary
    }

    /// Finds a code by its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    fn entry(self) -> Entry {
        use Severity::{Error, Note, Warning};
        match self {
            Self::ConfigMissing => fixed("config-missing", Error, "the folder has no `site.toml`"),
            Self::ConfigSyntax => fixed("config-syntax", Error, "`site.toml` is not TOML"),
            Self::ConfigUnknownKey => {
                fixed("config-unknown-key", Error, "`site.toml` has a key that ibid does not know")
            }
            Self::ConfigValue => fixed(
                "config-value",
                Error,
                "a value in `site.toml` is of the wrong type or out of its range",
            ),
            Self::NoContent => fixed("no-content", Error, "the site has no `content` folder"),
            Self::ThemeMissing => {
                fixed("theme-missing", Error, "the theme is neither built in nor in `themes/`")
            }
            Self::ThemeConfig => fixed("theme-config", Error, "`theme.toml` cannot be read"),
            Self::TemplateSyntax => fixed("template-syntax", Error, "a template does not parse"),
            Self::TemplateError => {
                fixed("template-error", Error, "a template stops while a page is rendered")
            }
            Self::TemplateMissing => {
                rule("template-missing", Error, "a page asks for a template that no layer has")
            }
            Self::NotUtf8 => fixed("not-utf8", Error, "a text file is not UTF-8"),
            Self::OddFileName => fixed("odd-file-name", Error, "a file name cannot be served"),
            Self::SymlinkLoop => {
                fixed("symlink-loop", Error, "a symbolic link leads back to a folder above it")
            }
            Self::SymlinkOutside => {
                fixed("symlink-outside", Error, "a symbolic link leads out of the site")
            }
            Self::UnreadableFile => {
                fixed("unreadable-file", Error, "a file or folder of the site cannot be read")
            }
            Self::FrontMatterSyntax => {
                fixed("front-matter-syntax", Error, "the front matter is not TOML")
            }
            Self::FrontMatterUnclosed => {
                fixed("front-matter-unclosed", Error, "the front matter has no closing `+++`")
            }
            Self::FrontMatterValue => fixed(
                "front-matter-value",
                Error,
                "a value in the front matter is of the wrong type or out of its range",
            ),
            Self::YamlFrontMatter => fixed("yaml-front-matter", Error, "the front matter is YAML"),
            Self::UnsafePath => {
                fixed("unsafe-path", Error, "a `slug`, `path` or alias cannot be served")
            }
            Self::DuplicatePermalink => {
                fixed("duplicate-permalink", Error, "two outputs have the same address")
            }
            Self::OutputConflict => fixed(
                "output-conflict",
                Error,
                "two outputs cannot lie beside each other on every file system",
            ),
            Self::ForeignFile => fixed(
                "foreign-file",
                Error,
                "the output folder holds a file of somebody else where ibid would write",
            ),
            Self::EditedOutput => fixed(
                "edited-output",
                Note,
                "a file that ibid wrote was changed by somebody else and is written anew",
            ),
            Self::Disk => fixed("disk", Error, "the disk refused to read or write"),
            Self::UnknownKey => {
                rule("unknown-key", Warning, "the front matter has a key that ibid does not know")
            }
            Self::UnknownLanguage => rule(
                "unknown-language",
                Warning,
                "a code block names a language that ibid cannot highlight",
            ),
            Self::UnknownSectionKey => rule(
                "unknown-section-key",
                Warning,
                "a page has a key that only a section can have",
            ),
            Self::BrokenLink => rule("broken-link", Error, "a link leads to no page"),
            Self::BrokenHeading => {
                rule("broken-heading", Error, "a link leads to no heading of its page")
            }
            Self::MissingAsset => {
                rule("missing-asset", Error, "a link or an image names a file that is not there")
            }
            Self::AbsoluteOwnLink => {
                rule("absolute-own-link", Warning, "a link spells out the site's own address")
            }
            Self::MissingTitle => rule("missing-title", Warning, "a page has no title"),
            Self::MissingDescription => {
                rule("missing-description", Note, "a page has no description")
            }
            Self::DuplicateH1 => {
                rule("duplicate-h1", Warning, "a page has more than one heading of the first level")
            }
            Self::HeadingLevelSkipped => rule(
                "heading-level-skipped",
                Warning,
                "a heading is more than one level below the one before it",
            ),
            Self::DuplicateHeadingId => {
                rule("duplicate-heading-id", Warning, "two headings of a page ask for the same id")
            }
            Self::MissingAltText => {
                rule("missing-alt-text", Warning, "an image has no alternative text")
            }
            Self::FigureCreditEmpty => rule(
                "figure-credit-empty",
                Warning,
                "a figure has a credit line with nothing in it",
            ),
            Self::EmptySection => {
                rule("empty-section", Warning, "a section has no pages and no text")
            }
            Self::LargePage => {
                rule("large-page", Note, "a page is so large that browsers and readers struggle")
            }
            Self::UnusedFootnote => {
                rule("unused-footnote", Warning, "a footnote is defined and never referred to")
            }
        }
    }
}
