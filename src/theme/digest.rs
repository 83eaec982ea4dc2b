//! A hash of values, to tell whether a template sees the same as before.

use std::collections::HashMap;

use tera::value::ValueKind;
use tera::{Map, Value};

use crate::fingerprint::Fingerprint;

/// Hashes values, those that many share only once.
///
/// What is shared is told by its place in memory: it has to live, unchanged, for as long as this.
#[derive(Debug, Default)]
pub struct Digests {
    shared: HashMap<usize, Fingerprint>,
}

impl Digests {
    /// Hashes a map that others hold. What it holds in turn should be known before.
    pub fn share(&mut self, value: &Value) {
        if let Some(map) = value.as_map() {
            let mut out = Vec::with_capacity(1 << 10);
            self.push_map(&mut out, map);
            self.shared.insert(place(map), Fingerprint::of(&out));
        }
    }

    /// The fingerprint of named values: equal ones print the same wherever a template uses them.
    pub fn of<'v>(&self, values: impl IntoIterator<Item = (&'v str, &'v Value)>) -> Fingerprint {
        let mut out = Vec::with_capacity(1 << 14);
        for (name, value) in values {
            push_bytes(&mut out, name.as_bytes());
            self.push(&mut out, value);
        }
        Fingerprint::of(&out)
    }

    fn push(&self, out: &mut Vec<u8>, value: &Value) {
        let kind = value.kind();
        out.push(kind as u8);
        if let Some(text) = value.as_str() {
            out.push(u8::from(value.is_safe()));
            push_bytes(out, text.as_bytes());
        } else if let Some(map) = value.as_map() {
            match self.shared.get(&place(map)) {
                Some(known) => out.extend(known.as_bytes()),
                None => self.push_map(out, map),
            }
        } else if let Some(items) = value.as_array() {
            push_length(out, items.len());
            for item in items {
                self.push(out, item);
            }
        } else if let Some(truth) = value.as_bool() {
            out.push(u8::from(truth));
        } else if kind == ValueKind::F64 {
            out.extend(value.as_f64().unwrap_or_default().to_bits().to_le_bytes());
        } else if let Some(number) = value.as_i128() {
            out.extend(number.to_le_bytes());
        } else if !value.is_none() && !value.is_undefined() {
            push_bytes(out, format!("{value:?}").as_bytes());
        }
    }

    fn push_map(&self, out: &mut Vec<u8>, map: &Map) {
        push_length(out, map.len());
        for (key, value) in map {
            match key.as_str() {
                Some(name) => push_bytes(out, name.as_bytes()),
                None => push_bytes(out, format!("{key:?}").as_bytes()),
            }
            self.push(out, value);
        }
    }
}

/// Where a map lies. All who hold it hold the same.
fn place(map: &Map) -> usize {
    std::ptr::from_ref(map).addr()
}

fn push_length(out: &mut Vec<u8>, length: usize) {
    out.extend((length as u64).to_le_bytes());
}

fn push_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    push_length(out, bytes.len());
    out.extend(bytes);
}

#[cfg(test)]
mod tests {
    use tera::Value;

    use super::super::fields::Fields;
    use super::Digests;

    #[test]
    fn what_prints_otherwise_has_another_digest() {
        let list = |items: &[&str]| {
            Value::from(items.iter().map(|item| Value::from(*item)).collect::<Vec<_>>())
        };
        let map = |json: &str| {
            Value::from_serializable(&serde_json::from_str::<serde_json::Value>(json).unwrap())
        };
        let values = [
            Value::none(),
            Value::undefined(),
            Value::from(true),
            Value::from(false),
            Value::from(1),
            Value::from(1u64),
            Value::from(-1),
            Value::from(1.0),
            Value::from(u128::MAX),
            Value::from(""),
            Value::from("1"),
            Value::from("<b>"),
            Value::safe_string("<b>"),
            list(&[]),
            list(&["ab", "c"]),
            list(&["a", "bc"]),
            list(&["ab", "c", ""]),
            map("{}"),
            map(r#"{"a": "b"}"#),
            map(r#"{"ab": ""}"#),
            map(r#"{"a": "b", "c": "d"}"#),
            map(r#"{"c": "d", "a": "b"}"#),
            map(r#"{"a": ["b", "c"]}"#),
            map(r#"{"a": {"b": "c"}}"#),
        ];
        for (n, a) in values.iter().enumerate() {
            for (m, b) in values.iter().enumerate() {
                let digests = Digests::default();
                let same = digests.of([("x", a)]) == digests.of([("x", b)]);
                assert_eq!(same, n == m, "{a:?} and {b:?}");
            }
        }
        let digests = Digests::default();
        assert_ne!(digests.of([("x", &values[2])]), digests.of([("y", &values[2])]));
    }

    #[test]
    fn what_is_shared_is_told_by_what_it_holds() {
        let map = |text: &str| Value::from(Fields::from([("a", Value::from(text))]));
        let around = |inner: &Value| Value::from(vec![inner.clone(), inner.clone()]);
        let of = |inner: Value| {
            let mut digests = Digests::default();
            digests.share(&inner);
            digests.of([("x", &around(&inner))])
        };
        assert_eq!(of(map("b")), of(map("b")));
        assert_ne!(of(map("b")), of(map("c")));
    }
}
