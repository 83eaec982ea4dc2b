//! The lists of terms and the lists of the pages that carry one, as their templates see them.

use super::jsonld;
use super::page::own;
use super::site::SiteView;
use super::sources::Shown;
use crate::path::Permalink;
use crate::site::{SectionId, Site, TaxonomyId, TermId};
use crate::theme::{Fields, Value};

impl SiteView {
    /// A taxonomy with its terms.
    pub fn taxonomy(&self, id: TaxonomyId) -> &Value {
        &self.taxonomies.all[id.index()]
    }

    /// A term with its pages.
    pub fn term(&self, id: TermId) -> &Value {
        &self.taxonomies.terms[id.index()]
    }
}

/// A taxonomy as its own template sees it.
pub fn taxonomy(
    site: &Site,
    views: &SiteView,
    id: TaxonomyId,
    content: &str,
    shown: Shown,
    words: &dyn Fn(&str) -> String,
) -> Value {
    let mut map = Fields::default();
    let head = site.taxonomies.taxonomy(id).head;
    if !headed(&mut map, site, views, head, content, shown, words) {
        describe(
            &mut map,
            site,
            views,
            &[(&views.taxonomies.names[id.index()], permalink(site, id))],
        );
    }
    let pages = head.map_or(&[][..], |head| &site.tree.section(head).pages);
    let pages: Vec<Value> = pages.iter().map(|id| views.card(*id).clone()).collect();
    map.set("pages", pages);
    let ancestors = match head {
        Some(head) => above(site, views, head),
        None => vec![views.section_card(SectionId::ROOT).clone()],
    };
    map.set("ancestors", ancestors);
    map.over(views.taxonomy(id))
}

/// A term as its own template sees it.
pub fn term(
    site: &Site,
    views: &SiteView,
    id: TermId,
    content: &str,
    shown: Shown,
    words: &dyn Fn(&str) -> String,
) -> Value {
    let term = site.taxonomies.term(id);
    let mut map = Fields::default();
    let is_headed = headed(&mut map, site, views, term.head, content, shown, words);
    let taxonomy = term.taxonomy;
    if !is_headed {
        let above_it = (&views.taxonomies.names[taxonomy.index()], permalink(site, taxonomy));
        describe(&mut map, site, views, &[above_it, (views.term(id), &term.permalink)]);
    }
    let mut ancestors = match site.taxonomies.taxonomy(taxonomy).head {
        Some(head) => above(site, views, head),
        None => vec![views.section_card(SectionId::ROOT).clone()],
    };
    ancestors.push(views.taxonomies.names[taxonomy.index()].clone());
    map.set("ancestors", ancestors);
    map.set("taxonomy", views.taxonomies.names[taxonomy.index()].clone());
    map.over(views.term(id))
}

/// The text of the section that stands over a list, and all that goes with it; tells whether
/// there is one.
fn headed(
    map: &mut Fields,
    site: &Site,
    views: &SiteView,
    head: Option<SectionId>,
    content: &str,
    shown: Shown,
    words: &dyn Fn(&str) -> String,
) -> bool {
    match head.and_then(|head| site.tree.section(head).page) {
        Some(page) => {
            own(map, site, views, page, content, shown, words);
            for key in ["updated", "date", "extra", "image", "language"] {
                if let Some(value) = views.card(page).get_from_path(key) {
                    map.set(key, value.clone());
                }
            }
            true
        }
        None => {
            map.set("content", Value::safe_string(""));
            map.set("title_in_body", false);
            false
        }
    }
}

fn permalink(site: &Site, id: TaxonomyId) -> &Permalink {
    &site.taxonomies.taxonomy(id).permalink
}

/// Tells machines what a list is that no section stands over; `way` leads down to it.
fn describe(map: &mut Fields, site: &Site, views: &SiteView, way: &[(&Value, &Permalink)]) {
    let text = |value: &'_ Value, key: &str| {
        value.get_from_path(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let description = way.last().map(|(list, _)| text(list, "description"));
    let titles: Vec<String> = way.iter().map(|(list, _)| text(list, "title")).collect();
    let way: Vec<(&str, &Permalink)> = titles
        .iter()
        .map(String::as_str)
        .zip(way.iter().map(|(_, permalink)| *permalink))
        .collect();
    let (config, shared) = (&views.settings, &views.shared);
    let jsonld = jsonld::list(site, config, shared, &way, description.as_deref());
    map.set("jsonld", Value::safe_string(&jsonld));
}

fn above(site: &Site, views: &SiteView, head: SectionId) -> Vec<Value> {
    let line = site.tree.line(head);
    line[..line.len() - 1].iter().map(|id| views.section_card(*id).clone()).collect()
}
