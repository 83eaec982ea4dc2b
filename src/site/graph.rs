//! The pages and the links between them: as a graph for other programs, and in figures.

use std::collections::BTreeMap;

use super::assemble::Site;
use super::pages::PageId;
use super::resolve::{Destination, Missing};
use crate::markdown::{LinkKind, Target};
use crate::page::Kind;
use crate::text::fold::fold_name;

/// How many of the most linked and of the most wanted pages the figures name.
const NAMED: usize = 5;

/// The pages of a site and the links between them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Graph {
    /// The pages in the order of their paths.
    pub nodes: Vec<Node>,
    /// The links, by the page that has them, then by the page they lead to.
    pub edges: Vec<Edge>,
}

/// A page of the graph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Its path under `content/`.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its whole address.
    pub permalink: String,
    /// What kind of page it is.
    pub kind: Kind,
    /// The path of the section it lies in; none in the root, where that has no page.
    pub section: Option<String>,
}

/// The links of one page to one place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Edge {
    /// The index of the page that has them.
    pub from: usize,
    /// The index of the page they lead to.
    pub to: usize,
    /// Of what kind they are.
    pub kind: EdgeKind,
    /// The heading they lead to.
    pub fragment: Option<String>,
    /// How many there are.
    pub count: usize,
}

/// The kinds of edges.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EdgeKind {
    /// A link of the text.
    Link,
    /// A page shown within the text.
    Embed,
    /// An editor's pick.
    Pick,
}

impl EdgeKind {
    fn of(kind: LinkKind) -> Self {
        match kind {
            LinkKind::Link | LinkKind::RawHref | LinkKind::Wikilink => Self::Link,
            LinkKind::Embed | LinkKind::Image | LinkKind::RawSrc => Self::Embed,
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Embed => "embed",
            Self::Pick => "pick",
        }
    }
}

/// What an editor wants to know of the links of a site.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Figures {
    /// How many pages there are.
    pub pages: usize,
    /// How many links of their texts lead from one to another.
    pub links: usize,
    /// How many pages no text links to.
    pub orphans: usize,
    /// How many pages lead nowhere.
    pub dead_ends: usize,
    /// Into how many groups the site falls between which there is no link.
    pub groups: usize,
    /// The pages that most others link to, each with how many do.
    pub most_linked: Vec<(String, usize)>,
    /// The pages that are linked to and not there, the most wanted first, each with the number
    /// of links.
    pub wanted: Vec<(String, usize)>,
}

/// Draws the graph of a site.
pub fn graph(site: &Site) -> Graph {
    let node = |id: PageId| {
        let page = site.pages.page(id);
        let mut section = site.tree.section(site.tree.section_of(id));
        if section.page == Some(id)
            && let Some(above) = section.parent
        {
            section = site.tree.section(above);
        }
        let own = section.page.filter(|&own| own != id);
        Node {
            path: page.card.relative_path.clone(),
            title: page.card.title.clone(),
            permalink: site.base.absolute(&page.card.permalink),
            kind: page.card.kind,
            section: own.map(|id| site.pages.page(id).card.relative_path.clone()),
        }
    };
    Graph { nodes: site.pages.ids().map(node).collect(), edges: edges(site) }
}

fn edges(site: &Site) -> Vec<Edge> {
    let mut edges = Vec::new();
    for from in site.pages.ids() {
        let links = site.pages.page(from).body.links.iter().zip(site.links.of(from));
        let links = links.map(|(link, to)| (EdgeKind::of(link.kind), to));
        let picks = site.links.picks(from).iter().map(|to| (EdgeKind::Pick, to));
        let mut counted: BTreeMap<(usize, EdgeKind, Option<String>), usize> = BTreeMap::new();
        for (kind, destination) in links.chain(picks) {
            if let Destination::Page { page, id, .. } = destination {
                *counted.entry((page.index(), kind, id.clone())).or_default() += 1;
            }
        }
        let from = from.index();
        edges.extend(counted.into_iter().map(|((to, kind, fragment), count)| Edge {
            from,
            to,
            kind,
            fragment,
            count,
        }));
    }
    edges
}

/// Tells whether no text links to a page. A section is reached by its menu, a person by what he
/// or she wrote.
pub fn is_orphan(site: &Site, id: PageId) -> bool {
    let card = &site.pages.page(id).card;
    card.kind == Kind::Page
        && !card.draft
        && site.people.of_page(id).is_none()
        && site.backlinks[id.index()].is_empty()
}

/// Tells whether a page leads to no other: by no link of its text, and by nothing offered at its
/// end. A section leads to its pages.
pub fn is_dead_end(site: &Site, id: PageId) -> bool {
    let page = site.pages.page(id);
    let leads_on = |to: &Destination| match to {
        Destination::Page { page, .. } => *page != id,
        Destination::Home { .. } => true,
        _ => false,
    };
    page.card.kind == Kind::Page
        && !page.card.draft
        && site.related.of(id).is_empty()
        && !page
            .body
            .links
            .iter()
            .zip(site.links.of(id))
            .any(|(link, to)| link.kind.leads() && leads_on(to))
}

/// Counts what there is to count.
pub fn figures(site: &Site) -> Figures {
    let mut groups = Groups::new(site.pages.all().len());
    // `[[Neck pain]]` and `[[neck pain]]` want one page, called as it is first.
    let mut wanted: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    let mut want = |name| wanted.entry(fold_name(name)).or_insert((name, 0)).1 += 1;
    for id in site.pages.ids() {
        for (link, destination) in site.pages.page(id).body.links.iter().zip(site.links.of(id)) {
            match (destination, &link.target) {
                (Destination::Page { page, .. }, _) => groups.join(id.index(), page.index()),
                (Destination::Missing(Missing::Page(path)), _) => want(path),
                (Destination::Missing(Missing::Wanted(None)), Target::Name(named)) => {
                    want(&named.name);
                }
                _ => {}
            }
        }
    }
    let linked = site.pages.ids().map(|id| {
        (site.pages.page(id).card.relative_path.as_str(), site.backlinks[id.index()].len())
    });
    Figures {
        pages: site.pages.all().len(),
        links: site.backlinks.iter().flatten().map(|backlink| backlink.count).sum(),
        orphans: site.pages.ids().filter(|&id| is_orphan(site, id)).count(),
        dead_ends: site.pages.ids().filter(|&id| is_dead_end(site, id)).count(),
        groups: groups.count(),
        most_linked: most(linked.collect()),
        wanted: most(wanted.into_values().collect()),
    }
}

/// The first few by number, then by name; none with the number 0.
fn most(mut counted: Vec<(&str, usize)>) -> Vec<(String, usize)> {
    counted.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
    let named = counted.into_iter().take(NAMED).filter(|(_, count)| *count > 0);
    named.map(|(name, count)| (name.to_owned(), count)).collect()
}

/// Which pages hang together, as a forest: each knows one nearer to the root of its group.
struct Groups {
    above: Vec<usize>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self { above: (0..count).collect() }
    }

    fn root(&mut self, mut page: usize) -> usize {
        while self.above[page] != page {
            self.above[page] = self.above[self.above[page]];
            page = self.above[page];
        }
        page
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.above[one.max(other)] = one.min(other);
    }

    fn count(&self) -> usize {
        self.above.iter().enumerate().filter(|(page, above)| page == *above).count()
    }
}
