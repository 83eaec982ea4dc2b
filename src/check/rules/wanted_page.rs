//! `wanted-page`: a wikilink says that its page is still to be written.
//!
//! **What it finds.** Every `[[?name]]`.
//!
//! **Why it matters.** It is the list of what the site lacks, kept where it is missed.
//!
//! **Example.** `[[?Sciatica]]`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::markdown::Target;
use crate::site::{Destination, Missing, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::WantedPage, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        for (link, destination) in page.body.links.iter().zip(site.links.of(id)) {
            let Destination::Missing(Missing::Wanted(written)) = destination else { continue };
            let Target::Name(named) = &link.target else { continue };
            let name = &named.name;
            let finding = match written {
                None => {
                    Diagnostic::new(Code::WantedPage, format!("`{name}` is still to be written"))
                }
                Some(there) => {
                    let path = &site.pages.page(*there).card.relative_path;
                    Diagnostic::new(Code::WantedPage, format!("`{name}` is written by now"))
                        .help(format!("take out the `?` to link to `{path}`"))
                }
            };
            found(finding.at(page.span(link.span.clone())));
        }
    }
}
