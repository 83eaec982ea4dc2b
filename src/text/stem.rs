//! What is left of a word when its endings are taken off. Sole owner of `snowball_stemmers_rs`.

use std::borrow::Cow;

use snowball_stemmers_rs::{Algorithm, Stemmer as Snowball};

use super::stop::stop_words;

/// Takes the endings off the words of one language.
pub struct Stemmer {
    snowball: Option<Snowball>,
    stop_words: Vec<&'static str>,
    language: String,
}

impl Stemmer {
    /// The stemmer of a language, by its BCP 47 tag; the words of a language that has none stay
    /// as they are.
    pub fn new(language: &str) -> Self {
        let language = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let stop_words = stop_words(&language);
        let algorithm = match language.as_str() {
            "ar" => Algorithm::Arabic,
            "ca" => Algorithm::Catalan,
            "cs" => Algorithm::Czech,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "en" => Algorithm::English,
            "eo" => Algorithm::Esperanto,
            "es" => Algorithm::Spanish,
            "et" => Algorithm::Estonian,
            "eu" => Algorithm::Basque,
            "fa" => Algorithm::Persian,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "ga" => Algorithm::Irish,
            "hi" => Algorithm::Hindi,
            "hu" => Algorithm::Hungarian,
            "hy" => Algorithm::Armenian,
            "id" => Algorithm::Indonesian,
            "it" => Algorithm::Italian,
            "lt" => Algorithm::Lithuanian,
            "ne" => Algorithm::Nepali,
            "nl" => Algorithm::Dutch,
            "no" | "nb" | "nn" => Algorithm::Norwegian,
            "pl" => Algorithm::Polish,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "sr" => Algorithm::Serbian,
            "st" => Algorithm::Sesotho,
            "sv" => Algorithm::Swedish,
            "ta" => Algorithm::Tamil,
            "tr" => Algorithm::Turkish,
            "uk" => Algorithm::Ukrainian,
            "yi" => Algorithm::Yiddish,
            _ => return Self { snowball: None, stop_words, language },
        };
        Self { snowball: Some(Snowball::create(algorithm)), stop_words, language }
    }

    /// The first part of the language's tag, in small letters.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The stem of a word in small letters; none for a word that says nothing by itself.
    pub fn stem<'a>(&self, word: &'a str) -> Option<Cow<'a, str>> {
        if self.stop_words.binary_search(&word).is_ok() {
            return None;
        }
        Some(self.snowball.as_ref().map_or(Cow::Borrowed(word), |snowball| snowball.stem(word)))
    }
}

impl std::fmt::Debug for Stemmer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Stemmer").field(&self.language).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Stemmer;

    #[test]
    fn endings_are_taken_off_as_the_language_has_them() {
        for (language, one, other) in [
            ("en-GB", "massages", "massaging"),
            ("de", "wirbelsäulen", "wirbelsäule"),
            ("fr", "massages", "massage"),
            ("ru", "боли", "боль"),
        ] {
            let stemmer = Stemmer::new(language);
            assert_eq!(stemmer.stem(one), stemmer.stem(other), "{language}");
        }
        assert_eq!(Stemmer::new("ja").stem("腰痛").as_deref(), Some("腰痛"));
        assert_eq!(Stemmer::new("en").stem("because"), None);
        assert!(Stemmer::new("de").stem("because").is_some());
    }
}
