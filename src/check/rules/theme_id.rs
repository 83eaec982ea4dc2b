//! `theme-id`: an id of a page is one of the theme's.
//!
//! **What it finds.** Headings, and elements of raw HTML, with an id that a template of the site
//! or of its theme gives to an element of its own.
//!
//! **Why it matters.** An id that two elements have leads to the first of them: the link that
//! skips to the content, say, would lead into the middle of it.
//!
//! **Example.** `## Main {#_main}`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::ThemeId, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let finding = |id: &str| {
        let message = format!("the theme has an element with the id `{id}` of its own");
        Diagnostic::new(Code::ThemeId, message)
    };
    for page in site.pages.all() {
        for heading in &page.body.headings {
            if let Some(id) = heading.id.as_deref().filter(|id| site.ids.has(id)) {
                let span = page.span(heading.span.clone());
                found(finding(id).at(span).help("give the heading another id: `{#another}`"));
            }
        }
        for id in page.body.anchors.iter().filter(|id| site.ids.has(id)) {
            found(finding(id).at(page.whole()).help("give the element of this page another id"));
        }
    }
}
