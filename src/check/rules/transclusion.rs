//! `transclusion`: an embed names a page, which is linked to and not copied in.
//!
//! **What it finds.** `![[names]]` of pages, as Obsidian writes them.
//!
//! **Why it matters.** In Obsidian the text of the page would stand here; in ibid a link does.
//!
//! **Example.** `![[Install]]`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::markdown::LinkKind;
use crate::site::{Destination, Missing, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::Transclusion, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        for (link, destination) in page.body.links.iter().zip(site.links.of(id)) {
            let leads = matches!(
                destination,
                Destination::Page { .. }
                    | Destination::Here { .. }
                    | Destination::Missing(Missing::Heading { .. })
            );
            if link.kind == LinkKind::Embed && leads {
                found(
                    Diagnostic::new(Code::Transclusion, "a page is not copied into another")
                        .at(page.span(link.span.clone()))
                        .help("a link stands here; take out the `!` to mean it"),
                );
            }
        }
    }
}
