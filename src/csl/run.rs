//! Printed text in runs of one format each, before it is HTML.

use std::mem;

/// How a run is set. What is nothing is decided further out.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Format {
    pub(super) italic: Option<bool>,
    pub(super) bold: Option<bool>,
    pub(super) small_caps: Option<bool>,
    pub(super) underline: Option<bool>,
    pub(super) vertical: Option<Vertical>,
    /// Italics of the text itself, which are upright within italics.
    pub(super) emphasis: bool,
    pub(super) strong: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Vertical {
    Base,
    Super,
    Sub,
}

impl Format {
    /// Takes from the format around it what is open in this one.
    pub(super) fn within(self, outer: Self) -> Self {
        Self {
            italic: self.italic.or(outer.italic),
            bold: self.bold.or(outer.bold),
            small_caps: self.small_caps.or(outer.small_caps),
            underline: self.underline.or(outer.underline),
            vertical: self.vertical.or(outer.vertical),
            emphasis: self.emphasis ^ outer.emphasis,
            strong: self.strong ^ outer.strong,
        }
    }
}

/// What a run is, beside its letters.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Role {
    #[default]
    Plain,
    /// Text of a work whose letters no style may change.
    Fixed,
    /// A quotation mark, whose form depends on those around it.
    Quote { open: bool },
    /// An identifier that leads somewhere.
    Link(Link),
    /// The letter after a year.
    YearSuffix,
    /// Between lines.
    Break,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Link {
    Url,
    Doi,
    Pmid,
    Pmcid,
}

/// A stretch of text of one format.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) format: Format,
    pub(super) role: Role,
    /// The cite it belongs to, counted from 1; 0 for what stands between cites.
    pub(super) cite: usize,
}

impl Run {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub(super) fn quote(open: bool) -> Self {
        Self { role: Role::Quote { open }, ..Self::default() }
    }

    /// Tells whether a style may change the case of its letters.
    pub(super) fn may_change(&self) -> bool {
        !matches!(self.role, Role::Fixed | Role::Quote { .. } | Role::Link(_) | Role::Break)
    }

    fn is_nothing(&self) -> bool {
        self.text.is_empty() && !matches!(self.role, Role::Quote { .. } | Role::Break)
    }
}

/// The letters of some runs, quotation marks as plain ones.
pub(super) fn text(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        match run.role {
            Role::Quote { .. } => text.push('"'),
            _ => text.push_str(&run.text),
        }
    }
    text
}

/// Tells whether nothing of it shows.
pub(super) fn is_empty(runs: &[Run]) -> bool {
    runs.iter().all(Run::is_nothing)
}

/// Makes sentences out of runs: where two of them meet, marks that would stand twice are one,
/// and in languages that want it points and commas go inside quotation marks.
pub(super) fn clean(runs: Vec<Run>, into_quotes: bool) -> Vec<Run> {
    let mut done: Vec<Run> = Vec::with_capacity(runs.len());
    for mut run in runs {
        if run.is_nothing() {
            continue;
        }
        if !matches!(run.role, Role::Quote { .. } | Role::Break) {
            join(&mut done, &mut run, into_quotes);
        }
        if !run.is_nothing() {
            done.push(run);
        }
    }
    while let Some(last) = done.last_mut().filter(|run| !matches!(run.role, Role::Quote { .. })) {
        let length = last.text.trim_end_matches(' ').len();
        last.text.truncate(length);
        if !last.is_nothing() {
            break;
        }
        done.pop();
    }
    done
}

/// What two marks become that meet.
enum Meeting {
    Both,
    First,
    Second,
}

fn meet(first: char, second: char) -> Meeting {
    match (first, second) {
        ('.', '.') | (',', ',') | (';', ';') | (':', ':') | ('?', '?') | ('!', '!') => {
            Meeting::First
        }
        ('!' | '?' | ':' | ';', '.') | (';', ':') => Meeting::First,
        (',', '.' | ';' | ':' | ')' | ']') => Meeting::Second,
        (':' | ';', ',') => Meeting::First,
        _ => Meeting::Both,
    }
}

fn join(done: &mut Vec<Run>, run: &mut Run, into_quotes: bool) {
    while let Some(second) = run.text.chars().next() {
        // The last letter, and whether closing quotation marks stand after it.
        let is_text = |run: &Run| !run.text.is_empty() && !matches!(run.role, Role::Quote { .. });
        let Some(at) = done.iter().rposition(is_text) else {
            if done.is_empty() && second == ' ' {
                run.text.remove(0);
                continue;
            }
            return;
        };
        if done[at + 1..]
            .iter()
            .any(|run| matches!(run.role, Role::Quote { open: true } | Role::Break))
        {
            return;
        }
        let quoted = at + 1 < done.len();
        let Some(first) = done[at].text.chars().next_back() else { return };
        if first == ' ' && !quoted {
            match second {
                ' ' => {
                    run.text.remove(0);
                }
                ';' | '.' | ')' | ']' => {
                    done[at].text.pop();
                }
                _ => return,
            }
            continue;
        }
        if quoted {
            let takes = match second {
                _ if run.role == Role::Fixed => false,
                '.' => true,
                ',' => into_quotes,
                _ => false,
            };
            if !takes {
                return;
            }
            match (first, second) {
                ('.' | '!' | '?', '.') | (',', ',') => {
                    run.text.remove(0);
                }
                (',', '.') => {
                    done[at].text.pop();
                    done[at].text.push(second);
                    run.text.remove(0);
                }
                _ if !into_quotes => return,
                (_, mark) => {
                    let place = Run {
                        text: mark.to_string(),
                        format: Format::default(),
                        role: Role::Plain,
                        cite: done[at].cite,
                    };
                    done.insert(at + 1, place);
                    run.text.remove(0);
                }
            }
            continue;
        }
        match meet(first, second) {
            Meeting::Both => return,
            Meeting::First => {
                run.text.remove(0);
            }
            Meeting::Second => {
                done[at].text.pop();
                if done[at].text.is_empty() {
                    done.remove(at);
                }
            }
        }
    }
}

/// Gives every quotation mark its letters: the outer ones of the language, and within them the
/// inner ones. Curly ones that stand in no others stay as they were written.
pub(super) fn quote(runs: &mut [Run], marks: &Marks) {
    // Whether each that is open is an inner one; nothing for one that is none of the language.
    let mut open: Vec<Option<bool>> = Vec::new();
    for run in runs {
        let Role::Quote { open: opens } = run.role else { continue };
        let inner = if opens {
            // Some languages have a space within their marks, which few people write.
            let written = run.text.trim();
            let known = ["", marks.open.trim(), marks.open_inner.trim()].contains(&written);
            let around = open.iter().rev().find_map(|inner| *inner);
            let inner = match around {
                Some(inner) => !inner,
                None => !written.is_empty() && written != marks.open.trim(),
            };
            open.push(known.then_some(inner));
            known.then_some(inner)
        } else {
            open.pop().unwrap_or(Some(false))
        };
        let mark = match (opens, inner) {
            (_, None) => continue,
            (true, Some(false)) => &marks.open,
            (false, Some(false)) => &marks.close,
            (true, Some(true)) => &marks.open_inner,
            (false, Some(true)) => &marks.close_inner,
        };
        run.text.clone_from(mark);
    }
}

/// The quotation marks of a language.
#[derive(Clone, Default, Debug)]
pub(super) struct Marks {
    pub(super) open: String,
    pub(super) close: String,
    pub(super) open_inner: String,
    pub(super) close_inner: String,
}

/// Takes the full stops out of runs, `U.S.A.` too, but for those within a word: `Bloomberg.com`.
pub(super) fn strip_periods(runs: &mut [Run]) {
    for run in runs {
        if !run.text.contains('.') {
            continue;
        }
        let text = mem::take(&mut run.text);
        let mut letters = text.chars().peekable();
        // How many letters of a word stand right before.
        let mut before = 0;
        while let Some(letter) = letters.next() {
            let within = before > 1 && letters.peek().is_some_and(|next| next.is_alphanumeric());
            if letter != '.' || within {
                run.text.push(letter);
            }
            before = if letter.is_alphanumeric() { before + 1 } else { 0 };
        }
    }
}
