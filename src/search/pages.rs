//! Which pages are searched.

use super::count::standing;
use super::names::Names;
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::site::{self, PageId, Site};

/// Changes with the form of the files, so that none of an older form is left.
const FORM: &[u8] = b"3";

/// The pages that are searched, in the order of their paths.
#[derive(Debug)]
pub struct Searched {
    /// The pages; the place of one is its number in the index.
    pub pages: Vec<PageId>,
    /// A hash of all that the index is made of.
    pub print: Fingerprint,
    /// A hash of the form of the index, the settings, and the paths of the pages.
    pub(super) of: Fingerprint,
    /// For each page a hash of all that is counted of it.
    pub(super) keys: Vec<Fingerprint>,
}

/// Finds the pages that are searched: those that are for everybody, unless they or a section
/// above them say no. None where the site has no search.
pub fn searched(site: &Site, config: &Config, settings: Fingerprint) -> Option<Searched> {
    if !config.search.enabled {
        return None;
    }
    let is_searched = |&id: &PageId| {
        let asks = |id: PageId| site.pages.page(id).front_matter.search != Some(false);
        let line = site.tree.line(site.tree.section_of(id));
        let mut above = line.iter().filter_map(|section| site.tree.section(*section).page);
        asks(id) && above.all(asks) && site::is_public(&site.pages, &site.tree, &site.today, id)
    };
    let pages: Vec<PageId> = site.pages.ids().filter(is_searched).collect();
    let paths = pages.iter().map(|&id| site.pages.page(id).card.relative_path.as_bytes());
    let of = Fingerprint::of_parts([FORM, settings.as_bytes()].into_iter().chain(paths));
    let keys: Vec<Fingerprint> = pages.iter().map(|&id| key(site, id)).collect();
    let print = Fingerprint::of_all(std::iter::once(&of).chain(&keys));
    Some(Searched { pages, print, of, keys })
}

/// A hash of all that is counted of a page: what it says, how those are called whom it names, how
/// its terms are spelled, and how much others think of it.
fn key(site: &Site, id: PageId) -> Fingerprint {
    let page = site.pages.page(id);
    let names = Names::of(site, page);
    let standing = standing(site, id).to_le_bytes();
    let terms = site.taxonomies.of_page(id).iter();
    let terms = terms.map(|&term| site.taxonomies.term(term).name.as_bytes());
    let parts = [page.fingerprint.as_bytes(), &standing[..]].into_iter();
    Fingerprint::of_parts(parts.chain(terms).chain(names.all().map(str::as_bytes)))
}
