//! Which images pages show.

use std::collections::BTreeSet;

use super::assemble::Site;
use super::pages::PageId;
use super::resolve::Destination;
use crate::markdown::{Given, LinkKind};

/// How names end of images that are offered in other sizes.
const KINDS: [&str; 4] = ["png", "jpg", "jpeg", "webp"];

/// Finds the images that the pages of a site show, by the addresses they are served at.
pub fn pictured(site: &Site) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for id in site.pages.ids() {
        found.extend(shown(site, id).map(|(_, address)| address.to_owned()));
        found.extend(site.links.lead_image(id).and_then(address).map(str::to_owned));
    }
    found
}

/// The images that the text of a page shows: the number of the link that names each, and the
/// address.
pub fn shown(site: &Site, id: PageId) -> impl Iterator<Item = (usize, &str)> {
    let body = &site.pages.page(id).body;
    // What stands in the place of a recording until it is played.
    let mut others = BTreeSet::new();
    for directive in &body.directives {
        for setting in directive.settings.iter().filter(|setting| setting.name != "src") {
            if let Given::Link(link) = setting.given {
                others.insert(link);
            }
        }
    }
    let links = body.links.iter().zip(site.links.of(id)).enumerate();
    links.filter_map(move |(n, (link, to))| {
        let is_shown = link.kind == LinkKind::Image && !others.contains(&n);
        Some((n, address(to).filter(|_| is_shown)?))
    })
}

/// The address of an image that can be offered in other sizes. One that is named with a query or
/// a fragment is meant as it is.
pub fn address(to: &Destination) -> Option<&str> {
    let Destination::File { address, suffix } = to else { return None };
    let (_, kind) = address.rsplit_once('.')?;
    let is_one = KINDS.iter().any(|known| known.eq_ignore_ascii_case(kind));
    (is_one && suffix.is_empty()).then_some(address)
}
