//! The view of the site as a whole: its configuration, the cards, the sections.

use super::body::href;
use super::card::{card, home};
use super::extra::{self, optional};
use super::feeds::feeds;
use super::jsonld::Shared;
use super::people::People;
use super::terms::TaxonomyViews;
use super::works::Works;
use crate::config::{Config, Feedback};
use crate::site::{FeedOf, INDEX_ENTRY, PageId, SectionId, Site};
use crate::theme::{Digests, Map, Value};

/// Every shared value of a build's templates, made once.
#[derive(Debug)]
pub struct SiteView {
    /// What templates call `config`.
    pub config: Value,
    /// The configuration.
    pub(super) settings: Config,
    /// What is the same on every page that shows a work.
    pub works: Works,
    pub(super) taxonomies: TaxonomyViews,
    pub(super) people: People,
    /// What the JSON-LD of many pages has in common.
    pub(super) shared: Shared,
    cards: Vec<Value>,
    sections: Vec<Value>,
    home: Value,
    section_pages: Vec<Option<PageId>>,
}

impl SiteView {
    /// Makes the views of all cards and sections. Where a template names [`COUNT`], it `counts`.
    pub fn new(site: &Site, config: &Config, theme_extra: &toml::Table, counts: bool) -> Self {
        let people = People::new(site);
        let taxonomies = TaxonomyViews::new(site);
        let cards: Vec<Value> = site
            .pages
            .ids()
            .map(|id| {
                let mut card = card(site, config, &people, id, counts);
                card.set("terms", taxonomies.of_page(site, id));
                card.into()
            })
            .collect();
        let mut views = Self {
            config: config_view(site, config, theme_extra),
            works: Works::new(site),
            taxonomies,
            settings: config.clone(),
            people,
            shared: Shared::new(site, config),
            cards,
            sections: Vec::new(),
            home: home(site, config).into(),
            section_pages: site.tree.sections().iter().map(|section| section.page).collect(),
        };
        let cards = &views.cards;
        views.taxonomies.complete(site, |id| cards[id.index()].clone());
        views.sections = site.tree.ids().map(|id| views.list(site, id)).collect();
        views
    }

    /// The digests of all that pages share.
    pub fn digests(&self) -> Digests {
        let mut digests = Digests::default();
        self.people.share(&mut digests);
        self.taxonomies.share_names(&mut digests);
        self.cards.iter().chain([&self.home]).for_each(|card| digests.share(card));
        self.taxonomies.share_lists(&mut digests);
        self.sections.iter().for_each(|section| digests.share(section));
        digests
    }

    /// The card of a page.
    pub fn card(&self, id: PageId) -> &Value {
        &self.cards[id.index()]
    }

    /// The card of a section.
    pub fn section_card(&self, id: SectionId) -> &Value {
        self.section_pages[id.index()].map_or(&self.home, |page| self.card(page))
    }

    /// A section with its pages and the sections below it, without its text.
    pub fn section(&self, id: SectionId) -> &Value {
        &self.sections[id.index()]
    }

    fn list(&self, site: &Site, id: SectionId) -> Value {
        let section = site.tree.section(id);
        let mut map = self.section_card(id).as_map().cloned().unwrap_or_default();
        let pages: Vec<Value> = section.pages.iter().map(|id| self.card(*id).clone()).collect();
        let below = section.subsections.iter();
        let subsections: Vec<Value> = below.map(|id| self.section_card(*id).clone()).collect();
        map.insert("pages".into(), pages.into());
        map.insert("subsections".into(), subsections.into());
        let title = self.section_card(id).get_from_path("title").and_then(Value::as_str);
        let feeds = feeds(site, FeedOf::Section(id), title.unwrap_or_default());
        map.insert("feeds".into(), feeds);
        map.into()
    }
}

/// The configuration as templates see it; the site's `[extra]` wins over the theme's.
fn config_view(site: &Site, config: &Config, theme_extra: &toml::Table) -> Value {
    let mut merged = theme_extra.clone();
    merged.extend(config.extra.clone());
    let base_url = config.base.root();
    let taxonomies: Vec<Value> = config
        .taxonomies
        .iter()
        .map(|taxonomy| {
            let mut map = Map::with_capacity(4);
            map.insert("name".into(), taxonomy.name.as_str().into());
            map.insert("slug".into(), taxonomy.slug.as_str().into());
            map.insert("feed".into(), taxonomy.feed.into());
            map.insert(
                "paginate_by".into(),
                Some(taxonomy.paginate_by).filter(|by| *by > 0).map_or(Value::none(), Value::from),
            );
            map.into()
        })
        .collect();
    let mut map = Map::with_capacity(10);
    map.insert("title".into(), config.title.as_str().into());
    map.insert("base_url".into(), base_url.trim_end_matches('/').into());
    map.insert("root_href".into(), format!("{}/", config.base.path).into());
    map.insert("description".into(), config.description.as_str().into());
    map.insert("language".into(), config.language.as_str().into());
    map.insert("default_language".into(), config.language.as_str().into());
    map.insert("theme".into(), config.theme.as_str().into());
    map.insert("taxonomies".into(), taxonomies.into());
    map.insert("extra".into(), extra::table(&merged));
    map.insert("citations".into(), citations(site, config));
    map.insert("feedback".into(), config.feedback.as_ref().map_or(Value::none(), feedback));
    map.insert("feeds".into(), feeds(site, FeedOf::Site, &config.title));
    map.insert("search".into(), search(site, config));
    map.into()
}

/// Where readers search, where the index is, and the lists of terms that lead on without scripts.
fn search(site: &Site, config: &Config) -> Value {
    let Some(page) = &site.search_page else { return Value::none() };
    let taxonomies = site.taxonomies.all().iter().filter(|taxonomy| !taxonomy.terms.is_empty());
    let lists = taxonomies.map(|taxonomy| {
        let declared = &taxonomy.declared;
        let mut list = Map::with_capacity(2);
        let name = declared.title.as_deref().unwrap_or(&declared.name);
        list.insert("name".into(), name.into());
        list.insert("href".into(), site.base.href(&taxonomy.permalink).into());
        Value::from(list)
    });
    let index = format!("{}/{INDEX_ENTRY}", config.base.path);
    let mut map = Map::with_capacity(4);
    map.insert("href".into(), site.base.href(page).into());
    map.insert("path".into(), page.as_str().into());
    map.insert("index".into(), index.into());
    map.insert("lists".into(), lists.collect::<Vec<_>>().into());
    map.into()
}

/// What a form needs to be sent.
fn feedback(set: &Feedback) -> Value {
    let fixed = set.fixed.iter().map(|(name, value)| {
        let mut field = Map::with_capacity(2);
        field.insert("name".into(), name.as_str().into());
        field.insert("value".into(), value.as_str().into());
        Value::from(field)
    });
    let mut map = Map::with_capacity(6);
    map.insert("fixed".into(), fixed.collect::<Vec<_>>().into());
    map.insert("action".into(), set.action.as_str().into());
    map.insert("method".into(), set.method.name().into());
    map.insert("subject".into(), set.subject.as_str().into());
    map.insert("text".into(), set.text.as_str().into());
    map.insert("page".into(), optional(set.page.as_deref()));
    map.into()
}

fn citations(site: &Site, config: &Config) -> Value {
    let citations = &config.citations;
    let process = citations.process_page.as_ref().zip(site.links.process_page());
    let process = process.map(|(named, found)| href(site, found, &named.name));
    let mut map = Map::with_capacity(3);
    map.insert("list_title".into(), optional(citations.list_title.as_deref()));
    map.insert("statement".into(), optional(citations.statement.as_deref()));
    map.insert("process_href".into(), optional(process.as_deref()));
    map.into()
}
