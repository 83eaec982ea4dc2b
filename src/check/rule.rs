//! One thing to look for.

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
