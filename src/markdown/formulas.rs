//! The formulas of a text, from TeX to MathML. Sole owner of `math_core`.

use std::borrow::Cow;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use math_core::{LatexToMathML, MathDisplay};

use super::linear::linear;
use super::tex::{self, Fault, Macros, Shape};
use crate::text::escape;

/// The formulas of a text so far.
#[derive(Default)]
pub(super) struct Formulas {
    /// Counts the numbered equations.
    translator: LatexToMathML,
    /// Those that were read, for a reference may come before what it refers to.
    read: Vec<Read>,
}

/// A formula that was read.
struct Read {
    written: String,
    /// The TeX as it is translated.
    tex: String,
    display: MathDisplay,
    /// Whether it refers to equations, and so is translated when all are known.
    refers: bool,
}

/// What becomes of a formula. Ranges are in the TeX as it was written; what stands in macros is
/// in all of it.
pub(super) struct Formula {
    /// Its number.
    pub(super) number: usize,
    /// None where it refers to equations that may stand further down.
    pub(super) mathml: Option<String>,
    /// It on a line of text, where that says anything.
    pub(super) text: Option<String>,
    /// The names that it gives to equations.
    pub(super) labels: Vec<(String, Range<usize>)>,
    /// The names of the equations that it refers to.
    pub(super) references: Vec<(String, Range<usize>)>,
}

impl Formulas {
    /// Translates a formula, one that is a block or one within a line.
    pub(super) fn read(
        &mut self,
        written: &str,
        is_block: bool,
        macros: &Macros,
    ) -> Result<Formula, Fault> {
        let display = if is_block { MathDisplay::Block } else { MathDisplay::Inline };
        let expanded = macros.expand(written)?;
        // A place in what macros stand for is no place of the text.
        let exact = matches!(expanded, Cow::Borrowed(_));
        let place = |found: Range<usize>, shift: usize| match exact {
            true => {
                let end = found.end.saturating_sub(shift).min(written.len());
                found.start.saturating_sub(shift).min(end)..end
            }
            false => 0..written.len(),
        };
        let Shape { labels, references, breaks, numbered } = tex::shape(&expanded)
            .map_err(|fault| Fault { range: place(fault.range, 0), ..fault })?;
        let (tex, shift) = wrapped(&expanded, is_block, breaks, numbered);
        // A defect of the translator costs a formula and not the site.
        let translator = &mut self.translator;
        let translate = AssertUnwindSafe(|| translator.convert_with_global_state(&tex, display));
        let mathml = match catch_unwind(translate) {
            Ok(Ok(translated)) => translated.mathml,
            Err(_) => {
                self.recount();
                let message = "this formula cannot be read".to_owned();
                return Err(Fault { range: 0..written.len(), message, help: help("") });
            }
            Ok(Err(error)) => {
                self.recount();
                let said = error.error_message();
                let range = place(error.0, shift);
                return Err(Fault { range, message: message(&said), help: help(&said) });
            }
        };
        let refers = !references.is_empty();
        let number = self.read.len();
        self.read.push(Read {
            written: written.to_owned(),
            tex: tex.into_owned(),
            display,
            refers,
        });
        let placed = |list: Vec<(String, Range<usize>)>| {
            list.into_iter().map(|(name, range)| (name, place(range, 0))).collect()
        };
        Ok(Formula {
            number,
            text: if refers { None } else { linear(&mathml) },
            mathml: (!refers).then(|| annotated(&mathml, written)),
            labels: placed(labels),
            references: placed(references),
        })
    }

    /// Counts the equations anew: one that could not be read may have been counted.
    fn recount(&mut self) {
        self.translator.reset_global_state();
        for formula in &self.read {
            if formula.tex.contains("\\begin") {
                // What could be read once can be read again.
                let _ = self.translator.convert_with_global_state(&formula.tex, formula.display);
            }
        }
    }

    /// The formulas that refer to equations, by their numbers, now that all are known.
    pub(super) fn finish(self) -> Vec<(usize, String)> {
        if !self.read.iter().any(|formula| formula.refers) {
            return Vec::new();
        }
        let snippets: Vec<_> =
            self.read.iter().map(|formula| (formula.tex.as_str(), formula.display)).collect();
        let translated = LatexToMathML::default().convert_all(&snippets);
        let mut late = Vec::new();
        for ((number, formula), translated) in self.read.iter().enumerate().zip(translated) {
            if let (true, Ok(translated)) = (formula.refers, translated) {
                late.push((number, referring(&translated.mathml, &formula.written)));
            }
        }
        late
    }
}

/// A formula as the translator wants it, and how many bytes were put before it: lines are broken
/// and equations numbered outside of all environments, as MathJax and KaTeX have it.
fn wrapped(tex: &str, is_block: bool, breaks: bool, numbered: bool) -> (Cow<'_, str>, usize) {
    let environment = match (numbered, breaks) {
        _ if !is_block => return (Cow::Borrowed(tex), 0),
        (true, true) => "gather",
        (true, false) => "equation",
        (false, true) => "gathered",
        (false, false) => return (Cow::Borrowed(tex), 0),
    };
    let open = format!("\\begin{{{environment}}}");
    // A comment in the last line ends with it.
    (Cow::Owned(format!("{open}{tex}\n\\end{{{environment}}}")), open.len())
}

/// A formula that refers to equations. One that does nothing else is a link; within others there
/// can be none, since a formula is one thing to a screen reader.
fn referring(mathml: &str, written: &str) -> String {
    let start = mathml.find('>').map_or(0, |at| at + 1);
    let inner = mathml[start..].strip_suffix("</math>").unwrap_or_default();
    let alone = inner.strip_prefix("<mtext>").and_then(|inner| inner.strip_suffix("</mtext>"));
    let is_link =
        |inner: &&str| inner.starts_with("<a ") && inner.find("</a>") == Some(inner.len() - 4);
    if let Some(link) = alone.filter(is_link) {
        return link.to_owned();
    }
    let mut plain = String::with_capacity(mathml.len());
    let mut rest = mathml;
    while let Some(at) = rest.find("<a ") {
        plain.push_str(&rest[..at]);
        rest = rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]);
    }
    plain.push_str(rest);
    annotated(&plain.replace("</a>", ""), written)
}

/// MathML with the TeX that it was made of: for programs, and for those who copy it.
fn annotated(mathml: &str, written: &str) -> String {
    let mut out = String::with_capacity(mathml.len() + written.len() + 100);
    let inner = mathml.find('>').map_or(0, |at| at + 1);
    let end = mathml.rfind("</math>").unwrap_or(mathml.len());
    out.push_str(&mathml[..inner]);
    // What is annotated is one element.
    out.push_str("<semantics><mrow>");
    push_valid(&mut out, &mathml[inner..end]);
    out.push_str("</mrow><annotation encoding=\"application/x-tex\">");
    escape::push_text(&mut out, written.trim());
    out.push_str("</annotation></semantics></math>");
    out
}

/// MathML in the form that validators know: accents as characters of their own, since none that
/// joins the one before it may begin a text, and no `scriptlevel` on tables.
fn push_valid(out: &mut String, mathml: &str) {
    let mut rest = mathml;
    while let Some(at) = rest.find(|c| is_joining(c) || c == ' ') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(behind) = rest.strip_prefix(" scriptlevel=\"0\"")
            && out.rfind("<mt").is_some_and(|tag| !out[tag..].contains('>'))
        {
            rest = behind;
            continue;
        }
        let mut letters = rest.chars();
        match letters.next() {
            Some(accent) if out.ends_with('>') && is_joining(accent) => match apart(accent) {
                Some(apart) => out.push(apart),
                // A space to stand on.
                None => out.extend(['\u{a0}', accent]),
            },
            Some(other) => out.push(other),
            None => {}
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
}

fn is_joining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}')
}

/// An accent that joins no other character.
fn apart(accent: char) -> Option<char> {
    Some(match accent {
        '\u{300}' => '`',
        '\u{301}' => '´',
        '\u{302}' => 'ˆ',
        '\u{303}' => '˜',
        '\u{304}' | '\u{305}' | '\u{332}' => '¯',
        '\u{306}' => '˘',
        '\u{307}' => '˙',
        '\u{308}' => '¨',
        '\u{30a}' => '˚',
        '\u{30c}' => 'ˇ',
        '\u{20d6}' => '←',
        '\u{20d7}' => '→',
        '\u{20e1}' => '↔',
        _ => return None,
    })
}

/// What the translator says, in the form of a finding.
fn message(said: &str) -> String {
    let said = said.trim_end_matches('.').replace('"', "`");
    let mut letters = said.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    format!("this formula cannot be read: {first}{}", letters.as_str())
}

fn help(said: &str) -> &'static str {
    if said.contains("\\ref\"") {
        "an equation is referred to by `\\eqref`"
    } else if said.starts_with("Unknown command") {
        "a command of your own is written under `[markdown.math.macros]`"
    } else {
        "its page shows it as it is written"
    }
}
