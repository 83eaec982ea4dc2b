//! Where the sources of a page are served for reference managers.

use std::collections::BTreeSet;

use crate::config::Export;
use crate::path::{OutputPath, Permalink};
use crate::site::{PageId, Site};
use crate::theme::{Fields, Value};

/// Where the sources of a page are served in each form: `sources.bib` beside its `index.html`.
pub fn exports(page: &Permalink, forms: &BTreeSet<Export>) -> Vec<(Export, OutputPath)> {
    let Ok(page) = page.output() else { return Vec::new() };
    let page = page.as_str();
    let (folder, dot) = match (page.strip_suffix("index.html"), page.strip_suffix(".html")) {
        (Some(folder), _) => (folder, ""),
        // In a flat site: `guide/install.sources.bib`.
        (None, Some(stem)) => (stem, "."),
        (None, None) => return Vec::new(),
    };
    let path = |form: Export| [folder, dot, "sources.", form.extension()].concat();
    let forms = forms.iter();
    forms.filter_map(|&form| Some((form, OutputPath::new(&path(form)).ok()?))).collect()
}

/// The files that hold the sources of a page; none for a page without any.
pub(super) fn files(site: &Site, id: PageId, forms: &BTreeSet<Export>) -> Value {
    if site.cited.sources(id).is_empty() {
        return Vec::<Value>::new().into();
    }
    let files: Vec<Value> = exports(&site.pages.page(id).card.permalink, forms)
        .into_iter()
        .map(|(form, path)| {
            let href = site.base.file_href(&path);
            Fields::from([("name", form.name().into()), ("href", href.into())]).into()
        })
        .collect();
    files.into()
}
