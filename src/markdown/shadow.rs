//! The text of a block with everything blanked out that cannot be part of a citation, and its
//! brackets in pairs.

use std::iter::Peekable;
use std::ops::Range;
use std::slice::Iter;

use super::flat::Flat;
use crate::cite;
use crate::text::seek::position;

/// What stands for a byte that is no text.
pub(super) const BLANK: u8 = 1;

/// The text of a block as far as it can be part of a citation; its offsets are the block's.
pub(super) struct Shadow {
    /// The text, blanks where there is code, an escape, a destination.
    pub(super) text: String,
    /// The brackets that close, by their places.
    pairs: Vec<Pair>,
}

/// A bracket and its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// The byte of the `[`.
    pub(super) open: usize,
    /// The byte of the `]`.
    pub(super) close: usize,
    /// Whether a key stands in it and in no bracket within it.
    pub(super) has_key: bool,
    /// Whether a key stands in a bracket within it.
    pub(super) nested: bool,
}

impl Shadow {
    /// Blanks out what is no text.
    pub(super) fn new(flat: &Flat) -> Self {
        let mut bytes = flat.text.clone().into_bytes();
        let mut opaque = flat.opaque.iter().peekable();
        let mut pairs = Vec::new();
        let mut open: Vec<Pair> = Vec::new();
        let mut at = 0;
        let is_sign = |byte| (byte == b'\\') | (byte == b'@') | (byte == b'[') | (byte == b']');
        while at < bytes.len() {
            let hidden = next_from(&mut opaque, at);
            let text = &bytes[at..hidden.map_or(bytes.len(), |range| range.start)];
            at += position(text, is_sign).unwrap_or(text.len());
            if let Some(range) = hidden.filter(|range| range.start == at) {
                bytes[range.clone()].fill(BLANK);
                at = range.end;
                continue;
            }
            let Some(&byte) = bytes.get(at) else { break };
            match byte {
                b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => {
                    bytes[at..at + 2].fill(BLANK);
                    at += 1;
                }
                // Whichever begins first wins: what seems to be code within a key is none.
                b'@' if cite::may_begin(&flat.text, at) => {
                    if let Some((_, end)) = cite::key(&flat.text, at) {
                        if let Some(pair) = open.last_mut() {
                            pair.has_key = true;
                        }
                        at = end;
                        continue;
                    }
                }
                b'[' => open.push(Pair { open: at, close: at, has_key: false, nested: false }),
                b']' => {
                    if let Some(pair) = open.pop() {
                        pairs.push(Pair { close: at, ..pair });
                        if let Some(outer) = open.last_mut() {
                            outer.nested |= pair.has_key || pair.nested;
                        }
                    }
                }
                _ => {}
            }
            at += 1;
        }
        pairs.sort_by_key(|pair| pair.open);
        // Only whole characters are blanked.
        let text = String::from_utf8(bytes).unwrap_or_default();
        Self { text, pairs }
    }

    /// The pair of brackets that opens at a byte.
    pub(super) fn pair(&self, open: usize) -> Option<Pair> {
        let found = self.pairs.binary_search_by_key(&open, |pair| pair.open);
        found.ok().map(|index| self.pairs[index])
    }

    /// The text from a byte on.
    pub(super) fn from(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The character before a byte.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at).and_then(|text| text.chars().next_back())
    }
}

/// The first range that begins at `at` or behind it.
fn next_from<'a>(
    ranges: &mut Peekable<Iter<'a, Range<usize>>>,
    at: usize,
) -> Option<&'a Range<usize>> {
    while ranges.next_if(|range| range.start < at || range.is_empty()).is_some() {}
    ranges.peek().copied()
}
