//! The files of a page's sources, for reference managers.

use std::collections::BTreeSet;

use crate::config::Export;
use crate::site::{PageId, Site, exports};
use crate::theme::{Fields, Value};

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
