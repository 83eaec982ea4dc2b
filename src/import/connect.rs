//! Hangs the imported pages together as a build would, and mends what leads elsewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::brief::shortened;
use super::directive::BUILT_IN;
use super::edits::Edits;
use super::index::{Index, Place, split_tail};
use super::library::Library;
use super::lines::Lines;
use super::loss::{Loss, LossKind};
use super::origin::Dialect;
use super::shortcode::destination;
use super::spot::Spot;
use crate::check;
use crate::cite;
use crate::config::{self, Config, Overrides, USUAL_FILES};
use crate::date::Date;
use crate::diag::{Code, Diagnostic, Severity};
use crate::fingerprint::Fingerprint;
use crate::markdown::{Definition, Link, LinkKind, Painter, Target};
use crate::page::{self, Page};
use crate::path::SourcePath;
use crate::site::{self, Destination, Missing, PageId, Pages, Parts, Resolver, Site, StaticFile};
use crate::source::{File, Source};
use crate::theme::Ids;

/// The texts of all pages, by their paths below `content/`.
pub(super) type Texts = BTreeMap<String, String>;

/// Mends the links of all pages, and notes what is still wrong then. Gives the texts.
pub(super) fn connect(
    library: &mut Library<'_>,
    index: &Index,
    made: Vec<(String, String)>,
    today: &Date,
) -> Texts {
    let drafts = library.drafts.iter().map(|draft| (draft.target.clone(), draft.print()));
    let mut texts: Texts = drafts.chain(made).collect();
    let file = SourcePath::new("site.toml");
    let config = match config::parse(&file, &library.settings.print(), &Overrides::default()) {
        Ok(config) => config,
        Err(found) => {
            let wrong = found.first().map_or(String::new(), |finding| finding.message.clone());
            library.lose("site.toml", LossKind::Build, wrong, "the links are left as they are");
            return texts;
        }
    };
    let by_target: BTreeMap<String, usize> =
        library.drafts.iter().enumerate().map(|(at, draft)| (draft.target.clone(), at)).collect();
    let mut painter = Painter::new(&config.markdown.highlighter);
    let mut found: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    let mut pages: BTreeMap<String, Arc<Page>> = BTreeMap::new();
    let mut understand = |path: &str, text: &str, found: &mut BTreeMap<String, Vec<Diagnostic>>| {
        let source = Source {
            path: SourcePath::new(format!("content/{path}")),
            text: text.into(),
            fingerprint: Fingerprint::of(text.as_bytes()),
        };
        let outcome = page::parse_with(&source, &config, &mut painter);
        found.insert(path.to_owned(), outcome.diagnostics);
        Arc::new(outcome.value.page)
    };
    for (path, text) in &texts {
        pages.insert(path.clone(), understand(path, text, &mut found));
    }
    let mut noticed = Vec::new();
    let parts = parts(library, &config, &pages, today, &mut noticed);
    let mut site = site::assemble(parts, &config);
    let (changed, mut wanted) = respell(library, index, &site, &by_target, &texts);
    library.losses.append(&mut wanted);
    if !changed.is_empty() {
        for (path, text) in changed {
            pages.insert(path.clone(), understand(&path, &text, &mut found));
            texts.insert(path, text);
        }
        noticed.clear();
        let parts = self::parts(library, &config, &pages, today, &mut noticed);
        site = site::assemble(parts, &config);
    }
    noticed.extend(found.into_values().flatten());
    noticed.extend(check::run(&site, &config.levels));
    config.levels.apply(&mut noticed);
    noticed.retain(|finding| finding.severity == Severity::Error);
    noticed.sort_by(|a, b| a.order().cmp(&b.order()));
    noticed.dedup();
    let mut spots: BTreeMap<usize, Spot> = BTreeMap::new();
    for finding in noticed {
        lose(library, &by_target, &texts, &mut spots, &finding);
    }
    texts
}

/// What the site is made of.
fn parts(
    library: &Library<'_>,
    config: &Config,
    pages: &BTreeMap<String, Arc<Page>>,
    today: &Date,
    found: &mut Vec<Diagnostic>,
) -> Parts {
    let mut all: Vec<Arc<Page>> = pages.values().cloned().collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    let mut assets = Vec::new();
    let mut statics = Vec::new();
    let mut bibliographies = Vec::new();
    let wanted: Vec<String> = match &config.citations.files {
        Some(files) => files.iter().map(|named| named.name.clone()).collect(),
        None => USUAL_FILES.iter().map(|name| (*name).to_owned()).collect(),
    };
    for placed in &library.placed {
        match placed.target.strip_prefix("static/") {
            Some(name) => statics.push(StaticFile { name: name.to_owned(), size: None }),
            None => {
                let path = SourcePath::new(placed.target.as_str());
                let bare = placed.target.trim_start_matches("content/");
                if wanted.iter().any(|name| name == bare)
                    && let Some(text) = library.text(&placed.origin.path)
                {
                    bibliographies.push((path.clone(), text));
                }
                let (disk, size) = (placed.origin.disk.clone(), placed.origin.size);
                let file = File { path, disk, size, stamp: None };
                assets.push((file, None));
            }
        }
    }
    assets.sort_by(|a: &(File, _), b| a.0.path.cmp(&b.0.path));
    Parts {
        pages: Pages::new(all, config, today),
        assets,
        statics,
        ids: Ids::default(),
        named: Default::default(),
        directives: Some(BUILT_IN.map(str::to_owned).into()),
        references: cite::load(&bibliographies).unload(found),
        today: today.clone(),
    }
}

/// Spells anew each link that leads elsewhere than it did; gives the texts that change.
fn respell(
    library: &Library<'_>,
    index: &Index,
    site: &Site,
    by_target: &BTreeMap<String, usize>,
    texts: &Texts,
) -> (Vec<(String, String)>, Vec<Loss>) {
    let mut resolver = Resolver::new(site);
    let mut changed = Vec::new();
    let mut losses = Vec::new();
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        let path = &page.card.relative_path;
        let (Some(&at), Some(text)) = (by_target.get(path), texts.get(path)) else { continue };
        let draft = &library.drafts[at];
        let address = draft.addresses.first().map(String::as_str);
        let mut edits = Edits::default();
        let mut count = 0;
        let mut spot = Spot::default();
        let mut spelling = Spelling { page, text, lines: None, definitions: None };
        for link in &page.body.links {
            let reads_names = matches!(library.dialect, Dialect::Obsidian | Dialect::Markdown);
            if matches!(link.target, Target::Name(_)) && !reads_names {
                // No link where it comes from, but words in brackets, or a reference within them.
                if text[..link.span.start].ends_with("[[") {
                    edits.insert(link.span.start - 2, "\\");
                    count += 1;
                }
                continue;
            }
            let meant = match &link.target {
                Target::Name(named) => {
                    let name = named.name.trim();
                    if name.is_empty() { None } else { index.named(draft.script.path, name) }
                }
                _ => index.follow(draft.script.path, address, &link.written),
            };
            let now = resolver.resolve(id, link);
            let Some(meant) = meant else {
                let is_wanted = matches!(&now, Destination::Missing(Missing::Page(_)))
                    && matches!(&link.target, Target::Name(named) if !named.name.trim().is_empty());
                if library.dialect == Dialect::Obsidian && is_wanted {
                    // What Obsidian takes for a note that is still to be written.
                    edits.insert(link.span.start, "?");
                    count += 1;
                    let name = text[link.span.clone()].trim();
                    let at = spot.find(draft.script.text, text, link.span.start, name);
                    let what = format!("there is no note `{}`", shortened(name));
                    let instead = "marked as still to be written";
                    losses.push(draft.script.loss(at, LossKind::Link, what, instead));
                }
                continue;
            };
            let is_right = place(site, id, &now).as_ref() == Some(&meant);
            if is_right && !leads_by_alias(site, link, &meant) {
                continue;
            }
            count += usize::from(spelling.spell(link, &meant, &mut edits));
        }
        if count > 0 {
            changed.push((path.clone(), edits.apply(text)));
        }
    }
    (changed, losses)
}

/// Tells whether a link finds its page by an old address alone.
fn leads_by_alias(site: &Site, link: &Link, meant: &Place) -> bool {
    let (Target::Rooted(local), Place::Page(path)) = (&link.target, meant) else { return false };
    let Some(id) = site.pages.at_path(path) else { return false };
    let below = site.base.path.trim_start_matches('/');
    let bare = |address: &str| {
        let address = address.trim_matches('/');
        let address = address.strip_suffix("index.html").unwrap_or(address);
        let address = address.strip_suffix(".html").unwrap_or(address);
        address.trim_matches('/').to_lowercase()
    };
    let written = local.path.trim_start_matches('/');
    let written = written.strip_prefix(below).filter(|_| !below.is_empty()).unwrap_or(written);
    !written.ends_with(".md") && bare(written) != bare(site.pages.page(id).card.permalink.as_str())
}

/// What a destination of the site is.
fn place(site: &Site, from: PageId, destination: &Destination) -> Option<Place> {
    let page = |id: PageId| Place::Page(site.pages.page(id).card.relative_path.clone());
    match destination {
        Destination::Here { .. } => Some(page(from)),
        Destination::Page { page: id, .. } => Some(page(*id)),
        Destination::Home { .. } => Some(Place::Page("_index.md".to_owned())),
        Destination::File { address, .. } => Some(match site.assets.at_output(address) {
            Some(id) => {
                let path = site.assets.asset(id).file.path.as_str();
                Place::File(path.trim_start_matches("content/").to_owned())
            }
            None => Place::Static(address.clone()),
        }),
        Destination::Missing(Missing::Heading { page: id, .. }) => Some(page(*id)),
        // A page that is held back is where it should be.
        Destination::Missing(Missing::Held(held)) => {
            let path = held.path.as_str();
            Some(Place::Page(path.strip_prefix("content/").unwrap_or(path).to_owned()))
        }
        Destination::Missing(_) | Destination::Written => None,
    }
}

/// A page whose links are spelled anew.
struct Spelling<'s> {
    page: &'s Page,
    text: &'s str,
    lines: Option<Lines>,
    /// By the destinations that were written; those that were spelled anew are taken out.
    definitions: Option<BTreeMap<&'s str, Vec<&'s Definition>>>,
}

impl<'s> Spelling<'s> {
    /// Writes a link so that it leads to a place; tells whether that can be done.
    fn spell(&mut self, link: &Link, meant: &Place, edits: &mut Edits) -> bool {
        let (page, text) = (self.page, self.text);
        if let Target::Name(_) = link.target {
            return self.spell_name(link, meant, edits);
        }
        let (_, tail) = split_tail(&link.written);
        let tail = if link.written.starts_with('#') { &*link.written } else { tail };
        let new = match meant {
            Place::Page(path) | Place::File(path) => format!("@/{path}"),
            Place::Static(address) => format!("/{address}"),
        };
        let new = destination(&new) + tail;
        let is_raw = matches!(link.kind, LinkKind::RawHref | LinkKind::RawSrc);
        let new = match is_raw {
            true => new.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;"),
            false => new,
        };
        let here = &text[link.span.clone()];
        let is_reference =
            !is_raw && (here.starts_with('[') || here.starts_with("![")) && here.ends_with(']');
        let is_autolink = here.starts_with('<')
            || !is_raw && here == &*link.written && text[..link.span.start].ends_with('<');
        if is_autolink {
            return false;
        }
        if !is_reference {
            edits.replace(link.span.clone(), new);
            return true;
        }
        let by_destination = || {
            let mut all: BTreeMap<&'s str, Vec<&'s Definition>> = BTreeMap::new();
            for one in &page.body.definitions {
                all.entry(one.destination.as_str()).or_default().push(one);
            }
            all
        };
        let definitions = self.definitions.get_or_insert_with(by_destination);
        let Some(same) = definitions.remove(&*link.written) else { return false };
        for definition in same {
            edits.replace(definition.span.clone(), new.clone());
        }
        true
    }

    fn spell_name(&mut self, link: &Link, meant: &Place, edits: &mut Edits) -> bool {
        let text = self.text;
        let name = match meant {
            Place::Page(path) => {
                let bare = path.strip_suffix("/_index.md").or(path.strip_suffix("/index.md"));
                bare.or(path.strip_suffix(".md"))
                    .or(path.strip_suffix(".markdown"))
                    .unwrap_or(path)
                    .to_owned()
            }
            Place::File(path) => path.clone(),
            Place::Static(_) => return false,
        };
        let here = &text[link.span.clone()];
        let tail = here.find('#').map_or("", |at| &here[at..]);
        let old = here.split(['#', '|']).next().unwrap_or("").trim();
        let behind = &text[link.span.end..];
        let lines = self.lines.get_or_insert_with(|| Lines::of(text));
        let line = lines.at(link.span.start);
        let label = match behind.starts_with("]]") && matches!(link.kind, LinkKind::Wikilink) {
            true if line.words(text).starts_with('|') => format!("\\|{old}"),
            true => format!("|{old}"),
            false => String::new(),
        };
        edits.replace(link.span.clone(), format!("{name}{tail}{label}"));
        true
    }
}

/// Notes a finding that would stop the first build, and sets its rule to a warning where that
/// can be.
fn lose(
    library: &mut Library<'_>,
    by_target: &BTreeMap<String, usize>,
    texts: &Texts,
    spots: &mut BTreeMap<usize, Spot>,
    finding: &Diagnostic,
) {
    let kind = match finding.code {
        Code::BrokenLink
        | Code::BrokenHeading
        | Code::BrokenWikilink
        | Code::AmbiguousWikilink
        | Code::MissingAsset => LossKind::Link,
        Code::MissingReference
        | Code::BibliographySyntax
        | Code::DuplicateKey
        | Code::BadDate
        | Code::DoiSyntax
        | Code::Isbn
        | Code::Issn
        | Code::Pmid
        | Code::Pmcid
        | Code::Arxiv
        | Code::Retracted => LossKind::Reference,
        _ => LossKind::Build,
    };
    let instead = match finding.code.is_adjustable() {
        true => {
            *library.settings.lowered.entry(finding.code.name()).or_default() += 1;
            format!("left as it is; `{}` is set to a warning", finding.code.name())
        }
        false => format!("to be mended by hand: `{}`", finding.code.name()),
    };
    let path = finding.span.as_ref().map_or("", |span| span.file.as_str());
    let below = path.strip_prefix("content/").unwrap_or(path);
    let (Some(span), Some(&at)) = (&finding.span, by_target.get(below)) else {
        let origin = library.placed.iter().find(|placed| placed.target == path);
        let origin = origin.map_or(path.to_owned(), |placed| placed.origin.path.clone());
        return library.lose(&origin, kind, finding.message.clone(), instead);
    };
    let script = &library.drafts[at].script;
    let text = texts.get(below).map_or("", String::as_str);
    let snippet = text.get(span.range.clone()).unwrap_or("").trim();
    let what = match snippet.is_empty() || finding.message.contains(&format!("`{snippet}`")) {
        true => finding.message.clone(),
        false => format!("{}: `{}`", finding.message, shortened(snippet)),
    };
    let spot = spots.entry(at).or_default();
    let found = spot.find(script.text, text, span.range.start, snippet);
    library.losses.push(script.loss(found, kind, what, instead));
}
