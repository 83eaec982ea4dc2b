//! The list of references: every work that a page of the site names.

use std::collections::BTreeMap;

use super::anchors::Markers;
use super::site::SiteView;
use super::{pager, works};
use crate::cite::WorkId;
use crate::page::Page;
use crate::path::encode;
use crate::site::{How, PageId, Site, spoken_names};
use crate::text::spoken::say;
use crate::theme::{Fields, Map, Value};

/// One page of the list of references, from one.
pub fn references(
    site: &Site,
    views: &SiteView,
    number: usize,
    words: &dyn Fn(&str) -> String,
) -> Value {
    let mut origins = BTreeMap::new();
    let works: Vec<Value> = views
        .works
        .shown(number)
        .iter()
        .map(|&work| entry(site, views, work, words, &mut origins))
        .collect();
    let mut map = Map::with_capacity(12);
    pager::describe(&mut map, &site.base, views.works.pagers(), number);
    map.insert("works".into(), works.into());
    map.insert("works_count".into(), views.works.count().into());
    map.into()
}

/// What the places of one page have in common.
struct Origin {
    href: String,
    markers: Markers,
    /// The names that stand for the keys of narrative citations.
    names: BTreeMap<String, String>,
}

impl Origin {
    fn new(site: &Site, id: PageId, words: &dyn Fn(&str) -> String) -> Self {
        let page: &Page = site.pages.page(id);
        Self {
            href: site.base.href(&page.card.permalink),
            markers: Markers::new(site, id),
            names: spoken_names(site, page, words),
        }
    }
}

fn entry(
    site: &Site,
    views: &SiteView,
    id: WorkId,
    words: &dyn Fn(&str) -> String,
    origins: &mut BTreeMap<PageId, Origin>,
) -> Value {
    let html = site.formatted.work(id).map_or("", |work| work.html.as_str());
    let mut map = works::source(site, &views.works, id, html);
    let mut by_page: BTreeMap<PageId, Vec<How>> = BTreeMap::new();
    for place in site.cited.uses().get(&id).into_iter().flatten() {
        by_page.entry(place.page).or_default().push(place.how);
    }
    let pages: Vec<Value> = by_page
        .into_iter()
        .map(|(page, ways)| {
            let origin = origins.entry(page).or_insert_with(|| Origin::new(site, page, words));
            let places: Vec<Value> =
                ways.iter().filter_map(|how| place(site, origin, page, id, *how)).collect();
            Fields::from([
                ("page", views.card(page).clone()),
                ("places", places.into()),
                ("additional", ways.contains(&How::Additional).into()),
            ])
            .into()
        })
        .collect();
    map.set("cited_by", pages);
    map.into()
}

/// A place in a text that cites the work: the sentence, and the way there.
fn place(site: &Site, origin: &Origin, id: PageId, work: WorkId, how: How) -> Option<Value> {
    let How::Cited(n) = how else { return None };
    let citation = &site.pages.page(id).body.citations[n];
    let marker = origin.markers.id(site, n, work)?;
    let href = [origin.href.as_str(), "#", &encode(&marker)].concat();
    let items = citation.items.iter().zip(&site.cited.sources(id).citations[n]);
    let locators: Vec<Value> = items
        .filter(|(_, found)| **found == Some(work))
        .filter_map(|(item, _)| item.around().locator.as_ref())
        .map(|locator| {
            let printed = site.formatted.processor().map(|processor| processor.place(locator));
            Fields::from([
                ("printed", printed.unwrap_or_default().into()),
                ("kind", locator.kind.into()),
                ("value", locator.value.as_str().into()),
            ])
            .into()
        })
        .collect();
    let sentence = say(&citation.sentence, &origin.names);
    let fields =
        [("sentence", sentence.into()), ("href", href.into()), ("locators", locators.into())];
    Some(Fields::from(fields).into())
}
