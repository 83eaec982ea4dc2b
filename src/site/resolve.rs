//! The one resolver: from a destination as written to a page, a file or a fault.

use std::collections::BTreeMap;
use std::ops::Range;

use super::assets::Assets;
use super::cited::{Cited, WORKS_A_PAGE};
use super::feeds::Feeds;
use super::held::Held;
use super::made::Made;
use super::names::Names;
use super::pages::{PageId, Pages};
use super::taxonomies::{Listed, Taxonomies};
use super::tree::{SectionId, Tree};
use crate::cite::References;
use crate::markdown::{Link, LinkKind, Local, Target};
use crate::page::{Kind, Page};
use crate::path::{self, BaseUrl, Permalink, join};
use crate::theme::Ids;

/// Where a link leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// As written: another host, or a fragment of the same page.
    Written,
    /// A heading of the same page, under the id it really has.
    Here {
        /// The id.
        id: String,
    },
    /// A page of the site.
    Page {
        /// The page.
        page: PageId,
        /// The query as written.
        query: String,
        /// The id of a heading, as it really is.
        id: Option<String>,
    },
    /// The root, where it has no page of its own.
    Home {
        /// Query and fragment as written.
        suffix: String,
    },
    /// A file that is served: its address without the first `/`, then query and fragment.
    File {
        /// The address.
        address: String,
        /// Query and fragment as written.
        suffix: String,
    },
    /// Nowhere.
    Missing(Missing),
}

/// Why a link leads nowhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Missing {
    /// No page is there; the path that was looked for.
    Page(String),
    /// The page is not built.
    Held(Box<Held>),
    /// The page is there, the heading is not.
    Heading {
        /// The page that was found.
        page: PageId,
        /// The fragment as written.
        id: String,
    },
    /// The list is there, or the page that the build makes of itself, and nothing in it has the
    /// id.
    Place {
        /// The address of the list.
        address: String,
        /// The fragment as written.
        id: String,
    },
    /// No file is there; the path that was looked for.
    Asset(String),
    /// The path leaves `content/`.
    Outside,
    /// A wikilink names more than one thing; their paths under `content/`.
    Ambiguous(Vec<String>),
    /// A wikilink says that its page is still to be written; the page, if it is written by now.
    Wanted(Option<PageId>),
}

/// Everything that a link can lead to.
pub(super) struct Address<'a> {
    pub(super) pages: &'a Pages,
    pub(super) assets: &'a Assets,
    pub(super) tree: &'a Tree,
    pub(super) taxonomies: &'a Taxonomies,
    pub(super) feeds: &'a Feeds,
    pub(super) made: &'a Made,
    pub(super) ids: &'a Ids,
    pub(super) cited: &'a Cited,
    pub(super) references: &'a References,
    pub(super) reference_list: Option<&'a Permalink>,
    pub(super) search_page: Option<&'a Permalink>,
    pub(super) base: &'a BaseUrl,
    /// The headings of pages in the spelling that all tools agree on, of those pages that were
    /// asked for one.
    pub(super) loose: BTreeMap<PageId, BTreeMap<String, String>>,
    /// What pages and files are called, once a wikilink has asked.
    pub(super) names: Option<Names>,
}

impl Address<'_> {
    /// Resolves one link of a page.
    pub(super) fn resolve(&mut self, from: PageId, link: &Link) -> Destination {
        match &link.target {
            Target::External => Destination::Written,
            Target::Fragment(id) => self.here(from, id),
            Target::Content(local) => self.content(link, local),
            Target::Relative(local) if local.path.is_empty() => match &local.fragment {
                Some(id) => self.here(from, id),
                None => Destination::Written,
            },
            Target::Relative(local) => {
                let pages = self.pages;
                self.relative(pages.page(from), link, local)
            }
            Target::Rooted(local) => self.rooted(link, local),
            Target::Name(named) => self.named(from, link.kind, named),
        }
    }

    /// Resolves a page as front matter may name it: `@/tea.md`, `../tea.md`, `/tea/`, `Tea`,
    /// `[[Tea]]`. A path that wikilinks do not know may be one that links do.
    pub(super) fn pick(&mut self, from: PageId, written: &str, span: Range<usize>) -> Destination {
        let found = self.resolve(from, &Link::named(written, span.clone()));
        match found {
            Destination::Missing(Missing::Page(_) | Missing::Asset(_)) => {
                match self.resolve(from, &Link::plain(written.trim(), span)) {
                    Destination::Missing(_) => found,
                    found => found,
                }
            }
            found => found,
        }
    }

    /// `#linux`.
    pub(super) fn here(&mut self, page: PageId, fragment: &str) -> Destination {
        match self.find_id(page, fragment) {
            Some(id) => Destination::Here { id },
            None => Destination::Missing(Missing::Heading { page, id: fragment.to_owned() }),
        }
    }

    /// `@/guide/install.md`.
    fn content(&mut self, link: &Link, local: &Local) -> Destination {
        let Some(path) = join("", &local.path) else {
            return Destination::Missing(Missing::Outside);
        };
        if let Some(page) = self.pages.at_path(&path) {
            return self.page(page, local);
        }
        if path == "_index.md" {
            return self.list("", local, None);
        }
        if let Some(file) = self.file_at_path(&path, local) {
            return file;
        }
        Destination::Missing(self.missing(path, link))
    }

    /// `../install.md`, `figure.png`, and addresses relative to the page's own.
    fn relative(&mut self, page: &Page, link: &Link, local: &Local) -> Destination {
        let by_file = join(page.folder(), &local.path);
        if let Some(found) = by_file.as_deref().and_then(|path| self.at_path(path, local)) {
            return found;
        }
        // Somebody who thinks in addresses writes `../install/`: relative to the permalink. Which
        // form that has is for `urls` to say, and must not decide where a text leads.
        let address = page.card.permalink.as_str();
        let bare = address.strip_suffix(".html").unwrap_or(address).trim_end_matches('/');
        let above = bare.rsplit_once('/').map_or("", |(above, _)| above);
        let is_file = page.card.kind == Kind::Page;
        for folder in std::iter::once(bare).chain(is_file.then_some(above)) {
            let Some(path) = join(folder, &local.path) else { continue };
            let found = self.at_address(&path, local);
            if let Some(found) = found.or_else(|| self.made_at(&path, local)) {
                return found;
            }
        }
        match by_file {
            None => Destination::Missing(Missing::Outside),
            Some(path) => Destination::Missing(self.missing(path, link)),
        }
    }

    /// `/images/x.png`, with or without the sub-path of the base URL.
    fn rooted(&mut self, link: &Link, local: &Local) -> Destination {
        let Some(path) = join("", &local.path) else {
            return Destination::Missing(Missing::Outside);
        };
        let sub_path = path::decode(&self.base.path).unwrap_or_default();
        let sub_path = sub_path.trim_start_matches('/');
        let below = path
            .strip_prefix(sub_path)
            .and_then(|rest| rest.strip_prefix('/').or(rest.is_empty().then_some("")));
        let candidates = [Some(path.as_str()), below.filter(|_| !sub_path.is_empty())];
        for candidate in candidates.into_iter().flatten() {
            if let Some(found) = self.at_address(candidate, local) {
                return found;
            }
            if is_markdown(candidate)
                && let Some(page) = self.pages.at_path(candidate)
            {
                return self.page(page, local);
            }
            if let Some(made) = self.made_at(candidate, local) {
                return made;
            }
        }
        Destination::Missing(self.missing(path, link))
    }

    /// What lies at a path under `content/`.
    fn at_path(&mut self, path: &str, local: &Local) -> Option<Destination> {
        if let Some(page) = self.pages.at_path(path) {
            return Some(self.page(page, local));
        }
        if is_markdown(path) {
            return None;
        }
        if let Some(file) = self.file_at_path(path, local) {
            return Some(file);
        }
        let folder = path.trim_end_matches('/');
        let page =
            [format!("{folder}.md"), format!("{folder}/index.md"), format!("{folder}/_index.md")]
                .iter()
                .find_map(|path| self.pages.at_path(path.trim_start_matches('/')))?;
        Some(self.page(page, local))
    }

    fn file_at_path(&self, path: &str, local: &Local) -> Option<Destination> {
        let id = self.assets.at_path(path)?;
        let output = self.assets.asset(id).output.as_ref()?;
        Some(file(output.as_str(), local))
    }

    /// What is served at an address, given without its first `/`.
    fn at_address(&mut self, path: &str, local: &Local) -> Option<Destination> {
        let address = if path.is_empty() { "/".to_owned() } else { format!("/{path}") };
        if let Some(page) = self.pages.at_address(&address) {
            return Some(self.page(page, local));
        }
        if path.is_empty() || path == "index.html" {
            return Some(self.list("", local, None));
        }
        let path = path.trim_end_matches('/');
        if self.feeds.is_served(path) || self.assets.is_served(path) {
            return Some(file(path, local));
        }
        // As pages are found: with or without the slash, the `index.html`, or the `.html` of a
        // flat site.
        let path = path.strip_suffix("/index.html").unwrap_or(path);
        let made = [self.reference_list, self.search_page];
        if let Some(list) = made.into_iter().flatten().find(|list| is_same_list(list, path)) {
            return Some(self.list(&list.as_str()[1..], local, None));
        }
        if let Some(listed) = self.taxonomies.at_address(path) {
            let permalink = match listed {
                Listed::Taxonomy(id) => &self.taxonomies.taxonomy(id).permalink,
                Listed::Term(id) => &self.taxonomies.term(id).permalink,
            };
            return Some(self.list(&permalink.as_str()[1..], local, None));
        }
        let list = self.list_of_part(path)?;
        let text = self.pages.at_address(&format!("/{list}"));
        Some(self.list(&format!("{path}/"), local, text))
    }

    /// What the build makes of itself at an address without its first `/`. Where a page and its
    /// Markdown could both be meant it is the page, whether Markdown is served or not; so this is
    /// asked last.
    pub(super) fn made_at(&self, path: &str, local: &Local) -> Option<Destination> {
        let made = self.made.find(path, self.pages, self.tree, self.cited)?;
        Some(match made.ends_with(".html") {
            true => self.list(&made, local, None),
            false => file(&made, local),
        })
    }

    /// The list of which an address is a further part: `notes` of `notes/page/2`.
    fn list_of_part<'p>(&self, path: &'p str) -> Option<&'p str> {
        let mut parts = path.rsplitn(3, '/');
        let (Some(number), Some("page")) = (parts.next(), parts.next()) else { return None };
        let list = parts.next().unwrap_or("");
        let number: usize = number.parse().ok()?;
        let (by, count) = match self.taxonomies.at_address(list) {
            Some(Listed::Term(id)) => {
                let term = self.taxonomies.term(id);
                (term.paginate_by, term.pages.len())
            }
            Some(Listed::Taxonomy(_)) => return None,
            None if self.reference_list.is_some_and(|own| is_same_list(own, list)) => {
                (WORKS_A_PAGE, self.cited.uses().len())
            }
            None => {
                let id = self.pages.at_address(&format!("/{list}"))?;
                let page = self.pages.page(id);
                if page.card.kind != Kind::Section {
                    return None;
                }
                let by = page.front_matter.paginate_by.as_ref().map_or(0, |by| *by.get_ref());
                let section: SectionId = self.tree.section_of(id);
                (by, self.tree.section(section).pages.len())
            }
        };
        // The first part is served at the address of the list itself.
        (by > 0 && (2..=count.div_ceil(by)).contains(&number)).then_some(list)
    }

    fn page(&mut self, page: PageId, local: &Local) -> Destination {
        let id = match &local.fragment {
            Some(fragment) => match self.find_id(page, fragment) {
                Some(id) => Some(id),
                None => {
                    let id = fragment.to_string();
                    return Destination::Missing(Missing::Heading { page, id });
                }
            },
            None => None,
        };
        Destination::Page {
            page,
            query: local.query.to_string(),
            id: id.filter(|id| !id.is_empty()),
        }
    }

    /// Why there is nothing at a path.
    fn missing(&self, path: String, link: &Link) -> Missing {
        let folder = path.trim_end_matches('/');
        let candidates = [path.clone(), format!("{folder}.md"), format!("{folder}/index.md")];
        if let Some(held) = candidates.iter().find_map(|path| self.pages.held().at_path(path)) {
            return Missing::Held(Box::new(held.clone()));
        }
        let is_file = match link.kind {
            LinkKind::Image | LinkKind::RawSrc => true,
            LinkKind::Link | LinkKind::RawHref | LinkKind::Wikilink | LinkKind::Embed => {
                looks_like_file(&path) && !looks_like_host(&link.written)
            }
        };
        if is_file && !is_markdown(&path) { Missing::Asset(path) } else { Missing::Page(path) }
    }
}

/// Tells whether a path is the address of a list, in either form of addresses.
fn is_same_list(list: &Permalink, path: &str) -> bool {
    let list = list.as_str().trim_matches('/');
    list.trim_end_matches(".html") == path.trim_end_matches(".html")
}

pub(super) fn file(address: &str, local: &Local) -> Destination {
    Destination::File { address: address.to_owned(), suffix: local.suffix() }
}

fn is_markdown(path: &str) -> bool {
    let name = path.to_ascii_lowercase();
    name.ends_with(".md") || name.ends_with(".markdown")
}

/// Tells whether somebody forgot the scheme: `example.org/page`.
pub fn looks_like_host(written: &str) -> bool {
    const ENDINGS: [&str; 12] =
        ["com", "org", "net", "io", "dev", "edu", "gov", "info", "app", "eu", "uk", "de"];
    let host = written.split('/').next().unwrap_or("");
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty())
        && labels.last().is_some_and(|last| ENDINGS.contains(last))
}

/// Tells a file from a page by its extension: short and with a letter (`v1.2` has none).
fn looks_like_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, extension)) => {
            !stem.is_empty()
                && (1..=5).contains(&extension.len())
                && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && extension.bytes().any(|byte| byte.is_ascii_alphabetic())
                && !matches!(extension, "html" | "htm")
        }
        None => false,
    }
}
