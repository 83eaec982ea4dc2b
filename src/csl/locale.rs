//! The words of a language, from the CSL locales that come with `hayagriva`.

use hayagriva::archive::LOCALES;
use hayagriva::citationberg as csl;
use hayagriva::citationberg::taxonomy::{OtherTerm, Term};

use super::model::Words;
use super::ordinal::{Ending, Gender, Ordinals, Reach};
use super::run::Marks;

/// The locales of the archive, in its order. One of them decodes in a millisecond, all of them
/// in a hundred, so that the one asked for is found by its place.
const TAGS: &[&str] = &[
    "af-ZA",
    "ar",
    "bal-PK",
    "bg-BG",
    "brh-PK",
    "ca-AD",
    "cs-CZ",
    "cy-GB",
    "da-DK",
    "de-AT",
    "de-CH",
    "de-DE",
    "el-GR",
    "en-GB",
    "en-US",
    "es-CL",
    "es-ES",
    "es-MX",
    "et-EE",
    "eu",
    "fa-IR",
    "fi-FI",
    "fr-CA",
    "fr-FR",
    "gl-ES",
    "he-IL",
    "hi-IN",
    "hr-HR",
    "hu-HU",
    "hy-AM",
    "id-ID",
    "is-IS",
    "it-IT",
    "ja-JP",
    "km-KH",
    "ko-KR",
    "la",
    "lij-IT",
    "lt-LT",
    "lv-LV",
    "mn-MN",
    "ms-MY",
    "nb-NO",
    "nl-NL",
    "nn-NO",
    "pa-PK",
    "pl-PL",
    "pt-BR",
    "pt-PT",
    "ro-RO",
    "ru-RU",
    "sk-SK",
    "sl-SI",
    "sr-Cyrl-RS",
    "sr-Latn-RS",
    "sv-SE",
    "th-TH",
    "tl-PH",
    "tr-TR",
    "uk-UA",
    "vi-VN",
    "zh-CN",
    "zh-TW",
];

/// The dialect that stands for a language of which there are several.
const PRIMARY: &[(&str, &str)] = &[
    ("de", "de-DE"),
    ("en", "en-US"),
    ("es", "es-ES"),
    ("fr", "fr-FR"),
    ("no", "nb-NO"),
    ("pt", "pt-PT"),
    ("sr", "sr-Cyrl-RS"),
    ("zh", "zh-CN"),
];

/// The locales that speak for a language, the nearest first: those of the style, those of the
/// archive, American English.
pub(super) struct Locale {
    chain: Vec<csl::Locale>,
    /// The tag of the locale of the archive.
    pub(super) tag: &'static str,
}

impl Locale {
    /// Gathers the locales for a language.
    pub(super) fn new(style: &[csl::Locale], language: &str) -> Self {
        let tag = nearest(language);
        let primary = tag.split('-').next().unwrap_or(tag);
        let own = |wanted: Option<&str>| {
            style
                .iter()
                .filter(|locale| match (&locale.lang, wanted) {
                    (None, None) => true,
                    (Some(lang), Some(wanted)) => lang.0.eq_ignore_ascii_case(wanted),
                    _ => false,
                })
                .cloned()
                .collect::<Vec<_>>()
        };
        let mut chain = own(Some(tag));
        if tag != primary {
            chain.extend(own(Some(primary)));
        }
        chain.extend(own(None));
        chain.extend(bundled(tag));
        if tag != "en-US" {
            chain.extend(bundled("en-US"));
        }
        Self { chain, tag }
    }

    /// The singular and the plural of a term; a form that is not there gives way to a longer one.
    pub(super) fn term(&self, term: Term, form: csl::TermForm) -> Option<(String, String)> {
        let mut form = Some(form);
        while let Some(wanted) = form {
            for locale in &self.chain {
                if let Some(found) = locale.term(term, wanted) {
                    let one = found.single().unwrap_or_default();
                    return Some((one.to_owned(), found.multiple().unwrap_or(one).to_owned()));
                }
            }
            form = wanted.fallback();
        }
        None
    }

    /// The gender of what a term names.
    pub(super) fn gender(&self, term: Term) -> Option<Gender> {
        let long = |locale: &csl::Locale| locale.term(term, csl::TermForm::Long)?.gender;
        self.chain.iter().find_map(long).map(gender)
    }

    /// The ordinal numbers of the nearest locale that has any. They hang together: those of one
    /// locale are never mixed with those of another.
    fn ordinals(&self) -> Ordinals {
        let terms = self.chain.iter().filter_map(|locale| locale.terms.as_ref());
        terms
            .map(|terms| ordinals(&terms.terms))
            .find(|all| !all.endings.is_empty())
            .unwrap_or_default()
    }

    fn word(&self, term: OtherTerm) -> String {
        self.term(term.into(), csl::TermForm::Long).map(|(one, _)| one).unwrap_or_default()
    }

    /// The parts of a date in the order of the language.
    pub(super) fn date(&self, form: csl::DateForm) -> Option<&csl::Date> {
        self.chain.iter().flat_map(|locale| &locale.date).find(|date| date.form == Some(form))
    }

    /// The words that are asked for whatever the style.
    pub(super) fn words(&self) -> Words {
        let option = |pick: fn(&csl::LocaleOptions) -> Option<bool>| {
            self.chain
                .iter()
                .find_map(|locale| locale.style_options.as_ref().and_then(pick))
                .unwrap_or(false)
        };
        let months = |form| {
            (0..12)
                .filter_map(OtherTerm::month)
                .map(|month| self.term(month.into(), form).map(|(one, _)| one).unwrap_or_default())
                .collect()
        };
        let seasons =
            [OtherTerm::Season01, OtherTerm::Season02, OtherTerm::Season03, OtherTerm::Season04];
        let range = self.word(OtherTerm::PageRangeDelimiter);
        Words {
            quotes: Marks {
                open: self.word(OtherTerm::OpenQuote),
                close: self.word(OtherTerm::CloseQuote),
                open_inner: self.word(OtherTerm::OpenInnerQuote),
                close_inner: self.word(OtherTerm::CloseInnerQuote),
            },
            range: if range.is_empty() { "–".to_owned() } else { range },
            and: self.word(OtherTerm::And),
            et_al: self.word(OtherTerm::EtAl),
            ad: self.word(OtherTerm::Ad),
            bc: self.word(OtherTerm::Bc),
            months: months(csl::TermForm::Long),
            short_months: months(csl::TermForm::Short),
            seasons: seasons.into_iter().map(|season| self.word(season)).collect(),
            ordinals: self.ordinals(),
            month_genders: (0..12)
                .filter_map(OtherTerm::month)
                .map(|month| self.gender(month.into()))
                .collect(),
            ordinal_first_day_only: option(|options| options.limit_day_ordinals_to_day_1),
            punctuation_in_quote: option(|options| options.punctuation_in_quote),
            english: self.tag.starts_with("en"),
        }
    }
}

fn gender(gender: csl::GrammarGender) -> Gender {
    match gender {
        csl::GrammarGender::Feminine => Gender::Feminine,
        csl::GrammarGender::Masculine => Gender::Masculine,
    }
}

fn ordinals(terms: &[csl::LocalizedTerm]) -> Ordinals {
    let mut all = Ordinals::default();
    for term in terms {
        let (number, is_word) = match term.name {
            Term::Other(OtherTerm::Ordinal) => (None, false),
            Term::Other(OtherTerm::OrdinalN(number)) => (Some(number), false),
            Term::Other(OtherTerm::LongOrdinal(number)) => (Some(number), true),
            _ => continue,
        };
        let reach = match term.match_ {
            _ if is_word => Reach::Whole,
            Some(csl::OrdinalMatch::WholeNumber) => Reach::Whole,
            Some(csl::OrdinalMatch::LastTwoDigits) => Reach::LastTwoDigits,
            None if number.is_some_and(|number| number >= 10) => Reach::LastTwoDigits,
            Some(csl::OrdinalMatch::LastDigit) | None => Reach::LastDigit,
        };
        let text = term.single().unwrap_or_default().to_owned();
        let ending = Ending { number, reach, gender: term.gender_form.map(gender), text };
        if is_word { all.words.push(ending) } else { all.endings.push(ending) }
    }
    old_ordinals(&mut all.endings);
    all
}

/// In CSL 1.0 there were four endings, and the fourth was that of all other numbers.
fn old_ordinals(endings: &mut Vec<Ending>) {
    let four = |number| endings.iter().any(|ending: &Ending| ending.number == Some(number));
    if endings.iter().any(|ending| ending.number.is_none()) || !(1..=4).all(four) {
        return;
    }
    let Some(at) = endings.iter().position(|ending| ending.number == Some(4)) else { return };
    let fourth = endings.remove(at);
    for number in 11..=13 {
        let reach = Reach::LastTwoDigits;
        endings.push(Ending { number: Some(number), reach, ..fourth.clone() });
    }
    endings.push(Ending { number: None, ..fourth });
}

/// The tag of the locale that speaks for a language.
pub(super) fn nearest(language: &str) -> &'static str {
    let language = language.replace('_', "-");
    let same = |tag: &&&str| tag.eq_ignore_ascii_case(&language);
    if let Some(tag) = TAGS.iter().find(same) {
        return tag;
    }
    let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let dialect = PRIMARY.iter().find(|(language, _)| *language == primary).map(|(_, tag)| *tag);
    let first = || TAGS.iter().find(|tag| tag.split('-').next() == Some(&primary)).copied();
    dialect.or_else(first).unwrap_or("en-US")
}

fn bundled(tag: &str) -> Option<csl::Locale> {
    let at = TAGS.iter().position(|known| *known == tag)?;
    ciborium::from_reader(*LOCALES.get(at)?).ok()
}

#[cfg(test)]
mod tests {
    use hayagriva::citationberg::taxonomy::NumberVariable;

    use super::*;
    use crate::csl::number;

    #[test]
    fn every_locale_of_the_archive_is_found_by_its_tag() {
        assert_eq!(TAGS.len(), LOCALES.len());
        for tag in TAGS {
            let lang = bundled(tag).and_then(|locale| locale.lang).map(|lang| lang.0);
            assert_eq!(lang.as_deref(), Some(*tag));
        }
    }

    #[test]
    fn a_language_falls_back_to_its_main_dialect_and_then_to_american_english() {
        let cases = [
            ("de", "de-DE"),
            ("de-LI", "de-DE"),
            ("en-AU", "en-US"),
            ("EN-gb", "en-GB"),
            ("eu", "eu"),
            ("it", "it-IT"),
            ("la-VA", "la"),
            ("zh_TW", "zh-TW"),
            ("tlh", "en-US"),
            ("", "en-US"),
        ];
        for (language, tag) in cases {
            assert_eq!(nearest(language), tag, "{language}");
        }
    }

    #[test]
    fn ordinals_follow_the_gender_of_what_is_counted() {
        let edition = Term::NumberVariable(NumberVariable::Edition);
        let cases = [
            ("en", "1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th"),
            ("de", "1. 2. 3. 4. 11. 12. 13. 21. 101. 111."),
            ("fr", "1ʳᵉ 2ᵉ 3ᵉ 4ᵉ 11ᵉ 12ᵉ 13ᵉ 21ᵉ 101ᵉ 111ᵉ"),
            ("it", "1ª 2ª 3ª 4ª 11ª 12ª 13ª 21ª 101ª 111ª"),
            ("pt-PT", "1.ª 2.ª 3.ª 4.ª 11.ª 12.ª 13.ª 21.ª 101.ª 111.ª"),
            ("ca", "1a 2a 3a 4a 11a 12a 13a 21a 101a 111a"),
            ("ru", "1-е 2-е 3-е 4-е 11-е 12-е 13-е 21-е 101-е 111-е"),
        ];
        for (language, expected) in cases {
            let locale = Locale::new(&[], language);
            let (words, gender) = (locale.words(), locale.gender(edition));
            let numbers = [1, 2, 3, 4, 11, 12, 13, 21, 101, 111];
            let all = numbers.map(|n| number::ordinal(n, gender, &words)).join(" ");
            assert_eq!(all, expected, "{language}");
        }
        let french = Locale::new(&[], "fr").words();
        assert_eq!(number::ordinal(1, french.month_genders[0], &french), "1ᵉʳ");
        assert_eq!(french.ordinals.word(3, None), Some("troisième"));
    }

    #[test]
    fn four_endings_of_the_first_version_of_csl_stand_for_all() {
        let own = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note"><info><title>T</title>
          <id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info><locale><terms><term name="ordinal-01">st</term>
          <term name="ordinal-02">nd</term><term name="ordinal-03">rd</term><term name="ordinal-04">th</term></terms>
          </locale><citation><layout><text variable="title"/></layout></citation></style>"#;
        let csl::Style::Independent(style) = csl::Style::from_xml(own).expect("it is a style")
        else {
            panic!("it is independent")
        };
        let words = Locale::new(&style.locale, "en").words();
        let all = [1, 2, 3, 4, 12, 22, 113].map(|n| number::ordinal(n, None, &words)).join(" ");
        assert_eq!(all, "1st 2nd 3rd 4th 12th 22nd 113th");
    }

    #[test]
    fn a_term_falls_back_to_a_longer_form_and_to_english() {
        let german = Locale::new(&[], "de");
        let editor = Term::Other(OtherTerm::EtAl);
        assert_eq!(
            german.term(editor, csl::TermForm::Symbol).map(|(one, _)| one).as_deref(),
            Some("u.\u{a0}a.")
        );
        assert_eq!(german.words().months[2], "März");
    }
}
