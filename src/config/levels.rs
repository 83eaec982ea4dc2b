//! How much each rule matters on this site.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Severity};

/// The levels that the author set; all other codes keep their own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Levels {
    set: BTreeMap<Code, Option<Severity>>,
}

impl Levels {
    /// Takes the levels by code; none switches a rule off.
    pub fn new(set: BTreeMap<Code, Option<Severity>>) -> Self {
        Self { set }
    }

    /// The severity of a code on this site; none where it is switched off.
    pub fn severity(&self, code: Code) -> Option<Severity> {
        self.set.get(&code).copied().unwrap_or(Some(code.severity()))
    }

    /// The severity of a finding on this site; none where it is switched off.
    pub fn of(&self, diagnostic: &Diagnostic) -> Option<Severity> {
        self.set.get(&diagnostic.code).copied().unwrap_or(Some(diagnostic.severity))
    }

    /// Gives findings the severity that the site sets and drops those that are switched off.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain_mut(|diagnostic| match self.of(diagnostic) {
            Some(severity) => {
                diagnostic.severity = severity;
                true
            }
            None => false,
        });
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Levels;
    use crate::diag::{Code, Diagnostic, Severity};

    #[test]
    fn levels_are_raised_and_switched_off() {
        let set =
            BTreeMap::from([(Code::MissingTitle, Some(Severity::Error)), (Code::BrokenLink, None)]);
        let levels = Levels::new(set);
        let mut found = vec![
            Diagnostic::new(Code::MissingTitle, "a"),
            Diagnostic::new(Code::BrokenLink, "b"),
            Diagnostic::new(Code::DuplicateH1, "c"),
        ];
        // One that was raised where it was found, and that no level speaks of.
        let mut raised = Diagnostic::new(Code::EditedOutput, "d");
        raised.severity = Severity::Warning;
        found.push(raised);
        levels.apply(&mut found);
        let kept: Vec<_> = found.iter().map(|d| (d.code, d.severity)).collect();
        assert_eq!(
            kept,
            [
                (Code::MissingTitle, Severity::Error),
                (Code::DuplicateH1, Severity::Warning),
                (Code::EditedOutput, Severity::Warning),
            ]
        );
    }
}
