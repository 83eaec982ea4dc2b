//! One thing to look for.

use super::learned::Learned;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// A rule: its code, and the function that looks for it in a site.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The code of its findings; its level is set by that name under `[checks]`.
    pub code: Code,
    /// Hands each finding over.
    pub check: fn(&Site, &mut dyn FnMut(Diagnostic)),
}

/// A rule that asks what the references of the whole site tell of journals, which is learned
/// once for all of them.
#[derive(Clone, Copy)]
pub(super) struct JournalRule {
    /// As of a [`Rule`].
    pub(super) code: Code,
    /// Hands each finding over.
    pub(super) check: fn(&Site, &Learned, &mut dyn FnMut(Diagnostic)),
}
