//! What stands in a list for names that the entry before has too.

/// What a style sets in the place of such names, and of which.
#[derive(Clone, Debug)]
pub(super) struct Repeats {
    pub(super) with: String,
    pub(super) rule: Rule,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rule {
    /// Of all names as one, where all are the same.
    CompleteAll,
    /// Of each name, where all are the same.
    CompleteEach,
    /// Of each name up to the first that is another.
    PartialEach,
    /// Of the first name, where that is the same.
    PartialFirst,
}

/// What is set in the place of the names of one entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Repeat<'a> {
    All(&'a str),
    /// In the place of each of as many names.
    Each(&'a str, usize),
}

impl Repeats {
    /// Tells what stands for `names` after an entry with the names `before`.
    pub(super) fn of(&self, before: &[String], names: &[String]) -> Option<Repeat<'_>> {
        let alike = before.iter().zip(names).take_while(|(one, two)| one == two).count();
        let whole = before.len() == names.len() && alike == names.len();
        let with = self.with.as_str();
        match self.rule {
            _ if alike == 0 => None,
            Rule::CompleteAll => whole.then_some(Repeat::All(with)),
            Rule::CompleteEach => whole.then_some(Repeat::Each(with, alike)),
            Rule::PartialEach => Some(Repeat::Each(with, alike)),
            Rule::PartialFirst => Some(Repeat::Each(with, 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_repeated_as_the_rule_of_the_style_says() {
        let names = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let before = names("Doe Roe Low");
        let cases = [
            ("Doe Roe Low", [Some(0), Some(3), Some(3), Some(1)]),
            ("Doe Roe", [None, None, Some(2), Some(1)]),
            ("Doe Low Roe", [None, None, Some(1), Some(1)]),
            ("Roe Doe Low", [None; 4]),
        ];
        let rules = [Rule::CompleteAll, Rule::CompleteEach, Rule::PartialEach, Rule::PartialFirst];
        for (own, expected) in cases {
            for (rule, expected) in rules.into_iter().zip(expected) {
                let repeats = Repeats { with: "-".to_owned(), rule };
                let found = repeats.of(&before, &names(own)).map(|repeat| match repeat {
                    Repeat::All(_) => 0,
                    Repeat::Each(_, count) => count,
                });
                assert_eq!(found, expected, "{own} {rule:?}");
            }
        }
        let repeats = Repeats { with: "-".to_owned(), rule: Rule::CompleteAll };
        assert_eq!(repeats.of(&[], &[]), None);
    }
}
