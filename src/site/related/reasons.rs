//! The reasons for a suggestion, with what is needed to tell them.

use super::features::{carried, works};
use super::ground::{Ground, Parts};
use super::vectors::Shared;
use crate::site::suggestion::{Reason, ReasonKind};

/// How many names of terms or words a reason tells.
const MOST_NAMES: usize = 3;

/// What of a score is too little to be told.
const LEAST_PART: f64 = 0.1;

/// What speaks for going on from one page to the other, the strongest first.
pub(super) fn reasons(ground: &Ground<'_>, one: u32, other: u32, parts: Parts) -> Vec<Reason> {
    let least = parts.sum() * LEAST_PART;
    let mut told: Vec<(f64, Vec<Reason>)> = vec![
        (parts.sources, sources(ground, one, other)),
        (parts.links, links(ground, one, other)),
        (parts.terms, terms(ground, one, other)),
        (parts.text, text(ground, one, other)),
    ];
    told.retain(|(part, reasons)| *part > 0.0 && *part >= least && !reasons.is_empty());
    told.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    told.into_iter().flat_map(|(_, reasons)| reasons).collect()
}

fn sources(ground: &Ground<'_>, one: u32, other: u32) -> Vec<Reason> {
    let works = |rank| works(&ground.site.cited, ground.order.page(rank));
    let count = works(one).intersection(&works(other)).count();
    some(ReasonKind::Sources, count, Vec::new())
}

fn links(ground: &Ground<'_>, one: u32, other: u32) -> Vec<Reason> {
    let Some(links) = &ground.links else { return Vec::new() };
    let mut reasons = Vec::new();
    if links.links(other, one) {
        reasons.extend(some(ReasonKind::LinksHere, 1, Vec::new()));
    }
    if links.links(one, other) {
        reasons.extend(some(ReasonKind::Linked, 1, Vec::new()));
    }
    let together = links.together(one, other);
    reasons.extend(some(ReasonKind::LinkedTogether, together, Vec::new()));
    reasons
}

fn terms(ground: &Ground<'_>, one: u32, other: u32) -> Vec<Reason> {
    let carried =
        |rank| carried(&ground.site.pages.page(ground.order.page(rank)).card, ground.config);
    let theirs = carried(other);
    let mut names: Vec<String> = Vec::new();
    for (term, name) in carried(one) {
        if theirs.iter().any(|(other, _)| *other == term) && !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    }
    let count = names.len();
    names.truncate(MOST_NAMES);
    some(ReasonKind::Terms, count, names)
}

fn text(ground: &Ground<'_>, one: u32, other: u32) -> Vec<Reason> {
    let (Some(text), Some(vocabulary)) = (&ground.text, &ground.vocabulary) else {
        return Vec::new();
    };
    let mut shared = Vec::new();
    text.nearness(one, other, ground.are_kin(one, other), |word| shared.push(word));
    let count = shared.len();
    let spelled = |word: &Shared| vocabulary.spelled(word.form);
    shared.sort_by_key(|word| (std::cmp::Reverse(word.weight), spelled(word)));
    let names = shared.iter().map(|word| spelled(word).to_owned());
    some(ReasonKind::Text, count, names.take(MOST_NAMES).collect())
}

fn some(kind: ReasonKind, count: usize, names: Vec<String>) -> Vec<Reason> {
    if count == 0 { Vec::new() } else { vec![Reason { kind, count, names }] }
}
