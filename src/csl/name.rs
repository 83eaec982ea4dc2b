//! The names of people and bodies, one by one and in lists.

use crate::cite::{Name, Names as People};

use super::case;
use super::dress::dress;
use super::model::{Delimit, Demote, Inverted, NameForm, NameOptions, Program};
use super::run::{self, Run, is_empty};

/// How far a name is spelt out, so that it is not taken for another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub(super) enum Given {
    #[default]
    AsStyled,
    Initials,
    Full,
}

/// What sets the names of one citation apart from those of another.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Apart {
    /// How many names more than the style shows.
    pub(super) more: usize,
    /// How many are shown whatever the style says.
    pub(super) least: usize,
    /// How far each is spelt out.
    pub(super) given: Vec<Given>,
}

/// How the names of one element are printed this time.
#[derive(Clone, Copy)]
pub(super) struct Manner<'a> {
    pub(super) program: &'a Program,
    pub(super) options: &'a NameOptions,
    pub(super) apart: Option<&'a Apart>,
    /// Whether the work has been cited before.
    pub(super) subsequent: bool,
    /// Whether it is for sorting.
    pub(super) sorting: bool,
}

impl Manner<'_> {
    /// How many of the names are shown, and whether the rest is `et al.`
    pub(super) fn shown(&self, people: &People) -> (usize, bool) {
        let count = people.list.len();
        let et_al =
            if self.subsequent { self.options.et_al_subsequent } else { self.options.et_al };
        let whole =
            et_al.min == 0 || et_al.use_first == 0 || count < et_al.min || count <= et_al.use_first;
        if whole {
            return (count, people.others);
        }
        let shown = et_al.use_first + self.apart.map_or(0, |apart| apart.more);
        let shown = shown.max(self.apart.map_or(0, |apart| apart.least));
        if shown >= count { (count, people.others) } else { (shown, true) }
    }

    /// The letters of each name that is shown, and of what stands for the others.
    pub(super) fn each(&self, people: &People) -> Vec<String> {
        let (shown, cut) = self.shown(people);
        let names = people.list[..shown].iter().enumerate();
        let mut each: Vec<String> = names.map(|(n, name)| run::text(&self.one(name, n))).collect();
        each.extend(cut.then(|| self.options.et_al_text.clone()));
        each
    }

    /// Prints a list of names.
    pub(super) fn list(&self, people: &People) -> Vec<Run> {
        self.list_after(people, "", 0)
    }

    /// Prints a list of names with something else in the place of the first of them.
    pub(super) fn list_after(&self, people: &People, with: &str, count: usize) -> Vec<Run> {
        let options = self.options;
        let (shown, cut) = self.shown(people);
        if options.form == NameForm::Count {
            return vec![Run::plain(shown.to_string())];
        }
        let name = |(n, name)| if n < count { vec![Run::plain(with)] } else { self.one(name, n) };
        let names: Vec<Vec<Run>> = people.list[..shown].iter().enumerate().map(name).collect();
        let mut out = Vec::new();
        let inverted = |n: usize| {
            self.is_inverted(n) && matches!(people.list.get(n), Some(Name::Person { .. }))
        };
        let last = names.len().saturating_sub(1);
        let use_last = cut && options.use_last && people.list.len() >= shown + 2 && !people.others;
        for (n, name) in names.into_iter().enumerate() {
            if n > 0 {
                let and = options.and.as_deref().filter(|_| n == last && !cut);
                match and {
                    None => out.push(Run::plain(&options.delimiter)),
                    Some(and) => {
                        let body = matches!(people.list.get(n), Some(Name::Literal(_)));
                        let rule =
                            if body { options.before_last_body } else { options.before_last };
                        let delimited = match rule {
                            Delimit::Contextual => last >= 2,
                            Delimit::AfterInverted => inverted(n - 1),
                            Delimit::Always => true,
                            Delimit::Never => false,
                        } || body
                            && options.before_last == Delimit::AfterInverted
                            && inverted(n - 1);
                        let before = if delimited { &options.delimiter } else { " " };
                        out.push(Run::plain(spaced(before, and)));
                    }
                }
            }
            out.extend(name);
        }
        if use_last {
            let end = people.list.len() - 1;
            out.push(Run::plain(format!("{}… ", options.delimiter)));
            out.extend(self.one(&people.list[end], end));
        } else if cut && !self.sorting && !options.et_al_text.is_empty() && shown > 0 {
            let delimited = match options.before_et_al {
                Delimit::Contextual => shown >= 2,
                Delimit::AfterInverted => inverted(shown - 1),
                Delimit::Always => true,
                Delimit::Never => false,
            };
            out.push(Run::plain(if delimited { options.delimiter.as_str() } else { " " }));
            let mut et_al = Run::plain(&options.et_al_text);
            et_al.format = options.et_al_format;
            out.push(et_al);
        }
        dress(out, &options.look, true)
    }

    fn is_inverted(&self, n: usize) -> bool {
        self.sorting
            || match self.options.inverted {
                Inverted::None => false,
                Inverted::First => n == 0,
                Inverted::All => true,
            }
    }

    /// Prints one name, the `n`th of its list.
    pub(super) fn one(&self, name: &Name, n: usize) -> Vec<Run> {
        let options = self.options;
        let (family, given, particle, dropping, suffix) = match name {
            Name::Literal(name) => return self.family_part(name),
            Name::Person { family, given, particle, dropping_particle, suffix } => (
                family.as_str(),
                given.as_str(),
                particle.as_str(),
                dropping_particle.as_str(),
                suffix.as_str(),
            ),
        };
        // Where initials have no points, `Jr` has none either.
        let pointless = options.initialize_with.as_deref().is_some_and(|with| !with.contains('.'));
        let suffix = if pointless { suffix.trim_end_matches('.') } else { suffix };
        let level = self.apart.and_then(|apart| apart.given.get(n)).copied().unwrap_or_default();
        let whole = glue(particle, family);
        let short = options.form == NameForm::Short && level == Given::AsStyled && !self.sorting;
        if short {
            return self.family_part(&whole);
        }
        if family.is_empty() {
            return self.given_part(given);
        }
        let given = match level {
            Given::Full => given.to_owned(),
            Given::Initials => self.initials(given, true),
            Given::AsStyled => self.initials(given, options.initialize),
        };
        if is_ideographic(family) {
            let mut out = self.family_part(&whole);
            out.extend(self.given_part(&given));
            return out;
        }
        let mut out = Vec::new();
        if self.is_inverted(n) {
            let demoted = match self.program.demote {
                Demote::DisplayAndSort => true,
                Demote::SortOnly => self.sorting,
                Demote::Never => false,
            };
            out.extend(self.family_part(if demoted { family } else { &whole }));
            let mut rest = glue(&given, dropping);
            if demoted {
                rest = glue(&rest, particle);
            }
            for part in [self.given_part(&rest), vec![Run::plain(suffix)]] {
                if !is_empty(&part) {
                    out.push(Run::plain(&options.sort_separator));
                    out.extend(part);
                }
            }
        } else {
            let first = self.given_part(&given);
            let joint = if is_empty(&first) || ends_joined(&given) { "" } else { " " };
            out.extend(first);
            out.push(Run::plain(joint));
            out.extend(self.family_part(&glue(dropping, &whole)));
            if !suffix.is_empty() {
                out.push(Run::plain(format!(" {suffix}")));
            }
        }
        out.retain(|run| !run.text.is_empty());
        out
    }

    fn family_part(&self, text: &str) -> Vec<Run> {
        part(text, &self.options.family)
    }

    fn given_part(&self, text: &str) -> Vec<Run> {
        part(text, &self.options.given)
    }

    /// Shortens given names as the style wants it.
    fn initials(&self, given: &str, shorten: bool) -> String {
        let Some(with) = self.options.initialize_with.as_deref() else { return given.to_owned() };
        initials(given, with, shorten, self.program.hyphen_initials)
    }
}

fn part(text: &str, look: &super::model::Look) -> Vec<Run> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut runs = vec![Run::plain(text)];
    if let Some(wanted) = look.case {
        case::change(&mut runs, wanted);
    }
    dress(runs, look, true)
}

/// Puts two parts of a name together.
fn glue(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, _) => second.to_owned(),
        (_, true) => first.to_owned(),
        _ if ends_joined(first) => format!("{first}{second}"),
        _ => format!("{first} {second}"),
    }
}

fn ends_joined(text: &str) -> bool {
    text.ends_with(['\'', '’', '-', '–'])
}

fn spaced(before: &str, word: &str) -> String {
    let gap = if before.ends_with(' ') || before.is_empty() { "" } else { " " };
    format!("{before}{gap}{word} ")
}

fn is_ideographic(name: &str) -> bool {
    name.chars().any(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'))
}

/// Given names as initials, each followed by `with`; where names are not to be shortened only
/// the initials among them are set anew.
fn initials(given: &str, with: &str, shorten: bool, hyphens: bool) -> String {
    let mut out = String::new();
    // A style that wants no hyphens takes the parts of `Ji-yun` for words of their own.
    let unhyphenated = if hyphens { String::new() } else { given.replace('-', " ") };
    let given = if hyphens { given } else { &unhyphenated };
    for word in given.split_whitespace() {
        for (n, part) in word.split('-').enumerate() {
            push_name(&mut out, part, with, shorten, n > 0, hyphens);
        }
    }
    out.trim_end().to_owned()
}

fn push_name(out: &mut String, part: &str, with: &str, shorten: bool, hyphen: bool, hyphens: bool) {
    let is_word = |text: &str| text.chars().any(char::is_alphanumeric);
    if !is_word(part) {
        return;
    }
    let pieces: Vec<&str> = part.split('.').filter(|piece| !piece.is_empty()).collect();
    let dotted = part.contains('.');
    for (n, piece) in pieces.iter().enumerate() {
        let first = piece.chars().next().unwrap_or_default();
        let abbreviated = dotted && (n + 1 < pieces.len() || part.ends_with('.'));
        let single = piece.chars().count() == 1;
        if first.is_lowercase() && hyphen && shorten {
            // The second half of `Yu-han` has no initial.
            continue;
        }
        if (first.is_lowercase() || !first.is_alphabetic()) && !abbreviated && !hyphen {
            // A particle among the given names stays a word.
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            out.push_str(piece);
            out.push(' ');
            continue;
        }
        let initial = abbreviated || (single && first.is_uppercase());
        if !(shorten || initial) {
            if !out.is_empty() && !out.ends_with([' ', '-']) {
                out.push(' ');
            }
            if hyphen && n == 0 {
                out.truncate(out.trim_end().len());
                out.push('-');
            }
            out.push_str(piece);
            if n + 1 == pieces.len() {
                out.push(' ');
            }
            continue;
        }
        if hyphen && n == 0 && hyphens && shorten {
            out.truncate(out.trim_end().len());
            out.push('-');
        }
        if shorten {
            if abbreviated && n + 1 == pieces.len() {
                // More than one letter belongs to some initials: `Th.`, `Chr.`
                out.push_str(piece);
            } else {
                out.extend(first.to_uppercase());
                out.push_str(&digraph(piece));
            }
        } else {
            out.push_str(piece);
        }
        out.push_str(with);
    }
}

/// What belongs to the first letter of a name that begins with two capitals: the `j` of `IJsbrand`.
fn digraph(name: &str) -> String {
    let capitals = name.chars().skip(1).take_while(|letter| letter.is_uppercase()).count();
    let whole = name.chars().count() == capitals + 1;
    if whole {
        String::new()
    } else {
        name.chars().skip(1).take(capitals).collect::<String>().to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn given_names_become_initials() {
        let cases = [
            ("Jan Peter", ". ", "J. P."),
            ("Jan Peter", "", "JP"),
            ("Jean-Luc", ". ", "J.-L."),
            ("J.-L.", ".", "J.-L."),
            ("J.P.", ". ", "J. P."),
            ("John R. R.", ".", "J.R.R."),
            ("Ludwig van", ". ", "L. van"),
            ("Émile", ".", "É."),
            ("IJsbrand Jan", ". ", "Ij. J."),
            ("JP", ". ", "J."),
            ("Jean‐Luc", ". ", "J."),
            ("Yu-han", ". ", "Y."),
        ];
        for (given, with, expected) in cases {
            assert_eq!(initials(given, with, true, true), expected, "{given}");
        }
        assert_eq!(initials("Jean-Luc", "", true, false), "JL");
        assert_eq!(initials("Ji-yun", "", true, false), "J yun");
        assert_eq!(initials("Anna J.", ". ", false, true), "Anna J.");
    }
}
