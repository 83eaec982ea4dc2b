//! One form for names that file systems take for one.

use unicode_normalization::UnicodeNormalization;

/// The form in which names are compared by file systems that ignore case and the order of
/// accents.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        name.to_ascii_lowercase()
    } else {
        name.nfc().collect::<String>().to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_that_look_alike_are_one() {
        assert_eq!(fold("Caf\u{e9}"), fold("cafe\u{301}"));
        assert_ne!(fold("cafe"), fold("caf\u{e9}"));
    }
}
