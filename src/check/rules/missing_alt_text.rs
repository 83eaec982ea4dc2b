//! `missing-alt-text`: an image has no alternative text.
//!
//! **What it finds.** `![](figure.png)`, an `<img>` without an `alt` attribute, and a lead
//! image without `alt`. In raw HTML `alt=""` says on purpose that an image is an ornament.
//!
//! **Why it matters.** Who does not see the image learns nothing of it.
//!
//! **Example.** `![](trials.svg)`.

use std::collections::BTreeSet;

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::markdown::Target;
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::MissingAltText, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        let directives = page.body.directives.iter();
        let sources: BTreeSet<usize> =
            directives.filter_map(|directive| directive.link("src")).collect();
        for (n, link) in page.body.links.iter().enumerate().filter(|(_, link)| link.lacks_alt) {
            let in_directive = sources.contains(&n);
            found(
                Diagnostic::new(Code::MissingAltText, "this image has no alternative text")
                    .at(page.span(link.span.clone()))
                    .help(match link.target {
                        _ if in_directive => "say what it shows: `alt=\"a bar chart of …\"`",
                        Target::Name(_) => "say what it shows: `![[…|a bar chart of …]]`",
                        _ => "say what it shows: `![a bar chart of …](…)`",
                    }),
            );
        }
        let lead = page.card.image.as_ref();
        if let Some(image) =
            lead.filter(|image| image.alt.as_deref().unwrap_or("").trim().is_empty())
        {
            found(
                Diagnostic::new(Code::MissingAltText, "the lead image has no alternative text")
                    .at(page.span(image.src.span()))
                    .help("say what it shows: `alt = \"…\"`"),
            );
        }
    }
}
