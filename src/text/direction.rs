//! Whether a language is written from the left or from the right.

/// Scripts from the right, as BCP 47 tags name them.
const SCRIPTS: &[&str] =
    &["adlm", "arab", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"];

/// Languages that are written in one of them where the tag says nothing else.
const LANGUAGES: &[&str] = &[
    "ar", "arc", "arz", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "pnb", "ps", "rhg", "sd",
    "syr", "ug", "ur", "yi",
];

/// The direction of a language by its tag, as the attribute `dir` has it: `ltr` or `rtl`.
pub fn direction(tag: &str) -> &'static str {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let script =
        parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let is_one_of =
        |list: &[&str], name: &str| list.iter().any(|one| one.eq_ignore_ascii_case(name));
    let from_the_right = match script {
        Some(script) => is_one_of(SCRIPTS, script),
        None => is_one_of(LANGUAGES, language),
    };
    if from_the_right { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn the_script_counts_more_than_the_language() {
        for (tag, expected) in [
            ("en", "ltr"),
            ("ar", "rtl"),
            ("ar-EG", "rtl"),
            ("FA", "rtl"),
            ("he-IL", "rtl"),
            ("az-Arab", "rtl"),
            ("az-Latn-IR", "ltr"),
            ("ku-Arab-IQ", "rtl"),
            ("ar-Latn", "ltr"),
            ("zh-Hant", "ltr"),
            ("", "ltr"),
        ] {
            assert_eq!(direction(tag), expected, "{tag}");
        }
    }
}
