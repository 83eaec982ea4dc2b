//! `empty-feed`: a feed has no page to hold, and is not made.
//!
//! **What it finds.** A feed that `site.toml` or a section asks for, where no page of the list has
//! a date.
//!
//! **Why it matters.** Whoever would follow the site finds no feed to follow.
//!
//! **Example.** `[feed]` in the `site.toml` of a site whose pages have no `date`.

use std::collections::BTreeSet;

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::{Feed, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::EmptyFeed, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    // The feeds of the terms of a taxonomy are asked for together.
    let place = |feed: &Feed| (feed.asked.file.clone(), feed.asked.range.start);
    let mut said: BTreeSet<_> = site.feeds.all().iter().map(place).collect();
    for feed in site.feeds.empty() {
        if said.insert(place(feed)) {
            let what = "no page for this feed has a date, so it is not made";
            found(
                Diagnostic::new(Code::EmptyFeed, what)
                    .at(feed.asked.clone())
                    .help("give pages a `date`, the day they were published"),
            );
        }
    }
}
