//! The view of a lead image.

use super::body::href;
use super::extra::optional;
use crate::page::Card;
use crate::site::{Destination, Site};
use crate::theme::{Map, Value};

/// The picture that a page is known by; none where it has none.
pub(super) fn image(site: &Site, card: &Card, destination: Option<&Destination>) -> Value {
    let Some(image) = &card.image else { return Value::none() };
    let mut map = Map::new();
    let written = image.src.get_ref();
    let src = destination.map_or_else(|| written.clone(), |to| href(site, to, written));
    map.insert("url".into(), site.base.whole(&src).into());
    map.insert("src".into(), src.into());
    map.insert("alt".into(), image.alt.as_deref().unwrap_or("").into());
    map.insert("caption".into(), optional(image.caption.as_deref()));
    let credit = image.credit.as_ref().map(|credit| credit.get_ref().as_str());
    map.insert("credit".into(), optional(credit.filter(|credit| !credit.trim().is_empty())));
    map.insert("license".into(), optional(image.license.as_deref()));
    let size = match destination {
        Some(Destination::File { address, .. }) => site.assets.image_size(address),
        _ => None,
    };
    map.insert("width".into(), size.map_or(Value::none(), |(width, _)| Value::from(width)));
    map.insert("height".into(), size.map_or(Value::none(), |(_, height)| Value::from(height)));
    map.into()
}
