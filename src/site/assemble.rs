//! From pages to a site.

use std::collections::{BTreeMap, BTreeSet};

use super::assets::{Assets, StaticFile};
use super::backlinks::{Backlink, backlinks};
use super::cited::Cited;
use super::feeds::Feeds;
use super::formatted::{Formatted, Record};
use super::links::Links;
use super::made::Made;
use super::pages::{PageId, Pages};
use super::people::People;
use super::pictures::Pictures;
use super::resolve::Address;
use super::reviews::Reviews;
use super::suggestion::Related;
use super::taxonomies::Taxonomies;
use super::tree::Tree;
use super::withheld::withheld;
use crate::cite::{References, WorkId};
use crate::config::{Config, Types, Urls};
use crate::date::Date;
use crate::path::{BaseUrl, Permalink};
use crate::source::File;
use crate::theme::Ids;

/// What a site is made of.
#[derive(Debug)]
pub struct Parts {
    /// The pages.
    pub pages: Pages,
    /// The other files under `content/`, with the sizes of images.
    pub assets: Vec<(File, Option<(u32, u32)>)>,
    /// What is served from `static/` folders.
    pub statics: Vec<StaticFile>,
    /// The ids of the elements that templates write.
    pub ids: Ids,
    /// The bibliographies whose names templates hold.
    pub named: BTreeSet<String>,
    /// The components that a text can call; none where the templates cannot be read.
    pub directives: Option<BTreeSet<String>>,
    /// The works of all bibliographies.
    pub references: References,
    /// The day of the build.
    pub today: Date,
}

/// The pages of a site and how they hang together.
#[derive(Debug)]
pub struct Site {
    /// The pages.
    pub pages: Pages,
    /// The files beside them.
    pub assets: Assets,
    /// The sizes in which images are offered; empty until they are made.
    pub pictures: Pictures,
    /// The sections.
    pub tree: Tree,
    /// The taxonomies and their terms.
    pub taxonomies: Taxonomies,
    /// The feeds.
    pub feeds: Feeds,
    /// Where every link leads.
    pub links: Links,
    /// For each page, the pages whose text links to it.
    pub backlinks: Vec<Vec<Backlink>>,
    /// What is offered to read next; empty until it is found.
    pub related: Related,
    /// The works of all bibliographies.
    pub references: References,
    /// Which page cites which of them.
    pub cited: Cited,
    /// The cited works as they are printed; empty until they are.
    pub formatted: Formatted,
    /// Where the list of references is served; nowhere without references, where the site wants
    /// none, or where the author has put a page of that address.
    pub reference_list: Option<Permalink>,
    /// Where readers search; nowhere where the site has no search, or where the author has put a
    /// page of that address.
    pub search_page: Option<Permalink>,
    /// Who has a page, and who wrote what.
    pub people: People,
    /// Who reviewed what.
    pub reviews: Reviews,
    /// The content types.
    pub types: Types,
    /// What the build makes beside pages and lists.
    pub made: Made,
    /// The ids of the elements that templates write.
    pub ids: Ids,
    /// The components that a text can call; none where the templates cannot be read.
    pub directives: Option<BTreeSet<String>>,
    /// Where the site is hosted.
    pub base: BaseUrl,
    /// The day of the build.
    pub today: Date,
    home: Permalink,
}

impl Site {
    /// What readers are told that a page is: the title of its content type.
    pub fn type_title(&self, id: PageId) -> Option<&str> {
        let name = self.pages.page(id).card.content_type.as_deref()?;
        self.types.get(name)?.title.as_deref()
    }

    /// A work as other programs read it, if it was printed.
    pub fn record(&self, work: WorkId) -> Option<&Record> {
        self.formatted.record(&self.references, work)
    }

    /// The address of the root.
    pub fn home(&self) -> &Permalink {
        &self.home
    }
}

/// Hangs the pages together.
pub fn assemble(parts: Parts, config: &Config) -> Site {
    let pages = parts.pages;
    let mut assets = Assets::new(parts.assets, &parts.statics, &pages);
    let tree = Tree::grow(&pages);
    let taxonomies = Taxonomies::new(&config.taxonomies, config.urls, &pages, &tree);
    let feeds = Feeds::new(&config.feed, &pages, &tree, &taxonomies);
    let reference_list = reference_list(&pages, &parts.references, config);
    let search_page = search_page(&pages, config);
    let cited = Cited::resolve(&pages, &parts.references);
    let made = Made::new(config, &parts.today);
    let mut address = Address {
        pages: &pages,
        assets: &assets,
        tree: &tree,
        taxonomies: &taxonomies,
        feeds: &feeds,
        made: &made,
        ids: &parts.ids,
        references: &parts.references,
        cited: &cited,
        reference_list: reference_list.as_ref(),
        search_page: search_page.as_ref(),
        base: &config.base,
        loose: BTreeMap::new(),
        names: None,
    };
    let links = Links::resolve(&mut address, config.citations.process_page.as_ref());
    let only_read = withheld(config, &pages, &assets, &links, &parts.named);
    assets.withhold(&only_read);
    let backlinks = backlinks(&pages, &links);
    let people = People::resolve(&pages);
    let reviews = Reviews::resolve(&pages, &people, &config.types, &parts.today);
    Site {
        pages,
        assets,
        pictures: Pictures::default(),
        tree,
        taxonomies,
        feeds,
        links,
        backlinks,
        related: Related::default(),
        references: parts.references,
        cited,
        formatted: Formatted::default(),
        reference_list,
        search_page,
        people,
        reviews,
        types: config.types.clone(),
        made,
        ids: parts.ids,
        directives: parts.directives,
        base: config.base.clone(),
        today: parts.today,
        home: Permalink::root(),
    }
}

fn reference_list(pages: &Pages, references: &References, config: &Config) -> Option<Permalink> {
    if references.all().is_empty() || !config.citations.references_page {
        return None;
    }
    let address = match config.urls {
        Urls::Directory => "/references/",
        Urls::Flat => "/references.html",
    };
    let is_free = pages.served_at(address).is_none();
    Permalink::new(address).ok().filter(|_| is_free)
}

fn search_page(pages: &Pages, config: &Config) -> Option<Permalink> {
    let address = match config.urls {
        Urls::Directory => "/search/",
        Urls::Flat => "/search.html",
    };
    let is_free = pages.served_at(address).is_none();
    Permalink::new(address).ok().filter(|_| config.search.enabled && is_free)
}
