//! Finds the citations, the wikilinks and the directives of a block.

use std::ops::Range;

use pulldown_cmark::Options as Extensions;

use super::directive::call::{Call, LONGEST_INLINE, call};
use super::flat::Flat;
use super::shadow::{Pair, Shadow};
use super::spell::spell;
use super::wikilink::{self, Wikilink};
use crate::cite::{self, Around, CiteItem, CiteKey, Form, Group, Member, Slip};
use crate::text::seek::position;

/// How deep directives may stand in one another within a line.
const DEEPEST: usize = 16;

/// A citation, a wikilink or the like in a text, with its place in the source.
#[derive(Debug)]
pub(super) struct Found {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// What its author wrote, lines ended by `\n`.
    pub(super) written: String,
    /// What it is.
    pub(super) what: What,
}

/// What was found.
#[derive(Debug)]
pub(super) enum What {
    /// A citation.
    Citation(Form, Vec<CiteItem>),
    /// A citation in the alternative text of an image, which shows none.
    Unseen,
    /// `{cn}`: a citation is needed.
    Needed,
    /// `[[name]]`.
    Wikilink(Wikilink),
    /// `:name[`, or `:name` before braces: a directive begins.
    DirectiveStart(Call),
    /// `]`, and the braces behind it.
    DirectiveEnd,
    /// What is text after all.
    Text,
}

/// A citation that is written wrongly.
#[derive(Debug)]
pub(super) struct Fault {
    /// Its bytes in the source.
    pub(super) range: Range<usize>,
    /// The fact.
    pub(super) message: &'static str,
    /// What to do.
    pub(super) help: &'static str,
}

/// Finds the citations and wikilinks of a block, in order.
pub(super) fn scan(
    flat: &Flat,
    extensions: Extensions,
    found: &mut Vec<Found>,
    faults: &mut Vec<Fault>,
) {
    let shadow = Shadow::new(flat);
    Scan { flat, shadow: &shadow, extensions, found, faults, open: Vec::new() }.run();
}

/// The state of the search.
struct Scan<'a> {
    flat: &'a Flat,
    shadow: &'a Shadow,
    extensions: Extensions,
    found: &'a mut Vec<Found>,
    faults: &'a mut Vec<Fault>,
    /// The directives that are open: their numbers in `found`, and where they end.
    open: Vec<(usize, Range<usize>)>,
}

impl Scan<'_> {
    fn run(&mut self) {
        let bytes = self.shadow.text.as_bytes();
        let mut at = 0;
        let is_sign = |byte| {
            (byte == b'[')
                | (byte == b'@')
                | (byte == b'{')
                | (byte == b'\\')
                | (byte == b':')
                | (byte == b']')
        };
        while let Some(ahead) = bytes.get(at..).and_then(|rest| position(rest, is_sign)) {
            at += ahead;
            let end = match bytes[at] {
                b'[' => self.wikilink(at).or_else(|| self.bracket(at)),
                b'@' => self.narrative(at),
                b'{' => self.brace(at),
                b'\\' => self.latex(at),
                b':' => self.directive(at),
                b']' => self.directive_end(at),
                _ => None,
            };
            at = end.unwrap_or(at + 1);
        }
        // What their ends stand in is something else as a whole.
        for (index, _) in self.open.drain(..) {
            self.found[index].what = What::Text;
        }
    }

    /// `:name[…]{…}`. In alternative text it would be nothing.
    fn directive(&mut self, at: usize) -> Option<usize> {
        let joins = |c: char| c.is_alphanumeric() || c == ':';
        let is_deep = self.open.len() >= DEEPEST;
        if is_deep || self.shadow.before(at).is_some_and(joins) || within(&self.flat.images, at) {
            return None;
        }
        let text = &self.flat.text;
        let closing = |open| self.shadow.pair(open).map(|pair| pair.close);
        let mut found = call(text, at + 1, text.len(), LONGEST_INLINE, closing)?;
        if !self.shadow.from(at + 1).starts_with(&text[found.name.clone()])
            || found.end == found.name.end
        {
            return None;
        }
        if !found.faults.is_empty() {
            // Prose may hold as much. What stands in brackets is meant, with braces or without.
            let close = found.label.as_ref()?.end;
            if found.faults.iter().any(|fault| fault.range.start > close && fault.is_open()) {
                found.attributes.clear();
                found.faults.clear();
                found.end = close + 1;
            }
        }
        let (from, to, end) = match &found.label {
            Some(label) => (label.start, label.end, found.end),
            None => (found.name.end, found.name.end, found.end),
        };
        let has_label = found.label.is_some();
        let moved = found.moved(|range| self.flat.range(range));
        self.push(at..from, What::DirectiveStart(moved));
        if has_label {
            self.open.push((self.found.len() - 1, to..end));
            return Some(from);
        }
        self.push(to..end, What::DirectiveEnd);
        Some(end)
    }

    /// The `]` of a directive.
    fn directive_end(&mut self, at: usize) -> Option<usize> {
        let (_, range) = self.open.pop_if(|(_, range)| range.start == at)?;
        let end = range.end;
        self.push(range, What::DirectiveEnd);
        Some(end)
    }

    /// `[[…]]`. Within the text of a link or of an image it would be a link within a link.
    fn wikilink(&mut self, at: usize) -> Option<usize> {
        if within(&self.flat.links, at) || within(&self.flat.images, at) {
            return None;
        }
        let (link, end) = wikilink::read(self.flat, self.shadow, at)?;
        for key in &link.keys {
            let help = "cite behind the link";
            self.fault(key.clone(), "a citation in the text of a wikilink is text", help);
        }
        self.push(at - usize::from(link.is_embed)..end, What::Wikilink(link));
        Some(end)
    }

    /// `[…]`.
    fn bracket(&mut self, at: usize) -> Option<usize> {
        let Some(pair) = self.shadow.pair(at) else {
            return self.unclosed(at);
        };
        if !pair.has_key {
            if self.shadow.from(at + 1).starts_with('@') {
                let help = "write the key of a work right behind the `@`";
                self.fault(at + 1..at + 2, "this `@` has no key", help);
            }
            return None;
        }
        if pair.nested {
            // As pandoc has it, the inner one is the citation; to read both would lose words.
            let help = "part the works by `;`: `[@a; @b]`";
            self.fault(at..pair.close + 1, "a citation stands within another", help);
            return None;
        }
        let from = at + 1;
        let group = cite::group(&self.shadow.text[from..pair.close]);
        if group.members.is_empty() {
            return None;
        }
        self.slips(&group, from);
        let items = self.items(&group.members, from);
        let range = self.surroundings(pair);
        let what = if within(&self.flat.images, at) {
            let help = "cite in the text or in a caption";
            self.fault(range.clone(), "a citation in alternative text is not shown", help);
            What::Unseen
        } else {
            if within(&self.flat.links, at) {
                let help = "cite behind the link";
                self.fault(
                    range.clone(),
                    "a citation in the text of a link stands behind it",
                    help,
                );
            }
            What::Citation(Form::Bracketed, items)
        };
        let end = range.end;
        self.push(range, what);
        Some(end)
    }

    /// A bracket that nothing closes.
    fn unclosed(&mut self, at: usize) -> Option<usize> {
        let rest = self.shadow.from(at + 1);
        let key = at + 1 + usize::from(rest.starts_with('-'));
        if self.shadow.from(key).starts_with('@') && cite::key(&self.shadow.text, key).is_some() {
            self.fault(at..at + 1, "nothing closes this bracket", "end the citation with `]`");
        }
        None
    }

    /// Notes what stands around a citation and does not belong there; gives the range that the
    /// citation is taken to have.
    fn surroundings(&mut self, pair: Pair) -> Range<usize> {
        let Pair { open, close, .. } = pair;
        let before = self.shadow.before(open);
        let outer = open.checked_sub(1).and_then(|outer| self.shadow.pair(outer));
        if outer.is_some_and(|outer| outer.close == close + 1) {
            self.fault(
                open - 1..close + 2,
                "a citation has one pair of brackets",
                "write `[@key]`",
            );
            return open - 1..close + 2;
        }
        if before == Some('!') && !self.follows_word(open - 1) {
            let help = "take out the `!`, or put a space behind it";
            self.fault(open - 1..close + 1, "a citation is no image", help);
        }
        open..close + 1
    }

    /// Tells whether a byte follows a word, so that `!` there ends a sentence.
    fn follows_word(&self, at: usize) -> bool {
        self.shadow.before(at).is_some_and(|c| !c.is_whitespace())
    }

    /// `@key`, and the bracket behind it.
    fn narrative(&mut self, at: usize) -> Option<usize> {
        if !cite::may_begin(&self.shadow.text, at) {
            return None;
        }
        let (key, end) = cite::key(&self.shadow.text, at)?;
        if within(&self.flat.links, at) {
            // `[@name](https://…)` is an address.
            return Some(end);
        }
        if within(&self.flat.images, at) {
            self.picture(&key, at, end);
            return Some(end);
        }
        let span = at..end;
        let (group, base, to) = match self.bracket_behind(end) {
            Some(pair) => {
                let inside = &self.shadow.text[pair.open + 1..pair.close];
                let first = Member {
                    key: key.clone(),
                    span: 0..0,
                    without_author: false,
                    prefix: 0..0,
                    locator: None,
                    suffix: 0..0,
                };
                let part = inside.split(';').next().unwrap_or_default();
                let group = if pair.has_key && part.contains('@') {
                    let mut group = cite::group(inside);
                    group.members.insert(0, first);
                    group
                } else {
                    cite::tail(inside, key, 0..0)
                };
                (group, pair.open + 1, pair.close + 1)
            }
            None => (cite::tail("", key, 0..0), end, end),
        };
        self.slips(&group, base);
        if to == end {
            self.round_brackets(at, end);
        }
        let mut items = self.items(&group.members, base);
        if let Some(first) = items.first_mut() {
            first.span = self.flat.range(&span);
        }
        self.push(at..to, What::Citation(Form::Narrative, items));
        Some(to)
    }

    /// Notes `![@key, p. 3](…)`; `![@name](…)` is the picture of somebody.
    fn picture(&mut self, key: &CiteKey, at: usize, end: usize) {
        let whole = self.flat.images.iter().find(|image| image.start + 2 == at);
        let name = matches!(key, CiteKey::Key(key) if !key.contains(|c: char| c.is_ascii_digit()));
        let bare = self.flat.text[end..].starts_with(']');
        if let Some(image) = whole.filter(|_| !name || !bare) {
            let help = "take out the `!`, or cite in the text or in a caption";
            self.fault(image.clone(), "a citation in alternative text is not shown", help);
        }
    }

    /// The bracket that belongs to the key before byte `at`.
    fn bracket_behind(&self, at: usize) -> Option<Pair> {
        let rest = self.shadow.from(at);
        let trimmed = rest.trim_start_matches(' ');
        let trimmed = trimmed.strip_prefix('\n').unwrap_or(trimmed).trim_start_matches(' ');
        if !trimmed.starts_with('[') || trimmed.starts_with("[^") || trimmed.starts_with("[[") {
            return None;
        }
        let pair = self.shadow.pair(at + rest.len() - trimmed.len())?;
        let inside = self.shadow.text[pair.open + 1..pair.close].trim();
        let is_link = self.shadow.from(pair.close + 1).starts_with(['(', '[']);
        (!inside.is_empty() && !is_link && !pair.nested && !within(&self.flat.links, pair.open))
            .then_some(pair)
    }

    /// Notes `(@a, p. 3)` and `(@a; @b)`.
    fn round_brackets(&mut self, at: usize, end: usize) {
        if self.shadow.before(at) != Some('(') {
            return;
        }
        let rest = self.shadow.from(end);
        let Some(length) = rest.bytes().take(200).position(|byte| byte == b')') else { return };
        let rest = &rest[..length];
        let none = CiteKey::Key(String::new());
        let placed = |text: &str| {
            let read = cite::tail(text, none, 0..0);
            read.members.first().is_some_and(|first| first.locator.is_some())
        };
        if (rest.starts_with(';') && rest.contains('@')) || (rest.starts_with(',') && placed(rest))
        {
            let help = "write square brackets: `[@key, p. 3]`";
            let range = at - 1..end + length + 1;
            self.fault(range, "round brackets around a citation are text", help);
        }
    }

    /// `{cn}` and the shortcodes of others.
    fn brace(&mut self, at: usize) -> Option<usize> {
        let rest = self.shadow.from(at);
        if rest.starts_with("{cn}") {
            let seen = !within(&self.flat.images, at);
            self.push(at..at + 4, if seen { What::Needed } else { What::Unseen });
            return Some(at + 4);
        }
        let call = rest.strip_prefix("{{")?;
        let name = call.trim_start_matches(['<', '%', ' ']);
        let is_cite = name.strip_prefix("cite").is_some_and(|rest| rest.starts_with(' '));
        if !is_cite || name.len() == call.len() {
            return None;
        }
        let end = at + rest.find("}}")? + 2;
        self.fault(at..end, "a shortcode cites nothing here", "write `[@key]`");
        Some(end)
    }

    /// `\cite{a}`.
    fn latex(&mut self, at: usize) -> Option<usize> {
        let rest = self.shadow.from(at);
        let name = rest.strip_prefix('\\')?;
        let letters = name.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'*');
        let word = &name[..letters.count()];
        let is_cite = word.to_ascii_lowercase().contains("cite");
        let tail = &name[word.len()..];
        if !is_cite || !tail.starts_with(['{', '[']) {
            return None;
        }
        let end = tail.bytes().take(300).position(|byte| byte == b'}')?;
        let end = at + 1 + word.len() + end + 1;
        self.fault(at..end, "a command of LaTeX cites nothing here", "write `[@key]`");
        Some(end)
    }

    fn slips(&mut self, group: &Group, base: usize) {
        for (slip, range) in &group.slips {
            let (message, help) = said(*slip);
            self.fault(base + range.start..base + range.end, message, help);
        }
    }

    fn items(&self, members: &[Member], base: usize) -> Vec<CiteItem> {
        let moved = |range: &Range<usize>| base + range.start..base + range.end;
        let words = |range: &Range<usize>| spell(&self.flat.text[moved(range)], self.extensions);
        let after = |range: &Range<usize>| {
            let text = &self.flat.text[moved(range)];
            // Behind a narrative citation the bracket sets it off.
            let glued = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '_'));
            if glued { spell(&format!(" {text}"), self.extensions) } else { words(range) }
        };
        let item = |member: &Member| {
            let around = Around {
                prefix: words(&member.prefix),
                locator: member.locator.clone(),
                suffix: after(&member.suffix),
            };
            CiteItem {
                key: member.key.clone(),
                around: (around != Around::default()).then(|| Box::new(around)),
                without_author: member.without_author,
                span: self.flat.range(&moved(&member.span)),
            }
        };
        members.iter().map(item).collect()
    }

    fn push(&mut self, range: Range<usize>, what: What) {
        let written = self.flat.text[range.clone()].to_owned();
        self.found.push(Found { range: self.flat.range(&range), written, what });
    }

    fn fault(&mut self, range: Range<usize>, message: &'static str, help: &'static str) {
        self.faults.push(Fault { range: self.flat.range(&range), message, help });
    }
}

/// Tells whether a byte lies in one of some ranges, which do not overlap but for nesting.
fn within(ranges: &[Range<usize>], at: usize) -> bool {
    // Sorted by their ends, as they were closed.
    let index = ranges.partition_point(|range| range.end <= at);
    ranges[index..].iter().take(8).any(|range| range.contains(&at))
}

/// What is said to the author of a slip.
fn said(slip: Slip) -> (&'static str, &'static str) {
    match slip {
        Slip::NoSemicolon => {
            ("no semicolon stands before this work", "did you mean `;`, as in `[@a; @b]`?")
        }
        Slip::NoWork => (
            "this part of a citation names no work",
            "a semicolon parts works; set words off by a comma: `[@a, emphasis mine]`",
        ),
        Slip::EmptyPart => ("nothing stands beside this semicolon", "take it out, or name a work"),
        Slip::EmptyKey => ("this `@` has no key", "write the key of a work right behind the `@`"),
        Slip::OpenBrace => {
            ("nothing closes this brace", "end the place with `}`: `[@a{pp. iv, vi}]`")
        }
        Slip::NoteMark => ("`[^` begins a footnote, not a citation", "take out the `^`"),
        Slip::Org => ("`cite:` is the form of Org", "write `[@key]`"),
    }
}
