//! `broken-heading`: a link leads to no heading of its page.
//!
//! **What it finds.** Fragments that name neither a heading nor a marked block nor another id of
//! the page.
//!
//! **Why it matters.** The reader lands at the top of the page and has to search.
//!
//! **Example.** `[Linux](install.md#linus)` where the heading is `## Linux`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::{Destination, Missing, Site};
use crate::text::nearest::nearest;

const MOST_SEARCHES: usize = 100;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::BrokenHeading, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let mut searches = 0;
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        for (link, destination) in page.body.links.iter().zip(site.links.of(id)) {
            let (target, wanted) = match destination {
                Destination::Missing(Missing::Heading { page, id }) => (page, id),
                Destination::Missing(Missing::Place { address, id }) => {
                    let message = format!("nothing at `/{address}` has the id `{id}`");
                    let span = page.span(link.span.clone());
                    found(Diagnostic::new(Code::BrokenHeading, message).at(span));
                    continue;
                }
                _ => continue,
            };
            let there = site.pages.page(*target);
            let what = if wanted.starts_with('^') { "block" } else { "heading" };
            let message = if *target == id {
                format!("this page has no {what} `{wanted}`")
            } else {
                format!("`{}` has no {what} `{wanted}`", there.card.relative_path)
            };
            let headings = there.body.headings.iter().filter_map(|heading| heading.id.as_deref());
            let ids = headings.chain(there.body.anchors.iter().map(String::as_str));
            // Each search goes through all ids of a page; the first hundred show the cause.
            searches += 1;
            let near = nearest(wanted, ids.filter(|_| searches <= MOST_SEARCHES));
            let near = near.map(|id| format!("#{id}"));
            found(
                Diagnostic::new(Code::BrokenHeading, message)
                    .at(page.span(link.span.clone()))
                    .did_you_mean(near.as_deref()),
            );
        }
    }
}
