//! Which places a fragment can name: headings, ids of templates, citations and sources.

use std::collections::BTreeMap;

use super::cited::anchor;
use super::pages::PageId;
use super::resolve::{Address, Destination, Missing};
use crate::cite::WorkId;
use crate::markdown::{Body, Local};
use crate::path::Permalink;
use crate::text::slug::loose_id;

impl Address<'_> {
    /// Finds the id that a fragment means: itself, or the one heading whose id another tool
    /// would have spelled so.
    pub(super) fn find_id(&mut self, page: PageId, fragment: &str) -> Option<String> {
        let wanted = plain(fragment);
        if wanted.is_empty() || self.has_own(page, wanted) {
            return Some(fragment.to_owned());
        }
        let body = &self.pages.page(page).body;
        if let Some(bare) = wanted.strip_prefix('^') {
            return block(body, wanted, bare);
        }
        let spelled = self.loose.entry(page).or_insert_with(|| {
            let mut spelled = BTreeMap::new();
            for heading in &body.headings {
                let Some(id) = &heading.id else { continue };
                for loose in [loose_id(id), loose_id(&heading.text)] {
                    spelled.entry(loose).or_insert_with(|| id.to_string());
                }
            }
            spelled.remove("");
            spelled
        });
        if let Some(id) = spelled.get(&loose_id(wanted)) {
            return Some(id.clone());
        }
        let is_given = self.ids.has(wanted) || self.is_of_source(page, wanted);
        is_given.then(|| fragment.to_owned())
    }

    /// A list, or a page that the build makes of itself, at an address without its first `/`;
    /// `text` is the page whose text may stand in it.
    pub(super) fn list(&self, address: &str, local: &Local, text: Option<PageId>) -> Destination {
        let fragment = local.fragment.as_deref().unwrap_or_default();
        let id = plain(fragment);
        let lists_works = self.lists_works(address);
        let is_there = id.is_empty()
            || self.ids.may_have(id)
            || text.is_some_and(|page| self.has_own(page, id) || self.is_of_source(page, id))
            || (lists_works && self.is_of_work(id, self.cited.uses().keys()));
        let (address, suffix) = (address.to_owned(), local.suffix());
        match is_there {
            false => Destination::Missing(Missing::Place { address, id: fragment.to_owned() }),
            true if address.is_empty() => Destination::Home { suffix },
            true => Destination::File { address, suffix },
        }
    }

    /// Tells whether the text of a page has an id.
    fn has_own(&self, page: PageId, id: &str) -> bool {
        let body = &self.pages.page(page).body;
        let mut ids = body.headings.iter().filter_map(|heading| heading.id.as_deref());
        ids.any(|own| own == id) || body.anchors.iter().any(|own| own == id)
    }

    /// Tells whether an id may be that of a citation, of a source or of their list. One that
    /// gives way to a heading has a number behind it.
    fn is_of_source(&self, page: PageId, id: &str) -> bool {
        let sources = self.cited.sources(page);
        let is_number = |rest: &str, most: usize| {
            let number = rest.split('-').next().unwrap_or(rest).parse();
            number.is_ok_and(|number: usize| (1..=most).contains(&number))
        };
        match id.split_once('-') {
            Some(("cite", rest)) => {
                is_number(rest, sources.citations.iter().flatten().flatten().count())
            }
            Some(("note", rest)) => is_number(rest, sources.citations.len()),
            Some(("ref", _)) => self.is_of_work(id, &sources.listed),
            Some(("sources", rest)) => !sources.listed.is_empty() && is_number(rest, usize::MAX),
            _ => id == "sources" && !sources.listed.is_empty(),
        }
    }

    fn is_of_work<'w>(&self, id: &str, works: impl IntoIterator<Item = &'w WorkId>) -> bool {
        works.into_iter().any(|&work| {
            let rest = id.strip_prefix(anchor(&self.references.work(work).key).as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
    }

    /// Tells whether an address is that of the list of references, or of a part of it.
    fn lists_works(&self, address: &str) -> bool {
        let folder = |list: &str| list.trim_matches('/').trim_end_matches(".html").to_owned();
        self.reference_list.map(Permalink::as_str).is_some_and(|list| {
            let rest = address.trim_matches('/').strip_prefix(folder(list).as_str());
            rest.is_some_and(|rest| matches!(rest, "" | ".html") || rest.starts_with("/page/"))
        })
    }
}

/// Finds the id of the block that `^id` marks, in any case as Obsidian does; failing that, the id
/// that stands for one in a heading or in HTML.
fn block(body: &Body, wanted: &str, bare: &str) -> Option<String> {
    let headings = body.headings.iter().filter_map(|heading| heading.id.as_deref());
    let anchors = || body.anchors.iter().map(String::as_str);
    let marked = anchors().find(|id| id.eq_ignore_ascii_case(wanted));
    marked.or_else(|| headings.chain(anchors()).find(|id| *id == bare)).map(str::to_owned)
}

/// The id in a fragment: nothing in that of the top of a page, or in a text fragment alone.
fn plain(fragment: &str) -> &str {
    let id = fragment.split(":~:").next().unwrap_or(fragment);
    if id == "top" { "" } else { id }
}
