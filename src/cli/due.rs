//! `ibid due`: the reviews that are overdue, and those that fall due next.

use super::args::{DueArgs, Listing};
use super::asked;
use super::exit::{BUILT, exit_code};
use super::progress::Bar;
use super::report::{self, misuse, say};
use crate::config::Overrides;
use crate::date::Date;
use crate::diag::{Code, Severity};
use crate::pipeline::{self, Imaging, Indexing, Request};
use crate::site::{Due, PageId, Site};

/// A page whose review is due.
struct Row {
    page: PageId,
    /// The day; none for a page that was never reviewed.
    due: Option<Date>,
    /// How many days are left; less than none where it is overdue.
    days: Option<i64>,
}

/// Lists what falls due.
pub(super) fn due(args: &DueArgs) -> u8 {
    let (config, now) = match asked::site(&args.root, &args.config, args.now.as_deref()) {
        Ok(asked) => asked,
        Err((code, message)) => return misuse(code, &message),
    };
    let Some(until) = until(&now, &args.within) else {
        let message =
            format!("`--within {}` is no time such as `90d`, `12w`, `6m`, `1y`", args.within);
        return misuse(Code::ConfigValue, &message);
    };
    let bar = Bar::new(args.format == Listing::Human);
    let request = Request {
        root: &args.root,
        config,
        overrides: Overrides { drafts: args.drafts, ..Overrides::default() },
        now: now.clone(),
        strict: false,
        jobs: 0,
        indexing: Indexing::Never,
        images: Imaging::Never,
        figures: false,
        recall: None,
        progress: &bar,
    };
    let result = pipeline::survey(&request);
    bar.clear();
    match result {
        Ok(surveyed) => {
            let rows = rows(&surveyed.site, &now, &until);
            match args.format {
                Listing::Human => table(&surveyed.site, &rows, &until),
                Listing::Json => {
                    rows.iter().for_each(|row| say(&json(&surveyed.site, row).to_string()));
                }
            }
            BUILT
        }
        Err(stopped) => {
            let form = super::args::Format::Human;
            report::findings(&stopped.diagnostics, &stopped.texts, form, Severity::Warning);
            exit_code(&stopped.diagnostics)
        }
    }
}

/// The last day that is looked at: `90d`, `12w`, `6m` or `1y` from now.
fn until(now: &Date, within: &str) -> Option<Date> {
    let unit = within.chars().last()?;
    let number: u32 = within[..within.len() - unit.len_utf8()].trim().parse().ok()?;
    match unit {
        'd' => now.plus_days(number),
        'w' => now.plus_days(number.checked_mul(7)?),
        'm' => now.plus_months(number),
        'y' => now.plus_months(number.checked_mul(12)?),
        _ => None,
    }
}

/// The pages whose review is due until a day: never reviewed first, then by the day.
fn rows(site: &Site, now: &Date, until: &Date) -> Vec<Row> {
    let mut rows: Vec<Row> = site
        .pages
        .ids()
        .filter_map(|page| match site.reviews.due(page) {
            Due::Never => None,
            Due::Unreviewed => Some(Row { page, due: None, days: None }),
            Due::On(day) => {
                let is_due = day.days_until(until) >= 0;
                let days = Some(now.days_until(day));
                is_due.then(|| Row { page, due: Some(day.clone()), days })
            }
        })
        .collect();
    rows.sort_by(|a, b| a.due.cmp(&b.due).then(a.page.cmp(&b.page)));
    rows
}

fn table(site: &Site, rows: &[Row], until: &Date) {
    if rows.is_empty() {
        say(&format!("No review falls due until {}", until.day()));
        return;
    }
    let heads = ["DUE", "PAGE", "LAST REVIEW", "IN"].map(str::to_owned);
    let mut lines = vec![heads];
    lines.extend(rows.iter().map(|row| {
        let due = row.due.as_ref().map_or_else(|| "never".to_owned(), Date::day);
        let page = site.pages.page(row.page).path.to_string();
        let last = match last(site, row.page) {
            Some((on, by, _)) => format!("{on} by {by}"),
            None => "none".to_owned(),
        };
        [due, page, last, left(row.days)]
    }));
    let width = |n: usize| lines.iter().map(|line| line[n].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    for [due, page, last, left] in &lines {
        let line =
            format!("{due:<0$}  {page:<1$}  {last:<2$}  {left}", widths[0], widths[1], widths[2]);
        say(line.trim_end());
    }
}

/// How much time is left, in words.
fn left(days: Option<i64>) -> String {
    let counted = |days: i64| if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    match days {
        None => "never reviewed".to_owned(),
        Some(0) => "today".to_owned(),
        Some(days) if days > 0 => format!("in {}", counted(days)),
        Some(days) => format!("{} overdue", counted(-days)),
    }
}

/// The last review: the day, the name of the reviewer, and what was reviewed.
fn last(site: &Site, page: PageId) -> Option<(String, &str, Option<&str>)> {
    let review = site.reviews.of(page).first()?;
    let by = &site.pages.page(site.people.person(review.by).page).card.title;
    Some((review.on.day(), by, review.kind.as_deref()))
}

fn json(site: &Site, row: &Row) -> serde_json::Value {
    let page = site.pages.page(row.page);
    let last = last(site, row.page)
        .map(|(on, by, kind)| serde_json::json!({ "on": on, "by": by, "kind": kind }));
    serde_json::json!({
        "page": page.path.as_str(),
        "title": page.card.title,
        "permalink": site.base.absolute(&page.card.permalink),
        "type": page.card.content_type,
        "due": row.due.as_ref().map(Date::day),
        "days": row.days,
        "last_review": last,
    })
}

#[cfg(test)]
mod tests {
    use super::{left, until};
    use crate::date::Date;

    #[test]
    fn times_are_read_in_each_unit() {
        let now = Date::parse("2024-01-31").unwrap();
        for (within, want) in [
            ("0d", Some("2024-01-31")),
            ("90d", Some("2024-04-30")),
            ("12w", Some("2024-04-24")),
            ("1m", Some("2024-02-29")),
            ("1y", Some("2025-01-31")),
            ("", None),
            ("d", None),
            ("90", None),
            ("-1d", None),
            ("9ä", None),
            ("4294967295y", None),
        ] {
            assert_eq!(until(&now, within).map(|day| day.day()).as_deref(), want, "{within}");
        }
    }

    #[test]
    fn time_is_told_in_words() {
        assert_eq!(left(Some(-1)), "1 day overdue");
        assert_eq!(left(Some(0)), "today");
        assert_eq!(left(Some(12)), "in 12 days");
    }
}
