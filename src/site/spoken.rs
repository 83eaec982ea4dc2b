//! The names of those whom a page names in its sentences: a narrative citation stands there as
//! its key.

use std::collections::BTreeMap;

use super::assemble::Site;
use crate::cite::Form;
use crate::page::Page;

/// The names that stand for the keys of a page's narrative citations.
pub fn spoken_names(
    site: &Site,
    page: &Page,
    words: &dyn Fn(&str) -> String,
) -> BTreeMap<String, String> {
    let narrative = page.body.citations.iter().filter(|c| c.form == Form::Narrative);
    let names = narrative.filter_map(|citation| {
        let item = citation.items.first()?;
        let work = site.references.find(&item.key)?;
        Some((item.key.written(), site.references.work(work).spoken(words)))
    });
    names.collect()
}
