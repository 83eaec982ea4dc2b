//! Fills the holes of a body: the HTML of a page as its readers get it.

use super::body::href;
use super::directive::{self, Call};
use super::hook;
use super::image::{FIRST, LATER, lead, offered, size};
use super::site::SiteView;
use super::sources::Shown;
use crate::markdown::{HoleKind, Target};
use crate::site::{Destination, Missing, PageId, Site};
use crate::text::escape::{push_attribute, push_href};

/// The HTML of a page's body, which is `html`, with every hole filled; `words` gives the words of the page's
/// language by their keys, and `call` what stands in the place of a directive.
pub fn fill(
    site: &Site,
    views: &SiteView,
    id: PageId,
    html: &str,
    shown: &Shown,
    words: &dyn Fn(&str) -> String,
    call: &mut dyn FnMut(Call<'_>) -> Option<String>,
) -> String {
    let body = &site.pages.page(id).body;
    let link = |n: u32| &body.links[n as usize];
    let to = |n: u32| &site.links.of(id)[n as usize];
    let mut out = String::with_capacity(html.len() + body.holes.len() * 32);
    let mut from = 0;
    let lead = lead(site, id);
    // Where the directives that are open begin, and where their labels end.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for hole in &body.holes {
        let written = hole.range();
        out.push_str(&html[from..written.start]);
        from = written.end;
        match hole.kind {
            HoleKind::Href(n) => match to(n) {
                Destination::Written | Destination::Missing(_) => {
                    out.push_str(&html[written]);
                }
                found => push_href(&mut out, &href(site, found, &link(n).written)),
            },
            HoleKind::ImageSize(n) => {
                push_size(&mut out, site, to(n), &link(n).target);
            }
            HoleKind::ImageLoading(n) => {
                let is_lead = lead == Some(n as usize);
                out.push_str(if is_lead { FIRST } else { LATER });
            }
            HoleKind::PictureStart(n) => {
                let width = size(site, to(n), &link(n).target).0;
                if let Some(offered) = offered(site, to(n), width) {
                    out.push_str("<picture>");
                    offered.push_source(&mut out);
                }
            }
            HoleKind::PictureEnd(n) => {
                if offered(site, to(n), None).is_some() {
                    out.push_str("</picture>");
                }
            }
            HoleKind::NameStart(n) => match names(site, to(n), &link(n).written) {
                Some(href) => {
                    out.push_str("<a href=\"");
                    push_href(&mut out, &href);
                    out.push_str("\">");
                }
                None => out.push_str("<span class=\"wanted\">"),
            },
            HoleKind::NameEnd(n) => {
                let is_link = names(site, to(n), &link(n).written).is_some();
                out.push_str(if is_link { "</a>" } else { "</span>" });
            }
            HoleKind::Citation(n) => match &shown.markers[n as usize] {
                Some(marker) => {
                    // A raised marker stands at the word itself.
                    let n = n as usize;
                    let is_apart = body.citations[n].space_before && !shown.raised[n];
                    if is_apart && !marker.is_empty() {
                        out.push(' ');
                    }
                    out.push_str(marker);
                }
                None => out.push_str(&html[written]),
            },
            HoleKind::DirectiveStart(_) => open.push((out.len(), out.len())),
            HoleKind::DirectiveBody(_) => {
                if let Some((_, label_end)) = open.last_mut() {
                    *label_end = out.len();
                }
            }
            HoleKind::DirectiveEnd(n) => {
                let Some((start, label_end)) = open.pop() else { continue };
                let within = out.split_off(start);
                let (label, body_html) = within.split_at(label_end - start);
                let parts = (label.trim(), body_html.trim());
                let directive = &body.directives[n as usize];
                let written = directive::write(site, views, id, directive, parts, words, call);
                out.push_str(written.trim_matches('\n'));
            }
            HoleKind::HookStart(_) => open.push((out.len(), out.len())),
            HoleKind::HookEnd(n) => {
                let Some((start, _)) = open.pop() else { continue };
                let within = out.split_off(start);
                let hooked = &body.hooked[n as usize];
                let hook = hook::value(site, views, id, hooked, words);
                let called =
                    Call { name: hooked.component(), argument: "hook", value: hook, body: &within };
                out.push_str(call(called).unwrap_or_default().trim_matches('\n'));
            }
            HoleKind::Label(label) => push_attribute(&mut out, &words(label.key())),
        }
    }
    out.push_str(&html[from..]);
    out
}

/// Where a wikilink leads; nowhere where nothing is called so. One whose heading is not there
/// still leads to the page.
fn names(site: &Site, destination: &Destination, written: &str) -> Option<String> {
    match destination {
        Destination::Missing(Missing::Heading { page, .. }) => {
            Some(site.base.href(&site.pages.page(*page).card.permalink))
        }
        Destination::Missing(_) => None,
        found => Some(href(site, found, written)),
    }
}

/// Writes how large a picture is shown.
fn push_size(out: &mut String, site: &Site, destination: &Destination, target: &Target) {
    let (Some(width), height) = size(site, destination, target) else { return };
    out.push_str(&format!(" width=\"{width}\""));
    if let Some(height) = height {
        out.push_str(&format!(" height=\"{height}\""));
    }
}
