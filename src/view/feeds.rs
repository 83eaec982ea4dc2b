//! The feeds of a list, as the head of its page names them.

use crate::site::{Feed, FeedOf, Site};
use crate::theme::{Map, Value};

/// The feed of a list in its two forms: each with `title`, `type`, `href` and `permalink`; none
/// where the list has no feed.
pub(super) fn feeds(site: &Site, of: FeedOf, title: &str) -> Value {
    let forms = site.feeds.of(of).map_or_else(Vec::new, |feed| forms(site, feed, title));
    forms.into()
}

fn forms(site: &Site, feed: &Feed, title: &str) -> Vec<Value> {
    let forms = [
        (&feed.atom, "Atom", "application/atom+xml"),
        (&feed.json, "JSON Feed", "application/feed+json"),
    ];
    let forms = forms.map(|(permalink, name, kind)| {
        let mut map = Map::with_capacity(5);
        map.insert("title".into(), title.into());
        map.insert("name".into(), name.into());
        map.insert("type".into(), kind.into());
        map.insert("href".into(), site.base.href(permalink).into());
        map.insert("permalink".into(), site.base.absolute(permalink).into());
        map.into()
    });
    forms.into()
}
