//! Sections, the pages in each, and their order.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use super::pages::{PageId, Pages};
use crate::page::{Kind, SortBy};

/// A section's place in this build; the root is the first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SectionId(u32);

impl SectionId {
    /// The section at the root, which every site has.
    pub const ROOT: Self = Self(0);

    /// The place in [`Tree::sections`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A section: a folder with its `_index.md`.
#[derive(Debug)]
pub struct Section {
    /// Its `_index.md`; only the root can lack one.
    pub page: Option<PageId>,
    /// The folder under `content/`; empty for the root.
    pub folder: String,
    /// The section above it; none for the root.
    pub parent: Option<SectionId>,
    /// Its pages, in its order, with those of transparent sections below it.
    pub pages: Vec<PageId>,
    /// The sections below it, by weight and then by path.
    pub subsections: Vec<SectionId>,
}

/// The pages before and after a page in the order of its section.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Neighbours {
    /// The lighter, earlier or alphabetically preceding page.
    pub lower: Option<PageId>,
    /// The heavier, later or alphabetically following page.
    pub higher: Option<PageId>,
}

/// The sections of a site.
#[derive(Debug)]
pub struct Tree {
    sections: Vec<Section>,
    of_page: Vec<SectionId>,
    neighbours: Vec<Neighbours>,
}

impl Tree {
    /// Hangs every page into its section.
    pub fn grow(pages: &Pages) -> Self {
        let mut sections = vec![Section {
            page: pages.at_path("_index.md"),
            folder: String::new(),
            parent: None,
            pages: Vec::new(),
            subsections: Vec::new(),
        }];
        let mut by_folder = BTreeMap::from([(String::new(), SectionId::ROOT)]);
        // Pages come in the order of their paths, but `a-b/_index.md` precedes `a/_index.md`:
        // parents are looked up once all sections are known.
        for id in pages.ids() {
            let page = pages.page(id);
            if page.card.kind == Kind::Section && !page.folder().is_empty() {
                by_folder.insert(page.folder().to_owned(), SectionId(sections.len() as u32));
                sections.push(Section {
                    page: Some(id),
                    folder: page.folder().to_owned(),
                    parent: None,
                    pages: Vec::new(),
                    subsections: Vec::new(),
                });
            }
        }
        let section_of = |folder: &str| -> SectionId {
            let mut folder = folder;
            loop {
                if let Some(id) = by_folder.get(folder) {
                    return *id;
                }
                folder = above(folder);
            }
        };
        for n in 1..sections.len() {
            let parent = section_of(above(&sections[n].folder));
            sections[n].parent = Some(parent);
            sections[parent.index()].subsections.push(SectionId(n as u32));
        }
        let mut of_page = Vec::with_capacity(pages.all().len());
        for id in pages.ids() {
            let page = pages.page(id);
            // `name/index.md` is a page of the folder above its own.
            let folder = match page.path.file_name() {
                "index.md" => above(page.folder()),
                _ => page.folder(),
            };
            let section = section_of(folder);
            of_page.push(section);
            if page.card.kind == Kind::Page {
                sections[section.index()].pages.push(id);
            }
        }
        let mut tree = Self { sections, of_page, neighbours: Vec::new() };
        tree.lift_transparent(pages);
        tree.sort(pages);
        tree.neighbours = tree.find_neighbours(pages);
        tree
    }

    /// The sections; the root comes first.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The places of all sections.
    pub fn ids(&self) -> impl Iterator<Item = SectionId> + use<> {
        (0..self.sections.len() as u32).map(SectionId)
    }

    /// One section.
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.index()]
    }

    /// The section a page lies in; of an `_index.md`, the section it makes.
    pub fn section_of(&self, page: PageId) -> SectionId {
        self.of_page[page.index()]
    }

    /// The pages before and after a page.
    pub fn neighbours(&self, page: PageId) -> Neighbours {
        self.neighbours[page.index()]
    }

    /// The sections from the root down to `id`, itself last.
    pub fn line(&self, id: SectionId) -> Vec<SectionId> {
        let mut line = vec![id];
        while let Some(parent) = self.section(line[line.len() - 1]).parent {
            line.push(parent);
        }
        line.reverse();
        line
    }

    /// Lists the pages of transparent sections in the sections above them too.
    fn lift_transparent(&mut self, pages: &Pages) {
        // From the deepest up, so that pages pass through several transparent sections.
        let mut order: Vec<usize> = (1..self.sections.len()).collect();
        order.sort_by_key(|&n| Reverse(self.sections[n].folder.split('/').count()));
        for n in order {
            let front_matter = self.sections[n].page.map(|id| &pages.page(id).front_matter);
            let is_transparent = front_matter
                .and_then(|front_matter| front_matter.transparent.as_ref())
                .is_some_and(|transparent| *transparent.get_ref());
            if let (true, Some(parent)) = (is_transparent, self.sections[n].parent) {
                let lifted = self.sections[n].pages.clone();
                self.sections[parent.index()].pages.extend(lifted);
            }
        }
    }

    fn sort(&mut self, pages: &Pages) {
        for n in 0..self.sections.len() {
            let by = sort_by(&self.sections[n], pages);
            self.sections[n].pages.sort_by(|a, b| compare(pages, by, *a, *b));
            let mut subsections = std::mem::take(&mut self.sections[n].subsections);
            subsections.sort_by_key(|id| {
                let section = &self.sections[id.index()];
                let weight = section.page.and_then(|id| pages.page(id).card.weight);
                (weight.unwrap_or(0), section.folder.clone())
            });
            self.sections[n].subsections = subsections;
        }
    }

    fn find_neighbours(&self, pages: &Pages) -> Vec<Neighbours> {
        let mut neighbours = vec![Neighbours::default(); pages.all().len()];
        for (n, section) in self.sections.iter().enumerate() {
            let by = sort_by(section, pages);
            // A page that a transparent section lends has its neighbours in its own section.
            let own: Vec<PageId> = section
                .pages
                .iter()
                .copied()
                .filter(|id| self.of_page[id.index()].index() == n)
                .collect();
            for pair in own.windows(2) {
                let (first, second) = (pair[0], pair[1]);
                // Newest first: what follows in the list is the earlier, so the lower.
                let (lower, higher) = match by {
                    SortBy::Date | SortBy::Updated => (second, first),
                    _ => (first, second),
                };
                neighbours[lower.index()].higher = Some(higher);
                neighbours[higher.index()].lower = Some(lower);
            }
        }
        neighbours
    }
}

fn sort_by(section: &Section, pages: &Pages) -> SortBy {
    let front_matter = section.page.map(|id| &pages.page(id).front_matter);
    front_matter
        .and_then(|front_matter| front_matter.sort_by.as_ref())
        .map_or(SortBy::default(), |sort_by| *sort_by.get_ref())
}

/// Orders two pages; those without the value that counts come last, ties go by path.
pub(super) fn compare(pages: &Pages, by: SortBy, a: PageId, b: PageId) -> Ordering {
    let (one, two) = (&pages.page(a).card, &pages.page(b).card);
    let order = match by {
        SortBy::None => Ordering::Equal,
        SortBy::Date => newest_first(one.date.as_ref(), two.date.as_ref()),
        SortBy::Updated => newest_first(
            one.updated.as_ref().or(one.date.as_ref()),
            two.updated.as_ref().or(two.date.as_ref()),
        ),
        SortBy::Title => one.title.to_lowercase().cmp(&two.title.to_lowercase()),
        SortBy::Weight => match (one.weight, two.weight) {
            (Some(one), Some(two)) => one.cmp(&two),
            (one, two) => one.is_none().cmp(&two.is_none()),
        },
        SortBy::Slug => one.slug.cmp(&two.slug),
        SortBy::Permalink => one.permalink.cmp(&two.permalink),
    };
    order.then(a.cmp(&b))
}

fn newest_first<T: Ord>(one: Option<&T>, two: Option<&T>) -> Ordering {
    match (one, two) {
        (Some(one), Some(two)) => two.cmp(one),
        (one, two) => one.is_none().cmp(&two.is_none()),
    }
}

fn above(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(above, _)| above)
}
