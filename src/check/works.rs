//! What rules say of works: which of them pages name, their titles and venues in short.

use crate::cite::{Name, Reference, WorkId};
use crate::diag::Span;
use crate::site::Site;
use crate::text::slug::slug;

/// Longest title in a message.
const LONGEST_TITLE: usize = 60;

/// The fields that hold the date of a work, as either format calls them.
const DATE_FIELDS: &[&str] = &["year", "date", "issued"];

/// Every reference that a page names, under its own key or another of the same work, in the
/// order of the bibliographies. What nobody names is nobody's concern.
pub(super) fn named(site: &Site) -> impl Iterator<Item = &Reference> {
    named_ids(site).map(|id| site.references.work(id))
}

/// The places of the references that a page names.
pub(super) fn named_ids(site: &Site) -> impl Iterator<Item = WorkId> + '_ {
    site.references.ids().filter(|id| is_named(site, *id))
}

/// Tells whether a page names a reference, under its own key or another of the same work.
pub(super) fn is_named(site: &Site, id: WorkId) -> bool {
    site.cited.uses().contains_key(&site.references.canonical(id))
}

/// The title of a work in quotes, cut where it is long.
pub(super) fn quoted(reference: &Reference) -> String {
    let title = reference.text("title");
    match title.char_indices().nth(LONGEST_TITLE) {
        None if title.is_empty() => "a work without a title".to_owned(),
        None => format!("“{title}”"),
        Some((end, _)) => format!("“{}…”", title[..end].trim_end()),
    }
}

/// A title reduced to what two spellings of it share.
pub(super) fn title_slug(reference: &Reference) -> String {
    slug(&reference.text("title"))
}

/// What a work appeared in: a journal, a book, a repository; empty where nothing is said.
pub(super) fn container(reference: &Reference) -> String {
    reference.text("container-title")
}

/// The family name of the first author, or of the first editor, in the form in which spellings
/// are compared.
pub(super) fn first_author(reference: &Reference) -> Option<String> {
    let names = ["author", "editor"].iter().find_map(|role| reference.names.get(role));
    let name = match names?.list.first()? {
        Name::Person { family, .. } => slug(family),
        Name::Literal(name) => slug(name),
    };
    Some(name).filter(|name| !name.is_empty())
}

/// The place of the date of a work.
pub(super) fn date_span(reference: &Reference) -> Span {
    first_span(reference, DATE_FIELDS)
}

/// The place of the first of some fields that is there; of the key where none is.
pub(super) fn first_span(reference: &Reference, fields: &[&str]) -> Span {
    let there = fields.iter().find(|field| reference.fields.contains_key(field));
    there.map_or_else(|| reference.span(), |field| reference.field_span(field))
}
