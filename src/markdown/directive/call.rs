//! The form of a call: `name[label]{#id .class key="value" flag}`.

use std::ops::Range;

use super::fault::Fault;
use crate::text::seek::position;

/// How deep brackets may stand in a label.
const DEEPEST: usize = 32;

/// The most bytes between the braces of a directive within a line. What nothing closes soon holds
/// no attributes, and to look on for each would take the square of a text's length.
pub(in crate::markdown) const LONGEST_INLINE: usize = 2000;

/// A call as it is written. Its offsets are those of the text it was read from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::markdown) struct Call {
    /// The name.
    pub(in crate::markdown) name: Range<usize>,
    /// What stands in the brackets.
    pub(in crate::markdown) label: Option<Range<usize>>,
    /// What stands in the braces.
    pub(in crate::markdown) attributes: Vec<Written>,
    /// What stands in the braces and is no attribute.
    pub(in crate::markdown) faults: Vec<Fault>,
    /// The end of all.
    pub(in crate::markdown) end: usize,
}

/// An attribute as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::markdown) enum Written {
    /// `#id`, without the sign.
    Id(Range<usize>),
    /// `.class`, without the dot.
    Class(Range<usize>),
    /// `key="value"`, the value without its quotes; none behind a key alone.
    Named(Range<usize>, Option<Range<usize>>),
}

impl Call {
    /// Moves all offsets.
    pub(in crate::markdown) fn moved(self, place: impl Fn(&Range<usize>) -> Range<usize>) -> Self {
        let attributes = self.attributes.iter().map(|written| match written {
            Written::Id(range) => Written::Id(place(range)),
            Written::Class(range) => Written::Class(place(range)),
            Written::Named(name, value) => Written::Named(place(name), value.as_ref().map(&place)),
        });
        Self {
            name: place(&self.name),
            label: self.label.as_ref().map(&place),
            attributes: attributes.collect(),
            faults: self
                .faults
                .iter()
                .map(|fault| Fault { range: place(&fault.range), ..fault.clone() })
                .collect(),
            end: place(&(self.end..self.end)).end,
        }
    }
}

/// Tells whether there can be a directive within a line.
pub(in crate::markdown) fn is_likely(text: &str) -> bool {
    next(text.as_bytes()).is_some()
}

/// Where the first colon stands that may begin a directive within a line.
pub(in crate::markdown) fn next(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        from += position(&bytes[from..], |byte| byte == b':')?;
        let is_apart = from == 0 || !joins(bytes[from - 1]);
        if is_apart
            && let Some(end) = name_end(bytes, from + 1)
            && matches!(bytes.get(end), Some(b'[' | b'{'))
        {
            return Some(from);
        }
        from += 1;
    }
}

/// Tells whether a byte before a colon makes one word of both: `12:30`, `std::io`, `https:`.
fn joins(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'\\') || !byte.is_ascii()
}

/// The end of the name that begins at a byte: a letter, then letters, digits and hyphens.
pub(super) fn name_end(bytes: &[u8], at: usize) -> Option<usize> {
    if !bytes.get(at)?.is_ascii_alphabetic() {
        return None;
    }
    let rest = bytes[at..].iter().take(64);
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let end = at + rest.take_while(is_name).count();
    (!matches!(bytes[end - 1], b'-' | b'_')).then_some(end)
}

/// Reads a call whose name begins at a byte. `label` finds the bracket that closes the one at a
/// byte; `to` is where the text ends in which the call must be, and between its braces there are
/// no more than `most` bytes.
pub(in crate::markdown) fn call(
    text: &str,
    at: usize,
    to: usize,
    most: usize,
    label: impl FnOnce(usize) -> Option<usize>,
) -> Option<Call> {
    let bytes = &text.as_bytes()[..to];
    let name = at..name_end(bytes, at)?;
    let mut call =
        Call { end: name.end, name, label: None, attributes: Vec::new(), faults: Vec::new() };
    if bytes.get(call.end) == Some(&b'[') {
        match label(call.end) {
            Some(close) => {
                call.label = Some(call.end + 1..close);
                call.end = close + 1;
            }
            None => {
                let help = "end the label with `]`, or write `\\[` where a bracket is text";
                let range = call.end..call.end + 1;
                call.faults.push(Fault::syntax(range, "nothing closes this bracket", help));
                call.end = to;
            }
        }
    }
    if bytes.get(call.end) == Some(&b'{') {
        let within = &bytes[..to.min(call.end + most)];
        // Most that nothing closes are told apart at once.
        let is_closed = position(&within[call.end..], |byte| byte == b'}').is_some();
        let end = if is_closed { braces(within, call.end, &mut call) } else { None };
        call.end = end.unwrap_or_else(|| {
            let help = "end the attributes with `}`";
            let range = call.end..call.end + 1;
            // Of those that are cut off nothing is whole.
            call.attributes.clear();
            call.faults = vec![Fault::syntax(range, "nothing closes this brace", help)];
            to
        });
    }
    Some(call)
}

/// Finds the bracket that closes the one at a byte, on one line.
pub(super) fn closing(bytes: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = open;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' if depth == 1 => return Some(at),
            b']' => depth -= 1,
            _ => {}
        }
        if depth > DEEPEST {
            return None;
        }
        at += 1;
    }
    None
}

/// Reads what stands in the braces that open at a byte; gives their end, if there is one.
fn braces(bytes: &[u8], open: usize, call: &mut Call) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += blank(&bytes[at..]);
        let start = at;
        match bytes.get(at) {
            None => return None,
            Some(b'}') => return Some(at + 1),
            Some(b'#' | b'.') => {
                at += 1;
                at += bytes[at..].iter().take_while(|byte| is_plain(**byte)).count();
                let range = start + 1..at;
                match (bytes[start], range.is_empty()) {
                    (_, true) => call.faults.push(odd(start..at)),
                    (b'#', false) => call.attributes.push(Written::Id(range)),
                    (_, false) => call.attributes.push(Written::Class(range)),
                }
            }
            Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' => {
                at = named(bytes, at, call);
            }
            Some(_) => {
                let is_odd = |byte: &&u8| !byte.is_ascii_whitespace() && **byte != b'}';
                at += bytes[at..].iter().take_while(is_odd).count();
                call.faults.push(odd(start..at));
            }
        }
    }
}

/// Reads `key`, `key=value` or `key="value"`; gives its end.
fn named(bytes: &[u8], start: usize, call: &mut Call) -> usize {
    let is_key = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':');
    let end = start + bytes[start..].iter().take_while(is_key).count();
    let sign = end + blank(&bytes[end..]);
    if bytes.get(sign) != Some(&b'=') {
        call.attributes.push(Written::Named(start..end, None));
        return end;
    }
    let value = sign + 1 + blank(&bytes[sign + 1..]);
    let (range, after) = match bytes.get(value) {
        Some(&quote @ (b'"' | b'\'')) => {
            let close = position(&bytes[value + 1..], |byte| byte == quote);
            match close {
                Some(length) => (value + 1..value + 1 + length, value + length + 2),
                None => {
                    let help = "end the value with the quote that it began with";
                    let fault = Fault::syntax(value..value + 1, "nothing closes this quote", help);
                    call.faults.push(fault);
                    // Braces that are never closed are said once.
                    let brace = bytes[value..].iter().rposition(|byte| *byte == b'}');
                    let to = brace.map_or(bytes.len(), |at| value + at);
                    (value + 1..to.max(value + 1), to.max(value + 1))
                }
            }
        }
        _ => {
            let rest = bytes[value..].iter();
            let to = value + rest.take_while(|byte| is_value(**byte)).count();
            (value..to, to)
        }
    };
    call.attributes.push(Written::Named(start..end, Some(range)));
    after
}

/// How many bytes of white space there are.
fn blank(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// Tells whether a byte may stand in an id or a class.
fn is_plain(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !b"#.{}\"'=<>`".contains(&byte)
}

/// Tells whether a byte may stand in a value without quotes.
fn is_value(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !b"{}\"'<>`".contains(&byte)
}

fn odd(range: Range<usize>) -> Fault {
    let help = "write `#id`, `.class`, `key=\"value\"` or `flag`, with a space between them";
    Fault::syntax(range, "this is no attribute", help)
}

#[cfg(test)]
mod tests {
    use super::{Written, call, closing, is_likely};

    /// Reads a call: its parts, and what is wrong with it.
    fn read(text: &str) -> Option<String> {
        let found = call(text, 0, text.len(), 100, |open| closing(text.as_bytes(), open))?;
        let mut out = format!("{} to {}", &text[found.name], found.end);
        if let Some(label) = found.label {
            out.push_str(&format!(" [{}]", &text[label]));
        }
        for written in found.attributes {
            out.push_str(&match written {
                Written::Id(id) => format!(" #{}", &text[id]),
                Written::Class(class) => format!(" .{}", &text[class]),
                Written::Named(name, None) => format!(" {}", &text[name]),
                Written::Named(name, Some(value)) => format!(" {}={}", &text[name], &text[value]),
            });
        }
        for fault in found.faults {
            out.push_str(&format!(" ! {} `{}`", fault.message, &text[fault.range]));
        }
        Some(out)
    }

    #[test]
    fn a_call_has_a_name_a_label_and_attributes() {
        for (text, want) in [
            ("note", Some("note to 4")),
            ("a-b_c2 x", Some("a-b_c2 to 6")),
            ("note[A [b] \\] c]", Some("note to 16 [A [b] \\] c]")),
            ("x{#a .b.c d e=1 f=\"g h\" i = 'j}'}", Some("x to 33 #a .b .c d e=1 f=g h i=j}")),
            ("x[]{}", Some("x to 5 []")),
            ("x{a=b/c?d#e}", Some("x to 12 a=b/c?d#e")),
            ("-a", None),
            ("1a", None),
            ("a-", None),
            ("", None),
            ("x[a", Some("x to 3 ! nothing closes this bracket `[`")),
            ("x{a=1, b}", Some("x to 9 a=1, b")),
            ("x{a , b}", Some("x to 8 a b ! this is no attribute `,`")),
            ("x{a", Some("x to 3 ! nothing closes this brace `{`")),
            ("x{a=\"b}", Some("x to 7 a=b ! nothing closes this quote `\"`")),
            ("x{#}", Some("x to 4 ! this is no attribute `#`")),
        ] {
            assert_eq!(read(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn prose_is_no_directive() {
        for text in [
            "12:30[^1]",
            "a::b[1]",
            "std::io{}",
            ":smile: [x]",
            "Note: [x]",
            "foo:bar[1]",
            "ü:b[1]",
            "\\:x[a]",
            ":[a]",
            ":)",
            "https://a.b:8[c]",
            ":a b[c]",
            ":a-[b]",
        ] {
            assert!(!is_likely(text), "{text}");
        }
        for text in [":x[a]", "a :x{b}", "(:x[a])", "*:x[a]*", "— :x[a]"] {
            assert!(is_likely(text), "{text}");
        }
    }
}
