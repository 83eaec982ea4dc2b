//! Finds the tags that tie templates together, without compiling them.
//!
//! The engine keeps what a template extends and includes to itself, and names no places where
//! such a tie is broken. This reads just enough of a template to know them: it steps over
//! comments, raw blocks and strings as the engine does.

use std::ops::Range;

/// A tag that names something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Tag {
    /// What the tag does with the name.
    pub(super) kind: TagKind,
    /// The name, escapes resolved.
    pub(super) name: String,
    /// The bytes of the name, without its quotes.
    pub(super) range: Range<usize>,
    /// The block around the tag.
    pub(super) inside: Option<String>,
}

/// What a tag does with its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TagKind {
    /// `{% extends "base.html" %}`
    Extends,
    /// `{% include "card.html" %}`
    Include,
    /// `{% block main %}`
    Block,
    /// `{% component figure(src) %}`
    Component,
}

/// What a template ties itself to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Scan {
    /// The tags with names, in order.
    pub(super) tags: Vec<Tag>,
    /// How many blocks are open at the deepest place.
    pub(super) block_depth: usize,
    /// Where more `elif`s are open at once than [`BRANCHES`].
    pub(super) too_many_branches: Option<Range<usize>>,
}

/// How many `elif`s may be open at once: the engine nests each into the one before it.
pub(super) const BRANCHES: usize = 64;

/// Reads the tags of a template.
pub(super) fn scan(text: &str) -> Scan {
    let mut scan = Scan::default();
    let mut blocks: Vec<String> = Vec::new();
    let mut branches: Vec<usize> = Vec::new();
    let mut open = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        let inner = start + 2;
        match text.as_bytes().get(start + 1) {
            Some(b'#') => at = text[inner..].find("#}").map_or(text.len(), |end| inner + end + 2),
            Some(b'{') => at = after(text, inner, b'}'),
            Some(b'%') => {
                if let Some(body) = whole_tag(text, inner, "raw") {
                    at = after_raw(text, body);
                    continue;
                }
                at = after(text, inner, b'%');
                let (word, rest) = word(text, inner);
                match word {
                    "if" => branches.push(0),
                    "elif" => {
                        if let Some(count) = branches.last_mut() {
                            *count += 1;
                            open += 1;
                        }
                        if open > BRANCHES && scan.too_many_branches.is_none() {
                            scan.too_many_branches = Some(start..at);
                        }
                    }
                    "endif" => open -= branches.pop().unwrap_or(0),
                    "endblock" => drop(blocks.pop()),
                    _ => {}
                }
                if let Some((kind, name, range)) = named(text, word, rest) {
                    let tag = Tag { kind, name, range, inside: blocks.last().cloned() };
                    if kind == TagKind::Block {
                        blocks.push(tag.name.clone());
                        scan.block_depth = scan.block_depth.max(blocks.len());
                    }
                    scan.tags.push(tag);
                }
            }
            _ => at = start + 1,
        }
    }
    scan
}

impl Scan {
    /// The tags of one kind.
    pub(super) fn of(&self, kind: TagKind) -> impl Iterator<Item = &Tag> {
        self.tags.iter().filter(move |tag| tag.kind == kind)
    }
}

fn named(text: &str, word: &str, at: usize) -> Option<(TagKind, String, Range<usize>)> {
    let kind = match word {
        "extends" => TagKind::Extends,
        "include" => TagKind::Include,
        "block" => TagKind::Block,
        "component" => TagKind::Component,
        _ => return None,
    };
    let at = skip_white(text, at);
    if matches!(kind, TagKind::Extends | TagKind::Include) {
        let quote = *text.as_bytes().get(at)?;
        if !matches!(quote, b'"' | b'\'' | b'`') {
            return None;
        }
        let end = after_string(text, at);
        let range = at + 1..end.saturating_sub(1).max(at + 1);
        return Some((kind, unescape(text.get(range.clone())?), range));
    }
    let length = text[at..]
        .bytes()
        .take_while(|&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
        .count();
    (length > 0).then(|| (kind, text[at..at + length].to_owned(), at..at + length))
}

/// The first word of a tag, and where it ends.
fn word(text: &str, at: usize) -> (&str, usize) {
    let at = if text[at..].starts_with('-') { at + 1 } else { at };
    let at = skip_white(text, at);
    let length = text[at..].bytes().take_while(u8::is_ascii_alphabetic).count();
    (&text[at..at + length], at + length)
}

/// The end of a tag that holds `word` alone, from after its `{%`.
fn whole_tag(text: &str, at: usize, wanted: &str) -> Option<usize> {
    let (found, end) = word(text, at);
    if found != wanted {
        return None;
    }
    let end = skip_white(text, end);
    let end = if text[end..].starts_with('-') { end + 1 } else { end };
    text[end..].starts_with("%}").then_some(end + 2)
}

fn after_raw(text: &str, mut at: usize) -> usize {
    while let Some(found) = text[at..].find("{%") {
        at += found + 2;
        if let Some(end) = whole_tag(text, at, "endraw") {
            return end;
        }
    }
    text.len()
}

/// Where the tag or expression ends that is closed by `mark` and `}`.
fn after(text: &str, mut at: usize, mark: u8) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' | b'`' => at = after_string(text, at),
            byte if byte == mark && bytes.get(at + 1) == Some(&b'}') => return at + 2,
            _ => at += 1,
        }
    }
    text.len()
}

/// Where the string ends that begins with the quote at `at`.
fn after_string(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes[at];
    at += 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

fn skip_white(text: &str, at: usize) -> usize {
    at + text[at..].bytes().take_while(u8::is_ascii_whitespace).count()
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some(other) => out.push(other),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{TagKind, scan};

    #[test]
    fn names_and_their_places_are_found() {
        let text = "{%- extends 'a.html' -%}{% block x %}{% include \"b\\\"c\" %}{% endblock x %}";
        let found = scan(text);
        let seen: Vec<_> =
            found.tags.iter().map(|t| (t.kind, t.name.as_str(), &text[t.range.clone()])).collect();
        assert_eq!(
            seen,
            [
                (TagKind::Extends, "a.html", "a.html"),
                (TagKind::Block, "x", "x"),
                (TagKind::Include, "b\"c", "b\\\"c"),
            ]
        );
        assert_eq!(found.tags[2].inside.as_deref(), Some("x"));
    }

    #[test]
    fn comments_raw_blocks_and_strings_hold_no_tags() {
        let text = "{# {% include 'a' %} #}{% raw %}{% include 'b' %}{% endraw %}\
                    {{ \"{% include 'c' %}\" }}{% set x = \"%}{% include 'd' %}\" %}{ % {%";
        assert!(scan(text).tags.is_empty());
    }

    #[test]
    fn any_cut_of_a_template_can_be_read() {
        let text = "{% raw %}ü{% endraw %}{{ 'ü\\' }}{%- include `ü` -%}{# ü #}{% block ü.b";
        for (cut, _) in text.char_indices() {
            scan(&text[..cut]);
            scan(&text[cut..]);
        }
    }
}
