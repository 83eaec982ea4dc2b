//! From a site and two names to the files that change.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::before::Before;
use super::claims;
use super::edit::{self, Matter};
use super::names;
use super::sense::{Sense, fields, of_link, place_of};
use super::spelling::{respelled, spellings};
use super::targets::targets;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Span};
use crate::fingerprint::Fingerprint;
use crate::markdown::{Link, LinkKind, Target};
use crate::page::{self, Page};
use crate::path::SourcePath;
use crate::site::{self, PageId, Pages, Parts, Resolver, Site};
use crate::source::Source;

/// What is to be done.
#[derive(Debug)]
pub struct Plan {
    /// The files that move or change, in the order of their paths; the paths are those of the
    /// site's root.
    pub changes: Vec<Change>,
    /// What is written anew in them.
    pub rewritten: Vec<Rewritten>,
    /// Old addresses that lead on from now on.
    pub aliases: Vec<String>,
    /// What will name a file by its old path, and is to be changed by hand.
    pub left: Vec<Diagnostic>,
}

/// A file that moves or changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// Where it lies.
    pub old: SourcePath,
    /// Where it is to lie; the same where it stays.
    pub new: SourcePath,
    /// Its text as it was read and as it is to be, where that changes.
    pub text: Option<(String, String)>,
}

/// A destination that is spelled anew.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rewritten {
    /// Where it stands.
    pub span: Span,
    /// As it is written.
    pub old: String,
    /// As it will be.
    pub new: String,
}

/// Finds out what moving `old` to `new` changes.
///
/// # Errors
///
/// Why it cannot be done, with every place that keeps it from being done.
pub fn plan(before: &Before, old: &str, new: &str) -> Result<Plan, Vec<Diagnostic>> {
    let content = |path: &SourcePath| {
        path.as_str().strip_prefix("content/").unwrap_or(path.as_str()).to_owned()
    };
    let pages = before.sources.iter().map(|source| content(&source.path));
    let assets = before.assets.iter().map(|(file, _)| content(&file.path));
    let files: BTreeSet<String> = pages.chain(assets).collect();
    let moves = targets(&files, old, new).map_err(|(message, help)| {
        let mut finding = Diagnostic::new(Code::CannotMove, message);
        finding.help = help;
        vec![finding]
    })?;
    let mut mover = Mover {
        before,
        moves,
        config: before.config.clone(),
        config_text: None,
        texts: BTreeMap::new(),
        rewritten: Vec::new(),
        aliases: Vec::new(),
        found: Vec::new(),
    };
    let here = mover.site(&before.config, &BTreeMap::new(), false);
    let there = mover.site(&before.config, &BTreeMap::new(), true);
    mover.found.extend(names::named(before, &here, &mover.moves));
    mover.found.extend(claims::collisions(&here, &there));
    mover.rewrite(&here, &there);
    if mover.found.is_empty() {
        let after = mover.site(&mover.config, &mover.texts, true);
        mover.compare(&here, &after);
        mover.found.extend(claims::collisions(&here, &after));
    }
    if mover.found.is_empty() { Ok(mover.into_plan()) } else { Err(mover.found) }
}

struct Mover<'a> {
    before: &'a Before,
    /// The new path of each file that moves, below `content/`.
    moves: BTreeMap<String, String>,
    /// The configuration, changed where it names a page that moves.
    config: Config,
    config_text: Option<String>,
    /// The new texts, by the old paths of their files below `content/`.
    texts: BTreeMap<String, String>,
    rewritten: Vec<Rewritten>,
    aliases: Vec<String>,
    found: Vec<Diagnostic>,
}

impl Mover<'_> {
    fn moved(&self, path: &str) -> String {
        self.moves.get(path).cloned().unwrap_or_else(|| path.to_owned())
    }

    /// The site with some texts changed, before the files move or after.
    fn site(&self, config: &Config, texts: &BTreeMap<String, String>, is_moved: bool) -> Site {
        let place = |path: &SourcePath| {
            let bare = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
            let bare = if is_moved { self.moved(bare) } else { bare.to_owned() };
            SourcePath::new(format!("content/{bare}"))
        };
        let mut pages: Vec<Arc<Page>> = Vec::with_capacity(self.before.sources.len());
        for source in &self.before.sources {
            let bare = source.path.as_str().strip_prefix("content/").unwrap_or_default();
            let text =
                texts.get(bare).map_or_else(|| source.text.clone(), |text| text.as_str().into());
            let fingerprint = Fingerprint::of(text.as_bytes());
            let source = Source { path: place(&source.path), text, fingerprint };
            pages.push(Arc::new(page::parse(&source, config).value));
        }
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        let mut assets = self.before.assets.clone();
        for (file, _) in &mut assets {
            file.path = place(&file.path);
        }
        assets.sort_by(|a, b| a.0.path.cmp(&b.0.path));
        let parts = Parts {
            pages: Pages::new(pages, config, &self.before.today),
            assets,
            statics: self.before.statics.clone(),
            ids: self.before.ids.clone(),
            named: BTreeSet::new(),
            directives: None,
            references: self.before.references.clone(),
            today: self.before.today.clone(),
        };
        site::assemble(parts, config)
    }

    /// Spells anew whatever would lead elsewhere.
    fn rewrite(&mut self, here: &Site, there: &Site) {
        let mut of_here = Resolver::new(here);
        let mut of_there = Resolver::new(there);
        for source in &self.before.sources {
            let path = source.path.as_str().strip_prefix("content/").unwrap_or_default();
            let new_path = self.moved(path);
            let ids = (here.pages.at_path(path), there.pages.at_path(&new_path));
            let (Some(id), Some(new_id)) = ids else { continue };
            let page = here.pages.page(id);
            let mut edits: Vec<(Range<usize>, String)> = Vec::new();
            for link in &page.body.links {
                let sense = of_link(here, &mut of_here, id, link).moved(&self.moves);
                if of_link(there, &mut of_there, new_id, link) == sense {
                    continue;
                }
                let anew = spellings(there, &new_path, link, &sense).into_iter().find(|written| {
                    let link = respelled(link, written);
                    of_link(there, &mut of_there, new_id, &link) == sense
                });
                match anew {
                    Some(written) => self.edit(page, &source.text, link, &written, &mut edits),
                    None => self.refuse(page.span(link.span.clone())),
                }
            }
            let matter = self.matter(here, there, &mut of_here, &mut of_there, (id, new_id));
            self.take(page, &source.text, edits, &matter);
        }
        self.process_page(here, there, &mut of_here, &mut of_there);
    }

    fn edit(
        &mut self,
        page: &Page,
        text: &str,
        link: &Link,
        written: &str,
        edits: &mut Vec<(Range<usize>, String)>,
    ) {
        let is_raw = matches!(link.kind, LinkKind::RawHref | LinkKind::RawSrc)
            && !matches!(link.target, Target::Name(_));
        let new = match is_raw {
            true => written.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;"),
            false => written.to_owned(),
        };
        let place = &text[link.span.clone()];
        let is_reference = !is_raw
            && !matches!(link.target, Target::Name(_))
            && (place.starts_with('[') || place.starts_with("!["))
            && place.ends_with(']');
        let places: Vec<Range<usize>> = match is_reference {
            true => {
                let all = page.body.definitions.iter();
                let same = all.filter(|definition| *definition.destination == *link.written);
                same.map(|definition| definition.span.clone()).collect()
            }
            false => vec![link.span.clone()],
        };
        if places.is_empty() {
            return self.refuse(page.span(link.span.clone()));
        }
        for place in places {
            if edits.iter().any(|(known, _)| *known == place) {
                continue;
            }
            let old = text[place.clone()].to_owned();
            // Of what a value without quotes must not hold, a name may have white space.
            let is_bare = !is_raw && text[..place.start].ends_with('=');
            let new = match is_bare && new.contains(char::is_whitespace) {
                true => format!("\"{new}\""),
                false => new.clone(),
            };
            let span = page.span(place.clone());
            self.rewritten.push(Rewritten { span, old, new: new.clone() });
            edits.push((place, new));
        }
    }

    /// What changes in the front matter of a page.
    fn matter(
        &mut self,
        here: &Site,
        there: &Site,
        of_here: &mut Resolver<'_>,
        of_there: &mut Resolver<'_>,
        (id, new_id): (PageId, PageId),
    ) -> Matter {
        let (page, new_page) = (here.pages.page(id), there.pages.page(new_id));
        let mut matter =
            Matter { address: new_page.card.permalink.to_string(), ..Matter::default() };
        for (field, value) in fields(page) {
            let sense = field.sense(here, of_here, id, &value).moved(&self.moves);
            if field.sense(there, of_there, new_id, &value) == sense {
                continue;
            }
            let path = &new_page.card.relative_path;
            let ways = spellings(there, path, &field.link(&value), &sense).into_iter();
            // A name in brackets keeps them.
            let bare = value.trim();
            let mut ways = ways.map(|way| match bare.starts_with("[[") {
                true => format!("[[{way}]]"),
                false => way,
            });
            let span = page.span(place_of(page, field));
            match ways.find(|way| field.sense(there, of_there, new_id, way) == sense) {
                Some(new) => {
                    self.rewritten.push(Rewritten { span, old: value, new: new.clone() });
                    matter.fields.push((field, new));
                }
                None => self.refuse(span),
            }
        }
        if page.card.permalink != new_page.card.permalink && !page.card.draft {
            let old = page.card.permalink.to_string();
            // Whatever is served there now wins.
            if there.pages.served_at(&old).is_none() {
                self.aliases.push(old.clone());
                matter.alias = Some(old);
            }
        }
        matter
    }

    /// Keeps the new text of a page.
    fn take(
        &mut self,
        page: &Page,
        text: &str,
        edits: Vec<(Range<usize>, String)>,
        matter: &Matter,
    ) {
        if edits.is_empty() && matter.is_empty() {
            return;
        }
        let toml = page::toml_at(text);
        let mut all = edits;
        if !matter.is_empty() {
            let old = toml.clone().map_or("", |range| &text[range]);
            let Some(new) = edit::matter(old, matter) else {
                return self.refuse(page.span(toml.unwrap_or(0..0)));
            };
            match toml {
                Some(range) => all.push((range, new)),
                None => {
                    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
                    all.push((mark..mark, format!("+++\n{new}+++\n\n")));
                }
            }
        }
        match edit::replaced(text, all) {
            Some(new) => {
                self.texts.insert(page.card.relative_path.clone(), new);
            }
            None => self.refuse(page.whole()),
        }
    }

    fn process_page(
        &mut self,
        here: &Site,
        there: &Site,
        of_here: &mut Resolver<'_>,
        of_there: &mut Resolver<'_>,
    ) {
        let Some(named) = self.config.citations.process_page.clone() else { return };
        let (Some(id), Some(new_id)) = (here.pages.ids().next(), there.pages.ids().next()) else {
            return;
        };
        let link = Link::plain(&named.name, 0..0);
        let sense = of_link(here, of_here, id, &link).moved(&self.moves);
        if of_link(there, of_there, new_id, &link) == sense {
            return;
        }
        let from = there.pages.page(new_id).card.relative_path.clone();
        let mut ways = spellings(there, &from, &link, &sense).into_iter();
        let found =
            ways.find(|way| of_link(there, of_there, new_id, &Link::plain(way, 0..0)) == sense);
        let (file, text) = &self.before.config_file;
        let span = named.span.clone().unwrap_or_else(|| Span::whole(file.clone()));
        match found.and_then(|new| Some((edit::process_page(text, &new)?, new))) {
            Some((text, new)) => {
                self.rewritten.push(Rewritten { span, old: named.name, new: new.clone() });
                self.config_text = Some(text);
                if let Some(named) = &mut self.config.citations.process_page {
                    named.name = new;
                }
            }
            None => self.refuse(span),
        }
    }

    fn refuse(&mut self, span: Span) {
        let message = "this cannot be spelled so that it leads where it leads now";
        let help = "change it by hand first, or choose another name";
        self.found.push(Diagnostic::new(Code::CannotMove, message).at(span).help(help));
    }

    /// Holds every destination of the site as it will be against what it was.
    fn compare(&mut self, here: &Site, after: &Site) {
        let mut of_here = Resolver::new(here);
        let mut of_after = Resolver::new(after);
        for id in here.pages.ids() {
            let page = here.pages.page(id);
            let new_path = self.moved(&page.card.relative_path);
            let Some(new_id) = after.pages.at_path(&new_path) else {
                self.refuse(page.whole());
                continue;
            };
            let new_page = after.pages.page(new_id);
            if page.card.date != new_page.card.date {
                let message = "the new name gives this page another date";
                let help = "write its `date` into the front matter first, or choose another name";
                let refusal = Diagnostic::new(Code::CannotMove, message);
                self.found.push(refusal.at(page.whole()).help(help));
            }
            if page.body.links.len() != new_page.body.links.len() {
                for span in self.torn(page) {
                    self.refuse(span);
                }
                continue;
            }
            for (link, new) in page.body.links.iter().zip(&new_page.body.links) {
                let sense = of_link(here, &mut of_here, id, link).moved(&self.moves);
                if of_link(after, &mut of_after, new_id, new) != sense {
                    self.refuse(page.span(link.span.clone()));
                }
            }
            let pairs = fields(page).into_iter().zip(fields(new_page));
            for ((field, value), (_, new)) in pairs {
                let sense = field.sense(here, &mut of_here, id, &value).moved(&self.moves);
                if field.sense(after, &mut of_after, new_id, &new) != sense {
                    self.refuse(page.span(place_of(page, field)));
                }
            }
        }
        let process = |site: &Site| site.links.process_page().map(|found| Sense::of(site, found));
        let old = process(here).map(|sense| sense.moved(&self.moves));
        if old != process(after) {
            let span = here.links.process_span().cloned();
            self.refuse(span.unwrap_or_else(|| Span::whole(self.before.config_file.0.clone())));
        }
    }

    /// The destinations of a page whose new spelling, put where they stand, tears a link: those
    /// in a tag that goes on in the next line of a quote stand nowhere in one piece.
    fn torn(&self, page: &Page) -> Vec<Span> {
        let source = self.before.sources.iter().find(|source| source.path == page.path);
        let tears = |rewritten: &&Rewritten| {
            let edit = vec![(rewritten.span.range.clone(), rewritten.new.clone())];
            source.is_none_or(|source| {
                let text = edit::replaced(&source.text, edit).unwrap_or_default().into();
                let source = Source { text, ..source.clone() };
                let parsed = page::parse(&source, &self.before.config).value;
                parsed.body.links.len() != page.body.links.len()
            })
        };
        let here = self.rewritten.iter().filter(|rewritten| rewritten.span.file == page.path);
        let torn: Vec<_> = here.filter(tears).map(|rewritten| rewritten.span.clone()).collect();
        if torn.is_empty() { vec![page.whole()] } else { torn }
    }

    fn into_plan(self) -> Plan {
        let mut changes = Vec::new();
        let bare = |path: &SourcePath| {
            path.as_str().strip_prefix("content/").unwrap_or_default().to_owned()
        };
        let new_path = |path: &str| SourcePath::new(format!("content/{}", self.moved(path)));
        for source in &self.before.sources {
            let path = bare(&source.path);
            let text = self.texts.get(&path).map(|new| (source.text.to_string(), new.clone()));
            if text.is_some() || self.moves.contains_key(&path) {
                changes.push(Change { old: source.path.clone(), new: new_path(&path), text });
            }
        }
        for (file, _) in &self.before.assets {
            let path = bare(&file.path);
            if self.moves.contains_key(&path) {
                changes.push(Change { old: file.path.clone(), new: new_path(&path), text: None });
            }
        }
        if let Some(new) = self.config_text {
            let (file, old) = self.before.config_file.clone();
            changes.push(Change { old: file.clone(), new: file, text: Some((old, new)) });
        }
        let mut rewritten = self.rewritten;
        rewritten.sort_by(|a, b| {
            (a.span.file.as_str(), a.span.range.start)
                .cmp(&(b.span.file.as_str(), b.span.range.start))
        });
        let left = names::in_templates(&self.before.templates, &self.moves);
        Plan { changes, rewritten, aliases: self.aliases, left }
    }
}
