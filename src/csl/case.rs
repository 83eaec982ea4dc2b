//! Upper and lower case, as styles ask for it.

use super::model::Case;
use super::run::Run;

/// Words that stay small in a title, but for the first and the last word.
const SMALL: &[&str] = &[
    "about",
    "above",
    "across",
    "afore",
    "after",
    "against",
    "al",
    "along",
    "alongside",
    "amid",
    "amidst",
    "among",
    "amongst",
    "an",
    "and",
    "anenst",
    "apropos",
    "apud",
    "around",
    "as",
    "aside",
    "astride",
    "at",
    "athwart",
    "atop",
    "barring",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "but",
    "by",
    "ca",
    "circa",
    "de",
    "despite",
    "down",
    "during",
    "et",
    "except",
    "for",
    "forenenst",
    "from",
    "given",
    "in",
    "inside",
    "into",
    "lest",
    "like",
    "modulo",
    "near",
    "next",
    "nor",
    "notwithstanding",
    "of",
    "off",
    "on",
    "onto",
    "or",
    "out",
    "over",
    "per",
    "plus",
    "pro",
    "qua",
    "sans",
    "since",
    "so",
    "than",
    "the",
    "through",
    "throughout",
    "thruout",
    "till",
    "to",
    "toward",
    "towards",
    "under",
    "underneath",
    "until",
    "unto",
    "up",
    "upon",
    "van",
    "versus",
    "via",
    "von",
    "vs",
    "with",
    "within",
    "without",
    "yet",
];

/// Changes the case of the letters that may change.
pub(super) fn change(runs: &mut [Run], case: Case) {
    match case {
        Case::Lower => each(runs, |text| text.to_lowercase()),
        Case::Upper => each(runs, |text| text.to_uppercase()),
        Case::First => first(runs),
        Case::Sentence => {
            if is_shouted(runs) {
                each(runs, |text| text.to_lowercase());
            }
            first(runs);
        }
        Case::All => words(runs, |word, _| capitalized(word)),
        Case::Title => words(runs, title_word),
    }
}

/// Where a word stands in a title.
#[derive(Clone, Copy, Default)]
struct Place {
    /// At the beginning of the title or of what follows a colon.
    first: bool,
    last: bool,
    /// Before the first hyphen of all, with nothing else in between.
    before_hyphen: bool,
}

fn title_word(word: &str, place: Place) -> Option<String> {
    // Of a word that has capitals already its author knew why.
    if word.chars().any(char::is_uppercase) {
        return None;
    }
    // What begins with `v` and has two letters is a version or a number: `v2`, `vi`.
    let small = word.chars().nth(1).is_none()
        || SMALL.contains(&word)
        || word.starts_with('v') && word.chars().count() == 2;
    let asked = place.first || place.before_hyphen || place.last && word.chars().nth(1).is_some();
    if small && !asked {
        return None;
    }
    capitalized(word)
}

/// The word with a capital, or nothing where that changes nothing.
fn capitalized(word: &str) -> Option<String> {
    let mut letters = word.chars();
    let first = letters.next()?;
    // Greek letters are symbols here: β-catenin.
    if !first.is_lowercase() || ('α'..='ω').contains(&first) {
        return None;
    }
    let mut out: String = first.to_uppercase().collect();
    out.push_str(letters.as_str());
    Some(out)
}

fn is_shouted(runs: &[Run]) -> bool {
    let mut letters = runs.iter().filter(|run| run.may_change()).flat_map(|run| run.text.chars());
    let mut any = false;
    letters.all(|letter| {
        any |= letter.is_uppercase();
        !letter.is_lowercase()
    }) && any
}

fn each(runs: &mut [Run], change: impl Fn(&str) -> String) {
    for run in runs.iter_mut().filter(|run| run.may_change()) {
        run.text = change(&run.text);
    }
}

/// Gives the first letter of all a capital.
fn first(runs: &mut [Run]) {
    let Some(run) = runs.iter_mut().find(|run| run.text.chars().any(char::is_alphanumeric)) else {
        return;
    };
    if !run.may_change() {
        return;
    }
    let Some((at, letter)) = run.text.char_indices().find(|(_, c)| c.is_alphanumeric()) else {
        return;
    };
    // Only the first word counts, and only if it is not one with capitals inside.
    let word: String = run.text[at..].chars().take_while(|c| c.is_alphanumeric()).collect();
    if letter.is_lowercase() && !word.chars().skip(1).any(char::is_uppercase) {
        let upper: String = letter.to_uppercase().collect();
        run.text.replace_range(at..at + letter.len_utf8(), &upper);
    }
}

/// Tells whether a mark divides words. What it does not hold, like `@` or `_`, is part of one.
fn divides(mark: char) -> bool {
    mark.is_whitespace()
        || matches!(
            mark,
            '-' | '–'
                | '—'
                | '/'
                | '.'
                | ','
                | ';'
                | '?'
                | '!'
                | ':'
                | '['
                | ']'
                | '('
                | ')'
                | '‘'
                | '’'
                | '“'
                | '”'
                | '\''
                | '"'
        )
}

/// A word: its run, its bytes, and where it stands.
struct Word {
    run: usize,
    from: usize,
    to: usize,
    place: Place,
}

/// What is known where a word may begin.
struct Walk {
    /// Whether a title, or what follows a colon, begins here.
    first: bool,
    /// Whether no mark but spaces stood before.
    unmarked: bool,
    /// Whether this goes on with what no style may change: `o` in `CO<sub>2</sub>o`.
    inside: bool,
    before: char,
    /// The word that ends the title if none follows.
    last: Option<usize>,
}

/// Hands every word to `change`, which gives what it becomes if anything.
fn words(runs: &mut [Run], change: impl Fn(&str, Place) -> Option<String>) {
    let mut found: Vec<Word> = Vec::new();
    let mut walk = Walk { first: true, unmarked: true, inside: false, before: ' ', last: None };
    for (n, run) in runs.iter().enumerate() {
        if run.may_change() {
            walk.run(n, &run.text, &mut found);
        } else if matches!(run.role, super::run::Role::Quote { .. }) {
            walk.unmarked = false;
            walk.inside = false;
            walk.before = ' ';
        } else if !run.text.trim().is_empty() {
            walk.first = false;
            walk.unmarked = false;
            walk.last = None;
            walk.inside = run.text.ends_with(char::is_alphanumeric);
            walk.before = 'x';
        }
    }
    if let Some(last) = walk.last.and_then(|last| found.get_mut(last)) {
        last.place.last = true;
    }
    for word in found.into_iter().rev() {
        let text = &mut runs[word.run].text;
        if let Some(changed) = change(&text[word.from..word.to], word.place) {
            text.replace_range(word.from..word.to, &changed);
        }
    }
}

impl Walk {
    /// Finds the words of one run.
    fn run(&mut self, run: usize, text: &str, found: &mut Vec<Word>) {
        let mut at = 0;
        while let Some(letter) = text[at..].chars().next() {
            if divides(letter) {
                self.inside = false;
                self.unmarked &= letter.is_whitespace();
                self.first |= matches!(letter, ':' | '?' | '!');
                self.before = letter;
                at += letter.len_utf8();
                continue;
            }
            let to = text[at..].find(divides).map_or(text.len(), |end| at + end);
            let apostrophe = matches!(self.before, '’' | '\'' | '"');
            if !self.inside {
                if !apostrophe {
                    let place = Place {
                        first: self.first,
                        last: false,
                        before_hyphen: self.unmarked && text[to..].starts_with('-'),
                    };
                    found.push(Word { run, from: at, to, place });
                }
                // What follows an apostrophe is the rest of a word, and ends no title either.
                self.last = (!apostrophe).then(|| found.len() - 1);
                self.first = false;
            }
            self.inside = true;
            let end = text[..to].chars().next_back().unwrap_or(' ');
            self.before = end;
            at = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csl::run::Role;

    fn titled(parts: &[(&str, bool)]) -> String {
        let mut runs: Vec<Run> = parts
            .iter()
            .map(|(text, fixed)| Run {
                role: if *fixed { Role::Fixed } else { Role::Plain },
                ..Run::plain(*text)
            })
            .collect();
        change(&mut runs, Case::Title);
        runs.iter().map(|run| run.text.as_str()).collect()
    }

    #[test]
    fn titles_have_the_capitals_that_citeproc_gives_them() {
        let cases = [
            ("the state of the art", "The State of the Art"),
            ("a review: the state", "A Review: The State"),
            ("what to look for", "What to Look For"),
            ("various r programming tools for r", "Various r Programming Tools for r"),
            ("variétés de l’espèce", "Variétés de l’espèce"),
            ("a sociología y cambio", "A Sociología y Cambio"),
            ("point-of-care tests", "Point-of-Care Tests"),
            ("in-vitro and ex-vivo", "In-Vitro and Ex-Vivo"),
            ("tools: v1.0.0 and v2.0", "Tools: V1.0.0 and v2.0"),
            ("extension of `data.frame`", "Extension of `data.Frame`"),
            ("the pages of hhs.gov", "The Pages of Hhs.Gov"),
            ("β-catenin and the μsecond", "β-Catenin and the μsecond"),
            ("complex according to mice", "Complex According to Mice"),
        ];
        for (text, expected) in cases {
            assert_eq!(titled(&[(text, false)]), expected);
        }
    }

    #[test]
    fn the_last_word_is_the_one_before_what_may_not_change() {
        let cases: [(&[(&str, bool)], &str); 3] = [
            (&[("statistics with ", false), ("R", true)], "Statistics with R"),
            (
                &[("machine learning in ", false), ("P", true), ("ython", false)],
                "Machine Learning in Python",
            ),
            (&[("R", true), (" in and out", false)], "R in and Out"),
        ];
        for (parts, expected) in cases {
            assert_eq!(titled(parts), expected);
        }
    }
}
