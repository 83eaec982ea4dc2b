//! `unknown-taxonomy`: a page has terms of a taxonomy that the site does not declare.
//!
//! **What it finds.** A key under `[taxonomies]` in the front matter that is the name of no
//! `[[taxonomies]]` in `site.toml`.
//!
//! **Why it matters.** The page is listed nowhere under these terms.
//!
//! **Example.** `topic = ["tea"]` where the taxonomy is called `topics`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;
use crate::text::nearest::nearest;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::UnknownTaxonomy, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let known: Vec<&str> =
        site.taxonomies.all().iter().map(|taxonomy| taxonomy.declared.name.as_str()).collect();
    for page in site.pages.all() {
        for name in page.card.taxonomies.iter().map(|of| &of.taxonomy) {
            let written = name.get_ref().as_str();
            if known.contains(&written) {
                continue;
            }
            let help = match nearest(written, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "declare it in `site.toml`: `[[taxonomies]]`, and below it `name = \"{written}\"`"
                ),
            };
            found(
                Diagnostic::new(
                    Code::UnknownTaxonomy,
                    format!("the site has no taxonomy `{written}`"),
                )
                .at(page.span(name.span()))
                .help(help),
            );
        }
    }
}
