//! A paragraph, heading or cell as its author wrote it, on one string: without the marks of the
//! quotes and lists it stands in, and with a note of what is no text.

use std::ops::{Range, RangeInclusive};

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::directive::call;
use crate::text::seek::position;

/// The content of one block. Its offsets are not those of the source.
#[derive(Default, Debug)]
pub(super) struct Flat {
    /// The text with its inline markup, lines ended by `\n`.
    pub(super) text: String,
    /// What is code, a formula, a tag, a destination, in order.
    pub(super) opaque: Vec<Range<usize>>,
    /// The links with a text.
    pub(super) links: Vec<Range<usize>>,
    /// The images.
    pub(super) images: Vec<Range<usize>>,
    /// Where each line begins here and in the source.
    lines: Vec<(usize, usize)>,
    /// The end in the source of what was taken in last.
    end: usize,
    /// Whether a line has just ended.
    broken: bool,
}

impl Flat {
    /// Places an offset in the source.
    pub(super) fn place(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|&(start, _)| start <= at).saturating_sub(1);
        self.lines.get(line).map_or(0, |&(start, source)| source + (at - start))
    }

    /// Places a range in the source.
    pub(super) fn range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.place(range.start);
        // The end is that of the last byte: what begins there may stand on another line.
        let end = if range.is_empty() { start } else { self.place(range.end - 1) + 1 };
        start..end
    }

    /// Takes in the source up to byte `to`.
    fn take(&mut self, source: &str, to: usize) {
        if to > self.end {
            self.text.push_str(source.get(self.end..to).unwrap_or_default());
            self.end = to;
        }
    }

    /// Something begins at byte `start` of the source.
    fn reach(&mut self, source: &str, start: usize) {
        if self.lines.is_empty() || std::mem::take(&mut self.broken) {
            // The parser leaves out the backslash of an escape.
            let escaped = source[..start].ends_with('\\') && start > self.end;
            self.end = if escaped { start - 1 } else { start };
            self.lines.push((self.text.len(), self.end));
        }
        self.take(source, start);
    }

    /// A line ends with what stands at `range` of the source.
    fn end_line(&mut self, source: &str, range: &Range<usize>) {
        self.reach(source, range.start);
        self.lines.push((self.text.len(), range.start));
        self.text.push('\n');
        self.end = range.end;
        self.broken = true;
    }

    /// What stands at `range` of the source is no text.
    fn hide(&mut self, source: &str, range: &Range<usize>) {
        self.reach(source, range.start);
        let start = self.text.len();
        self.take(source, range.end);
        self.opaque.push(start..self.text.len());
    }
}

/// Gives each block of inline content in `events` to `each` that holds a sign of citations,
/// wikilinks or directives.
pub(super) fn blocks(
    source: &str,
    events: &[(Event<'_>, Range<usize>)],
    mut each: impl FnMut(&Flat),
) {
    let mut end = 0;
    let mut from = None;
    let mut verbatim = false;
    let mut signs = Signs::new(source.as_bytes(), |bytes| position(bytes, is_sign));
    let mut wikilinks = Signs::new(source.as_bytes(), two_brackets);
    let mut directives = Signs::new(source.as_bytes(), call::next);
    let mut flush = |from: &mut Option<usize>, to: usize| {
        let Some(block) = from.take().map(|from| &events[from..to]) else { return };
        let [(_, first), ..] = block else { return };
        let [.., (_, last)] = block else { return };
        // The parser leaves out the backslash of an escape.
        let has_sign = signs.is_any_in(&(first.start.saturating_sub(1)..last.end));
        if !has_sign
            && !wikilinks.is_any_in(&(first.start..last.end.saturating_sub(1)))
            && !directives.is_any_in(&(first.start..last.end))
        {
            return;
        }
        let flat = flat(source, block, end);
        end = flat.end;
        each(&flat);
    };
    for (n, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(_) if verbatim => {}
            Event::Text(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::Start(
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. },
            )
            | Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image,
            ) => {
                from.get_or_insert(n);
            }
            Event::Start(Tag::Heading { .. }) => {
                flush(&mut from, n);
                from = Some(n);
            }
            Event::End(TagEnd::Heading(_)) => flush(&mut from, n + 1),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) => {
                flush(&mut from, n);
                verbatim = true;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) => {
                verbatim = false;
            }
            _ => flush(&mut from, n),
        }
    }
    flush(&mut from, events.len());
}

/// Tells whether a byte is a sign of citations.
fn is_sign(byte: u8) -> bool {
    (byte == b'@') | (byte == b'{') | (byte == b'\\')
}

/// Where the first `[[` stands.
fn two_brackets(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        from += position(&bytes[from..], |byte| byte == b'[')?;
        if bytes.get(from + 1) == Some(&b'[') {
            return Some(from);
        }
        from += 1;
    }
}

/// Some signs in a text, each looked for once: most blocks are much shorter than the way from
/// one sign to the next.
struct Signs<'a, F> {
    bytes: &'a [u8],
    find: F,
    /// From where on the last one was looked for, and where it stands.
    known: RangeInclusive<usize>,
}

impl<'a, F: Fn(&[u8]) -> Option<usize>> Signs<'a, F> {
    fn new(bytes: &'a [u8], find: F) -> Self {
        let first = find(bytes).unwrap_or(bytes.len());
        Self { bytes, find, known: 0..=first }
    }

    /// Tells whether one of them stands at a place of a range.
    fn is_any_in(&mut self, range: &Range<usize>) -> bool {
        let start = range.start;
        if !self.known.contains(&start) {
            let found = (self.find)(&self.bytes[start..]);
            self.known = start..=found.map_or(self.bytes.len(), |ahead| start + ahead);
        }
        range.contains(self.known.end())
    }
}

/// Puts the events of one block on a string; `end` is where that of the last one ended.
fn flat(source: &str, block: &[(Event<'_>, Range<usize>)], end: usize) -> Flat {
    let mut flat = Flat { end, ..Flat::default() };
    // Where the links and images begin that are open.
    let mut open: Vec<usize> = Vec::new();
    for (event, range) in block {
        match event {
            Event::Text(_) => {
                flat.reach(source, range.start);
                flat.take(source, range.end);
            }
            Event::SoftBreak | Event::HardBreak => flat.end_line(source, range),
            Event::Start(Tag::Link { link_type, .. }) => {
                flat.reach(source, range.start);
                open.push(flat.text.len());
                if matches!(link_type, LinkType::Autolink | LinkType::Email) {
                    flat.hide(source, range);
                } else {
                    flat.hide(source, &(range.start..range.start + 1));
                }
            }
            Event::Start(Tag::Image { .. }) => {
                flat.reach(source, range.start);
                open.push(flat.text.len());
                flat.hide(source, &(range.start..range.start + 2));
            }
            Event::End(tag @ (TagEnd::Link | TagEnd::Image)) => {
                let from = flat.text.len();
                flat.broken = false;
                flat.take(source, range.end);
                flat.opaque.push(from..flat.text.len());
                let whole = open.pop().unwrap_or(from)..flat.text.len();
                let list = if *tag == TagEnd::Link { &mut flat.links } else { &mut flat.images };
                list.push(whole);
            }
            // Of a heading too: what the parser took for attributes may be a key in braces.
            Event::End(_) => flat.take(source, range.end),
            Event::Start(_) => flat.reach(source, range.start),
            // Code, a formula, a tag.
            _ => flat.hide(source, range),
        }
    }
    flat
}
