//! What a link means, in words that hold before and after a move.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::markdown::{Link, Target};
use crate::page::Page;
use crate::path;
use crate::site::{Destination, Form, Missing, PageId, Resolver, Site};

/// Where a link leads, by the paths of files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Sense {
    /// A page, and what follows its address.
    Page(String, String),
    /// A file under `content/`, and what follows its address.
    Asset(String, String),
    /// A file that is made of a page: the path of the page, the form, and what follows its
    /// address.
    Made(String, Form, String),
    /// Something that no move touches.
    Fixed(String),
    /// Nothing: why, in one word.
    Nothing(&'static str),
}

impl Sense {
    /// The sense of a destination.
    pub(super) fn of(site: &Site, destination: &Destination) -> Self {
        match destination {
            Destination::Written => Self::Fixed("as written".to_owned()),
            Destination::Here { id } => Self::Fixed(format!("here, at {id}")),
            Destination::Page { page, query, id } => {
                let id = id.as_ref().map_or(String::new(), |id| format!("#{id}"));
                let path = site.pages.page(*page).card.relative_path.clone();
                Self::Page(path, format!("{query}{id}"))
            }
            Destination::Home { suffix } => Self::Fixed(format!("home{suffix}")),
            Destination::File { address, suffix } => match site.assets.at_output(address) {
                Some(id) => Self::Asset(path_of(site, id), suffix.clone()),
                None => match site.made.of(address, &site.pages, &site.tree, &site.cited) {
                    Some((page, form)) => {
                        let path = site.pages.page(page).card.relative_path.clone();
                        Self::Made(path, form, suffix.clone())
                    }
                    None => Self::Fixed(format!("/{address}{suffix}")),
                },
            },
            Destination::Missing(missing) => Self::Nothing(match missing {
                Missing::Page(_) => "page",
                Missing::Held(_) => "held back",
                Missing::Heading { .. } | Missing::Place { .. } => "heading",
                Missing::Asset(_) => "asset",
                Missing::Outside => "outside",
                Missing::Ambiguous(_) => "ambiguous",
                Missing::Wanted(_) => "wanted",
            }),
        }
    }

    /// The sense after a move.
    pub(super) fn moved(self, moves: &BTreeMap<String, String>) -> Self {
        let new = |path: String| moves.get(&path).cloned().unwrap_or(path);
        match self {
            Self::Page(path, rest) => Self::Page(new(path), rest),
            Self::Asset(path, rest) => Self::Asset(new(path), rest),
            Self::Made(path, form, rest) => Self::Made(new(path), form, rest),
            other => other,
        }
    }
}

/// The path of a file under `content/`.
fn path_of(site: &Site, id: crate::site::AssetId) -> String {
    let path = site.assets.asset(id).file.path.as_str();
    path.strip_prefix("content/").unwrap_or(path).to_owned()
}

/// The sense of a link in the text of a page; of one that spells out the site's own address,
/// what lies there.
pub(super) fn of_link(
    site: &Site,
    resolver: &mut Resolver<'_>,
    from: PageId,
    link: &Link,
) -> Sense {
    match own_address(site, &link.written) {
        Some(rooted) if link.target == Target::External => {
            let found = resolver.resolve(from, &Link::plain(rooted, 0..0));
            Sense::of(site, &found)
        }
        _ => Sense::of(site, &resolver.resolve(from, link)),
    }
}

/// The part of an address behind the site's own origin and sub-path, from its `/`.
pub(super) fn own_address<'a>(site: &Site, written: &'a str) -> Option<&'a str> {
    let rest = written.strip_prefix(site.base.origin.as_str())?;
    let encoded = rest.strip_prefix(site.base.path.as_str());
    let decoded = || rest.strip_prefix(path::decode(&site.base.path)?.as_str());
    let rest = encoded.or_else(decoded)?;
    rest.starts_with('/').then_some(rest)
}

/// The fields of a page's front matter that lead somewhere: name, place in a list, value.
pub(super) fn fields(page: &Page) -> Vec<(Field, String)> {
    let matter = &page.front_matter;
    let mut fields = Vec::new();
    if let Some(image) = &page.card.image {
        fields.push((Field::Image, image.src.get_ref().clone()));
    }
    if let Some(to) = &matter.redirect_to {
        fields.push((Field::RedirectTo, to.get_ref().clone()));
    }
    let picks = matter.continue_reading.iter().enumerate();
    fields.extend(picks.map(|(n, pick)| (Field::ContinueReading(n), pick.get_ref().clone())));
    fields
}

/// A field that leads somewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Field {
    /// `image.src`.
    Image,
    /// `redirect_to`.
    RedirectTo,
    /// One entry of `continue_reading`.
    ContinueReading(usize),
}

impl Field {
    /// The link that a value of the field is.
    pub(super) fn link(self, value: &str) -> Link {
        match self {
            Self::Image => Link::image(value, 0..0),
            Self::RedirectTo => Link::plain(value, 0..0),
            Self::ContinueReading(_) => Link::named(value, 0..0),
        }
    }

    /// What a value of the field means on a page.
    pub(super) fn sense(
        self,
        site: &Site,
        resolver: &mut Resolver<'_>,
        from: PageId,
        value: &str,
    ) -> Sense {
        let found = match self {
            Self::Image => resolver.resolve(from, &self.link(value)),
            Self::RedirectTo => resolver.redirect(from, value),
            Self::ContinueReading(_) => resolver.written(from, value),
        };
        Sense::of(site, &found)
    }
}

/// Where a field stands, as far as its page knows.
pub(super) fn place_of(page: &Page, field: Field) -> Range<usize> {
    let matter = &page.front_matter;
    match field {
        Field::Image => page.card.image.as_ref().map_or(0..0, |image| image.src.span()),
        Field::RedirectTo => matter.redirect_to.as_deref().map_or(0..0, toml::Spanned::span),
        Field::ContinueReading(n) => {
            matter.continue_reading.get(n).map_or(0..0, toml::Spanned::span)
        }
    }
}
