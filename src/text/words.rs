//! Counting words and cutting plain text.

use super::seek::position;

/// Words a reader takes in a minute, the usual figure for adults reading prose silently in
/// English (Brysbaert 2019 finds 238 for non-fiction).
const WORDS_PER_MINUTE: usize = 238;

/// Counts the words of a plain text. Characters of scripts written without spaces count one
/// word each, as word processors do.
pub fn count(text: &str) -> usize {
    let mut words = 0;
    let mut inside = false;
    let mut rest = text;
    loop {
        // Nearly all text of Western languages is ASCII, which needs no tables of Unicode.
        let ascii = position(rest.as_bytes(), |byte| byte >= 0x80).unwrap_or(rest.len());
        for &byte in &rest.as_bytes()[..ascii] {
            // No branches: letters and spaces come in an order that no processor foresees.
            let Sort { letter, space } = SORTS[usize::from(byte)];
            words += usize::from(letter & !inside);
            inside = letter | (inside & !space);
        }
        rest = &rest[ascii..];
        let Some(c) = rest.chars().next() else { return words };
        rest = &rest[c.len_utf8()..];
        if is_ideograph(c) {
            words += 1;
            inside = false;
        } else if c.is_alphanumeric() {
            if !inside {
                words += 1;
            }
            inside = true;
        } else if c.is_whitespace() || matches!(c, '—' | '–') {
            inside = false;
        }
    }
}

/// What a byte of ASCII does to words.
#[derive(Clone, Copy)]
struct Sort {
    /// It begins a word or goes on with one.
    letter: bool,
    /// It ends a word.
    space: bool,
}

const SORTS: [Sort; 256] = {
    let mut sorts = [Sort { letter: false, space: false }; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        let space = byte.is_ascii_whitespace() || byte == b'/';
        sorts[byte as usize] = Sort { letter: byte.is_ascii_alphanumeric(), space };
        byte += 1;
    }
    sorts
};

/// Minutes it takes to read that many words, rounded up; none take none.
pub fn reading_minutes(words: usize) -> usize {
    words.div_ceil(WORDS_PER_MINUTE)
}

fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c),
        0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3134f)
}

#[cfg(test)]
mod tests {
    use super::{count, reading_minutes};

    #[test]
    fn words_are_counted_in_any_script() {
        assert_eq!(count("don't stop — now"), 3);
        assert_eq!(count("日本語 text"), 4);
        assert_eq!(count(" … "), 0);
    }

    #[test]
    fn minutes_round_up() {
        assert_eq!(reading_minutes(0), 0);
        assert_eq!(reading_minutes(1), 1);
        assert_eq!(reading_minutes(239), 2);
    }
}
