//! The front matter at the head of a file, whichever of three languages it is written in.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::value::{Entry, Map, Value};
use super::yaml::{self, Fault};
use crate::diag::Place;

/// The front matter of a file, and where its body begins.
#[derive(Clone, PartialEq, Default, Debug)]
pub(super) struct Head {
    pub(super) map: Map,
    /// The byte at which the body begins.
    pub(super) body: usize,
    /// What cannot be read in it; the lines are those of the file.
    pub(super) faults: Vec<Fault>,
    /// Whether there is any.
    pub(super) is_there: bool,
    /// Keys of the map that the page inherits: the file and the line that each stands in.
    pub(super) inherited: BTreeMap<String, (String, usize)>,
}

/// Reads the head of a file. What cannot be read is a fault, and all else is kept.
pub(super) fn read(text: &str) -> Head {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let blank = text[mark..].len() - text[mark..].trim_start().len();
    let start = text[mark..mark + blank].rfind('\n').map_or(mark, |at| mark + at + 1);
    let none = Head { body: mark, ..Head::default() };
    let rest = &text[start..];
    let first = rest.lines().next().unwrap_or("").trim_end();
    let above = text[..start].matches('\n').count();
    match first {
        "---" => match block(rest, &["---", "..."]) {
            Some((inside, end)) => yaml_head(inside, above + 1, start + end, &none),
            None => none,
        },
        "+++" => match block(rest, &["+++"]) {
            Some((inside, end)) => {
                let (map, faults) = toml_map(inside, above + 1);
                Head { map, body: start + end, faults, is_there: true, ..Head::default() }
            }
            None => none,
        },
        _ if first.starts_with('{') && !first.starts_with("{{") && !first.starts_with("{%") => {
            json_head(rest, start, above).unwrap_or(none)
        }
        _ => none,
    }
}

/// Reads a whole file of settings, by its extension.
pub(super) fn settings(path: &str, text: &str) -> (Map, Vec<Fault>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match super::origin::extension(path).as_str() {
        "toml" => toml_map(text, 0),
        "json" => match serde_json::from_str::<serde_json::Value>(text) {
            Ok(value) => (Value::from(&value).map().cloned().unwrap_or_default(), Vec::new()),
            Err(error) => {
                let message = error.to_string();
                (
                    Map::default(),
                    vec![Fault { message, line: error.line(), column: error.column() }],
                )
            }
        },
        _ => yaml_map(text, 0),
    }
}

/// The text between the first line and one of the closing lines, and where what follows begins.
fn block<'a>(text: &'a str, closers: &[&str]) -> Option<(&'a str, usize)> {
    let start = text.find('\n')? + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if closers.contains(&line.trim_end()) {
            return Some((&text[start..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

fn yaml_head(inside: &str, above: usize, body: usize, none: &Head) -> Head {
    // Text between two thematic breaks is no front matter.
    let is_prose = !inside.trim().is_empty() && !inside.contains(':') && !inside.contains('#');
    if is_prose {
        return none.clone();
    }
    let (map, faults) = yaml_map(inside, above);
    Head { map, body, faults, is_there: true, ..Head::default() }
}

/// Reads YAML; where it is none as a whole, key by key.
fn yaml_map(text: &str, above: usize) -> (Map, Vec<Fault>) {
    let moved = |fault: Fault| Fault { line: fault.line + above, ..fault };
    match yaml::read(text) {
        Ok(mut read) => {
            read.map.0.iter_mut().for_each(|entry| entry.line += above);
            (read.map, read.odd.into_iter().map(moved).collect())
        }
        Err(fault) => {
            let map = match text.len() > yaml::LONGEST {
                true => Map::default(),
                false => piecewise(text, above),
            };
            (map, vec![moved(fault)])
        }
    }
}

/// Reads each key by itself: `title: Rust: a tour` is no YAML, and yet no riddle.
fn piecewise(text: &str, above: usize) -> Map {
    let mut map = Map::default();
    let mut pieces: Vec<(usize, String)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let begins = line.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '"');
        match pieces.last_mut() {
            Some((_, piece)) if !begins || !line.contains(':') => {
                piece.push('\n');
                piece.push_str(line);
            }
            _ if begins => pieces.push((above + number + 1, line.to_owned())),
            _ => {}
        }
    }
    // The place of each key, so that many keys are no quadratic work.
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut put = |key: &str, value: Value, line: usize| match places.get(key) {
        Some(&place) => map.0[place] = Entry { key: key.to_owned(), value, line },
        None => {
            places.insert(key.to_owned(), map.0.len());
            map.0.push(Entry { key: key.to_owned(), value, line });
        }
    };
    for (line, piece) in pieces {
        match yaml::read(&piece) {
            Ok(read) => {
                for Entry { key, value, .. } in read.map.0 {
                    put(&key, value, line);
                }
            }
            Err(_) => {
                let Some((key, value)) = piece.split_once(':') else { continue };
                let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
                let value = value.trim_matches(['"', '\'']).to_owned();
                if !value.is_empty() {
                    put(key.trim().trim_matches('"'), Value::Text(value), line);
                }
            }
        }
    }
    map
}

fn toml_map(text: &str, above: usize) -> (Map, Vec<Fault>) {
    if text.len() > yaml::LONGEST {
        let message = format!("it has {} bytes, and {} are the most", text.len(), yaml::LONGEST);
        return (Map::default(), vec![Fault { message, line: above + 1, column: 1 }]);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let fault = |error: &toml::de::Error| {
        let place = Place::of(text, error.span().map_or(0, |span| span.start));
        let message = error.message().lines().next().unwrap_or("this is not TOML").to_owned();
        Fault { message, line: above + place.line, column: place.column }
    };
    let lines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line = |offset: usize| above + 1 + lines.partition_point(|end| *end < offset);
    (of_table(table.get_ref(), &line), errors.iter().take(10).map(fault).collect())
}

fn of_table(table: &DeTable<'_>, line: &dyn Fn(usize) -> usize) -> Map {
    let entry = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
        let name: &std::borrow::Cow<'_, str> = key.get_ref();
        let (key, line_of_key) = (name.to_string(), line(key.span().start));
        Entry { key, value: of_value(value.get_ref(), line), line: line_of_key }
    };
    Map(table.iter().map(entry).collect())
}

fn of_value(value: &DeValue<'_>, line: &dyn Fn(usize) -> usize) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Int(number),
            Err(_) => Value::Text(number.as_str().to_owned()),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(number) => Value::Float(number),
            Err(_) => Value::Text(number.as_str().to_owned()),
        },
        DeValue::Boolean(yes) => Value::Bool(*yes),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(all) => {
            Value::List(all.iter().map(|value| of_value(value.get_ref(), line)).collect())
        }
        DeValue::Table(table) => Value::Map(of_table(table, line)),
    }
}

fn json_head(rest: &str, start: usize, above: usize) -> Option<Head> {
    if rest.len() > yaml::LONGEST && rest.find("\n}").is_none_or(|end| end > yaml::LONGEST) {
        return None;
    }
    let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
    let value = stream.next()?.ok()?;
    let end = stream.byte_offset();
    let mut map = Value::from(&value).map()?.clone();
    map.0.iter_mut().for_each(|entry| entry.line = above + 1);
    let line = rest[end..].find('\n').map_or(rest.len(), |at| end + at + 1);
    let body = if rest[end..line].trim().is_empty() { line } else { end };
    Some(Head { map, body: start + body, is_there: true, ..Head::default() })
}

#[cfg(test)]
mod tests {
    use super::read;

    fn parts(text: &str) -> (Option<String>, &str, usize) {
        let head = read(text);
        (head.map.text(&["title"]), &text[head.body..], head.faults.len())
    }

    #[test]
    fn each_language_is_read() {
        for text in [
            "---\ntitle: A\n---\nb",
            "+++\ntitle = \"A\"\n+++\nb",
            "{\n  \"title\": \"A\"\n}\nb",
            "\u{feff}---\r\ntitle: A\r\n---\r\nb",
            "\n---\ntitle: A\n...\nb",
        ] {
            assert_eq!(parts(text), (Some("A".into()), "b", 0), "{text}");
        }
    }

    #[test]
    fn a_body_may_begin_like_one() {
        for text in ["---\nfoo\n---\n", "{{ x }}\n", "{% x %}\n", "---\ntitle: x\n", "{a", "x"] {
            assert_eq!(parts(text).1, text, "{text}");
        }
        assert_eq!(parts("---\n---\nb").1, "b");
    }

    #[test]
    fn a_fault_costs_one_key() {
        let text = "---\ntitle: A: b\ntags: [x, y]\nbad: [\nsize: 3\n---\nb";
        let head = read(text);
        assert_eq!(head.map.text(&["title"]).as_deref(), Some("A: b"));
        assert_eq!(head.map.value("tags").unwrap().texts(), ["x", "y"]);
        assert_eq!(head.map.text(&["size"]).as_deref(), Some("3"));
        assert_eq!(head.faults.len(), 1);
        assert_eq!(head.faults[0].line, 2);
        let head = read("+++\ntitle = \"A\"\nx = \ny = 2\n+++\n");
        assert_eq!(head.map.text(&["title"]).as_deref(), Some("A"));
        assert_eq!(head.faults[0].line, 3);
    }
}
