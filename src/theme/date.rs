//! Dates as templates give them, and their printed forms.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use tera::{Kwargs, State, TeraResult, Value};

use super::argument::{Arguments, fact, wrong_input};
use super::lookup::Lookup;
use crate::text::escape::{push_attribute, push_text};

/// The filter `date(format=)`: a date, a date and time, or seconds since 1970, printed as
/// `strftime` prints them. What has no zone of its own is taken as UTC.
pub(super) fn date(value: &Value, kwargs: &Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let arguments = Arguments::of("date", kwargs, &["format"])?;
    let format = arguments.text("format")?.unwrap_or("%Y-%m-%d");
    let moment = moment(value)?;
    print(&moment, format).map(Value::from)
}

/// The filter `day`: a date as the language of the page writes it, in a `time` for machines.
pub(super) fn day(
    lookup: &Lookup,
    value: &Value,
    kwargs: &Kwargs,
    state: &State<'_>,
) -> TeraResult<Value> {
    let arguments = Arguments::of("day", kwargs, &["lang"])?;
    let printed = lookup.in_language(&arguments, state, |language| {
        let format = lookup.translation("date-format", language).unwrap_or("%Y-%m-%d");
        print(&moment(value)?, format)
    })?;
    let mut html = String::with_capacity(64);
    html.push_str("<time datetime=\"");
    match value.as_str() {
        Some(written) => push_attribute(&mut html, written),
        None => html.push_str(&value.to_string()),
    }
    html.push_str("\">");
    push_text(&mut html, printed.trim());
    html.push_str("</time>");
    Ok(Value::safe_string(&html))
}

fn moment(value: &Value) -> TeraResult<Moment> {
    Ok(match (value.as_str(), value.as_i64()) {
        (Some(text), _) => parse(text)
            .ok_or_else(|| fact(format!("`{}` is no date", short(text)), "write `2026-05-31`"))?,
        (None, Some(seconds)) => Timestamp::from_second(seconds)
            .map(|moment| Moment { civil: Offset::UTC.to_datetime(moment), offset: Offset::UTC })
            .map_err(|_| {
                fact(format!("`{seconds}` is no time of any year"), "give it in seconds")
            })?,
        _ => return Err(wrong_input("date", value, "string")),
    })
}

fn print(moment: &Moment, format: &str) -> TeraResult<String> {
    let mut parts = BrokenDownTime::from(moment.civil);
    parts.set_offset(Some(moment.offset));
    parts.to_string(format).map_err(|error| {
        fact(format!("the format `{}` cannot be printed: {error}", short(format)), "")
    })
}

/// A time as a clock shows it, and how far that clock is from UTC. Not an instant: the last
/// days of the calendar have none in every zone.
pub(super) struct Moment {
    civil: DateTime,
    offset: Offset,
}

impl Moment {
    /// The seconds since 1970; none where the calendar ends before them.
    pub(super) fn seconds(&self) -> Option<i64> {
        self.offset.to_timestamp(self.civil).ok().map(Timestamp::as_second)
    }
}

/// Reads `2026-05-31`, `2026-05-31 10:00`, `2026-05-31T10:00:00.5+02:00`.
pub(super) fn parse(text: &str) -> Option<Moment> {
    let pieces = Pieces::parse(text.trim()).ok()?;
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    let civil = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
    Some(Moment { civil, offset })
}

/// What a message quotes of a text that may be a page long.
fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
