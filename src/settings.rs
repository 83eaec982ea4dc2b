//! Typed values out of TOML text, with a finding for each mistake and a value all the same.
//!
//! `serde` stops at the first mistake. Here the mistake is noted, its key is taken out of the
//! table, and the reading begins again, so that one slip costs one key and the author sees
//! every slip at once.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use crate::text::nearest::nearest;

/// More mistakes than this in one file are no slips; the rest is not looked at.
const MOST_MISTAKES: usize = 50;

/// One mistake in a TOML text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// What kind of mistake it is.
    pub kind: MistakeKind,
    /// The fact.
    pub message: String,
    /// The bytes of the text it is about.
    pub range: Range<usize>,
    /// What to do.
    pub help: Option<String>,
}

/// The kinds of mistakes in a TOML text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MistakeKind {
    /// It is not TOML.
    Syntax,
    /// A key that nobody reads.
    UnknownKey,
    /// A value of the wrong type or out of its range.
    Value,
}

/// Reads a TOML text into `T`, whose keys all have defaults and which denies unknown fields.
///
/// `what` names the text in messages: `site.toml`, `front matter`.
pub fn read<T: DeserializeOwned + Default>(text: &str, what: &str) -> (T, Vec<Mistake>) {
    let (mut table, errors) = DeTable::parse_recoverable(text);
    let mut mistakes: Vec<Mistake> = errors
        .iter()
        .take(MOST_MISTAKES)
        .map(|error| Mistake {
            kind: MistakeKind::Syntax,
            message: syntax_message(error.message()),
            range: error.span().unwrap_or(0..0),
            help: None,
        })
        .collect();
    let unreadable = !mistakes.is_empty();
    let mut found = Vec::new();
    while found.len() < MOST_MISTAKES {
        let error = match T::deserialize(Deserializer::from(table.clone())) {
            Ok(value) => {
                // What a recovered table seems to lack or hold amiss is an echo of the syntax
                // error, not a second mistake.
                if !unreadable {
                    mistakes.append(&mut found);
                }
                return (value, mistakes);
            }
            Err(error) => error,
        };
        let Some(span) = error.span() else {
            found.push(value_mistake(error.message(), 0..text.len().min(1)));
            break;
        };
        let message = error.message();
        if message.starts_with("unknown field") {
            let known = quoted(message).into_iter().skip(1).map(str::to_owned).collect::<Vec<_>>();
            if take_unknown(table.get_mut(), &span, &known, what, &mut found) {
                continue;
            }
        }
        let list = headed_list(text, table.get_ref(), &span, message);
        let removed = take_value(table.get_mut(), &span);
        let mut mistake = value_mistake(message, removed.clone().unwrap_or(span));
        if let Some(name) = list {
            mistake.message = format!("`[{name}]` is one table, and there may be several");
            mistake.help = Some(format!("write `[[{name}]]` over each"));
        }
        found.push(mistake);
        if removed.is_none() {
            break;
        }
    }
    if !unreadable {
        mistakes.append(&mut found);
    }
    (T::default(), mistakes)
}

/// The name of a table whose header lacks the second pair of brackets that makes a list of it.
fn headed_list(
    text: &str,
    table: &DeTable<'_>,
    span: &Range<usize>,
    message: &str,
) -> Option<String> {
    if !message.contains("invalid type: map, expected a sequence") {
        return None;
    }
    let mut tables = table.iter().filter(|(_, value)| matches!(value.get_ref(), DeValue::Table(_)));
    let (key, _) = tables.find(|(key, value)| key.span() == *span || value.span() == *span)?;
    let header = text.get(..key.span().start)?.trim_end_matches([' ', '\t']);
    header.ends_with('[').then(|| key.get_ref().to_string())
}

/// Takes every key that is not known out of the table that holds the key at `span`.
fn take_unknown(
    table: &mut DeTable<'_>,
    span: &Range<usize>,
    known: &[String],
    what: &str,
    found: &mut Vec<Mistake>,
) -> bool {
    if !table.keys().any(|key| key.span() == *span) {
        return table.iter_mut().any(|(_, value)| match value.get_mut() {
            DeValue::Table(inner) => take_unknown(inner, span, known, what, found),
            DeValue::Array(items) => items.iter_mut().any(|item| match item.get_mut() {
                DeValue::Table(inner) => take_unknown(inner, span, known, what, found),
                _ => false,
            }),
            _ => false,
        });
    }
    // The table is made anew, because to remove key by key is quadratic in one that keeps its
    // order.
    for (key, value) in std::mem::take(table) {
        let name = key.get_ref();
        if known.iter().any(|known| known == name) {
            table.insert(key, value);
            continue;
        }
        let near = nearest(name, known.iter().map(String::as_str));
        found.push(Mistake {
            kind: MistakeKind::UnknownKey,
            message: format!("{what} has no key `{name}`"),
            range: key.span(),
            help: near.map(|name| format!("did you mean `{name}`?")),
        });
    }
    true
}

/// Takes out the smallest entry whose value or key is at `span` or holds it; gives the bytes
/// to point at.
fn take_value(table: &mut DeTable<'_>, span: &Range<usize>) -> Option<Range<usize>> {
    let holds = |outer: Range<usize>| outer.start <= span.start && span.end <= outer.end;
    let keys: Vec<_> = table.keys().cloned().collect();
    for key in keys {
        let Some(value) = table.get_mut(&key) else { continue };
        if key.span() != *span && !holds(value.span()) {
            // A dotted or `[header]` table has the span of its header alone; look inside.
            if let Some(range) = take_inside(value, span) {
                return Some(range);
            }
            continue;
        }
        if let Some(range) = take_inside(value, span) {
            return Some(range);
        }
        let range = if key.span() == *span { key.span() } else { span.clone() };
        table.remove(&key);
        return Some(range);
    }
    None
}

fn take_inside(value: &mut Spanned<DeValue<'_>>, span: &Range<usize>) -> Option<Range<usize>> {
    match value.get_mut() {
        DeValue::Table(inner) => take_value(inner, span),
        DeValue::Array(items) => {
            if let Some(range) = items.iter_mut().find_map(|item| take_inside(item, span)) {
                return Some(range);
            }
            let at = items.iter().position(|item| item.span() == *span)?;
            let rest = items.clone().into_iter().enumerate().filter(|(n, _)| *n != at);
            *items = rest.map(|(_, item)| item).collect();
            Some(span.clone())
        }
        _ => None,
    }
}

fn value_mistake(message: &str, range: Range<usize>) -> Mistake {
    let (message, help) = value_message(message);
    Mistake { kind: MistakeKind::Value, message, range, help }
}

/// Says in our words what `serde` says in its own.
fn value_message(message: &str) -> (String, Option<String>) {
    let message = message.trim();
    for prefix in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some((found, expected)) =
            message.strip_prefix(prefix).and_then(|rest| rest.split_once(", expected "))
        {
            if found.ends_with(" as i128") || found.ends_with(" as u128") {
                return ("this number is too large".to_owned(), None);
            }
            let found = found.replace("sequence", "array").replace("map", "table");
            return (format!("expected {}, found {found}", plain(expected)), None);
        }
    }
    if message.starts_with("unknown variant") {
        let mut names = quoted(message).into_iter();
        if let Some(name) = names.next() {
            let known: Vec<&str> = names.collect();
            let near = nearest(name, known.iter().copied());
            let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let help = near.map(|name| format!("did you mean `{name}`?"));
            return (format!("`{name}` is none of {list}"), help);
        }
    }
    if let Some(name) = message.strip_prefix("missing field ") {
        return (format!("the key {name} is missing"), None);
    }
    if message.starts_with("wanted string or table") {
        return ("expected a text in quotes".to_owned(), None);
    }
    (message.to_owned(), None)
}

/// Replaces the words of Rust by those of TOML.
fn plain(expected: &str) -> &str {
    match expected {
        "a sequence" => "an array",
        "a map" => "a table",
        "a boolean" => "`true` or `false`",
        "string or table" | "wanted string or table" => "a text in quotes",
        expected if expected.starts_with("struct ") => "a table",
        "usize" | "u32" | "u64" | "u16" | "u8" => "a whole number that is not negative",
        "i32" | "i64" => "a whole number",
        "f32" | "f64" => "a number",
        expected => expected,
    }
}

/// Says in our words what the parser says in its own.
fn syntax_message(message: &str) -> String {
    let first = message.lines().next().unwrap_or("").trim_end_matches('.');
    let (fact, expected) = match first.split_once(", expected ") {
        Some((fact, expected)) => (fact, Some(expected)),
        None => (first, None),
    };
    let said = match fact {
        "string values must be quoted" | "invalid boolean" | "invalid true" | "invalid false" => {
            "this value is no text in quotes, number, date, `true` or `false`"
        }
        "invalid basic string" | "invalid literal string" => "this text has no closing quote",
        "invalid multi-line basic string" | "invalid multi-line literal string" => {
            "this text of several lines is never closed"
        }
        "duplicate key" => "this key is set twice",
        "key with no value" => "this key has no value",
        "unclosed array" => "this array is not closed with `]`",
        "unclosed inline table" => "this table is not closed with `}`",
        "unclosed table" => "this header is not closed with `]`",
        "missing key" | "unnamed table" => "a key is missing here",
        "" => "this is not TOML",
        fact if fact.contains("recurse") || fact.contains("recursion") => {
            "arrays and tables are nested too deep here"
        }
        fact => {
            let fact = fact
                .strip_prefix("invalid ")
                .map_or_else(|| fact.to_owned(), |rest| format!("this is no {rest}"));
            return match expected {
                Some(expected) => format!("{fact}: expected {expected}"),
                None => fact,
            };
        }
    };
    said.to_owned()
}

/// The names between backticks.
fn quoted(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{MistakeKind, read};

    #[derive(Deserialize, Default, Debug)]
    #[serde(default, deny_unknown_fields)]
    struct Inner {
        alt: String,
        width: u32,
    }

    #[derive(Deserialize, Default, Debug)]
    #[serde(default, deny_unknown_fields)]
    struct Outer {
        title: String,
        tags: Vec<String>,
        image: Inner,
        reviews: Vec<Inner>,
        on: bool,
        share: f64,
    }

    fn mistakes(text: &str) -> Vec<(String, String)> {
        let (_, mistakes) = read::<Outer>(text, "front matter");
        mistakes.into_iter().map(|m| (text[m.range.clone()].to_owned(), m.message)).collect()
    }

    #[test]
    fn every_slip_is_shown_and_costs_one_key() {
        let text = "titel = 1\ntitle = \"x\"\non = 3\ntags = [\"a\", 2]\nnope = 1\n[image]\nwidth = \"w\"\nalt = \"y\"\n[[reviews]]\nalto = 1\n";
        let (value, mistakes) = read::<Outer>(text, "front matter");
        assert_eq!(value.title, "x");
        assert_eq!(value.tags, ["a"]);
        assert_eq!(value.image.alt, "y");
        let mut found: Vec<_> = mistakes.iter().map(|m| &text[m.range.clone()]).collect();
        found.sort_unstable();
        assert_eq!(found, ["\"w\"", "2", "3", "alto", "nope", "titel"]);
        let first = mistakes.iter().find(|m| m.message.contains("titel")).unwrap();
        assert_eq!(first.message, "front matter has no key `titel`");
        assert_eq!(first.help.as_deref(), Some("did you mean `title`?"));
    }

    #[test]
    fn types_are_named_in_words_of_toml() {
        assert_eq!(
            mistakes("on = 3\n"),
            [("3".into(), "expected `true` or `false`, found integer `3`".into())]
        );
        assert_eq!(
            mistakes("image = 3\n"),
            [("3".into(), "expected a table, found integer `3`".into())]
        );
        assert_eq!(mistakes("tags = {}\n")[0].1, "expected an array, found table");
        assert_eq!(
            mistakes("[ reviews ]\nalt = \"x\"\n"),
            [("[ reviews ]".into(), "`[reviews]` is one table, and there may be several".into())]
        );
        assert_eq!(mistakes("share = \"x\"\n")[0].1, "expected a number, found string \"x\"");
        assert_eq!(mistakes("[image]\nwidth = -1\n")[0].0, "-1");
    }

    #[test]
    fn a_syntax_error_hides_its_echoes() {
        let (_, mistakes) = read::<Outer>("title = \nnope = 1\n", "x");
        assert!(mistakes.iter().all(|m| m.kind == MistakeKind::Syntax), "{mistakes:?}");
        assert!(!mistakes.is_empty());
    }

    #[test]
    fn what_is_not_toml_is_said_in_words_of_the_author() {
        for (text, want) in [
            ("title = Test\n", "this value is no text in quotes, number, date, `true` or `false`"),
            ("title = test\n", "this value is no text in quotes, number, date, `true` or `false`"),
            ("title = \"Test\n", "this text has no closing quote"),
            ("title = 1\ntitle = 2\n", "this key is set twice"),
            ("title\n", "this key has no value"),
            ("tags = [1\n", "this array is not closed with `]`"),
            ("[image\n", "this header is not closed with `]`"),
        ] {
            assert_eq!(mistakes(text)[0].1, want, "{text}");
        }
    }

    #[test]
    fn thousands_of_unknown_keys_are_no_hang() {
        let text: String = (0..10_000).map(|n| format!("k{n} = 1\n")).collect();
        let (_, mistakes) = read::<Outer>(&text, "x");
        assert_eq!(mistakes.len(), 10_000);
    }
}
