//! From what is written in `site.toml` to what is meant.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;

use super::citations::Citations;
use super::continue_reading::ContinueReading;
use super::feed::Feed;
use super::feedback::Feedback;
use super::host::{self, HostFile};
use super::images::Images;
use super::levels::Levels;
use super::raw::{Level, Machines, RawConfig, RawDialect, RawHighlight, Urls};
use super::search::Search;
use super::taxonomies::{self, Taxonomy};
use super::types::{self, Types};
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::markdown;
use crate::path::{BaseUrl, SourcePath};
use crate::settings::{self, Mistake, MistakeKind};
use crate::text::nearest::nearest;

/// Everything that can be set, resolved.
#[derive(Clone, Debug)]
pub struct Config {
    /// The name of the site.
    pub title: String,
    /// Where the site is hosted.
    pub base: BaseUrl,
    /// One or two sentences on the site; may be empty.
    pub description: String,
    /// The language of the pages, as a BCP 47 tag.
    pub language: String,
    /// The name of the theme.
    pub theme: String,
    /// Where `theme` is set, for findings about it.
    pub theme_span: Option<Span>,
    /// The output folder, relative to the site's root or absolute.
    pub output: String,
    /// The form of addresses.
    pub urls: Urls,
    /// The files for hosts that read them, and where each is asked for.
    pub host_files: BTreeMap<HostFile, Span>,
    /// How Markdown is read.
    pub markdown: markdown::Options,
    /// The colours of code blocks.
    pub highlight: Highlight,
    /// Bibliographies and their style.
    pub citations: Citations,
    /// What is offered to read next.
    pub continue_reading: ContinueReading,
    /// The declared ways to group pages.
    pub taxonomies: Vec<Taxonomy>,
    /// What feeds are like, and whether the site has one.
    pub feed: Feed,
    /// The content types.
    pub types: Types,
    /// Where readers say whether a page helped them; none where nobody is asked.
    pub feedback: Option<Feedback>,
    /// In which sizes images are offered.
    pub images: Images,
    /// What is offered to programs that read for people.
    pub machines: Machines,
    /// How the site is searched.
    pub search: Search,
    /// How much each rule matters.
    pub levels: Levels,
    /// Free values for templates.
    pub extra: toml::Table,
    /// Whether drafts are built too.
    pub drafts: bool,
}

/// The style sheets of code blocks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Highlight {
    /// The sheet for light pages and print.
    pub light: Arc<str>,
    /// The sheet for dark pages.
    pub dark: Arc<str>,
}

/// What the command line says over `site.toml`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Overrides {
    /// `--base-url`.
    pub base_url: Option<String>,
    /// Scheme and host in place of those of the base URL, whose sub-path stays: where a preview
    /// is served.
    pub origin: Option<String>,
    /// `--output`.
    pub output: Option<String>,
    /// `--drafts`.
    pub drafts: bool,
}

/// Reads `site.toml`.
///
/// # Errors
///
/// Every finding of the file, where one of them leaves the site without a sure configuration.
pub fn parse(
    file: &SourcePath,
    text: &str,
    overrides: &Overrides,
) -> Result<Config, Vec<Diagnostic>> {
    let (raw, mistakes) = settings::read::<RawConfig>(text, &format!("`{}`", file.file_name()));
    let found = mistakes.into_iter().map(|mistake| finding(file, mistake)).collect();
    let mut resolver = Resolver { file, found };
    let config = resolver.resolve(raw, overrides);
    match config {
        Some(config) if resolver.found.is_empty() => Ok(config),
        _ => Err(resolver.found),
    }
}

/// The JSON Schema of `site.toml`.
pub fn schema() -> String {
    let schema = schemars::schema_for!(RawConfig);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}

fn finding(file: &SourcePath, mistake: Mistake) -> Diagnostic {
    let code = match mistake.kind {
        MistakeKind::Syntax => Code::ConfigSyntax,
        MistakeKind::UnknownKey => Code::ConfigUnknownKey,
        MistakeKind::Value => Code::ConfigValue,
    };
    let mut diagnostic =
        Diagnostic::new(code, mistake.message).at(Span::new(file.clone(), mistake.range));
    diagnostic.help = mistake.help;
    diagnostic
}

struct Resolver<'a> {
    file: &'a SourcePath,
    found: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn resolve(&mut self, raw: RawConfig, overrides: &Overrides) -> Option<Config> {
        let base = self.base(raw.base_url, overrides.base_url.as_deref());
        let (highlighter, highlight) = self.highlight(&raw.markdown.highlight);
        let macros = self.macros(&raw.markdown.math.macros);
        let language = self.language(raw.language);
        let levels = self.levels(raw.checks);
        let continue_reading =
            ContinueReading::resolve(&raw.continue_reading, |range, message, help| {
                self.value(range, message, help);
            });
        let theme = raw.theme.map(|theme| (self.span(theme.span()), theme.into_inner()));
        if let Some((span, name)) = &theme
            && (name.is_empty() || name.contains(['/', '\\']) || name.starts_with('.'))
        {
            let message = format!("`{name}` is no name of a theme");
            self.found.push(
                Diagnostic::new(Code::ConfigValue, message)
                    .at(span.clone())
                    .help("a theme is named as its folder under `themes/`"),
            );
        }
        let output = self.output(raw.output, overrides.output.as_deref());
        let (taxonomies, slips) = taxonomies::resolve(raw.taxonomies, self.file);
        for (range, message, help) in slips {
            self.value(range, message, help);
        }
        let types = types::resolve(raw.types, &taxonomies, self.file, &mut self.found);
        let (feed, empty) = Feed::resolve(raw.feed, self.file);
        if let Some(range) = empty {
            let help = "leave out the table `[feed]`, and the site has none";
            self.value(range, "a feed cannot hold 0 pages".to_owned(), help);
        }
        let feedback = Feedback::resolve(raw.feedback).unwrap_or_else(|(range, message, help)| {
            self.value(range, message, help);
            None
        });
        let images = Images::resolve(raw.images, |range, message, help| {
            self.value(range, message, help);
        });
        let base = base?;
        let (theme_span, theme) =
            theme.map_or((None, "scholar".to_owned()), |(span, name)| (Some(span), name));
        Some(Config {
            title: raw.title.unwrap_or_else(|| host(&base).to_owned()),
            base: match &overrides.origin {
                Some(origin) => BaseUrl { origin: origin.clone(), ..base },
                None => base,
            },
            description: raw.description,
            language,
            theme,
            theme_span,
            output,
            urls: raw.urls,
            // A preview reads no rules of hosts: old addresses lead on there by pages.
            host_files: match overrides.origin {
                Some(_) => BTreeMap::new(),
                None => host::resolve(raw.host_files, self.file),
            },
            markdown: markdown::Options {
                dialect: match raw.markdown.dialect {
                    RawDialect::Ibid => markdown::Dialect::Ibid,
                    RawDialect::Commonmark => markdown::Dialect::CommonMark,
                },
                highlighter,
                macros: Arc::new(macros),
                ..markdown::Options::default()
            },
            highlight,
            citations: Citations::resolve(raw.citations, self.file),
            continue_reading,
            taxonomies,
            feed,
            types,
            feedback,
            images,
            machines: raw.machines,
            search: Search::resolve(raw.search),
            levels,
            extra: raw.extra,
            drafts: overrides.drafts,
        })
    }

    fn base(&mut self, set: Option<Spanned<String>>, over: Option<&str>) -> Option<BaseUrl> {
        if let Some(over) = over {
            return BaseUrl::parse(over)
                .map_err(|fault| {
                    let message = format!("`--base-url {over}` is no address of a site: {fault}");
                    self.found.push(Diagnostic::new(Code::ConfigValue, message));
                })
                .ok();
        }
        let Some(set) = set else {
            // Without an address there is no canonical link, sitemap or feed; to guess one
            // would publish a wrong one.
            let message = format!("`{}` has no `base_url`", self.file.file_name());
            let help =
                "add the address the site is hosted at: `base_url = \"https://example.org\"`";
            let span = Span::whole(self.file.clone());
            self.found.push(Diagnostic::new(Code::ConfigValue, message).at(span).help(help));
            return None;
        };
        match BaseUrl::parse(set.get_ref()) {
            Ok(base) => Some(base),
            Err(fault) => {
                let message = format!("`{}` is no address of a site: {fault}", set.get_ref());
                self.value(set.span(), message, "write it as in `https://example.org/kb`");
                None
            }
        }
    }

    /// The colours of code blocks: what tells them apart, and their style sheets.
    fn highlight(&mut self, set: &RawHighlight) -> (Arc<markdown::Highlighter>, Highlight) {
        let name = |set: &Option<Spanned<String>>, usual: &'static str| {
            set.as_ref().map_or_else(|| usual.to_owned(), |set| set.get_ref().clone())
        };
        let names =
            [name(&set.light, markdown::LIGHT_THEME), name(&set.dark, markdown::DARK_THEME)];
        let [light, dark] = &names;
        // What neither theme colours need not be told apart; a name that is no theme's is
        // reported by its sheet.
        let highlighter = markdown::Highlighter::for_themes(&[light, dark]).unwrap_or_default();
        let light = self.sheet(&highlighter, set.light.as_ref(), light);
        let dark = self.sheet(&highlighter, set.dark.as_ref(), dark);
        (Arc::new(highlighter), Highlight { light, dark })
    }

    fn sheet(
        &mut self,
        highlighter: &markdown::Highlighter,
        set: Option<&Spanned<String>>,
        name: &str,
    ) -> Arc<str> {
        match highlighter.css(name) {
            Ok(sheet) => sheet.into(),
            Err(known) => {
                let near = nearest(name, known.iter().copied());
                let help = near.map_or_else(
                    || format!("the themes are {}", known.join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                let range = set.map_or(0..0, Spanned::span);
                self.value(range, format!("no highlighting theme is called `{name}`"), &help);
                "".into()
            }
        }
    }

    fn macros(&mut self, set: &BTreeMap<Spanned<String>, Spanned<String>>) -> markdown::Macros {
        let mut macros = markdown::Macros::default();
        for (name, body) in set {
            if let Some((message, help)) = macros.add(name.get_ref(), body.get_ref()) {
                self.value(name.span(), message, help);
            }
        }
        macros
    }

    fn language(&mut self, set: Option<Spanned<String>>) -> String {
        let Some(set) = set else { return "en".to_owned() };
        if !is_language_tag(set.get_ref()) {
            let message = format!("`{}` is no language tag", set.get_ref());
            self.value(set.span(), message, "write it as in `en`, `en-GB`, `zh-Hant`");
        }
        set.into_inner()
    }

    fn output(&mut self, set: Option<Spanned<String>>, over: Option<&str>) -> String {
        if let Some(over) = over {
            return over.to_owned();
        }
        let Some(set) = set else { return "public".to_owned() };
        let name = set.get_ref().trim_end_matches('/');
        let first = name.split('/').next().unwrap_or_default();
        let kept =
            ["content", "static", "templates", "themes", "i18n", ".ibid", ".git", "", ".", ".."];
        if kept.contains(&first) && !name.starts_with('/')
            || name.split('/').any(|part| part == "..")
        {
            let message = format!("`{}` cannot be the output folder", set.get_ref());
            self.value(
                set.span(),
                message,
                "name a folder of its own, as in `output = \"public\"`",
            );
        }
        name.to_owned()
    }

    fn levels(&mut self, set: BTreeMap<Spanned<String>, Spanned<Level>>) -> Levels {
        let mut levels = BTreeMap::new();
        for (name, level) in set {
            let severity = match level.get_ref() {
                Level::Off => None,
                Level::Note => Some(Severity::Note),
                Level::Warning => Some(Severity::Warning),
                Level::Error => Some(Severity::Error),
            };
            match Code::named(name.get_ref()) {
                Some(code) if code.is_adjustable() => {
                    levels.insert(code, severity);
                }
                Some(_) => {
                    let message = format!("the level of `{}` cannot be set", name.get_ref());
                    self.value(name.span(), message, "without it there would be no right output");
                }
                None => {
                    let known = Code::ALL.iter().filter(|code| code.is_adjustable());
                    let near = nearest(name.get_ref(), known.map(|code| code.name()));
                    let message = format!("no rule is called `{}`", name.get_ref());
                    let diagnostic = Diagnostic::new(Code::ConfigUnknownKey, message)
                        .at(self.span(name.span()))
                        .did_you_mean(near);
                    self.found.push(diagnostic);
                }
            }
        }
        Levels::new(levels)
    }

    fn value(&mut self, range: Range<usize>, message: String, help: &str) {
        let span = self.span(range);
        self.found.push(Diagnostic::new(Code::ConfigValue, message).at(span).help(help));
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file.clone(), range)
    }
}

/// The form of a BCP 47 tag: a language of two to eight letters, then subtags.
fn is_language_tag(tag: &str) -> bool {
    tag.split('-').enumerate().all(|(n, part)| match n {
        0 => (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()),
        _ => (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()),
    })
}

fn host(base: &BaseUrl) -> &str {
    base.origin.split_once("://").map_or(base.origin.as_str(), |(_, host)| host)
}
