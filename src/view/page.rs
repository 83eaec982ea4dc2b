//! The view of a page.

use super::site::SiteView;
use crate::markdown::{Heading, Node, nest};
use crate::page::TitleFrom;
use crate::site::{PageId, Site};
use crate::theme::{Map, Value};

/// A page as its own template sees it: its card and all that only it shows.
pub fn page(site: &Site, views: &SiteView, id: PageId, content: &str) -> Value {
    let mut map = views.card(id).as_map().cloned().unwrap_or_default();
    own(&mut map, site, views, id, content);
    let neighbours = site.tree.neighbours(id);
    let card = |id: Option<PageId>| id.map_or(Value::none(), |id| views.card(id).clone());
    map.insert("lower".into(), card(neighbours.lower));
    map.insert("higher".into(), card(neighbours.higher));
    map.insert("section".into(), views.section_card(site.tree.section_of(id)).clone());
    let line = site.tree.line(site.tree.section_of(id));
    let ancestors: Vec<Value> = line.iter().map(|id| views.section_card(*id).clone()).collect();
    map.insert("ancestors".into(), ancestors.into());
    map.into()
}

/// What pages and sections have beside their cards.
pub(super) fn own(map: &mut Map, site: &Site, views: &SiteView, id: PageId, content: &str) {
    let page = site.pages.page(id);
    map.insert("content".into(), Value::safe_string(content));
    map.insert("toc".into(), toc(&page.body.headings, page.title_from));
    map.insert("title_in_body".into(), (page.title_from == TitleFrom::Heading).into());
    map.insert("show_toc".into(), page.front_matter.toc.map_or(Value::none(), Value::from));
    let backlinks: Vec<Value> =
        site.backlinks[id.index()].iter().map(|from| views.card(*from).clone()).collect();
    map.insert("backlinks".into(), backlinks.into());
    map.insert("aliases".into(), aliases(site, id));
}

fn aliases(site: &Site, id: PageId) -> Value {
    let aliases = &site.pages.page(id).aliases;
    let aliases: Vec<Value> =
        aliases.iter().map(|(alias, _)| Value::from(site.base.href(alias))).collect();
    aliases.into()
}

/// The headings as nested entries; the heading that is the page's title is no entry.
fn toc(headings: &[Heading], title_from: TitleFrom) -> Value {
    let headings = match headings.first() {
        Some(first) if title_from == TitleFrom::Heading && first.level == 1 => &headings[1..],
        _ => headings,
    };
    entries(&nest(headings), headings)
}

fn entries(nodes: &[Node], headings: &[Heading]) -> Value {
    let entries: Vec<Value> = nodes
        .iter()
        .map(|node| {
            let heading = &headings[node.heading];
            let id = heading.id.as_deref().unwrap_or("");
            let mut map = Map::with_capacity(5);
            map.insert("id".into(), id.into());
            map.insert("title".into(), heading.text.as_str().into());
            map.insert("href".into(), format!("#{}", crate::path::encode(id)).into());
            map.insert("level".into(), u64::from(heading.level).into());
            map.insert("children".into(), entries(&node.children, headings));
            map.into()
        })
        .collect();
    entries.into()
}
