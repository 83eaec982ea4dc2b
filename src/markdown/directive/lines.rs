//! The lines of directives: where they stand, and what the parser sees in their place.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::call::{Call, call, closing, name_end};
use super::fault::Fault;
use crate::markdown::mask::{may_mark, without_markers};
use crate::text::seek::position;

/// The most bytes between the braces on a line.
const LONGEST: usize = 16_384;

/// The lines of directives in a text, in order.
#[derive(Default, Debug)]
pub(in crate::markdown) struct Lines(Vec<Line>);

/// The line of a directive.
#[derive(Clone, Debug)]
pub(in crate::markdown) struct Line {
    /// From its first colon to the end of what is written on it.
    pub(in crate::markdown) range: Range<usize>,
    /// How many colons it begins with.
    pub(in crate::markdown) colons: usize,
    /// What it says.
    pub(in crate::markdown) what: What,
}

/// What the line of a directive says.
#[derive(Clone, Debug)]
pub(in crate::markdown) enum What {
    /// `:::name`: a block begins.
    Open(Call),
    /// `::name`: all there is of it.
    Leaf(Call),
    /// `:::`: a block ends.
    Close,
}

impl Line {
    /// The call on it.
    pub(in crate::markdown) fn call(&self) -> Option<&Call> {
        match &self.what {
            What::Open(call) | What::Leaf(call) => Some(call),
            What::Close => None,
        }
    }

    /// The label on it, if it has one.
    fn label(&self) -> Option<&Range<usize>> {
        self.call().and_then(|call| call.label.as_ref())
    }
}

impl Lines {
    /// Finds the lines that can be those of directives.
    pub(in crate::markdown) fn find(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = Vec::new();
        let mut from = 0;
        while let Some(ahead) = position(&bytes[from..], |byte| byte == b':') {
            let at = from + ahead;
            from = at + 1;
            if bytes.get(at + 1) != Some(&b':') {
                continue;
            }
            let colons = bytes[at..].iter().take_while(|byte| **byte == b':').count();
            from = at + colons;
            let before = bytes[..at].iter().rev().take_while(|byte| may_mark(**byte)).count();
            let start = at - before;
            if start > 0 && bytes[start - 1] != b'\n' {
                continue;
            }
            let rest = &text[start..];
            let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
            let end = start + rest.trim_end().len();
            if without_markers(rest).starts_with(':')
                && let Some(what) = read(text, at + colons, end, colons)
            {
                lines.push(Line { range: at..end, colons, what });
                from = end;
            }
        }
        Self(lines)
    }

    /// Tells whether there are none.
    pub(in crate::markdown) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub(in crate::markdown) fn all(&self) -> &[Line] {
        &self.0
    }

    /// The number of the line that begins at a byte.
    pub(in crate::markdown) fn at(&self, start: usize) -> Option<usize> {
        self.0.binary_search_by_key(&start, |line| line.range.start).ok()
    }

    /// Masks the lines, byte for byte: as a rule, or around a label as a heading.
    ///
    /// The bracket behind the label stays: whoever writes the heading takes it off. It keeps
    /// braces and hashes at the end of the label from being taken for marks of a heading, and is
    /// a sign to what ends before it, as the author saw it.
    pub(in crate::markdown) fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut bytes = text.as_bytes().to_vec();
        for line in &self.0 {
            let Range { start, end } = line.range;
            match line.label() {
                Some(label) => {
                    bytes[start..label.start].fill(b' ');
                    bytes[start] = b'#';
                    bytes[label.end + 1..end].fill(b' ');
                }
                None => {
                    bytes[start..end].fill(b' ');
                    bytes[start..start + 3].fill(b'_');
                }
            }
        }
        // Only whole characters are masked.
        Cow::Owned(String::from_utf8(bytes).unwrap_or_default())
    }

    /// Keeps the lines that the parser saw as what they are masked with, and tells whether all
    /// were. The others stand in code or in HTML.
    pub(in crate::markdown) fn keep_seen(&mut self, events: &[(Event<'_>, Range<usize>)]) -> bool {
        let marks = events.iter().filter_map(|(event, range)| match event {
            Event::Rule | Event::Start(Tag::Heading { .. }) => Some(range.start),
            _ => None,
        });
        let seen: BTreeSet<usize> = marks.collect();
        let before = self.0.len();
        self.0.retain(|line| seen.contains(&line.range.start));
        self.0.len() == before
    }
}

/// Reads what stands behind the colons of a line.
fn read(text: &str, at: usize, end: usize, colons: usize) -> Option<What> {
    let bytes = &text.as_bytes()[..end];
    if at == end {
        return (colons > 2).then_some(What::Close);
    }
    let is_block = colons > 2;
    let space = bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let name = at + space;
    if !is_block && space > 0 {
        return None;
    }
    let mut call = call(text, name, end, LONGEST, |open| closing(bytes, open))?;
    let behind = call.end..end;
    if !behind.is_empty() {
        let is_word = bytes[behind.start].is_ascii_whitespace() || call.end > call.name.end;
        // `::name and more` is prose, `:::name/` and `:::name:` are nothing we know.
        if !is_block || !is_word || name_end(bytes, name) != Some(call.name.end) {
            return None;
        }
        let gap = text[behind.clone()].len() - text[behind.clone()].trim_start().len();
        let words = behind.start + gap..end;
        let name = &text[call.name.clone()];
        call.faults.push(match call.label.is_some() || call.end > call.name.end {
            false => Fault::syntax(
                words,
                "words behind the name of a directive are no label",
                &format!("write `:::{name}[…]` for a label and `:::{name}{{…}}` for attributes"),
            ),
            true => Fault::syntax(
                words,
                "this stands behind a directive on its line",
                "begin what is within the block on the next line",
            ),
        });
    }
    if space > 0 {
        let help = format!("write `:::{}`", &text[call.name.clone()]);
        let message = "a space stands before the name of a directive";
        call.faults.push(Fault::syntax(call.name.clone(), message, &help));
    }
    Some(if is_block { What::Open(call) } else { What::Leaf(call) })
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn lines_are_masked_byte_for_byte() {
        for (text, want) in [
            (":::note\nx\n:::\n", "___    \nx\n___\n"),
            (":::note[A *b*]{.c}\r\n", "#       A *b*]    \r\n"),
            ("> - ::::a{b=\"ü\"}\n", "> - ___          \n"),
            ("  ::x[]\n", "  #   ]\n"),
            ("1. ::x", "1. ___"),
        ] {
            let want = want.to_owned();
            assert_eq!(Lines::find(text).mask(text), want, "{text}");
        }
    }

    #[test]
    fn other_lines_stay() {
        for text in [
            "::x and y",
            "std::io",
            "::",
            ":: x",
            "a :::note",
            ":::{.a}",
            ":::a/b",
            ":::a: b",
            ":x[a]",
            "\\:::note",
            "| ::x |",
            "::x[a](b)",
            "::x::",
        ] {
            assert!(Lines::find(text).is_empty(), "{text}");
        }
    }
}
