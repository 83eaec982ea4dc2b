//! A page in the place of an older one, in a site that is otherwise as it was.

use std::sync::Arc;

use super::assemble::Site;
use super::cited;
use super::pages::PageId;
use super::resolve::{Destination, Missing};
use super::resolver::Resolver;
use crate::page::{Card, Kind, Page};

impl Site {
    /// Puts a page in the place of the one of its path, so that it can be shown. Other pages
    /// are left with what they know of the older one: its backlinks, its words, its length.
    ///
    /// Nothing is changed, and there is none, where that would not show the page as a build
    /// would: where its front matter or its title is another, where it names a work that nobody
    /// has printed yet, a component that is not there, or a page that is not.
    pub fn revise(&mut self, page: &Arc<Page>) -> Option<PageId> {
        let id = self.pages.at_path(&page.card.relative_path)?;
        let before = self.pages.page(id);
        let card = Card { word_count: before.card.word_count, ..page.card.clone() };
        let is_alike = before.path == page.path
            && before.front_matter == page.front_matter
            && before.card == card
            && before.title_from == page.title_from;
        if card.kind != Kind::Page || !is_alike || !self.has_components_of(page) {
            return None;
        }
        let sources = cited::sources(page, &self.references);
        let is_found = sources.citations.iter().flatten().all(Option::is_some);
        let mut works = sources.listed.iter().chain(&sources.additional);
        if !is_found || works.any(|work| self.formatted.work_of(id, *work).is_none()) {
            return None;
        }
        let before = self.pages.replace(id, Arc::clone(page));
        let mut resolver = Resolver::new(self);
        let links = page.body.links.iter().map(|link| resolver.resolve(id, link));
        let links: Vec<Destination> = links.collect();
        let is_broken = |to: &Destination| match to {
            Destination::Missing(missing) => !matches!(missing, Missing::Wanted(_)),
            _ => false,
        };
        if links.iter().any(is_broken) {
            self.pages.replace(id, before);
            return None;
        }
        self.links.replace(id, links);
        self.cited.replace(id, sources);
        Some(id)
    }

    fn has_components_of(&self, page: &Page) -> bool {
        let known = self.directives.as_ref();
        let mut called = page.body.directives.iter().map(|directive| &directive.name);
        called.all(|name| known.is_some_and(|known| known.contains(name)))
    }
}
