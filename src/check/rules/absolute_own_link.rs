//! `absolute-own-link`: a link spells out the site's own address.
//!
//! **What it finds.** Links that begin with the site's `base_url`.
//!
//! **Why it matters.** Such a link is not checked, leaves a preview for the live site, and
//! breaks when the site moves.
//!
//! **Example.** `[Install](https://example.org/guide/install/)` on `https://example.org`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::markdown::{Link, Target};
use crate::site::{Destination, Missing, Resolver, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::AbsoluteOwnLink, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let root = site.base.root();
    // Encoded or not, it is the same address.
    let decoded_root = crate::path::decode(&root).unwrap_or_default();
    let mut resolver = Resolver::new(site);
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        for link in page.body.links.iter().filter(|link| link.target == Target::External) {
            let address = own_address(&link.written, &root)
                .or_else(|| own_address(&link.written, &decoded_root));
            let Some(address) = address else { continue };
            // Asked as the link that would be better.
            let better = format!("/{address}");
            let help = match resolver.resolve(id, &Link::plain(&better, link.span.clone())) {
                Destination::Page { page, query, id } => {
                    let id = id.map_or_else(String::new, |id| format!("#{id}"));
                    format!("write `@/{}{query}{id}`", site.pages.page(page).card.relative_path)
                }
                Destination::Missing(Missing::Heading { .. } | Missing::Place { .. }) => {
                    format!("nothing there has this id; without it, write `{}`", bare(&better))
                }
                Destination::Missing(_) => "nothing of the site is served there".to_owned(),
                _ => format!("write `{better}`"),
            };
            found(
                Diagnostic::new(
                    Code::AbsoluteOwnLink,
                    "this link spells out the site's own address",
                )
                .at(page.span(link.span.clone()))
                .help(help),
            );
        }
    }
}

/// An address without its query and its fragment.
fn bare(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}

/// What follows the site's root in an address, `http` or `https`, in any case.
fn own_address<'a>(written: &'a str, root: &str) -> Option<&'a str> {
    let (scheme, rest) = written.split_once("://")?;
    if !["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
        return None;
    }
    let (_, own) = root.split_once("://")?;
    let own = own.trim_end_matches('/');
    let (start, after) = rest.split_at_checked(own.len())?;
    if !start.eq_ignore_ascii_case(own) {
        return None;
    }
    if after.is_empty() { Some("") } else { after.strip_prefix('/') }
}
