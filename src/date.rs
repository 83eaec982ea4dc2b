//! Calendar dates as front matter writes them, and their order.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil;
use jiff::tz::Offset;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A day, with a time and an offset where the author gave them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Date {
    moment: civil::DateTime,
    offset: Option<Offset>,
    has_time: bool,
}

impl Date {
    /// Reads `2026-03-01`, `2026-03-01T09:30:00`, with a space for the `T`, and with an
    /// offset (RFC 3339).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let day: civil::Date = text.get(..10)?.parse().ok()?;
        let Some(rest) = text.get(10..).filter(|rest| !rest.is_empty()) else {
            return Some(Self { moment: day.at(0, 0, 0, 0), offset: None, has_time: false });
        };
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (clock, offset) = match rest.find(['Z', 'z', '+', '-']) {
            Some(at) => (&rest[..at], Some(parse_offset(&rest[at..])?)),
            None => (rest, None),
        };
        let time: civil::Time = clock.trim_end().parse().ok()?;
        Some(Self { moment: day.to_datetime(time), offset, has_time: true })
    }

    /// The day and time at which the Unix clock shows `seconds`, in UTC.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let moment = Offset::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
        Some(Self { moment, offset: Some(Offset::UTC), has_time: true })
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.moment.year()
    }

    /// The month, from 1 to 12.
    pub fn month(&self) -> i8 {
        self.moment.month()
    }

    /// The day alone: `2026-03-01`.
    pub fn day(&self) -> String {
        self.moment.date().to_string()
    }

    /// The day so many months later, the last of the month where it has no such day; none past
    /// the year 9999.
    pub fn plus_months(&self, months: u32) -> Option<Self> {
        let span = jiff::Span::new().try_months(i64::from(months)).ok()?;
        let day = self.moment.date().checked_add(span).ok()?;
        Some(Self { moment: day.at(0, 0, 0, 0), offset: None, has_time: false })
    }

    /// The day so many days later; none past the year 9999.
    pub fn plus_days(&self, days: u32) -> Option<Self> {
        let span = jiff::Span::new().try_days(i64::from(days)).ok()?;
        let day = self.moment.date().checked_add(span).ok()?;
        Some(Self { moment: day.at(0, 0, 0, 0), offset: None, has_time: false })
    }

    /// How many days another day is later; less than none where it is earlier.
    pub fn days_until(&self, other: &Self) -> i64 {
        let span = self.moment.date().duration_until(other.moment.date());
        span.as_hours() / 24
    }

    /// The date as RFC 3339 wants it: without a time it is midnight, without an offset UTC.
    pub fn rfc3339(&self) -> String {
        let time = self.moment.strftime("%Y-%m-%dT%H:%M:%S");
        let seconds = self.offset.map_or(0, Offset::seconds);
        if seconds == 0 {
            return format!("{time}Z");
        }
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
        format!("{time}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// Tells whether the moment has come at `now`; where one of the two has no time, whether the
    /// day has.
    pub fn has_come(&self, now: &Self) -> bool {
        if self.has_time && now.has_time {
            self.instant() <= now.instant()
        } else {
            self.moment.date() <= now.moment.date()
        }
    }

    fn instant(&self) -> civil::DateTime {
        let seconds = i64::from(self.offset.map_or(0, Offset::seconds));
        let shift = jiff::SignedDuration::from_secs(seconds);
        self.moment.checked_sub(shift).unwrap_or(self.moment)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.has_time { f.write_str(&self.rfc3339()) } else { f.write_str(&self.day()) }
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant()).then_with(|| self.to_string().cmp(&other.to_string()))
    }
}

fn parse_offset(text: &str) -> Option<Offset> {
    if matches!(text, "Z" | "z") {
        return Some(Offset::UTC);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text.get(1..)?.chars().filter(|&c| c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits[2..].parse().ok()?;
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        let text = match &value {
            toml::Value::Datetime(datetime) => datetime.to_string(),
            toml::Value::String(text) => text.clone(),
            other => {
                let found = other.type_str();
                return Err(de::Error::custom(format!(
                    "expected a date such as `2026-03-01`, found {found}"
                )));
            }
        };
        Self::parse(&text).ok_or_else(|| {
            de::Error::custom(format!("expected a date such as `2026-03-01`, found `{text}`"))
        })
    }
}

impl JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A TOML date, or a string of the same form: 2026-03-01, 2026-03-01T09:30:00Z.",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9:.]+([Zz]|[+-][0-9:]+)?)?$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn dates_are_read_in_each_form() {
        for (text, want) in [
            ("2026-03-01", "2026-03-01"),
            ("2026-03-01 09:30:00", "2026-03-01T09:30:00Z"),
            ("2026-03-01T09:30:00-05:30", "2026-03-01T09:30:00-05:30"),
            ("2026-03-01T09:30:00.5Z", "2026-03-01T09:30:00Z"),
        ] {
            assert_eq!(Date::parse(text).unwrap().to_string(), want);
        }
        for text in [
            "",
            "2026",
            "2026-02-30",
            "1/2/2026",
            "2026-03-01x",
            "2026-03-01T25:00:00",
            "äöü-äöü-äöü",
        ] {
            assert!(Date::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn offsets_count_in_the_order() {
        let early = Date::parse("2026-03-01T00:00:00+02:00").unwrap();
        let late = Date::parse("2026-02-28T23:00:00Z").unwrap();
        assert!(early < late);
    }

    #[test]
    fn a_day_comes_at_its_beginning() {
        for (date, now, come) in [
            ("2026-03-01", "2026-03-01", true),
            ("2026-03-02", "2026-03-01", false),
            ("2026-03-01T18:00:00Z", "2026-03-01", true),
            ("2026-03-01T18:00:00Z", "2026-03-01T17:00:00Z", false),
            ("2026-03-01T18:00:00+02:00", "2026-03-01T17:00:00Z", true),
        ] {
            let [date, now] = [date, now].map(|text| Date::parse(text).unwrap());
            assert_eq!(date.has_come(&now), come, "{date} at {now}");
        }
    }

    #[test]
    fn months_end_where_the_shorter_month_ends() {
        for (from, months, want) in [
            ("2024-01-31", 1, "2024-02-29"),
            ("2023-01-31", 1, "2023-02-28"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-03-31T23:30:00-05:00", 24, "2026-03-31"),
            ("2026-05-01", 0, "2026-05-01"),
        ] {
            let later = Date::parse(from).unwrap().plus_months(months);
            assert_eq!(later.unwrap().to_string(), want, "{from} + {months}");
        }
        assert!(Date::parse("9999-01-01").unwrap().plus_months(u32::MAX).is_none());
    }

    #[test]
    fn days_are_counted_across_times_of_day() {
        let day = |text| Date::parse(text).unwrap();
        assert_eq!(day("2026-03-01T23:00:00").days_until(&day("2026-03-02")), 1);
        assert_eq!(day("2026-03-02").days_until(&day("2026-03-01T01:00:00")), -1);
        assert_eq!(day("2024-02-28").days_until(&day("2024-03-01")), 2);
    }

    #[test]
    fn the_unix_clock_is_read() {
        assert_eq!(Date::from_unix(0).unwrap().to_string(), "1970-01-01T00:00:00Z");
        assert!(Date::from_unix(i64::MAX).is_none());
    }
}
