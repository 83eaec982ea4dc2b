//! Where every link of every page leads.

use std::collections::BTreeMap;
use std::ops::Range;

use super::pages::PageId;
use super::resolve::{Address, Destination};
use crate::config::Named;
use crate::diag::Span;
use crate::markdown;

/// The destinations of all links, page by page.
#[derive(Debug)]
pub struct Links {
    of: Vec<Vec<Destination>>,
    // Few pages have any of these.
    lead_images: BTreeMap<PageId, Destination>,
    redirects: BTreeMap<PageId, Destination>,
    picks: BTreeMap<PageId, Vec<Destination>>,
    process_page: Option<(Destination, Option<Span>)>,
}

impl Links {
    /// Resolves every link of every page.
    pub(super) fn resolve(address: &mut Address<'_>, process_page: Option<&Named>) -> Self {
        let pages = address.pages;
        let of = pages
            .ids()
            .map(|id| {
                let links = &pages.page(id).body.links;
                links.iter().map(|link| address.resolve(id, link)).collect()
            })
            .collect();
        let lead_images = pages
            .ids()
            .filter_map(|id| {
                let image = pages.page(id).card.image.as_ref()?;
                let link = markdown::Link::image(image.src.get_ref(), image.src.span());
                Some((id, address.resolve(id, &link)))
            })
            .collect();
        let redirects = pages
            .ids()
            .filter_map(|id| {
                let to = pages.page(id).front_matter.redirect_to.as_ref()?;
                Some((id, redirect(address, id, to.get_ref(), to.span())))
            })
            .collect();
        let picks = pages
            .ids()
            .map(|id| (id, &pages.page(id).front_matter.continue_reading))
            .filter(|(_, picks)| !picks.is_empty())
            .map(|(id, picks)| {
                let found = picks.iter().map(|pick| address.pick(id, pick.get_ref(), pick.span()));
                (id, found.collect())
            })
            .collect();
        let process_page = process_page.zip(pages.ids().next()).map(|(to, first)| {
            (address.resolve(first, &markdown::Link::plain(&to.name, 0..0)), to.span.clone())
        });
        Self { of, lead_images, redirects, picks, process_page }
    }

    /// Where the page is that tells how sources are chosen, if the site names one.
    pub fn process_page(&self) -> Option<&Destination> {
        self.process_page.as_ref().map(|(found, _)| found)
    }

    /// Where the site names that page.
    pub fn process_span(&self) -> Option<&Span> {
        self.process_page.as_ref().and_then(|(_, span)| span.as_ref())
    }

    /// Where a section leads in place of a list of its own, if it does.
    pub fn redirect(&self, page: PageId) -> Option<&Destination> {
        self.redirects.get(&page)
    }

    /// Where the editor's picks of a page are, in the order of its front matter.
    pub fn picks(&self, page: PageId) -> &[Destination] {
        self.picks.get(&page).map_or(&[], Vec::as_slice)
    }

    /// Where the lead image of a page is, if it has one.
    pub fn lead_image(&self, page: PageId) -> Option<&Destination> {
        self.lead_images.get(&page)
    }

    /// Puts others in the place of the destinations of a page's links.
    pub(super) fn replace(&mut self, page: PageId, links: Vec<Destination>) {
        self.of[page.index()] = links;
    }

    /// The destinations of a page's links, in the order of its body's links.
    pub fn of(&self, page: PageId) -> &[Destination] {
        &self.of[page.index()]
    }
}

/// Where a section leads in place of a list of its own.
pub(super) fn redirect(
    address: &mut Address<'_>,
    from: PageId,
    to: &str,
    span: Range<usize>,
) -> Destination {
    let found = address.resolve(from, &markdown::Link::plain(to, span.clone()));
    let Destination::Missing(_) = found else { return found };
    // Zola writes it from the root of the site, without a `/`.
    match address.resolve(from, &markdown::Link::plain(&format!("/{to}"), span)) {
        Destination::Missing(_) => found,
        found => found,
    }
}
