//! From pages to a site.

use std::collections::BTreeMap;

use super::assets::{Assets, StaticFile};
use super::links::Links;
use super::pages::{PageId, Pages};
use super::resolve::Address;
use super::tree::Tree;
use crate::config::Config;
use crate::page::Page;
use crate::path::{BaseUrl, Permalink};
use crate::source::File;

/// What a site is made of.
#[derive(Debug, Default)]
pub struct Parts {
    /// The pages in the order of their paths.
    pub pages: Vec<Page>,
    /// The other files under `content/`, with the sizes of images.
    pub assets: Vec<(File, Option<(u32, u32)>)>,
    /// What is served from `static/` folders.
    pub statics: Vec<StaticFile>,
    /// Files that rendering makes on its own: `sitemap.xml`.
    pub generated: Vec<String>,
}

/// The pages of a site and how they hang together.
#[derive(Debug)]
pub struct Site {
    /// The pages.
    pub pages: Pages,
    /// The files beside them.
    pub assets: Assets,
    /// The sections.
    pub tree: Tree,
    /// Where every link leads.
    pub links: Links,
    /// For each page, the pages that link to it.
    pub backlinks: Vec<Vec<PageId>>,
    /// Where the site is hosted.
    pub base: BaseUrl,
    home: Permalink,
}

impl Site {
    /// The address of the root.
    pub fn home(&self) -> &Permalink {
        &self.home
    }
}

/// Hangs the pages together.
pub fn assemble(parts: Parts, config: &Config) -> Site {
    let pages = Pages::new(parts.pages, config.drafts);
    let assets = Assets::new(parts.assets, &parts.statics, &pages);
    let tree = Tree::grow(&pages);
    let mut address = Address {
        pages: &pages,
        assets: &assets,
        tree: &tree,
        generated: &parts.generated,
        base: &config.base,
        loose: BTreeMap::new(),
    };
    let links = Links::resolve(&mut address);
    let backlinks = super::links::backlinks(&pages, &links);
    Site {
        pages,
        assets,
        tree,
        links,
        backlinks,
        base: config.base.clone(),
        home: Permalink::root(),
    }
}
