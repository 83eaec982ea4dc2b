//! `[continue_reading]` as it is meant.

use std::ops::Range;

use toml::Spanned;

use super::raw::{RawContinueReading, RawWeights};

/// The most pages that can be offered at the end of one.
const MOST: usize = 50;

/// What is offered to read next.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ContinueReading {
    /// How many pages at most; 0 for none.
    pub limit: usize,
    /// How much each reason counts.
    pub weights: Weights,
}

/// How much each reason to go on to a page counts; none is negative, and 0 leaves it out.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Weights {
    /// The editor's picks.
    pub picks: f64,
    /// Works that both pages cite.
    pub sources: f64,
    /// Links between the pages, and pages that link to both.
    pub links: f64,
    /// Terms that both pages carry.
    pub terms: f64,
    /// Words that both pages use.
    pub text: f64,
}

impl ContinueReading {
    /// Resolves the keys of a file; hands what is wrong with one to `refuse`, with its place and
    /// what to write.
    pub(super) fn resolve(
        raw: &RawContinueReading,
        mut refuse: impl FnMut(Range<usize>, String, &str),
    ) -> Self {
        let limit = raw.limit.as_ref().map_or(3, |limit| *limit.get_ref());
        if let Some(set) = raw.limit.as_ref().filter(|_| limit > MOST) {
            let message = format!("a page cannot offer {limit} pages to go on to");
            refuse(set.span(), message, &format!("{MOST} is the most"));
        }
        let RawWeights { picks, sources, links, terms, text } = &raw.weights;
        let mut weight = |name: &str, set: &Option<Spanned<f64>>, usual: f64| {
            let Some(set) = set else { return usual };
            let weight = *set.get_ref();
            if !(0.0..=1e6).contains(&weight) {
                let message = format!("`{name}` cannot count `{weight}`");
                refuse(
                    set.span(),
                    message,
                    "write a number from 0, which leaves it out, up to a million",
                );
            }
            weight
        };
        let weights = Weights {
            picks: weight("picks", picks, 100.0),
            sources: weight("sources", sources, 40.0),
            links: weight("links", links, 30.0),
            terms: weight("terms", terms, 20.0),
            text: weight("text", text, 30.0),
        };
        Self { limit, weights }
    }

    /// Tells whether the words of pages are compared.
    pub fn reads_text(&self) -> bool {
        self.limit > 0 && self.weights.text > 0.0
    }
}
