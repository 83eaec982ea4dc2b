//! The arguments of a function or filter, taken with messages that name them.

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::text::nearest::nearest;

use super::wording::{HELP, a, kind};

/// A filter of ours: what it is applied to, its arguments, and where it is called.
pub(super) type Filter = fn(&Value, &Kwargs, &State<'_>) -> TeraResult<Value>;

/// Makes filters known to an engine.
pub(super) fn register_filters(tera: &mut Tera, filters: &[(&'static str, Filter)]) {
    for &(name, filter) in filters {
        tera.register_filter(name, move |value: &Value, kwargs: Kwargs, state: &State<'_>| {
            filter(value, &kwargs, state)
        });
    }
}

/// The arguments of one call.
pub(super) struct Arguments<'a> {
    call: &'static str,
    kwargs: &'a Kwargs,
}

impl<'a> Arguments<'a> {
    /// Takes the arguments of `call`, which may be those in `known` and no others.
    pub(super) fn of(call: &'static str, kwargs: &'a Kwargs, known: &[&str]) -> TeraResult<Self> {
        for (key, _) in kwargs.iter() {
            let name = key.as_str().unwrap_or_default();
            if !known.contains(&name) {
                let help = nearest(name, known.iter().copied())
                    .map(|near| format!("did you mean `{near}`?"))
                    .unwrap_or_else(|| match known {
                        [] => "it takes none".to_owned(),
                        known => format!("it takes `{}`", known.join("`, `")),
                    });
                return Err(fact(format!("`{call}` takes no argument `{name}`"), &help));
            }
        }
        Ok(Self { call, kwargs })
    }

    /// An argument as it is; none where it is not given.
    pub(super) fn value(&self, name: &'a str) -> TeraResult<Option<&'a Value>> {
        self.kwargs.get::<&Value>(name)
    }

    /// An argument that has to be there.
    pub(super) fn required(&self, name: &'a str) -> TeraResult<&'a Value> {
        let call = self.call;
        self.value(name)?
            .ok_or_else(|| Error::message(format!("`{call}` needs the argument `{name}`")))
    }

    /// A text; none where it is not given.
    pub(super) fn text(&self, name: &'a str) -> TeraResult<Option<&'a str>> {
        self.value(name)?
            .map(|value| value.as_str().ok_or_else(|| self.mismatch(name, value, "string")))
            .transpose()
    }

    /// A text that has to be there.
    pub(super) fn required_text(&self, name: &'a str) -> TeraResult<&'a str> {
        let value = self.required(name)?;
        value.as_str().ok_or_else(|| self.mismatch(name, value, "string"))
    }

    /// A flag, or `default` where it is not given.
    pub(super) fn flag(&self, name: &'a str, default: bool) -> TeraResult<bool> {
        self.value(name)?.map_or(Ok(default), |value| {
            value.as_bool().ok_or_else(|| self.mismatch(name, value, "bool"))
        })
    }

    /// A whole number; none where it is not given.
    pub(super) fn integer(&self, name: &'a str) -> TeraResult<Option<i64>> {
        self.value(name)?
            .map(|value| value.as_i64().ok_or_else(|| self.mismatch(name, value, "integer")))
            .transpose()
    }

    fn mismatch(&self, name: &str, value: &Value, wanted: &str) -> Error {
        Error::message(format!(
            "`{}` needs {} for `{name}`, not {}",
            self.call,
            a(wanted),
            a(kind(value.name()))
        ))
    }
}

/// An error with what to do about it.
pub(super) fn fact(fact: String, help: &str) -> Error {
    if help.is_empty() {
        Error::message(fact)
    } else {
        Error::message(format!("{fact}{HELP}{help}"))
    }
}

/// An error with the near miss, where there is one.
pub(super) fn near<'n>(
    message: String,
    name: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> Error {
    let help = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
    fact(message, &help.unwrap_or_default())
}

/// The text a filter is applied to.
pub(super) fn text_of<'v>(filter: &str, value: &'v Value) -> TeraResult<&'v str> {
    value.as_str().ok_or_else(|| wrong_input(filter, value, "string"))
}

/// The array a filter is applied to.
pub(super) fn array_of<'v>(filter: &str, value: &'v Value) -> TeraResult<&'v [Value]> {
    value.as_array().ok_or_else(|| wrong_input(filter, value, "array"))
}

/// The error of a filter that is applied to a value of the wrong type.
pub(super) fn wrong_input(filter: &str, value: &Value, wanted: &str) -> Error {
    Error::message(format!("`{filter}` takes {}, not {}", a(wanted), a(kind(value.name()))))
}
