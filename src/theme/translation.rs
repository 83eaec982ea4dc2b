//! The words of a theme in each language, from its `i18n` files.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Outcome;
use crate::path::SourcePath;

use super::manifest::read;

/// The words by language and key.
pub type Translations = BTreeMap<String, BTreeMap<String, String>>;

/// A file of words as it was read: `i18n/de.toml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Translation {
    /// The language, by the file's name.
    pub language: String,
    /// The file.
    pub path: SourcePath,
    /// Its text.
    pub text: Arc<str>,
}

/// Reads the words of all layers, the first ones at the bottom: a word of a higher layer wins.
pub fn translations(files: &[Translation]) -> Outcome<Translations> {
    let mut all = Translations::new();
    let mut findings = Vec::new();
    for file in files {
        let words: BTreeMap<String, String> = read(&file.path, &file.text).unload(&mut findings);
        all.entry(file.language.clone()).or_default().extend(words);
    }
    Outcome::new(all, findings)
}

/// What the keys of the words begin with that scripts say.
const SCRIPT: &str = "script-";

/// The words that scripts say, as a JSON object of them by language and key, without the prefix of
/// the keys; none where the theme has no such words.
pub fn script_words(translations: &Translations) -> Option<String> {
    let of_language = |words: &BTreeMap<String, String>| -> BTreeMap<String, String> {
        let said = words.iter().filter_map(|(key, word)| Some((key.strip_prefix(SCRIPT)?, word)));
        said.map(|(key, word)| (key.to_owned(), word.clone())).collect()
    };
    let all = translations.iter().map(|(language, words)| (language, of_language(words)));
    let all: BTreeMap<_, _> = all.filter(|(_, words)| !words.is_empty()).collect();
    if all.is_empty() { None } else { serde_json::to_string(&all).ok() }
}
