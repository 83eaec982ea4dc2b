//! The dates of an entry.

use super::entries::{Entry, Value};
use super::latex::plain;
use crate::cite::calendar::{Reading, date, month, read};
use crate::cite::date::When;
use crate::cite::reference::Reference;
use crate::diag::{Code, Diagnostic, Span};

/// Fields that hold a date, and what it is the date of.
const DATES: &[(&str, &str)] = &[
    ("urldate", "accessed"),
    ("lastaccessed", "accessed"),
    ("lastchecked", "accessed"),
    ("accessed", "accessed"),
    ("origdate", "original-date"),
    ("origyear", "original-date"),
    ("eventdate", "event-date"),
    ("availabledate", "available-date"),
    ("submitted", "submitted"),
];

/// Reads every date of an entry.
pub(super) fn dates(entry: &Entry, reference: &mut Reference, found: &mut Vec<Diagnostic>) {
    issued(entry, reference, found);
    for (field, variable) in DATES {
        let Some(value) = entry.fields.get(*field) else { continue };
        if reference.dates.contains_key(variable) {
            continue;
        }
        let reading = read(&words(&value.tex));
        keep(reading, variable, value, reference, found);
    }
    let standing = entry.fields.get("pubstate").map(|value| plain(&value.tex));
    if let Some(standing) = standing.filter(|_| !reference.dates.contains_key("issued")) {
        let words = match standing.as_str() {
            "inpress" => "in press",
            "forthcoming" => "forthcoming",
            "inpreparation" => "in preparation",
            "submitted" => "submitted",
            _ => return,
        };
        reference.dates.insert("issued", When::Literal(words.to_owned()));
    }
}

fn issued(entry: &Entry, reference: &mut Reference, found: &mut Vec<Diagnostic>) {
    let value = |field: &str| entry.fields.get(field).filter(|value| !value.tex.trim().is_empty());
    if let Some(value) = value("date") {
        let reading = read(&words(&value.tex));
        // A date that cannot be read is worse than the year beside it.
        let dated = matches!(reading.when, Some(When::Date { .. }));
        if dated || self::year(entry).is_none() {
            keep(reading, "issued", value, reference, found);
            return;
        }
    }
    let Some(value) = self::year(entry) else { return };
    let text = words(&value.tex);
    let (Some(month), Ok(_)) = (entry.fields.get("month"), text.parse::<i32>()) else {
        keep(read(&text), "issued", value, reference, found);
        return;
    };
    let day = entry.fields.get("day").map(|value| plain(&value.tex)).unwrap_or_default();
    let of_month = plain(&month.tex);
    let number = self::number(&of_month);
    let reading = match number {
        Some(number) => numeric(&text, number, &day),
        None => read(&format!("{day} {of_month} {text}")),
    };
    // A month that says nothing costs itself, not the year.
    let reading = match reading.when {
        Some(When::Date { .. }) => reading,
        _ => Reading { fault: Some(format!("`{of_month}` is no month")), ..read(&text) },
    };
    let at = if reading.fault.is_some() { month } else { value };
    keep(reading, "issued", at, reference, found);
}

/// A date as it is written; the `~` of `1850~` is no space.
fn words(tex: &str) -> String {
    let edtf = tex.bytes().all(|byte| byte.is_ascii_digit() || b"-/~?%. X".contains(&byte));
    if edtf { tex.trim().to_owned() } else { plain(tex) }
}

fn year(entry: &Entry) -> Option<&Value> {
    entry.fields.get("year").filter(|value| !value.tex.trim().is_empty())
}

/// The number of a month that is given as a number, or by its name alone.
fn number(text: &str) -> Option<i32> {
    let text = text.trim().trim_end_matches('.');
    month(text).or_else(|| text.parse().ok())
}

fn numeric(year: &str, month: i32, day: &str) -> Reading {
    let Ok(y) = year.trim().parse::<i32>() else { return read(year) };
    let day = day.trim().parse::<i32>().ok();
    let (from, there) = date(y, Some(month), day);
    let written = match day {
        Some(day) => format!("{y:04}-{month:02}-{day:02}"),
        None => format!("{y:04}-{month:02}"),
    };
    let fault = (!there).then(|| format!("the calendar has no `{written}`"));
    Reading { when: Some(When::Date { from, to: None, circa: false }), fault }
}

fn keep(
    reading: Reading,
    variable: &str,
    value: &Value,
    reference: &mut Reference,
    found: &mut Vec<Diagnostic>,
) {
    if let Some(when) = reading.when {
        reference.dates.insert(variable, when);
    }
    // What is inherited was reported where it stands.
    if let (Some(fault), Some(range)) = (reading.fault, value.range.clone()) {
        let place = Span::new(reference.file.clone(), range);
        found.push(Diagnostic::new(Code::BadDate, fault).at(place));
    }
}
