//! A map for templates in the making.

use serde::ser::{Serialize, SerializeStruct, Serializer};
use tera::{Map, Value};

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
    pub fn over(self, base: &Value) -> Value {
        let mut map: Map = base.as_map().cloned().unwrap_or_default();
        for (name, value) in self.0 {
            map.insert(name.into(), value);
        }
        map.into()
    }
}

impl<const N: usize> From<[(&'static str, Value); N]> for Fields {
    fn from(fields: [(&'static str, Value); N]) -> Self {
        Self(fields.into())
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("Fields", self.0.len())?;
        for (name, value) in &self.0 {
            map.serialize_field(name, value)?;
        }
        map.end()
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
