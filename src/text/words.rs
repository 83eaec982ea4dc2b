//! Counting words and cutting plain text.

/// Words a reader takes in a minute, the usual figure for adults reading prose silently in
/// English (Brysbaert 2019 finds 238 for non-fiction).
const WORDS_PER_MINUTE: usize = 238;

/// Counts the words of a plain text. Characters of scripts written without spaces count one
/// word each, as word processors do.
pub fn count(text: &str) -> usize {
    let mut words = 0;
    let mut inside = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Nearly all text of Western languages is ASCII, which needs no tables.
        let ascii = rest.bytes().take_while(u8::is_ascii).count();
        for &byte in &rest.as_bytes()[..ascii] {
            if byte.is_ascii_alphanumeric() {
                words += usize::from(!inside);
                inside = true;
            } else if byte.is_ascii_whitespace() || byte == b'/' {
                inside = false;
            }
        }
        if ascii > 0 {
            rest = &rest[ascii..];
            continue;
        }
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
    words
}

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
