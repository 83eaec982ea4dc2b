//! Resolves wikilinks: from a name to whatever is called so.

use super::names::{Names, Sought};
use super::pages::PageId;
use super::resolve::{Address, Destination, Missing};
use crate::markdown::{LinkKind, Named};
use crate::text::slug::loose_id;

impl Address<'_> {
    /// `[[Install]]`, on the page `from`.
    pub(super) fn named(&mut self, from: PageId, kind: LinkKind, named: &Named) -> Destination {
        let (pages, assets) = (self.pages, self.assets);
        let here = pages.page(from);
        let names = self.names.get_or_insert_with(|| Names::new(pages, assets));
        if named.name.is_empty() {
            return self.under(from, named, true);
        }
        let page = |names: &Names, name: &str| names.page(name, here, pages);
        if named.wanted {
            let found = match page(names, &named.name) {
                Sought::One(page) => Some(page),
                _ => None,
            };
            return Destination::Missing(Missing::Wanted(found));
        }
        if !matches!(kind, LinkKind::Image | LinkKind::RawSrc) {
            // `[[C#]]` and `[[x^2]]` may be whole names.
            let whole = match named.headings.as_slice() {
                [] => Sought::None,
                headings => page(names, &format!("{}#{}", named.name, headings.join("#"))),
            };
            if let Sought::One(page) = whole {
                return self.under(page, &Named::default(), false);
            }
            let found = match page(names, &named.name) {
                Sought::None => page(names, named.name.trim_end_matches('#')),
                found => found,
            };
            match found {
                Sought::One(page) => return self.under(page, named, false),
                Sought::Many(many) => {
                    let path = |id: PageId| pages.page(id).card.relative_path.clone();
                    let paths = many.into_iter().map(path).collect();
                    return Destination::Missing(Missing::Ambiguous(paths));
                }
                Sought::None => {}
            }
        }
        match names.asset(&named.name, here, assets) {
            Sought::One(asset) => {
                if let Some(output) = &assets.asset(asset).output {
                    return file(output.as_str(), named);
                }
            }
            Sought::Many(many) => {
                let path = |id| assets.asset(id).file.path.as_str();
                let paths = many.into_iter().map(|id| path(id).replacen("content/", "", 1));
                return Destination::Missing(Missing::Ambiguous(paths.collect()));
            }
            Sought::None => {}
        }
        let served = named.name.trim_start_matches('/');
        if assets.is_served(served) || self.feeds.is_served(served) {
            return file(served, named);
        }
        // Obsidian once wrote a block without the `#`.
        if let Some((name, block)) = named.name.rsplit_once('^')
            && let Sought::One(page) = page(names, name.trim())
        {
            let headings = vec![format!("^{block}")];
            return self.under(page, &Named { headings, ..named.clone() }, false);
        }
        let held = names.held(&named.name, here).and_then(|path| pages.held().at_path(path));
        if let Some(held) = held {
            return Destination::Missing(Missing::Held(Box::new(held.clone())));
        }
        // Whoever writes `[[tea.md]]` means a page, and not the Markdown that is made of one.
        let made = self.made.find(served, pages, self.tree, self.cited);
        if let Some(made) = made.filter(|made| !made.ends_with(".md")) {
            return file(&made, named);
        }
        if matches!(kind, LinkKind::Image | LinkKind::RawSrc) {
            return Destination::Missing(Missing::Asset(named.name.to_string()));
        }
        Destination::Missing(Missing::Page(named.name.to_string()))
    }

    /// A heading or a block of a page, or the page.
    fn under(&mut self, page: PageId, named: &Named, is_here: bool) -> Destination {
        let Some(last) = named.headings.last() else {
            return Destination::Page { page, query: String::new(), id: None };
        };
        match self.nested(page, &named.headings).or_else(|| self.find_id(page, last)) {
            Some(id) if is_here => Destination::Here { id },
            Some(id) => {
                let id = Some(id).filter(|id| !id.is_empty());
                Destination::Page { page, query: String::new(), id }
            }
            None => Destination::Missing(Missing::Heading { page, id: last.clone() }),
        }
    }

    /// The id of a heading that stands under others: `#Linux#Uninstall`.
    fn nested(&self, page: PageId, wanted: &[String]) -> Option<String> {
        if wanted.len() < 2 {
            return None;
        }
        let headings = &self.pages.page(page).body.headings;
        let mut rest = headings.as_slice();
        let mut found = None;
        for name in wanted {
            let at = rest.iter().position(|heading| {
                let own = heading.id.as_deref() == Some(name);
                own || loose_id(&heading.text) == loose_id(name)
            })?;
            found = rest[at].id.as_deref();
            let level = rest[at].level;
            let below = &rest[at + 1..];
            let end = below.iter().position(|heading| heading.level <= level);
            rest = &below[..end.unwrap_or(below.len())];
        }
        found.map(str::to_owned)
    }
}

/// A file, and what is meant for the reader's program: `paper.pdf#page=3`.
fn file(address: &str, named: &Named) -> Destination {
    let fragment = named.headings.join("#");
    let suffix = match fragment.as_str() {
        "" => String::new(),
        fragment => format!("#{}", crate::path::encode(fragment)),
    };
    Destination::File { address: address.to_owned(), suffix }
}
