//! Asks of one work what the conditions of a style ask.

use crate::cite::When;

use super::model::{Branch, Match, Position, Test};
use super::number;
use super::render::Renderer;
use super::run;

impl Renderer<'_> {
    /// Tells whether a branch is the one to take.
    pub(super) fn holds(&mut self, branch: &Branch) -> bool {
        let mut tests = branch.tests.iter().map(|test| self.test(test));
        match branch.wanted {
            Match::All => tests.all(|holds| holds),
            Match::Any => tests.any(|holds| holds),
            Match::None => !tests.any(|holds| holds),
        }
    }

    /// Tells whether one more condition holds that asks whether the work is still the same as
    /// another.
    fn is_flagged(&mut self) -> bool {
        let holds = self.flagged < self.scene.disambiguate;
        self.flagged += usize::from(holds);
        holds
    }

    fn test(&mut self, test: &Test) -> bool {
        let scene = self.scene;
        match test {
            Test::Disambiguate(wanted) => self.is_flagged() == *wanted,
            Test::Kind(kind) => self.item.kind() == kind,
            Test::Locator(kind) => scene.locator.is_some_and(|locator| {
                locator.kind == kind || (kind == "sub-verbo" && locator.kind == "sub verbo")
            }),
            Test::Position(position) => scene.position.is_some_and(|at| match position {
                Position::First => at == Position::First,
                Position::Subsequent => at != Position::First,
                Position::Near => scene.near,
                Position::Ibid => matches!(at, Position::Ibid | Position::IbidWithLocator),
                Position::IbidWithLocator => at == Position::IbidWithLocator,
            }),
            Test::Uncertain(name) => {
                matches!(self.item.date(name), Some(When::Date { circa: true, .. }))
            }
            Test::Numeric(name) => match name.as_str() {
                "locator" => {
                    scene.locator.is_some_and(|locator| number::is_numeric(&locator.value))
                }
                "citation-number" => true,
                name => {
                    self.find(name, false).is_some_and(|runs| number::is_numeric(&run::text(runs)))
                }
            },
            Test::Variable(name) => match name.as_str() {
                "locator" => scene.locator.is_some(),
                "citation-number" => !scene.without_number,
                "citation-label" => !scene.label.is_empty(),
                "year-suffix" => !scene.year_suffix.is_empty(),
                "first-reference-note-number" => scene.first_note > 0,
                name => self.item.has(name) || self.find(name, false).is_some(),
            },
        }
    }
}
