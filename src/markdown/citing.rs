//! Keeps citations, wikilinks and directives within a line whole while a text is parsed.
//!
//! What stands in a bracket is no Markdown to the parser: `_` and `*` within a key, a semicolon,
//! a line that ends. So a text is parsed once to see where its citations are, and where one of
//! them holds what the parser could take for a sign, a second time with each of them masked by a
//! control character, byte by byte. That keeps every offset, and leaves the brackets themselves
//! to be links where they are.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options as Extensions, Tag, TagEnd};

use super::directive::call;
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
    /// The directives whose words the parser has torn.
    pub(super) torn_directives: Vec<Range<usize>>,
    /// The character that stands for each masked byte.
    stand_in: Option<char>,
}

/// Tells whether there can be a citation or a wikilink in a text, or what is taken for a citation
/// elsewhere.
pub(super) fn is_likely(source: &str) -> bool {
    let marks = ["[[", "{cn}", "\\", "{{<", "{{%"];
    source.as_bytes().contains(&b'@')
        || call::is_likely(source)
        || marks
            .iter()
            .any(|mark| source.contains(mark) && (mark.len() > 1 || source.contains("cite")))
}

/// Finds the citations, wikilinks and directives of a text in its events. Where these are not the
/// events of a text in which they are whole, the text to parse in its place is given too.
pub(super) fn find(
    source: &str,
    parsed: &str,
    events: &[(Event<'_>, Range<usize>)],
    has_definitions: bool,
    extensions: Extensions,
) -> (Citing, Option<String>) {
    let mut citing = Citing::default();
    blocks(source, events, |flat| {
        scan(flat, extensions, &mut citing.found, &mut citing.faults);
        citing.torn.extend(wikilink::torn_at(flat, source));
    });
    let is_plain = |found: &Found| found.is_plain(source);
    if !has_definitions && citing.found.iter().all(is_plain) {
        return (citing, None);
    }
    let masked = citing.mask(source, parsed);
    (citing, masked)
}

impl Citing {
    /// Masks the citations in what is parsed; none where there are none.
    fn mask(&mut self, source: &str, parsed: &str) -> Option<String> {
        let mut controls = (0x01..=0x08_u8).chain(0x0e..=0x1f);
        let Some(stand_in) = controls.find(|&byte| !parsed.as_bytes().contains(&byte)) else {
            self.found.clear();
            return None;
        };
        if self.found.is_empty() {
            return None;
        }
        let mut bytes = parsed.as_bytes().to_vec();
        for found in &self.found {
            for range in found.lines(source) {
                bytes[range].fill(stand_in);
            }
            let Range { start, end } = found.range;
            // What stands around words is a sign to what they begin and end with.
            match &found.what {
                What::DirectiveStart(call) if call.label.is_some() => bytes[end - 1] = b',',
                What::DirectiveEnd => {
                    bytes[start] = b',';
                    bytes[end - 1] = b',';
                }
                _ => {}
            }
            if would_link(bytes.get(end)) && bytes[start] == b'[' {
                // What stood within kept the bracket from being the text of a link. A comma is a
                // sign as a bracket is, and no more.
                bytes[start] = b',';
                bytes[end - 1] = b',';
            }
        }
        self.stand_in = Some(char::from(stand_in));
        // Only whole characters are masked.
        Some(String::from_utf8(bytes).unwrap_or_default())
    }

    /// Tells whether there are directives.
    pub(super) fn has_directives(&self) -> bool {
        self.found.iter().any(|found| matches!(found.what, What::DirectiveStart(_)))
    }

    /// Makes text of the directives whose words the parser has torn, as emphasis does that begins
    /// in them and ends behind them.
    pub(super) fn keep_whole(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        let homes = self.homes(events);
        let mut open: Vec<usize> = Vec::new();
        for n in 0..self.found.len() {
            match self.found[n].what {
                What::DirectiveStart(_) => open.push(n),
                What::DirectiveEnd => {
                    let Some(start) = open.pop() else { continue };
                    if homes[start].is_some() && homes[start] == homes[n] {
                        continue;
                    }
                    for torn in [start, n] {
                        self.found[torn].what = What::Text;
                    }
                    self.torn_directives
                        .push(self.found[start].range.start..self.found[n].range.end);
                }
                _ => {}
            }
        }
    }

    /// For all that was found, the element whose text it stands in, by number.
    fn homes(&self, events: &[(Event<'_>, Range<usize>)]) -> Vec<Option<usize>> {
        let mut homes = vec![None; self.found.len()];
        let mut open = vec![0];
        let mut verbatim = false;
        for (n, (event, range)) in events.iter().enumerate() {
            match event {
                Event::Start(tag) => {
                    verbatim |= matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock);
                    open.push(n + 1);
                }
                Event::End(tag) => {
                    verbatim &= !matches!(tag, TagEnd::CodeBlock | TagEnd::HtmlBlock);
                    open.pop();
                }
                Event::Text(_) if !verbatim => {
                    let first = self.found.partition_point(|found| found.range.start < range.start);
                    let inside = self.found[first..].iter();
                    let count = inside.take_while(|found| range.contains(&found.range.start));
                    for home in &mut homes[first..first + count.count()] {
                        *home = open.last().copied();
                    }
                }
                _ => {}
            }
        }
        homes
    }

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

    /// Tells whether the parser sees nothing in it that masking would hide.
    fn is_plain(&self, source: &str) -> bool {
        let bytes = source[self.range.clone()].as_bytes();
        let inner = match bytes {
            [b'[', inner @ .., b']'] => inner,
            [b'@', inner @ ..] => inner,
            _ => return false,
        };
        // A sign at the end of a word means something else than one within it.
        let is_word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        let is_plain = |at: usize| match inner[at] {
            b'@' | b';' | b',' | b':' | b'/' | b' ' => true,
            b'.' | b'-' => inner.get(at + 1) != Some(&inner[at]),
            b'_' => at > 0 && is_word(inner.get(at - 1)) && is_word(inner.get(at + 1)),
            byte => byte.is_ascii_alphanumeric() || !byte.is_ascii(),
        };
        !would_link(source.as_bytes().get(self.range.end)) && (0..inner.len()).all(is_plain)
    }

    /// Tells whether a marker is written for it.
    pub(super) fn is_seen(&self) -> bool {
        !matches!(self.what, What::Unseen)
    }
}

/// Tells whether a bracket that this byte follows could be the text of a link.
fn would_link(next: Option<&u8>) -> bool {
    matches!(next, Some(b'(' | b'[' | b':'))
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options as Extensions, Parser};

    use super::{Citing, find};

    type Events<'t> = Vec<(Event<'t>, std::ops::Range<usize>)>;

    fn found(text: &str) -> (Citing, Events<'_>, Option<String>) {
        let events = Parser::new_ext(text, Extensions::all()).into_offset_iter();
        let has_definitions = events.reference_definitions().iter().next().is_some();
        let events: Events<'_> = events.collect();
        let (citing, parsed) = find(text, text, &events, has_definitions, Extensions::all());
        (citing, events, parsed)
    }

    #[test]
    fn a_plain_citation_leaves_the_events_as_they_are() {
        for text in [
            "One [@a]. Two [see @b_2, p. 3; -@c-d]*so*.",
            "*a [@a]* **[@b]** ~~@c~~ _so @d too_ [@e]",
            "@a says: *so*.\n\n- [@b]\n- [ ] [@c]\n\n1. @d\n\n> [@e], @f",
            "| a [@a] | `b` |\n|---|---|\n| @b | [@c; @d]|\n",
            "[a link [@a]](x.md) ![alt](x.png) [@b] and <https://a.org/@b> [@ü2000, S. 3–5]",
            "# Title [@a]\n\nterm @b\n: meaning [@c]\n\n[^1]: note [@d]\n\ntext[^1] \"[@e]\" -- [@f]...",
        ] {
            let (mut citing, events, parsed) = found(text);
            assert!(parsed.is_none() && !citing.found.is_empty(), "{text}");
            let masked = citing.mask(text, text).unwrap();
            let outside = |(event, range): &(Event<'_>, _)| {
                !matches!(event, Event::Text(_)) || citing.within(range).is_empty()
            };
            let plain: Vec<_> = events.iter().filter(|event| outside(event)).collect();
            let again: Events<'_> =
                Parser::new_ext(&masked, Extensions::all()).into_offset_iter().collect();
            let again: Vec<_> = again.iter().filter(|event| outside(event)).collect();
            assert_eq!(plain, again, "{text}");
        }
    }

    #[test]
    fn what_the_parser_could_take_for_a_sign_is_masked() {
        for text in [
            "[*see* @a]",
            "[@a_ and _b]",
            "[@a, p. 3--5]",
            "[@a\nand so on]",
            "[@{a b}]",
            "@a [p. 3]",
            "[@a, \"so\"]",
            "[@a &amp; b]",
            "[@a $x$]",
            "[@a]\n\n[b]: c",
            "{cn} @a",
        ] {
            let (_, _, parsed) = found(text);
            assert!(parsed.is_some(), "{text}");
        }
    }
}
