//! The words of a text without their order: which, how often, and where one of them stands.

use std::hash::Hasher;
use std::ops::Range;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::places::Places;

/// How many different words of one text are kept, the most frequent ones.
const MOST_WORDS: usize = 2000;

/// A word in no text of its own.
const NOWHERE: u32 = u32::MAX;

/// The words of a text, by their keys.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Bag {
    /// The words, each once, in the order in which they were met.
    pub words: Vec<Word>,
}

/// A word of a text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Word {
    /// A hash of the language and the word, capitals aside. It takes the place of the word: a
    /// site has as many words as bytes, and two of its words have one key as good as never.
    pub key: u64,
    /// Where the word stands first, in small letters if it does so anywhere.
    pub place: u32,
    /// How often it stands in the text, or how much more it counts.
    pub count: u32,
}

/// How many bytes a word takes where it is written.
const WRITTEN: usize = 16;

// All words are written as one run of bytes: a site has millions of them, and to read each by
// its fields takes longer than all else of its pages.
impl Serialize for Bag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::with_capacity(self.words.len() * WRITTEN);
        for Word { key, place, count } in &self.words {
            bytes.extend(key.to_le_bytes());
            bytes.extend(place.to_le_bytes());
            bytes.extend(count.to_le_bytes());
        }
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for Bag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: &[u8] = Deserialize::deserialize(deserializer)?;
        let (words, rest) = bytes.as_chunks::<WRITTEN>();
        if !rest.is_empty() {
            return Err(D::Error::custom("a word is cut off"));
        }
        let word = |&word: &[u8; WRITTEN]| {
            let word = u128::from_le_bytes(word);
            Word { key: word as u64, place: (word >> 64) as u32, count: (word >> 96) as u32 }
        };
        Ok(Self { words: words.iter().map(word).collect() })
    }
}

/// Takes the key of a word for its hash, since it is one.
#[derive(Default)]
pub struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// Gathers the words of several texts, which count as one that goes on from text to text.
#[derive(Debug)]
pub struct Gatherer {
    seed: u64,
    places: Places,
    seen: Vec<Seen>,
    read: usize,
}

/// How many different words there is room for at first: those of a page of common length.
const ROOM: usize = 680;

/// What has been seen of a word.
#[derive(Debug)]
struct Seen {
    key: u64,
    /// Where it stands first in small letters.
    small: u32,
    /// Where it stands first with a capital.
    capital: u32,
    count: u32,
}

impl Gatherer {
    /// Begins with the words of a language.
    pub fn new(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        let seed = hash(0, primary.bytes().map(|byte| byte.to_ascii_lowercase()));
        Self { seed, places: Places::with_capacity(ROOM), seen: Vec::with_capacity(ROOM), read: 0 }
    }

    /// Takes in a text each of whose words counts `weight` times.
    pub fn read(&mut self, text: &str, weight: u32) {
        let from = self.read;
        self.read += text.len();
        self.take(text, weight, |at| u32::try_from(from + at).unwrap_or(NOWHERE));
    }

    /// Lets the words of a text that has been read as a part of another count `weight` times
    /// more.
    pub fn stress(&mut self, text: &str, weight: u32) {
        self.take(text, weight, |_| NOWHERE);
    }

    fn take(&mut self, text: &str, weight: u32, place: impl Fn(usize) -> u32) {
        let Self { places, seen, .. } = self;
        each(text, self.seed, |range, key| {
            let nth = places.place(key, |nth| seen[nth].key == key);
            if nth == seen.len() {
                seen.push(Seen { key, small: NOWHERE, capital: NOWHERE, count: 0 });
            }
            let seen = &mut seen[nth];
            seen.count = seen.count.saturating_add(weight);
            let is_capital = match text.as_bytes()[range.start] {
                byte @ ..0x80 => byte.is_ascii_uppercase(),
                _ => text[range.start..].starts_with(char::is_uppercase),
            };
            let first = if is_capital { &mut seen.capital } else { &mut seen.small };
            if *first == NOWHERE {
                *first = place(range.start);
            }
        });
    }

    /// The words of all texts.
    pub fn finish(self) -> Bag {
        let word = |Seen { key, small, capital, count }: Seen| {
            let place = if small == NOWHERE { capital } else { small };
            Word { key, place, count }
        };
        let mut words: Vec<Word> = self.seen.into_iter().map(word).collect();
        if words.len() > MOST_WORDS {
            let rank = |word: &Word| (std::cmp::Reverse(word.count), word.key);
            words.select_nth_unstable_by_key(MOST_WORDS, rank);
            words.truncate(MOST_WORDS);
            words.shrink_to_fit();
        }
        Bag { words }
    }
}

/// Finds the word at a place of texts that have been read one after the other.
pub fn word_at<'a>(texts: &[&'a str], place: u32) -> Option<&'a str> {
    let mut at = place as usize;
    for text in texts {
        if at < text.len() {
            // No word goes on behind what is no letter.
            let rest = text.get(at..)?;
            let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}');
            let rest = rest.find(|c| !goes_on(c)).map_or(rest, |end| &rest[..end]);
            let mut word = None;
            each(rest, 0, |range, _| {
                word.get_or_insert(range);
            });
            let range = word.filter(|range| range.start == 0)?;
            return text.get(at..at + range.end);
        }
        at -= text.len();
    }
    None
}

/// Hands over each word of a text and its key: three letters or more, at least one of them no
/// figure. In scripts without spaces each two neighbouring letters are a word.
fn each(text: &str, seed: u64, mut word: impl FnMut(Range<usize>, u64)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // Nearly all text of Western languages is ASCII, which needs no tables of Unicode; its
        // keys are made in the same pass.
        let start = at;
        let mut state = START ^ seed;
        let mut has_letter = false;
        while let Some(&byte) = bytes.get(at) {
            let small = SMALL[usize::from(byte)];
            if small == 0 {
                break;
            }
            state = step(state, small);
            has_letter |= small > b'9';
            at += 1;
        }
        if bytes.get(at).is_none_or(u8::is_ascii) {
            if at - start >= 3 && has_letter {
                word(start..at, scatter(state));
            }
            at += 1;
            continue;
        }
        at = beyond_ascii(text, start, &mut |range| {
            let key = key(seed, &text[range.clone()]);
            word(range, key);
        });
    }
}

/// The letters and figures of ASCII in small letters; 0 for all other bytes.
const SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() {
            small[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    small
};

/// As [`each`], for what begins at `start` and has other letters too; gives its end.
fn beyond_ascii(text: &str, start: usize, word: &mut impl FnMut(Range<usize>)) -> usize {
    let mut letters = 0;
    let mut is_word = false;
    let mut before: Option<(usize, bool)> = None;
    let mut from = start;
    let mut end = |range: Range<usize>, letters: usize, is_word: bool| {
        if letters >= 3 && is_word {
            word(range);
        }
    };
    for (offset, c) in text[start..].char_indices() {
        let at = start + offset;
        if is_unspaced(c) {
            if before.is_none() {
                end(from..at, letters, is_word);
            }
            let next = at + c.len_utf8();
            if let Some((previous, _)) = before {
                end(previous..next, 3, true);
            }
            before = Some((at, before.is_some()));
            continue;
        }
        if let Some((previous, is_paired)) = before.take() {
            if !is_paired {
                end(previous..at, 3, true);
            }
            (from, letters, is_word) = (at, 0, false);
        }
        if c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}') {
            letters += 1;
            is_word |= c.is_alphabetic();
        } else {
            end(from..at, letters, is_word);
            return at + c.len_utf8();
        }
    }
    match before {
        Some((previous, false)) => end(previous..text.len(), 3, true),
        Some(_) => {}
        None => end(from..text.len(), letters, is_word),
    }
    text.len()
}

/// Tells whether a letter is of a script that puts no spaces between words, or so few that two
/// letters say more than what stands between spaces.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0e01..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17d3 | 0x3041..=0x30ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff
        | 0x20000..=0x3134f)
        && c.is_alphanumeric()
}

fn key(seed: u64, word: &str) -> u64 {
    let mut buffer = [0; 4];
    let mut state = START ^ seed;
    for c in word.chars().flat_map(char::to_lowercase) {
        for byte in c.encode_utf8(&mut buffer).bytes() {
            state = step(state, byte);
        }
    }
    scatter(state)
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, its bits scattered: quick on words, and the same on every machine.
fn hash(seed: u64, bytes: impl Iterator<Item = u8>) -> u64 {
    scatter(bytes.fold(START ^ seed, step))
}

fn step(state: u64, byte: u8) -> u64 {
    (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

fn scatter(state: u64) -> u64 {
    let state = (state ^ (state >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    state ^ (state >> 32)
}

#[cfg(test)]
mod tests {
    use super::{Gatherer, each, word_at};

    fn words(text: &str) -> Vec<&str> {
        let mut words = Vec::new();
        each(text, 0, |range, _| words.push(&text[range]));
        words
    }

    #[test]
    fn words_are_found_in_any_script() {
        assert_eq!(words("The low-back pain of 2024, p. 3"), ["The", "low", "back", "pain"]);
        assert_eq!(words("don’t; x2y Île-de-France"), ["don", "x2y", "Île", "France"]);
        assert_eq!(words("Rückenschmerzen, naïve"), ["Rückenschmerzen", "naïve"]);
        assert_eq!(words("Боль в спине"), ["Боль", "спине"]);
        assert_eq!(
            words("腰痛の研究。猫 and 犬"),
            ["腰痛", "痛の", "の研", "研究", "猫", "and", "犬"]
        );
        assert_eq!(words("abc腰痛def"), ["abc", "腰痛", "def"]);
        assert_eq!(words("ab é"), [""; 0]);
        assert_eq!(words("naïve"), ["naïve"]);
    }

    #[test]
    fn equal_words_are_one_and_keep_a_place_in_small_letters() {
        let texts = ["Massage for Backs. ", "The massage helps; Massage heals. Über über"];
        let mut gatherer = Gatherer::new("en-GB");
        gatherer.read(texts[0], 4);
        gatherer.read(texts[1], 1);
        gatherer.stress("massage", 10);
        let bag = gatherer.finish();
        let mut shown: Vec<_> = bag
            .words
            .iter()
            .map(|word| (word_at(&texts, word.place).unwrap(), word.count))
            .collect();
        shown.sort_unstable();
        assert_eq!(
            shown,
            [
                ("Backs", 4),
                ("The", 1),
                ("for", 4),
                ("heals", 1),
                ("helps", 1),
                ("massage", 16),
                ("über", 2)
            ]
        );
    }

    #[test]
    fn languages_keep_their_words_apart() {
        let key = |language: &str| {
            let mut gatherer = Gatherer::new(language);
            gatherer.read("Gift", 1);
            gatherer.finish().words[0].key
        };
        assert_eq!(key("en"), key("en-GB"));
        assert_ne!(key("en"), key("de"));
    }
}
