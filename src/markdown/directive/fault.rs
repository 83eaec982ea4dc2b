//! A directive that is written wrongly.

use std::ops::Range;

use crate::diag::Code;

/// What is wrong with a directive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::markdown) struct Fault {
    /// The kind of the finding.
    pub(in crate::markdown) code: Code,
    /// Its bytes in the text.
    pub(in crate::markdown) range: Range<usize>,
    /// The fact.
    pub(in crate::markdown) message: String,
    /// What to do.
    pub(in crate::markdown) help: Option<String>,
}

impl Fault {
    /// Tells whether something is never closed.
    pub(in crate::markdown) fn is_open(&self) -> bool {
        self.message.starts_with("nothing closes")
    }

    /// A slip in the form of a directive.
    pub(in crate::markdown) fn syntax(range: Range<usize>, message: &str, help: &str) -> Self {
        let (message, help) = (message.to_owned(), Some(help.to_owned()));
        Self { code: Code::DirectiveSyntax, range, message, help }
    }

    /// An attribute that is wrong, or is missing.
    pub(super) fn attribute(range: Range<usize>, message: String, help: Option<String>) -> Self {
        Self { code: Code::DirectiveAttribute, range, message, help }
    }
}
