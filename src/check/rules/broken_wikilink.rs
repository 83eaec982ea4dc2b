//! `broken-wikilink`: a wikilink names nothing that is there.
//!
//! **What it finds.** `[[names]]` that are neither the path, the title, an alias nor the file
//! of a page, nor a file; and those of pages that are not built.
//!
//! **Why it matters.** The reader sees words where the writer meant a way on.
//!
//! **Example.** `[[Instal]]` beside `install.md`.

use crate::check::away;
use crate::check::near::Near;
use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::markdown::{Target, classify};
use crate::site::{Destination, Missing, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::BrokenWikilink, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let mut near = Near::default();
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        for (link, destination) in page.body.links.iter().zip(site.links.of(id)) {
            let Target::Name(named) = &link.target else { continue };
            let span = page.span(link.span.clone());
            let finding = match destination {
                Destination::Missing(Missing::Page(_)) if is_address(&link.written) => {
                    let message = "a wikilink names something of this site, not an address";
                    Diagnostic::new(Code::BrokenWikilink, message)
                        .at(span)
                        .help(format!("write `[text]({})`", link.written))
                }
                Destination::Missing(Missing::Page(_)) => {
                    let name = near.name(site, &named.name);
                    let finding = Diagnostic::new(
                        Code::BrokenWikilink,
                        format!("nothing is called `{}`", named.name),
                    );
                    match name {
                        Some(name) => finding.at(span).did_you_mean(Some(&name)),
                        None if named.name.contains('/') => finding.at(span),
                        None => finding.at(span).help(format!(
                            "if it is still to be written, write `[[?{}]]`",
                            named.name
                        )),
                    }
                }
                Destination::Missing(Missing::Held(held)) => {
                    away::finding(Code::BrokenWikilink, "wikilink", held, span)
                }
                _ => continue,
            };
            found(finding);
        }
    }
}

/// Tells whether somebody has put an address into the brackets. A colon with a space behind it
/// belongs to a title.
fn is_address(written: &str) -> bool {
    classify(written) == Target::External && !written.contains(' ')
}
