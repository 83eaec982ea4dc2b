//! Keeps citations and wikilinks whole while a text is parsed.
//!
//! What stands in a bracket is no Markdown to the parser: `_` and `*` within a key, a semicolon,
//! a line that ends. So a text with citations is parsed twice: once to see where they are, and
//! once with each of them masked by a control character, byte by byte. That keeps every
//! offset, and leaves the brackets themselves to be links where they are.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options as Extensions, Parser};

use super::flat::blocks;
use super::scan::{Fault, Found, What, scan};
use super::wikilink;

/// The citations of a text, in order, and how they are masked.
#[derive(Default, Debug)]
pub(super) struct Citing {
    /// What was found.
    pub(super) found: Vec<Found>,
    /// What is written wrongly.
    pub(super) faults: Vec<Fault>,
    /// The bars that tear a wikilink in the cell of a table.
    pub(super) torn: Vec<Range<usize>>,
    /// The character that stands for each masked byte.
    stand_in: Option<char>,
}

/// Finds the citations of a text and masks them in what is parsed.
pub(super) fn mask<'a>(
    source: &str,
    parsed: Cow<'a, str>,
    extensions: Extensions,
) -> (Cow<'a, str>, Citing) {
    let marks = ["[[", "{cn}", "\\", "{{<", "{{%"];
    let worthwhile = source.as_bytes().contains(&b'@')
        || marks
            .iter()
            .any(|mark| source.contains(mark) && (mark.len() > 1 || source.contains("cite")));
    if !worthwhile {
        return (parsed, Citing::default());
    }
    let mut citing = Citing::default();
    let events = Parser::new_ext(&parsed, extensions).into_offset_iter();
    let mut defined: Vec<_> = events
        .reference_definitions()
        .iter()
        .filter(|(label, _)| label.trim_start_matches('-').starts_with('@'))
        .map(|(_, definition)| definition.span.clone())
        .collect();
    defined.sort_by_key(|span| span.start);
    citing.faults.extend(defined.into_iter().map(|range| Fault {
        range,
        message: "this definition makes links of the citations of its key",
        help: "give the link another name, without the `@`",
    }));
    blocks(source, events, |flat| {
        scan(flat, extensions, &mut citing.found, &mut citing.faults);
        citing.torn.extend(wikilink::torn_at(flat, source));
    });
    let mut controls = (0x01..=0x08_u8).chain(0x0e..=0x1f);
    let Some(stand_in) = controls.find(|&byte| !parsed.as_bytes().contains(&byte)) else {
        return (parsed, Citing { found: Vec::new(), ..citing });
    };
    if citing.found.is_empty() {
        return (parsed, citing);
    }
    let mut bytes = parsed.into_owned().into_bytes();
    for found in &citing.found {
        for range in found.lines(source) {
            bytes[range].fill(stand_in);
        }
        let Range { start, end } = found.range;
        let would_link = matches!(bytes.get(end), Some(b'(' | b'[' | b':'));
        if would_link && bytes[start] == b'[' {
            // What stood within kept the bracket from being the text of a link. A comma is a
            // sign as a bracket is, and no more.
            bytes[start] = b',';
            bytes[end - 1] = b',';
        }
    }
    citing.stand_in = Some(char::from(stand_in));
    // Only whole characters are masked.
    (Cow::Owned(String::from_utf8(bytes).unwrap_or_default()), citing)
}

impl Citing {
    /// What lies in a range of the source, in part at least.
    pub(super) fn within(&self, range: &Range<usize>) -> &[Found] {
        let first = self.found.partition_point(|found| found.range.end <= range.start);
        let rest = &self.found[first..];
        let count = rest.partition_point(|found| found.range.start < range.end);
        &rest[..count]
    }

    /// Tells whether a line ends within a citation.
    pub(super) fn holds(&self, range: &Range<usize>) -> bool {
        self.within(range).iter().any(|found| found.range.start < range.start)
    }

    /// Puts back what is masked in an event that is no text after all: that a sign is masked
    /// may have made a formula of what comes before and after it.
    pub(super) fn restore<'t>(
        &self,
        event: Event<'t>,
        range: &Range<usize>,
        source: &str,
    ) -> Event<'t> {
        let back = |text| self.unmask(text, range, source);
        match event {
            Event::Code(text) => Event::Code(back(text)),
            Event::Html(text) => Event::Html(back(text)),
            Event::InlineHtml(text) => Event::InlineHtml(back(text)),
            Event::InlineMath(text) => Event::InlineMath(back(text)),
            Event::DisplayMath(text) => Event::DisplayMath(back(text)),
            event => event,
        }
    }

    fn unmask<'t>(&self, text: CowStr<'t>, range: &Range<usize>, source: &str) -> CowStr<'t> {
        let Some(stand_in) = self.stand_in.filter(|&stand_in| text.contains(stand_in)) else {
            return text;
        };
        let found = self.within(range).iter();
        let masked = found.flat_map(|found| found.lines(source)).flatten();
        let mut masked = masked.filter(|at| range.contains(at)).map(|at| source.as_bytes()[at]);
        let bytes = text.bytes().map(|byte| match byte {
            byte if char::from(byte) == stand_in => masked.next().unwrap_or(byte),
            byte => byte,
        });
        String::from_utf8_lossy(&bytes.collect::<Vec<_>>()).into_owned().into()
    }
}

impl Found {
    /// The bytes to mask, line by line: all but the first sign, which tells the parser that
    /// no word begins here, the last bracket, and the marks at the start of a line.
    fn lines(&self, source: &str) -> Vec<Range<usize>> {
        let Range { start, end } = self.range;
        let text = &source[self.range.clone()];
        let end = if text.starts_with('[') && text.ends_with(']') { end - 1 } else { end };
        let mut lines = Vec::new();
        let mut from = start + 1;
        for line in source[start + 1..end].split_inclusive('\n') {
            let mut bare = line.trim_end_matches(['\n', '\r']);
            let mut at = from;
            if from > start + 1 {
                let marks = bare.len() - bare.trim_start_matches([' ', '\t', '>']).len();
                bare = &bare[marks..];
                at += marks;
            }
            lines.push(at..at + bare.len());
            from += line.len();
        }
        lines
    }

    /// Tells whether a marker is written for it.
    pub(super) fn is_seen(&self) -> bool {
        !matches!(self.what, What::Unseen)
    }
}
