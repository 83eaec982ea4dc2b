//! From the text of a CSL-JSON file to references.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;

use super::items::{Item, cut, range_of};
use super::note;
use super::value::{names, text, when};
use crate::cite::by_name::ByName;
use crate::cite::calendar::{self, Reading};
use crate::cite::identifier::{IdKind, Ids, is_web, parse_issn};
use crate::cite::markup;
use crate::cite::name::Names;
use crate::cite::reference::{Field, Reference};
use crate::cite::rich::{Rich, Shape};
use crate::cite::standing::settle;
use crate::diag::{Code, Diagnostic, Span};
use crate::path::SourcePath;

const DATES: &[&str] =
    &["accessed", "available-date", "event-date", "issued", "original-date", "submitted"];

const NAMES: &[&str] = &[
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editor-translator",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
];

const TEXTS: &[&str] = &[
    "URL",
    "abstract",
    "annote",
    "archive",
    "archive-place",
    "archive_collection",
    "archive_location",
    "authority",
    "call-number",
    "chapter-number",
    "collection-number",
    "collection-title",
    "container-title",
    "container-title-short",
    "dimensions",
    "division",
    "edition",
    "event",
    "event-place",
    "event-title",
    "genre",
    "issue",
    "jurisdiction",
    "keyword",
    "language",
    "license",
    "medium",
    "note",
    "number",
    "number-of-pages",
    "number-of-volumes",
    "original-publisher",
    "original-publisher-place",
    "original-title",
    "page",
    "part-number",
    "part-title",
    "printing-number",
    "publisher",
    "publisher-place",
    "references",
    "reviewed-genre",
    "reviewed-title",
    "scale",
    "section",
    "source",
    "status",
    "supplement-number",
    "title",
    "title-short",
    "version",
    "volume",
    "volume-title",
];

/// Tells whether a name is in one of the tables, which are in order.
fn is_in(table: &[&str], name: &str) -> bool {
    table.binary_search(&name).is_ok()
}

/// Reads a file.
pub(in crate::cite) fn read(
    file: &SourcePath,
    json: &str,
    found: &mut Vec<Diagnostic>,
) -> Vec<Reference> {
    let cut = cut(json);
    if let Some((range, message)) = cut.fault {
        let place = Span::new(file.clone(), range);
        found.push(Diagnostic::new(Code::BibliographySyntax, message).at(place));
    }
    cut.items.iter().filter_map(|item| reference(file, json, item, found)).collect()
}

/// A field with its value.
struct Written {
    value: Value,
    range: Range<usize>,
}

fn reference(
    file: &SourcePath,
    json: &str,
    item: &Item<'_>,
    found: &mut Vec<Diagnostic>,
) -> Option<Reference> {
    let mut fields: BTreeMap<String, Written> = BTreeMap::new();
    for (name, raw) in &item.fields {
        // A value that is nested beyond all reason is no value.
        let value = serde_json::from_str(raw.get()).unwrap_or(Value::Null);
        let mut range = range_of(json, raw.get());
        if value.is_string() {
            range = range.start + 1..range.end - 1;
        }
        fields.entry(name.clone()).or_insert(Written { value, range });
    }
    let Some((key, key_range)) = key(item, &fields) else {
        let place = Span::new(file.clone(), item.range.start..item.range.start + 1);
        let finding = Diagnostic::new(Code::BibliographySyntax, "this item has no `id`").at(place);
        found.push(finding.help("give it one: it is the name under which it is cited"));
        return None;
    };
    let kind = fields.get("type").map(|field| text(&field.value)).unwrap_or_default();
    let mut reference = Reference::new(
        key,
        if kind.is_empty() { "document".to_owned() } else { kind },
        file.clone(),
        key_range,
    );
    for (name, field) in &fields {
        set(&mut reference, name, field, found);
    }
    reference.fields = written(json, fields);
    if let Some(note) = reference.texts.get("note").map(Rich::text) {
        // The lines of the note are those of the file.
        let lines = reference.fields.get("note").map_or(note, |field| field.written.to_string());
        cheat(&mut reference, &lines);
    }
    if reference.texts.get("URL").is_some_and(|url| !is_web(&url.text())) {
        reference.texts.remove("URL");
    }
    settle(&mut reference);
    Some(reference)
}

fn key(item: &Item<'_>, fields: &BTreeMap<String, Written>) -> Option<(String, Range<usize>)> {
    let named = |name: &str| {
        let field = fields.get(name)?;
        let key = text(&field.value);
        (!key.is_empty()).then(|| (key, field.range.clone()))
    };
    let id = named("id");
    // Zotero's own ids are addresses; nobody cites by them.
    let address = id.as_ref().is_some_and(|(id, _)| id.contains("://"));
    let other = || named("citation-key").or_else(|| named("citekey"));
    let by_key = || item.key.clone().map(|key| (key, item.range.start..item.range.start + 1));
    if address { other().or(id) } else { id.or_else(other).or_else(by_key) }
}

/// The name that CSL has for a variable.
fn csl_name(name: &str) -> String {
    match name {
        "journalAbbreviation" => "container-title-short".to_owned(),
        "shortTitle" => "title-short".to_owned(),
        "url" => "URL".to_owned(),
        "event" => "event-title".to_owned(),
        "keywords" => "keyword".to_owned(),
        other => other.to_owned(),
    }
}

fn set(reference: &mut Reference, name: &str, field: &Written, found: &mut Vec<Diagnostic>) {
    let name = csl_name(name);
    let name = name.as_str();
    let value = &field.value;
    if is_in(DATES, name) {
        let Reading { when, fault } = when(value);
        if let Some(when) = when {
            reference.dates.insert(name, when);
        }
        if let Some(fault) = fault {
            let place = Span::new(reference.file.clone(), field.range.clone());
            found.push(Diagnostic::new(Code::BadDate, fault).at(place));
        }
    } else if is_in(NAMES, name) {
        let names = names(value);
        if !names.list.is_empty() {
            reference.names.insert(name, names);
        }
    } else if is_in(TEXTS, name) {
        let written = text(value);
        let text = match name {
            "URL" => Rich::plain(written),
            "page" => Rich::plain(written.replace(['\u{2013}', '\u{2014}', '\u{2212}'], "-")),
            _ => markup::read(&written, Shape::default()),
        };
        if !text.is_empty() && name != "license" {
            reference.texts.insert(name, text);
        }
    } else {
        identifier(&mut reference.ids, name, &text(value));
    }
}

/// Reads an identifier by its name; tells whether the name is that of one.
fn identifier(ids: &mut Ids, name: &str, text: &str) -> bool {
    let one = |slot: &mut Option<String>, kind: IdKind| {
        if slot.is_none() {
            *slot = kind.parse(text);
        }
    };
    let parts = || text.split([',', ';', ' ']).filter(|part| !part.is_empty());
    match name.to_ascii_lowercase().as_str() {
        "doi" => one(&mut ids.doi, IdKind::Doi),
        "pmid" => one(&mut ids.pmid, IdKind::Pmid),
        "pmcid" => one(&mut ids.pmcid, IdKind::Pmcid),
        "arxiv" | "arxivid" => one(&mut ids.arxiv, IdKind::Arxiv),
        "isbn" if ids.isbn.is_empty() => {
            ids.isbn = match IdKind::Isbn.parse(text) {
                Some(isbn) => vec![isbn],
                None => parts().filter_map(|part| IdKind::Isbn.parse(part)).collect(),
            };
        }
        "issn" if ids.issn.is_empty() => ids.issn = parts().filter_map(parse_issn).collect(),
        "isbn" | "issn" => {}
        _ => return false,
    }
    true
}

/// Reads what the lines of a note say of variables that are not set.
fn cheat(reference: &mut Reference, lines: &str) {
    let is_variable = |name: &str| {
        is_in(TEXTS, name)
            || is_in(DATES, name)
            || is_in(NAMES, name)
            || matches!(name, "doi" | "pmid" | "pmcid" | "arxiv" | "isbn" | "issn" | "type")
    };
    let (left, said) = note::take(lines, &is_variable);
    if said.is_empty() {
        return;
    }
    let left = left.split_whitespace().collect::<Vec<_>>().join(" ");
    if left.is_empty() {
        reference.texts.remove("note");
    } else {
        reference.texts.insert("note", markup::read(&left, Shape::default()));
    }
    for note::Said { name, value } in said {
        if identifier(&mut reference.ids, &name, &value) {
            continue;
        }
        if name == "type" {
            reference.kind = value;
        } else if is_in(DATES, &name) {
            if let Some(when) = calendar::read(&value).when {
                reference.dates.get_or_insert_with(&name, || when);
            }
        } else if is_in(NAMES, &name) {
            let more = names(&Value::String(value));
            reference.names.get_or_insert_with(&name, Names::default).list.extend(more.list);
        } else {
            let text = markup::read(&value, Shape::default());
            if name == "license" {
                reference.status.license = Some(text.text());
            } else {
                reference.texts.get_or_insert_with(&csl_name(&name), || text);
            }
        }
    }
}

fn written(json: &str, fields: BTreeMap<String, Written>) -> ByName<Field> {
    let mut out = ByName::default();
    for (name, Written { value, range }) in fields {
        let name = name.to_lowercase();
        if name == "abstract" {
            continue;
        }
        let written = match value {
            Value::String(text) => text,
            _ => json[range.clone()].to_owned(),
        };
        out.get_or_insert_with(&name, || Field::new(written, range));
    }
    out
}
