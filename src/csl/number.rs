//! Numbers, ranges of them and of pages.

use super::model::{NumberForm, PageRanges, Words};
use super::ordinal::Gender;

/// Tells whether a text is a number as styles understand it: digits with a letter or two
/// around them, or several such.
pub(super) fn is_numeric(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.split([',', '&', '-', '–']).all(|part| {
            let part = part.trim();
            let digits = part.chars().filter(char::is_ascii_digit).count();
            let runs =
                part.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
            digits > 0
                && runs == 1
                && !part.contains(char::is_whitespace)
                && part.chars().all(char::is_alphanumeric)
        })
}

/// Tells whether a text speaks of more than one.
pub(super) fn is_many(text: &str) -> bool {
    let parts: Vec<&str> = text
        .split([',', '&', '-', '–', '—'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let number = |word: Option<&str>| word.is_some_and(|word| is_numeric(word) || is_roman(word));
    // What stands at the marks must be numbers, whatever comes after: `775-784 vol. 2`.
    // An end that nobody knows is one all the same: `62-??`.
    parts.len() > 1
        && parts[..parts.len() - 1].iter().all(|part| number(part.split_whitespace().next_back()))
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| "ivxlcdm".contains(c))
}

/// Prints a number in a form.
pub(super) fn form(text: &str, form: NumberForm, gender: Option<Gender>, words: &Words) -> String {
    if form == NumberForm::Numeric || !is_numeric(text) {
        return ranges(text, words);
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if end == 0 {
            out.push(if letter == '-' { '–' } else { letter });
            rest = &rest[letter.len_utf8()..];
            continue;
        }
        let (word, tail) = rest.split_at(end);
        match word.parse() {
            Ok(n) => out.push_str(&one(n, form, gender, words)),
            // A number with letters has its form already: `3rd`.
            Err(_) => out.push_str(word),
        }
        rest = tail;
    }
    out
}

fn one(n: usize, form: NumberForm, gender: Option<Gender>, words: &Words) -> String {
    let word = || words.ordinals.word(n, gender).map(str::to_owned);
    match form {
        NumberForm::Roman if n < 6000 => roman(n),
        NumberForm::LongOrdinal => word().unwrap_or_else(|| ordinal(n, gender, words)),
        NumberForm::Ordinal => ordinal(n, gender, words),
        NumberForm::Roman | NumberForm::Numeric => n.to_string(),
    }
}

/// A number with the ending of its order: `3rd`.
pub(super) fn ordinal(n: usize, gender: Option<Gender>, words: &Words) -> String {
    format!("{n}{}", words.ordinals.ending(n, gender))
}

/// A number in small Roman digits.
pub(super) fn roman(mut n: usize) -> String {
    const DIGITS: &[(usize, &str)] = &[
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, digit) in DIGITS {
        while n >= *value {
            out.push_str(digit);
            n -= value;
        }
    }
    out
}

/// Prints hyphens between numbers as ranges.
pub(super) fn ranges(text: &str, words: &Words) -> String {
    if !text.contains(['-', '–']) || !is_numeric(text) {
        return text.to_owned();
    }
    text.replace(['-', '–'], &words.range)
}

/// Prints pages in the form a style wants.
pub(super) fn pages(text: &str, form: PageRanges, words: &Words) -> String {
    if !text.contains(['-', '–', '—']) {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut rest = text;
    loop {
        let end = rest.find([',', ';', '&']).unwrap_or(rest.len());
        let (part, tail) = rest.split_at(end);
        out.push_str(&page_range(part, form, words));
        let Some(mark) = tail.chars().next() else { break };
        out.push(mark);
        rest = &tail[mark.len_utf8()..];
    }
    out
}

fn page_range(text: &str, form: PageRanges, words: &Words) -> String {
    let as_written = || text.replace('-', &words.range).replace('—', "–");
    let Some(dash) = text.find(['-', '–', '—']) else { return text.to_owned() };
    let (before, after) = text.split_at(dash);
    let after = after.trim_start_matches(['-', '–', '—']);
    let (before, after) = (before.trim_end(), after.trim_start());
    let lead = &before[..before.len() - before.trim_start().len()];
    let first = before.trim_start();
    let (head, from) = split_number(first);
    // What follows the second number stays as it is: `775-784 vol. 2`.
    let letters = after.len() - after.trim_start_matches(char::is_alphabetic).len();
    let digits = after[letters..].chars().take_while(char::is_ascii_digit).count();
    let (other, rest) = after.split_at(letters);
    let (to, tail) = rest.split_at(digits);
    let spaced = before.len() < dash || text[dash..].contains("- ");
    let alike = other.is_empty() && head.is_empty() || other == head;
    let plain_digits =
        !from.is_empty() && !to.is_empty() && head.chars().all(char::is_alphanumeric);
    let words_only = from.is_empty() && to.is_empty() && tail.is_empty();
    if !plain_digits || !alike || tail.starts_with(|c: char| !c.is_whitespace()) {
        // `32:1-32:31` and `497-e12` are names, not ranges of numbers.
        return if spaced || words_only { as_written() } else { text.to_owned() };
    }
    let plain = |to: &str| format!("{lead}{first}{}{to}{tail}", words.range);
    if form == PageRanges::AsGiven {
        return plain(&after[..letters + digits]);
    }
    // `1024-32` means 1024 to 1032.
    let full = if to.len() < from.len() {
        format!("{}{to}", &from[..from.len() - to.len()])
    } else {
        to.to_owned()
    };
    let same = from.bytes().zip(full.bytes()).take_while(|(a, b)| a == b).count();
    let kept = if from.len() != full.len() || from == full {
        0
    } else {
        match form {
            PageRanges::Expanded | PageRanges::AsGiven => 0,
            PageRanges::Minimal => same.min(full.len() - 1),
            PageRanges::MinimalTwo => same.min(full.len().saturating_sub(2)),
            PageRanges::Chicago15 | PageRanges::Chicago16 => chicago(from, same, form),
        }
    };
    // `e6-e6` is one page, and stays recognizable as one.
    let prefix = if form == PageRanges::Expanded || from == full { head } else { "" };
    plain(&format!("{prefix}{}", &full[kept..]))
}

/// How many digits of the second number the Chicago manual leaves out.
fn chicago(from: &str, same: usize, form: PageRanges) -> usize {
    let length = from.len();
    let number: usize = from.parse().unwrap_or(0);
    if length < 3 || number.is_multiple_of(100) {
        return 0;
    }
    if number % 100 < 10 {
        return same.min(length - 1);
    }
    if form == PageRanges::Chicago15 && length == 4 && length - same >= 3 {
        return 0;
    }
    same.min(length - 2)
}

/// The letters before the last digits of a page, and these.
fn split_number(text: &str) -> (&str, &str) {
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    text.split_at(text.len() - digits)
}
