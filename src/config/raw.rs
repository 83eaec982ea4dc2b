//! `site.toml` as it is written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::host::HostFile;
use super::images::RawImages;

/// The keys of `site.toml`.
#[derive(Deserialize, JsonSchema, Default, Debug)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "site.toml of ibid")]
pub struct RawConfig {
    /// The name of the site, shown on every page.
    pub title: Option<String>,
    /// Where the site is hosted: `https://example.org`, with a sub-path where it has one.
    #[schemars(with = "Option<String>")]
    pub base_url: Option<Spanned<String>>,
    /// One or two sentences on the site as a whole.
    pub description: String,
    /// The language of the pages, as a BCP 47 tag: `en`, `en-GB`, `pt-BR`.
    #[schemars(with = "Option<String>")]
    pub language: Option<Spanned<String>>,
    /// The theme: `scholar`, or the name of a folder under `themes/`.
    #[schemars(with = "Option<String>")]
    pub theme: Option<Spanned<String>>,
    /// The output folder.
    #[schemars(with = "Option<String>")]
    pub output: Option<Spanned<String>>,
    /// Whether a page is served as a folder (`page/`) or as a file (`page.html`).
    pub urls: Urls,
    /// Files for hosts that read them: `_redirects`, `_headers`.
    #[schemars(with = "Vec<HostFile>")]
    pub host_files: Vec<Spanned<HostFile>>,
    /// How Markdown is read.
    pub markdown: RawMarkdown,
    /// Bibliographies and their style.
    pub citations: RawCitations,
    /// What is offered to read next.
    pub continue_reading: RawContinueReading,
    /// The declared ways to group pages.
    #[schemars(with = "Vec<RawTaxonomy>")]
    pub taxonomies: Vec<Spanned<RawTaxonomy>>,
    /// Content types, by name.
    pub types: BTreeMap<String, RawType>,
    /// Feeds of the site; where the table is there, the site as a whole has one.
    #[schemars(with = "Option<RawFeed>")]
    pub feed: Option<Spanned<RawFeed>>,
    /// Where readers say whether a page helped them.
    pub feedback: RawFeedback,
    /// In which sizes images are offered.
    pub images: RawImages,
    /// What is offered to programs that read for people.
    pub machines: Machines,
    /// How the site is searched.
    pub search: Option<RawSearch>,
    /// The level of each rule: `off`, `note`, `warning`, `error`.
    #[schemars(with = "BTreeMap<String, Level>")]
    pub checks: BTreeMap<Spanned<String>, Spanned<Level>>,
    /// Free values for templates.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub extra: toml::Table,
}

/// The form of addresses.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Urls {
    /// `guide/install.md` is served at `/guide/install/`.
    #[default]
    Directory,
    /// `guide/install.md` is served at `/guide/install.html`.
    Flat,
}

/// The level of a rule.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing is said.
    Off,
    /// Advice, shown by `ibid check`.
    Note,
    /// Shown by every command.
    Warning,
    /// Stops the build.
    Error,
}

/// The keys under `[markdown]`.
#[derive(Deserialize, JsonSchema, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawMarkdown {
    /// `ibid`, or `commonmark` to switch every extension off.
    pub dialect: RawDialect,
    /// The colours of code blocks.
    pub highlight: RawHighlight,
    /// Formulas.
    pub math: RawMath,
}

/// The keys under `[markdown.math]`.
#[derive(Deserialize, JsonSchema, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawMath {
    /// Commands of your own, by name: `R = "\\mathbb{R}"`, with `#1` to `#9` for arguments.
    #[schemars(with = "BTreeMap<String, String>")]
    pub macros: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// The dialects of Markdown.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "lowercase")]
pub enum RawDialect {
    /// CommonMark with the extensions of the manual's page on Markdown.
    #[default]
    Ibid,
    /// CommonMark 0.31.2 and nothing else.
    Commonmark,
}

/// The keys under `[markdown.highlight]`.
#[derive(Deserialize, JsonSchema, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawHighlight {
    /// The colour theme for light pages and print.
    #[schemars(with = "Option<String>")]
    pub light: Option<Spanned<String>>,
    /// The colour theme for dark pages.
    #[schemars(with = "Option<String>")]
    pub dark: Option<Spanned<String>>,
}

/// The keys under `[citations]`.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Eq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawCitations {
    /// Bibliography files under `content/`; without the key `references.bib` and
    /// `references.json`, where they are there.
    #[schemars(with = "Option<Vec<String>>")]
    pub files: Option<Vec<Spanned<String>>>,
    /// A CSL style by name, or the path of a `.csl` file.
    #[schemars(with = "Option<String>")]
    pub style: Option<Spanned<String>>,
    /// The title of a source list, after the number of sources: `Sources`.
    pub list_title: Option<String>,
    /// A sentence over each source list.
    pub statement: Option<String>,
    /// The page that tells how sources are chosen, as a link from the root would name it:
    /// `@/about/process.md`.
    #[schemars(with = "Option<String>")]
    pub process_page: Option<Spanned<String>>,
    /// A table of withdrawn works under `content/`, as Retraction Watch publishes it.
    #[schemars(with = "Option<String>")]
    pub retractions: Option<Spanned<String>>,
    /// Whether `/references/` lists the works of the site.
    pub references_page: Option<bool>,
    /// The forms in which each page offers its sources: `bib`, `json`, `ris`.
    #[schemars(with = "Option<Vec<String>>")]
    pub exports: Option<Vec<Spanned<Export>>>,
}

/// A form in which the sources of a page are offered to reference managers.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Export {
    /// BibTeX.
    Bib,
    /// CSL-JSON.
    Json,
    /// RIS.
    Ris,
}

impl Export {
    /// The name of the form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bib => "BibTeX",
            Self::Json => "CSL-JSON",
            Self::Ris => "RIS",
        }
    }

    /// The end of the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Bib => "bib",
            Self::Json => "json",
            Self::Ris => "ris",
        }
    }
}

/// The keys under `[continue_reading]`.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawContinueReading {
    /// How many pages are offered at the end of each, 3 where nothing is said and 50 at most;
    /// 0 offers none.
    #[schemars(with = "Option<usize>", range(min = 0, max = 50))]
    pub limit: Option<Spanned<usize>>,
    /// How much each reason counts, as a number from 0, which leaves it out.
    pub weights: RawWeights,
}

/// The keys of `weights` under `[continue_reading]`.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawWeights {
    /// The editor's picks in the front matter; 100 where nothing is said.
    #[schemars(with = "Option<f64>", range(min = 0))]
    pub picks: Option<Spanned<f64>>,
    /// Works that both pages cite; 40 where nothing is said.
    #[schemars(with = "Option<f64>", range(min = 0))]
    pub sources: Option<Spanned<f64>>,
    /// Links from one to the other, and pages that link to both; 30 where nothing is said.
    #[schemars(with = "Option<f64>", range(min = 0))]
    pub links: Option<Spanned<f64>>,
    /// Terms that both pages carry; 20 where nothing is said.
    #[schemars(with = "Option<f64>", range(min = 0))]
    pub terms: Option<Spanned<f64>>,
    /// Words that both pages use and few others do; 30 where nothing is said.
    #[schemars(with = "Option<f64>", range(min = 0))]
    pub text: Option<Spanned<f64>>,
}

/// One `[[taxonomies]]`.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Eq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawTaxonomy {
    /// Its name, as pages write it under `[taxonomies]`.
    #[schemars(with = "String")]
    pub name: Option<Spanned<String>>,
    /// What readers see in place of the name: `Topics`.
    pub title: Option<String>,
    /// One or two sentences on it.
    pub description: Option<String>,
    /// Whether each term has feeds.
    pub feed: bool,
    /// How many pages a term shows at once; without the key all of them.
    #[schemars(with = "Option<std::num::NonZeroUsize>")]
    pub paginate_by: Option<Spanned<usize>>,
}

/// One `[types.NAME]`.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Eq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawType {
    /// What readers are told that its pages are: a label over their titles.
    pub title: Option<String>,
    /// The schema.org type of its pages: `Article`, `MedicalWebPage`.
    #[schemars(with = "Option<String>")]
    pub schema: Option<Spanned<String>>,
    /// What its pages must carry: keys of front matter, names of taxonomies, `citations`.
    #[schemars(with = "Option<Vec<String>>")]
    pub require: Option<Vec<Spanned<String>>>,
    /// Months from one review to the next; 0 for none.
    pub review_every_months: Option<u32>,
}

/// The keys under `[feed]`.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Eq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawFeed {
    /// The most pages that a feed holds; without the key 20.
    #[schemars(with = "Option<std::num::NonZeroUsize>")]
    pub limit: Option<Spanned<usize>>,
    /// Whether a feed holds the whole text of a page, and not its summary alone.
    pub full_content: bool,
    /// Which pages come first: those published last, or those changed last.
    pub sort_by: FeedOrder,
}

/// The order of the pages of a feed.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(rename_all = "lowercase")]
pub enum FeedOrder {
    /// By `date`, the newest first.
    #[default]
    Date,
    /// By `updated`, the last changed first.
    Updated,
}

/// The keys under `[feedback]`.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Eq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawFeedback {
    /// Where it goes: `mailto:editor@example.org`, the address of an issue form, or one that takes
    /// POST. Without it no page asks.
    #[schemars(with = "Option<String>")]
    pub target: Option<Spanned<String>>,
    /// How it is sent: `post`; `get` for an address that shows a form filled in. Without the key
    /// the target tells.
    pub method: Option<FeedbackMethod>,
    /// The name of the field for the answer: `subject` in mail, `title` in an issue form, `answer`
    /// in POST.
    pub subject: Option<String>,
    /// The name of the field for the reader's own words: `body`, in POST `text`.
    pub text: Option<String>,
    /// The name of the field for the address of the page: `page` in POST. Without one the answer
    /// tells title and address.
    pub page: Option<String>,
}

/// How a browser sends a form.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum FeedbackMethod {
    /// In the address.
    Get,
    /// In the body of a request.
    Post,
}

impl FeedbackMethod {
    /// The word that HTML has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
        }
    }
}

/// The keys under `[machines]`.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct Machines {
    /// Whether `llms.txt` lists the pages of the site.
    pub llms_txt: bool,
    /// Whether each page is served as Markdown too, its links and citations resolved.
    pub markdown_twins: bool,
}

/// The keys under `[search]`.
#[derive(Deserialize, JsonSchema, Clone, PartialEq, Eq, Default, Debug)]
#[serde(default, deny_unknown_fields)]
pub struct RawSearch {
    /// Whether readers can search the site; without the key they can.
    pub enabled: Option<bool>,
}
