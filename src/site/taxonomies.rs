//! The taxonomies of a site: their terms, and the pages that carry each.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::pages::{PageId, Pages};
use super::tree::{SectionId, Tree, compare};
use crate::config::{Taxonomy as Declared, Urls};
use crate::page::{Kind, Page, WrittenTerms, slug_or_kept};
use crate::path::Permalink;
use crate::text::fold::{collate, fold_name};

/// A taxonomy's place in this build, which is its place in `site.toml`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TaxonomyId(u32);

/// A term's place in this build.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TermId(u32);

impl TaxonomyId {
    /// The place in [`Taxonomies::all`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl TermId {
    /// The place in [`Taxonomies::terms`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A taxonomy and its terms.
#[derive(Debug)]
pub struct Taxonomy {
    /// What `site.toml` says of it.
    pub declared: Declared,
    /// Where its terms are listed.
    pub permalink: Permalink,
    /// The section at that address, whose title and text stand over the list.
    pub head: Option<SectionId>,
    /// Its terms, in the order of their names.
    pub terms: Vec<TermId>,
}

/// A term: one group of pages.
#[derive(Debug)]
pub struct Term {
    /// The taxonomy it belongs to.
    pub taxonomy: TaxonomyId,
    /// Its name as most pages write it.
    pub name: String,
    /// The last part of its permalink.
    pub slug: String,
    /// Where its pages are listed.
    pub permalink: Permalink,
    /// The section at that address, whose title and text stand over the list.
    pub head: Option<SectionId>,
    /// The pages that carry it and those in the folder of its head: the newest first, then by
    /// title, unless the head sorts them in another way.
    pub pages: Vec<PageId>,
    /// How many pages are shown at once; 0 for all.
    pub paginate_by: usize,
    /// Whether it has feeds.
    pub feed: bool,
    /// The ways in which pages write it, the one that is shown first; none where no page does.
    pub spellings: Vec<Spelling>,
}

/// One way to write a term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spelling {
    /// The term as written.
    pub name: String,
    /// How many pages write it so.
    pub count: usize,
    /// The first page that does.
    pub page: PageId,
    /// Where in its file.
    pub range: Range<usize>,
}

/// The taxonomies that `site.toml` declares, with what the pages say of them.
#[derive(Debug, Default)]
pub struct Taxonomies {
    all: Vec<Taxonomy>,
    terms: Vec<Term>,
    of_page: Vec<Vec<TermId>>,
    // Hash maps, because they are looked up and never iterated.
    by_address: HashMap<String, Listed>,
    by_head: HashMap<SectionId, Listed>,
}

/// What is listed at an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Listed {
    /// The terms of a taxonomy.
    Taxonomy(TaxonomyId),
    /// The pages of a term.
    Term(TermId),
}

impl Taxonomies {
    /// Groups the pages by the terms they carry.
    pub fn new(declared: &[Declared], urls: Urls, pages: &Pages, tree: &Tree) -> Self {
        let mut grouping = Grouping::new(declared, urls);
        if declared.is_empty() {
            return grouping.taxonomies;
        }
        for id in pages.ids() {
            grouping.add(id, pages.page(id));
        }
        grouping.head(pages, tree);
        let mut taxonomies = grouping.taxonomies;
        taxonomies.settle();
        taxonomies.list(pages, tree);
        taxonomies.index();
        taxonomies
    }

    /// The taxonomies in the order of `site.toml`.
    pub fn all(&self) -> &[Taxonomy] {
        &self.all
    }

    /// The places of all taxonomies.
    pub fn ids(&self) -> impl Iterator<Item = TaxonomyId> + use<> {
        (0..self.all.len() as u32).map(TaxonomyId)
    }

    /// One taxonomy.
    pub fn taxonomy(&self, id: TaxonomyId) -> &Taxonomy {
        &self.all[id.index()]
    }

    /// The terms of all taxonomies.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The places of all terms.
    pub fn term_ids(&self) -> impl Iterator<Item = TermId> + use<> {
        (0..self.terms.len() as u32).map(TermId)
    }

    /// One term.
    pub fn term(&self, id: TermId) -> &Term {
        &self.terms[id.index()]
    }

    /// The terms that a page carries, taxonomy by taxonomy, as the page orders them.
    pub fn of_page(&self, page: PageId) -> &[TermId] {
        self.of_page.get(page.index()).map_or(&[], Vec::as_slice)
    }

    /// What is listed at an address, given without its first `/`, with or without the slash or
    /// the `.html` at its end.
    pub fn at_address(&self, address: &str) -> Option<Listed> {
        self.by_address.get(plain(address)).copied()
    }

    /// What a section is the head of, if it is one.
    pub fn headed_by(&self, section: SectionId) -> Option<Listed> {
        self.by_head.get(&section).copied()
    }

    /// Settles which spelling of a term is shown: the most frequent, of several the first.
    fn settle(&mut self) {
        for term in &mut self.terms {
            term.spellings.sort_by_key(|spelling| {
                (Reverse(spelling.count), spelling.page, spelling.range.start)
            });
            if let Some(spelling) = term.spellings.first() {
                term.name.clone_from(&spelling.name);
            }
        }
        for taxonomy in &mut self.all {
            let terms = &self.terms;
            taxonomy.terms.sort_by_cached_key(|id| {
                let term = &terms[id.index()];
                (collate(&term.name), term.name.clone(), term.slug.clone())
            });
        }
    }

    /// Lists the pages of each term in its order.
    fn list(&mut self, pages: &Pages, tree: &Tree) {
        // Ordered once for all terms: a page may carry many.
        let mut order: Vec<PageId> = pages.ids().collect();
        order.sort_by_cached_key(|&id| {
            let card = &pages.page(id).card;
            (Reverse(card.date.clone()), collate(&card.title), id)
        });
        // A page in the folder of a term's head is listed there, whether it carries it or not.
        let mut lying: HashMap<PageId, Vec<TermId>> = HashMap::new();
        for id in self.term_ids() {
            for &page in self.term(id).head.iter().flat_map(|&head| &tree.section(head).pages) {
                lying.entry(page).or_default().push(id);
            }
        }
        for page in order {
            for &term in &self.of_page[page.index()] {
                self.terms[term.index()].pages.push(page);
            }
            for term in lying.remove(&page).unwrap_or_default() {
                let term = &mut self.terms[term.index()];
                if term.pages.last() != Some(&page) {
                    term.pages.push(page);
                }
            }
        }
        for term in &mut self.terms {
            let head = term.head.and_then(|head| tree.section(head).page);
            let Some(front_matter) = head.map(|id| &pages.page(id).front_matter) else { continue };
            if let Some(by) = &front_matter.sort_by {
                term.pages.sort_by(|a, b| compare(pages, *by.get_ref(), *a, *b));
            }
            if let Some(by) = &front_matter.paginate_by {
                term.paginate_by = *by.get_ref();
            }
            if let Some(feed) = &front_matter.generate_feeds {
                term.feed = *feed.get_ref();
            }
        }
    }

    fn index(&mut self) {
        let taxonomies = self.ids().map(Listed::Taxonomy);
        for listed in taxonomies.chain(self.term_ids().map(Listed::Term)) {
            let (permalink, head) = match listed {
                Listed::Taxonomy(id) => {
                    (&self.all[id.index()].permalink, self.all[id.index()].head)
                }
                Listed::Term(id) => {
                    (&self.terms[id.index()].permalink, self.terms[id.index()].head)
                }
            };
            // Of two terms at one address the first is kept; the plan reports the other.
            self.by_address.entry(plain(permalink.as_str()).to_owned()).or_insert(listed);
            if let Some(head) = head {
                self.by_head.entry(head).or_insert(listed);
            }
        }
    }
}

/// The terms while they are gathered.
struct Grouping<'a> {
    taxonomies: Taxonomies,
    urls: Urls,
    declared: HashMap<&'a str, TaxonomyId>,
    by_name: HashMap<(TaxonomyId, String), TermId>,
    by_slug: HashMap<(TaxonomyId, String), TermId>,
}

impl<'a> Grouping<'a> {
    fn new(declared: &'a [Declared], urls: Urls) -> Self {
        let mut grouping = Self {
            taxonomies: Taxonomies::default(),
            urls,
            declared: HashMap::new(),
            by_name: HashMap::new(),
            by_slug: HashMap::new(),
        };
        for one in declared {
            // Names that no address holds were refused with the configuration.
            let Ok(permalink) = Permalink::new(&format!("/{}/", one.slug)) else { continue };
            let id = TaxonomyId(grouping.taxonomies.all.len() as u32);
            grouping.declared.insert(&one.name, id);
            let declared = one.clone();
            let terms = Vec::new();
            grouping.taxonomies.all.push(Taxonomy { declared, permalink, head: None, terms });
        }
        grouping
    }

    /// Adds the terms that a page carries.
    fn add(&mut self, id: PageId, page: &Page) {
        let written = &page.card.taxonomies;
        let mut carried = Vec::with_capacity(written.iter().map(|of| of.terms.len()).sum());
        for WrittenTerms { taxonomy, terms } in written {
            let Some(&taxonomy) = self.declared.get(taxonomy.get_ref().as_str()) else { continue };
            for written in terms {
                let name = written.get_ref();
                let Some(term) = self.find(taxonomy, name) else { continue };
                carried.push(term);
                let spellings = &mut self.taxonomies.terms[term.index()].spellings;
                match spellings.iter_mut().find(|spelling| spelling.name == *name) {
                    Some(spelling) => spelling.count += 1,
                    None => spellings.push(Spelling {
                        name: name.clone(),
                        count: 1,
                        page: id,
                        range: written.span(),
                    }),
                }
            }
        }
        self.taxonomies.of_page.push(carried);
    }

    fn find(&mut self, taxonomy: TaxonomyId, name: &str) -> Option<TermId> {
        let key = (taxonomy, fold_name(name));
        if let Some(&id) = self.by_name.get(&key) {
            return Some(id);
        }
        let slug = slug_or_kept(name);
        let permalink = address(&self.taxonomies.all[taxonomy.index()].declared, &slug, self.urls);
        let permalink = Permalink::new(&permalink).ok()?;
        let id = self.term(taxonomy, name.to_owned(), slug, permalink);
        self.by_name.insert(key, id);
        Some(id)
    }

    fn term(
        &mut self,
        taxonomy: TaxonomyId,
        name: String,
        slug: String,
        permalink: Permalink,
    ) -> TermId {
        let id = TermId(self.taxonomies.terms.len() as u32);
        let of = &mut self.taxonomies.all[taxonomy.index()];
        of.terms.push(id);
        self.by_slug.entry((taxonomy, slug.clone())).or_insert(id);
        self.taxonomies.terms.push(Term {
            taxonomy,
            name,
            slug,
            permalink,
            head: None,
            pages: Vec::new(),
            paginate_by: of.declared.paginate_by,
            feed: of.declared.feed,
            spellings: Vec::new(),
        });
        id
    }

    /// Finds the sections at the addresses of taxonomies and terms. One below a taxonomy whose
    /// term no page carries makes the term.
    fn head(&mut self, pages: &Pages, tree: &Tree) {
        let slugs: HashMap<String, TaxonomyId> = self
            .taxonomies
            .ids()
            .map(|id| (self.taxonomies.taxonomy(id).declared.slug.clone(), id))
            .collect();
        for section in tree.ids() {
            let Some(page) = tree.section(section).page.map(|id| pages.page(id)) else { continue };
            if page.card.kind != Kind::Section {
                continue;
            }
            let permalink = &page.card.permalink;
            let mut parts = permalink.as_str().trim_matches('/').splitn(2, '/');
            let Some(&taxonomy) = parts.next().and_then(|slug| slugs.get(slug)) else { continue };
            match parts.next() {
                None => {
                    self.taxonomies.all[taxonomy.index()].head.get_or_insert(section);
                }
                Some(slug) if slug.contains('/') => {}
                Some(slug) => {
                    let known = self.by_slug.get(&(taxonomy, slug.to_owned())).copied();
                    let id = known.unwrap_or_else(|| {
                        let name = page.card.title.clone();
                        self.term(taxonomy, name, slug.to_owned(), permalink.clone())
                    });
                    let term = &mut self.taxonomies.terms[id.index()];
                    if term.head.is_none() {
                        // In a flat site a section has another address than a term.
                        term.permalink = permalink.clone();
                        term.head = Some(section);
                    }
                }
            }
        }
    }
}

/// Where a term is served.
fn address(taxonomy: &Declared, slug: &str, urls: Urls) -> String {
    match urls {
        Urls::Directory => format!("/{}/{slug}/", taxonomy.slug),
        Urls::Flat => format!("/{}/{slug}.html", taxonomy.slug),
    }
}

/// An address in the form in which those of both layouts are one.
fn plain(address: &str) -> &str {
    let address = address.trim_matches('/');
    let address = address.strip_suffix("index.html").unwrap_or(address).trim_end_matches('/');
    address.strip_suffix(".html").unwrap_or(address)
}
