//! What both forms of a feed say of it and of its pages.

use crate::date::Date;
use crate::markdown;
use crate::path::Permalink;
use crate::render::inputs::Inputs;
use crate::render::page::content;
use crate::site;
use crate::site::{Destination, Feed, FeedOf, PageId, changed};
use crate::view;

/// A feed as a whole.
pub(super) struct Channel {
    /// Its title.
    pub(super) title: String,
    /// One or two sentences on it; may be empty.
    pub(super) description: String,
    /// The page that lists the same.
    pub(super) home: String,
    /// The language of most of it.
    pub(super) language: String,
    /// Who publishes it: the name of the site.
    pub(super) publisher: String,
    /// The root of the site.
    pub(super) root: String,
}

/// A page of a feed.
pub(super) struct Entry {
    /// Its whole address, which is its name for all time.
    pub(super) url: String,
    /// Its title.
    pub(super) title: String,
    /// The day it was first published.
    pub(super) published: Option<Date>,
    /// The day it last changed.
    pub(super) updated: Date,
    /// Who wrote it.
    pub(super) authors: Vec<Author>,
    /// One or two sentences on it.
    pub(super) summary: String,
    /// Its whole text as HTML, where the feed holds it.
    pub(super) content: Option<String>,
    /// Its language, where it is not the feed's.
    pub(super) language: Option<String>,
    /// Its terms.
    pub(super) terms: Vec<Category>,
    /// The address of its lead image.
    pub(super) image: Option<String>,
}

/// Who wrote a page.
pub(super) struct Author {
    /// The name.
    pub(super) name: String,
    /// The page on the author, if there is one.
    pub(super) url: Option<String>,
}

/// A term of a page.
pub(super) struct Category {
    /// Its name.
    pub(super) name: String,
    /// The whole address of its taxonomy.
    pub(super) scheme: String,
}

impl Channel {
    /// Describes a feed.
    pub(super) fn new(inputs: &Inputs<'_>, feed: &Feed) -> Self {
        let (site, config) = (inputs.site, inputs.config);
        let (name, description, home, page) = match feed.of {
            FeedOf::Site => (None, config.description.clone(), Permalink::root(), None),
            FeedOf::Section(id) => {
                let page = site.tree.section(id).page.map(|id| site.pages.page(id));
                let home = page.map_or_else(Permalink::root, |page| page.card.permalink.clone());
                let description = page.and_then(|page| page.card.description.clone());
                let name = page.map(|page| page.card.title.clone());
                (name, description.unwrap_or_default(), home, page)
            }
            FeedOf::Term(id) => {
                let term = site.taxonomies.term(id);
                let page = term.head.and_then(|head| site.tree.section(head).page);
                let page = page.map(|id| site.pages.page(id));
                let description = page.and_then(|page| page.card.description.clone());
                let name = page.map_or(&term.name, |page| &page.card.title).clone();
                (Some(name), description.unwrap_or_default(), term.permalink.clone(), page)
            }
        };
        let name = name.filter(|name| *name != config.title);
        let language = page.and_then(|page| page.card.language.clone());
        Self {
            title: name
                .map_or_else(|| config.title.clone(), |name| format!("{name} · {}", config.title)),
            description,
            home: site.base.absolute(&home),
            language: language.unwrap_or_else(|| config.language.clone()),
            publisher: config.title.clone(),
            root: site.base.root(),
        }
    }
}

/// Describes the pages of a feed.
pub(super) fn entries(inputs: &Inputs<'_>, feed: &Feed, language: &str) -> Vec<Entry> {
    feed.pages.iter().filter_map(|&id| entry(inputs, id, language)).collect()
}

fn entry(inputs: &Inputs<'_>, id: PageId, of_feed: &str) -> Option<Entry> {
    let (site, config) = (inputs.site, inputs.config);
    let page = site.pages.page(id);
    let card = &page.card;
    let language = card.language.as_deref().unwrap_or(&config.language);
    let url = site.base.absolute(&card.permalink);
    let words = |key: &str| inputs.theme.word(language, key);
    let whole = config.feed.full_content.then(|| {
        // What keeps a text from being made is said where the page is.
        let html = content(inputs, id, language).html;
        markdown::absolute(&html, &site.base.origin, &url)
    });
    let terms = site.taxonomies.of_page(id).iter().map(|&id| {
        let term = site.taxonomies.term(id);
        let taxonomy = site.taxonomies.taxonomy(term.taxonomy);
        Category { name: term.name.clone(), scheme: site.base.absolute(&taxonomy.permalink) }
    });
    Some(Entry {
        title: card.title.clone(),
        published: card.date.clone(),
        updated: changed(card)?.clone(),
        authors: site.people.authors(id).iter().map(|one| author(inputs, one)).collect(),
        summary: view::summary(site, page, &words),
        content: whole,
        language: Some(language.to_owned()).filter(|language| language != of_feed),
        terms: terms.collect(),
        image: image(inputs, id, &url),
        url,
    })
}

/// An author, with the page about them.
fn author(inputs: &Inputs<'_>, author: &site::Author) -> Author {
    let site = inputs.site;
    match author {
        site::Author::Person(person) => {
            let card = &site.pages.page(site.people.person(*person).page).card;
            Author { name: card.title.clone(), url: Some(site.base.absolute(&card.permalink)) }
        }
        site::Author::Name(name) => Author { name: name.clone(), url: None },
    }
}

fn image(inputs: &Inputs<'_>, id: PageId, page: &str) -> Option<String> {
    let site = inputs.site;
    let written = site.pages.page(id).card.image.as_ref()?.src.get_ref();
    let destination = site.links.lead_image(id)?;
    if matches!(destination, Destination::Missing(_)) {
        return None;
    }
    let href = view::href(site, destination, written);
    Some(markdown::absolute_address(&href, &site.base.origin, page))
}
