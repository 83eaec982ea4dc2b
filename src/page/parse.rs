//! From the text of one file to a page.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::card::{Card, Kind, WrittenTerms};
use super::front_matter::FrontMatter;
use super::permalink::{self, Name};
use super::split::{self, Head};
use super::terms::{self, Fault};
use crate::config::{Config, Urls};
use crate::date::Date;
use crate::diag::{Code, Diagnostic, Outcome, Span};
use crate::fingerprint::Fingerprint;
use crate::markdown::{self, Body, PackedTexts, Painter, Parsed, Target, Texts};
use crate::path::{self, Permalink, SourcePath};
use crate::settings::{self, Mistake, MistakeKind};
use crate::source::Source;
use crate::text::bag::Bag;
use crate::text::words;

/// One content file, understood by itself.
#[derive(Clone, PartialEq, Debug)]
pub struct Page {
    /// The file.
    pub path: SourcePath,
    /// Its front matter, but for what the card has as it is written: the title, the description,
    /// the language, the authors, the image, the terms and the free values. Its spans are offsets
    /// into the file.
    pub front_matter: FrontMatter,
    /// What other pages may see of it.
    pub card: Card,
    /// Its text.
    pub body: Body,
    /// What readers read of it.
    pub texts: PackedTexts,
    /// Old addresses that lead here, each with its place in the file.
    pub aliases: Vec<(Permalink, Range<usize>)>,
    /// Where the title comes from.
    pub title_from: TitleFrom,
    /// The size of the file in bytes.
    pub size: usize,
    /// A hash of the file.
    pub fingerprint: Fingerprint,
    /// A hash of what stands before the text: of the front matter.
    pub head: Fingerprint,
}

/// Where the title of a page comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TitleFrom {
    /// From the front matter.
    FrontMatter,
    /// From the first heading of the first level in the body, which stays there.
    Heading,
    /// From the name of the file, because there is nothing better.
    FileName,
    /// From the name of the file, because the front matter cannot be read.
    Unread,
}

impl TitleFrom {
    /// A title, where the page gives it outside of its text.
    fn own(self, title: &str) -> Option<&str> {
        (self == Self::FrontMatter).then_some(title)
    }
}

impl Page {
    /// The word at a place of [`Understood::words`], as the page has it, whose prose that is.
    pub fn word<'a>(&'a self, prose: &'a str, place: u32) -> Option<&'a str> {
        super::words::at(self.title_from.own(&self.card.title), &self.card, prose, place)
    }

    /// The place of some bytes of the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.path.clone(), range)
    }

    /// The place that stands for the page as a whole: its first line.
    pub fn whole(&self) -> Span {
        Span::whole(self.path.clone())
    }

    /// The folder of the file under `content/`.
    pub fn folder(&self) -> &str {
        self.card.relative_path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// A page with what is known of it until pages have been compared.
#[derive(Clone, PartialEq, Debug)]
pub struct Understood {
    /// The page.
    pub page: Page,
    /// The words of its title, its description and its text; none where nobody compares them.
    pub words: Bag,
    /// What stands in its file before its text, by which it can be [recalled](recall).
    pub head: Box<str>,
}

/// Tells a page from an asset, by the extension of the file.
pub fn is_page(path: &SourcePath) -> bool {
    ["md", "markdown"].iter().any(|known| path.extension().eq_ignore_ascii_case(known))
}

/// What is understood of a page from its text; all else it has from its front matter.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Text {
    /// What stands before the text.
    pub head: Box<str>,
    /// The size of the file in bytes.
    pub size: usize,
    /// Its text.
    pub body: Body,
    /// Its words.
    pub words: Bag,
    /// How many words it has.
    pub word_count: usize,
}

/// Understands one file by itself.
pub fn parse(source: &Source, config: &Config) -> Outcome<Page> {
    let painter = &mut Painter::new(&config.markdown.highlighter);
    let Outcome { value, diagnostics } = parse_with(source, config, painter);
    Outcome::new(value.page, diagnostics)
}

/// As [`parse`], with its words, and with a painter of the highlighter of `config` that has
/// painted other pages.
pub fn parse_with(
    source: &Source,
    config: &Config,
    painter: &mut Painter<'_>,
) -> Outcome<Understood> {
    let understand = |text: &str, offset: usize, found: &mut Vec<Diagnostic>| {
        let parsed = markdown::parse_with(text, offset, &source.path, &config.markdown, painter);
        let Parsed { texts, body } = parsed.unload(found);
        (body, Read::Now(texts))
    };
    let Source { path, text, fingerprint } = source;
    read(Written { path, text, size: text.len(), fingerprint: *fingerprint }, config, understand)
}

/// Puts together what [`parse_with`] made of a file under the same configuration, but for what it
/// found. The file need not be read: `fingerprint` is that of the text it had, and `texts` are
/// what its readers read.
pub fn recall(
    path: &SourcePath,
    fingerprint: Fingerprint,
    config: &Config,
    text: Text,
    texts: PackedTexts,
) -> Understood {
    let Text { head, size, body, words, word_count } = text;
    let written = Written { path, text: &head, size, fingerprint };
    read(written, config, |_, _, _| (body, Read::Before(texts, words, word_count))).value
}

/// A file of which all or the head alone is at hand: where the one ends, the other begins, so that
/// both have the same front matter at the same places.
#[derive(Clone, Copy)]
struct Written<'a> {
    path: &'a SourcePath,
    text: &'a str,
    size: usize,
    fingerprint: Fingerprint,
}

/// What readers read of a page.
enum Read {
    Now(Texts),
    /// Packed, and its words are counted.
    Before(PackedTexts, Bag, usize),
}

fn read(
    written: Written<'_>,
    config: &Config,
    understand: impl FnOnce(&str, usize, &mut Vec<Diagnostic>) -> (Body, Read),
) -> Outcome<Understood> {
    let Written { path, text, size, fingerprint } = written;
    let mut reader = Reader { path, found: Vec::new(), is_unread: false };
    let split = split::split(text);
    let mut front_matter = reader.front_matter(text, &split.head);
    reader.redirect(&mut front_matter);
    let relative_path = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
    let kind = if path.file_name() == "_index.md" { Kind::Section } else { Kind::Page };
    if kind == Kind::Page {
        for (key, range) in front_matter.section_keys() {
            let message = format!("`{key}` belongs to a section");
            reader.find(
                Code::UnknownSectionKey,
                message,
                range,
                Some("move it to the `_index.md` of the folder"),
            );
        }
    }
    if let Some(person) = &front_matter.person
        && (kind != Kind::Page || !relative_path.starts_with("people/"))
    {
        let message = "`person` belongs to a page under `content/people`";
        let help = "move the page there, or take the table out";
        reader.find(Code::UnknownKey, message, person.span(), Some(help));
    }
    let (head, body) = text.split_at(split.body.start);
    let (body, read) = understand(body, split.body.start, &mut reader.found);
    let name = permalink::name(relative_path, kind);
    let permalink = reader.permalink(&front_matter, &name, kind, config.urls);
    let aliases = reader.aliases(&front_matter);
    let taxonomies = reader.terms(&mut front_matter);
    let (title, title_from) = match title(&mut front_matter, &body, &name, config) {
        (title, TitleFrom::FileName) if reader.is_unread => (title, TitleFrom::Unread),
        titled => titled,
    };
    let date = front_matter.date.as_ref().map(|date| date.get_ref().clone());
    let date = date.or_else(|| name.date.as_deref().and_then(Date::parse));
    let description = front_matter.description.take().filter(|text| !text.trim().is_empty());
    let card = Card {
        kind,
        relative_path: relative_path.to_owned(),
        title,
        slug: last_part(&permalink),
        permalink,
        description,
        date,
        updated: front_matter.updated.as_ref().map(|date| date.get_ref().clone()),
        weight: front_matter.weight,
        draft: front_matter.draft,
        content_type: front_matter.content_type.as_ref().map(|name| name.get_ref().clone()),
        language: front_matter.language.take(),
        authors: std::mem::take(&mut front_matter.authors),
        image: front_matter.image.take(),
        taxonomies,
        word_count: match &read {
            Read::Now(texts) => words::count(&texts.prose),
            Read::Before(_, _, word_count) => *word_count,
        },
        extra: front_matter.extra.take(),
    };
    let language = card.language.as_deref().unwrap_or(&config.language);
    let (texts, words) = match read {
        Read::Before(texts, words, _) => (texts, words),
        Read::Now(texts) => {
            let own_title = title_from.own(&card.title);
            let gather =
                || super::words::gather(own_title, &card, &body.headings, &texts.prose, language);
            let words = config.continue_reading.reads_text().then(gather);
            (texts.pack(), words.unwrap_or_default())
        }
    };
    let page = Page {
        path: path.clone(),
        front_matter,
        card,
        body,
        texts,
        aliases,
        title_from,
        size,
        fingerprint,
        head: Fingerprint::of(head.as_bytes()),
    };
    Outcome::new(Understood { page, words, head: head.into() }, reader.found)
}

/// Finds the title: front matter, then the first heading, then the name of the file.
fn title(
    front_matter: &mut FrontMatter,
    body: &Body,
    name: &Name,
    config: &Config,
) -> (String, TitleFrom) {
    if let Some(title) = front_matter.title.take().filter(|title| !title.trim().is_empty()) {
        return (title, TitleFrom::FrontMatter);
    }
    let first = body.headings.iter().find(|heading| heading.level == 1);
    if let Some(heading) = first.filter(|heading| !heading.text.trim().is_empty()) {
        return (heading.text.trim().to_owned(), TitleFrom::Heading);
    }
    if name.slug.is_empty() {
        return (config.title.clone(), TitleFrom::FileName);
    }
    let words = name.slug.replace(['-', '_'], " ");
    let mut letters = words.chars();
    let title = letters.next().map_or(String::new(), |c| c.to_uppercase().chain(letters).collect());
    (title, TitleFrom::FileName)
}

fn last_part(permalink: &Permalink) -> String {
    let address = permalink.as_str().trim_end_matches('/');
    let last = address.rsplit_once('/').map_or("", |(_, last)| last);
    last.strip_suffix(".html").unwrap_or(last).to_owned()
}

struct Reader<'a> {
    path: &'a SourcePath,
    found: Vec<Diagnostic>,
    /// Whether the front matter is there and cannot be read.
    is_unread: bool,
}

impl Reader<'_> {
    fn find(
        &mut self,
        code: Code,
        message: impl Into<String>,
        range: Range<usize>,
        help: Option<&str>,
    ) {
        let mut diagnostic = Diagnostic::new(code, message).at(Span::new(self.path.clone(), range));
        diagnostic.help = help.map(str::to_owned);
        self.found.push(diagnostic);
    }

    /// Takes out a `redirect_to` that leads to no page: `javascript:` would run in the reader's
    /// browser as if the site had written it.
    fn redirect(&mut self, front_matter: &mut FrontMatter) {
        let Some(to) = &front_matter.redirect_to else { return };
        let target = to.get_ref().trim().to_ascii_lowercase();
        let leads = ["https://", "http://", "//"].iter().any(|start| target.starts_with(start));
        if markdown::classify(&target) == Target::External && !leads {
            let message = format!("`{}` is nowhere to lead on to", to.get_ref());
            let help = "name a page, as in `@/guide/_index.md`, or an address with `https://`";
            let range = to.span();
            self.find(Code::FrontMatterValue, message, range, Some(help));
            front_matter.redirect_to = None;
        }
    }

    fn front_matter(&mut self, text: &str, head: &Head) -> FrontMatter {
        match head {
            Head::None => FrontMatter::default(),
            Head::Unclosed(range) => {
                self.is_unread = true;
                let help = "end the front matter with a line `+++`";
                self.find(
                    Code::FrontMatterUnclosed,
                    "this front matter is never closed",
                    range.clone(),
                    Some(help),
                );
                FrontMatter::default()
            }
            Head::Yaml(range) => {
                self.is_unread = true;
                let help =
                    "write it as TOML between `+++` lines; `ibid import` converts whole folders";
                self.find(
                    Code::YamlFrontMatter,
                    "this front matter is YAML, which ibid does not read",
                    range.clone(),
                    Some(help),
                );
                FrontMatter::default()
            }
            Head::Toml(range) => {
                // Blank lines stand in for what comes before, so that every span that the
                // front matter keeps is an offset into the file.
                let padded = format!("{}{}", "\n".repeat(range.start), &text[range.clone()]);
                let (front_matter, mistakes) = settings::read(&padded, "front matter");
                for mistake in mistakes {
                    self.mistake(mistake, range);
                }
                front_matter
            }
        }
    }

    fn mistake(&mut self, mistake: Mistake, within: &Range<usize>) {
        let code = match mistake.kind {
            MistakeKind::Syntax => {
                self.is_unread = true;
                Code::FrontMatterSyntax
            }
            MistakeKind::UnknownKey => Code::UnknownKey,
            MistakeKind::Value => Code::FrontMatterValue,
        };
        let clip = |offset: usize| offset.clamp(within.start, within.end);
        let range = clip(mistake.range.start)..clip(mistake.range.end);
        self.find(code, mistake.message, range, mistake.help.as_deref());
    }

    fn permalink(
        &mut self,
        front_matter: &FrontMatter,
        name: &Name,
        kind: Kind,
        urls: Urls,
    ) -> Permalink {
        let asked = if let Some(path) = &front_matter.path {
            Some((permalink::from_path(path.get_ref(), kind, urls), "path", path.span()))
        } else if let Some(slug) = &front_matter.slug {
            let text = slug.get_ref();
            let slugged = if text.contains(['/', '\\']) || text.trim().starts_with("..") {
                text.clone()
            } else {
                permalink::slug_or_kept(text)
            };
            let name = Name { slug: slugged, ..name.clone() };
            Some((permalink::permalink(&name, kind, urls), "slug", slug.span()))
        } else {
            None
        };
        if let Some((address, key, range)) = asked {
            let slug = front_matter.slug.as_deref().filter(|_| key == "slug").map(Spanned::get_ref);
            let checked = if slug.is_some_and(|slug| slug.contains('/')) {
                Err("a slug is one part of an address and has no `/`")
            } else if slug.is_some_and(|slug| slug.trim().is_empty()) {
                Err("it is empty")
            } else {
                permalink::checked(&address)
            };
            match checked {
                Ok(permalink) => return permalink,
                Err(fault) => {
                    let message = format!("this `{key}` cannot be an address: {fault}");
                    self.find(Code::UnsafePath, message, range, None);
                }
            }
        }
        permalink::checked(&permalink::permalink(name, kind, urls)).unwrap_or_else(|fault| {
            let message = format!("this file cannot be served under its name: {fault}");
            let help = "rename it, or set `path` in its front matter";
            self.find(Code::UnsafePath, message, 0..0, Some(help));
            let stand_in = Fingerprint::of(self.path.as_str().as_bytes());
            Permalink::from_fingerprint(&stand_in)
        })
    }

    fn terms(&mut self, front_matter: &mut FrontMatter) -> Box<[WrittenTerms]> {
        let (terms, faults) = terms::take(front_matter);
        for fault in faults {
            match fault {
                Fault::Empty(range) => {
                    self.find(Code::FrontMatterValue, "this term is empty", range, None);
                }
                Fault::Unserved(range, fault) => {
                    let message = format!("this term cannot be an address: {fault}");
                    self.find(Code::UnsafePath, message, range, None);
                }
            }
        }
        terms
    }

    fn aliases(&mut self, front_matter: &FrontMatter) -> Vec<(Permalink, Range<usize>)> {
        let mut aliases: Vec<(Permalink, Range<usize>)> = Vec::new();
        // White space tells a name, as Obsidian has them, from an address: nobody was ever served
        // one with it.
        let is_address =
            |alias: &&Spanned<String>| !alias.get_ref().trim().contains(char::is_whitespace);
        for alias in front_matter.aliases.iter().filter(is_address) {
            // An alias keeps the exact address the page had, so `urls` does not touch it. It may
            // be copied from a browser, which shows it encoded.
            let written = alias.get_ref();
            let decoded = path::decode(written);
            let decoded = decoded.as_deref().unwrap_or(written);
            let address = permalink::from_path(decoded, Kind::Section, Urls::Directory);
            let checked = match written.contains(['?', '#']) {
                true => Err("no host looks for a file by what follows a `?` or `#`"),
                false => permalink::checked(&address),
            };
            match checked {
                Ok(permalink) if aliases.iter().any(|(known, _)| *known == permalink) => {}
                Ok(permalink) => aliases.push((permalink, alias.span())),
                Err(fault) => {
                    let message = format!("this alias cannot be an address: {fault}");
                    self.find(Code::UnsafePath, message, alias.span(), None);
                }
            }
        }
        aliases
    }
}
