//! Where a destination leads, as far as its spelling tells, and where it stands in the source.

use std::ops::Range;

use pulldown_cmark::RefDefs;

use super::body::{Definition, Local, Target};
use crate::path;

/// Reads a destination, entities and escapes already resolved.
///
/// A scheme has two letters at least, as in the autolinks of CommonMark: `C:\notes.md` is a
/// path, if one that leads nowhere, and not a link to another host.
pub fn classify(destination: &str) -> Target {
    if has_scheme(destination) || destination.starts_with("//") {
        Target::External
    } else if let Some(fragment) = destination.strip_prefix('#') {
        Target::Fragment(decode(fragment))
    } else if let Some(rest) = destination.strip_prefix("@/") {
        Target::Content(local(rest))
    } else if let Some(rest) = destination.strip_prefix('/') {
        Target::Rooted(local(rest))
    } else {
        Target::Relative(local(destination))
    }
}

fn has_scheme(destination: &str) -> bool {
    let Some((scheme, _)) = destination.split_once(':') else { return false };
    scheme.len() >= 2
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
}

fn local(rest: &str) -> Local {
    let (rest, fragment) = match rest.split_once('#') {
        Some((rest, fragment)) => (rest, Some(decode(fragment).into())),
        None => (rest, None),
    };
    let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    Local { path: decode(path).into(), query: query.into(), fragment }
}

/// Decodes what is percent-encoded, or leaves it where the bytes are no UTF-8.
fn decode(text: &str) -> String {
    path::decode(text).unwrap_or_else(|| text.to_owned())
}

/// Finds the destination of an inline link in its source.
///
/// `from` is the end of the last thing within the link's text, `to` the end of the link. None
/// where the destination is not spelled out there: in a reference link.
pub(super) fn locate(source: &str, from: usize, to: usize) -> Option<Range<usize>> {
    let rest = source.get(from..to)?;
    let open = from + rest.find("](")? + 2;
    let start = to - past_line_end(&source[open..to]).len();
    let bytes = source.as_bytes();
    if bytes.get(start) == Some(&b'<') {
        let end = unescaped(&bytes[..to], start + 1, |byte| byte == b'>')?;
        return Some(start + 1..end);
    }
    let mut depth = 0_usize;
    let end = unescaped(&bytes[..to], start, |byte| {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return true,
            b')' => depth -= 1,
            _ => {}
        }
        byte.is_ascii_whitespace()
    })?;
    Some(start..end)
}

/// What follows white space, and the marks of a quote where a line has ended in it.
fn past_line_end(text: &str) -> &str {
    let rest = text.trim_start();
    match text[..text.len() - rest.len()].contains('\n') {
        true => rest.trim_start_matches(['>', ' ', '\t']),
        false => rest,
    }
}

/// The link reference definitions of a text that begins at the offset `base` of its file, in
/// order.
pub(super) fn definitions(found: &RefDefs<'_>, source: &str, base: usize) -> Vec<Definition> {
    let moved = |range: &Range<usize>| base + range.start..base + range.end;
    let placed = found.iter().filter_map(|(name, definition)| {
        let span = moved(&locate_definition(source, &definition.span)?);
        let is_citation = name.trim_start_matches('-').starts_with('@');
        let cites = is_citation.then(|| moved(&definition.span));
        Some(Definition { destination: definition.dest.to_string(), span, cites })
    });
    let mut placed: Vec<_> = placed.collect();
    placed.sort_by_key(|definition| definition.span.start);
    placed
}

/// Finds the destination of a link reference definition in its source.
fn locate_definition(source: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let bytes = &source.as_bytes()[..span.end];
    let close = unescaped(bytes, span.start, |byte| byte == b']')?;
    let behind = source.get(close + 1..span.end)?.strip_prefix(':')?;
    // It may stand on the next line, in a quote.
    let gap = behind.len() - behind.trim_start_matches([' ', '\t', '\r', '\n', '>']).len();
    let start = close + 2 + gap;
    match bytes.get(start)? {
        b'<' => Some(start + 1..unescaped(bytes, start + 1, |byte| byte == b'>')?),
        _ => {
            let end = unescaped(bytes, start, |byte| byte.is_ascii_whitespace());
            Some(start..end.unwrap_or(span.end))
        }
    }
}

/// Finds the first byte at which `stop` holds, passing over what a backslash escapes.
fn unescaped(bytes: &[u8], from: usize, mut stop: impl FnMut(u8) -> bool) -> Option<usize> {
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'\\' && bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) {
            at += 2;
            continue;
        }
        if stop(byte) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{classify, locate, locate_definition};
    use crate::markdown::body::{Local, Target};

    fn local(path: &str, query: &str, fragment: Option<&str>) -> Local {
        Local { path: path.into(), query: query.into(), fragment: fragment.map(Into::into) }
    }

    #[test]
    fn spelling_tells_where_a_destination_leads() {
        let cases = [
            ("https://a.example/x", Target::External),
            ("mailto:a@b.example", Target::External),
            ("data:image/png;base64,AA", Target::External),
            ("//a.example", Target::External),
            ("@/a/b.md#c", Target::Content(local("a/b.md", "", Some("c")))),
            ("/a%20b?q=1%202#%C3%BC", Target::Rooted(local("a b", "?q=1%202", Some("ü")))),
            ("../a.md", Target::Relative(local("../a.md", "", None))),
            ("a#b?c", Target::Relative(local("a", "", Some("b?c")))),
            ("?q", Target::Relative(local("", "?q", None))),
            ("", Target::Relative(local("", "", None))),
            ("#", Target::Fragment(String::new())),
            ("#a%20b", Target::Fragment("a b".into())),
            ("%ff", Target::Relative(local("%ff", "", None))),
            (r"C:\a.md", Target::Relative(local(r"C:\a.md", "", None))),
            ("a b: c", Target::Relative(local("a b: c", "", None))),
        ];
        for (destination, target) in cases {
            assert_eq!(classify(destination), target, "{destination}");
        }
    }

    #[test]
    fn destinations_are_found_in_the_source() {
        let find =
            |source: &str, from| locate(source, from, source.len()).map(|r| source[r].to_owned());
        assert_eq!(find("[a](b 'c')", 2).as_deref(), Some("b"));
        assert_eq!(find("[a](<b c>)", 2).as_deref(), Some("b c"));
        assert_eq!(find("[a](b(c)\\)d)", 2).as_deref(), Some("b(c)\\)d"));
        assert_eq!(find("[](\n b)", 1).as_deref(), Some("b"));
        assert_eq!(find("[]()", 1).as_deref(), Some(""));
        assert_eq!(find("[](>b)", 1).as_deref(), Some(">b"));
        assert_eq!(find("[](\n> > b)", 1).as_deref(), Some("b"));
        assert_eq!(find("[a][b]", 2), None);
        let define = |source: &str| {
            locate_definition(source, &(0..source.len())).map(|range| source[range].to_owned())
        };
        assert_eq!(define("[a\\]]: b 'c'").as_deref(), Some("b"));
        assert_eq!(define("[a]:\n> <b c>").as_deref(), Some("b c"));
        assert_eq!(define("[a]: b").as_deref(), Some("b"));
    }
}
