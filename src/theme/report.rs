//! The engine's errors as findings with their places.

use std::ops::Range;

use tera::{Error, ErrorKind};

use crate::diag::{Code, Diagnostic};
use crate::text::nearest::nearest;

use super::layer::Library;
use super::names::{FILTERS, FUNCTIONS, TESTS, successor};
use super::scan::{TagKind, scan};
use super::wording::reword;

/// The finding of a template that does not parse; none where the error is of another kind.
pub(super) fn syntax(stack: &Library, full: &str, error: &Error) -> Option<Diagnostic> {
    let ErrorKind::SyntaxError(report) = error.kind() else {
        return None;
    };
    let (message, help) = reword(report.message());
    let mut range = report.span().range.clone();
    if report.message() == "Unexpected end of input" {
        range.start = range.end;
    }
    let mut finding = Diagnostic::new(Code::TemplateSyntax, message);
    finding.help = help.or_else(|| tag_help(stack, full, &range));
    finding.span = stack.span(full, range);
    for (label, name, range) in notes(stack, error) {
        if let Some(span) = stack.span(name, range) {
            finding = finding.label(span, label);
        }
    }
    Some(finding)
}

/// The finding of a template that stops while `page` is rendered by `template`.
pub(super) fn render(stack: &Library, template: &str, error: &Error, page: &str) -> Diagnostic {
    let (message, help, span) = match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
            let (message, help) = reword(report.message());
            (message, help, stack.span(report.filename(), report.span().range.clone()))
        }
        other => {
            let (message, help) = reword(&other.to_string());
            let full = stack.resolve(template);
            (message, help, full.and_then(|full| stack.span(full, 0..0)))
        }
    };
    let mut finding =
        Diagnostic::new(Code::TemplateError, format!("{message}, while rendering `{page}`"));
    finding.help = help;
    finding.span = span;
    for (label, name, range) in notes(stack, error) {
        if let Some(span) = stack.span(name, range) {
            finding = finding.label(span, label);
        }
    }
    finding
}

/// The finding of a component that stops while `page` is rendered: where the engine names no
/// place, at the component's definition.
pub(super) fn component(stack: &Library, name: &str, error: &Error, page: &str) -> Diagnostic {
    let mut finding = render(stack, "", error, page);
    if finding.span.is_none() {
        let definition = stack
            .templates
            .iter()
            .flat_map(|(full, template)| {
                scan(&template.text).tags.into_iter().map(move |tag| (full, tag))
            })
            .filter(|(_, tag)| tag.kind == TagKind::Component && tag.name == name)
            .min_by_key(|(full, _)| stack.rank(full));
        finding.span = definition.and_then(|(full, tag)| stack.span(full, tag.range));
    }
    finding
}

/// The finding of a component that no layer has.
pub(super) fn missing_component(stack: &Library, name: &str, page: &str) -> Diagnostic {
    let known = components(stack);
    Diagnostic::new(
        Code::TemplateMissing,
        format!("there is no component `{name}`, which `{page}` asks for"),
    )
    .did_you_mean(nearest(name, known.iter().map(String::as_str)))
}

/// The finding of a template that no layer has.
pub(super) fn missing(stack: &Library, template: &str, page: &str) -> Diagnostic {
    Diagnostic::new(
        Code::TemplateMissing,
        format!("there is no template `{template}`, which `{page}` asks for"),
    )
    .did_you_mean(stack.nearest(template))
}

/// The findings in a text of reports, as the engine prints all names it does not know at once.
///
/// It keeps their places to itself, so they are read back from the printed form.
pub(super) fn references(stack: &Library, text: &str) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut message: Option<&str> = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("error: ") {
            message = Some(rest);
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && let Some(message) = message.take()
        {
            findings.push(reference(stack, message, place));
        }
    }
    if findings.is_empty() {
        let (message, help) = reword(text);
        let mut finding = Diagnostic::new(Code::TemplateSyntax, message);
        finding.help = help;
        findings.push(finding);
    }
    findings
}

fn reference(stack: &Library, message: &str, place: &str) -> Diagnostic {
    let name = message.split('`').nth(1).unwrap_or_default();
    let named = position(stack, place);
    let finding = if message.starts_with("Unknown filter") {
        called("filter", name, FILTERS)
    } else if message.starts_with("Unknown function") {
        called("function", name, FUNCTIONS)
    } else if message.starts_with("Unknown test") {
        called("test", name, TESTS)
    } else if message.starts_with("Unknown component") {
        let known = components(stack);
        Diagnostic::new(Code::TemplateSyntax, format!("there is no component `{name}`"))
            .did_you_mean(nearest(name, known.iter().map(String::as_str)))
    } else {
        let (message, help) = reword(message);
        let mut finding = Diagnostic::new(Code::TemplateSyntax, message);
        finding.help = help;
        finding
    };
    let Some((full, start)) = named else {
        return finding;
    };
    // The place is where the call begins; the name stands at it or soon after it.
    let rest = stack.templates.get(full).and_then(|t| t.text.get(start..)).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let range = match line.find(name) {
        Some(offset) => start + offset..start + offset + name.len(),
        None => start..start,
    };
    Diagnostic { span: stack.span(full, range), ..finding }
}

fn called(what: &str, name: &str, known: &[&str]) -> Diagnostic {
    let finding = Diagnostic::new(Code::TemplateSyntax, format!("there is no {what} `{name}`"));
    match successor(name) {
        Some(help) => finding.help(help),
        None => finding.did_you_mean(nearest(name, known.iter().copied())),
    }
}

/// The labels below a report: the calls that lead to the place.
fn notes<'a>(stack: &'a Library, error: &Error) -> Vec<(String, &'a str, Range<usize>)> {
    let text = error.to_string();
    let mut notes = Vec::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("note: ")) {
        let Some((label, place)) = line.rsplit_once(' ') else { continue };
        if let Some((full, start)) = position(stack, place) {
            let text = stack.templates.get(full).and_then(|t| t.text.get(start..));
            let call = text.map_or(0, |text| call_length(text.lines().next().unwrap_or_default()));
            notes.push((label.to_owned(), full, start..start + call));
        }
    }
    notes
}

/// How long the call is that a line begins with: `<card page={page} />`, `"card.html"`.
fn call_length(line: &str) -> usize {
    let end = if line.starts_with('<') {
        line.find("/>").map(|end| end + 2).or_else(|| line.find('>').map(|end| end + 1))
    } else {
        line.find(['}', '%'])
    };
    line[..end.unwrap_or(line.len())].trim_end().len()
}

/// A place in the engine's printed form, `page.html:3:10`: the full name and the byte.
fn position<'a>(stack: &'a Library, place: &str) -> Option<(&'a str, usize)> {
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let (full, template) = stack.templates.get_key_value(parts.next()?)?;
    let text = &template.text;
    let mut start = 0;
    for _ in 1..line {
        start += text[start..].find('\n')? + 1;
    }
    let offset = text[start..]
        .char_indices()
        .nth(column.checked_sub(1)?)
        .map_or(text.len() - start, |(offset, _)| offset);
    Some((full, start + offset))
}

/// The components of all layers.
fn components(stack: &Library) -> Vec<String> {
    let mut names: Vec<String> = stack
        .templates
        .values()
        .flat_map(|template| scan(&template.text).tags)
        .filter(|tag| tag.kind == TagKind::Component)
        .map(|tag| tag.name)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What to do about a tag that themes for Tera 1 use.
fn tag_help(stack: &Library, full: &str, range: &Range<usize>) -> Option<String> {
    match stack.templates.get(full)?.text.get(range.clone())? {
        "macro" | "endmacro" | "import" => Some(
            "Tera 2 has components: `{% component name(argument) %}…{% endcomponent %}`, \
             called by `{{ <name argument={…} /> }}`"
                .to_owned(),
        ),
        _ => None,
    }
}
