//! The pages that link to a page, each with the sentence that does.

use std::collections::BTreeMap;

use super::site::SiteView;
use crate::markdown::Link;
use crate::page::{Page, TitleFrom};
use crate::path::encode;
use crate::site::{Backlink, PageId, Site, spoken_names};
use crate::text::escape::push_text;
use crate::text::spoken::say;
use crate::theme::{Fields, Value};

/// How many pages are shown; the page that all others link to would be as large as the site.
const MOST: usize = 1000;

/// Sets what a template sees of the pages that link to one.
pub(super) fn describe(
    map: &mut Fields,
    site: &Site,
    views: &SiteView,
    id: PageId,
    words: &dyn Fn(&str) -> String,
) {
    let backlinks = &site.backlinks[id.index()];
    let shown = backlinks.iter().take(MOST).map(|backlink| view(site, views, backlink, words));
    map.set("backlinks", shown.collect::<Vec<Value>>());
    map.set("backlinks_count", backlinks.len());
}

fn view(
    site: &Site,
    views: &SiteView,
    backlink: &Backlink,
    words: &dyn Fn(&str) -> String,
) -> Value {
    let page = site.pages.page(backlink.from);
    let link = &page.body.links[backlink.link];
    let mut href = site.base.href(&page.card.permalink);
    if let Some(id) = heading_above(page, link) {
        href.push('#');
        href.push_str(&encode(id));
    }
    let sentence = sentence(link, || spoken_names(site, page, words));
    Fields::from([
        ("page", views.card(backlink.from).clone()),
        ("title", page.card.title.as_str().into()),
        ("href", href.into()),
        ("sentence", Value::safe_string(&sentence)),
        ("links_count", backlink.count.into()),
    ])
    .into()
}

/// The id of the heading that a link stands under. The page's own title leads no further than
/// its address.
fn heading_above<'a>(page: &'a Page, link: &Link) -> Option<&'a str> {
    let headings = &page.body.headings;
    let nearest = page.body.headings_above(link).checked_sub(1)?;
    let is_title = nearest == 0 && page.title_from == TitleFrom::Heading && headings[0].level == 1;
    headings[nearest].id.as_deref().filter(|_| !is_title)
}

/// The sentence of a link as HTML, the link's own text marked; empty where the link has no text
/// that is read.
fn sentence(link: &Link, names: impl Fn() -> BTreeMap<String, String>) -> String {
    let Some(passage) = &link.context else { return String::new() };
    let parts = [&passage.before, &passage.words, &passage.after];
    let names = match parts.iter().any(|part| part.contains('@')) {
        true => names(),
        false => BTreeMap::new(),
    };
    let mut html = String::new();
    push_text(&mut html, &say(&passage.before, &names));
    html.push_str("<mark>");
    push_text(&mut html, &say(&passage.words, &names));
    html.push_str("</mark>");
    push_text(&mut html, &say(&passage.after, &names));
    html
}
