//! Which pages are searched.

use super::names::Names;
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::site::{self, PageId, Site};

/// Changes with the form of the files, so that none of an older form is left.
const FORM: &[u8] = b"2";

/// The pages that are searched, in the order of their paths.
#[derive(Debug)]
pub struct Searched {
    /// The pages; the place of one is its number in the index.
    pub pages: Vec<PageId>,
    /// A hash of all that the index is made of.
    pub print: Fingerprint,
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
    let mut parts: Vec<&[u8]> = vec![FORM, settings.as_bytes()];
    let names: Vec<Names> = pages.iter().map(|&id| Names::of(site, site.pages.page(id))).collect();
    for (&id, names) in pages.iter().zip(&names) {
        let page = site.pages.page(id);
        parts.extend([page.card.relative_path.as_bytes(), page.fingerprint.as_bytes()]);
        parts.extend(names.all().map(str::as_bytes));
    }
    let print = Fingerprint::of_parts(parts);
    Some(Searched { pages, print })
}
