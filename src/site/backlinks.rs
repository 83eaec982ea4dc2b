//! Which links lead to a page: the links of a site, read from their ends.

use super::links::Links;
use super::pages::{PageId, Pages};
use super::resolve::Destination;

/// The links from one page to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Backlink {
    /// The page whose text has them.
    pub from: PageId,
    /// The one to show, as `links[n]` of its body: the first with a text.
    pub link: usize,
    /// How many there are.
    pub count: usize,
}

/// Finds for each page the pages whose text links to it, in order, itself left out.
pub(super) fn backlinks(pages: &Pages, links: &Links) -> Vec<Vec<Backlink>> {
    let mut backlinks: Vec<Vec<Backlink>> = vec![Vec::new(); pages.all().len()];
    for from in pages.ids() {
        let body = &pages.page(from).body;
        for (n, (link, destination)) in body.links.iter().zip(links.of(from)).enumerate() {
            let Destination::Page { page: to, .. } = destination else { continue };
            if !link.kind.leads() || *to == from {
                continue;
            }
            let known = &mut backlinks[to.index()];
            match known.last_mut().filter(|last| last.from == from) {
                Some(last) => {
                    last.count += 1;
                    if body.links[last.link].context.is_none() && link.context.is_some() {
                        last.link = n;
                    }
                }
                None => known.push(Backlink { from, link: n, count: 1 }),
            }
        }
    }
    backlinks
}
