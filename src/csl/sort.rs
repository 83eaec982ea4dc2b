//! The order of a reference list, and of the works of one citation.

use std::cmp::Ordering;

use crate::text::fold;

use super::date;
use super::item::Item;
use super::model::{
    Delimit, EtAl, Inverted, Look, NameForm, NameOptions, Part, Program, SortTarget,
};
use super::name::Manner;
use super::render::{Scene, render_macro};
use super::run;

/// What a work is sorted by, key by key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Keys(Vec<Key>);

#[derive(Clone, PartialEq, Eq, Debug)]
struct Key {
    /// Nothing sorts last in either direction.
    value: Option<Value>,
    descending: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Value {
    Number(i64),
    Text(String),
}

impl Keys {
    /// The keys of a work; `number` is its place where the style asks for it.
    pub(super) fn new(program: &Program, part: &Part, item: &Item<'_>, number: usize) -> Self {
        let keys = part.sort.iter().map(|key| {
            let scene = Scene { number, sorting: true, ..Scene::default() };
            let value = match &key.target {
                SortTarget::Macro { index, min, use_first, use_last } => {
                    let scene = Scene { sort_names: Some((*min, *use_first, *use_last)), ..scene };
                    text_key(&run::text(&render_macro(program, part, item, scene, *index)))
                }
                SortTarget::Variable(name) if name == "citation-number" => {
                    Some(Value::Number(number as i64))
                }
                SortTarget::Variable(name) => variable(program, item, name),
            };
            Key { value, descending: key.descending }
        });
        Self(keys.collect())
    }
}

fn variable(program: &Program, item: &Item<'_>, name: &str) -> Option<Value> {
    if let Some(when) = item.date(name) {
        return Some(Value::Text(date::sortable(when, None)));
    }
    if let Some(people) = item.names(name) {
        let options = sort_names();
        let manner =
            Manner { program, options: &options, apart: None, subsequent: false, sorting: true };
        return text_key(&run::text(&manner.list(people)));
    }
    let value = run::text(item.text(name)?);
    match value.trim().parse() {
        Ok(number) => Some(Value::Number(number)),
        Err(_) => text_key(&value),
    }
}

fn text_key(value: &str) -> Option<Value> {
    let key = fold::collate(value);
    (!key.is_empty()).then_some(Value::Text(key))
}

impl PartialOrd for Keys {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Keys {
    fn cmp(&self, other: &Self) -> Ordering {
        for (one, two) in self.0.iter().zip(&other.0) {
            let order = match (&one.value, &two.value) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => return Ordering::Greater,
                (Some(_), None) => return Ordering::Less,
                (Some(Value::Number(a)), Some(Value::Number(b))) => a.cmp(b),
                (Some(Value::Text(a)), Some(Value::Text(b))) => a.cmp(b),
                (Some(Value::Number(_)), Some(Value::Text(_))) => Ordering::Less,
                (Some(Value::Text(_)), Some(Value::Number(_))) => Ordering::Greater,
            };
            let order = if one.descending { order.reverse() } else { order };
            if order != Ordering::Equal {
                return order;
            }
        }
        Ordering::Equal
    }
}

/// The options of names that a list is sorted by where no macro says more.
fn sort_names() -> NameOptions {
    let never = EtAl { min: 0, use_first: 0 };
    NameOptions {
        and: None,
        delimiter: "  ".to_owned(),
        before_et_al: Delimit::Never,
        before_last: Delimit::Never,
        before_last_body: Delimit::Never,
        et_al: never,
        et_al_subsequent: never,
        use_last: false,
        form: NameForm::Long,
        initialize: false,
        initialize_with: None,
        inverted: Inverted::All,
        sort_separator: " ".to_owned(),
        given: Look::default(),
        family: Look::default(),
        look: Look::default(),
        et_al_text: String::new(),
        et_al_format: run::Format::default(),
    }
}
