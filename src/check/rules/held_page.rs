//! `expired-page` and `future-page`: a page is not built because of its dates.
//!
//! **What it finds.** Pages whose `expires` has come, and pages whose `date` is still to come.
//!
//! **Why it matters.** What was planned long ago is easily forgotten: an expired page wants a new
//! version or an end, and a future page is missing until somebody builds the site again.
//!
//! **Example.** `expires = 2026-01-01` in a site that is built in March.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::{Site, Why};

/// The rule on pages that have expired.
pub(in crate::check) const EXPIRED: Rule = Rule { code: Code::ExpiredPage, check: expired };

/// The rule on pages whose day is to come.
pub(in crate::check) const FUTURE: Rule = Rule { code: Code::FuturePage, check: future };

fn expired(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for held in site.pages.held().all().filter(|held| held.range.is_some()) {
        let Why::Expired(date) = &held.why else { continue };
        let message = format!("this page expired on {} and is not built", date.day());
        found(
            Diagnostic::new(Code::ExpiredPage, message).at(held.span()).help(
                "bring it up to date, or remove it and give its address to another as an alias",
            ),
        );
    }
}

fn future(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for held in site.pages.held().all().filter(|held| held.range.is_some()) {
        let Why::Future(date) = &held.why else { continue };
        let message = format!("this page is not built before {}", date.day());
        found(
            Diagnostic::new(Code::FuturePage, message)
                .at(held.span())
                .help("build the site again on that day; `--drafts` shows the page before"),
        );
    }
}
