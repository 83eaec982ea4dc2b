//! The words of a text as readers ask for them: without case, accents and other marks.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::places::hash;
use super::runs::{Run, Runs};

/// The longest word that is kept, in letters; what is longer is cut, as it is where readers ask.
pub const LONGEST: usize = 40;

/// Hands over each word of a text, folded, with its hash. Where that is not the word in small
/// letters, it comes with the word as it is written.
///
/// `search.js` has the same function; `tests/search` holds the two alike.
pub fn words(text: &str, mut word: impl FnMut(&str, u64, Option<&str>)) {
    let mut small = String::with_capacity(LONGEST);
    // Nearly all text of Western languages is ASCII, which needs no tables of Unicode, and nearly
    // all of its words are written as they are asked for.
    let mut runs = Runs::new(text);
    while let Some(Run { start, end, has_capital, goes_on }) = runs.next() {
        if goes_on {
            let rest = &text[start..];
            let is_end = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
            let run = &rest[..rest.find(is_end).unwrap_or(rest.len())];
            beyond_ascii(run, &mut word);
            runs.skip_to(start + run.len());
            continue;
        }
        let end = end.min(start + LONGEST);
        let (run, hash) = (&text[start..end], hash(text, start..end));
        if has_capital {
            small.clear();
            small.push_str(run);
            small.make_ascii_lowercase();
            word(&small, hash, None);
        } else {
            word(run, hash, None);
        }
    }
}

/// As [`words`], for a text with other letters than those of ASCII.
fn beyond_ascii(run: &str, word: &mut impl FnMut(&str, u64, Option<&str>)) {
    for part in run.split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c))) {
        if part.is_empty() {
            continue;
        }
        let folded = fold(part);
        let mut letters = folded.chars().peekable();
        while let Some(&first) = letters.peek() {
            let is_dense = is_unspaced(first);
            let mut piece = String::new();
            while let Some(c) = letters.next_if(|&c| is_unspaced(c) == is_dense) {
                piece.push(c);
            }
            if is_dense {
                pairs(&piece, word);
                continue;
            }
            for piece in piece.split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c))) {
                if piece.is_empty() {
                    continue;
                }
                // Only a word that folding leaves whole can be stemmed as it is written.
                let written = (piece.len() == folded.len()).then_some(part);
                let piece = cut(piece);
                word(piece, whole(piece), written);
            }
        }
    }
}

/// Scripts without spaces: each two neighbouring letters, and the last one by itself.
fn pairs(piece: &str, word: &mut impl FnMut(&str, u64, Option<&str>)) {
    let starts: Vec<usize> = piece.char_indices().map(|(at, _)| at).chain([piece.len()]).collect();
    for pair in starts.windows(3) {
        let pair = &piece[pair[0]..pair[2]];
        word(pair, whole(pair), None);
    }
    if let [.., last, end] = starts[..] {
        let last = &piece[last..end];
        word(last, whole(last), None);
    }
}

fn whole(word: &str) -> u64 {
    hash(word, 0..word.len())
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST).map_or(word, |(at, _)| &word[..at])
}

/// Takes case, accents and other marks off.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return match text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => text.to_ascii_lowercase().into(),
            false => text.into(),
        };
    }
    let plain: String = text.nfkd().filter(|&c| !is_mark(c)).collect();
    let mut out = String::with_capacity(plain.len());
    for c in plain.to_lowercase().chars() {
        match c {
            // Letters that Unicode does not take apart, and readers do.
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            c if is_mark(c) => {}
            c => out.push(c),
        }
    }
    out.nfc().collect::<String>().into()
}

/// Marks that readers leave out when they ask: accents of Latin, Greek and Cyrillic, points of
/// Hebrew and Arabic. Those of Indian scripts and of kana are letters of their own.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036f | 0x0591..=0x05bd | 0x05bf | 0x05c1 | 0x05c2 | 0x05c4 | 0x05c5 | 0x05c7
        | 0x0610..=0x061a | 0x0640 | 0x064b..=0x065f | 0x0670)
}

/// Tells whether a letter is of a script that puts no spaces between words, or so few that two
/// letters say more than what stands between spaces.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0e01..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17d3 | 0x3041..=0x30ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff
        | 0x20000..=0x3134f)
}

#[cfg(test)]
mod tests {
    use super::words;

    fn of(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        words(text, |word, _, _| all.push(word.to_owned()));
        all
    }

    #[test]
    fn case_accents_and_marks_do_not_count() {
        assert_eq!(of("Café NAÏVE Straße Łódź Ærø"), ["cafe", "naive", "strasse", "lodz", "aero"]);
        assert_eq!(of("cafe\u{301} ﬁn Ⅳ"), ["cafe", "fin", "iv"]);
        assert_eq!(of("Боли́ Ёж ΣΊΣΥΦΟΣ"), ["боли", "еж", "σισυφοσ"]);
        assert_eq!(of("İstanbul Işık"), ["istanbul", "isik"]);
    }

    #[test]
    fn signs_part_words() {
        assert_eq!(
            of("base_url, l’homme—site.toml"),
            ["base", "url", "l", "homme", "site", "toml"]
        );
        assert_eq!(of("a\u{0}b\u{7}c\u{200b}d </script>"), ["a", "b", "c", "d", "script"]);
        assert_eq!(of(" … 😀 "), [""; 0]);
    }

    #[test]
    fn scripts_without_spaces_are_read_by_twos() {
        assert_eq!(of("腰痛の研究"), ["腰痛", "痛の", "の研", "研究", "究"]);
        assert_eq!(of("abc腰痛def"), ["abc", "腰痛", "痛", "def"]);
        assert_eq!(of("ปวด"), ["ปว", "วด", "ด"]);
        assert_eq!(of("が"), ["が"]);
    }

    #[test]
    fn huge_words_are_cut() {
        assert_eq!(of(&"x".repeat(100_000))[0].len(), 40);
        assert_eq!(of(&"é".repeat(1000))[0].len(), 40);
    }

    #[test]
    fn a_word_comes_as_it_is_written_where_that_differs() {
        let mut all = Vec::new();
        words("Häuser hier", |word, _, written| {
            all.push((word.to_owned(), written.map(str::to_owned)));
        });
        assert_eq!(
            all,
            [("hauser".to_owned(), Some("Häuser".to_owned())), ("hier".to_owned(), None)]
        );
    }
}
