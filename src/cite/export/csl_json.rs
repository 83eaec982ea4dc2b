//! References as CSL-JSON.

use serde_json::{Map, Value, json};

use crate::cite::date::{PartialDate, When};
use crate::cite::markup;
use crate::cite::name::{Name, Names};
use crate::cite::reference::Reference;

/// Writes references as an array of CSL items.
pub fn to_csl_json(references: &[&Reference]) -> Value {
    references.iter().map(|reference| to_csl_item(reference)).collect()
}

/// Writes one reference as a CSL item.
pub fn to_csl_item(reference: &Reference) -> Value {
    let mut item = Map::new();
    item.insert("id".to_owned(), reference.key.clone().into());
    item.insert("type".to_owned(), reference.kind.clone().into());
    for (variable, text) in reference.texts.iter() {
        item.insert(variable.to_owned(), markup::write(text).into());
    }
    for (variable, names) in reference.names.iter() {
        item.insert(variable.to_owned(), people(names));
    }
    for (variable, when) in reference.dates.iter() {
        item.insert(variable.to_owned(), date(when));
    }
    let ids = &reference.ids;
    let single =
        [("DOI", reference.doi()), ("PMID", ids.pmid.clone()), ("PMCID", ids.pmcid.clone())];
    for (name, value) in single {
        if let Some(value) = value {
            item.insert(name.to_owned(), value.into());
        }
    }
    for (name, values) in [("ISBN", &ids.isbn), ("ISSN", &ids.issn)] {
        if !values.is_empty() {
            item.insert(name.to_owned(), values.join(", ").into());
        }
    }
    if let Some(license) = &reference.status.license {
        item.insert("license".to_owned(), license.clone().into());
    }
    // CSL has no variable for it; Zotero reads such lines of the note.
    if let Some(arxiv) = ids.arxiv.as_ref().filter(|number| !is_told(reference, number)) {
        let note = reference.texts.get("note").map(|note| markup::write(note) + "\n");
        let note = format!("{}arXiv: {arxiv}", note.unwrap_or_default());
        item.insert("note".to_owned(), note.into());
    }
    Value::Object(item)
}

/// Tells whether a number of arXiv is in the item already.
fn is_told(reference: &Reference, number: &str) -> bool {
    let told = [
        reference.text("URL").to_lowercase(),
        reference.text("number").to_lowercase(),
        reference.ids.doi.clone().unwrap_or_default(),
    ];
    told.iter().any(|text| text.contains("arxiv") && text.ends_with(&number.to_lowercase()))
}

fn people(names: &Names) -> Value {
    let mut list: Vec<Value> = names.list.iter().map(person).collect();
    if names.others {
        list.push(json!({ "literal": "others" }));
    }
    Value::Array(list)
}

fn person(name: &Name) -> Value {
    let (family, given, particle, dropping, suffix) = match name {
        Name::Literal(text) => return json!({ "literal": text }),
        Name::Person { family, given, particle, dropping_particle, suffix } => {
            (family, given, particle, dropping_particle, suffix)
        }
    };
    let mut parts = Map::new();
    // Quotes keep a processor from taking a particle out of a family name.
    let is_small = family.starts_with(char::is_lowercase) && family.contains(' ');
    let family = if is_small { &format!("\"{family}\"") } else { family };
    for (name, part) in [
        ("family", family),
        ("given", given),
        ("non-dropping-particle", particle),
        ("dropping-particle", dropping),
        ("suffix", suffix),
    ] {
        if !part.is_empty() {
            parts.insert(name.to_owned(), part.clone().into());
        }
    }
    Value::Object(parts)
}

fn date(when: &When) -> Value {
    let (from, to, circa) = match when {
        When::Literal(text) => return json!({ "literal": text }),
        When::Date { from, to, circa } => (from, to, *circa),
    };
    let dates: Vec<Value> = std::iter::once(from).chain(to).map(parts).collect();
    let mut date = json!({ "date-parts": dates });
    // The season of the end of a range has no place in CSL-JSON.
    if let Some(season) = from.season {
        date["season"] = season.into();
    }
    if circa {
        date["circa"] = true.into();
    }
    date
}

fn parts(date: &PartialDate) -> Value {
    let parts = [Some(date.year), date.month.map(i32::from), date.day.map(i32::from)];
    parts.into_iter().map_while(|part| part.map(Value::from)).collect()
}
