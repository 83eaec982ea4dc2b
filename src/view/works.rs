//! The works of a site: their order, their anchors, and what a template sees of each.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::pager::{Pager, pagers};
use crate::cite::{Name, Reference, WorkId, export};
use crate::path::encode;
use crate::site::{PageId, Site, WORKS_A_PAGE, anchor};
use crate::text::escape::{self, push_attribute, push_text};
use crate::text::fold::collate;
use crate::theme::{Fields, Value};

/// What is the same on every page that shows a work.
#[derive(Debug, Default)]
pub struct Works {
    /// The works that any page names, by author, then year, then title.
    order: Vec<WorkId>,
    /// What is known of each, by its place among all references; none of those that no page
    /// names.
    known: Vec<Option<Known>>,
    /// The pages of the list of references; none where the site has no such list.
    pagers: Vec<Pager>,
    /// The words of the language whose short forms are kept: that of the page that first asks.
    spoken_in: OnceLock<Joining>,
}

/// What is known of a work that some page names.
#[derive(Debug)]
struct Known {
    /// Its id as the target of links.
    id: String,
    /// Its place in the list of references.
    place: usize,
    /// On how many pages it is named.
    pages: usize,
    /// Its short form, made when a page first speaks of it.
    short: OnceLock<Box<str>>,
    /// What is the same of it on every page, made when the first page shows it.
    common: OnceLock<Common>,
}

/// The words that join names: `and`, `and others`.
type Joining = [String; 2];

/// What is the same of a work on every page: made once, and shared by all.
#[derive(Debug)]
struct Common {
    /// The identifiers that its entry in the style of the site does not link to.
    links: Value,
    /// The same as HTML.
    anchors: Box<str>,
    /// Its description for programs that collect references, as COinS has it, escaped.
    coins: Value,
    /// What it is, in every style.
    work: Value,
}

impl Works {
    /// Orders the works that any page names.
    pub(super) fn new(site: &Site) -> Self {
        let mut order: Vec<WorkId> = site.cited.uses().keys().copied().collect();
        order.sort_by_cached_key(|&work| sort_key(site.references.work(work)));
        let mut taken = BTreeSet::new();
        let mut known: Vec<Option<Known>> = Vec::new();
        known.resize_with(order.iter().map(|work| work.index() + 1).max().unwrap_or(0), || None);
        for (place, &work) in order.iter().enumerate() {
            let id = free(&taken, anchor(&site.references.work(work).key));
            taken.insert(id.clone());
            let uses = site.cited.uses().get(&work).into_iter().flatten();
            let pages = uses.map(|place| place.page).collect::<BTreeSet<PageId>>().len();
            let (short, common) = (OnceLock::new(), OnceLock::new());
            known[work.index()] = Some(Known { id, place, pages, short, common });
        }
        let pagers = match &site.reference_list {
            Some(list) => pagers(list, order.len(), WORKS_A_PAGE),
            None => Vec::new(),
        };
        Self { order, known, pagers, spoken_in: OnceLock::new() }
    }

    fn known(&self, work: WorkId) -> Option<&Known> {
        self.known.get(work.index())?.as_ref()
    }

    fn common(&self, site: &Site, work: WorkId) -> Option<&Common> {
        Some(self.known(work)?.common.get_or_init(|| Common::new(site, self, work)))
    }

    /// The short form in which people speak of a work: `Furlan 2015`, `Chou and others 2017`.
    pub(super) fn short(&self, site: &Site, work: WorkId, phrases: &Phrases) -> Cow<'_, str> {
        let reference = site.references.work(work);
        let is_kept = *self.spoken_in.get_or_init(|| phrases.joining.clone()) == phrases.joining;
        match self.known(work).filter(|_| is_kept) {
            Some(known) => {
                Cow::Borrowed(known.short.get_or_init(|| short(reference, phrases).into()))
            }
            None => short(reference, phrases).into(),
        }
    }

    /// The pages of the list of references.
    pub fn pagers(&self) -> &[Pager] {
        &self.pagers
    }

    /// The page of the list of references that has a work, from one.
    pub fn listed_on(&self, work: WorkId) -> Option<usize> {
        let place = self.known(work)?.place;
        (!self.pagers.is_empty()).then_some(place / WORKS_A_PAGE + 1)
    }

    /// The works on one page of the list of references.
    pub(super) fn shown(&self, number: usize) -> &[WorkId] {
        let shown = self.order.chunks(WORKS_A_PAGE).nth(number - 1);
        shown.unwrap_or_default()
    }

    /// How many works any page names.
    pub(super) fn count(&self) -> usize {
        self.order.len()
    }

    /// The id of a work as the target of links: `ref-furlan2015`.
    pub(super) fn id(&self, work: WorkId) -> &str {
        self.known(work).map_or("", |known| &known.id)
    }

    /// Where a work stands in the list of references.
    pub(super) fn href(&self, site: &Site, work: WorkId) -> Option<String> {
        let pager = self.pagers.get(self.listed_on(work)? - 1)?;
        Some(format!("{}#{}", site.base.href(&pager.permalink), encode(self.id(work))))
    }
}

/// The id wanted, or the first of `wanted-2`, `wanted-3` that nothing has.
pub(super) fn free(taken: &BTreeSet<String>, wanted: String) -> String {
    if !taken.contains(&wanted) {
        return wanted;
    }
    let mut n = 2;
    loop {
        let other = format!("{wanted}-{n}");
        if !taken.contains(&other) {
            return other;
        }
        n += 1;
    }
}

fn sort_key(reference: &Reference) -> (String, i32, String, String) {
    let title = collate(&reference.text("title"));
    let name =
        reference.creators().first().map_or_else(|| title.clone(), |name| collate(&sorted(name)));
    (name, reference.year().unwrap_or(i32::MAX), title, reference.key.clone())
}

fn sorted(name: &Name) -> String {
    match name {
        Name::Person { family, given, .. } => format!("{family} {given}"),
        Name::Literal(name) => name.clone(),
    }
}

/// What the lists of a page say of works, in its language.
pub(super) struct Phrases {
    /// "Source", before the number of one.
    pub(super) source: String,
    /// "Back to citation", before the number of one.
    pub(super) back: String,
    named_on: String,
    joining: Joining,
}

impl Phrases {
    pub(super) fn new(words: &dyn Fn(&str) -> String) -> Self {
        Self {
            source: words("source"),
            back: words("back-to-citation"),
            named_on: words("named-on"),
            joining: [words("and"), words("and-others")],
        }
    }

    /// Says on how many pages a work is named, where there is a list of them to look at and
    /// more than one.
    pub(super) fn elsewhere(&self, works: &Works, work: WorkId) -> Value {
        let count = works.known(work).map_or(0, |known| known.pages);
        if count < 2 || works.pagers.is_empty() {
            return Value::none();
        }
        self.named_on.replace("{n}", &count.to_string()).into()
    }
}

fn short(reference: &Reference, phrases: &Phrases) -> String {
    let [and, and_others] = &phrases.joining;
    let mut short = reference.spoken(&|word| {
        if word == "and" { and.clone() } else { and_others.clone() }
    });
    if let Some(year) = reference.year() {
        short.push_str(&format!(" {year}"));
    }
    short
}

/// What a template sees of a work wherever it is listed; `html` is the entry of the list.
pub(super) fn source(site: &Site, works: &Works, id: WorkId, html: &str) -> Fields {
    let mut source = Fields::with_capacity(8);
    source.set("id", works.id(id));
    let Some(common) = works.common(site, id) else { return source };
    // What is long is put together anew for each page: kept for each work, it would take more
    // room than all else that is known of it.
    source.set("html", Value::safe_string(html));
    // Another style may print other identifiers.
    if site.formatted.work(id).is_some_and(|own| own.html == html) {
        source.set("links", common.links.clone());
        source.set("identifiers", identifiers(&common.anchors, &common.coins));
    } else {
        let links = links(site.references.work(id), html);
        source.set("identifiers", identifiers(&anchors(&links), &common.coins));
        source.set("links", views(&links));
    }
    source.set("work", common.work.clone());
    source
}

impl Common {
    fn new(site: &Site, works: &Works, id: WorkId) -> Self {
        let reference = site.references.work(id);
        let printed = site.formatted.work(id);
        let links = links(reference, printed.map_or("", |work| work.html.as_str()));
        let coins = printed.map(|_| escape::html(&export::coins(reference))).unwrap_or_default();
        let coins = Value::safe_string(&coins);
        Self {
            links: views(&links),
            anchors: anchors(&links).into(),
            work: work(site, works, id, reference, coins.clone()),
            coins,
        }
    }
}

/// What a work is, in every style and on every page.
fn work(site: &Site, works: &Works, id: WorkId, reference: &Reference, coins: Value) -> Value {
    let mut map = Fields::with_capacity(16);
    let mut set = |key: &'static str, value: Value| map.set(key, value);
    set("key", reference.key.as_str().into());
    set("type", reference.kind.as_str().into());
    set("title", reference.text("title").into());
    set("container", reference.text("container-title").into());
    set("year", reference.year().map_or(Value::none(), |year| Value::from(i64::from(year))));
    let authors: Vec<Value> =
        reference.creators().iter().map(|name| Value::from(name.full())).collect();
    set("authors", authors.into());
    set("coins", coins);
    let status = &reference.status;
    let has_standing = status.retracted.is_some() || status.preprint || status.open_access;
    set("has_standing", has_standing.into());
    set("retracted", status.retracted.as_deref().map_or(Value::none(), Value::from));
    set("preprint", status.preprint.into());
    set("open_access", status.open_access.into());
    set("license", status.license.as_deref().map_or(Value::none(), Value::from));
    set("references_href", works.href(site, id).map_or(Value::none(), Value::from));
    set("pages_count", works.known(id).map_or(0, |known| known.pages).into());
    map.into()
}

/// Every identifier as a link, but for those that the entry itself links to.
fn links(reference: &Reference, html: &str) -> Vec<(&'static str, String)> {
    let mut links = reference.links();
    links.retain(|(_, href)| !html.contains(&format!("\"{}\"", escape::html(href))));
    links
}

fn views(links: &[(&'static str, String)]) -> Value {
    let links = links.iter().map(|(name, href)| {
        Value::from(Fields::from([("name", (*name).into()), ("href", href.as_str().into())]))
    });
    links.collect::<Vec<Value>>().into()
}

fn anchors(links: &[(&'static str, String)]) -> String {
    let mut html = String::new();
    for (name, href) in links {
        html.push_str(" <a class=\"identifier\" href=\"");
        push_attribute(&mut html, href);
        html.push_str("\">");
        push_text(&mut html, name);
        html.push_str("</a>");
    }
    html
}

/// What stands behind an entry wherever it is listed.
fn identifiers(anchors: &str, coins: &Value) -> Value {
    let coins = coins.as_str().unwrap_or_default();
    if coins.is_empty() {
        return Value::safe_string(anchors);
    }
    let html = [anchors, "<span class=\"Z3988\" title=\"", coins, "\"></span>"].concat();
    Value::safe_string(&html)
}
