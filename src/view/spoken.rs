//! The names of those whom a page names in its sentences: a narrative citation stands there as
//! its key.

use std::collections::BTreeMap;

use super::works;
use crate::cite::Form;
use crate::page::Page;
use crate::site::Site;

/// The names that stand for the keys of a page's narrative citations.
pub(super) fn names(
    site: &Site,
    page: &Page,
    words: &dyn Fn(&str) -> String,
) -> BTreeMap<String, String> {
    let narrative = page.body.citations.iter().filter(|c| c.form == Form::Narrative);
    let names = narrative.filter_map(|citation| {
        let item = citation.items.first()?;
        let work = site.references.find(&item.key)?;
        Some((item.key.written(), works::names(site.references.work(work), words)))
    });
    names.collect()
}
