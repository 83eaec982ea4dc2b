//! `heading-level-skipped`: a heading is more than one level below the one before it.
//!
//! **What it finds.** `####` after `##`, and a first heading below the second level.
//!
//! **Why it matters.** Who moves by headings, with a screen reader or the contents list,
//! looks for the level between and misses nothing but trust.
//!
//! **Example.** `## Method` followed by `#### Sample`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::HeadingLevelSkipped, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        // The title is the heading of the first level.
        let mut before = 1;
        for (n, heading) in page.body.headings.iter().enumerate() {
            if heading.level > before + 1 {
                let level = heading.level;
                let message = match n {
                    0 => format!("the first heading under the title is of level {level}"),
                    _ => format!("this heading of level {level} follows one of level {before}"),
                };
                let help = format!(
                    "make it level {}: `{} …`",
                    before + 1,
                    "#".repeat(usize::from(before) + 1)
                );
                found(
                    Diagnostic::new(Code::HeadingLevelSkipped, message)
                        .at(page.span(heading.span.clone()))
                        .help(help),
                );
            }
            before = heading.level;
        }
    }
}
