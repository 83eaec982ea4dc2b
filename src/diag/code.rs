//! The kinds of findings.

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
    /// `ibid mv` cannot move what it was asked to.
    CannotMove,
    /// The disk refused to read or write.
    Disk,
    /// The front matter has a key that ibid does not know.
    UnknownKey,
    /// A code block names a language that ibid cannot highlight.
    UnknownLanguage,
    /// A formula cannot be read.
    FormulaSyntax,
    /// A page has a key that only a section can have.
    UnknownSectionKey,
    /// A link leads to no page.
    BrokenLink,
    /// A link leads to no heading of its page.
    BrokenHeading,
    /// A wikilink names nothing that is there.
    BrokenWikilink,
    /// A wikilink names more than one page.
    AmbiguousWikilink,
    /// A wikilink says that its page is still to be written.
    WantedPage,
    /// A bar of a table tears a wikilink.
    TornWikilink,
    /// A directive names a component that the theme does not have.
    UnknownDirective,
    /// A directive has no end, or an end no directive.
    UnclosedDirective,
    /// The call of a directive is written wrongly.
    DirectiveSyntax,
    /// An attribute of a directive is wrong, unknown or missing.
    DirectiveAttribute,
    /// An embed names a page, which is linked to and not copied in.
    Transclusion,
    /// A link or an image names a file that is not there.
    MissingAsset,
    /// An image is shown that cannot be read.
    ImageUndecodable,
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
    /// An id of a page is one of the theme's.
    ThemeId,
    /// An image has no alternative text.
    MissingAltText,
    /// A figure has a credit line with nothing in it.
    FigureCreditEmpty,
    /// A section has no pages and no text.
    EmptySection,
    /// A page has terms of a taxonomy that the site does not declare.
    UnknownTaxonomy,
    /// Pages write one term in several ways.
    TermSpelling,
    /// A feed has no page to hold, and is not made.
    EmptyFeed,
    /// Pages have no date, and so no place in a feed.
    UndatedPage,
    /// A page has expired and is not built.
    ExpiredPage,
    /// The day of a page is to come, and it is not built yet.
    FuturePage,
    /// A page is so large that browsers and readers struggle.
    LargePage,
    /// No text links to a page.
    OrphanPage,
    /// A page leads to no other.
    DeadEnd,
    /// A footnote is defined and never referred to.
    UnusedFootnote,
    /// A citation is written in a way that is none.
    CiteSyntax,
    /// A text says that a citation is needed.
    CitationNeeded,
    /// An entry of a bibliography cannot be read.
    BibliographySyntax,
    /// A bibliography is not UTF-8.
    BibliographyEncoding,
    /// An entry takes over from one that is not there, or from itself.
    BibliographyCrossref,
    /// Two references have one key.
    DuplicateKey,
    /// The date of a reference cannot be.
    BadDate,
    /// A citation names no reference.
    MissingReference,
    /// No page names a work of the bibliography.
    UnusedWork,
    /// A page lists a work that its text does not cite.
    UncitedInSources,
    /// A page lists one work twice.
    SourceListedTwice,
    /// Two references have the same identifier.
    DuplicateId,
    /// Two references look like one work.
    NearDuplicate,
    /// A page names a preprint that has been published.
    PreprintTwin,
    /// A DOI does not read as one.
    DoiSyntax,
    /// A DOI stands for none.
    DoiPlaceholder,
    /// A DOI is of another journal or publisher than its reference.
    DoiContainer,
    /// A journal's DOIs have another registrant.
    DoiRegistrant,
    /// A DOI tells another year than its reference.
    DoiYear,
    /// A DOI holds the ISSN of another journal.
    DoiIssn,
    /// A DOI tells another volume or page than its reference.
    DoiVolume,
    /// The address of a reference leads to another work than its identifier.
    DoiUrlDisagree,
    /// An ISBN does not add up.
    Isbn,
    /// An ISSN does not add up.
    Issn,
    /// An ORCID iD does not add up.
    Orcid,
    /// A PubMed number does not read as one.
    Pmid,
    /// A PubMed Central number does not read as one.
    Pmcid,
    /// An arXiv number does not read as one.
    Arxiv,
    /// A reference lacks what readers need to find the work.
    MissingField,
    /// An undated page of the web was looked at long ago.
    StaleAccess,
    /// An undated page of the web has no day of access.
    UrlWithoutAccess,
    /// A page names a work that has been retracted.
    Retracted,
    /// A page names a work of which there is a later version.
    Superseded,
    /// A printed reference lacks its first author.
    LostAuthor,
    /// A printed reference has stray punctuation.
    DirtyPunctuation,
    /// A page names one author twice.
    AuthorNamedTwice,
    /// A page was updated before its date.
    UpdatedBeforeDate,
    /// An author is written like the name of a person's page, and there is no such page.
    UnknownPerson,
    /// A review is by nobody who has a page.
    ReviewWithoutPerson,
    /// A review is dated later than the build.
    ReviewInTheFuture,
    /// The next review of a page fell due.
    ReviewOverdue,
    /// A page is of a type that the site does not have.
    UnknownType,
    /// A page lacks what its type must carry.
    RequiredField,
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
        Self::CannotMove,
        Self::Disk,
        Self::UnknownKey,
        Self::UnknownLanguage,
        Self::FormulaSyntax,
        Self::UnknownSectionKey,
        Self::BrokenLink,
        Self::BrokenHeading,
        Self::BrokenWikilink,
        Self::AmbiguousWikilink,
        Self::WantedPage,
        Self::TornWikilink,
        Self::UnknownDirective,
        Self::UnclosedDirective,
        Self::DirectiveSyntax,
        Self::DirectiveAttribute,
        Self::Transclusion,
        Self::MissingAsset,
        Self::ImageUndecodable,
        Self::AbsoluteOwnLink,
        Self::MissingTitle,
        Self::MissingDescription,
        Self::DuplicateH1,
        Self::HeadingLevelSkipped,
        Self::DuplicateHeadingId,
        Self::ThemeId,
        Self::MissingAltText,
        Self::FigureCreditEmpty,
        Self::EmptySection,
        Self::UnknownTaxonomy,
        Self::TermSpelling,
        Self::EmptyFeed,
        Self::UndatedPage,
        Self::ExpiredPage,
        Self::FuturePage,
        Self::LargePage,
        Self::OrphanPage,
        Self::DeadEnd,
        Self::UnusedFootnote,
        Self::CiteSyntax,
        Self::CitationNeeded,
        Self::BibliographySyntax,
        Self::BibliographyEncoding,
        Self::BibliographyCrossref,
        Self::DuplicateKey,
        Self::BadDate,
        Self::MissingReference,
        Self::UnusedWork,
        Self::UncitedInSources,
        Self::SourceListedTwice,
        Self::DuplicateId,
        Self::NearDuplicate,
        Self::PreprintTwin,
        Self::DoiSyntax,
        Self::DoiPlaceholder,
        Self::DoiContainer,
        Self::DoiRegistrant,
        Self::DoiYear,
        Self::DoiIssn,
        Self::DoiVolume,
        Self::DoiUrlDisagree,
        Self::Isbn,
        Self::Issn,
        Self::Orcid,
        Self::Pmid,
        Self::Pmcid,
        Self::Arxiv,
        Self::MissingField,
        Self::StaleAccess,
        Self::UrlWithoutAccess,
        Self::Retracted,
        Self::Superseded,
        Self::LostAuthor,
        Self::DirtyPunctuation,
        Self::AuthorNamedTwice,
        Self::UpdatedBeforeDate,
        Self::UnknownPerson,
        Self::ReviewWithoutPerson,
        Self::ReviewInTheFuture,
        Self::ReviewOverdue,
        Self::UnknownType,
        Self::RequiredField,
    ];
}
