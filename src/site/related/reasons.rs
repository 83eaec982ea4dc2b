//! The reasons for a suggestion, with what is needed to tell them.

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
    let Parts { sources, links, terms, text } = parts;
    let mut told: Vec<(f64, Vec<Reason>)> = Vec::new();
    let mut tell = |part: f64, reasons: fn(&Ground<'_>, u32, u32) -> Vec<Reason>| {
        if part > 0.0 && part >= least {
            told.push((part, reasons(ground, one, other)));
        }
    };
    tell(sources, of_sources);
    tell(links, of_links);
    tell(terms, of_terms);
    tell(text, of_text);
    told.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    told.into_iter().flat_map(|(_, reasons)| reasons).collect()
}

fn of_sources(ground: &Ground<'_>, one: u32, other: u32) -> Vec<Reason> {
    let theirs = &ground.works[other as usize];
    let ours = ground.works[one as usize].iter();
    let count = ours.filter(|work| theirs.binary_search(work).is_ok()).count();
    some(ReasonKind::Sources, count, Vec::new())
}

fn of_links(ground: &Ground<'_>, one: u32, other: u32) -> Vec<Reason> {
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

fn of_terms(ground: &Ground<'_>, one: u32, other: u32) -> Vec<Reason> {
    let theirs = &ground.carried[other as usize];
    let mut names: Vec<String> = Vec::new();
    for &(term, name) in &ground.carried[one as usize] {
        if theirs.iter().any(|&(other, _)| other == term) && !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    }
    let count = names.len();
    names.truncate(MOST_NAMES);
    some(ReasonKind::Terms, count, names)
}

fn of_text(ground: &Ground<'_>, one: u32, other: u32) -> Vec<Reason> {
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
