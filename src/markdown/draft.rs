//! HTML in the making: text with gaps, some of them filled only when the whole page is read.

use std::ops::Range;

use super::body::{Hole, HoleKind};
use crate::text::escape;
use crate::text::seek::position;

/// What belongs into a gap of a draft.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gap {
    /// What the rest of the site decides: it stays a hole of the body.
    Hole(HoleKind),
    /// The ` id="…"` of a heading: an id may not be one that is written out further down.
    HeadingId(usize),
    /// The ` id="…"` of a block, by its number.
    BlockId(usize),
    /// The id of a heading as the target of a link.
    HeadingHref(usize),
    /// A formula, by its number: it refers to an equation that may stand further down.
    Formula(usize),
    /// The mark of a footnote: its number depends on where the others are called.
    NoteMark(usize),
}

/// HTML with gaps, in the order of their places. A gap has no bytes, but for a hole that keeps
/// what is written.
#[derive(Default, Debug)]
pub(super) struct Draft {
    html: String,
    gaps: Vec<(Range<usize>, Gap)>,
}

impl Draft {
    /// A draft with room for `capacity` bytes.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { html: String::with_capacity(capacity), gaps: Vec::new() }
    }

    /// Appends HTML as it is.
    pub(super) fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// Begins a line, unless one has just begun.
    pub(super) fn fresh_line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Appends text, quotes left as they are.
    pub(super) fn text(&mut self, text: &str) {
        escape::push_text(&mut self.html, text);
    }

    /// Appends text as the specification prints it, which is also right for the value of a
    /// double-quoted attribute.
    pub(super) fn quoted(&mut self, text: &str) {
        push_quoted(&mut self.html, text);
    }

    /// Appends a destination, escaped.
    pub(super) fn href(&mut self, destination: &str) {
        escape::push_href(&mut self.html, destination);
    }

    /// Leaves a gap.
    pub(super) fn gap(&mut self, gap: Gap) {
        self.gaps.push((self.html.len()..self.html.len(), gap));
    }

    /// Leaves a gap at a place within what is written.
    pub(super) fn gap_at(&mut self, at: usize, gap: Gap) {
        let index = self.gaps.partition_point(|(range, _)| range.end <= at);
        self.gaps.insert(index, (at..at, gap));
    }

    /// The end of the tag that begins at byte `start`, before its bracket.
    pub(super) fn tag_end(&self, start: usize) -> Option<usize> {
        Some(start + self.html[start..].find('>')?)
    }

    /// Leaves a hole.
    pub(super) fn hole(&mut self, kind: HoleKind) {
        self.gap(Gap::Hole(kind));
    }

    /// Makes a hole of what was written after the first `start` bytes.
    pub(super) fn hole_from(&mut self, start: usize, kind: HoleKind) {
        self.gaps.push((start..self.html.len(), Gap::Hole(kind)));
    }

    /// The bytes written so far.
    pub(super) fn len(&self) -> usize {
        self.html.len()
    }

    /// Takes back what was written after the first `len` bytes; none of it may be a gap.
    pub(super) fn truncate(&mut self, len: usize) {
        self.html.truncate(len);
    }

    /// The length without the white space at the end, all gaps kept.
    pub(super) fn len_before_space(&self) -> usize {
        let last = self.gaps.last().map_or(0, |(range, _)| range.end);
        self.html.trim_end_matches([' ', '\n']).len().max(last)
    }

    /// Tells whether nothing follows the tag that begins at byte `start`.
    pub(super) fn ends_with_tag(&self, start: usize) -> bool {
        self.tag_end(start) == Some(self.html.len() - 1)
    }

    /// Cuts `tail` off the end, where the draft ends with it.
    pub(super) fn strip_suffix(&mut self, tail: &str) -> bool {
        let found = self.html.ends_with(tail);
        if found {
            self.html.truncate(self.html.len() - tail.len());
        }
        found
    }
}

/// Appends `text` with `&`, `<`, `>` and `"` escaped.
pub(super) fn push_quoted(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Finished HTML and its holes.
#[derive(Default, Debug)]
pub(super) struct Sheet {
    pub(super) html: String,
    pub(super) holes: Vec<Hole>,
}

impl Sheet {
    /// Appends a draft, filling every gap that is no hole.
    pub(super) fn append(&mut self, draft: Draft, fill: &dyn Fn(Gap, &mut String)) {
        let is_hole = |(_, gap): &(Range<usize>, Gap)| matches!(gap, Gap::Hole(_));
        // Most pages have no gap but holes: their HTML is moved, not copied.
        let has_null = position(draft.html.as_bytes(), |byte| byte == 0).is_some();
        if self.html.is_empty() && !has_null && draft.gaps.iter().all(is_hole) {
            self.html = draft.html;
            self.holes.extend(draft.gaps.into_iter().filter_map(|(range, gap)| match gap {
                Gap::Hole(kind) => Hole::new(&range, kind),
                _ => None,
            }));
            return;
        }
        self.html.reserve(draft.html.len() + 32 * draft.gaps.len());
        let mut from = 0;
        for (range, gap) in draft.gaps {
            self.piece(&draft.html[from..range.start], has_null);
            from = range.end;
            match gap {
                Gap::Hole(kind) => {
                    let at = self.html.len();
                    self.piece(&draft.html[range], has_null);
                    self.holes.extend(Hole::new(&(at..self.html.len()), kind));
                }
                gap => fill(gap, &mut self.html),
            }
        }
        self.piece(&draft.html[from..], has_null);
    }

    /// Appends finished HTML. CommonMark asks for U+FFFD where a text has U+0000, which hardly
    /// any has.
    fn piece(&mut self, html: &str, may_have_null: bool) {
        if !may_have_null {
            return self.html.push_str(html);
        }
        let mut parts = html.split('\0');
        self.html.push_str(parts.next().unwrap_or_default());
        for part in parts {
            self.html.push('\u{fffd}');
            self.html.push_str(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Gap, Sheet};
    use crate::markdown::body::HoleKind;

    #[test]
    fn holes_move_with_what_is_filled_before_them() {
        let mut draft = Draft::default();
        draft.push("<h1");
        draft.gap(Gap::HeadingId(0));
        draft.push(">\0<a href=\"");
        let start = draft.len();
        draft.push("a\0");
        draft.hole_from(start, HoleKind::Href(0));
        draft.push("\">");
        let mut sheet = Sheet::default();
        sheet.append(draft, &|_, out| out.push_str(" id=\"x\""));
        assert_eq!(sheet.html, "<h1 id=\"x\">\u{fffd}<a href=\"a\u{fffd}\">");
        let hole = sheet.holes[0];
        assert_eq!(&sheet.html[hole.range()], "a\u{fffd}");
    }
}
