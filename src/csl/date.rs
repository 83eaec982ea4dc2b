//! Dates as styles print them.

use crate::cite::{PartialDate, When};

use super::case;
use super::dress::dress;
use super::model::{Date, DatePart, PartForm, Words};
use super::number::ordinal;
use super::run::{self, Role, Run};

/// Prints a date, and after its year the letter that tells it from another of that year.
pub(super) fn print(date: &Date, when: &When, year_suffix: &str, words: &Words) -> Vec<Run> {
    let runs = match when {
        When::Literal(text) => vec![Run::plain(text.replace('\'', "’"))],
        When::Date { from, to, .. } => match to {
            Some(to) if to != from => range(date, *from, *to, year_suffix, words),
            _ => single(date, &date.parts.iter().collect::<Vec<_>>(), *from, year_suffix, words),
        },
    };
    let mut runs = runs;
    if let Some(wanted) = date.look.case {
        case::change(&mut runs, wanted);
    }
    runs
}

/// A date as digits, so that later ones sort after earlier ones.
pub(super) fn sortable(when: &When, parts: Option<&[DatePart]>) -> String {
    let whole =
        |size: u8| parts.is_none_or(|parts| parts.iter().any(|part| part.form.size() == size));
    let one = |date: &PartialDate| {
        let month =
            if whole(1) { date.month.or(date.season.map(|s| s * 3)).unwrap_or(0) } else { 0 };
        let day = if whole(0) { date.day.unwrap_or(0) } else { 0 };
        // Years before our era come first, the later the nearer.
        format!("{:05}{month:02}{day:02}", i64::from(date.year) + 50_000)
    };
    match when {
        When::Literal(text) => text.clone(),
        When::Date { from, to, .. } => {
            let to = to.as_ref().map(|to| format!("–{}", one(to))).unwrap_or_default();
            format!("{}{to}", one(from))
        }
    }
}

fn single(
    date: &Date,
    parts: &[&DatePart],
    value: PartialDate,
    suffix: &str,
    words: &Words,
) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for part in parts {
        let runs = print_part(part, value, suffix, words);
        if run::is_empty(&runs) {
            continue;
        }
        if !out.is_empty() && !date.delimiter.is_empty() {
            out.push(Run::plain(&date.delimiter));
        }
        out.extend(runs);
    }
    trim(out, parts, value)
}

/// What separates a part from one that is not known is not printed at the ends.
fn trim(mut runs: Vec<Run>, parts: &[&DatePart], value: PartialDate) -> Vec<Run> {
    let known = |part: &&&DatePart| known(part, value);
    let (first, last) = (parts.iter().find(known), parts.iter().rev().find(known));
    if parts.first().map(|part| part.form) != first.map(|part| part.form)
        && let Some(part) = first
        && runs.first().is_some_and(|run| run.text == part.look.prefix)
    {
        runs.remove(0);
    }
    if parts.last().map(|part| part.form) != last.map(|part| part.form)
        && let Some(part) = last
        && runs.last().is_some_and(|run| run.text == part.look.suffix)
    {
        runs.pop();
    }
    runs
}

fn known(part: &DatePart, value: PartialDate) -> bool {
    match part.form {
        PartForm::Day { .. } => value.day.is_some(),
        PartForm::MonthNumber { .. } => value.month.is_some(),
        PartForm::MonthName { .. } => value.month.is_some() || value.season.is_some(),
        PartForm::Year { .. } => true,
    }
}

fn range(date: &Date, from: PartialDate, to: PartialDate, suffix: &str, words: &Words) -> Vec<Run> {
    let all: Vec<&DatePart> = date.parts.iter().collect();
    let differs = |size: u8| match size {
        2 => from.year != to.year,
        1 => (from.month, from.season) != (to.month, to.season),
        _ => from.day != to.day,
    };
    let printed = |size: u8| all.iter().any(|part| part.form.size() == size);
    let Some(largest) = [2, 1, 0].into_iter().find(|size| printed(*size) && differs(*size)) else {
        return single(date, &all, from, suffix, words);
    };
    // The parts that differ, with those between them, are printed twice, the others once.
    let within = |part: &&&DatePart| part.form.size() <= largest;
    let first = all.iter().position(|part| part.form.size() <= largest).unwrap_or(0);
    let last = all.iter().rposition(|part| part.form.size() <= largest).unwrap_or(0);
    let delimiter = all
        .iter()
        .filter(within)
        .find(|part| part.form.size() == largest)
        .map_or("–", |part| part.range_delimiter.as_str());
    let block = &all[first..=last];
    let mut out = single(date, &all[..first], from, "", words);
    let mut left = single(date, block, from, "", words);
    // What follows the last part of the block stands only after its second printing.
    if let (Some(part), Some(end)) = (block.last(), left.last())
        && !part.look.suffix.is_empty()
        && end.text == part.look.suffix
    {
        left.pop();
    }
    if !out.is_empty() && !date.delimiter.is_empty() {
        out.push(Run::plain(&date.delimiter));
    }
    out.extend(left);
    out.push(Run::plain(delimiter));
    let mut right = single(date, block, to, suffix, words);
    if let (Some(part), Some(start)) = (block.first(), right.first())
        && !part.look.prefix.is_empty()
        && start.text == part.look.prefix
    {
        right.remove(0);
    }
    out.extend(right);
    let rest = single(date, &all[last + 1..], from, suffix, words);
    if !rest.is_empty() && !date.delimiter.is_empty() {
        out.push(Run::plain(&date.delimiter));
    }
    out.extend(rest);
    out
}

fn print_part(part: &DatePart, value: PartialDate, suffix: &str, words: &Words) -> Vec<Run> {
    let text = match part.form {
        PartForm::Day { digits, ordinal: order } => match value.day {
            Some(day) if order && (day == 1 || !words.ordinal_first_day_only) => {
                let month = value.month.map_or(0, usize::from).wrapping_sub(1);
                let gender = words.month_genders.get(month).copied().flatten();
                ordinal(usize::from(day), gender, words)
            }
            Some(day) => format!("{day:0digits$}"),
            None => String::new(),
        },
        PartForm::MonthNumber { digits } => {
            value.month.map(|month| format!("{month:0digits$}")).unwrap_or_default()
        }
        PartForm::MonthName { short } => {
            let names = if short { &words.short_months } else { &words.months };
            let name = |names: &[String], n: u8| names.get(usize::from(n).wrapping_sub(1)).cloned();
            match (value.month, value.season) {
                (Some(month), _) => name(names, month).unwrap_or_default(),
                (None, Some(season)) => name(&words.seasons, season).unwrap_or_default(),
                (None, None) => String::new(),
            }
        }
        PartForm::Year { short } => year(value.year, short, words),
    };
    if text.is_empty() {
        return Vec::new();
    }
    let mut runs = vec![Run::plain(text)];
    if matches!(part.form, PartForm::Year { .. }) && !suffix.is_empty() {
        runs.push(Run { role: Role::YearSuffix, ..Run::plain(suffix) });
    }
    dress(runs, &part.look, true)
}

fn year(year: i32, short: bool, words: &Words) -> String {
    match year {
        _ if short && year >= 1000 => format!("{:02}", year % 100),
        ..0 => format!("{}{}", -year, words.bc),
        0..1000 => format!("{year}{}", words.ad),
        _ => year.to_string(),
    }
}
