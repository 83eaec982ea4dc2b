//! `[[taxonomies]]` as they are meant.

use std::ops::Range;

use toml::Spanned;

use super::raw::RawTaxonomy;
use crate::diag::Span;
use crate::path::{Permalink, SourcePath};
use crate::text::slug::slug;

/// A declared way to group pages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taxonomy {
    /// Its name, as pages write it under `[taxonomies]`.
    pub name: String,
    /// The part of an address that is made of its name.
    pub slug: String,
    /// What readers see in place of the name.
    pub title: Option<String>,
    /// One or two sentences on it.
    pub description: Option<String>,
    /// Whether each term has feeds.
    pub feed: bool,
    /// How many pages a term shows at once; 0 for all.
    pub paginate_by: usize,
    /// Where it is declared.
    pub span: Span,
}

/// A mistake in a declaration: where, the fact, and what to do.
pub(super) type Slip = (Range<usize>, String, &'static str);

/// Resolves the declarations of a file; each mistake costs one of them.
pub(super) fn resolve(
    raw: Vec<Spanned<RawTaxonomy>>,
    file: &SourcePath,
) -> (Vec<Taxonomy>, Vec<Slip>) {
    let mut taxonomies: Vec<Taxonomy> = Vec::with_capacity(raw.len());
    let mut slips = Vec::new();
    for raw in raw {
        let whole = raw.span();
        let raw = raw.into_inner();
        if let Some(by) = raw.paginate_by.as_ref().filter(|by| *by.get_ref() == 0) {
            let help = "leave `paginate_by` out, and a term shows all its pages";
            slips.push((by.span(), "a term cannot show 0 pages at once".to_owned(), help));
        }
        let Some(name) = raw.name else {
            let help = "name it as pages will: `name = \"topics\"`";
            slips.push((whole, "this taxonomy has no `name`".to_owned(), help));
            continue;
        };
        let span = name.span();
        let name = name.into_inner();
        let slug = slug(&name);
        if let Some(fault) = fault(&name, &slug) {
            let message = format!("`{name}` cannot be the name of a taxonomy: {fault}");
            slips.push((span, message, "write it as in `name = \"topics\"`"));
            continue;
        }
        if let Some(other) = taxonomies.iter().find(|other| other.slug == slug) {
            let (message, help) = match other.name == name {
                true => (format!("the taxonomy `{name}` is declared twice"), "remove one of them"),
                false => (
                    format!(
                        "the taxonomies `{}` and `{name}` are both served at `/{slug}/`",
                        other.name
                    ),
                    "rename one of them",
                ),
            };
            slips.push((span, message, help));
            continue;
        }
        let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        taxonomies.push(Taxonomy {
            title: said(raw.title),
            description: said(raw.description),
            feed: raw.feed,
            paginate_by: raw.paginate_by.map_or(0, Spanned::into_inner),
            span: Span::new(file.clone(), span),
            name,
            slug,
        });
    }
    (taxonomies, slips)
}

/// What keeps a name from being written by pages and served.
fn fault(name: &str, slug: &str) -> Option<&'static str> {
    if name.trim().is_empty() {
        return Some("it is empty");
    }
    if name.trim() != name {
        return Some("it begins or ends with a space");
    }
    if name.contains(['/', '\\', '#', '?', '"', '\'']) || name.contains(char::is_control) {
        return Some("it has a character that no address holds");
    }
    if slug.is_empty() {
        return Some("it has no letter or digit");
    }
    Permalink::new(&format!("/{slug}/")).err()
}
