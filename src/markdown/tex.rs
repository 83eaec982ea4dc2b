//! Reads TeX only as far as it takes to write out the macros of a site and to see how a formula
//! is built.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// The most bytes of a formula, its macros written out.
const LONGEST: usize = 20_000;
/// How many braces, commands with arguments and the like may stand one in the other. Reading
/// recurs, and a stack has its end.
const DEEPEST: usize = 100;
/// The most macros that are written out in one formula.
const MOST_CALLS: usize = 2_000;
/// Commands that hold to the end of their group, and so nest without a brace.
const SWITCHES: &[&str] = &[
    "atop",
    "bf",
    "bfseries",
    "boldsymbol",
    "brace",
    "brack",
    "cal",
    "choose",
    "color",
    "displaystyle",
    "frak",
    "it",
    "itshape",
    "mathstrut",
    "mit",
    "over",
    "rm",
    "rmfamily",
    "scriptscriptstyle",
    "scriptstyle",
    "sf",
    "sffamily",
    "textstyle",
    "tt",
    "ttfamily",
];
/// What readers of TeX know and the translator does not, in terms of what it knows.
const USUAL: &[(&str, &str)] = &[("textcolor", "{\\color{#1}#2}")];

/// The macros of a site, by their names without backslash.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Macros {
    known: BTreeMap<String, Macro>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Macro {
    /// How many arguments it takes.
    arguments: usize,
    body: String,
}

impl Macros {
    /// Adds a macro. Where its name or what it stands for is none of a macro's, it gives what is
    /// wrong and what to do.
    pub fn add(&mut self, name: &str, body: &str) -> Option<(String, &'static str)> {
        let name = name.strip_prefix('\\').unwrap_or(name);
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            let help = "a macro is named by letters of A to Z";
            return Some((format!("`{name}` is no name of a macro"), help));
        }
        let mut depth = 0_usize;
        for token in Tokens::new(body) {
            match token.text(body) {
                "{" => depth += 1,
                "}" if depth == 0 => {
                    let help = "a brace that is to be seen is written `\\}`";
                    return Some((format!("the macro `\\{name}` closes no brace"), help));
                }
                "}" => depth -= 1,
                _ => {}
            }
        }
        if depth > 0 {
            let help = "a brace that is to be seen is written `\\{`";
            return Some((format!("the macro `\\{name}` leaves a brace open"), help));
        }
        let Some(arguments) = arguments(body) else {
            let help = "arguments are `#1` to `#9`; a `#` that is to be seen is written `\\#`";
            return Some((format!("the macro `\\{name}` has a `#` without a number"), help));
        };
        self.known.insert(name.to_owned(), Macro { arguments, body: body.to_owned() });
        None
    }

    fn find(&self, name: &str) -> Option<Cow<'_, Macro>> {
        if let Some(found) = self.known.get(name) {
            return Some(Cow::Borrowed(found));
        }
        let &(_, body) = USUAL.iter().find(|(usual, _)| *usual == name)?;
        let arguments = arguments(body)?;
        Some(Cow::Owned(Macro { arguments, body: body.to_owned() }))
    }

    /// Writes out the macros in a formula.
    pub(super) fn expand<'t>(&self, tex: &'t str) -> Result<Cow<'t, str>, Fault> {
        let names_any = Tokens::new(tex)
            .any(|token| token.name(tex).is_some_and(|name| self.find(name).is_some()));
        if !names_any {
            return Ok(Cow::Borrowed(tex));
        }
        let mut out = String::with_capacity(tex.len() * 2);
        let mut calls = 0;
        self.write(tex, 0, &mut calls, &mut out)?;
        Ok(Cow::Owned(out))
    }

    fn write(
        &self,
        tex: &str,
        depth: usize,
        calls: &mut usize,
        out: &mut String,
    ) -> Result<(), Fault> {
        let mut tokens = Tokens::new(tex);
        while let Some(token) = tokens.next() {
            let name = token.name(tex);
            let Some((name, found)) = name.and_then(|name| Some((name, self.find(name)?))) else {
                join(out, token.text(tex));
                continue;
            };
            let here = |message, help| Fault { range: token.range.clone(), message, help };
            *calls += 1;
            if *calls > MOST_CALLS || depth > DEEPEST || out.len() > LONGEST {
                return Err(here(
                    "these macros grow without end".to_owned(),
                    "a macro may not stand for itself",
                ));
            }
            let mut given = Vec::with_capacity(found.arguments);
            for _ in 0..found.arguments {
                let Some(argument) = tokens.argument() else {
                    let plural = if found.arguments == 1 { "" } else { "s" };
                    return Err(here(
                        format!("`\\{name}` takes {} argument{plural}", found.arguments),
                        "write each in braces behind it",
                    ));
                };
                given.push(&tex[argument]);
            }
            let mut body = String::with_capacity(found.body.len());
            let mut parts = Tokens::new(&found.body);
            while let Some(part) = parts.next() {
                match part.text(&found.body) {
                    "#" => {
                        let digit = parts.next().map_or("", |part| part.text(&found.body));
                        let number: usize = digit.parse().unwrap_or(1);
                        join(&mut body, given.get(number - 1).copied().unwrap_or_default());
                    }
                    text => join(&mut body, text),
                }
            }
            // A place in what a macro stands for is no place of the page.
            self.write(&body, depth + 1, calls, out)
                .map_err(|fault| Fault { range: token.range.clone(), ..fault })?;
        }
        Ok(())
    }
}

/// The highest argument that is named; none where a `#` names no argument.
fn arguments(body: &str) -> Option<usize> {
    let mut highest = 0;
    let mut tokens = Tokens::new(body);
    while let Some(token) = tokens.next() {
        if token.text(body) == "#" {
            let digit: usize = tokens.next()?.text(body).parse().ok()?;
            if digit == 0 {
                return None;
            }
            highest = highest.max(digit);
        }
    }
    Some(highest)
}

/// Appends TeX, with a space where it would lengthen the name of the command before it.
fn join(out: &mut String, text: &str) {
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let letters = out.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        let before = &out.as_bytes()[..out.len() - letters];
        let backslashes = before.iter().rev().take_while(|&&byte| byte == b'\\').count();
        if letters > 0 && backslashes % 2 == 1 {
            out.push(' ');
        }
    }
    out.push_str(text);
}

/// What is wrong with a formula, and where in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// How a formula is built.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Shape {
    /// Whether a line is broken outside of all braces and environments.
    pub(super) breaks: bool,
    /// Whether it is named or numbered outside of all environments.
    pub(super) numbered: bool,
    /// The names that it gives to equations.
    pub(super) labels: Vec<(String, Range<usize>)>,
    /// The names of the equations that it refers to.
    pub(super) references: Vec<(String, Range<usize>)>,
}

/// Looks at a formula whose macros are written out.
pub(super) fn shape(tex: &str) -> Result<Shape, Fault> {
    let whole = |message: &str, help| Fault { range: 0..tex.len(), message: message.into(), help };
    if tex.len() > LONGEST {
        return Err(whole(
            &format!("this formula is longer than {LONGEST} bytes"),
            "make several of it",
        ));
    }
    let mut shape = Shape::default();
    let mut groups = Groups::default();
    let mut environments = 0_usize;
    let mut tokens = Tokens::new(tex);
    while let Some(token) = tokens.next() {
        groups.read(&token, tex);
        match token.text(tex) {
            "\\begin" => environments += 1,
            "\\end" => environments = environments.saturating_sub(1),
            "\\\\" if groups.open.is_empty() => shape.breaks = true,
            // The translator takes it for granted that there are columns.
            "&" if !groups.has_columns() => {
                return Err(Fault {
                    range: token.range,
                    message: "this `&` stands outside of the columns of an environment".into(),
                    help: "a sign that is to be seen is written `\\&`",
                });
            }
            "\\tag" if environments == 0 => shape.numbered = true,
            "\\label" | "\\eqref" => {
                let is_label = token.text(tex) == "\\label";
                shape.numbered |= is_label && environments == 0;
                if let Some(name) = tokens.clone().argument() {
                    let list = if is_label { &mut shape.labels } else { &mut shape.references };
                    list.push((tex[name.clone()].trim().to_owned(), name));
                }
            }
            _ => {}
        }
        if groups.depth() > DEEPEST {
            return Err(Fault {
                range: token.range,
                message: format!("this formula is nested more than {DEEPEST} deep"),
                help: "make several of it",
            });
        }
    }
    Ok(shape)
}

/// What is open in a formula.
#[derive(Default)]
struct Groups {
    /// What opened each group, and the switches in it so far.
    open: Vec<(u8, usize)>,
    /// The switches outside of all groups.
    switches: usize,
    /// The commands in a row: each may be the argument of the one before it.
    chain: usize,
}

impl Groups {
    fn read(&mut self, token: &Token, tex: &str) {
        match token.text(tex) {
            "{" => self.open.push((b'{', 0)),
            // Elsewhere a bracket may be that of an interval, and have no match.
            "[" if self.chain > 0 => self.open.push((b'[', 0)),
            "\\left" => self.open.push((b'(', 0)),
            "\\begin" => self.open.push((b'e', 0)),
            "}" => self.close(b'{'),
            "]" => self.close(b'['),
            "\\right" => self.close(b'('),
            "\\end" => self.close(b'e'),
            _ => {}
        }
        let Some(name) = token.name(tex) else {
            let is_space = token.text(tex).trim().is_empty();
            self.chain = if is_space { self.chain } else { 0 };
            return;
        };
        self.chain += 1;
        let group = self.open.last_mut().map_or(&mut self.switches, |(_, switches)| switches);
        *group += usize::from(SWITCHES.contains(&name));
    }

    fn close(&mut self, opener: u8) {
        let is_open = |&&(open, _): &&(u8, usize)| open == b'[' && opener != b'[';
        let brackets = self.open.iter().rev().take_while(is_open).count();
        let at = self.open.len() - brackets;
        if at > 0 && self.open[at - 1].0 == opener {
            self.open.truncate(at - 1);
        }
    }

    /// Tells whether the innermost of them is an environment.
    fn has_columns(&self) -> bool {
        self.open
            .iter()
            .rev()
            .find(|(open, _)| *open != b'[')
            .is_some_and(|(open, _)| *open == b'e')
    }

    /// How deep reading recurs here, at most.
    fn depth(&self) -> usize {
        let switches: usize = self.open.iter().map(|(_, switches)| switches).sum();
        self.open.len() + switches + self.switches + self.chain
    }
}

/// A command, or a character that is none.
struct Token {
    range: Range<usize>,
}

impl Token {
    fn text<'t>(&self, tex: &'t str) -> &'t str {
        &tex[self.range.clone()]
    }

    /// The name of the command, if it is one that is named by letters.
    fn name<'t>(&self, tex: &'t str) -> Option<&'t str> {
        let name = self.text(tex).strip_prefix('\\')?;
        name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
    }
}

/// The tokens of TeX; a comment is one, with the end of its line.
#[derive(Clone)]
struct Tokens<'t> {
    tex: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    fn new(tex: &'t str) -> Self {
        Self { tex, at: 0 }
    }

    /// The argument of a command that was read: what stands in braces, or one token.
    fn argument(&mut self) -> Option<Range<usize>> {
        let tex = self.tex;
        let first = self.find(|token| {
            let text = token.text(tex);
            !text.trim().is_empty() && !text.starts_with('%')
        })?;
        match first.text(self.tex) {
            "{" => {}
            "}" => return None,
            _ => return Some(first.range),
        }
        let mut depth = 1_usize;
        while let Some(token) = self.next() {
            match token.text(self.tex) {
                "{" => depth += 1,
                "}" => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(first.range.end..token.range.start);
            }
        }
        None
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let start = self.at;
        let rest = &self.tex[start..];
        let first = rest.chars().next()?;
        let len = match first {
            '\\' => {
                let letters = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
                match letters {
                    0 => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
                    letters => 1 + letters,
                }
            }
            '%' => rest.find('\n').map_or(rest.len(), |at| at + 1),
            first => first.len_utf8(),
        };
        self.at += len;
        Some(Token { range: start..self.at })
    }
}

#[cfg(test)]
mod tests {
    use super::{Macros, shape};

    fn macros(list: &[(&str, &str)]) -> Macros {
        let mut macros = Macros::default();
        for (name, body) in list {
            assert_eq!(macros.add(name, body), None);
        }
        macros
    }

    #[test]
    fn macros_are_written_out() {
        let macros = macros(&[
            ("R", "\\mathbb{R}"),
            ("\\norm", "\\left\\lVert #1 \\right\\rVert"),
            ("two", "#2\\in #1"),
            ("a", "\\alpha"),
            ("sq", "\\mathbf#1^2"),
            ("self", "\\self"),
            ("many", "\\norm{\\many#1}"),
        ]);
        for (tex, wanted) in [
            ("x", "x"),
            ("x \\in \\R", "x \\in \\mathbb{R}"),
            ("\\R n", "\\mathbb{R} n"),
            ("\\Rn", "\\Rn"),
            ("\\norm{\\norm{x}}", "\\left\\lVert \\left\\lVert x \\right\\rVert \\right\\rVert"),
            ("\\two\\R {x\\}}", "x\\}\\in \\mathbb{R}"),
            ("\\two 12", "2\\in 1"),
            ("\\sq x\\a y", "\\mathbf x^2\\alpha y"),
            ("\\a{}y\\\\a", "\\alpha{}y\\\\a"),
            ("\\R% \\R }\n", "\\mathbb{R}% \\R }\n"),
            ("\\textcolor{red}{x}", "{\\color{red}x}"),
        ] {
            assert_eq!(macros.expand(tex).as_deref(), Ok(wanted), "{tex}");
        }
        for (tex, wanted) in [
            ("x+\\norm", "2..7: `\\norm` takes 1 argument"),
            ("\\norm{x", "0..5: `\\norm` takes 1 argument"),
            ("{\\norm}", "1..6: `\\norm` takes 1 argument"),
            ("\\two{x}", "0..4: `\\two` takes 2 arguments"),
            ("y\\self", "1..6: these macros grow without end"),
            ("\\many{x}", "0..5: these macros grow without end"),
        ] {
            let fault = macros.expand(tex).expect_err(tex);
            assert_eq!(format!("{:?}: {}", fault.range, fault.message), wanted);
        }
    }

    #[test]
    fn a_macro_has_a_name_and_closes_its_braces() {
        for (name, body) in
            [("", "x"), ("a1", "x"), ("a", "{"), ("a", "}"), ("a", "#"), ("a", "#0"), ("a", "#x")]
        {
            assert!(Macros::default().add(name, body).is_some(), "{name} {body}");
        }
    }

    #[test]
    fn what_nests_too_deep_is_found_before_it_is_read() {
        for (open, close) in [
            ("{", "}"),
            ("\\sqrt[", "]{}"),
            ("\\left(", "\\right)"),
            ("\\begin{matrix}", "\\end{matrix}"),
            ("\\hat", ""),
            ("\\color{red}x", ""),
            ("x^{", "}"),
        ] {
            let deep = |times| format!("{} x{}", open.repeat(times), close.repeat(times));
            assert!(shape(&deep(20)).is_ok(), "{open}");
            assert!(shape(&deep(200)).is_err(), "{open}");
        }
        assert!(shape(&"\\alpha+\\beta ".repeat(500)).is_ok());
        assert!(shape(&"x".repeat(50_000)).is_err());
    }
}
