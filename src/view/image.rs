//! The view of a lead image, and how large pictures are shown.

use super::body::href;
use super::extra::optional;
use crate::markdown::{Named, Target};
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

/// The size that the author gives to a picture, or that it has. With a width alone the height
/// follows, where the picture says how it is shaped.
pub(super) fn size(
    site: &Site,
    destination: &Destination,
    target: &Target,
) -> (Option<u32>, Option<u32>) {
    let Destination::File { address, .. } = destination else { return (None, None) };
    let own = site.assets.image_size(address);
    match target {
        Target::Name(Named { size: Some((width, height)), .. }) => {
            let ratio = |(w, h): (u32, u32)| {
                let height = u64::from(*width) * u64::from(h) / u64::from(w.max(1));
                u32::try_from(height.max(1)).unwrap_or(u32::MAX)
            };
            (Some(*width), height.or_else(|| own.map(ratio)))
        }
        _ => (own.map(|(width, _)| width), own.map(|(_, height)| height)),
    }
}
