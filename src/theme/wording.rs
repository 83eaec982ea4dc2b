//! The engine's messages in the words of ours.

use crate::text::nearest::nearest;

/// Between the fact and the help of a message that one of our functions raises: the engine
/// carries one text only.
pub(super) const HELP: char = '\u{1f}';

/// Says in our words what the engine says: the fact, and what to do where that is known.
pub(super) fn reword(message: &str) -> (String, Option<String>) {
    let (fact, help) = match message.split_once(HELP) {
        Some((fact, help)) => (fact.to_owned(), Some(one_line(help))),
        None => known(message).unwrap_or_else(|| (plain(message), None)),
    };
    (one_line(&fact), help.filter(|help| !help.is_empty()))
}

fn known(message: &str) -> Option<(String, Option<String>)> {
    if let Some(rest) = message.strip_prefix("Variable `") {
        let (name, rest) = rest.split_once('`')?;
        if rest.starts_with(" exists but") {
            return Some((format!("`{name}` has no value here"), None));
        }
        let fact = format!("there is no variable `{name}` here");
        return Some((fact, listed(name, rest, "Available variables: ")));
    }
    if let Some(rest) = message.strip_prefix("Field `") {
        let (name, rest) = rest.split_once('`')?;
        let fact = format!("there is no field `{name}` here");
        return Some((fact, listed(name, rest, "Available fields: ")));
    }
    if let Some(rest) = message.strip_prefix("Unknown argument(s) ") {
        let (names, rest) = rest.split_once(" in component call.")?;
        // The engine collects them in no order.
        let mut names: Vec<&str> = names.split(", ").collect();
        names.sort_unstable();
        let name = names.first()?.trim_matches('`');
        let fact = format!("the component takes no argument `{name}`");
        return Some((fact, listed(name, rest, "Possible argument(s) are: ")));
    }
    if let Some(rest) = message.strip_prefix("Missing keyword argument `") {
        let (name, _) = rest.split_once('`')?;
        return Some((format!("the argument `{name}` is missing"), None));
    }
    if let Some(rest) = message.strip_prefix("Argument `")
        && rest.ends_with(" missing.")
    {
        let (name, _) = rest.split_once('`')?;
        return Some((format!("the component's argument `{name}` is missing"), None));
    }
    if let Some(rest) = message.strip_prefix("Implicit argument `") {
        let (name, _) = rest.split_once('`')?;
        let fact = format!("the component needs `{name}`, which is not known here");
        return Some((fact, Some(format!("pass it: `{name}={{…}}`"))));
    }
    if let Some(rest) = message.strip_prefix("Component argument `") {
        let mut parts = rest.split('`');
        let (name, was) = (parts.next()?, parts.nth(1)?);
        let wanted = parts.nth(1)?;
        return Some((format!("`{name}` is {}, not {}", a(kind(was)), a(kind(wanted))), None));
    }
    if let Some(rest) = message.strip_prefix("Invalid type for the value, expected `") {
        let mut parts = rest.split('`');
        let (wanted, was) = (parts.next()?, parts.nth(1)?);
        return Some((format!("this is {}, not {}", a(kind(was)), a(kind(wanted))), None));
    }
    Some(match message {
        "Tried to render a variable that is undefined" => (
            "this has no value".to_owned(),
            Some("test it with `if`, or add `| default(value=…)`".to_owned()),
        ),
        "Unexpected end of input" => {
            ("the template ends inside of a tag or block".to_owned(), None)
        }
        "Maximum render recursion depth for components exceeded." => (
            "components call each other more than 20 deep".to_owned(),
            Some("end the recursion by an `if`".to_owned()),
        ),
        "Unknown tag" => ("there is no such tag".to_owned(), None),
        _ => return None,
    })
}

/// The nearest name of a list that follows `title`.
fn listed(name: &str, rest: &str, title: &str) -> Option<String> {
    let (_, names) = rest.split_once(title)?;
    let names = names.split(", ").map(|other| other.trim_matches(['`', '.']));
    nearest(name, names).map(|near| format!("did you mean `{near}`?"))
}

/// The name of a type as template authors know it.
pub(super) fn kind(name: &str) -> &str {
    match name {
        "&str" | "String" => "string",
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128"
        | "usize" | "integer" => "integer",
        "f32" | "f64" | "Number" => "number",
        "Vec<Value>" | "&[Value]" => "array",
        "Map" | "&Map" => "map",
        "undefined" => "nothing",
        other => other,
    }
}

/// A type with its article.
pub(super) fn a(kind: &str) -> String {
    match kind {
        "nothing" | "none" => kind.to_owned(),
        kind if kind.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {kind}"),
        kind => format!("a {kind}"),
    }
}

/// A message without its capital and its final dot.
fn plain(message: &str) -> String {
    let message = message.strip_suffix('.').unwrap_or(message);
    let mut characters = message.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(characters).collect()
        }
        _ => message.to_owned(),
    }
}

fn one_line(text: &str) -> String {
    text.split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::reword;

    fn said(message: &str) -> (String, String) {
        let (fact, help) = reword(message);
        (fact, help.unwrap_or_default())
    }

    #[test]
    fn the_nearest_of_the_engines_list_is_offered() {
        assert_eq!(
            said("Field `titel` is not defined. Available fields: date, title"),
            ("there is no field `titel` here".into(), "did you mean `title`?".into())
        );
        assert_eq!(
            said(
                "Unknown argument(s) `b`, `altt` in component call. Possible argument(s) are: `alt`, `src`"
            ),
            ("the component takes no argument `altt`".into(), "did you mean `alt`?".into())
        );
    }

    #[test]
    fn types_are_named_as_authors_know_them() {
        assert_eq!(
            said("Invalid type for the value, expected `&str` but got `i64`").0,
            "this is an integer, not a string"
        );
        assert_eq!(
            said("Component argument `n` (type: `i64`) does not match expected type: `string`").0,
            "`n` is an integer, not a string"
        );
    }

    #[test]
    fn other_messages_become_one_line() {
        assert_eq!(said("Cannot do it.\nNo.").0, "cannot do it. No");
        assert_eq!(said("Fact\u{1f}what to do"), ("Fact".into(), "what to do".into()));
    }
}
