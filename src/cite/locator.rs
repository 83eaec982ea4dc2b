//! Reads the place within a work: `p. 33`, `chap. 3`, `{pp. iv, vi-xi}`.

use super::citation::Locator;
use super::place::TERMS;

/// Reads the locator at the start of what follows a key, a comma before it or not. Gives it and
/// where it ends; braces with nothing in them are no locator, and say so.
pub(super) fn read(text: &str) -> (Option<Locator>, usize) {
    let trimmed = text.trim_start();
    let inner = trimmed.strip_prefix(',').unwrap_or(trimmed).trim_start();
    if inner.is_empty() {
        return (None, 0);
    }
    let start = text.len() - inner.len();
    if let Some(end) = closing_brace(inner) {
        return (within_braces(inner[1..end].trim()), start + end + 1);
    }
    let labelled = labels(inner).find_map(|(kind, at)| {
        let end = value(&inner[at..], kind == "sub-verbo", true)?;
        Some((kind, at, at + end))
    });
    let found = labelled.or_else(|| value(inner, false, false).map(|end| ("page", 0, end)));
    match found {
        Some((kind, from, to)) => (Some(locator(kind, &inner[from..to])), start + to),
        None => (None, 0),
    }
}

/// Finds the end of braces that open a text.
pub(super) fn closing_brace(text: &str) -> Option<usize> {
    if !text.starts_with('{') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn within_braces(inner: &str) -> Option<Locator> {
    let (kind, from) = labels(inner).next().unwrap_or(("page", 0));
    (!inner[from..].is_empty()).then(|| locator(kind, &inner[from..]))
}

fn locator(kind: &'static str, value: &str) -> Locator {
    // A range is one hyphen, however it is typed: each style sets its own dash.
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let value = value.replace("---", "-").replace("--", "-").replace(['–', '—', '−', '‑'], "-");
    Locator { kind, value: value.replace(" - ", "-") }
}

/// The words for a kind of place that a text begins with, the longest first, and where what
/// follows each begins.
fn labels(text: &str) -> impl Iterator<Item = (&'static str, usize)> {
    // The longest term has ten letters, of two bytes at most.
    let end = text.char_indices().nth(14).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    let mut found: Vec<(&'static str, usize)> = Vec::new();
    for (kind, terms) in TERMS {
        for term in *terms {
            if let Some(length) = starts_with_folded(head, term) {
                let rest = &text[length..];
                let glued = rest.starts_with(char::is_alphanumeric);
                let is_word = term.ends_with(char::is_alphabetic);
                // `p33` is a page, `v2` is a name.
                let page =
                    matches!(*term, "p" | "pp") && rest.starts_with(|c: char| c.is_ascii_digit());
                if is_word && glued && !page {
                    continue;
                }
                let rest = if is_word { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
                found.push((*kind, text.len() - rest.trim_start().len()));
            }
        }
    }
    found.sort_by_key(|&(_, at)| std::cmp::Reverse(at));
    // `s.` is a page by its German capital only; elsewhere it is a plural or an unknown.
    found.retain(|&(kind, at)| kind != "page" || !text[..at].starts_with("s."));
    found.into_iter()
}

/// The length of what matches a term at the start of a text, letters of either case.
fn starts_with_folded(text: &str, term: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for wanted in term.chars() {
        let (_, c) = chars.next()?;
        if c != wanted && !c.to_lowercase().eq([wanted]) {
            return None;
        }
    }
    Some(chars.next().map_or(text.len(), |(at, _)| at))
}

/// Finds the end of the places that a text begins with: `33, 35-37`, `iv`, `3(a)`.
fn value(text: &str, any_word: bool, labelled: bool) -> Option<usize> {
    let first = unit(text);
    let word = &text[..first];
    let counts = |word: &str| has_digit(word) || (labelled && is_numeral(word));
    if !counts(word) && (!any_word || word.is_empty()) {
        return None;
    }
    let mut end = first + following(word, &text[first..]);
    loop {
        let rest = &text[end..];
        let sep = rest.trim_start();
        let after = sep.trim_start_matches(['-', '–', '—', '−', '‑', ',', ':', '&', '/']);
        if after.len() == sep.len() {
            return Some(end);
        }
        let next = after.trim_start();
        let length = unit(next);
        if !counts(&next[..length]) {
            return Some(end);
        }
        let word = &next[..length];
        end = text.len() - next.len() + length;
        end += following(word, &text[end..]);
    }
}

/// The length of what says that more follows a place: ` ff.`, or the dot of `33ff.`.
fn following(word: &str, text: &str) -> usize {
    let number = word.trim_end_matches('f');
    if number.len() < word.len() && has_digit(number) && text.starts_with('.') {
        return 1;
    }
    let rest = text.trim_start_matches(' ');
    let found = ["ff.", "f.", "sqq.", "sq."].into_iter().find(|mark| rest.starts_with(mark));
    found.map_or(0, |mark| text.len() - rest.len() + mark.len())
}

/// The length of one place: letters, digits and brackets that close, joined by dots, colons or
/// signs between them.
fn unit(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        match c {
            '(' | '[' => {
                let close = if c == '(' { ')' } else { ']' };
                let Some(length) = text[at + 1..].find(close) else { break };
                let inner = &text[at + 1..at + 1 + length];
                if inner.is_empty() || !inner.chars().all(|c| c.is_alphanumeric() || c == '-') {
                    break;
                }
                end = at + length + 2;
                while chars.peek().is_some_and(|&(at, _)| at < end) {
                    chars.next();
                }
            }
            '.' | ':' | '\'' | '’' | '#' => {
                if !next.is_some_and(char::is_alphanumeric) {
                    break;
                }
                end = at + c.len_utf8();
            }
            '*' | '†' | '′' | '″' if at > 0 => end = at + c.len_utf8(),
            c if c.is_alphanumeric() || c == '_' => end = at + c.len_utf8(),
            _ => break,
        }
    }
    end
}

fn has_digit(word: &str) -> bool {
    word.contains(char::is_numeric)
}

/// Tells whether a word is a Roman numeral or a single letter in brackets.
fn is_numeral(word: &str) -> bool {
    let inner = word.trim_matches(['(', ')', '[', ']']);
    if inner.len() == 1 && inner.len() < word.len() {
        return inner.starts_with(char::is_alphabetic);
    }
    is_roman(inner)
}

fn is_roman(word: &str) -> bool {
    let lower = word.to_lowercase();
    let mixed = word != lower && word != word.to_uppercase();
    let mut rest = lower.as_str();
    for (digits, most) in [
        (&["m"][..], 4),
        (&["cm", "cd", "dccc", "dcc", "dc", "d", "ccc", "cc", "c"], 1),
        (&["xc", "xl", "lxxx", "lxx", "lx", "l", "xxx", "xx", "x"], 1),
        (&["ix", "iv", "viii", "vii", "vi", "v", "iii", "ii", "i"], 1),
    ] {
        for _ in 0..most {
            let found = digits.iter().find_map(|digit| rest.strip_prefix(digit));
            rest = found.unwrap_or(rest);
        }
    }
    !word.is_empty() && !mixed && rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::read;

    /// The locator as `kind=value`, and what follows it.
    fn read_all(text: &str) -> (String, &str) {
        let (found, end) = read(text);
        let shown = found.map_or("-".to_owned(), |found| format!("{}={}", found.kind, found.value));
        (shown, &text[end..])
    }

    #[test]
    fn places_are_read_by_their_words() {
        for (text, place, rest) in [
            ("", "-", ""),
            (", p. 33", "page=33", ""),
            (" p. 33", "page=33", ""),
            (", 33", "page=33", ""),
            (" 33", "page=33", ""),
            (", pp. 33-35 and *passim*", "page=33-35", " and *passim*"),
            (", pp. 33--35, 38 – 40, and nowhere else", "page=33-35, 38-40", ", and nowhere else"),
            (", p. 3 & 5", "page=3 & 5", ""),
            (", chap. 3, emphasis mine", "chapter=3", ", emphasis mine"),
            (", emphasis mine", "-", ", emphasis mine"),
            (" with suffix", "-", " with suffix"),
            (", p. iv", "page=iv", ""),
            (", iv", "-", ", iv"),
            (", p. mine", "-", ", p. mine"),
            (", pp. iv, vi-xi, and so on", "page=iv, vi-xi", ", and so on"),
            (
                "{pp. iv, vi-xi, (xv)-(xvii)} with suffix here",
                "page=iv, vi-xi, (xv)-(xvii)",
                " with suffix here",
            ),
            (", {ii, A, D-Z}, with a suffix", "page=ii, A, D-Z", ", with a suffix"),
            ("{}, 99 years later", "-", ", 99 years later"),
            (", {}, 99 years later", "-", ", 99 years later"),
            (", 99 years later", "page=99", " years later"),
            (", § 3", "section=3", ""),
            (", §§3-5", "section=3-5", ""),
            (", ¶ 4", "paragraph=4", ""),
            (", S. 33 f.", "page=33 f.", ""),
            (", S. 33ff.", "page=33ff.", ""),
            (", s. 33", "-", ", s. 33"),
            (", Kap. 3", "chapter=3", ""),
            (", capítulo 3", "chapter=3", ""),
            (", pág. 12", "page=12", ""),
            (", Pages 3 and 4", "page=3", " and 4"),
            (", p33", "page=33", ""),
            (", v2", "page=v2", ""),
            (", vol. 2", "volume=2", ""),
            (", s.v. habit", "sub-verbo=habit", ""),
            (", timestamp 00:12:30", "timestamp=00:12:30", ""),
            (", sec. 3.2(a)", "section=3.2(a)", ""),
            (", art. 5(1)(a)", "article-locator=5(1)(a)", ""),
            (", p. 3.", "page=3", "."),
            (", fig. 2a", "figure=2a", ""),
            (", table S1", "table=S1", ""),
            (", volumes 3", "volume=3", ""),
            (", volumetric 3", "-", ", volumetric 3"),
            (",", "-", ","),
        ] {
            assert_eq!(read_all(text), (place.to_owned(), rest), "{text}");
        }
    }
}
