//! The endings of ordinal numbers, which in many languages follow the gender of what is counted.

/// The gender of a noun; one of neither has none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gender {
    Feminine,
    Masculine,
}

/// How much of a number tells whether an ending is its.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reach {
    LastDigit,
    LastTwoDigits,
    Whole,
}

/// An ending, or a whole word: `th`, `third`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Ending {
    /// The number it is for; nothing where it is for all that have none of their own.
    pub(super) number: Option<u8>,
    pub(super) reach: Reach,
    pub(super) gender: Option<Gender>,
    pub(super) text: String,
}

/// How a language writes ordinal numbers.
#[derive(Clone, Default, Debug)]
pub(super) struct Ordinals {
    pub(super) endings: Vec<Ending>,
    pub(super) words: Vec<Ending>,
}

impl Ordinals {
    /// The ending of a number of things of a gender.
    pub(super) fn ending(&self, n: usize, gender: Option<Gender>) -> &str {
        let of_tens = |ending: &&Ending| ending.number.is_some_and(|own| own >= 10) && ending.is(n);
        let of_ones = |ending: &&Ending| ending.number.is_some_and(|own| own < 10) && ending.is(n);
        let of_all = |ending: &&Ending| ending.number.is_none();
        let found = pick(self.endings.iter().filter(of_tens), gender)
            .or_else(|| pick(self.endings.iter().filter(of_ones), gender))
            .or_else(|| pick(self.endings.iter().filter(of_all), gender))
            // The Portuguese locale has endings for both genders and does not tell which nouns are
            // which; what is counted most is editions, which are feminine, the last of the two.
            .or_else(|| self.endings.iter().rfind(of_all));
        found.map_or("", |ending| &ending.text)
    }

    /// The word for one of the first ten numbers: `third`.
    pub(super) fn word(&self, n: usize, gender: Option<Gender>) -> Option<&str> {
        let found = pick(self.words.iter().filter(|word| word.is(n)), gender);
        found.map(|word| word.text.as_str()).filter(|word| !word.is_empty())
    }
}

impl Ending {
    fn is(&self, n: usize) -> bool {
        let Some(number) = self.number.map(usize::from) else { return true };
        match self.reach {
            Reach::LastDigit => n % 10 == number,
            Reach::LastTwoDigits => n % 100 == number,
            Reach::Whole => n == number,
        }
    }
}

/// That of the gender, or that of none.
fn pick<'a>(
    endings: impl Iterator<Item = &'a Ending> + Clone,
    gender: Option<Gender>,
) -> Option<&'a Ending> {
    let mut again = endings.clone();
    gender
        .and_then(|_| again.find(|ending| ending.gender == gender))
        .or_else(|| endings.into_iter().find(|ending| ending.gender.is_none()))
}
