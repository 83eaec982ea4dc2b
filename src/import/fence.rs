//! What stands behind the marks that open a block of code.

use std::ops::Range;

use super::brief::shortened;
use super::call::Arguments;
use super::draft::Draft;
use super::edits::Edits;
use super::loss::{Loss, LossKind};
use crate::markdown::Verbatim;

/// Options that say how code was run.
const RUN: [&str; 8] = ["python", "r", "julia", "ojs", "bash", "sql", "mermaid", "dot"];

/// Writes the options of code blocks as ibid has them: `go {linenos=true hl_lines=[2]}`,
/// `{python}`, `{.yaml filename="a.yml"}`.
pub(super) fn fences(
    draft: &Draft<'_>,
    places: &Verbatim,
    edits: &mut Edits,
    losses: &mut Vec<Loss>,
) {
    let (text, _) = draft.source();
    for range in &places.code {
        let block = &text[range.clone()];
        let first = block.lines().next().unwrap_or("");
        let mark = first.trim_start().chars().next().unwrap_or(' ');
        let bare = first.trim_start().trim_start_matches(mark);
        let marks = first.trim_start().len() - bare.len();
        let Some(open) = bare.find('{').filter(|_| marks >= 3 && matches!(mark, '`' | '~')) else {
            continue;
        };
        let Some(close) = bare.rfind('}').filter(|close| *close > open) else { continue };
        let start = range.start + first.len() - bare.len();
        let whole = start..start + first.trim_end().len() - (first.len() - bare.len());
        let inside = bare[open + 1..close].trim();
        let before = bare[..open].trim().trim_end_matches(',').to_owned();
        if let Some(format) = inside.strip_prefix('=').filter(|_| before.is_empty()) {
            raw(draft, text, range, format, edits, losses);
            continue;
        }
        edits.replace(whole.clone(), options(draft, &whole, before, inside, losses));
    }
}

/// Puts in what was meant for readers of pages, and leaves out what was for those of other formats.
fn raw(
    draft: &Draft<'_>,
    text: &str,
    range: &Range<usize>,
    format: &str,
    edits: &mut Edits,
    losses: &mut Vec<Loss>,
) {
    let block = text[range.clone()].trim_end();
    let inside = block.split_once('\n').map_or("", |(_, inside)| inside);
    let inside = inside.rsplit_once('\n').map_or("", |(inside, _)| inside);
    let whole = range.start..range.start + block.len();
    let is_shown = matches!(format.trim(), "html" | "html5" | "html4");
    if !is_shown {
        let what = format!("raw `{}`", shortened(format));
        let instead = "left out: readers did not see it";
        losses.push(draft.lost(range, LossKind::Comment, what, instead));
        return edits.replace(whole, "");
    }
    // A blank line would end it, and what follows would be read as Markdown.
    let lines: Vec<&str> = inside.lines().filter(|line| !line.trim().is_empty()).collect();
    edits.replace(whole, lines.join("\n"));
}

fn options(
    draft: &Draft<'_>,
    place: &Range<usize>,
    language: String,
    inside: &str,
    losses: &mut Vec<Loss>,
) -> String {
    let mut language = language;
    let mut out: Vec<String> = Vec::new();
    let inside = &lists(inside);
    for word in Arguments::read(inside).positional {
        match word.strip_prefix('.') {
            Some(class) if language.is_empty() => class.clone_into(&mut language),
            Some(class) if class == "numberLines" || class == "number-lines" => {
                out.push("linenos".into());
            }
            Some(class) => losses.push(draft.lost(
                place,
                LossKind::Attribute,
                format!("`.{class}`"),
                "left out",
            )),
            None if word.starts_with('#') => {
                losses.push(draft.lost(
                    place,
                    LossKind::Attribute,
                    format!("`{word}`"),
                    "left out",
                ));
            }
            None if language.is_empty() => {
                language = word.trim_end_matches(',').to_ascii_lowercase();
                if RUN.contains(&language.as_str())
                    && !matches!(language.as_str(), "mermaid" | "dot")
                {
                    let what = format!("code of `{language}`, which was run");
                    losses.push(draft.lost(place, LossKind::Code, what, "shown, not run"));
                }
            }
            None => {}
        }
    }
    for (key, value) in Arguments::read(inside).named {
        let value = value.replace(['|', ';'], " ");
        match key.to_ascii_lowercase().as_str() {
            "linenos" | "linenumbers" | "code-line-numbers" if value != "false" => {
                out.push("linenos".into());
            }
            "linenos" | "anchorlinenos" | "lineanchors" | "style" | "code-line-numbers" => {}
            "linenostart" | "startfrom" if value.parse::<u32>().is_ok() => {
                out.push(format!("linenostart={value}"));
            }
            "hl_lines" => {
                let lines: String = value
                    .chars()
                    .map(|c| if c.is_ascii_digit() || c == '-' { c } else { ' ' })
                    .collect();
                out.push(format!(
                    "hl_lines={}",
                    lines.split_whitespace().collect::<Vec<_>>().join(" ")
                ));
            }
            "filename" | "file" | "title" | "name" => {
                out.push(format!("name={}", value.replace(',', " ")));
            }
            _ => {
                losses.push(draft.lost(place, LossKind::Attribute, format!("`{key}`"), "left out"));
            }
        }
    }
    out.insert(0, language);
    out.join(",").trim_start_matches(',').to_owned()
}

/// Takes the brackets from lists, so that each is one word: `[1,"3-4"]`.
fn lists(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '"' | '\'' | ' ' if depth > 0 => {}
            ',' if depth > 0 => out.push(';'),
            c => out.push(c),
        }
    }
    out
}
