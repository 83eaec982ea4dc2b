//! LaTeX as bibliographies use it, read into text with shapes.

use super::macros::{accent, shape, sign};
use crate::cite::markup;
use crate::cite::rich::{Rich, Shape};
use crate::text::fold::compose;

/// The longest argument that is read apart; what is longer is no formula and no address.
const LONGEST_ARGUMENT: usize = 4096;

/// Reads a value as text with shapes. Braces keep the case of what they hold.
pub(super) fn rich(tex: &str) -> Rich {
    if is_plain(tex) {
        return Rich::plain(tex.trim());
    }
    let mut reader = Reader::new(tex);
    reader.run();
    reader.finish()
}

/// Reads a value as text alone, with plain spaces.
pub(super) fn plain(tex: &str) -> String {
    if is_plain(tex) {
        return tex.trim().to_owned();
    }
    let text = rich(tex).text();
    if text.contains(['\u{a0}', '\u{202f}']) {
        return text.replace(['\u{a0}', '\u{202f}'], " ");
    }
    text
}

/// Reads a value whose signs stand for themselves: an address, an identifier.
pub(super) fn verbatim(tex: &str) -> String {
    let tex = tex.trim();
    let tex = ["\\url", "\\path", "\\texttt", "\\nolinkurl"]
        .iter()
        .find_map(|command| tex.strip_prefix(command))
        .unwrap_or(tex);
    let mut out = String::with_capacity(tex.len());
    let mut chars = tex.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' | '}' => {}
            '\\' => match chars.peek() {
                Some(&next @ ('_' | '%' | '&' | '#' | '$' | '{' | '}' | ':' | '\\')) => {
                    chars.next();
                    out.push(next);
                }
                Some('~') => {
                    chars.next();
                    out.push('~');
                }
                Some(next) if next.is_ascii_alphabetic() => {
                    let mut name = String::new();
                    while let Some(&letter) = chars.peek().filter(|c| c.is_ascii_alphabetic()) {
                        name.push(letter);
                        chars.next();
                    }
                    out.push_str(sign(&name).unwrap_or(""));
                }
                _ => {}
            },
            // An address that was broken over lines is one all the same.
            '\n' | '\r' => while chars.next_if(|c| c.is_whitespace()).is_some() {},
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// Tells whether a value means what it says, but for space around it.
fn is_plain(tex: &str) -> bool {
    let mut before = b'x';
    tex.trim().bytes().all(|byte| {
        let twice = byte == b' ' && before == b' ';
        before = byte;
        !twice
            && !matches!(
                byte,
                b'\\' | b'{' | b'}' | b'$' | b'~' | b'-' | b'`' | b'\'' | b'<' | b'&' | 0
                    ..=0x1f | 0x7f
            )
    })
}

/// What a closing brace returns to.
struct Group {
    shape: Shape,
    math: bool,
    /// Signs to be set when it closes: the second of two quotes.
    after: &'static str,
}

struct Reader<'a> {
    rest: &'a str,
    out: Rich,
    /// Text of one shape that is not in `out` yet.
    run: String,
    run_shape: Shape,
    shape: Shape,
    /// The shape of the next sign or group alone: after `^` and `_` in formulas.
    next: Option<Shape>,
    accents: Vec<char>,
    groups: Vec<Group>,
    math: bool,
    /// Whether there is no `$` ahead.
    no_dollar: bool,
    /// Whether a `<` was written as the sign it is, so that no tag is meant.
    sign_less: bool,
}

impl<'a> Reader<'a> {
    fn new(tex: &'a str) -> Self {
        Self {
            rest: tex,
            out: Rich::default(),
            run: String::with_capacity(tex.len()),
            run_shape: Shape::default(),
            shape: Shape::default(),
            next: None,
            accents: Vec::new(),
            groups: Vec::new(),
            math: false,
            no_dollar: false,
            sign_less: false,
        }
    }

    fn run(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            self.rest = &self.rest[c.len_utf8()..];
            match c {
                '\\' => self.backslash(),
                '{' => self.open(),
                '}' => self.close(),
                '$' => self.dollar(),
                '~' => self.emit('\u{a0}'),
                '^' if self.math => self.next = Some(Shape { superscript: true, ..self.shape }),
                '_' if self.math => self.next = Some(Shape { subscript: true, ..self.shape }),
                '-' if self.eat("--") => self.emit('—'),
                '-' if !self.math && self.eat("-") => self.emit('–'),
                '`' if self.eat("`") => self.emit('“'),
                '`' => self.emit('‘'),
                '\'' if self.math => self.emit('′'),
                '\'' if self.eat("'") => self.emit('”'),
                c => self.emit(c),
            }
        }
    }

    fn finish(mut self) -> Rich {
        self.flush();
        let mut rich = self.out;
        while let Some(last) = rich.pieces.last_mut() {
            last.text.truncate(last.text.trim_end_matches(' ').len());
            if !last.text.is_empty() {
                break;
            }
            rich.pieces.pop();
        }
        if self.sign_less { rich } else { markup::reread(rich) }
    }

    fn eat(&mut self, signs: &str) -> bool {
        match self.rest.strip_prefix(signs) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        self.out.push(run, self.run_shape);
    }

    /// Sets one sign in the shape that holds here.
    fn emit(&mut self, c: char) {
        let shape = self.next.take().unwrap_or(self.shape);
        if c.is_control() && !c.is_whitespace() {
            return;
        }
        let c = if c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c };
        if c == ' ' && self.accents.is_empty() {
            let last = self.run.chars().next_back().or_else(|| {
                self.out.pieces.last().and_then(|piece| piece.text.chars().next_back())
            });
            if last.is_none_or(|last| last == ' ') {
                return;
            }
        }
        if shape != self.run_shape {
            self.flush();
            self.run_shape = shape;
        }
        if self.accents.is_empty() {
            self.run.push(c);
        } else if c != ' ' {
            self.accented(c);
        }
    }

    fn accented(&mut self, c: char) {
        // An accent takes the place of the dot.
        let mut letter = match c {
            'ı' => 'i',
            'ȷ' => 'j',
            c => c,
        };
        let mut marks = String::new();
        while let Some(mark) = self.accents.pop() {
            match compose(letter, mark) {
                Some(composed) if marks.is_empty() => letter = composed,
                _ => marks.push(mark),
            }
        }
        self.run.push(letter);
        self.run.push_str(&marks);
    }

    fn emit_all(&mut self, text: &str) {
        for c in text.chars() {
            self.emit(c);
        }
    }

    fn open(&mut self) {
        let mut inner = self.next.take().unwrap_or(self.shape);
        // A group that begins with a command is how BibTeX writes one letter, `{\"o}`; its case
        // may change. A group with a shape, `{\emph{E. coli}}`, keeps its case as any other.
        let keeps = match self.rest.strip_prefix('\\') {
            Some(rest) => shape(command(rest), inner).is_some(),
            None => true,
        };
        if keeps && !self.math && self.accents.is_empty() && !raised(inner) {
            inner.fixed_case = true;
        }
        self.push_group(inner, "");
    }

    fn push_group(&mut self, inner: Shape, after: &'static str) {
        self.groups.push(Group { shape: self.shape, math: self.math, after });
        self.shape = inner;
    }

    fn close(&mut self) {
        // An accent over nothing is the sign itself.
        for mark in std::mem::take(&mut self.accents) {
            match mark {
                '\u{302}' => self.emit('^'),
                '\u{303}' => self.emit('~'),
                _ => {}
            }
        }
        if let Some(group) = self.groups.pop() {
            self.shape = group.shape;
            self.math = group.math;
            self.emit_all(group.after);
        }
    }

    fn dollar(&mut self) {
        if self.math {
            self.math = false;
        } else if self.no_dollar || !self.rest.contains('$') {
            self.no_dollar = true;
            self.emit('$');
        } else {
            self.math = true;
        }
        self.next = None;
    }

    fn backslash(&mut self) {
        let Some(first) = self.rest.chars().next() else { return };
        if !first.is_ascii_alphabetic() {
            self.rest = &self.rest[first.len_utf8()..];
            return match first {
                '(' => self.math = true,
                ')' => self.math = false,
                '-' | '/' | '!' | '[' | ']' | '@' => {}
                '&' | '%' | '$' | '#' | '_' | '{' | '}' => self.emit(first),
                ',' => self.emit('\u{202f}'),
                '\\' | ';' | ':' | '>' => self.emit(' '),
                c if c.is_whitespace() => self.emit(' '),
                c => match accent(c.encode_utf8(&mut [0; 4])) {
                    Some(mark) => self.accent(mark),
                    None => self.emit(c),
                },
            };
        }
        let name = command(self.rest);
        self.rest = &self.rest[name.len()..];
        self.eat("*");
        self.rest = self.rest.trim_start();
        self.named(name);
    }

    fn named(&mut self, name: &str) {
        if name == "enquote" {
            self.eat("*");
        }
        let braced = self.rest.starts_with('{');
        if let Some(mark) = accent(name).filter(|_| !self.rest.is_empty()) {
            return self.accent(mark);
        }
        if let Some(signs) = sign(name) {
            self.sign_less |= name == "textless";
            self.emit_all(signs);
            // `\ss{}` ends the command, no more.
            self.eat("{}");
            return;
        }
        if let Some(inner) = shape(name, self.next.unwrap_or(self.shape)) {
            self.next = None;
            if braced {
                self.rest = &self.rest[1..];
                self.push_group(inner, "");
            } else {
                self.shape = inner;
            }
            return;
        }
        match name {
            // In the marks of the page's language, which the style knows.
            "enquote" | "mkbibquote" if braced => {
                self.emit('"');
                self.rest = &self.rest[1..];
                self.push_group(self.shape, "\"");
            }
            "ce" | "chem" | "cf" => match self.argument() {
                Some(formula) => self.formula(formula),
                None => self.unknown(),
            },
            "url" | "path" | "nolinkurl" | "doi" => match self.argument() {
                Some(address) => self.emit_all(&verbatim(address)),
                None => self.unknown(),
            },
            "href" | "textcolor" | "foreignlanguage" | "textlang" => {
                self.argument();
                self.unknown();
            }
            _ => self.unknown(),
        }
    }

    /// Lets go of a command and keeps its argument.
    fn unknown(&mut self) {
        if self.rest.starts_with('[') {
            let end = self.rest.bytes().take(80).position(|byte| byte == b']');
            if let Some(end) = end.filter(|&end| self.rest[end + 1..].starts_with('{')) {
                self.rest = &self.rest[end + 1..];
            }
        }
        if self.eat("{") {
            self.push_group(self.shape, "");
        }
    }

    fn accent(&mut self, mark: char) {
        self.rest = self.rest.trim_start();
        self.accents.push(mark);
    }

    /// Takes an argument in braces as it is written.
    fn argument(&mut self) -> Option<&'a str> {
        if !self.rest.starts_with('{') {
            return None;
        }
        let mut depth = 0;
        for (at, byte) in self.rest.bytes().enumerate().take(LONGEST_ARGUMENT) {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let argument = &self.rest[1..at];
                self.rest = &self.rest[at + 1..];
                return Some(argument);
            }
        }
        None
    }

    /// Sets a chemical formula: `H2O`, `SO4^2-`.
    fn formula(&mut self, formula: &str) {
        let outer = self.shape;
        let mut raised = false;
        let mut before = ' ';
        for c in formula.chars().filter(|c| !matches!(c, '{' | '}' | '$' | '\\')) {
            let lowered = c.is_ascii_digit()
                && !raised
                && (before.is_alphanumeric() && self.shape.subscript
                    || before.is_alphabetic()
                    || matches!(before, ')' | ']' | '_'));
            raised = (raised && (c.is_ascii_digit() || matches!(c, '+' | '-'))) || c == '^';
            before = c;
            if matches!(c, '^' | '_') {
                continue;
            }
            self.shape = Shape { fixed_case: true, ..outer };
            self.shape.subscript = lowered;
            self.shape.superscript = raised;
            self.emit(c);
        }
        self.shape = outer;
    }
}

fn raised(shape: Shape) -> bool {
    shape.superscript || shape.subscript
}

/// The name of the command at the start of a text.
fn command(text: &str) -> &str {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::{plain, rich, verbatim};

    #[test]
    fn accents_and_signs_are_letters() {
        for (tex, want) in [
            (r#"{\"O}sterreich"#, "Österreich"),
            (r"\'{e}t\'e", "été"),
            (r"\v{S}koda \c{c}a \c c", "Škoda ça ç"),
            (r#"na\"{\i}ve na\'\i"#, "naïve naí"),
            (r"Stra\ss e, Stra{\ss}e", "Straße, Straße"),
            (r"\'{\^e}", "ế"),
            (r"Erd\H{o}s \O{}rsted \AA", "Erdős Ørsted Å"),
            (r"R\&D 5\% a\_b \#1 \$5", "R&D 5% a_b #1 $5"),
            ("a--b---c-d", "a–b—c-d"),
            ("``q'' `s' it's", "“q” ‘s' it's"),
            (r"$\alpha$-helix $x^{2}_i$", "α-helix x2i"),
            (r"costs $5", "costs $5"),
            (r"\unknown{kept} \gone text", "kept text"),
            (r"\href{https://x.org}{there} \url{a_b}", "there a_b"),
            (r"\enquote{so} {\em x}", "\"so\" x"),
            (r"\enquote*{so}", "\"so\""),
            (r"Marx\emdash{}Eugen", "Marx—Eugen"),
            ("a  b\n\tc ", "a b c"),
            (r"\^{} \~{}", "^ ~"),
            (r"}{unbalanced", "unbalanced"),
            (r"\", ""),
            ("", ""),
        ] {
            assert_eq!(plain(tex), want, "{tex}");
        }
    }

    #[test]
    fn shapes_are_kept() {
        for (tex, want) in [
            (r"\textit{E. coli} in", "i:E. coli| in"),
            (r"{\textit{E. coli}}", "if:E. coli"),
            (r"H$_2$O", "H|_:2|O"),
            (r"\ce{H2SO4^2-}", "f:H|_f:2|f:SO|_f:4|^f:2-"),
            (r"{DNA} and {\'E}cole", "f:DNA| and École"),
            (r"10\textsuperscript{th}", "10|^:th"),
            (r"{\bf a} b", "bf:a| b"),
            ("<sub>2</sub> $\\less$i$\\greater$x$\\less$/i$\\greater$", "_:2| |i:x"),
            (r"\textless i\textgreater x\textless/i\textgreater", "<i>x</i>"),
        ] {
            let seen: Vec<String> = rich(tex)
                .pieces
                .iter()
                .map(|piece| {
                    let shape = piece.shape;
                    let marks = [
                        (shape.italic, "i"),
                        (shape.bold, "b"),
                        (shape.superscript, "^"),
                        (shape.subscript, "_"),
                        (shape.fixed_case, "f"),
                    ];
                    let marks: String =
                        marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark).collect();
                    if marks.is_empty() {
                        piece.text.clone()
                    } else {
                        format!("{marks}:{}", piece.text)
                    }
                })
                .collect();
            assert_eq!(seen.join("|"), want, "{tex}");
        }
    }

    #[test]
    fn addresses_are_kept_as_they_are() {
        assert_eq!(verbatim(r"https://x.org/a\_b{\_}c\%20~d"), "https://x.org/a_b_c%20~d");
        assert_eq!(verbatim(r"\url{https://x.org/{\textasciitilde}me}"), "https://x.org/~me");
    }

    #[test]
    fn ten_thousand_braces_are_no_burden() {
        let deep = format!("{}x{}", "{".repeat(10_000), "}".repeat(10_000));
        assert_eq!(plain(&deep), "x");
        assert_eq!(plain(&r"\href{".repeat(10_000)), "");
        assert_eq!(plain(&r"\'".repeat(10_000)), "");
    }
}
