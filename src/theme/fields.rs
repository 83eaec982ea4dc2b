//! A map for templates in the making.

use serde::ser::{Serialize, SerializeStruct, Serializer};
use tera::Value;
use tera::value::{Key, ValueKind};

/// The fields of a map, in order. Where many small maps are made it is worth the while: a
/// [`Map`] is hashed when it is filled, and once more when it becomes a value.
#[derive(Clone, Default, Debug)]
pub struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    /// No fields yet.
    pub fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// Sets a field, in the place where it is already or as the last.
    pub fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value.into(),
            None => self.0.push((name, value.into())),
        }
    }
}

impl Fields {
    /// A map with the fields of another, but for those that are here too.
    ///
    /// The other map is one of ours, which names its fields itself; what others named is left.
    pub fn over(self, base: &Value) -> Value {
        let base = base.as_map().into_iter().flatten().filter_map(|(key, value)| match key {
            Key::Str(name) => Some((*name, value)),
            _ => None,
        });
        let own = self.0.iter().map(|(name, value)| (*name, value));
        let fields: Vec<(&'static str, &Value)> = base.chain(own).collect();
        // Values are taken over as they are, which cannot fail.
        Value::try_from_serializable(&Both(&fields)).unwrap_or_else(|_| Value::none())
    }
}

/// The value of a field of a map.
pub fn field<'v>(map: &'v Value, name: &'static str) -> Option<&'v Value> {
    map.as_map()?.get(&Key::Str(name))
}

/// Fields of which the later ones win.
struct Both<'f, 'v>(&'f [(&'static str, &'v Value)]);

impl<const N: usize> From<[(&'static str, Value); N]> for Fields {
    fn from(fields: [(&'static str, Value); N]) -> Self {
        Self(fields.into())
    }
}

impl Serialize for Both<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Fields", self.0.len())?;
        for (name, value) in self.0 {
            map.serialize_field(name, &Field(value))?;
        }
        map.end()
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Fields", self.0.len())?;
        for (name, value) in &self.0 {
            map.serialize_field(name, &Field(value))?;
        }
        map.end()
    }
}

/// How long a text is at most that a value holds in itself. What is longer is shared.
const HELD: usize = 21;

/// A value that is handed on: the engine takes a value over by a detour, which costs more than
/// to make those anew that hold all in themselves.
struct Field<'v>(&'v Value);

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(value) = self;
        match value.kind() {
            ValueKind::None => return serializer.serialize_none(),
            ValueKind::Bool => {
                if let Some(truth) = value.as_bool() {
                    return serializer.serialize_bool(truth);
                }
            }
            ValueKind::U64 => {
                if let Some(number) = value.as_u64() {
                    return serializer.serialize_u64(number);
                }
            }
            ValueKind::String => match value.as_str() {
                Some(text) if text.len() <= HELD && !value.is_safe() => {
                    return serializer.serialize_str(text);
                }
                _ => {}
            },
            _ => {}
        }
        value.serialize(serializer)
    }
}

impl From<Fields> for Value {
    fn from(fields: Fields) -> Self {
        // Values are taken over as they are, which cannot fail.
        Self::try_from_serializable(&fields).unwrap_or_else(|_| Self::none())
    }
}

#[cfg(test)]
mod tests {
    use tera::{Map, Value};

    use super::Fields;

    #[test]
    fn fields_stand_over_those_of_another_map() {
        let base = Fields::from([("a", Value::from("x")), ("b", Value::from("y"))]).into();
        let map = Fields::from([("b", Value::from("z")), ("c", Value::from("w"))]).over(&base);
        let wanted = [("a", "x"), ("b", "z"), ("c", "w")].map(|(key, text)| (key, text.into()));
        assert_eq!(map, Value::from(Fields::from(wanted)));
    }

    #[test]
    fn fields_become_the_map_that_they_are() {
        let inner = Value::from(vec![Value::safe_string("<b>"), Value::none()]);
        let mut fields = Fields::from([("a", Value::from("x")), ("b", inner.clone())]);
        fields.set("c", 3_usize);
        fields.set("a", Value::safe_string("y"));
        let map = Value::from(fields);
        let mut wanted = Map::new();
        wanted.insert("a".into(), Value::safe_string("y"));
        wanted.insert("b".into(), inner);
        wanted.insert("c".into(), 3_usize.into());
        assert_eq!(map, Value::from(wanted));
        assert!(map.get_from_path("a").is_some_and(Value::is_safe));
        let names: Vec<_> = map.as_map().into_iter().flat_map(Map::keys).collect();
        assert_eq!(names, [&"a".into(), &"b".into(), &"c".into()]);
    }
}
