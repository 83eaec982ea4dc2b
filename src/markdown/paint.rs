//! Paints code line by line, and remembers the lines.

use std::collections::HashMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use syntect::parsing::{
    BasicScopeStackOp, ParseState, Scope, ScopeStack, ScopeStackOp, SyntaxReference,
};

use super::highlight::Highlighter;
use super::spans::Spans;

/// Code of more bytes is not coloured: nobody reads it, and it would take seconds.
const LONGEST_CODE: usize = 256 * 1024;

/// Code with a longer line is not coloured: it is made by machines, and patterns that look
/// ahead need quadratic time for it.
const LONGEST_LINE: usize = 10_000;

/// How many lines are remembered before all are forgotten: some megabytes.
const MOST_LINES: usize = 10_000;

/// How many states of the same scopes are compared with a new one.
const MOST_ALIKE: usize = 8;

/// Colours the code of texts, one after the other, and remembers what it has met.
///
/// To read a line takes as long as to read a page of prose, and a third of the lines of any
/// documentation stands there twice: closing brackets, imports, prompts. What a line becomes
/// hangs on nothing but its bytes and the state that the lines before have left, so it is never
/// seen in the result whether a line was remembered.
pub struct Painter<'a> {
    highlighter: &'a Highlighter,
    classes: HashMap<Scope, Rc<str>>,
    states: Vec<State>,
    /// The states by their scopes: the library's own have no hash.
    alike: HashMap<Vec<Scope>, Vec<usize>>,
    remembered: usize,
}

/// What the lines before have left, and the lines that have followed.
struct State {
    parse: ParseState,
    scopes: ScopeStack,
    lines: HashMap<Box<str>, Line>,
}

/// A line in colours, and the number of the state behind it.
struct Line {
    html: Rc<str>,
    after: usize,
}

impl<'a> Painter<'a> {
    /// A painter that has met nothing.
    pub fn new(highlighter: &'a Highlighter) -> Self {
        Self {
            highlighter,
            classes: HashMap::new(),
            states: Vec::new(),
            alike: HashMap::new(),
            remembered: 0,
        }
    }

    /// What it paints with.
    pub(super) fn highlighter(&self) -> &'a Highlighter {
        self.highlighter
    }

    /// Writes code as HTML, line by line: every element that a line opens it also closes, so
    /// that lines can be marked, numbered and left out. None where the code cannot be coloured.
    pub(super) fn paint(&mut self, code: &str, syntax: &SyntaxReference) -> Option<Vec<Rc<str>>> {
        if code.len() > LONGEST_CODE || code.lines().any(|line| line.len() > LONGEST_LINE) {
            return None;
        }
        if self.remembered > MOST_LINES {
            self.states.clear();
            self.alike.clear();
            self.remembered = 0;
        }
        // The library looks into its syntaxes with `expect`; its state is dropped with the
        // panic, and only what is whole is remembered, so nothing half-made is seen again.
        catch_unwind(AssertUnwindSafe(|| self.lines(code, syntax))).ok().flatten()
    }

    fn lines(&mut self, code: &str, syntax: &SyntaxReference) -> Option<Vec<Rc<str>>> {
        let mut state = self.state(ParseState::new(syntax), ScopeStack::new());
        let mut lines = Vec::new();
        for line in code.split_inclusive('\n') {
            let (html, after) = match self.states[state].lines.get(line) {
                Some(Line { html, after }) => (Rc::clone(html), *after),
                None => self.meet(state, line)?,
            };
            lines.push(html);
            state = after;
        }
        Some(lines)
    }

    /// Paints a line that has not followed a state before.
    fn meet(&mut self, state: usize, line: &str) -> Option<(Rc<str>, usize)> {
        let State { parse, scopes, .. } = &self.states[state];
        let (mut parse, mut scopes) = (parse.clone(), scopes.clone());
        let tokens = parse.parse_line(line, self.highlighter.syntaxes()).ok()?;
        let html: Rc<str> = self.line(line, &tokens, &mut scopes)?.into();
        let after = self.state(parse, scopes);
        let met = Line { html: Rc::clone(&html), after };
        self.states[state].lines.insert(line.into(), met);
        self.remembered += 1;
        Some((html, after))
    }

    /// The number of a state.
    fn state(&mut self, parse: ParseState, scopes: ScopeStack) -> usize {
        let alike = self.alike.entry(scopes.scopes.clone()).or_default();
        let is_same = |state: &State| state.parse == parse && state.scopes == scopes;
        let latest = alike.iter().rev().take(MOST_ALIKE).copied();
        if let Some(known) = latest.into_iter().find(|&n| is_same(&self.states[n])) {
            return known;
        }
        alike.push(self.states.len());
        self.states.push(State { parse, scopes, lines: HashMap::new() });
        self.states.len() - 1
    }

    fn line(
        &mut self,
        line: &str,
        tokens: &[(usize, ScopeStackOp)],
        stack: &mut ScopeStack,
    ) -> Option<String> {
        let mut html = Spans::default();
        for &scope in stack.as_slice() {
            html.open(self.classes(scope));
        }
        let mut from = 0;
        for (at, token) in tokens {
            if *at > from {
                html.text(line.get(from..*at)?);
                from = *at;
            }
            let mut step = |step: BasicScopeStackOp, _: &[Scope]| match step {
                BasicScopeStackOp::Push(scope) => html.open(self.classes(scope)),
                BasicScopeStackOp::Pop => html.close(),
            };
            stack.apply_with_hook(token, &mut step).ok()?;
        }
        html.text(line.get(from..)?);
        Some(html.finish(line.ends_with('\n')))
    }

    fn classes(&mut self, scope: Scope) -> Rc<str> {
        let classes = self.classes.entry(scope);
        Rc::clone(classes.or_insert_with(|| self.highlighter.classes(scope)))
    }
}

impl fmt::Debug for Painter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Painter").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_LINES, Painter};
    use crate::markdown::highlight::Highlighter;
    use crate::markdown::language::Language;

    /// Code with lines that stand there twice, in one state and in several.
    const CODE: &[(&str, &str)] = &[
        ("rust", "fn a() {\n    b();\n}\n\n/*\nfn a() {\n*/\nfn a() {\n    b();\n}\n"),
        ("js", "let a = `\n}\nlet b`;\n}\nlet a = `\n}\n"),
        ("bash", "cat <<END\n$a\nEND\n$a\ncat <<END\n$a\nEND\n$a\n"),
        ("html", "<script>\na\n</script>\na\n<script>\na\n</script>\na"),
        ("js", "a\n}\n<script>\nEND"),
    ];

    #[test]
    fn a_painter_that_remembers_paints_as_one_that_has_met_nothing() {
        let highlighter = Highlighter::new();
        let mut painter = Painter::new(&highlighter);
        for (language, code) in CODE.iter().chain(CODE) {
            let Language::Known(syntax) = highlighter.language(language) else { panic!() };
            let whole = Painter::new(&highlighter).paint(code, syntax).unwrap();
            assert_eq!(painter.paint(code, syntax).unwrap(), whole, "{language}");
            let bare: String = whole.concat();
            assert_eq!(bare.matches('\n').count(), code.matches('\n').count());
        }
        assert!(painter.remembered < CODE.iter().map(|(_, code)| code.lines().count()).sum());
    }

    #[test]
    fn too_many_lines_are_forgotten() {
        let highlighter = Highlighter::new();
        let Language::Known(syntax) = highlighter.language("csv") else { panic!() };
        let mut painter = Painter::new(&highlighter);
        let code: String = (0..=MOST_LINES).map(|n| format!("{n}\n")).collect();
        let first = painter.paint(&code, syntax).unwrap();
        assert_eq!(painter.remembered, MOST_LINES + 1);
        assert_eq!(painter.paint("0\n1\n", syntax).unwrap(), first[..2]);
        assert_eq!(painter.remembered, 2);
    }
}
