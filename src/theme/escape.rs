//! The escaping of everything that templates print.

use std::io::{Result, Write};

use crate::text::seek::clear;

/// Control characters, which XML cannot hold and HTML does not allow.
const GONE: u8 = 1;
/// The bytes with which those begin that are control characters in two bytes, and those that are
/// no characters in three.
const TWO: u8 = 2;
const THREE: u8 = 3;
/// The first of the signs that have a form of their own in HTML.
const SIGN: u8 = 4;
const SIGNS: [(u8, &str); 5] =
    [(b'&', "&amp;"), (b'<', "&lt;"), (b'>', "&gt;"), (b'"', "&quot;"), (b'\'', "&#39;")];

/// What each byte may be the beginning of; 0 for what is printed as it is.
const KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < b' ' {
        if !matches!(byte, b'\t' | b'\n' | b'\r') {
            kinds[byte as usize] = GONE;
        }
        byte += 1;
    }
    kinds[0x7f] = GONE;
    kinds[0xc2] = TWO;
    kinds[0xef] = THREE;
    let mut nth = 0;
    while nth < SIGNS.len() {
        kinds[SIGNS[nth].0 as usize] = SIGN + nth as u8;
        nth += 1;
    }
    kinds
}

/// Escapes a text for HTML and for XML alike: control characters, which XML cannot hold and
/// HTML does not allow, are left out.
pub(super) fn escape(text: &str, out: &mut dyn Write) -> Result<()> {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while let Some(ahead) = next(&bytes[at..]) {
        at += ahead;
        let (length, instead) = match (KINDS[usize::from(bytes[at])], &bytes[at + 1..]) {
            (GONE, _) => (1, ""),
            // U+0080 to U+009F; those that follow, such as the no-break space, are letters.
            (TWO, [0x80..=0x9f, ..]) => (2, ""),
            // U+FFFE and U+FFFF.
            (THREE, [0xbf, 0xbe | 0xbf, ..]) => (3, ""),
            (TWO | THREE, _) => {
                at += 1;
                continue;
            }
            (sign, _) => (1, SIGNS[usize::from(sign - SIGN)].1),
        };
        out.write_all(&bytes[from..at])?;
        out.write_all(instead.as_bytes())?;
        at += length;
        from = at;
    }
    out.write_all(&bytes[from..])
}

/// Where the next byte stands that may not be printed as it is. Most texts are short, and have
/// none: the table is asked at once for what fills no stride.
fn next(bytes: &[u8]) -> Option<usize> {
    // As sums and comparisons alone, in which compilers see vectors.
    let wanted = |byte: u8| {
        (byte < b' ')
            | (byte == b'&')
            | (byte == b'<')
            | (byte == b'>')
            | (byte == b'"')
            | (byte == b'\'')
            | (byte == 0x7f)
            | (byte == 0xc2)
            | (byte == 0xef)
    };
    let from = clear(bytes, wanted);
    let found = bytes[from..].iter().position(|&byte| KINDS[usize::from(byte)] != 0);
    found.map(|ahead| from + ahead)
}

#[cfg(test)]
mod tests {
    use super::escape;
    use crate::text::escape::xml;

    #[test]
    fn what_is_escaped_is_what_xml_can_hold() {
        let mut texts: Vec<String> = (0..0x300)
            .chain(0xfff0..0x10010)
            .filter_map(char::from_u32)
            .map(|c| c.to_string())
            .collect();
        texts.extend(
            ["", "a", "\u{b7}\u{a0}\u{9f}\u{80}&\u{ffff}\u{fffd}<'\">\u{1}\t\r\n"]
                .map(str::to_owned),
        );
        let long = "abcdefghijklmnopqrstuvwxyz · ";
        for text in texts {
            for text in [
                text.clone(),
                format!("{text}{long}{text}{long}{text}"),
                format!("{long}{long}{text}"),
            ] {
                let mut out = Vec::new();
                escape(&text, &mut out).expect("a vector takes everything");
                let wanted = xml(&text).replace('\'', "&#39;");
                assert_eq!(String::from_utf8(out).as_deref(), Ok(wanted.as_str()), "{text:?}");
            }
        }
    }
}
