//! Finding the sentence around a place in a plain text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::seek::position;

/// Words before a dot that does not end a sentence, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "al", "vs", "cf", "viz", "approx", "ca", "dr", "prof", "mr", "mrs", "ms", "st",
    "jr", "sr", "ph.d", "ed", "eds", "incl", "resp", "z.b", "d.h", "u.a", "bzw", "vgl", "ggf",
    "hrsg", "p.ex", "c.-à-d", "dept", "univ", "figs", "pp", "vols", "nos", "eqs", "secs", "chs",
];

/// Words before a dot and a number.
const BEFORE_NUMBERS: &[&str] = &[
    "fig", "p", "no", "vol", "chap", "ch", "eq", "sec", "art", "ref", "refs", "tab", "nr", "s",
    "kap", "abb", "bd", "abs", "nº", "cap", "pág", "para", "col", "app", "pt", "suppl", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
];

/// Finds where the sentences of a text end: the bytes behind each, the last that of the text.
pub fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut from = 0;
    // Most of a text is letters, which need not be decoded.
    let may_end = |byte| (byte == b'.') | (byte == b'!') | (byte == b'?') | (byte >= 0x80);
    while let Some(ahead) = position(&text.as_bytes()[from..], may_end) {
        let at = from + ahead;
        let mut chars = text[at..].chars();
        let Some(c) = chars.next() else { break };
        from = at + c.len_utf8();
        let wide = matches!(c, '。' | '？' | '！' | '｡');
        if !wide && !matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '։' | '።') {
            continue;
        }
        let closes = |c: char| {
            matches!(c, '.' | '!' | '?' | '…' | '。' | '？' | '！')
                || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）')
        };
        from += chars.take_while(|&c| closes(c)).map(char::len_utf8).sum::<usize>();
        let end = from;
        let rest = &text[end..];
        let next = rest.trim_start().chars().next();
        let ends_here = match next {
            None => false,
            Some(_) if wide => true,
            Some(next) => {
                rest.starts_with(char::is_whitespace)
                    && !next.is_lowercase()
                    && !(c == '.' && is_abbreviation(&text[..at], next))
            }
        };
        if ends_here {
            ends.push(end);
        }
    }
    ends.push(text.len());
    ends
}

/// Tells whether the word that a dot follows is cut short, given what comes next.
fn is_abbreviation(before: &str, next: char) -> bool {
    // No abbreviation is longer than a dozen letters.
    let start = before
        .char_indices()
        .rev()
        .take(12)
        .take_while(|&(_, c)| c.is_alphanumeric() || matches!(c, '.' | '-' | 'º'));
    let word = start.last().map_or("", |(at, _)| &before[at..]);
    // `J.`, `U.S.`
    let is_capital = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_uppercase);
    let initial = word.split('.').all(is_capital);
    let word = word.to_lowercase();
    initial
        || ABBREVIATIONS.contains(&word.as_str())
        || (next.is_numeric() && BEFORE_NUMBERS.contains(&word.as_str()))
}

/// Gives the sentence around a byte of a text, white space made single, at most `limit`
/// characters of it; what is left out becomes `…`. `ends` are those of [`ends`]. A place right
/// behind a sentence belongs to it, unless `opens` says that it begins the next.
pub fn around(text: &str, ends: &[usize], at: usize, opens: bool, limit: usize) -> String {
    let is_before = |&end: &usize| {
        // White space between the end and the place does not count.
        if opens { end <= at } else { text.get(end..at).is_some_and(|gap| !gap.trim().is_empty()) }
    };
    let index = ends.partition_point(is_before).min(ends.len().saturating_sub(1));
    let start = index.checked_sub(1).map_or(0, |before| ends[before]);
    let end = ends.get(index).copied().unwrap_or(text.len());
    let at = at.clamp(start, end);
    let room = limit * 2 / 3;
    if at - start <= room && end - start <= limit {
        let mut words = text[start..end].split_whitespace();
        let mut sentence = String::with_capacity(end - start);
        sentence.extend(words.next());
        words.for_each(|word| sentence.extend([" ", word]));
        return sentence;
    }
    let from = text[start..at].char_indices().rev().nth(room).map_or(start, |(n, _)| start + n);
    let to = text[at..end].char_indices().nth(limit).map_or(end, |(n, _)| at + n);
    let words: Vec<&str> = text[from..to].split_whitespace().collect();
    let mut before = from > start;
    let mut words = words.as_slice();
    if before {
        // The first word may have lost its head.
        words = words.get(1..).unwrap_or_default();
    }
    let mut sentence = String::new();
    let mut length = 0;
    let mut cut = to < end;
    for word in words {
        let more = word.chars().count() + usize::from(!sentence.is_empty());
        if length + more > limit {
            cut = true;
            break;
        }
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        length += more;
    }
    if sentence.is_empty() && (before || cut) {
        // One word without an end.
        sentence = text[from..to].trim().chars().take(limit).collect();
        before = false;
        cut = true;
    }
    if before {
        sentence.insert(0, '…');
    }
    if cut {
        sentence.push('…');
    }
    sentence
}

/// Some words of a text with what their sentence says before and after them.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Passage {
    /// All of it: in one piece, because a site holds as many as it has links.
    text: Box<str>,
    /// Where the words begin and end.
    words: Range<u32>,
}

impl Passage {
    fn new(before: &str, words: &str, after: &str) -> Self {
        let (start, end) = (before.len(), before.len() + words.len());
        Self { text: [before, words, after].concat().into(), words: start as u32..end as u32 }
    }

    /// What comes before them, the words, and what comes after them.
    pub fn parts(&self) -> [&str; 3] {
        let (start, end) = (self.words.start as usize, self.words.end as usize);
        [&self.text[..start], &self.text[start..end], &self.text[end..]]
    }
}

/// Gives the sentence around some bytes of a text, or the sentences where they reach over
/// several, white space made single, at most `limit` characters of it; what is left out becomes
/// `…`.
pub fn passage(text: &str, range: Range<usize>, limit: usize) -> Passage {
    let (Some(head), Some(words), Some(tail)) =
        (text.get(..range.start), text.get(range.clone()), text.get(range.end..))
    else {
        return Passage::default();
    };
    let ends = ends(text);
    let start = ends.iter().copied().take_while(|&end| end <= range.start).last().unwrap_or(0);
    let end = ends.iter().copied().find(|&end| end >= range.end).unwrap_or(text.len());
    // White space at the ends of a link belongs to what is around it.
    let words = single_spaced(words);
    let (before, after) = (single_spaced(&head[start..]), single_spaced(&tail[..end - range.end]));
    let count = |text: &str| text.chars().count();
    let words = cut(&words, limit);
    let room = limit - count(&words).min(limit);
    let room_after = (room / 3).max(room - count(&before).min(room)).min(count(&after));
    let before = cut_head(before.trim_start(), room - room_after);
    Passage::new(&before, &words, &cut(after.trim_end(), room_after))
}

/// A text with each run of white space made one space.
fn single_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            false => out.push(c),
            true if out.ends_with(' ') => {}
            true => out.push(' '),
        }
    }
    out
}

/// The first words of a text, at most `limit` characters of them.
fn cut(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let kept = match text[end..].starts_with(' ') {
        true => &text[..end],
        false => text[..end].rfind(' ').map_or(&text[..end], |space| &text[..space]),
    };
    format!("{kept}…")
}

/// The last words of a text, at most `limit` characters of them.
fn cut_head(text: &str, limit: usize) -> String {
    let over = text.chars().count().saturating_sub(limit);
    let Some((start, _)) = text.char_indices().nth(over).filter(|_| over > 0) else {
        return if over > 0 { "…".to_owned() } else { text.to_owned() };
    };
    let rest = &text[start..];
    let kept = rest.find(' ').map_or(rest, |space| &rest[space + 1..]);
    format!("…{kept}")
}

#[cfg(test)]
mod tests {
    use super::{Passage, around, ends, passage};

    fn split(text: &str) -> Vec<&str> {
        let mut from = 0;
        ends(text)
            .into_iter()
            .map(|end| text[std::mem::replace(&mut from, end)..end].trim())
            .collect()
    }

    #[test]
    fn sentences_end_where_readers_say_so() {
        for sentences in [
            &["One."][..],
            &["One.", "Two!", "Three?", "Four"],
            &[
                "Smith et al. Found that, e.g. Fig. 3 and p. 3 by J. R. Tolkien vs. Lewis of the U.S. Army, held.",
            ],
            &["It rose (p < 0.05).", "Then it fell."],
            &["“It rose.”", "Then it fell."],
            &["これは文です。", "次の文です？", "はい！", "終わり"],
            &["He said no.", "Then he left."],
            &["Vgl. Kap. 3.", "Danach z.B. Berlin."],
            &["Use .NET 4.5 today.", "Or not… perhaps."],
        ] {
            assert_eq!(split(&sentences.join(" ")), sentences);
        }
    }

    #[test]
    fn a_place_behind_a_full_stop_belongs_to_the_sentence_before() {
        let text = "One is. Two is.";
        let ends = ends(text);
        assert_eq!(around(text, &ends, 7, false, 99), "One is.");
        assert_eq!(around(text, &ends, 8, false, 99), "One is.");
        assert_eq!(around(text, &ends, 8, true, 99), "Two is.");
        assert_eq!(around(text, &ends, 9, false, 99), "Two is.");
        assert_eq!(around(text, &ends, 15, false, 99), "Two is.");
        assert_eq!(around("", &super::ends(""), 0, false, 99), "");
    }

    #[test]
    fn a_long_sentence_is_cut_at_words() {
        let text = "alpha ".repeat(100) + "beta " + &"gamma ".repeat(100);
        let at = text.find("beta").unwrap();
        let found = around(&text, &ends(&text), at, false, 60);
        assert!(found.starts_with("…alpha") && found.ends_with("gamma…"), "{found}");
        assert!(found.contains("alpha beta gamma") && found.chars().count() <= 62, "{found}");
        let word = "ä".repeat(1000);
        assert_eq!(around(&word, &ends(&word), 1000, false, 10), "ä".repeat(10) + "…");
    }

    fn around_words(text: &str, words: &str, limit: usize) -> String {
        let at = text.find(words).unwrap();
        let passage = passage(text, at..at + words.len(), limit);
        let [before, words, after] = passage.parts();
        format!("{before}[{words}]{after}")
    }

    #[test]
    fn a_passage_is_the_sentence_around_some_words() {
        let text = "One is. Two is (see three\nthere). Four is.";
        assert_eq!(around_words(text, "three", 99), "Two is (see [three] there).");
        assert_eq!(around_words(text, "One", 99), "[One] is.");
        assert_eq!(around_words(text, "Four is.", 99), "[Four is.]");
        assert_eq!(around_words(text, "is. Two", 99), "One [is. Two] is (see three there).");
        assert_eq!(around_words("ein Wort", "Wort", 99), "ein [Wort]");
        assert_eq!(passage("ä", 1..2, 9), Passage::default());
    }

    #[test]
    fn a_long_passage_keeps_its_words_and_is_cut_on_both_sides() {
        let text = "alpha ".repeat(50) + "beta " + &"gamma ".repeat(50);
        let cut = around_words(&text, "beta", 40);
        assert_eq!(cut, "…alpha alpha alpha [beta] gamma gamma…");
        let text = "alpha ".repeat(50) + "beta";
        assert_eq!(around_words(&text, "beta", 20), "…alpha alpha [beta]");
        let word = "ä".repeat(100);
        assert_eq!(around_words(&word, &word, 10), format!("[{}…]", "ä".repeat(10)));
    }
}
