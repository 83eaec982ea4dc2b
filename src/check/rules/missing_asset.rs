//! `missing-asset`: a link or an image names a file that is not there.
//!
//! **What it finds.** Images, downloads and the `src` of raw HTML that name a file neither
//! beside the page nor under `static/`.
//!
//! **Why it matters.** The page shows a hole where its evidence should be.
//!
//! **Example.** `![Trials](trials.svg)` without a file of that name.

use crate::check::near::Near;
use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::markdown::{LinkKind, Target};
use crate::site::{Destination, Missing, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::MissingAsset, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let mut near = Near::default();
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        for (link, destination) in page.body.links.iter().zip(site.links.of(id)) {
            if link.kind == LinkKind::Image
                && *destination == Destination::Written
                && link.written.trim().is_empty()
            {
                let finding = Diagnostic::new(Code::MissingAsset, "this image names no file");
                found(finding.at(page.span(link.span.clone())));
            }
            let Destination::Missing(Missing::Asset(path)) = destination else { continue };
            let message = match link.kind {
                LinkKind::Image => "this image is not there",
                _ => "this file is not there",
            };
            let name = match link.target {
                Target::Name(_) => near.file(site, path),
                _ => near.asset(site, page, &link.target, path),
            };
            found(
                Diagnostic::new(Code::MissingAsset, message)
                    .at(page.span(link.span.clone()))
                    .did_you_mean(name.as_deref()),
            );
        }
        let image = page.card.image.as_ref();
        if let (Some(image), Some(Destination::Missing(_))) = (image, site.links.lead_image(id)) {
            found(
                Diagnostic::new(Code::MissingAsset, "the lead image is not there")
                    .at(page.span(image.src.span())),
            );
        }
    }
}
