//! `image-undecodable`: an image is shown that cannot be read.
//!
//! **What it finds.** PNG, JPEG and WebP images on pages that are empty, cut off, something else
//! than their name says, too large to be read, or in the colours of a printing press.
//!
//! **Why it matters.** The image is offered as it is alone: at its full weight to every screen,
//! and perhaps as a hole in the page.
//!
//! **Example.** `![Trials](trials.png)`, where the file is the web page that a server sent in
//! place of the image.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::{self, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::ImageUndecodable, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        let links =
            site::shown(site, id).map(|(n, address)| (page.body.links[n].span.clone(), address));
        let lead = site.links.lead_image(id).and_then(site::address);
        let lead = page.card.image.as_ref().map(|image| image.src.span()).zip(lead);
        for (span, address) in lead.into_iter().chain(links) {
            let Some(fault) = site.pictures.at(address).and_then(|pictured| pictured.fault) else {
                continue;
            };
            let file = site.assets.at_output(address).map(|id| site.assets.asset(id));
            let name = file.map_or(address, |asset| asset.file.path.as_str());
            let message = format!("`{name}` {}", fault.fact());
            found(
                Diagnostic::new(Code::ImageUndecodable, message)
                    .at(page.span(span))
                    .help(fault.help()),
            );
        }
    }
}
