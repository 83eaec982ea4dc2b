//! Dates in the forms that other programs take.

use crate::date::Date;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date, and whether its form left a doubt.
pub(super) struct When {
    pub(super) date: Date,
    pub(super) is_guess: bool,
}

/// Reads a date: `2026-03-01`, `2026-3-1 9:30`, `2026/03/01`, `March 1, 2026`, `1 Mar 2026`,
/// `03/01/2026`.
pub(super) fn read(text: &str) -> Option<When> {
    let text = text.trim();
    if let Some(date) = Date::parse(text) {
        return Some(When { date, is_guess: false });
    }
    let clear = |date| Some(When { date, is_guess: false });
    let (day, rest) = match text.find(|c: char| c.is_whitespace() || c == 'T') {
        Some(at)
            if text.starts_with(|c: char| c.is_ascii_digit())
                && numbers(&text[..at]).len() == 3 =>
        {
            (&text[..at], text[at + 1..].trim())
        }
        _ => (text, ""),
    };
    let parts = numbers(day);
    if let [first, second, third] = parts[..] {
        let is_year_first = first > 31;
        if is_year_first {
            let day = format!("{first:04}-{second:02}-{third:02}");
            return clear(timed(&day, rest)?);
        }
        if third > 31 {
            // The month comes first where both can be: so write Quarto and most of its users.
            let (month, day) = if first > 12 { (second, first) } else { (first, second) };
            let date = timed(&format!("{third:04}-{month:02}-{day:02}"), rest)?;
            return Some(When { date, is_guess: first <= 12 && second <= 12 && first != second });
        }
        return None;
    }
    worded(text).and_then(clear)
}

/// The numbers of a date that is written in numbers alone.
fn numbers(text: &str) -> Vec<u32> {
    let all: Option<Vec<u32>> = text.split(['-', '/', '.']).map(|part| part.parse().ok()).collect();
    all.unwrap_or_default()
}

/// A day with what follows it, or the day alone.
fn timed(day: &str, rest: &str) -> Option<Date> {
    let mut words = rest.split_whitespace();
    let clock = words.next().unwrap_or("");
    let clock = if clock.find(':') == Some(1) { format!("0{clock}") } else { clock.to_owned() };
    let offset = words.find(|word| word.starts_with(['+', '-']) || *word == "Z" || *word == "UTC");
    let offset = offset.map_or("", |word| if word == "UTC" { "Z" } else { word });
    let whole = format!("{day} {clock}{offset}");
    Date::parse(&whole)
        .or_else(|| Date::parse(&format!("{day} {clock}")))
        .or_else(|| Date::parse(day))
}

fn worded(text: &str) -> Option<Date> {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == ',' || c == '-')
        .filter(|w| !w.is_empty())
        .collect();
    let is_month = |word: &str| {
        let low = word.to_ascii_lowercase();
        let found = MONTHS.iter().position(|month| low.starts_with(month));
        found.filter(|_| low.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.'))
    };
    let at = words.iter().position(|word| is_month(word).is_some())?;
    let month = is_month(words[at])? + 1;
    let number = |word: &&str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse::<u32>().ok()
    };
    let mut numbers: Vec<u32> = words.iter().filter_map(number).collect();
    let year = numbers.iter().position(|number| *number > 31).map(|at| numbers.remove(at))?;
    let day = numbers.first().copied().unwrap_or(1);
    Date::parse(&format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn dates_are_read_in_many_forms() {
        for (text, want) in [
            ("2026-03-01", "2026-03-01"),
            ("2026-3-1", "2026-03-01"),
            ("2026/03/01", "2026-03-01"),
            ("2026-03-01 9:30", "2026-03-01T09:30:00Z"),
            ("2026-03-01 09:30:00 +0200", "2026-03-01T09:30:00+02:00"),
            ("2026-03-01 09:30:00 UTC", "2026-03-01T09:30:00Z"),
            ("2026-03-01T09:30:00.000Z", "2026-03-01T09:30:00Z"),
            ("March 1, 2026", "2026-03-01"),
            ("1 Mar 2026", "2026-03-01"),
            ("Sunday, March 1st, 2026", "2026-03-01"),
            ("13/03/2026", "2026-03-13"),
        ] {
            let when = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((when.date.to_string().as_str(), when.is_guess), (want, false), "{text}");
        }
        let when = read("03/01/2026").unwrap();
        assert_eq!((when.date.to_string().as_str(), when.is_guess), ("2026-03-01", true));
        for text in ["today", "", "soon", "2026", "1.2.3", "last-modified", "99/99/2026"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
