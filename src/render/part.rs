//! One page of a list that is shown in parts.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::theme::Value;
use crate::view::Pager;

/// A value for a template, and the mistake in a component that left something out of it.
pub(super) type Made = (Value, Option<Diagnostic>);

/// One page of a list, and what it has in common with the others.
#[derive(Clone, Debug)]
pub struct Part {
    /// All pages of the list.
    pub(super) pagers: Arc<[Pager]>,
    /// Which of them this is, from one.
    pub(super) number: usize,
    /// What a template sees on each of them, the text over the list in it; none where there is
    /// one page alone, which makes it for itself.
    value: Option<Arc<Made>>,
}

impl Part {
    /// The pages of a list; `value` gives what they have in common.
    pub(super) fn all(pagers: Vec<Pager>, value: impl FnOnce() -> Made) -> Vec<Self> {
        let value = (pagers.len() > 1).then(|| Arc::new(value()));
        let pagers: Arc<[Pager]> = pagers.into();
        let numbers = pagers.iter().map(|pager| pager.number);
        let part = |number| Self { pagers: pagers.clone(), number, value: value.clone() };
        numbers.map(part).collect()
    }

    /// What a template sees; `alone` makes it where this is the only page of the list.
    pub(super) fn value(&self, alone: impl FnOnce() -> Made) -> Made {
        self.value.as_ref().map_or_else(alone, |value| Made::clone(value))
    }

    /// Where this one is served.
    pub(super) fn pager(&self) -> &Pager {
        &self.pagers[self.number - 1]
    }
}
