//! One form for names that file systems take for one.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The form in which names are compared by file systems that ignore case and the order of
/// accents.
pub fn fold(name: &str) -> Cow<'_, str> {
    if !name.is_ascii() {
        name.nfc().collect::<String>().to_lowercase().into()
    } else if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        name.to_ascii_lowercase().into()
    } else {
        name.into()
    }
}

/// The form in which names that people write are compared: without regard to case, and to how
/// many spaces stand between, before and behind the words.
pub fn fold_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&fold(word));
    }
    out
}

/// Puts a combining mark on a letter where Unicode has one character for both.
pub fn compose(letter: char, mark: char) -> Option<char> {
    unicode_normalization::char::compose(letter, mark)
}

/// The form in which names and titles are put in order: without accents, case and marks.
pub fn collate(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfd() {
        match letter {
            // Letters that Unicode does not take apart, and readers do.
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ħ' | 'Ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'þ' | 'Þ' => out.push_str("th"),
            _ if letter.is_alphanumeric() => out.extend(letter.to_lowercase()),
            _ if letter.is_whitespace() || matches!(letter, '–' | '/') => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{collate, fold, fold_name};

    #[test]
    fn names_are_one_in_any_case_and_spacing() {
        assert_eq!(fold_name(" Neck  Pain"), fold_name("neck pain"));
        assert_ne!(fold_name("neckpain"), fold_name("neck pain"));
        assert_eq!(fold_name(" \u{a0}"), "");
    }

    #[test]
    fn order_knows_neither_accents_nor_case() {
        assert_eq!(collate("Émile  Zola"), "emile  zola");
        assert_eq!(collate("O’Brien"), "obrien");
        assert!(collate("Ångström") < collate("Beck"));
    }

    #[test]
    fn names_that_look_alike_are_one() {
        assert_eq!(fold("Caf\u{e9}"), fold("cafe\u{301}"));
        assert_ne!(fold("cafe"), fold("caf\u{e9}"));
    }
}
