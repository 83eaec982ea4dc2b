//! Quotation marks and apostrophes as they are printed.

use crate::cite::Rich;

use super::run::{Format, Role, Run, Vertical};

/// A mark in a text that may be one of quotation.
struct Mark {
    run: usize,
    at: usize,
    letter: char,
    before: Option<char>,
    after: Option<char>,
}

impl Mark {
    fn opens(&self) -> bool {
        match self.letter {
            '“' | '‘' | '„' => true,
            // With a space behind it, as the French write it.
            '«' | '‹' => self.before.is_none_or(is_gap),
            '"' | '\'' | '‚' | '»' | '›' => {
                self.before.is_none_or(is_gap) && self.after.is_some_and(|c| !c.is_whitespace())
            }
            _ => false,
        }
    }

    fn closes(&self, opening: &Self) -> bool {
        let same = matches!(
            (opening.letter, self.letter),
            ('"', '"')
                | ('\'', '\'')
                | ('“', '”')
                | ('‘', '’')
                | ('„', '“' | '”')
                | ('‚', '‘' | '’')
                | ('«', '»')
                | ('»', '«')
                | ('‹', '›')
                | ('›', '‹')
        );
        let spaced = matches!(self.letter, '»' | '›');
        same && self.before.is_some_and(|c| spaced || !c.is_whitespace())
            && self.after.is_none_or(|c| !c.is_alphanumeric())
    }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '/' | ':')
        || OPENING.contains(&c)
}

/// What may open a quotation.
const OPENING: &[char] = &['"', '\'', '“', '‘', '„', '‚', '«', '»', '‹', '›'];

/// The runs of a text, with its quotations known as such and its apostrophes curly.
pub(super) fn runs(rich: &Rich) -> Vec<Run> {
    let runs = shaped(rich);
    if !runs.iter().any(|run| run.text.contains(OPENING)) {
        return runs;
    }
    let marks = marks(&runs);
    let mut quotes = vec![None; marks.len()];
    let mut open: Vec<usize> = Vec::new();
    for (n, mark) in marks.iter().enumerate() {
        if let Some(depth) = open.iter().rposition(|opening| mark.closes(&marks[*opening])) {
            let opening = open[depth];
            open.truncate(depth);
            quotes[opening] = Some(Role::Quote { open: true });
            quotes[n] = Some(Role::Quote { open: false });
        } else if mark.opens() {
            open.push(n);
        }
    }
    let mut out = Vec::new();
    let mut marks = marks.iter().zip(quotes).peekable();
    for (n, run) in runs.iter().enumerate() {
        let mut from = 0;
        let mut text = String::new();
        while let Some((mark, quote)) = marks.next_if(|(mark, _)| mark.run == n) {
            text.push_str(&run.text[from..mark.at]);
            from = mark.at + mark.letter.len_utf8();
            match quote {
                Some(role) => {
                    // The space within « these » goes where the mark goes.
                    let rest = &run.text[from..];
                    let (before, after) = match mark.letter {
                        '«' | '‹' if role == (Role::Quote { open: true }) => {
                            (0, rest.len() - rest.trim_start().len())
                        }
                        '»' | '›' if role == (Role::Quote { open: false }) => {
                            (text.len() - text.trim_end().len(), 0)
                        }
                        _ => (0, 0),
                    };
                    let space = text.split_off(text.len() - before);
                    out.push(Run { text: std::mem::take(&mut text), ..run.clone() });
                    let curly = !matches!(mark.letter, '"' | '\'');
                    let letter = if curly { mark.letter.to_string() } else { String::new() };
                    let text = format!("{space}{letter}{}", &rest[..after]);
                    out.push(Run { text, role, ..run.clone() });
                    from += after;
                }
                None => text.push(match mark.letter {
                    '\'' => '’',
                    letter => letter,
                }),
            }
        }
        text.push_str(&run.text[from..]);
        out.push(Run { text, ..run.clone() });
    }
    out.retain(|run| !run.text.is_empty() || matches!(run.role, Role::Quote { .. }));
    out
}

fn marks(runs: &[Run]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut before = None;
    let mut waiting = false;
    for (run, each) in runs.iter().enumerate() {
        for (at, letter) in each.text.char_indices() {
            if waiting {
                if let Some(last) = marks.last_mut() {
                    last.after = Some(letter);
                }
                waiting = false;
            }
            if OPENING.contains(&letter) || matches!(letter, '”' | '’') {
                marks.push(Mark { run, at, letter, before, after: None });
                waiting = true;
            }
            before = Some(letter);
        }
    }
    marks
}

/// The runs of a text, each in its shape.
pub(super) fn shaped(rich: &Rich) -> Vec<Run> {
    rich.pieces
        .iter()
        .map(|piece| {
            let shape = piece.shape;
            let vertical = match (shape.superscript, shape.subscript) {
                (true, _) => Some(Vertical::Super),
                (_, true) => Some(Vertical::Sub),
                _ => None,
            };
            let fixed = shape.fixed_case || vertical.is_some() || shape.small_caps;
            Run {
                text: piece.text.clone(),
                format: Format {
                    small_caps: shape.small_caps.then_some(true),
                    vertical,
                    emphasis: shape.italic,
                    strong: shape.bold,
                    ..Format::default()
                },
                role: if fixed { Role::Fixed } else { Role::Plain },
                cite: 0,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_quotations_in_pairs_and_apostrophes_alone() {
        let cases = [
            ("\"Quoted\" words", "<Quoted> words"),
            ("It's Alzheimer's", "It’s Alzheimer’s"),
            ("the 'Global' list", "the <Global> list"),
            ("\"a 'b' c\"", "<a <b> c>"),
            ("the dogs' \"bark\"", "the dogs’ <bark>"),
            ("a 5\" pipe", "a 5\" pipe"),
            ("“curly” ‘one’", "<curly> <one>"),
            ("rock ’n’ roll", "rock ’n’ roll"),
            ("Der „Begriff“ des ‚Rechts‘", "Der <Begriff> des <Rechts>"),
            ("Die »Sache« selbst", "Die <Sache> selbst"),
            ("Le «mot» et « la chose »", "Le <mot> et <la chose>"),
            ("Start » Page » Here", "Start » Page » Here"),
            ("„Wie geht’s“", "<Wie geht’s>"),
        ];
        for (text, expected) in cases {
            let shown: String = runs(&Rich::plain(text))
                .iter()
                .map(|run| match run.role {
                    Role::Quote { open: true } => "<",
                    Role::Quote { open: false } => ">",
                    _ => run.text.as_str(),
                })
                .collect();
            assert_eq!(shown, expected);
        }
    }
}
