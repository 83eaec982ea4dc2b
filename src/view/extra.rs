//! What the author wrote in TOML as values of templates.

use crate::theme::{Map, Value};

/// A table with its dates as text, as all other dates of a view are.
pub(super) fn table(table: &toml::Table) -> Value {
    let mut map = Map::with_capacity(table.len());
    for (key, inner) in table {
        map.insert(key.clone().into(), value(inner));
    }
    map.into()
}

fn value(from: &toml::Value) -> Value {
    match from {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(truth) => (*truth).into(),
        toml::Value::Datetime(datetime) => datetime.to_string().into(),
        toml::Value::Array(items) => items.iter().map(value).collect::<Vec<Value>>().into(),
        toml::Value::Table(inner) => table(inner),
    }
}

/// A text that may not be there.
pub(super) fn optional(text: Option<&str>) -> Value {
    text.map_or(Value::none(), Value::from)
}
