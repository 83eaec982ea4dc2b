//! `doi-registrant`: a journal's DOIs have another registrant.
//!
//! **What it finds.** References to a journal whose DOIs begin with another number: by a table
//! of journals, or because two or more other references of the site have that journal and none
//! of them this registrant.
//!
//! **Why it matters.** The DOI is that of another work, or the journal is.
//!
//! **Example.** `10.7326/…` for a paper in *The Lancet*, which is `10.1016`.

use std::collections::BTreeMap;

use crate::check::doi::Told;
use crate::check::homes::HOMES;
use crate::check::known::{Opinion, opinion};
use crate::check::learned::{Learned, Verdict};
use crate::check::rule::JournalRule;
use crate::check::venue::Venue;
use crate::check::works::{container, named};
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: JournalRule = JournalRule { code: Code::DoiRegistrant, check };

fn check(site: &Site, learned: &Learned, found: &mut dyn FnMut(Diagnostic)) {
    let homes: Vec<(Venue, bool, &str)> = HOMES
        .iter()
        .map(|(name, homes)| {
            let open = name.strip_suffix(" *");
            (Venue::new(open.unwrap_or(name)), open.is_some(), *homes)
        })
        .collect();
    // The works of a journal are many, the table is long.
    let mut known = BTreeMap::new();
    for reference in named(site) {
        let Some(doi) = &reference.ids.doi else { continue };
        let Some(venue) = learned.venue(reference) else { continue };
        let told = Told::of(doi);
        // What the publisher wrote into the DOI says more than where it was registered.
        if matches!(opinion(venue, doi, &told, true), Opinion::Fits) {
            continue;
        }
        let home = *known.entry(container(reference)).or_insert_with(|| {
            homes.iter().find(|(name, is_open, _)| match is_open {
                true => venue.goes_on_from(name),
                false => venue.agrees(name),
            })
        });
        let usual = match home {
            Some((_, _, homes)) if homes.split(' ').any(|home| home == told.registrant) => continue,
            Some((_, _, homes)) => homes.replace(' ', "` or `"),
            None => match learned.verdict(reference, &told) {
                Some(Verdict::Registrant(usual)) => usual,
                _ => continue,
            },
        };
        let message = format!(
            "the DOIs of `{}` begin with `{usual}`, and this one with `{}`",
            container(reference).trim(),
            told.registrant
        );
        found(Diagnostic::new(Code::DoiRegistrant, message).at(reference.field_span("doi")).help(
            "look the DOI up: it is that of another work, or the reference names the wrong \
                 journal",
        ));
    }
}
