//! `broken-link`: a link leads to no page.
//!
//! **What it finds.** Links to a page under `content/`, in any spelling, or to an address of
//! the site, where there is no such page; links without a destination; links to drafts and to pages that are not built for
//! their dates; editor's picks that are none of the site's pages, or the page itself.
//!
//! **Why it matters.** A reader who follows a reference and finds nothing trusts the rest
//! less.
//!
//! **Example.** `[Install](instal.md)` beside `install.md`.

use crate::check::away;
use crate::check::near::Near;
use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::markdown::{Link, LinkKind, Target, classify};
use crate::site::{Destination, Missing, PageId, Site, looks_like_host};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::BrokenLink, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let mut near = Near::default();
    process_page(site, found);
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        for (link, destination) in page.body.links.iter().zip(site.links.of(id)) {
            if is_empty(link, destination) {
                let message = "this link has no destination";
                let finding = Diagnostic::new(Code::BrokenLink, message);
                found(finding.at(page.span(link.span.clone())).help("name a page or an address"));
            }
            let Destination::Missing(missing) = destination else { continue };
            if matches!(link.target, Target::Name(_)) {
                // What is wrong with a name is for other rules to say.
                continue;
            }
            let span = page.span(link.span.clone());
            match missing {
                Missing::Page(path) => {
                    let name = match looks_like_host(&link.written) {
                        true => Some(format!("https://{}", link.written)),
                        false => near.page(site, page, &link.target, path),
                    };
                    found(
                        Diagnostic::new(Code::BrokenLink, "this link leads to no page")
                            .at(span)
                            .did_you_mean(name.as_deref()),
                    );
                }
                Missing::Held(held) => found(away::finding(Code::BrokenLink, "link", held, span)),
                Missing::Outside => found(
                    Diagnostic::new(Code::BrokenLink, "this link leads out of `content`")
                        .at(span)
                        .help("only what lies under `content` is published"),
                ),
                Missing::Heading { .. }
                | Missing::Place { .. }
                | Missing::Asset(_)
                | Missing::Ambiguous(_)
                | Missing::Wanted(_) => {}
            }
        }
        picks(site, id, &mut near, found);
        if let (Some(to), Some(fault)) = (&page.front_matter.redirect_to, redirect_fault(site, id))
        {
            found(
                Diagnostic::new(Code::BrokenLink, fault)
                    .at(page.span(to.span()))
                    .help("name a page: `redirect_to = \"@/guide/install.md\"`"),
            );
        }
    }
}

/// Tells whether somebody has left the destination out. What HTML writes is left alone: there it
/// names the page itself.
fn is_empty(link: &Link, destination: &Destination) -> bool {
    link.kind == LinkKind::Link
        && *destination == Destination::Written
        && link.written.trim().is_empty()
}

/// The pages that a front matter picks to be read next.
fn picks(site: &Site, id: PageId, near: &mut Near, found: &mut dyn FnMut(Diagnostic)) {
    let page = site.pages.page(id);
    for (pick, destination) in page.front_matter.continue_reading.iter().zip(site.links.picks(id)) {
        let (message, help) = match destination {
            Destination::Page { page: to, .. } if *to != id => continue,
            Destination::Page { .. } | Destination::Here { .. } => {
                ("this pick is the page itself", None)
            }
            Destination::Missing(Missing::Held(held)) => {
                found(away::finding(Code::BrokenLink, "pick", held, page.span(pick.span())));
                continue;
            }
            Destination::Missing(Missing::Heading { id, .. }) => (
                "this pick is a heading that is not there",
                Some(format!("the page has no `{id}`")),
            ),
            Destination::Missing(Missing::Page(path) | Missing::Asset(path)) => {
                let name = near.page(site, page, &classify(pick.get_ref()), path);
                ("this pick is no page", name.map(|name| format!("did you mean `{name}`?")))
            }
            _ => ("this pick is no page of the site", None),
        };
        let mut finding = Diagnostic::new(Code::BrokenLink, message).at(page.span(pick.span()));
        finding.help = help;
        found(finding);
    }
}

/// The page that tells how sources are chosen, which `site.toml` names.
fn process_page(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let Some(Destination::Missing(missing)) = site.links.process_page() else { return };
    let what = match missing {
        Missing::Held(_) => "the page on how sources are chosen is not built",
        _ => "the page on how sources are chosen is not there",
    };
    let mut finding = Diagnostic::new(Code::BrokenLink, what)
        .help("name a page: `process_page = \"@/about/process.md\"`");
    finding.span = site.links.process_span().cloned();
    found(finding);
}

/// What is wrong with where a section leads on to, if anything.
fn redirect_fault(site: &Site, id: PageId) -> Option<&'static str> {
    let mut seen = vec![id];
    let mut at = id;
    loop {
        match site.links.redirect(at)? {
            Destination::Missing(Missing::Heading { .. } | Missing::Place { .. }) if at == id => {
                return Some("this section leads on to a heading that is not there");
            }
            Destination::Missing(_) if at == id => return Some("this section leads on to no page"),
            Destination::Page { page, .. } if seen.contains(page) => {
                return (*page == id).then_some("this section leads back to itself");
            }
            Destination::Page { page, .. } => {
                seen.push(*page);
                at = *page;
            }
            Destination::Here { .. } => return Some("this section leads back to itself"),
            Destination::Written if leads_nowhere(site, at) => {
                return Some("this section leads back to itself");
            }
            Destination::Written
            | Destination::Home { .. }
            | Destination::File { .. }
            | Destination::Missing(_) => return None,
        }
    }
}

/// Tells whether a section's `redirect_to` is empty, which a browser takes for the same page.
fn leads_nowhere(site: &Site, id: PageId) -> bool {
    let to = site.pages.page(id).front_matter.redirect_to.as_ref();
    to.is_some_and(|to| to.get_ref().trim().is_empty())
}
