//! Writes the calls of a text anew: each as its dialect decides, in the place that it needs.

use std::ops::Range;

use super::brief::shortened;
use super::call::{Call, Kind};
use super::directive::{DEEPEST, Directive};
use super::draft::Draft;
use super::edits::Edits;
use super::lines::Lines;
use super::loss::{Loss, LossKind};
use crate::markdown::Verbatim;

/// What becomes of a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// A text in its place; what it closes goes, and what it holds stays.
    Text(String),
    /// A directive, around what it holds.
    Block(Directive),
    /// Texts before and behind what it holds.
    Around(String, String),
    /// What it holds is code of a language.
    Code(String),
    /// It goes, and what it holds.
    Hide,
    /// It stays as literal text.
    Literal,
}

/// What becomes of a call, and what of it is lost.
pub(super) struct Known {
    pub(super) shape: Shape,
    /// Arguments that have no place.
    pub(super) lost: Vec<String>,
}

impl From<Shape> for Known {
    fn from(shape: Shape) -> Self {
        Self { shape, lost: Vec::new() }
    }
}

/// Writes the calls of a text anew, as `decide` says of each with what it holds.
pub(super) fn rewrite(
    draft: &Draft<'_>,
    calls: &[Call],
    verbatim: &Verbatim,
    edits: &mut Edits,
    losses: &mut Vec<Loss>,
    mut decide: impl FnMut(&Call, Option<&str>) -> Known,
) {
    let (text, _) = draft.source();
    let lines = Lines::of(text);
    let page = Page { text, lines: &lines };
    let mut past = 0;
    // What the opening call makes of the one that closes it.
    let mut closing: Vec<Option<Shape>> = vec![None; calls.len()];
    for (at, call) in calls.iter().enumerate() {
        if call.range.start < past {
            continue;
        }
        if call.kind == Kind::Shown {
            edits.replace(call.range.clone(), shown(text, call));
            continue;
        }
        if call.kind == Kind::Close {
            match closing[at].take() {
                Some(Shape::Block(_)) => edits
                    .replace(call.range.clone(), page.alone(call, &":".repeat(2 + call.height))),
                Some(Shape::Around(_, close)) => {
                    edits.replace(call.range.clone(), page.alone_if_block(call, &close));
                }
                Some(Shape::Text(_)) => edits.replace(call.range.clone(), ""),
                _ => literal(draft, call, verbatim, edits, losses),
            }
            continue;
        }
        let close = call.close.filter(|close| *close > at);
        let held = close.map(|close| &text[call.range.end..calls[close].range.start]);
        let Known { mut shape, lost } = decide(call, held);
        if matches!(shape, Shape::Block(_)) && call.height > DEEPEST {
            shape = Shape::Literal;
        }
        for key in lost {
            let what = format!("`{key}` of `{}`", call.name);
            losses.push(draft.lost(&call.range, LossKind::Attribute, what, "left out"));
        }
        if let Some(close) = close {
            closing[close] = Some(shape.clone());
        }
        match &shape {
            Shape::Text(new) => edits.replace(call.range.clone(), page.alone_if_block(call, new)),
            Shape::Block(directive) => {
                edits.replace(
                    call.range.clone(),
                    page.alone(call, &directive.line(2 + call.height.max(1))),
                );
            }
            Shape::Around(open, _) => {
                edits.replace(call.range.clone(), page.alone_if_block(call, open));
            }
            Shape::Code(language) => {
                if let (Some(close), Some(held)) = (close, held) {
                    past = calls[close].range.end;
                    let whole = call.range.start..past;
                    let indent = page.indent(call.range.start);
                    edits.replace(
                        whole.clone(),
                        fenced(language, held, indent, page.stands_alone(&whole)),
                    );
                }
            }
            Shape::Hide => {
                past = close.map_or(call.range.end, |close| calls[close].range.end);
                edits.replace(call.range.start..past, "");
            }
            Shape::Literal => literal(draft, call, verbatim, edits, losses),
        }
    }
}

/// What a call shows that is only shown.
fn shown(text: &str, call: &Call) -> String {
    let (whole, inside) = (&text[call.range.clone()], &text[call.inside.clone()]);
    match &whole[..3] {
        "{{{" => format!("{{{{<{inside}>}}}}"),
        "{{<" => format!("{{{{<{inside}>}}}}"),
        "{{%" => format!("{{{{%{inside}%}}}}"),
        "{{/" => format!("{{{{{inside}}}}}"),
        _ => format!("{{%{inside}%}}"),
    }
}

/// Keeps a call as literal text, and tells of it.
fn literal(
    draft: &Draft<'_>,
    call: &Call,
    verbatim: &Verbatim,
    edits: &mut Edits,
    losses: &mut Vec<Loss>,
) {
    let (text, _) = draft.source();
    let written = &text[call.range.clone()];
    let what = format!("`{}`", shortened(written));
    let is_bound =
        verbatim.html_at(call.range.start).is_some() || is_in_destination(text, call.range.start);
    let instead = match call.in_code || is_bound {
        true => "stays as it is",
        false => "shown as literal text",
    };
    losses.push(draft.lost(&call.range, LossKind::Call, what, instead));
    if !call.in_code && !is_bound {
        edits.replace(call.range.clone(), code_span(written));
    }
}

/// A text as a span of code.
pub(super) fn code_span(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{pad}{text}{pad}{marks}")
}

/// Tells whether a byte stands in the destination of a link, or in a tag of HTML.
pub(super) fn is_in_destination(text: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(300);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..at];
    let line = before.rsplit('\n').next().unwrap_or(before);
    let in_link = line.rfind("](").is_some_and(|open| !line[open..].contains(')'));
    let in_definition = line.trim_start().starts_with('[') && line.trim_end().ends_with("]:");
    let in_tag = before.rfind('<').is_some_and(|open| {
        let tag = &before[open..];
        !tag.contains('>') && tag[1..].starts_with(|c: char| c.is_ascii_alphabetic())
    });
    in_link || in_definition || in_tag
}

/// A text and its lines.
struct Page<'t> {
    text: &'t str,
    lines: &'t Lines,
}

impl<'t> Page<'t> {
    /// A text with the blank lines around it that a block needs, where it is one.
    fn alone_if_block(&self, call: &Call, new: &str) -> String {
        match new.starts_with("\n\n") && new.ends_with("\n\n") && new.len() > 4 {
            true => self.alone(call, new.trim_matches('\n')),
            false => new.to_owned(),
        }
    }

    /// A line of its own, in the place of a call.
    fn alone(&self, call: &Call, line: &str) -> String {
        let indent = self.indent(call.range.start);
        let starts = self.lines.at(call.range.start).is_blank_before(call.range.start);
        let ends = self.lines.at(call.range.end).is_blank_after(call.range.end);
        let line = line.replace('\n', &format!("\n{indent}"));
        let lead = if starts { String::new() } else { format!("\n\n{indent}") };
        let trail = if ends { String::new() } else { format!("\n\n{indent}") };
        format!("{lead}{line}{trail}")
    }

    /// Tells whether nothing else stands on the lines of a range.
    fn stands_alone(&self, range: &Range<usize>) -> bool {
        self.lines.at(range.start).is_blank_before(range.start)
            && self.lines.at(range.end).is_blank_after(range.end)
    }

    /// The white space that the line at a byte begins with.
    fn indent(&self, at: usize) -> &'t str {
        self.lines.at(at).indent(self.text, at)
    }
}

/// A block of code.
fn fenced(language: &str, held: &str, indent: &str, is_alone: bool) -> String {
    let longest = held.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat((longest + 1).max(3));
    let held = held.trim_matches(['\r', '\n']).trim_end();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '+' | '#' | '.');
    let language: String = language.chars().filter(|c| is_plain(*c)).collect();
    let (lead, trail) =
        if is_alone { (String::new(), "") } else { (format!("\n\n{indent}"), "\n\n") };
    format!("{lead}{marks}{language}\n{held}\n{indent}{marks}{trail}")
}
