//! `undated-page`: pages have no date, and so no place in a feed.
//!
//! **What it finds.** Feeds whose list has pages with neither `date` nor `updated`; one finding
//! for each place that asks for feeds.
//!
//! **Why it matters.** Who follows the feed never hears of these pages.
//!
//! **Example.** A page with a title alone, in a site with `[feed]`.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::{Feed, PageId, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::UndatedPage, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    // The feeds of the terms of a taxonomy are asked for together.
    let mut asked: BTreeMap<(&str, usize), (&Feed, BTreeSet<PageId>)> = BTreeMap::new();
    for feed in site.feeds.all() {
        let place = (feed.asked.file.as_str(), feed.asked.range.start);
        let (_, undated) = asked.entry(place).or_insert_with(|| (feed, BTreeSet::new()));
        undated.extend(&feed.undated);
    }
    for (feed, undated) in asked.into_values() {
        let Some(first) = undated.first().map(|id| site.pages.page(*id).path.as_str()) else {
            continue;
        };
        let (what, help) = match undated.len() {
            1 => ("1 page has".to_owned(), format!("give `{first}` a `date`")),
            n => (
                format!("{n} pages have"),
                format!("give those that readers should hear of a `date`; the first is `{first}`"),
            ),
        };
        let message = format!("{what} no date, and so no place in this feed");
        found(Diagnostic::new(Code::UndatedPage, message).at(feed.asked.clone()).help(help));
    }
}
