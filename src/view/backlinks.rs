//! The pages that link to a page, each with the sentence that does.

use std::collections::BTreeMap;

use super::site::SiteView;
use crate::markdown::Link;
use crate::page::{Page, TitleFrom};
use crate::path::encode;
use crate::site::{Backlink, PageId, Site, spoken_names};
use crate::text::escape::push_text;
use crate::text::spoken::say;
use crate::theme::{Fields, Value, field};

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
    let card = views.card(backlink.from);
    let of = |name: &'static str| field(card, name).cloned().unwrap_or_else(Value::none);
    let mut href = of("href");
    if let Some(id) = heading_above(page, link) {
        href = [href.as_str().unwrap_or_default(), "#", &encode(id)].concat().into();
    }
    let sentence = sentence(link, || spoken_names(site, page, words));
    Fields::from([
        ("page", card.clone()),
        ("title", of("title")),
        ("href", href),
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
    let parts @ [before, words, after] = passage.parts();
    // Few sentences have a key in them.
    let names = parts.iter().any(|part| part.contains('@')).then(names);
    let spoken = |part: &str, html: &mut String| match &names {
        Some(names) => push_text(html, &say(part, names)),
        None => push_text(html, part),
    };
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut html = String::with_capacity(length + length / 8 + 16);
    spoken(before, &mut html);
    html.push_str("<mark>");
    spoken(words, &mut html);
    html.push_str("</mark>");
    spoken(after, &mut html);
    html
}
