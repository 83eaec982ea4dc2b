//! The view of a lead image, and how large pictures are shown.

use super::body::href;
use super::extra::optional;
use crate::markdown::{Given, HoleKind, Hooked, LinkKind, Named, Target};
use crate::page::Card;
use crate::path::encode;
use crate::site::{self, Destination, PageId, Site};
use crate::text::escape::push_attribute;
use crate::theme::{Map, Value};

/// When the first image of a page is loaded, which readers wait for, and when the others are.
pub(super) const FIRST: &str = " fetchpriority=\"high\"";
pub(super) const LATER: &str = " loading=\"lazy\" decoding=\"async\"";

/// How many bytes of a page's HTML may stand before an image that is seen at once.
const IN_SIGHT: usize = 3000;

/// The kind of the sizes.
const KIND: &str = "image/webp";

/// The sizes in which an image is offered, as browsers choose from them.
pub(super) struct Offered {
    srcset: String,
    sizes: String,
}

impl Offered {
    /// Writes the element that stands before the image itself.
    pub(super) fn push_source(&self, out: &mut String) {
        out.push_str(&format!("<source type=\"{KIND}\" srcset=\""));
        push_attribute(out, &self.srcset);
        out.push_str("\" sizes=\"");
        push_attribute(out, &self.sizes);
        out.push_str("\" />");
    }
}

/// The sizes in which an image is offered that is shown as wide as this; none where it is
/// offered as it is alone.
pub(super) fn offered(site: &Site, to: &Destination, width: Option<u32>) -> Option<Offered> {
    let address = site::address(to)?;
    let sizes = &site.pictures.at(address)?.sizes;
    let largest = sizes.last()?.width;
    let own = site.assets.image_size(address).map_or(largest, |(own, _)| own);
    let href = |address: &str| format!("{}/{}", site.base.path, encode(address));
    let mut all: Vec<String> =
        sizes.iter().map(|size| format!("{} {}w", href(&size.address), size.width)).collect();
    // The original stands in where no size as wide is smaller in bytes. Whoever can show these
    // can show that.
    if largest < own && largest < site.pictures.widest {
        all.push(format!("{} {own}w", href(address)));
    }
    let shown = width.unwrap_or(own).clamp(1, site.pictures.column);
    let sizes = format!("(max-width: {shown}px) 100vw, {shown}px");
    Some(Offered { srcset: all.join(", "), sizes })
}

/// Adds to what a template sees of an image the sizes in which it is offered.
pub(super) fn offer(map: &mut Map, site: &Site, to: &Destination, width: Option<u32>) {
    let Some(Offered { srcset, sizes }) = offered(site, to, width) else { return };
    let source: [(&str, Value); 3] =
        [("type", KIND.into()), ("srcset", srcset.into()), ("sizes", sizes.into())];
    let source: Map = source.into_iter().map(|(key, value)| (key.into(), value)).collect();
    map.insert("sources".into(), vec![Value::from(source)].into());
}

/// The image of a page's text that readers see first, by the number of its link; none where
/// another stands over the text, and where it stands too far down to be seen at once.
pub(super) fn lead(site: &Site, id: PageId) -> Option<usize> {
    let page = site.pages.page(id);
    if page.card.image.is_some() {
        return None;
    }
    let body = &page.body;
    let image = |kind: &HoleKind| match *kind {
        HoleKind::ImageLoading(link) => Some(link as usize),
        HoleKind::HookStart(n) => match body.hooked[n as usize] {
            Hooked::Image(link, _) => Some(link),
            _ => None,
        },
        HoleKind::DirectiveStart(n) => match body.directives[n as usize].given("src") {
            Some(Given::Link(link)) => {
                Some(*link).filter(|&link| body.links[link].kind == LinkKind::Image)
            }
            _ => None,
        },
        _ => None,
    };
    let seen = body.holes.iter().take_while(|hole| hole.range().start < IN_SIGHT);
    seen.map(|hole| &hole.kind).find_map(image)
}

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
    if let Some(destination) = destination {
        offer(&mut map, site, destination, size.map(|(width, _)| width));
    }
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
