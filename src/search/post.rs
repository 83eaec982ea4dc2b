//! How words and their pages are written, byte by byte.

/// A word on its way into a file.
pub(super) struct Posted<'a> {
    pub(super) word: &'a str,
    pub(super) stem: &'a str,
    /// The numbers of its pages, in order, each with a figure below 32.
    pub(super) uses: Vec<(u32, u32)>,
}

/// How many bits of a use are its figure.
const FIGURE: u32 = 5;

/// Writes a word behind the one that stands before it in the file:
///
/// - a byte: how many bytes of the word before are the beginning of this one;
/// - a byte: how many more there are, then these;
/// - a byte: how many bytes of the word are the beginning of its stem;
/// - a byte: how many more the stem has, then these;
/// - how many bytes its uses take, as a number, then these: for each page a number that is how
///   far it is behind the page before (the first behind 0), times 32, and the figure.
///
/// A number is written in bytes of seven bits, the lowest first, all but the last with the
/// eighth bit set.
pub(super) fn post(out: &mut Vec<u8>, before: &str, posted: &Posted<'_>) {
    spell(out, before, posted.word);
    spell(out, posted.word, posted.stem);
    let mut uses = Vec::with_capacity(posted.uses.len() * 2);
    let mut last = 0;
    for &(page, figure) in &posted.uses {
        number(&mut uses, u64::from(page - last) << FIGURE | u64::from(figure));
        last = page;
    }
    number(out, uses.len() as u64);
    out.append(&mut uses);
}

/// Writes a word by what it has in common with another.
fn spell(out: &mut Vec<u8>, before: &str, word: &str) {
    let alike = before.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
    let rest = &word.as_bytes()[alike..];
    // Words have 40 letters at most, and so fewer than 256 bytes.
    out.push(u8::try_from(alike).unwrap_or(u8::MAX));
    out.push(u8::try_from(rest.len()).unwrap_or(u8::MAX));
    out.extend_from_slice(rest);
}

fn number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::{Posted, post};

    #[test]
    fn a_word_is_written_by_what_is_new_in_it() {
        let mut out = Vec::new();
        let uses = vec![(0, 31), (4, 1), (1000, 2)];
        post(&mut out, "linked", &Posted { word: "links", stem: "link", uses });
        let expected = [4, 1, b's', 4, 0, 6, 31, 0x81, 1, 0x82, 0xf9, 1];
        assert_eq!(out, expected);
    }
}
