//! Fenced divs of Pandoc: `::: {.callout-note}`.

use super::brief::shortened;
use super::call::Arguments;
use super::directive::{DEEPEST, Directive};
use super::draft::Draft;
use super::edits::Edits;
use super::loss::{Loss, LossKind};
use super::shortcode::note;
use crate::markdown::Verbatim;

/// A div, by its lines.
struct Div {
    /// The bytes of the line that opens it, without its end.
    open: std::ops::Range<usize>,
    close: Option<std::ops::Range<usize>>,
    attributes: String,
    height: usize,
}

/// Writes divs that mean something as directives, and takes the marks of the others out.
pub(super) fn divs(
    draft: &Draft<'_>,
    places: &Verbatim,
    edits: &mut Edits,
    losses: &mut Vec<Loss>,
) {
    let (text, _) = draft.source();
    let mut past = 0;
    for div in found(text, places) {
        if div.open.start < past {
            continue;
        }
        let attributes = Arguments::read(div.attributes.trim_matches(['{', '}', ' ']));
        let classes: Vec<&str> =
            attributes.positional.iter().map(|word| word.trim_start_matches('.')).collect();
        let id = attributes.positional.iter().find_map(|word| word.strip_prefix('#'));
        let end = div.close.as_ref().map_or(div.open.end, |close| close.start);
        let callout = classes.iter().find_map(|class| class.strip_prefix("callout-"));
        if let Some(kind) = callout.filter(|_| div.height <= DEEPEST) {
            let heading = heading(text, div.open.end, end);
            let title = attributes.named(&["title"]).map(str::to_owned);
            let title = title.or_else(|| heading.as_ref().map(|(_, title)| title.clone()));
            if let Some((range, _)) = heading {
                edits.replace(range, "");
            }
            let is_folded = attributes.named(&["collapse"]).is_some_and(|value| value != "false");
            let directive = match is_folded {
                true => Directive::new("details").label(title.as_deref().or(Some("Details"))),
                false => Directive::new(note(kind).unwrap_or("note")).label(title.as_deref()),
            };
            edits.replace(div.open, directive.line(2 + div.height));
            if let Some(close) = div.close {
                edits.replace(close, ":".repeat(2 + div.height));
            }
            continue;
        }
        let format =
            attributes.named(&["when-format", "unless-format", "when-profile"]).unwrap_or("");
        let is_html = format.contains("html");
        let is_seen =
            match (classes.contains(&"content-visible"), classes.contains(&"content-hidden")) {
                (true, _) => {
                    attributes.named(&["when-format"]).is_none_or(|format| format.contains("html"))
                        && !(attributes.named(&["unless-format"]).is_some() && is_html)
                }
                (_, true) => {
                    !is_html && attributes.named(&["unless-format"]).is_none() && !format.is_empty()
                }
                _ => !classes.contains(&"hidden"),
            };
        let what = format!("`{}`", shortened(&text[div.open.clone()]));
        if let (false, Some(close)) = (is_seen, &div.close) {
            past = close.end;
            losses.push(draft.lost(
                &div.open,
                LossKind::Comment,
                what,
                "left out: readers did not see it",
            ));
            edits.replace(div.open.start..close.end, "");
            continue;
        }
        if !classes.contains(&"content-visible") {
            losses.push(draft.lost(&div.open, LossKind::Markup, what, "its text is kept"));
        }
        let anchor = id.map(|id| format!("<span id=\"{id}\"></span>\n")).unwrap_or_default();
        edits.replace(div.open, anchor);
        if let Some(close) = div.close {
            edits.replace(close, "");
        }
    }
}

/// Finds the divs of a text, in the order in which they open.
fn found(text: &str, places: &Verbatim) -> Vec<Div> {
    let mut all: Vec<Div> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let from = start + marks(line);
        let content = text[from..at].trim_end();
        if !content.starts_with(":::") || places.code_at(from).is_some() {
            continue;
        }
        let range = from..from + content.len();
        let rest = content.trim_matches(':').trim();
        if rest.is_empty() {
            if let Some(opener) = open.pop() {
                all[opener].close = Some(range);
                let height = all[opener].height;
                if let Some(above) = open.last() {
                    let above = &mut all[*above];
                    above.height = above.height.max(height + 1);
                }
            }
            continue;
        }
        let attributes = if rest.starts_with('{') { rest.to_owned() } else { format!(".{rest}") };
        open.push(all.len());
        all.push(Div { open: range, close: None, attributes, height: 1 });
    }
    all
}

/// How long the marks of quotes and items are that a line begins with.
fn marks(line: &str) -> usize {
    let mut rest = line.trim_start();
    while let Some(inside) = rest.strip_prefix(['-', '*', '+', '>']) {
        if !inside.starts_with(' ') {
            break;
        }
        rest = inside.trim_start();
    }
    line.len() - rest.len()
}

/// The heading that a callout begins with: its line, and its text.
fn heading(text: &str, from: usize, to: usize) -> Option<(std::ops::Range<usize>, String)> {
    let inside = text.get(from..to)?;
    let start = from + inside.len() - inside.trim_start().len();
    let line = text[start..to].lines().next()?;
    let bare = line.trim_start_matches('#');
    let is_heading = bare.len() < line.len() && bare.starts_with(' ');
    let title = bare.split(" {").next().unwrap_or(bare).trim().to_owned();
    is_heading.then(|| (start..start + line.len(), title))
}
