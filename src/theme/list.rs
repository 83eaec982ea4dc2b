//! Filters on arrays.

use std::collections::BTreeMap;

use tera::value::Key;
use tera::{Error, Kwargs, Map, State, TeraResult, Value};

use super::argument::{Arguments, Filter, array_of};

/// The filters by their names.
pub(super) const FILTERS: &[(&str, Filter)] = &[
    ("concat", concat),
    ("filter", filter),
    ("group_by", group_by),
    ("map", map),
    ("slice", slice),
];

/// `concat(with=)`: adds another array's items, or one item.
fn concat(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("concat", kwargs, &["with"])?;
    let mut items = array_of("concat", value)?.to_vec();
    let with = arguments.required("with")?;
    match with.as_array() {
        Some(more) => items.extend_from_slice(more),
        None => items.push(with.clone()),
    }
    Ok(Value::from(items))
}

/// `filter(attribute=, value=)`: keeps the items whose attribute has that value; without
/// `value`, those that have the attribute at all.
fn filter(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("filter", kwargs, &["attribute", "value"])?;
    let attribute = arguments.required_text("attribute")?;
    let wanted = arguments.value("value")?.filter(|value| !value.is_none());
    let keep = |item: &&Value| match (present(item, attribute), wanted) {
        (Some(found), Some(wanted)) => found == wanted,
        (found, None) => found.is_some(),
        (None, Some(_)) => false,
    };
    let kept = array_of("filter", value)?.iter().filter(keep).cloned();
    Ok(Value::from(kept.collect::<Vec<Value>>()))
}

/// `map(attribute=)`: the attribute of each item that has it.
fn map(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("map", kwargs, &["attribute"])?;
    let attribute = arguments.required_text("attribute")?;
    let items = array_of("map", value)?.iter();
    let found = items.filter_map(|item| present(item, attribute)).cloned();
    Ok(Value::from(found.collect::<Vec<Value>>()))
}

/// `group_by(attribute=)`: a map from each value of the attribute to the items that have it.
///
/// The engine's own filter gives the groups in another order on each run; here they come in
/// the order of their first items.
fn group_by(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("group_by", kwargs, &["attribute"])?;
    let attribute = arguments.required_text("attribute")?;
    let mut groups: Vec<(Key<'static>, Vec<Value>)> = Vec::new();
    let mut places: BTreeMap<Key<'static>, usize> = BTreeMap::new();
    for item in array_of("group_by", value)? {
        let Some(found) = present(item, attribute) else { continue };
        let key = key(found).ok_or_else(|| {
            Error::message(format!("`{attribute}` is {}, which cannot name a group", found.name()))
        })?;
        match places.get(&key) {
            Some(&place) => groups[place].1.push(item.clone()),
            None => {
                places.insert(key.clone(), groups.len());
                groups.push((key, vec![item.clone()]));
            }
        }
    }
    let map: Map = groups.into_iter().map(|(key, items)| (key, Value::from(items))).collect();
    Ok(Value::from(map))
}

/// `slice(start=, end=)`: the items from one place to before another; a negative place counts
/// from the end.
fn slice(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("slice", kwargs, &["start", "end"])?;
    let items = array_of("slice", value)?;
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let place = |at: i64| {
        let at = if at < 0 { at.saturating_add(length) } else { at };
        usize::try_from(at.clamp(0, length)).unwrap_or(0)
    };
    let start = place(arguments.integer("start")?.unwrap_or(0));
    let end = place(arguments.integer("end")?.unwrap_or(length));
    Ok(Value::from(items.get(start..end).unwrap_or_default()))
}

/// An attribute by its path (`extra.year`), where the item has it.
fn present<'v>(item: &'v Value, attribute: &'v str) -> Option<&'v Value> {
    item.get_from_path(attribute).filter(|found| !found.is_none() && !found.is_undefined())
}

fn key(value: &Value) -> Option<Key<'static>> {
    if let Some(text) = value.as_str() {
        return Some(Key::from(text.to_owned()));
    }
    if let Some(flag) = value.as_bool() {
        return Some(Key::Bool(flag));
    }
    value.as_i64().map(Key::I64)
}
