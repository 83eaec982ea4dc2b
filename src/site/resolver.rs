//! Asks of a site where a link would lead that nobody has written yet.

use std::collections::BTreeMap;
use std::ops::Range;

use super::assemble::Site;
use super::links;
use super::pages::PageId;
use super::resolve::{Address, Destination};
use crate::markdown::Link;

/// Resolves links against a site that is whole, as those of its pages were.
pub struct Resolver<'a>(Address<'a>);

impl<'a> Resolver<'a> {
    /// Takes the site.
    pub fn new(site: &'a Site) -> Self {
        Self(Address {
            pages: &site.pages,
            assets: &site.assets,
            tree: &site.tree,
            taxonomies: &site.taxonomies,
            feeds: &site.feeds,
            made: &site.made,
            ids: &site.ids,
            references: &site.references,
            cited: &site.cited,
            reference_list: site.reference_list.as_ref(),
            search_page: site.search_page.as_ref(),
            base: &site.base,
            loose: BTreeMap::new(),
            names: None,
        })
    }

    /// Where a link in the text of a page would lead.
    pub fn resolve(&mut self, from: PageId, link: &Link) -> Destination {
        self.0.resolve(from, link)
    }

    /// Where a section with this `redirect_to` would lead.
    pub fn redirect(&mut self, from: PageId, to: &str) -> Destination {
        links::redirect(&mut self.0, from, to, 0..0)
    }

    /// What a field of front matter that names a page would mean.
    pub fn written(&mut self, from: PageId, written: &str) -> Destination {
        let span: Range<usize> = 0..0;
        self.0.pick(from, written, span)
    }
}
