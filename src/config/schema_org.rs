//! The types of schema.org that a page can be: creative works, and web pages among them.
//!
//! `tests/browser/jsonld.test.js` compares the lists with the vocabulary.

/// Web pages, which can say who reviewed them and when.
#[rustfmt::skip]
const WEB_PAGES: &[&str] = &[
    "AboutPage", "CheckoutPage", "CollectionPage", "ContactPage", "FAQPage", "ImageGallery",
    "ItemPage", "MediaGallery", "MedicalWebPage", "ProfilePage", "QAPage", "RealEstateListing",
    "SearchResultsPage", "VideoGallery", "WebPage",
];

/// Other creative works.
#[rustfmt::skip]
const WORKS: &[&str] = &[
    "APIReference", "AdvertiserContentArticle", "AmpStory", "AnalysisNewsArticle", "Answer",
    "ArchiveComponent", "Article", "AskPublicNewsArticle", "Atlas", "AudioObject",
    "AudioObjectSnapshot", "Audiobook", "BackgroundNewsArticle", "Barcode", "Blog",
    "BlogPosting", "Book", "BookSeries", "CategoryCodeSet", "Certification", "Chapter",
    "Claim", "ClaimReview", "Clip", "Code", "Collection", "ComicCoverArt", "ComicIssue",
    "ComicSeries", "ComicStory", "Comment", "CompleteDataFeed", "Conversation",
    "CorrectionComment", "Course", "CoverArt", "CreativeWork", "CreativeWorkSeason",
    "CreativeWorkSeries", "Credential", "CriticReview", "DataCatalog", "DataDownload",
    "DataFeed", "Dataset", "DeclarationOfConformity", "DefinedTermSet", "Diet",
    "DigitalDocument", "DigitalProductPassport", "DiscussionForumPosting", "Drawing",
    "EducationalOccupationalCredential", "EmailMessage", "EmployerReview",
    "EnvironmentalProductDeclaration", "Episode", "ExercisePlan", "Game", "Guide",
    "HealthTopicContent", "HowTo", "HowToDirection", "HowToSection", "HowToStep", "HowToTip",
    "HyperToc", "HyperTocEntry", "ImageObject", "ImageObjectSnapshot", "LearningResource",
    "Legislation", "LegislationObject", "LiveBlogPosting", "Manuscript", "Map", "MathSolver",
    "MediaObject", "MediaReview", "MediaReviewItem", "MedicalScholarlyArticle", "Menu",
    "MenuSection", "Message", "MobileApplication", "Movie", "MovieClip", "MovieSeries",
    "MusicAlbum", "MusicComposition", "MusicPlaylist", "MusicRecording", "MusicRelease",
    "MusicVideoObject", "NewsArticle", "Newspaper", "NoteDigitalDocument", "OperatingSystem",
    "OpinionNewsArticle", "Painting", "Periodical", "Photograph", "Play", "PodcastEpisode",
    "PodcastSeason", "PodcastSeries", "Poster", "PresentationDigitalDocument",
    "ProductCollection", "PublicationIssue", "PublicationVolume", "Question", "Quiz",
    "Quotation", "RadioClip", "RadioEpisode", "RadioSeason", "RadioSeries", "Recipe",
    "Recommendation", "Report", "ReportageNewsArticle", "Review", "ReviewNewsArticle",
    "RuntimePlatform", "SatiricalArticle", "ScholarlyArticle", "Sculpture", "Season",
    "SequentialArt", "SheetMusic", "ShortStory", "SiteNavigationElement", "SocialMediaPosting",
    "SoftwareApplication", "SoftwareSourceCode", "SpecialAnnouncement",
    "SpreadsheetDigitalDocument", "Statement", "Syllabus", "TVClip", "TVEpisode", "TVSeason",
    "TVSeries", "Table", "TechArticle", "TextDigitalDocument", "TextObject", "Thesis",
    "UserReview", "VideoGame", "VideoGameClip", "VideoGameSeries", "VideoObject",
    "VideoObjectSnapshot", "VisualArtwork", "WPAdBlock", "WPFooter", "WPHeader", "WPSideBar",
    "WebApplication", "WebContent", "WebPageElement", "WebSite",
];

/// Tells whether a type of schema.org is a web page, and so may have `reviewedBy`.
pub fn is_web_page(schema: &str) -> bool {
    WEB_PAGES.contains(&schema)
}

/// Every type that a page can be, in the order of the alphabet among each kind.
pub(super) fn known() -> impl Iterator<Item = &'static str> {
    WEB_PAGES.iter().chain(WORKS).copied()
}
