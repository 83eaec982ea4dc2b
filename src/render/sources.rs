//! The sources of a page for reference managers.

use super::inputs::Inputs;
use crate::config::Export;
use crate::site::{PageId, Record};

/// Writes the works of a page, those of Additional Reading among them.
pub(super) fn sources(inputs: &Inputs<'_>, id: PageId, export: Export) -> String {
    let sources = inputs.site.cited.sources(id);
    let further = sources.additional.iter().filter(|work| !sources.listed.contains(work));
    let works = sources.listed.iter().chain(further);
    let records: Vec<&Record> = works.filter_map(|&work| inputs.site.record(work)).collect();
    let join = |text: fn(&Record) -> &str, between: &str| {
        let texts: Vec<&str> = records.iter().map(|record| text(record)).collect();
        texts.join(between)
    };
    match export {
        Export::Bib => join(Record::bibtex, "\n"),
        Export::Json => format!("[\n{}\n]\n", join(Record::csl_json, ",\n")),
        Export::Ris => join(Record::ris, "\r\n"),
    }
}
