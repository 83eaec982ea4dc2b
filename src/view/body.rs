//! Fills the holes of a body: the HTML of a page as its readers get it.

use super::sources::Shown;
use crate::markdown::{HoleKind, Named, Target};
use crate::path::encode;
use crate::site::{Destination, Missing, PageId, Site};
use crate::text::escape::{push_attribute, push_href};

/// The HTML of a page's body with every hole filled; `words` gives the words of the page's
/// language by their keys.
pub fn fill(site: &Site, id: PageId, shown: &Shown, words: &dyn Fn(&str) -> String) -> String {
    let body = &site.pages.page(id).body;
    let destinations = site.links.of(id);
    let mut out = String::with_capacity(body.html.len() + body.holes.len() * 32);
    let mut from = 0;
    for hole in &body.holes {
        out.push_str(&body.html[from..hole.at]);
        from = hole.at + hole.len;
        match hole.kind {
            HoleKind::Href(n) => match &destinations[n] {
                Destination::Written | Destination::Missing(_) => {
                    out.push_str(&body.html[hole.at..from]);
                }
                found => push_href(&mut out, &href(site, found, &body.links[n].written)),
            },
            HoleKind::ImageSize(n) => {
                push_size(&mut out, site, &destinations[n], &body.links[n].target);
            }
            HoleKind::NameStart(n) => match names(site, &destinations[n], &body.links[n].written) {
                Some(href) => {
                    out.push_str("<a href=\"");
                    push_href(&mut out, &href);
                    out.push_str("\">");
                }
                None => out.push_str("<span class=\"wanted\">"),
            },
            HoleKind::NameEnd(n) => {
                let is_link = names(site, &destinations[n], &body.links[n].written).is_some();
                out.push_str(if is_link { "</a>" } else { "</span>" });
            }
            HoleKind::Citation(n) => match &shown.markers[n] {
                Some(marker) => {
                    // A raised marker stands at the word itself.
                    let is_apart = body.citations[n].space_before && !shown.raised[n];
                    if is_apart && !marker.is_empty() {
                        out.push(' ');
                    }
                    out.push_str(marker);
                }
                None => out.push_str(&body.html[hole.at..from]),
            },
            HoleKind::Label(label) => push_attribute(&mut out, &words(label.key())),
        }
    }
    out.push_str(&body.html[from..]);
    out
}

/// What stands in the `href` of a link: a way that holds from any page of the site.
pub fn href(site: &Site, destination: &Destination, written: &str) -> String {
    match destination {
        Destination::Written | Destination::Missing(_) => written.to_owned(),
        Destination::Here { id } => format!("#{}", encode(id)),
        Destination::Page { page, query, id } => {
            let mut href = site.base.href(&site.pages.page(*page).card.permalink);
            href.push_str(query);
            if let Some(id) = id {
                href.push('#');
                href.push_str(&encode(id));
            }
            href
        }
        Destination::Home { suffix } => format!("{}/{suffix}", site.base.path),
        Destination::File { address, suffix } => {
            format!("{}/{}{suffix}", site.base.path, encode(address))
        }
    }
}

/// Where a wikilink leads; nowhere where nothing is called so. One whose heading is not there
/// still leads to the page.
fn names(site: &Site, destination: &Destination, written: &str) -> Option<String> {
    match destination {
        Destination::Missing(Missing::Heading { page, .. }) => {
            Some(site.base.href(&site.pages.page(*page).card.permalink))
        }
        Destination::Missing(_) => None,
        found => Some(href(site, found, written)),
    }
}

/// The size that the author gives to a picture, or that it has. With a width alone the height
/// follows, where the picture says how it is shaped.
fn push_size(out: &mut String, site: &Site, destination: &Destination, target: &Target) {
    let Destination::File { address, .. } = destination else { return };
    let own = site.assets.image_size(address);
    let size = match target {
        Target::Name(Named { size: Some((width, height)), .. }) => {
            let ratio = |(w, h): (u32, u32)| {
                let height = u64::from(*width) * u64::from(h) / u64::from(w.max(1));
                u32::try_from(height.max(1)).unwrap_or(u32::MAX)
            };
            Some((*width, height.or_else(|| own.map(ratio))))
        }
        _ => own.map(|(width, height)| (width, Some(height))),
    };
    let Some((width, height)) = size else { return };
    out.push_str(&format!(" width=\"{width}\""));
    if let Some(height) = height {
        out.push_str(&format!(" height=\"{height}\""));
    }
}

/// The link to where a section leads, and the whole address of it.
pub fn redirect(site: &Site, id: PageId, destination: &Destination) -> (String, String) {
    let to = site.pages.page(id).front_matter.redirect_to.as_ref();
    let written = to.map_or("", |to| to.get_ref().as_str());
    let href = href(site, destination, written);
    let canonical =
        if href.starts_with('/') { format!("{}{href}", site.base.origin) } else { href.clone() };
    (href, canonical)
}
