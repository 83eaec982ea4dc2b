//! What a component sees of an element that it writes in the place of ibid.

use super::body::href;
use super::image::{lead, offer, size};
use super::site::SiteView;
use crate::markdown::{Hooked, Label, Link, Target};
use crate::site::{Destination, Missing, PageId, Site};
use crate::theme::{Map, Value};

/// What a component sees as `hook`; `words` gives the words of the page's language.
pub(super) fn value(
    site: &Site,
    views: &SiteView,
    id: PageId,
    hooked: &Hooked,
    words: &dyn Fn(&str) -> String,
) -> Value {
    let body = &site.pages.page(id).body;
    let mut map = Map::new();
    match hooked {
        Hooked::Link(n, title) => {
            link(&mut map, site, views, &body.links[*n], &site.links.of(id)[*n], title);
        }
        Hooked::Image(n, title) => {
            let (image, to) = (&body.links[*n], &site.links.of(id)[*n]);
            map.insert("src".into(), href(site, to, &image.written).into());
            map.insert("alt".into(), (&*image.text).into());
            map.insert("title".into(), title.as_str().into());
            let (width, height) = size(site, to, &image.target);
            let number = |number: Option<u32>| number.map_or(Value::none(), Value::from);
            map.insert("width".into(), number(width));
            map.insert("height".into(), number(height));
            map.insert("first".into(), (lead(site, id) == Some(*n)).into());
            offer(&mut map, site, to, width);
        }
        Hooked::Heading(n, classes) => {
            let heading = &body.headings[*n];
            map.insert("level".into(), u64::from(heading.level).into());
            map.insert("id".into(), heading.id.as_deref().unwrap_or_default().into());
            map.insert("text".into(), (&*heading.text).into());
            map.insert("class".into(), classes.join(" ").into());
        }
        Hooked::Code(code) => {
            map.insert("language".into(), code.language.as_str().into());
            let name = code.name.as_deref().map_or(Value::none(), Value::from);
            map.insert("name".into(), name);
            map.insert("code".into(), code.text.as_str().into());
            map.insert("numbered".into(), code.numbered.into());
        }
        Hooked::Quote(label) => {
            map.insert("kind".into(), label.map_or("", Label::key).into());
            let title = label.map_or(Value::none(), |label| words(label.key()).into());
            map.insert("title".into(), title);
        }
    }
    map.into()
}

fn link(map: &mut Map, site: &Site, views: &SiteView, link: &Link, to: &Destination, title: &str) {
    let (kind, page) = match (to, &link.target) {
        (Destination::Page { page, .. }, _) => ("page", Some(*page)),
        (Destination::Here { .. }, _) => ("heading", None),
        (Destination::Home { .. }, _) => ("page", None),
        (Destination::File { .. }, _) => ("file", None),
        (Destination::Missing(Missing::Heading { page, .. }), Target::Name(_)) => {
            ("page", Some(*page))
        }
        (Destination::Missing(_), _) => ("missing", None),
        (Destination::Written, Target::External) => ("external", None),
        (Destination::Written, _) => ("heading", None),
    };
    let href = match (kind, page, &link.target) {
        // Nothing is called so.
        ("missing", _, Target::Name(_)) => None,
        ("page", Some(page), _) if matches!(to, Destination::Missing(_)) => {
            Some(site.base.href(&site.pages.page(page).card.permalink))
        }
        _ => Some(href(site, to, &link.written)),
    };
    map.insert("href".into(), href.map_or(Value::none(), Value::from));
    map.insert("kind".into(), kind.into());
    map.insert("title".into(), title.into());
    map.insert("text".into(), (&*link.text).into());
    map.insert("page".into(), page.map_or(Value::none(), |page| views.card(page).clone()));
}
