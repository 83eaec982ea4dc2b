//! Reads CSL-JSON that is known to be sound, for tests of `csl` that need nothing else.

use ibid::cite::{Name, Names, PartialDate, Reference, Rich, Shape, When};
use ibid::path::SourcePath;
use serde_json::Value;

/// Reads all records.
pub(crate) fn read(json: &str) -> Vec<Reference> {
    let all: Vec<serde_json::Map<String, Value>> =
        serde_json::from_str(json).expect("the records are JSON");
    all.iter().map(one).collect()
}

fn one(record: &serde_json::Map<String, Value>) -> Reference {
    let mut r = Reference::new(
        string(&record["id"]),
        string(&record["type"]),
        SourcePath::new("a.json"),
        0..0,
    );
    for (name, value) in record {
        match name.as_str() {
            "id" | "type" => {}
            "DOI" => r.ids.doi = Some(string(value)),
            "PMID" => r.ids.pmid = Some(string(value)),
            "PMCID" => r.ids.pmcid = Some(string(value)),
            "ISBN" => r.ids.isbn = vec![string(value)],
            "ISSN" => r.ids.issn = vec![string(value)],
            _ => match value {
                Value::Array(list) if list.iter().all(Value::is_object) => {
                    r.names.insert(name, names(list));
                }
                Value::Object(date) => {
                    if let Some(w) = when(date) {
                        r.dates.insert(name, w);
                    }
                }
                Value::String(_) | Value::Number(_) => {
                    r.texts.insert(name, rich(&string(value)));
                }
                _ => {}
            },
        }
    }
    r
}

fn string(v: &Value) -> String {
    match v {
        Value::String(s) => s.clone(),
        v => v.to_string(),
    }
}

fn names(list: &[Value]) -> Names {
    let get = |v: &Value, k: &str| v.get(k).map(string).unwrap_or_default();
    let list = list
        .iter()
        .map(|v| {
            if v.get("literal").is_some() {
                return Name::Literal(get(v, "literal"));
            }
            Name::Person {
                family: get(v, "family"),
                given: get(v, "given"),
                particle: get(v, "non-dropping-particle"),
                dropping_particle: get(v, "dropping-particle"),
                suffix: get(v, "suffix"),
            }
        })
        .collect();
    Names { list, others: false }
}

fn when(d: &serde_json::Map<String, Value>) -> Option<When> {
    if let Some(l) = d.get("literal").or(d.get("raw")) {
        return Some(When::Literal(string(l)));
    }
    let parts = d.get("date-parts")?.as_array()?;
    let num = |v: &Value| match v {
        Value::Number(n) => n.as_i64(),
        Value::String(s) => s.parse().ok(),
        _ => None,
    };
    let season = d.get("season").and_then(num).map(|s| s as u8);
    let one = |v: &Value| {
        let a: Vec<i64> = v.as_array()?.iter().filter_map(num).collect();
        Some(PartialDate {
            year: *a.first()? as i32,
            month: a.get(1).map(|m| *m as u8),
            day: a.get(2).map(|m| *m as u8),
            season: if a.len() == 1 { season } else { None },
        })
    };
    Some(When::Date {
        from: one(parts.first()?)?,
        to: parts.get(1).and_then(one),
        circa: d.get("circa").is_some(),
    })
}

fn rich(text: &str) -> Rich {
    let mut rich = Rich::default();
    let mut stack: Vec<Shape> = vec![Shape::default()];
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tail) = rest.split_at(at);
        let top = stack.last().copied().unwrap_or_default();
        rich.push(before, top);
        let Some(end) = tail.find('>') else {
            rest = tail;
            rich.push(rest, top);
            return rich;
        };
        let tag = &tail[..=end];
        let next = match tag {
            "<i>" => Some(Shape { italic: !top.italic, ..top }),
            "<b>" => Some(Shape { bold: !top.bold, ..top }),
            "<sup>" => Some(Shape { superscript: true, ..top }),
            "<sub>" => Some(Shape { subscript: true, ..top }),
            "<span class=\"nocase\">" => Some(Shape { fixed_case: true, ..top }),
            "<span style=\"font-variant:small-caps;\">"
            | "<span style=\"font-variant: small-caps;\">"
            | "<sc>" => Some(Shape { small_caps: true, ..top }),
            _ => None,
        };
        if let Some(next) = next {
            stack.push(next);
            rest = &tail[end + 1..];
        } else if matches!(tag, "</i>" | "</b>" | "</sup>" | "</sub>" | "</span>" | "</sc>")
            && stack.len() > 1
        {
            stack.pop();
            rest = &tail[end + 1..];
        } else {
            rich.push("<", top);
            rest = &tail[1..];
        }
    }
    rich.push(rest, stack.last().copied().unwrap_or_default());
    rich
}
