//! What is said of every kind of finding, all in one table.

use serde::de::{self, Deserialize, Deserializer};
use serde::{Serialize, Serializer};

use super::code::{Code, Severity};

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::named(&name).ok_or_else(|| de::Error::custom(format!("no finding is called {name}")))
    }
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
            Self::CannotMove => {
                fixed("cannot-move", Error, "`ibid mv` cannot move what it was asked to")
            }
            Self::Disk => fixed("disk", Error, "the disk refused to read or write"),
            Self::UnknownKey => {
                rule("unknown-key", Warning, "the front matter has a key that ibid does not know")
            }
            Self::UnknownLanguage => rule(
                "unknown-language",
                Warning,
                "a code block names a language that ibid cannot highlight",
            ),
            Self::FormulaSyntax => rule("formula-syntax", Warning, "a formula cannot be read"),
            Self::UnknownSectionKey => rule(
                "unknown-section-key",
                Warning,
                "a page has a key that only a section can have",
            ),
            Self::BrokenLink => rule("broken-link", Error, "a link leads to no page"),
            Self::BrokenHeading => {
                rule("broken-heading", Error, "a link leads to no heading of its page")
            }
            Self::BrokenWikilink => {
                rule("broken-wikilink", Error, "a wikilink names nothing that is there")
            }
            Self::AmbiguousWikilink => {
                rule("ambiguous-wikilink", Error, "a wikilink names more than one page")
            }
            Self::WantedPage => {
                rule("wanted-page", Note, "a wikilink says that its page is still to be written")
            }
            Self::TornWikilink => {
                rule("torn-wikilink", Warning, "a bar of a table tears a wikilink")
            }
            Self::UnknownDirective => rule(
                "unknown-directive",
                Error,
                "a directive names a component that the theme does not have",
            ),
            Self::UnclosedDirective => {
                rule("unclosed-directive", Error, "a directive has no end, or an end no directive")
            }
            Self::DirectiveSyntax => {
                rule("directive-syntax", Error, "the call of a directive is written wrongly")
            }
            Self::DirectiveAttribute => rule(
                "directive-attribute",
                Error,
                "an attribute of a directive is wrong, unknown or missing",
            ),
            Self::Transclusion => rule(
                "transclusion",
                Warning,
                "an embed names a page, which is linked to and not copied in",
            ),
            Self::MissingAsset => {
                rule("missing-asset", Error, "a link or an image names a file that is not there")
            }
            Self::ImageUndecodable => {
                rule("image-undecodable", Warning, "an image is shown that cannot be read")
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
            Self::ThemeId => rule("theme-id", Warning, "an id of a page is one of the theme's"),
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
            Self::UnknownTaxonomy => rule(
                "unknown-taxonomy",
                Error,
                "a page has terms of a taxonomy that the site does not declare",
            ),
            Self::TermSpelling => {
                rule("term-spelling", Warning, "pages write one term in several ways")
            }
            Self::EmptyFeed => {
                rule("empty-feed", Warning, "a feed has no page to hold, and is not made")
            }
            Self::UndatedPage => {
                rule("undated-page", Note, "pages have no date, and so no place in a feed")
            }
            Self::ExpiredPage => rule("expired-page", Note, "a page has expired and is not built"),
            Self::FuturePage => {
                rule("future-page", Note, "the day of a page is to come, and it is not built yet")
            }
            Self::LargePage => {
                rule("large-page", Note, "a page is so large that browsers and readers struggle")
            }
            Self::OrphanPage => rule("orphan-page", Note, "no text links to a page"),
            Self::DeadEnd => rule("dead-end", Note, "a page leads to no other"),
            Self::UnusedFootnote => {
                rule("unused-footnote", Warning, "a footnote is defined and never referred to")
            }
            Self::BibliographySyntax => {
                rule("bibliography-syntax", Error, "an entry of a bibliography cannot be read")
            }
            Self::BibliographyEncoding => {
                rule("bibliography-encoding", Warning, "a bibliography is not UTF-8")
            }
            Self::BibliographyCrossref => rule(
                "bibliography-crossref",
                Warning,
                "an entry takes over from one that is not there, or from itself",
            ),
            Self::DuplicateKey => rule("duplicate-key", Error, "two references have one key"),
            Self::BadDate => rule("bad-date", Error, "the date of a reference cannot be"),
            Self::CiteSyntax => {
                rule("cite-syntax", Warning, "a citation is written in a way that is none")
            }
            Self::CitationNeeded => {
                rule("citation-needed", Note, "a text says that a citation is needed")
            }
            Self::MissingReference => {
                rule("missing-reference", Error, "a citation names no reference")
            }
            Self::UnusedWork => {
                rule("unused-work", Note, "no page names a work of the bibliography")
            }
            Self::UncitedInSources => rule(
                "uncited-in-sources",
                Warning,
                "a page lists a work that its text does not cite",
            ),
            Self::SourceListedTwice => {
                rule("source-listed-twice", Warning, "a page lists one work twice")
            }
            Self::DuplicateId => {
                rule("duplicate-id", Warning, "two references have the same identifier")
            }
            Self::NearDuplicate => {
                rule("near-duplicate", Warning, "two references look like one work")
            }
            Self::PreprintTwin => {
                rule("preprint-twin", Note, "a page names a preprint that has been published")
            }
            Self::DoiSyntax => rule("doi-syntax", Error, "a DOI does not read as one"),
            Self::DoiPlaceholder => {
                rule("doi-placeholder", Warning, "a DOI is one of those kept for examples")
            }
            Self::DoiContainer => rule(
                "doi-container",
                Warning,
                "a DOI is of another journal or publisher than its reference",
            ),
            Self::DoiRegistrant => {
                rule("doi-registrant", Warning, "a journal's DOIs have another registrant")
            }
            Self::DoiYear => {
                rule("doi-year", Warning, "a DOI tells another year than its reference")
            }
            Self::DoiIssn => rule("doi-issn", Warning, "a DOI holds the ISSN of another journal"),
            Self::DoiVolume => {
                rule("doi-volume", Warning, "a DOI tells another volume or page than its reference")
            }
            Self::DoiUrlDisagree => rule(
                "doi-url-disagree",
                Warning,
                "the address of a reference leads to another work than its identifier",
            ),
            Self::Isbn => rule("isbn", Error, "an ISBN does not add up"),
            Self::Issn => rule("issn", Error, "an ISSN does not add up"),
            Self::Orcid => rule("orcid", Error, "an ORCID iD does not add up"),
            Self::Pmid => rule("pmid", Error, "a PubMed number does not read as one"),
            Self::Pmcid => rule("pmcid", Error, "a PubMed Central number does not read as one"),
            Self::Arxiv => rule("arxiv", Error, "an arXiv number does not read as one"),
            Self::MissingField => rule(
                "missing-field",
                Warning,
                "a reference lacks what readers need to find the work",
            ),
            Self::StaleAccess => {
                rule("stale-access", Note, "an undated page of the web was looked at long ago")
            }
            Self::UrlWithoutAccess => {
                rule("url-without-access", Note, "an undated page of the web has no day of access")
            }
            Self::Retracted => {
                rule("retracted", Error, "a page names a work that has been retracted")
            }
            Self::Superseded => {
                rule("superseded", Warning, "a page names a work of which there is a later version")
            }
            Self::LostAuthor => {
                rule("lost-author", Warning, "a printed reference lacks its first author")
            }
            Self::DirtyPunctuation => {
                rule("dirty-punctuation", Warning, "a printed reference has stray punctuation")
            }
            Self::AuthorNamedTwice => {
                rule("author-named-twice", Warning, "a page names one author twice")
            }
            Self::UpdatedBeforeDate => {
                rule("updated-before-date", Warning, "a page was updated before its date")
            }
            Self::UnknownPerson => rule(
                "unknown-person",
                Warning,
                "an author is nobody with a page, and no name in full",
            ),
            Self::ReviewWithoutPerson => {
                rule("review-without-person", Error, "a review is by nobody who has a page")
            }
            Self::ReviewInTheFuture => {
                rule("review-in-the-future", Error, "a review is dated later than the build")
            }
            Self::ReviewOverdue => {
                rule("review-overdue", Warning, "the next review of a page fell due")
            }
            Self::UnknownType => {
                rule("unknown-type", Error, "a page is of a type that the site does not have")
            }
            Self::RequiredField => {
                rule("required-field", Error, "a page lacks what its type must carry")
            }
        }
    }
}
