//! The front matter of a page of ibid, as it is to be written.

use std::collections::{BTreeMap, BTreeSet};

/// The order in which keys are written.
const ORDER: [&str; 25] = [
    "title",
    "description",
    "date",
    "updated",
    "expires",
    "draft",
    "slug",
    "path",
    "aliases",
    "weight",
    "language",
    "authors",
    "image",
    "reviews",
    "continue_reading",
    "additional_reading",
    "nocite",
    "citation_style",
    "toc",
    "sort_by",
    "paginate_by",
    "transparent",
    "redirect_to",
    "generate_feeds",
    "type",
];

/// Front matter.
#[derive(Clone, PartialEq, Default, Debug)]
pub(super) struct Matter {
    keys: BTreeMap<&'static str, (toml::Value, Option<String>)>,
    /// What a person is.
    pub(super) person: toml::Table,
    /// The terms of each taxonomy.
    pub(super) taxonomies: BTreeMap<String, Vec<String>>,
    /// What ibid has no key for.
    pub(super) extra: toml::Table,
    /// What is in lists: a page may have many terms.
    listed: BTreeSet<(String, String)>,
}

impl Matter {
    /// Sets a key.
    pub(super) fn set(&mut self, key: &'static str, value: impl Into<toml::Value>) {
        debug_assert!(ORDER.contains(&key), "{key}");
        self.keys.insert(key, (value.into(), None));
    }

    /// Sets a key to what was guessed, and says how.
    pub(super) fn guess(&mut self, key: &'static str, value: impl Into<toml::Value>, how: &str) {
        debug_assert!(ORDER.contains(&key), "{key}");
        self.keys.insert(key, (value.into(), Some(how.to_owned())));
    }

    /// The value of a key.
    pub(super) fn value(&self, key: &str) -> Option<&toml::Value> {
        self.keys.get(key).map(|(value, _)| value)
    }

    /// The text of a key.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.value(key).and_then(toml::Value::as_str)
    }

    /// Tells whether a key is set.
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// Takes a key out.
    pub(super) fn unset(&mut self, key: &str) -> Option<toml::Value> {
        self.listed.retain(|(list, _)| list != key);
        self.keys.remove(key).map(|(value, _)| value)
    }

    /// Appends a text to a list, unless it is there.
    pub(super) fn append(&mut self, key: &'static str, text: &str) {
        let (list, _) = self.keys.entry(key).or_insert((toml::Value::Array(Vec::new()), None));
        if let toml::Value::Array(list) = list
            && self.listed.insert((key.to_owned(), text.to_owned()))
        {
            list.push(text.into());
        }
    }

    /// The texts of a list.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        let all = self.value(key).and_then(toml::Value::as_array);
        all.into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
    }

    /// Gives a page a term.
    pub(super) fn term(&mut self, taxonomy: &str, term: &str) {
        let terms = self.taxonomies.entry(taxonomy.to_owned()).or_default();
        // No key has a dot, so that no list is named as a taxonomy is.
        if self.listed.insert((format!(".{taxonomy}"), term.to_owned())) {
            terms.push(term.to_owned());
        }
    }

    /// The text, with the lines around it; nothing where there is none.
    pub(super) fn print(&self) -> String {
        let mut out = String::from("+++\n");
        for key in ORDER {
            let Some((value, how)) = self.keys.get(key) else { continue };
            out.push_str(&format!("{key} = {}", printed(key, value)));
            if let Some(how) = how {
                let how: String =
                    how.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                out.push_str(&format!(" # {how}"));
            }
            out.push('\n');
        }
        let person: Vec<(String, &toml::Value)> =
            self.person.iter().map(|(key, value)| (key.clone(), value)).collect();
        table(&mut out, "person", person);
        let terms: Vec<(String, toml::Value)> = self
            .taxonomies
            .iter()
            .map(|(name, terms)| {
                let all = terms.iter().map(|term| toml::Value::String(term.clone())).collect();
                (name.clone(), toml::Value::Array(all))
            })
            .collect();
        table(
            &mut out,
            "taxonomies",
            terms.iter().map(|(name, terms)| (name.clone(), terms)).collect(),
        );
        let extra = self.extra.iter().map(|(key, value)| (key.clone(), value)).collect();
        table(&mut out, "extra", extra);
        if out == "+++\n" {
            return String::new();
        }
        out.push_str("+++\n");
        out
    }
}

/// Dates are written bare, as TOML has them.
fn printed(key: &str, value: &toml::Value) -> String {
    match value.as_str() {
        Some(date) if matches!(key, "date" | "updated" | "expires") => date.to_owned(),
        _ => inline(value),
    }
}

/// A value on one line: a line of a longer one could be taken for the end of the front matter.
pub(super) fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => quoted(text),
        toml::Value::Array(all) => {
            let all: Vec<String> = all.iter().map(inline).collect();
            format!("[{}]", all.join(", "))
        }
        toml::Value::Table(table) if table.is_empty() => "{}".to_owned(),
        toml::Value::Table(table) => {
            let all: Vec<String> = table
                .iter()
                .map(|(key, value)| format!("{} = {}", self::key(key), inline(value)))
                .collect();
            format!("{{ {} }}", all.join(", "))
        }
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn table(out: &mut String, name: &str, entries: Vec<(String, &toml::Value)>) {
    if entries.is_empty() {
        return;
    }
    out.push_str(&format!("{}[{name}]\n", if out.ends_with("+++\n") { "" } else { "\n" }));
    for (key, value) in entries {
        out.push_str(&format!("{} = {}\n", self::key(&key), inline(value)));
    }
}

/// A key as TOML has it: bare where it can be.
pub(super) fn key(key: &str) -> String {
    let is_bare =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if is_bare { key.to_owned() } else { quoted(key) }
}

#[cfg(test)]
mod tests {
    use super::Matter;

    #[test]
    fn keys_are_written_in_one_order() {
        let mut matter = Matter::default();
        assert_eq!(matter.print(), "");
        matter.extra.insert("b c".into(), toml::Value::Integer(1));
        let deep: toml::Table = toml::from_str("x = { y = [1, { z = \"a\\nb\" }] }").unwrap();
        matter.extra.insert("deep".into(), deep.into());
        matter.term("tags", "x");
        matter.set("draft", true);
        matter.guess("date", "2026-03-01", "from the file's name");
        matter.set("title", "A \"b\"");
        matter.append("aliases", "/a/");
        let text = matter.print();
        assert_eq!(
            text,
            "+++\ntitle = \"A \\\"b\\\"\"\ndate = 2026-03-01 # from the file's name\ndraft = true\n\
             aliases = [\"/a/\"]\n\n[taxonomies]\ntags = [\"x\"]\n\n[extra]\n\"b c\" = 1\n\
             deep = { x = { y = [1, { z = \"a\\nb\" }] } }\n+++\n"
        );
        let inside = text.trim_start_matches("+++\n").trim_end_matches("+++\n");
        let read: toml::Table = toml::from_str(inside).unwrap();
        assert_eq!(read["title"].as_str(), Some("A \"b\""));
    }
}
