//! The views of people: who wrote a page, who reviewed it, who it is about.

use super::extra::optional;
use super::image::image;
use crate::cite::parse_orcid;
use crate::site::{Author, Due, PageId, Person, PersonId, Site};
use crate::theme::{Map, Value};

/// The card of every person, made once and shared by all pages that name them.
#[derive(Debug)]
pub(super) struct People {
    cards: Vec<Value>,
}

impl People {
    pub(super) fn new(site: &Site) -> Self {
        Self { cards: site.people.all().iter().map(|person| card(site, person).into()).collect() }
    }

    pub(super) fn card(&self, id: PersonId) -> &Value {
        &self.cards[id.index()]
    }

    /// Sets who wrote a page, as cards and as names alone, and who it is about.
    pub(super) fn describe(&self, map: &mut Map, site: &Site, id: PageId) {
        let authors = site.people.authors(id);
        let cards: Vec<Value> = authors
            .iter()
            .map(|author| match author {
                Author::Person(person) => self.card(*person).clone(),
                Author::Name(name) => nobody(name),
            })
            .collect();
        let names: Vec<Value> =
            authors.iter().map(|author| Value::from(name(site, author))).collect();
        map.insert("authors".into(), cards.into());
        map.insert("author_names".into(), names.into());
        let about = site.people.of_page(id).map_or(Value::none(), |id| self.card(id).clone());
        map.insert("person".into(), about);
    }

    /// Sets who reviewed a page, and when the next review falls due.
    pub(super) fn reviews(&self, map: &mut Map, site: &Site, id: PageId) {
        let reviews = site.reviews.of(id);
        let views: Vec<Value> = reviews
            .iter()
            .enumerate()
            .map(|(n, review)| {
                let mut map = Map::with_capacity(4);
                map.insert("by".into(), self.card(review.by).clone());
                map.insert("on".into(), review.on.to_string().into());
                map.insert("kind".into(), optional(review.kind.as_deref()));
                let is_latest = reviews[..n].iter().all(|newer| newer.kind != review.kind);
                map.insert("latest".into(), is_latest.into());
                map.into()
            })
            .collect();
        map.insert("reviews".into(), views.into());
        let due = match site.reviews.due(id) {
            Due::On(day) => Value::from(day.day()),
            Due::Never | Due::Unreviewed => Value::none(),
        };
        map.insert("review_due".into(), due);
    }
}

/// The name of an author.
pub(super) fn name<'a>(site: &'a Site, author: &'a Author) -> &'a str {
    match author {
        Author::Person(person) => &site.pages.page(site.people.person(*person).page).card.title,
        Author::Name(name) => name,
    }
}

/// What every page that names a person sees of them.
fn card(site: &Site, person: &Person) -> Map {
    let page = site.pages.page(person.page);
    let mut map = Map::with_capacity(14);
    let mut set = |key: &'static str, value: Value| {
        map.insert(key.into(), value);
    };
    let permalink = &page.card.permalink;
    set("name", page.card.title.as_str().into());
    set("stem", person.stem.as_str().into());
    set("href", site.base.href(permalink).into());
    set("permalink", site.base.absolute(permalink).into());
    set("path", permalink.as_str().into());
    set("description", optional(page.card.description.as_deref()));
    set("image", image(site, &page.card, site.links.lead_image(person.page)));
    let keys = person.keys(&site.pages);
    let said = |text: Option<&String>| optional(text.map(|t| t.trim()).filter(|t| !t.is_empty()));
    set("credentials", said(keys.and_then(|keys| keys.credentials.as_ref())));
    set("role", said(keys.and_then(|keys| keys.role.as_ref())));
    set("affiliation", said(keys.and_then(|keys| keys.affiliation.as_ref())));
    set("orcid", optional(orcid(site, person).as_deref()));
    let links = keys.map_or(&[][..], |keys| &keys.links);
    let links: Vec<Value> = links
        .iter()
        .map(|link| {
            let mut map = Map::with_capacity(2);
            let title = link.title.as_deref().unwrap_or_else(|| short(&link.url));
            map.insert("title".into(), title.into());
            map.insert("url".into(), link.url.as_str().into());
            map.into()
        })
        .collect();
    set("links", links.into());
    map
}

/// Somebody's ORCID iD in its usual form; none where it does not add up.
pub(super) fn orcid(site: &Site, person: &Person) -> Option<String> {
    parse_orcid(person.keys(&site.pages)?.orcid.as_ref()?.get_ref())
}

/// A name without a page, under the same keys.
fn nobody(name: &str) -> Value {
    let mut map = Map::with_capacity(14);
    map.insert("name".into(), name.into());
    for key in [
        "stem",
        "href",
        "permalink",
        "path",
        "description",
        "image",
        "credentials",
        "role",
        "affiliation",
        "orcid",
    ] {
        map.insert(key.into(), Value::none());
    }
    map.insert("links".into(), Vec::<Value>::new().into());
    map.into()
}

/// An address without what readers need not see of it.
fn short(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("mailto:").unwrap_or(rest).trim_end_matches('/')
}
