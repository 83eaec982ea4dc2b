//! The sources of a page: its source list, and the markers in its text that lead there.

use std::collections::{BTreeMap, BTreeSet};

use super::anchors::{firsts, ids, taken};
use super::works::{self, Phrases, Works, free};
use crate::cite::{Around, Form, WorkId};
use crate::csl::{Cite, Cited, Cluster, Entry, Kind, Piece, Processor, Work};
use crate::page::Page;
use crate::path::encode;
use crate::site::{PageId, Site, Sources, spoken_names};
use crate::text::escape::{push_attribute, push_text};
use crate::theme::{Fields, Value};

/// A page's citations as its readers get them.
#[derive(Default)]
pub struct Shown {
    /// For each citation of the body what stands in its place; none where the text stays as it
    /// is written.
    pub(super) markers: Vec<Option<String>>,
    /// Whether a marker is raised over the line.
    pub(super) raised: Vec<bool>,
    /// The source list.
    pub(super) sources: Vec<Value>,
    /// The works of Additional Reading.
    pub(super) additional: Vec<Value>,
    /// In a style of notes the notes.
    pub(super) notes: Vec<Value>,
    /// The id of the source list.
    pub(super) list_id: String,
    /// The names that stand for the keys of narrative citations.
    pub(super) names: BTreeMap<String, String>,
}

impl Shown {
    /// Sets what a template sees of a page's sources.
    pub(super) fn describe(self, map: &mut Fields) {
        map.set("sources", self.sources);
        map.set("sources_id", self.list_id);
        map.set("additional_reading", self.additional);
        map.set("notes", self.notes);
    }
}

/// Citations that are printed as one, because they stand side by side.
struct Group {
    citations: Vec<usize>,
    narrative: bool,
    /// The number in the page of its first item that names a work.
    first: usize,
}

/// Prints the citations and the source list of a page whose body is `html`; `words` gives the
/// words of its language.
pub fn show(
    site: &Site,
    works: &Works,
    id: PageId,
    html: &str,
    words: &dyn Fn(&str) -> String,
) -> Shown {
    let page = site.pages.page(id);
    let sources = site.cited.sources(id);
    let taken = taken(page);
    let mut shown = Shown {
        markers: vec![None; sources.citations.len()],
        raised: vec![false; sources.citations.len()],
        list_id: free(&taken, "sources".to_owned()),
        names: spoken_names(site, page, words),
        ..Shown::default()
    };
    mark_missing(page, sources, &mut shown.markers);
    let Some(processor) = site.formatted.processor_of(id) else { return shown };
    let of = |&work: &WorkId| site.formatted.work_of(id, work);
    let formatted: Vec<(WorkId, &Work)> =
        sources.listed.iter().filter_map(|work| Some((*work, of(work)?))).collect();
    let mut sheet = Sheet {
        site,
        works,
        page,
        html,
        sources,
        processor,
        phrases: Phrases::new(words),
        taken: &taken,
        ids: ids(works, &formatted, &taken),
        formatted,
        places: BTreeMap::new(),
        shown,
    };
    if !sheet.formatted.is_empty() {
        sheet.print();
    }
    for &work in &sources.additional {
        if let Some(formatted) = of(&work) {
            let mut map = works::source(site, works, work, &formatted.html);
            map.set("elsewhere", sheet.phrases.elsewhere(works, work));
            sheet.shown.additional.push(map.into());
        }
    }
    sheet.shown
}

/// Marks the brackets that name no work at all, where the author has let them pass. A bare
/// `@name` that is in no bibliography is a name, and stays.
fn mark_missing(page: &Page, sources: &Sources, markers: &mut [Option<String>]) {
    for (n, (citation, found)) in page.body.citations.iter().zip(&sources.citations).enumerate() {
        if citation.form == Form::Bracketed && found.iter().all(Option::is_none) {
            let mut html = String::from("<span class=\"missing-reference\">[");
            for (nth, item) in citation.items.iter().enumerate() {
                html.push_str(if nth > 0 { "; @" } else { "@" });
                push_text(&mut html, &item.key.written());
            }
            html.push_str("]</span>");
            markers[n] = Some(html);
        }
    }
}

/// The sources of one page in the making.
struct Sheet<'a> {
    site: &'a Site,
    works: &'a Works,
    page: &'a Page,
    html: &'a str,
    sources: &'a Sources,
    processor: &'a Processor,
    phrases: Phrases,
    taken: &'a BTreeSet<String>,
    /// The works of the list, as they are printed.
    formatted: Vec<(WorkId, &'a Work)>,
    /// The id of each in the list.
    ids: Vec<String>,
    /// The ids of the markers that lead to each work, in order.
    places: BTreeMap<usize, Vec<String>>,
    shown: Shown,
}

impl Sheet<'_> {
    fn print(&mut self) {
        let groups = self.groups();
        let references = &self.site.references;
        let cited: Vec<Cited<'_>> = self
            .formatted
            .iter()
            .map(|&(id, work)| Cited { reference: references.work(id), work })
            .collect();
        let place: BTreeMap<WorkId, usize> =
            self.formatted.iter().enumerate().map(|(n, &(id, _))| (id, n)).collect();
        let page = self.page;
        let clusters: Vec<Cluster<'_>> = groups
            .iter()
            .map(|group| {
                let items = group.citations.iter().flat_map(|&n| {
                    let items = page.body.citations[n].items.iter();
                    items.zip(&self.sources.citations[n]).filter_map(|(item, work)| {
                        let Around { prefix, locator, suffix } = item.around();
                        Some(Cite {
                            work: *place.get(&(*work)?)?,
                            locator: locator.as_ref(),
                            prefix,
                            suffix,
                            without_author: item.without_author,
                        })
                    })
                });
                Cluster { items: items.collect(), narrative: group.narrative }
            })
            .collect();
        let printed = self.processor.print(&cited, &clusters);
        for ((group, cluster), marker) in groups.iter().zip(&clusters).zip(&printed.markers) {
            let mut html = marker.lead.clone();
            if self.processor.kind() == Kind::Note {
                self.note(group.first, cluster, &marker.pieces, &mut html);
            } else {
                html.push_str(if marker.raised {
                    "<sup class=\"cite\">"
                } else {
                    "<span class=\"cite\">"
                });
                self.pieces(group.first, cluster, &marker.pieces, None, &mut html);
                html.push_str(if marker.raised { "</sup>" } else { "</span>" });
            }
            for &n in &group.citations {
                self.shown.markers[n] = Some(std::mem::take(&mut html));
                let is_raised = marker.raised || self.processor.kind() == Kind::Note;
                self.shown.raised[n] = is_raised && marker.lead.is_empty();
            }
        }
        for entry in &printed.entries {
            let value = self.entry(entry);
            self.shown.sources.push(value);
        }
    }

    /// The citations that name a work, those side by side together.
    fn groups(&self) -> Vec<Group> {
        let body = &self.page.body;
        let holes = body.holes.iter().filter_map(|hole| match hole.kind {
            crate::markdown::HoleKind::Citation(n) => Some((n as usize, hole.range())),
            _ => None,
        });
        let firsts = firsts(self.sources);
        let mut groups: Vec<Group> = Vec::new();
        let mut end = None;
        for (n, hole) in holes {
            let names_a_work = self.sources.citations[n].iter().any(Option::is_some);
            let narrative = body.citations[n].form == Form::Narrative;
            let is_beside = end.is_some_and(|end: usize| {
                !self.html[end..hole.start].contains(|c: char| !c.is_whitespace())
            });
            if names_a_work {
                match groups.last_mut() {
                    Some(last) if is_beside && !narrative => last.citations.push(n),
                    _ => groups.push(Group { citations: vec![n], narrative, first: firsts[n] }),
                }
            }
            end = names_a_work.then_some(hole.end);
        }
        groups
    }

    /// Writes a marker: each work a link of its own.
    fn pieces(
        &mut self,
        first: usize,
        cluster: &Cluster<'_>,
        pieces: &[Piece],
        back_to: Option<&str>,
        out: &mut String,
    ) {
        for piece in pieces {
            let (item, html, is_shown) = match piece {
                Piece::Html(html) => {
                    out.push_str(html);
                    continue;
                }
                Piece::Cite { item, html, shown } => (*item, html, *shown),
            };
            let work = cluster.items[item].work;
            let id = match back_to {
                Some(id) => id.to_owned(),
                None => {
                    let id = free(self.taken, format!("cite-{}", first + item));
                    out.push_str("<a id=\"");
                    out.push_str(&id);
                    out.push('"');
                    id
                }
            };
            if back_to.is_some() {
                out.push_str("<a");
            }
            if !is_shown {
                out.push_str(" class=\"cite-within\"");
            }
            out.push_str(" href=\"#");
            push_attribute(out, &encode(&self.ids[work]));
            out.push_str("\" role=\"doc-biblioref\"");
            if self.processor.kind() == Kind::Numeric {
                out.push_str(" aria-label=\"");
                let short = self.works.short(self.site, self.formatted[work].0, &self.phrases);
                for part in [&self.phrases.source, " ", &plain(html), ": ", &short] {
                    push_attribute(out, part);
                }
                out.push('"');
            }
            out.push('>');
            out.push_str(html);
            out.push_str("</a>");
            self.places.entry(work).or_default().push(id);
        }
    }

    /// Writes the number that leads to a note, and keeps the note.
    fn note(&mut self, first: usize, cluster: &Cluster<'_>, pieces: &[Piece], out: &mut String) {
        let number = self.shown.notes.len() + 1;
        // One number leads to the note of all the works; the ids of the others stand before it.
        for other in (first + 1..first + cluster.items.len()).rev() {
            let id = free(self.taken, format!("cite-{other}"));
            out.push_str(&format!("<span id=\"{id}\"></span>"));
        }
        let id = free(self.taken, format!("cite-{first}"));
        let note = free(self.taken, format!("note-{number}"));
        out.push_str(&format!(
            "<sup class=\"cite\"><a id=\"{id}\" href=\"#{note}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
        let mut html = String::new();
        self.pieces(first, cluster, pieces, Some(&id), &mut html);
        let mut map = Fields::with_capacity(4);
        map.set("id", note);
        map.set("number", number);
        map.set("html", Value::safe_string(&html));
        map.set("back", format!("#{id}"));
        self.shown.notes.push(map.into());
    }

    fn entry(&self, entry: &Entry) -> Value {
        let (id, _) = self.formatted[entry.work];
        let mut map = works::source(self.site, self.works, id, &entry.html);
        map.set("id", self.ids[entry.work].as_str());
        map.set("number", entry.number.map_or(Value::none(), Value::from));
        map.set("label", entry.label.as_deref().map_or(Value::none(), Value::safe_string));
        map.set("elsewhere", self.phrases.elsewhere(self.works, id));
        let number = entry.number.map_or_else(String::new, |number| number.to_string());
        let mut places = self.places.get(&entry.work).cloned().unwrap_or_default();
        places.dedup();
        let several = places.len() > 1;
        let mut back = String::new();
        for (nth, id) in places.iter().enumerate() {
            let letter = if several { letters(nth) } else { String::new() };
            back.push_str(" <a class=\"back\" href=\"#");
            push_attribute(&mut back, &encode(id));
            back.push_str("\" role=\"doc-backlink\" aria-label=\"");
            for part in [self.phrases.back.as_str(), " ", &number, &letter] {
                push_attribute(&mut back, part);
            }
            back.push_str("\">");
            // With the sign that keeps the arrow from being shown as a picture.
            back.push_str(if several { &letter } else { "↩&#xfe0e;" });
            back.push_str("</a>");
        }
        map.set("back", Value::safe_string(&back));
        map.into()
    }
}

/// The text of a number as a style sets it, its tags taken off.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut within = false;
    for c in html.chars() {
        match c {
            '<' => within = true,
            '>' => within = false,
            c if !within => out.push(c),
            _ => {}
        }
    }
    out
}

/// The letters that count places: a, b, … z, aa, ab, …
fn letters(nth: usize) -> String {
    let mut nth = nth;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + (nth % 26) as u8));
        nth /= 26;
        if nth == 0 {
            return letters.into_iter().rev().collect();
        }
        nth -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_go_on_after_z() {
        let all: Vec<String> = [0, 1, 25, 26, 27, 51, 52, 701, 702].map(letters).into();
        assert_eq!(all, ["a", "b", "z", "aa", "ab", "az", "ba", "zz", "aaa"]);
    }
}
