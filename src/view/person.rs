//! What the page of a person sees of them: all that they wrote and reviewed.

use super::extra::optional;
use super::site::SiteView;
use crate::site::{PageId, Site};
use crate::theme::{Map, Value};

/// The person whom a page is about, with what they wrote and what they reviewed; none for other
/// pages.
pub(super) fn person(site: &Site, views: &SiteView, page: PageId) -> Option<Value> {
    let id = site.people.of_page(page)?;
    let mut map = views.people.card(id).as_map().cloned().unwrap_or_default();
    let wrote = &site.people.person(id).wrote;
    let wrote: Vec<Value> = newest_first(site, wrote).map(|id| views.card(id).clone()).collect();
    map.insert("wrote".into(), wrote.into());
    let mut reviewed = site.reviews.by(id).to_vec();
    reviewed.sort_by(|&(a, m), &(b, n)| {
        let on = |page, nth: usize| &site.reviews.of(page)[nth].on;
        on(b, n).cmp(on(a, m)).then((a, m).cmp(&(b, n)))
    });
    let reviewed: Vec<Value> = reviewed
        .into_iter()
        .map(|(page, nth)| {
            let review = &site.reviews.of(page)[nth];
            let mut map = Map::with_capacity(3);
            map.insert("page".into(), views.card(page).clone());
            map.insert("on".into(), review.on.to_string().into());
            map.insert("kind".into(), optional(review.kind.as_deref()));
            map.into()
        })
        .collect();
    map.insert("reviewed".into(), reviewed.into());
    Some(map.into())
}

fn newest_first(site: &Site, pages: &[PageId]) -> impl Iterator<Item = PageId> + use<> {
    let mut pages = pages.to_vec();
    let date = |id: PageId| {
        let card = &site.pages.page(id).card;
        card.updated.as_ref().max(card.date.as_ref())
    };
    pages.sort_by(|&a, &b| date(b).cmp(&date(a)).then(a.cmp(&b)));
    pages.into_iter()
}
