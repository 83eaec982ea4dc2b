//! What is the same in the graphs of many pages, written once.

use serde::Serialize;

use super::nodes::{Image, License, Named, Organization, Person, Pixels, Ref, Site, WholeSite};
use crate::config::Config;
use crate::page;
use crate::site;
use crate::site::{Destination, PageId, PersonId};
use crate::view::body::href;
use crate::view::people::orcid;

/// The nodes that many pages name.
#[derive(Debug)]
pub(in crate::view) struct Shared {
    /// The site, as its pages name it.
    pub(super) site: Site,
    /// The site, as its home page tells of it, in JSON.
    pub(super) whole_site: String,
    /// The name of the publisher's node.
    pub(super) publisher: Ref,
    /// Who publishes the site, in JSON.
    pub(super) organization: String,
    /// Everybody with a page, in JSON.
    persons: Vec<String>,
}

impl Shared {
    /// Writes them.
    pub(in crate::view) fn new(site: &site::Site, config: &Config) -> Self {
        let root = site.base.root();
        let publisher = Ref { id: format!("{root}#_publisher") };
        let node = Site {
            kind: "WebSite",
            id: format!("{root}#_site"),
            name: config.title.clone(),
            url: root.clone(),
        };
        let process = config.citations.process_page.as_ref().zip(site.links.process_page());
        let process = process
            .filter(|(_, found)| !matches!(found, Destination::Missing(_)))
            .map(|(named, found)| site.base.whole(&href(site, found, &named.name)));
        Self {
            whole_site: json(&WholeSite {
                site: &node,
                description: Some(config.description.as_str()).filter(|text| !text.is_empty()),
                in_language: &config.language,
                publisher: publisher.clone(),
            }),
            organization: json(&Organization {
                kind: "Organization",
                id: publisher.id.clone(),
                name: &config.title,
                url: &root,
                publishing_principles: process,
            }),
            persons: site.people.all().iter().map(|one| json(&person(site, one))).collect(),
            site: node,
            publisher,
        }
    }

    /// Somebody's node.
    pub(super) fn person(&self, id: PersonId) -> &str {
        &self.persons[id.index()]
    }
}

/// The name of somebody's node.
pub(super) fn person_id(site: &site::Site, id: PersonId) -> Ref {
    name_of(site, site.people.person(id))
}

fn name_of(site: &site::Site, person: &site::Person) -> Ref {
    let permalink = &site.pages.page(person.page).card.permalink;
    Ref { id: format!("{}#_person", site.base.absolute(permalink)) }
}

fn person<'a>(site: &'a site::Site, person: &site::Person) -> Person<'a> {
    let card = &site.pages.page(person.page).card;
    let keys = person.keys(&site.pages);
    let said =
        |text: Option<&'a String>| text.map(|text| text.trim()).filter(|text| !text.is_empty());
    let links = keys.map_or(&[][..], |keys| &keys.links);
    let email = links.iter().find_map(|link| link.url.strip_prefix("mailto:"));
    let others = links.iter().map(|link| &link.url).filter(|url| !url.starts_with("mailto:"));
    let orcid = orcid(site, person).map(|orcid| format!("https://orcid.org/{orcid}"));
    Person {
        kind: "Person",
        id: name_of(site, person).id,
        name: &card.title,
        url: site.base.absolute(&card.permalink),
        description: card.description.as_deref(),
        honorific_suffix: said(keys.and_then(|keys| keys.credentials.as_ref())),
        job_title: said(keys.and_then(|keys| keys.role.as_ref())),
        affiliation: said(keys.and_then(|keys| keys.affiliation.as_ref()))
            .map(|name| Named { kind: "Organization", name }),
        image: image(site, person.page),
        email,
        same_as: orcid.into_iter().chain(others.cloned()).collect(),
    }
}

/// The lead image of a page.
pub(super) fn image(site: &site::Site, id: PageId) -> Option<Image<'_>> {
    let image: &page::Image = site.pages.page(id).card.image.as_ref()?;
    let destination = site.links.lead_image(id)?;
    let size = match destination {
        Destination::Missing(_) => return None,
        Destination::File { address, .. } => site.assets.image_size(address),
        _ => None,
    };
    let said = |text: &'_ Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let license = image.license.as_deref().filter(|text| !text.trim().is_empty());
    let credit = image.credit.as_ref().map(|credit| credit.get_ref().as_str());
    Some(Image {
        kind: "ImageObject",
        url: site.base.whole(&href(site, destination, image.src.get_ref())),
        width: size.map(|(width, _)| Pixels::new(width)),
        height: size.map(|(_, height)| Pixels::new(height)),
        caption: image.caption.as_deref().filter(|_| said(&image.caption)),
        description: image.alt.as_deref().filter(|_| said(&image.alt)),
        credit_text: credit.filter(|credit| !credit.trim().is_empty()),
        license: license.map(|license| match license.starts_with("http") {
            true => License::Address(license),
            false => License::Name(Named { kind: "CreativeWork", name: license }),
        }),
    })
}

/// A node in JSON. Its fields are texts and numbers under names of their own, so that there is
/// nothing that could not be written.
pub(super) fn json(node: &impl Serialize) -> String {
    serde_json::to_string(node).unwrap_or_default()
}
