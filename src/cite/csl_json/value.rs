//! The values of CSL-JSON: texts, people and dates, in all the forms that programs give them.

use serde_json::Value;

use crate::cite::calendar::{Reading, date, is_before, read, year};
use crate::cite::date::{PartialDate, When};
use crate::cite::name::{Name, Names};

/// The text of a value; empty where it holds none.
pub(super) fn text(value: &Value) -> String {
    match value {
        // A space that does not break is more than white space; a control character is less
        // than a letter.
        Value::String(text) => {
            let words = text.split(|c: char| c.is_ascii_whitespace() || c.is_control());
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "true".to_owned(),
        Value::Bool(false) | Value::Null => String::new(),
        Value::Array(values) => {
            let texts = values.iter().map(text).filter(|text| !text.is_empty());
            texts.collect::<Vec<_>>().join(", ")
        }
        Value::Object(_) => String::new(),
    }
}

/// Everyone in a value.
pub(super) fn names(value: &Value) -> Names {
    let mut names = Names::default();
    let list = match value {
        Value::Array(list) => list.as_slice(),
        other => std::slice::from_ref(other),
    };
    for value in list {
        match name(value) {
            Some(name) if matches!(name.short().as_str(), "others" | "et al." | "et al") => {
                names.others = true;
            }
            Some(name) => names.list.push(name),
            None => {}
        }
    }
    names
}

fn name(value: &Value) -> Option<Name> {
    let Value::Object(parts) = value else {
        let whole = text(value);
        if let Some((family, given)) = whole.split_once("||").or_else(|| whole.split_once(", ")) {
            return Some(person(family, given));
        }
        return (!whole.is_empty()).then_some(Name::Literal(whole));
    };
    let part = |name: &str| parts.get(name).map(text).unwrap_or_default();
    let literal = part("literal");
    let (family, given) = (part("family"), part("given"));
    if family.is_empty() && given.is_empty() {
        let whole = if literal.is_empty() { part("name") } else { literal };
        return (!whole.is_empty()).then_some(Name::Literal(whole));
    }
    let body = ["isInstitution", "is-institution"].iter().any(|name| !part(name).is_empty());
    if body || family.is_empty() {
        return Some(Name::Literal(if family.is_empty() { given } else { family }));
    }
    let mut name = person(&family, &given);
    if let Name::Person { particle, dropping_particle, suffix: own, .. } = &mut name {
        let given = part("non-dropping-particle");
        if !given.is_empty() {
            *particle = given;
        }
        let given = part("dropping-particle");
        if !given.is_empty() {
            *dropping_particle = given;
        }
        let given = part("suffix");
        if !given.is_empty() {
            *own = given;
        }
    }
    Some(name)
}

/// Takes apart what stands in the two parts of a name: small words before the family name are
/// a particle of it, small words after the given names one that can be dropped.
fn person(family: &str, given: &str) -> Name {
    let (family, given) = (family.trim(), given.trim());
    // Quotes tell a processor not to look inside.
    if let Some(inner) = family.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return whole(inner, given, "", "", "");
    }
    let is_small = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
    let words: Vec<&str> = family.split(' ').collect();
    let small = words[..words.len() - 1].iter().take_while(|word| is_small(word)).count();
    let (given, suffix) = match given.split_once(", ") {
        Some((given, suffix)) => (given, suffix.trim_start_matches('!').trim()),
        None => (given, ""),
    };
    let given: Vec<&str> = given.split(' ').collect();
    let from = given.len() - given[1..].iter().rev().take_while(|word| is_small(word)).count();
    whole(
        &words[small..].join(" "),
        &given[..from].join(" "),
        &words[..small].join(" "),
        &given[from..].join(" "),
        suffix,
    )
}

fn whole(family: &str, given: &str, particle: &str, dropping: &str, suffix: &str) -> Name {
    Name::Person {
        family: family.to_owned(),
        given: given.to_owned(),
        particle: particle.to_owned(),
        dropping_particle: dropping.to_owned(),
        suffix: suffix.to_owned(),
    }
}

/// The date in a value.
pub(super) fn when(value: &Value) -> Reading {
    let Value::Object(parts) = value else { return read(&text(value)) };
    let circa =
        parts.get("circa").is_some_and(|value| !matches!(text(value).as_str(), "" | "0" | "false"));
    let mut reading = match parts.get("date-parts") {
        Some(Value::Array(dates)) => date_parts(dates),
        Some(other) => date_parts(std::slice::from_ref(other)),
        None => Reading::default(),
    };
    for name in ["raw", "literal", "edtf"] {
        if reading.when.is_none()
            && let Some(written) = parts.get(name).map(text).filter(|text| !text.is_empty())
        {
            reading = read(&written);
            // Words are what a literal is for.
            let in_words = written.chars().any(char::is_alphabetic);
            if name == "literal" && (in_words || reading.fault.is_some()) {
                reading = Reading { when: Some(When::Literal(written)), fault: None };
            }
        }
    }
    if let Some(When::Date { from, circa: guess, .. }) = &mut reading.when {
        *guess |= circa;
        if from.month.is_none() {
            from.season =
                parts.get("season").and_then(|value| season(&text(value))).or(from.season);
        }
    }
    reading
}

fn season(text: &str) -> Option<u8> {
    match text.to_lowercase().as_str() {
        "1" | "21" | "spring" => Some(1),
        "2" | "22" | "summer" => Some(2),
        "3" | "23" | "autumn" | "fall" => Some(3),
        "4" | "24" | "winter" => Some(4),
        _ => None,
    }
}

fn date_parts(dates: &[Value]) -> Reading {
    // One date without its outer brackets: `[2015, 3, 12]`.
    let flat = dates.first().is_some_and(|first| !first.is_array());
    let dates: Vec<Vec<Value>> = if flat {
        vec![dates.to_vec()]
    } else {
        dates.iter().filter_map(|date| date.as_array().cloned()).collect()
    };
    let mut fault = None;
    let mut read: Vec<PartialDate> = Vec::new();
    for parts in dates.iter().take(2) {
        let numbers: Vec<Option<i32>> = parts.iter().map(number).collect();
        // A zero in place of a part says that it is not known.
        let part = |n: usize| numbers.get(n).copied().flatten().filter(|number| *number != 0);
        let Some(y) = part(0) else {
            if let Some(said) =
                parts.first().map(text).filter(|said| !matches!(said.as_str(), "" | "0"))
            {
                fault = Some(format!("`{said}` is no year"));
            }
            continue;
        };
        // Old data has the seasons as months behind December.
        let month = part(1).map(|month| if (13..=16).contains(&month) { month + 8 } else { month });
        let (date, there) = date(y, month, part(2).filter(|_| month.is_some()));
        if !there {
            let parts: Vec<String> = parts.iter().map(text).collect();
            fault = Some(format!("the calendar has no `{}`", parts.join("-")));
        }
        read.push(date);
    }
    let Some(&from) = read.first() else { return Reading { when: None, fault } };
    let to = read.get(1).copied().filter(|to| *to != from);
    if let Some(to) = to.filter(|to| is_before(*to, from)) {
        fault.get_or_insert_with(|| {
            format!("the year {} ends before it begins", year(to.year).year)
        });
        return Reading { when: Some(When::Date { from, to: None, circa: false }), fault };
    }
    Reading { when: Some(When::Date { from, to, circa: false }), fault }
}

fn number(value: &Value) -> Option<i32> {
    match value {
        Value::Number(number) => {
            let whole = number.as_i64().or_else(|| number.as_f64().map(|float| float as i64))?;
            i32::try_from(whole).ok().filter(|number| number.abs() < 100_000)
        }
        Value::String(text) => {
            let text = text.trim();
            let number: i32 = text.parse().ok().or_else(|| crate::cite::calendar::month(text))?;
            (number.abs() < 100_000).then_some(number)
        }
        _ => None,
    }
}
