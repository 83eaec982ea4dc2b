//! Values of front matter and of configurations, whichever language they were written in.

use std::collections::BTreeMap;

/// A value.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value {
    /// None: `null`, `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Another number.
    Float(f64),
    /// A text; dates are texts, too.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A table.
    Map(Map),
}

/// A table, in the order in which it was written.
#[derive(Clone, PartialEq, Default, Debug)]
pub(super) struct Map(pub(super) Vec<Entry>);

/// A key and its value.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Value,
    /// The line of the key in its file, from 1.
    pub(super) line: usize,
}

impl Map {
    /// The value of a key, capitals aside.
    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|entry| entry.key.eq_ignore_ascii_case(key)).map(|entry| &entry.value)
    }

    /// The value at the end of a way of keys.
    pub(super) fn at(&self, way: &[&str]) -> Option<&Value> {
        let (first, rest) = way.split_first()?;
        let value = self.value(first)?;
        if rest.is_empty() { Some(value) } else { value.map()?.at(rest) }
    }

    /// The text at the end of a way of keys, unless it is empty.
    pub(super) fn text(&self, way: &[&str]) -> Option<String> {
        self.at(way).and_then(Value::text).filter(|text| !text.trim().is_empty())
    }

    /// Puts in an entry in place of one of that name.
    pub(super) fn put(&mut self, key: &str, value: Value, line: usize) {
        match self.0.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => (entry.value, entry.line) = (value, line),
            None => self.0.push(Entry { key: key.to_owned(), value, line }),
        }
    }

    /// Takes over every entry of another table, tables within both joined.
    pub(super) fn absorb(&mut self, other: Map) {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (place, entry) in self.0.iter().enumerate() {
            places.entry(entry.key.to_ascii_lowercase()).or_insert(place);
        }
        for Entry { key, value, line } in other.0 {
            let low = key.to_ascii_lowercase();
            let own = places.get(&low).map(|place| &mut self.0[*place]);
            match (own, value) {
                (Some(Entry { value: Value::Map(own), .. }), Value::Map(more)) => own.absorb(more),
                (Some(own), value) => own.value = value,
                (None, value) => {
                    places.insert(low, self.0.len());
                    self.0.push(Entry { key, value, line });
                }
            }
        }
    }
}

impl Value {
    /// A scalar as a text.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Int(number) => Some(number.to_string()),
            Self::Float(number) => Some(number.to_string()),
            Self::Bool(yes) => Some(yes.to_string()),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The table that it is.
    pub(super) fn map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// What is true or false, in the words of YAML 1.1 too.
    pub(super) fn bool(&self) -> Option<bool> {
        match self {
            Self::Bool(yes) => Some(*yes),
            Self::Text(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" => Some(true),
                "false" | "no" | "off" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// The texts of a list, or the one text.
    pub(super) fn texts(&self) -> Vec<String> {
        let texts: Vec<String> = match self {
            Self::List(all) => all.iter().filter_map(Self::text).collect(),
            other => other.text().into_iter().collect(),
        };
        texts.into_iter().map(|text| text.trim().to_owned()).filter(|t| !t.is_empty()).collect()
    }

    /// The value in TOML, which knows no `null`.
    pub(super) fn toml(&self) -> Option<toml::Value> {
        Some(match self {
            Self::Null => return None,
            Self::Bool(yes) => toml::Value::Boolean(*yes),
            Self::Int(number) => toml::Value::Integer(*number),
            Self::Float(number) => toml::Value::Float(*number),
            Self::Text(text) => toml::Value::String(text.clone()),
            Self::List(all) => toml::Value::Array(all.iter().filter_map(Self::toml).collect()),
            Self::Map(map) => toml::Value::Table(map.toml()),
        })
    }
}

impl Map {
    /// The table in TOML.
    pub(super) fn toml(&self) -> toml::Table {
        let entries = self.0.iter();
        entries.filter_map(|entry| Some((entry.key.clone(), entry.value.toml()?))).collect()
    }
}

impl From<&serde_json::Value> for Value {
    fn from(value: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match value {
            Json::Null => Self::Null,
            Json::Bool(yes) => Self::Bool(*yes),
            Json::Number(number) => match number.as_i64() {
                Some(number) => Self::Int(number),
                None => Self::Float(number.as_f64().unwrap_or_default()),
            },
            Json::String(text) => Self::Text(text.clone()),
            Json::Array(all) => Self::List(all.iter().map(Self::from).collect()),
            Json::Object(all) => {
                let entry = |(key, value): (&String, &Json)| Entry {
                    key: key.clone(),
                    value: Self::from(value),
                    line: 1,
                };
                Self::Map(Map(all.iter().map(entry).collect()))
            }
        }
    }
}
