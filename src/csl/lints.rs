//! Guards: what a printed reference must show, and what it must not.

use crate::cite::{Name, Reference, When};

use super::number;
use super::work::{SOUGHT, Work};

/// The variables that the style prints of this work and whose value its entry does not show.
/// None is what is right; anything else is a fault of the style or of ibid.
pub fn lost(reference: &Reference, work: &Work) -> Vec<&'static str> {
    let shown = letters(&work.text);
    let mut lost = Vec::new();
    let printed = |name: &str| work.used.has(name);
    let first = reference.names.get("author").and_then(|names| names.list.first());
    if let Some(name) = first.filter(|_| printed("author")) {
        let known = match name {
            Name::Person { family, given, .. } => {
                if family.is_empty() {
                    given
                } else {
                    family
                }
            }
            Name::Literal(name) => name,
        };
        // A style may set particles elsewhere: the last word is the one that must be there.
        let last = known.split([' ', '\u{a0}', '-', '’', '\'']).next_back().unwrap_or(known);
        if !shown.contains(&letters(last)) {
            lost.push("author");
        }
    }
    if let Some(When::Date { from, .. }) =
        reference.dates.get("issued").filter(|_| printed("issued"))
        && !shown.contains(&from.year.unsigned_abs().to_string())
    {
        lost.push("issued");
    }
    for name in SOUGHT.into_iter().skip(2) {
        let value = match name {
            "DOI" => reference.doi().unwrap_or_default(),
            "page" => {
                // Their label is the style's to write.
                let pages = reference.text(name);
                let first = pages.split(['-', '–']).next().unwrap_or_default();
                first.trim_start_matches(['p', '.', ' ', '\u{a0}']).to_owned()
            }
            _ => reference.text(name),
        };
        // A style may print the short form in its place.
        let short = reference.text(match name {
            "title" => "title-short",
            "container-title" => "container-title-short",
            _ => "",
        });
        let roman = value.parse().map(number::roman).unwrap_or_default();
        let shows = |value: &str| {
            shown.contains(&letters(value))
                || (name == "volume" && !roman.is_empty() && shown.contains(&letters(&roman)))
        };
        if printed(name) && !shows(&value) && (short.is_empty() || !shows(&short)) {
            lost.push(name);
        }
    }
    lost
}

/// The letters and digits of a text in capitals, which more letters share than small ones:
/// `ß` is `SS`, `ı` is `I`.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// The first place of an entry where marks stand that no sentence has: `,.`, `..`, `(2022,)`.
pub fn dirty_punctuation(reference: &Reference, work: &Work) -> Option<String> {
    const DIRTY: &[&str] =
        &[",.", ",,", ";;", "::", ".,.", " ,", " ;", "(,", ",)", "()", "[]", "?.", "!."];
    let own = |mark: &str| {
        // What the reference itself says is not the style's doing.
        reference.texts.values().any(|text| text.text().contains(mark))
    };
    let found = DIRTY.iter().find(|mark| work.text.contains(**mark) && !own(mark));
    let doubled = work.text.match_indices("..").any(|(at, _)| {
        !work.text[at..].starts_with("...") && (at == 0 || work.text.as_bytes()[at - 1] != b'.')
    });
    let mark = found.copied().or_else(|| (doubled && !own("..")).then_some(".."))?;
    let at = work.text.find(mark)?;
    let start = work.text[..at].char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    let end = work.text[at..].char_indices().nth(16).map_or(work.text.len(), |(n, _)| at + n);
    Some(work.text[start..end].to_owned())
}
