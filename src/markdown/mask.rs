//! Keeps lines that begin with a colon from being taken for definitions.
//!
//! A definition is a colon and white space, but `pulldown-cmark` 0.13 takes any colon at the
//! start of a line: `:::note` and `:)` would open a definition list. So these colons are
//! masked with a control character of the same length before the text is parsed, which
//! keeps every offset, and restored in the events.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag};

use crate::text::seek::position;

/// A text with its odd colons masked.
pub(super) struct Masked<'a> {
    /// The text to parse.
    pub(super) text: Cow<'a, str>,
    /// The character that stands for a colon, where there is one.
    stand_in: Option<char>,
}

impl Masked<'_> {
    /// Puts the colons back into an event.
    pub(super) fn restore<'t>(&self, event: Event<'t>) -> Event<'t> {
        match self.stand_in {
            Some(stand_in) => restore(event, stand_in),
            None => event,
        }
    }
}

/// Masks the colons at the start of lines that are neither definitions nor table rules.
pub(super) fn mask(text: &str) -> Masked<'_> {
    let unmasked = Masked { text: Cow::Borrowed(text), stand_in: None };
    let odd: Vec<usize> = odd_colons(text);
    if odd.is_empty() {
        return unmasked;
    }
    let mut controls = (0x01..=0x08_u8).chain(0x0e..=0x1f);
    let Some(stand_in) = controls.find(|&byte| !text.as_bytes().contains(&byte)) else {
        return unmasked;
    };
    let stand_in = char::from(stand_in);
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for at in odd {
        masked.push_str(&text[from..at]);
        masked.push(stand_in);
        from = at + 1;
    }
    masked.push_str(&text[from..]);
    Masked { text: Cow::Owned(masked), stand_in: Some(stand_in) }
}

/// Puts the colons back into an event.
fn restore(event: Event<'_>, stand_in: char) -> Event<'_> {
    let back = |text| unmask(text, stand_in);
    match event {
        Event::Text(text) => Event::Text(back(text)),
        Event::Code(text) => Event::Code(back(text)),
        Event::Html(text) => Event::Html(back(text)),
        Event::InlineHtml(text) => Event::InlineHtml(back(text)),
        Event::InlineMath(text) => Event::InlineMath(back(text)),
        Event::DisplayMath(text) => Event::DisplayMath(back(text)),
        Event::FootnoteReference(name) => Event::FootnoteReference(back(name)),
        Event::Start(tag) => Event::Start(match tag {
            Tag::FootnoteDefinition(name) => Tag::FootnoteDefinition(back(name)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Tag::CodeBlock(CodeBlockKind::Fenced(back(info)))
            }
            Tag::Link { link_type, dest_url, title, id } => {
                Tag::Link { link_type, dest_url: back(dest_url), title: back(title), id }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                Tag::Image { link_type, dest_url: back(dest_url), title: back(title), id }
            }
            tag => tag,
        }),
        event => event,
    }
}

fn unmask(text: CowStr<'_>, stand_in: char) -> CowStr<'_> {
    if text.contains(stand_in) { text.replace(stand_in, ":").into() } else { text }
}

/// Finds the colons that begin a line, within quotes and list items too.
fn odd_colons(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut odd = Vec::new();
    let mut from = 0;
    while let Some(ahead) = position(&bytes[from..], |byte| byte == b':') {
        let at = from + ahead;
        from = at + 1;
        // Most colons stand behind a word, and so their line need not be read.
        let before = bytes[..at].iter().rev().take_while(|&&byte| may_mark(byte)).count();
        let start = at - before;
        if start > 0 && bytes[start - 1] != b'\n' {
            continue;
        }
        let line = &text[start..];
        let line = &line[..line.find('\n').map_or(line.len(), |end| end + 1)];
        if let Some(rest) = without_markers(line).strip_prefix(':')
            && !rest.starts_with([' ', '\t', '\r', '\n'])
            && !rest.is_empty()
            && !is_table_rule(rest)
        {
            odd.push(at);
        }
    }
    odd
}

/// Tells whether a byte can be part of the mark of a quote or of a list item.
pub(super) fn may_mark(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'>' | b'0'..=b'9' | b'.' | b')' | b'-' | b'+' | b'*')
}

/// Takes the marks of quotes and list items off the start of a line.
pub(super) fn without_markers(line: &str) -> &str {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '>']);
        let marker = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let after = match marker.strip_prefix(['.', ')']) {
            Some(after) if marker.len() < rest.len() => after,
            _ => match rest.strip_prefix(['-', '+', '*']) {
                Some(after) => after,
                None => return rest,
            },
        };
        if !after.starts_with([' ', '\t']) {
            return rest;
        }
        rest = after;
    }
}

/// Tells whether the rest of a line belongs to the rule under a table's head: `--|:-:`.
fn is_table_rule(rest: &str) -> bool {
    rest.contains('-') && rest.trim_end().chars().all(|c| matches!(c, '-' | ':' | '|' | ' ' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::odd_colons;

    #[test]
    fn definitions_and_table_rules_keep_their_colons() {
        assert!(odd_colons("term\n: one\n:\ttwo\n:--|:-:\n:-: | -:\r\na: b\n:").is_empty());
    }

    #[test]
    fn other_colons_are_found_behind_any_marker() {
        assert_eq!(odd_colons(":) a\n> :::x\n- 1. :y\n"), [0, 7, 17]);
    }
}
