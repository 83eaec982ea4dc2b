//! The views of people: who wrote a page, who reviewed it, who it is about.

use super::extra::optional;
use super::image::image;
use crate::cite::parse_orcid;
use crate::site::{Author, Due, PageId, Person, PersonId, Site};
use crate::theme::{Digests, Fields, Value};

/// The card of every person, made once and shared by all pages that name them.
#[derive(Debug)]
pub(super) struct People {
    cards: Vec<Value>,
}

impl People {
    pub(super) fn new(site: &Site) -> Self {
        Self { cards: site.people.all().iter().map(|person| card(site, person).into()).collect() }
    }

    pub(super) fn share(&self, digests: &mut Digests) {
        self.cards.iter().for_each(|card| digests.share(card));
    }

    pub(super) fn card(&self, id: PersonId) -> &Value {
        &self.cards[id.index()]
    }

    /// Sets who wrote a page, as cards and as names alone, and who it is about.
    pub(super) fn describe(&self, map: &mut Fields, site: &Site, id: PageId) {
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
        map.set("authors", cards);
        map.set("author_names", names);
        let about = site.people.of_page(id).map_or(Value::none(), |id| self.card(id).clone());
        map.set("person", about);
    }

    /// Sets who reviewed a page, and when the next review falls due.
    pub(super) fn reviews(&self, map: &mut Fields, site: &Site, id: PageId) {
        let reviews = site.reviews.of(id);
        let views: Vec<Value> = reviews
            .iter()
            .enumerate()
            .map(|(n, review)| {
                let mut map = Fields::with_capacity(4);
                map.set("by", self.card(review.by).clone());
                map.set("on", review.on.to_string());
                map.set("kind", optional(review.kind.as_deref()));
                let is_latest = reviews[..n].iter().all(|newer| newer.kind != review.kind);
                map.set("latest", is_latest);
                map.into()
            })
            .collect();
        map.set("reviews", views);
        let due = match site.reviews.due(id) {
            Due::On(day) => Value::from(day.day()),
            Due::Never | Due::Unreviewed => Value::none(),
        };
        map.set("review_due", due);
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
fn card(site: &Site, person: &Person) -> Fields {
    let page = site.pages.page(person.page);
    let mut map = Fields::with_capacity(14);
    let mut set = |key: &'static str, value: Value| {
        map.set(key, value);
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
            let mut map = Fields::with_capacity(2);
            let title = link.title.as_deref().unwrap_or_else(|| short(&link.url));
            map.set("title", title);
            map.set("url", link.url.as_str());
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
    let mut map = Fields::with_capacity(14);
    map.set("name", name);
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
        map.set(key, Value::none());
    }
    map.set("links", Vec::<Value>::new());
    map.into()
}

/// An address without what readers need not see of it.
fn short(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("mailto:").unwrap_or(rest).trim_end_matches('/')
}
