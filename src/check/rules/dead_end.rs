//! `dead-end`: a page leads to no other.
//!
//! **What it finds.** Pages without a link to another page in their text, and without one at
//! their end under Continue Reading.
//!
//! **Why it matters.** A reader who comes to the end closes the tab.
//!
//! **Example.** The only page of a site that has no home page of its own.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::{Site, is_dead_end};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::DeadEnd, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for id in site.pages.ids().filter(|&id| is_dead_end(site, id)) {
        found(
            Diagnostic::new(Code::DeadEnd, "this page leads to no other")
                .at(site.pages.page(id).whole())
                .help("link to a page, or pick one: `continue_reading = [\"@/guide/install.md\"]`"),
        );
    }
}
