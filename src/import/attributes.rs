//! Braces with classes, ids and sizes behind links, pictures, spans and blocks.

use std::ops::Range;

use super::brief::shortened;
use super::draft::Draft;
use super::edits::Edits;
use super::lines::{Line, Lines};
use super::loss::{Loss, LossKind};
use crate::markdown::Verbatim;

/// Takes braces out that ibid would print, and notes what they said.
/// Those whose id `is_label` says are left to whoever writes labels.
pub(super) fn attributes(
    draft: &Draft<'_>,
    places: &Verbatim,
    edits: &mut Edits,
    losses: &mut Vec<Loss>,
    is_label: fn(&str) -> bool,
) {
    let (text, _) = draft.source();
    let bytes = text.as_bytes();
    let lines = Lines::of(text);
    let marks = (usize::MAX, 0);
    let mut finder =
        Finder { text, lines, marks, places, draft, is_label, closed: None, edits, losses };
    // The brackets that are open, so that the one a span closes is known.
    let mut brackets: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(code) = places.code_at(at) {
            at = code.end.max(at + 1);
            continue;
        }
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => brackets.clear(),
            b'[' => brackets.push(at),
            b']' => finder.closed = brackets.pop().map(|open| (open, at)),
            b'{' => {
                let length = bytes[at..].iter().take(LONGEST).position(|byte| *byte == b'}');
                if let Some(length) = length
                    && let Some(end) = finder.take(at..at + length + 1)
                {
                    at = end;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// The longest braces that are looked at, in bytes.
const LONGEST: usize = 400;

struct Finder<'t, 'd> {
    text: &'t str,
    lines: Lines,
    /// A line, and where the marks of quotes and lists end that it begins with.
    marks: (usize, usize),
    places: &'t Verbatim,
    draft: &'t Draft<'d>,
    is_label: fn(&str) -> bool,
    /// The last brackets that were closed.
    closed: Option<(usize, usize)>,
    edits: &'t mut Edits,
    losses: &'t mut Vec<Loss>,
}

impl Finder<'_, '_> {
    /// Takes braces out where they are attributes; gives their end.
    fn take(&mut self, range: Range<usize>) -> Option<usize> {
        let Self { text, places, draft, closed, .. } = *self;
        let inside = &text[range.start + 1..range.end - 1];
        let kramdown = inside.strip_prefix(':');
        if kramdown.is_none() && !is_attributes(inside) {
            return None;
        }
        let before = text[..range.start].chars().next_back();
        let line = self.lines.at(range.start);
        let has_own_line = self.marks_end(line) >= range.start
            && self.lines.at(range.end).is_blank_after(range.end);
        let in_heading = line.words(text).starts_with('#');
        let is_bound = matches!(before, Some(')' | ']' | '`' | '*' | '_'));
        let is_known = match kramdown {
            Some(_) => true,
            None => (is_bound || has_own_line) && (!in_heading || before == Some(')')),
        };
        if !is_known || places.html_at(range.start).is_some() {
            return None;
        }
        let (edits, losses) = (&mut *self.edits, &mut *self.losses);
        let inside = kramdown.unwrap_or(inside).trim_matches([':', '/', ' ']);
        let id = inside
            .split_whitespace()
            .find_map(|word| word.strip_prefix('#'))
            .filter(|id| !id.is_empty());
        let others: Vec<&str> =
            inside.split_whitespace().filter(|word| !word.starts_with('#')).collect();
        if id.is_some_and(self.is_label) {
            return Some(range.end);
        }
        if kramdown.is_none()
            && before == Some(']')
            && closed.is_some_and(|(_, close)| close + 1 == range.start)
        {
            let (open, close) = closed?;
            let (start, end) = match (id, others.iter().find_map(|class| tag(class))) {
                (Some(id), _) => (format!("<span id=\"{id}\">"), "</span>".to_owned()),
                (None, Some(tag)) => (format!("<{tag}>"), format!("</{tag}>")),
                (None, None) => (String::new(), String::new()),
            };
            edits.replace(open..open + 1, start);
            edits.replace(close..range.end, end);
        } else if has_own_line
            && let Some(id) = id
            && let Some(heading) = heading_above(text, line.start)
        {
            // The line below a heading names its id.
            edits.insert(heading, format!(" {{#{id}}}"));
            edits.replace(range.clone(), "");
        } else if has_own_line {
            // `* TOC` with `{:toc}` below it is a list that the old program made.
            if others.contains(&"toc") {
                let list = text[..line.start].trim_end_matches('\n');
                let above = list.rfind('\n').map_or(0, |end| end + 1);
                if list[above..].trim_start().starts_with(['*', '-', '1', '+']) {
                    edits.replace(above..range.end, "");
                    return Some(range.end);
                }
            }
            let mark = id.map(|id| format!("<span id=\"{id}\"></span>")).unwrap_or_default();
            edits.replace(range.clone(), mark);
        } else {
            edits.replace(range.clone(), "");
        }
        let others: Vec<&str> = others.into_iter().filter(|word| tag(word).is_none()).collect();
        if !others.is_empty() {
            let what = format!("`{}`", shortened(&others.join(" ")));
            losses.push(draft.lost(&range, LossKind::Attribute, what, "left out"));
        }
        Some(range.end)
    }

    /// Where the marks of quotes and lists end that a line begins with.
    fn marks_end(&mut self, line: Line) -> usize {
        if self.marks.0 != line.start {
            let whole = &self.text[line.start..line.end];
            let bare = whole.trim_start_matches([' ', '\t', '>', '*', '-']);
            self.marks = (line.start, line.end - bare.len());
        }
        self.marks.1
    }
}

/// The element that a class of Pandoc means.
fn tag(class: &str) -> Option<&'static str> {
    match class {
        ".mark" | ".highlight" => Some("mark"),
        ".underline" | ".ul" => Some("u"),
        ".kbd" => Some("kbd"),
        _ => None,
    }
}

/// The end of the heading on the line above, where that has no braces.
fn heading_above(text: &str, line_start: usize) -> Option<usize> {
    let end = text[..line_start].strip_suffix('\n')?.trim_end().len();
    let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
    let line = &text[start..end];
    let is_heading = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
    (is_heading && !line.ends_with('}')).then_some(end)
}

/// Tells whether what stands in braces is classes, ids and values.
fn is_attributes(inside: &str) -> bool {
    let inside = inside.trim();
    if inside.is_empty() || inside.starts_with(['{', '%', '<']) || inside.contains('\n') {
        return false;
    }
    let mut quoted = false;
    let words = inside.split(move |c: char| {
        if c == '"' {
            quoted = !quoted;
        }
        c.is_whitespace() && !quoted
    });
    let mut any = false;
    for word in words.filter(|word| !word.is_empty()) {
        let is_sign = |word: &str| {
            word.len() > 1
                && word[1..]
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
        };
        let is_one = match word.chars().next() {
            Some('.' | '#') => is_sign(word),
            Some('-') => word == "-",
            _ => word.split_once('=').is_some_and(|(key, value)| {
                !value.is_empty()
                    && !key.is_empty()
                    && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
            }),
        };
        if !is_one {
            return false;
        }
        any = true;
    }
    any
}

#[cfg(test)]
mod tests {
    use super::attributes;
    use crate::import::draft::Draft;
    use crate::import::edits::Edits;
    use crate::markdown::verbatim;

    fn written(text: &str) -> (String, usize) {
        let mut losses = Vec::new();
        let draft = Draft::new("a.md", text, "a.md".into(), &mut losses);
        let mut edits = Edits::default();
        attributes(&draft, &verbatim(text), &mut edits, &mut losses, |_| false);
        (edits.apply(text), losses.len())
    }

    #[test]
    fn attributes_are_taken_out() {
        for (text, want, lost) in [
            ("![a](b.png){width=50% .x}\n", "![a](b.png)\n", 1),
            ("[a](b){target=\"_blank\"} c\n", "[a](b) c\n", 1),
            ("[a [b]]{.mark} and [c]{#d}\n", "<mark>a [b]</mark> and <span id=\"d\">c</span>\n", 0),
            ("## H\n{: #id .x}\n", "## H {#id}\n\n", 1),
            ("* TOC\n{:toc}\n\na\n", "\n\na\n", 0),
            ("para\n{: .lead}\n", "para\n\n", 1),
            ("## H {#id .c}\n", "## H {#id .c}\n", 0),
            ("`a{.b}` {braces} {{ x }} \\{#a} f{1}\n", "`a{.b}` {braces} {{ x }} \\{#a} f{1}\n", 0),
            ("$x]{a=b}$", "$x]$", 1),
        ] {
            assert_eq!(written(text), (want.to_owned(), lost), "{text}");
        }
    }
}
