//! How words and their pages are written, byte by byte, and read again.

/// A word with its pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Posted<'a> {
    pub(super) word: &'a str,
    pub(super) stem: &'a str,
    /// Its pages, as [`write_uses`] writes them.
    pub(super) uses: &'a [u8],
}

/// The number of a page, and a figure below 32.
pub(super) type Use = (u32, u32);

/// How many bits of a use are its figure.
const FIGURE: u32 = 5;

/// Writes a word behind the one that stands before it in the file:
///
/// - a byte: how many bytes of the word before are the beginning of this one;
/// - a byte: how many more there are, then these;
/// - a byte: how many bytes of the word are the beginning of its stem;
/// - a byte: how many more the stem has, then these;
/// - how many bytes its uses take, as a number, then these.
pub(super) fn post(out: &mut Vec<u8>, before: &str, posted: &Posted<'_>) {
    spell(out, before, posted.word);
    spell(out, posted.word, posted.stem);
    number(out, posted.uses.len() as u64);
    out.extend_from_slice(posted.uses);
}

/// Writes the uses of a word, in the order of their pages: for each a number that is how far its
/// page is behind the one before (the first behind 0), times 32, and the figure.
///
/// A number is written in bytes of seven bits, the lowest first, all but the last with the
/// eighth bit set.
pub(super) fn write_uses(uses: impl IntoIterator<Item = Use>, out: &mut Vec<u8>) {
    let mut last = 0;
    for (page, figure) in uses {
        number(out, u64::from(page - last) << FIGURE | u64::from(figure));
        last = page;
    }
}

/// Reads what [`write_uses`] wrote; ends where it has no sense.
pub(super) fn read_uses(mut uses: &[u8]) -> impl Iterator<Item = Use> {
    let mut last = 0_u32;
    std::iter::from_fn(move || {
        let number = read_number(&mut uses)?;
        last = last.checked_add(u32::try_from(number >> FIGURE).ok()?)?;
        Some((last, (number & ((1 << FIGURE) - 1)) as u32))
    })
}

/// Reads words that were written one behind the other, the first behind none.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    word: String,
    stem: String,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, word: String::new(), stem: String::new() }
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next word; none at the end, and where the bytes have no sense.
    pub(super) fn next(&mut self) -> Option<Posted<'_>> {
        read_spelled(&mut self.rest, &mut self.word)?;
        self.stem.clone_from(&self.word);
        read_spelled(&mut self.rest, &mut self.stem)?;
        let size = usize::try_from(read_number(&mut self.rest)?).ok()?;
        let (uses, rest) = self.rest.split_at_checked(size)?;
        self.rest = rest;
        Some(Posted { word: &self.word, stem: &self.stem, uses })
    }
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

/// Turns a word into the one that was written by what they have in common.
fn read_spelled(rest: &mut &[u8], word: &mut String) -> Option<()> {
    let (&[alike, size], after) = rest.split_first_chunk()?;
    let (letters, after) = after.split_at_checked(size.into())?;
    // A letter of several bytes may be cut by what two words have in common.
    let mut bytes = std::mem::take(word).into_bytes();
    bytes.truncate(alike.into());
    bytes.extend_from_slice(letters);
    *word = String::from_utf8(bytes).ok()?;
    *rest = after;
    Some(())
}

pub(super) fn number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub(super) fn read_number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for place in 0..9 {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Posted, Reader, post, read_uses, write_uses};

    #[test]
    fn a_word_is_written_by_what_is_new_in_it() {
        let (mut out, mut uses) = (Vec::new(), Vec::new());
        write_uses([(0, 31), (4, 1), (1000, 2)], &mut uses);
        post(&mut out, "linked", &Posted { word: "links", stem: "link", uses: &uses });
        let expected = [4, 1, b's', 4, 0, 6, 31, 0x81, 1, 0x82, 0xf9, 1];
        assert_eq!(out, expected);
    }

    #[test]
    fn what_is_written_is_read() {
        // The beginnings of `é` and `è` are one byte.
        let words = [("pain", "pain"), ("pains", "pain"), ("é", "è"), ("è", "é"), ("ö", "")];
        let uses = [(3, 1), (4, 31), (70_000, 0), (u32::MAX, 7)];
        let (mut written, mut before) = (Vec::new(), "");
        for (nth, (word, stem)) in words.into_iter().enumerate() {
            let mut bytes = Vec::new();
            write_uses(uses[..nth].iter().copied(), &mut bytes);
            post(&mut written, before, &Posted { word, stem, uses: &bytes });
            before = word;
        }
        let mut reader = Reader::new(&written);
        for (nth, (word, stem)) in words.into_iter().enumerate() {
            let posted = reader.next().unwrap();
            assert_eq!((posted.word, posted.stem), (word, stem));
            assert_eq!(read_uses(posted.uses).collect::<Vec<_>>(), uses[..nth]);
        }
        assert_eq!(reader.next(), None);
        // Of what is cut off or foreign no word is made up, and nothing breaks.
        for end in 0..written.len() {
            let mut reader = Reader::new(&written[..end]);
            while let Some(posted) = reader.next() {
                assert!(words.iter().any(|(word, _)| *word == posted.word));
            }
        }
        for seed in 0..=u8::MAX {
            let foreign: Vec<u8> =
                (0..200_u8).map(|n| n.wrapping_mul(seed).rotate_left(3) ^ seed).collect();
            let mut reader = Reader::new(&foreign);
            while let Some(posted) = reader.next() {
                read_uses(posted.uses).for_each(drop);
            }
        }
    }
}
