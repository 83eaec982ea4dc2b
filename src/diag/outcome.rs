//! A value and what was noticed while it was made.

use super::diagnostic::Diagnostic;

/// A value together with the findings of its making: a mistake never costs the value.
#[derive(Clone, Debug, Default)]
pub struct Outcome<T> {
    /// What was made.
    pub value: T,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value with the findings of its making.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Hands the findings over to `to` and keeps the value.
    pub fn unload(mut self, to: &mut Vec<Diagnostic>) -> T {
        to.append(&mut self.diagnostics);
        self.value
    }
}
