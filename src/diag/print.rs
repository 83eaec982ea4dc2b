//! One finding for a terminal, on one line, or as JSON. Sole owner of `annotate-snippets`.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::code::Severity;
use super::diagnostic::Diagnostic;
use super::span::{Lines, Place, Span};
use crate::path::SourcePath;

/// Longest line that is shown; a longer one (a minified file, a data URL) gives its place only.
const LONGEST_LINE: usize = 400;

/// The texts of the files that findings point into.
pub type Texts<'a> = dyn Fn(&SourcePath) -> Option<&'a str> + 'a;

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// With the lines of the source, for people.
    Human {
        /// Whether the terminal shows colours.
        colour: bool,
    },
    /// On one line: `file:line:column: severity[code]: message`.
    Short,
    /// One JSON object on one line, for editors.
    Json,
}

/// Prints findings, one after another.
///
/// It keeps the lines of the file it is at: findings come sorted by file, and to count the
/// lines anew for each would be quadratic.
pub struct Printer<'a> {
    texts: &'a Texts<'a>,
    form: Form,
    lines: Option<(SourcePath, Lines)>,
}

impl<'a> Printer<'a> {
    /// A printer of findings that point into `texts`.
    pub fn new(texts: &'a Texts<'a>, form: Form) -> Self {
        Self { texts, form, lines: None }
    }

    /// Prints one finding, with a newline at its end.
    pub fn print(&mut self, diagnostic: &Diagnostic) -> String {
        match self.form {
            Form::Human { colour } => self.human(diagnostic, colour),
            Form::Short => self.short(diagnostic),
            Form::Json => self.json(diagnostic),
        }
    }

    /// The place of an offset in a file whose text is known.
    fn place(&mut self, file: &SourcePath, offset: usize) -> Option<Place> {
        let text = (self.texts)(file)?;
        let lines = match &mut self.lines {
            Some((at, lines)) if at == file => lines,
            lines => &mut lines.insert((file.clone(), Lines::of(text))).1,
        };
        Some(lines.place(text, offset))
    }

    fn human(&mut self, diagnostic: &Diagnostic, colour: bool) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let message = one_line(&diagnostic.message);
        let mut group = Group::with_title(level.primary_title(message).id(diagnostic.code.name()));
        if let Some(span) = &diagnostic.span {
            let place = self.place(&span.file, span.range.start);
            let text = (self.texts)(&span.file);
            group = show(group, span, place, text, AnnotationKind::Primary, None);
        }
        for label in &diagnostic.labels {
            let place = self.place(&label.span.file, label.span.range.start);
            let (text, said) = ((self.texts)(&label.span.file), Some(label.message.as_str()));
            group = show(group, &label.span, place, text, AnnotationKind::Context, said);
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut out = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
        out.push_str("\n\n");
        out
    }

    fn short(&mut self, diagnostic: &Diagnostic) -> String {
        let place = diagnostic.span.as_ref().map_or(String::new(), |span| {
            match self.place(&span.file, span.range.start) {
                Some(place) => format!("{}:{}:{}: ", span.file, place.line, place.column),
                None => format!("{}: ", span.file),
            }
        });
        let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
        let (severity, code) = (diagnostic.severity.name(), diagnostic.code.name());
        one_line(&format!("{place}{severity}[{code}]: {}{help}", diagnostic.message)) + "\n"
    }

    fn json(&mut self, diagnostic: &Diagnostic) -> String {
        let place = diagnostic.span.as_ref().map(|span| self.json_place(span));
        let labels: Vec<_> = diagnostic
            .labels
            .iter()
            .map(|label| {
                serde_json::json!({
                    "message": label.message, "place": self.json_place(&label.span)
                })
            })
            .collect();
        let object = serde_json::json!({
            "code": diagnostic.code.name(),
            "severity": diagnostic.severity.name(),
            "message": diagnostic.message,
            "help": diagnostic.help,
            "place": place,
            "labels": labels,
        });
        object.to_string() + "\n"
    }

    fn json_place(&mut self, span: &Span) -> serde_json::Value {
        let mut place = serde_json::json!({ "file": span.file.as_str() });
        let start = self.place(&span.file, span.range.start);
        if let (Some(start), Some(end)) = (start, self.place(&span.file, span.range.end)) {
            place["line"] = start.line.into();
            place["column"] = start.column.into();
            place["end_line"] = end.line.into();
            place["end_column"] = end.column.into();
            place["start"] = span.range.start.into();
            place["end"] = span.range.end.into();
        }
        place
    }
}

/// Adds the place of a span to a report: with its lines where they can be shown.
fn show<'a>(
    group: Group<'a>,
    span: &'a Span,
    place: Option<Place>,
    text: Option<&'a str>,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Group<'a> {
    let file = span.file.as_str();
    let (Some(text), Some(place)) = (text, place) else {
        return group.element(Origin::path(file));
    };
    let Some((excerpt, range)) = excerpt(text, &span.range) else {
        return group.element(Origin::path(file).line(place.line).char_column(place.column));
    };
    let mut annotation = kind.span(range);
    if let Some(label) = label {
        annotation = annotation.label(label);
    }
    group.element(Snippet::source(excerpt).line_start(place.line).path(file).annotation(annotation))
}

/// Cuts the lines that a range touches, at most three, with the range within them; none where
/// a line is too long to show.
fn excerpt<'a>(text: &'a str, range: &Range<usize>) -> Option<(&'a str, Range<usize>)> {
    let start = floor(text, range.start);
    let end = floor(text, range.end).max(start);
    let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let mut to = from;
    for line in text[from..].split_inclusive('\n').take(3) {
        if line.len() > LONGEST_LINE {
            return None;
        }
        to += line.len();
        if to >= end {
            break;
        }
    }
    let excerpt = text[from..to].trim_end_matches(['\n', '\r']);
    let clip = |offset: usize| (offset - from).min(excerpt.len());
    Some((excerpt, clip(start)..clip(end)))
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Keeps a message on its line, whatever a file name or a key brought into it.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Form, Printer};
    use crate::diag::{Code, Diagnostic, Span};
    use crate::path::SourcePath;

    const TEXT: &str = "one\nsee [x](y.md)\n";

    fn finding() -> Diagnostic {
        let span = Span::new(SourcePath::new("content/a.md"), 12..16);
        Diagnostic::new(Code::BrokenLink, "this link leads to no page")
            .at(span)
            .did_you_mean(Some("z.md"))
    }

    #[test]
    fn a_person_sees_the_line() {
        let out = Printer::new(&|_| Some(TEXT), Form::Human { colour: false }).print(&finding());
        let want = "error[broken-link]: this link leads to no page\n --> content/a.md:2:9\n  |\n2 | see [x](y.md)\n  |         ^^^^\n  |\n  = help: did you mean `z.md`?\n\n";
        assert_eq!(out, want);
    }

    #[test]
    fn one_line_holds_it_all() {
        let out = Printer::new(&|_| Some(TEXT), Form::Short).print(&finding());
        assert_eq!(
            out,
            "content/a.md:2:9: error[broken-link]: this link leads to no page (did you mean `z.md`?)\n"
        );
    }

    #[test]
    fn a_very_long_line_gives_its_place_only() {
        let long = format!("a\n{}", "x".repeat(5000));
        let out = Printer::new(&|_| Some(&long), Form::Human { colour: false }).print(&finding());
        assert!(out.contains("content/a.md:2:11"), "{out}");
        assert!(out.len() < 200, "{out}");
    }
}
