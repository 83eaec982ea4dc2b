//! The view of a page.

use std::collections::{BTreeMap, BTreeSet};

use super::extra::optional;
use super::site::SiteView;
use super::sources::Shown;
use super::{backlinks, citation, exports, jsonld, person, suggestions, twin};
use crate::markdown::{Directive, Heading, Node, nest};
use crate::page::TitleFrom;
use crate::site::{PageId, Site};
use crate::text::spoken::say;
use crate::theme::{Fields, Value};

/// A page as its own template sees it: its card and all that only it shows; `words` gives the
/// words of its language.
pub fn page(
    site: &Site,
    views: &SiteView,
    id: PageId,
    content: &str,
    shown: Shown,
    words: &dyn Fn(&str) -> String,
) -> Value {
    let mut map = Fields::with_capacity(32);
    own(&mut map, site, views, id, content, shown, words);
    let neighbours = site.tree.neighbours(id);
    let card = |id: Option<PageId>| id.map_or(Value::none(), |id| views.card(id).clone());
    map.set("lower", card(neighbours.lower));
    map.set("higher", card(neighbours.higher));
    map.set("section", views.section_card(site.tree.section_of(id)).clone());
    let line = site.tree.line(site.tree.section_of(id));
    let ancestors: Vec<Value> = line.iter().map(|id| views.section_card(*id).clone()).collect();
    map.set("ancestors", ancestors);
    map.over(views.card(id))
}

/// What pages and sections have beside their cards.
pub(super) fn own(
    map: &mut Fields,
    site: &Site,
    views: &SiteView,
    id: PageId,
    content: &str,
    shown: Shown,
    words: &dyn Fn(&str) -> String,
) {
    let page = site.pages.page(id);
    map.set("content", Value::safe_string(content));
    map.set("directives", directives(&page.body.directives));
    map.set("toc", toc(&page.body.headings, page.title_from, &shown.names));
    map.set("title_in_body", page.title_from == TitleFrom::Heading);
    map.set("show_toc", page.front_matter.toc.map_or(Value::none(), Value::from));
    backlinks::describe(map, site, views, id, words);
    map.set("continue_reading", suggestions::suggestions(site, views, id, words));
    map.set("aliases", aliases(site, id));
    views.people.reviews(map, site, id);
    if let Some(person) = person::person(site, views, id) {
        map.set("person", person);
    }
    let spoken = |text: &str| say(text, &shown.names);
    let jsonld = jsonld::page(site, &views.settings, &views.shared, id, &spoken);
    map.set("jsonld", Value::safe_string(&jsonld));
    shown.describe(map);
    let exports = &views.settings.citations.exports;
    map.set("source_files", exports::files(site, id, exports));
    map.set("citation", citation::citation(site, &views.settings, id));
    let twin = views.settings.machines.markdown_twins.then(|| twin::href_of(site, id)).flatten();
    map.set("markdown_href", optional(twin.as_deref()));
}

/// The names of the components that a text calls, each once.
fn directives(all: &[Directive]) -> Value {
    let names: BTreeSet<&str> = all.iter().map(|directive| directive.name.as_str()).collect();
    names.into_iter().map(Value::from).collect::<Vec<Value>>().into()
}

fn aliases(site: &Site, id: PageId) -> Value {
    let aliases = &site.pages.page(id).aliases;
    let aliases: Vec<Value> =
        aliases.iter().map(|(alias, _)| Value::from(site.base.href(alias))).collect();
    aliases.into()
}

/// The headings as nested entries; the heading that is the page's title is no entry.
fn toc(headings: &[Heading], title_from: TitleFrom, names: &BTreeMap<String, String>) -> Value {
    let headings = match headings.first() {
        Some(first) if title_from == TitleFrom::Heading && first.level == 1 => &headings[1..],
        _ => headings,
    };
    entries(&nest(headings), headings, names)
}

fn entries(nodes: &[Node], headings: &[Heading], names: &BTreeMap<String, String>) -> Value {
    let entries: Vec<Value> = nodes
        .iter()
        .map(|node| {
            let heading = &headings[node.heading];
            let id = heading.id.as_deref().unwrap_or("");
            let mut map = Fields::with_capacity(5);
            map.set("id", id);
            map.set("title", say(&heading.text, names));
            map.set("href", format!("#{}", crate::path::encode(id)));
            map.set("level", u64::from(heading.level));
            map.set("children", entries(&node.children, headings, names));
            map.into()
        })
        .collect();
    entries.into()
}
