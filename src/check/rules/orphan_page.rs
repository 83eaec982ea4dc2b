//! `orphan-page`: no text links to a page.
//!
//! **What it finds.** Pages that no page of the site links to in its text. Sections are reached
//! by menus, people by their bylines; neither is an orphan.
//!
//! **Why it matters.** A page that nothing leads to is read by those who already know of it.
//!
//! **Example.** `tea.md`, and no `[tea](tea.md)` anywhere.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::{Site, is_orphan};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::OrphanPage, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for id in site.pages.ids().filter(|&id| is_orphan(site, id)) {
        found(
            Diagnostic::new(Code::OrphanPage, "no page links here in its text")
                .at(site.pages.page(id).whole())
                .help("link to it where a reader would want to know of it"),
        );
    }
}
