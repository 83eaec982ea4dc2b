//! The links of a body as its readers get them.

use crate::path::encode;
use crate::site::{Destination, PageId, Site};

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

/// The link to where a section leads, and the whole address of it.
pub fn redirect(site: &Site, id: PageId, destination: &Destination) -> (String, String) {
    let to = site.pages.page(id).front_matter.redirect_to.as_ref();
    let written = to.map_or("", |to| to.get_ref().as_str());
    let href = href(site, destination, written);
    let canonical =
        if href.starts_with('/') { format!("{}{href}", site.base.origin) } else { href.clone() };
    (href, canonical)
}
