//! Writes formulas.

use std::ops::Range;

use super::draft::Gap;
use super::formulas::Formula;
use super::record::Record;
use super::tex::Fault;
use crate::diag::{Code, Diagnostic};

/// How a formula stands in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// `$…$`.
    Inline,
    /// `$$…$$` within a paragraph.
    Within,
    /// `$$…$$` as a paragraph.
    Alone,
}

/// The names of the equations of a text.
#[derive(Default, Debug)]
pub(super) struct Equations {
    /// Those that are given, and where.
    given: Vec<(String, Range<usize>)>,
    /// Those that are referred to, and where.
    wanted: Vec<(String, Range<usize>)>,
}

/// Writes a formula that stands at `range` of the source, with its dollar signs.
pub(super) fn write(
    written: &str,
    place: Place,
    range: &Range<usize>,
    equations: &mut Equations,
    record: &mut Record<'_>,
) {
    // Two prices in a line, `$5/$10`: Pandoc's rule, too.
    let behind = record.source.as_bytes().get(range.end);
    if place == Place::Inline && behind.is_some_and(u8::is_ascii_digit) {
        let text = format!("${written}$");
        record.write_text(&text);
        return record.read(&text, range);
    }
    record.draft.push(match place {
        Place::Inline => "<span class=\"math math-inline\">",
        Place::Within => "<span class=\"math math-display\">",
        // It can be scrolled, so a keyboard must be able to reach it.
        Place::Alone => "<div class=\"math math-display\" tabindex=\"0\">",
    });
    let macros = &record.options.macros;
    match record.formulas.read(written, place != Place::Inline, macros) {
        Ok(Formula { number, mathml, text, labels, references }) => {
            match mathml {
                Some(mathml) => record.draft.push(&mathml),
                None => record.gap(Gap::Formula(number)),
            }
            let in_text = |(name, at)| (name, locate(&at, written, range, record.source));
            equations.given.extend(labels.into_iter().map(in_text));
            equations.wanted.extend(references.into_iter().map(in_text));
            match text {
                Some(text) => record.read(&text, range),
                // A heading is called by its formula all the same.
                None => record.captures.push(written),
            }
        }
        Err(fault) => {
            let range_of_fault = locate(&fault.range, written, range, record.source);
            report(Fault { range: range_of_fault, ..fault }, record);
            record.draft.push("<code>");
            record.draft.text(written);
            record.draft.push("</code>");
            let words: Vec<_> = written.split_whitespace().collect();
            record.read(&words.join(" "), range);
        }
    }
    record.draft.push(if place == Place::Alone { "</div>\n" } else { "</span>" });
}

/// Places what was found in a formula in the text.
fn locate(found: &Range<usize>, written: &str, range: &Range<usize>, source: &str) -> Range<usize> {
    let signs = source[range.clone()].bytes().take_while(|&byte| byte == b'$').count();
    let start = range.start + signs;
    // In a quote that goes over several lines the marks of the quote are no part of it. What is
    // missing at its end is missing in all of it.
    let is_there = source[start..].starts_with(written);
    if !is_there || found.is_empty() || *found == (0..written.len()) {
        return range.clone();
    }
    start + found.start..start + found.end
}

fn report(fault: Fault, record: &mut Record<'_>) {
    let finding = Diagnostic::new(Code::FormulaSyntax, fault.message)
        .at(record.span(&fault.range))
        .help(fault.help);
    record.diagnostics.push(finding);
}

/// Makes ids of the names of equations, and reports those that are given twice or not at all.
pub(super) fn settle(equations: &Equations, record: &mut Record<'_>) {
    let Equations { given, wanted } = equations;
    for (n, (name, range)) in given.iter().enumerate() {
        let Some((_, first)) = given[..n].iter().find(|(other, _)| other == name) else {
            record.body.anchors.push(name.clone());
            continue;
        };
        let message = format!("two equations are called `{name}`");
        let finding = Diagnostic::new(Code::FormulaSyntax, message)
            .at(record.span(range))
            .label(record.span(first), "the first is here")
            .help("give one of them another name");
        record.diagnostics.push(finding);
    }
    for (name, range) in wanted {
        if !given.iter().any(|(other, _)| other == name) {
            let fault = Fault {
                range: range.clone(),
                message: format!("no equation of this page is called `{name}`"),
                help: "an equation is named by `\\label`",
            };
            report(fault, record);
        }
    }
}
