//! Fills the holes of a body: the HTML of a page as its readers get it.

use super::sources::Shown;
use crate::markdown::HoleKind;
use crate::path::encode;
use crate::site::{Destination, PageId, Site};
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
            HoleKind::ImageSize(n) => push_size(&mut out, site, &destinations[n]),
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
        Destination::Home => format!("{}/", site.base.path),
        Destination::File { address, suffix } => {
            format!("{}/{}{suffix}", site.base.path, encode(address))
        }
    }
}

fn push_size(out: &mut String, site: &Site, destination: &Destination) {
    let Destination::File { address, .. } = destination else { return };
    if let Some((width, height)) = site.assets.image_size(address) {
        out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
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
