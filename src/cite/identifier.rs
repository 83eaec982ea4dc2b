//! Identifiers of works, in one form each.

use serde::{Deserialize, Serialize};

use std::borrow::Cow;

use crate::path;

/// The kinds of identifiers that a work can be cited by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum IdKind {
    /// A Digital Object Identifier.
    Doi,
    /// A number in PubMed.
    Pmid,
    /// A number in PubMed Central.
    Pmcid,
    /// A number in arXiv.
    Arxiv,
    /// An International Standard Book Number.
    Isbn,
}

/// The identifiers of one work, each normalised; one that does not read as what it should be
/// is not among them (its rule reports it from [`Reference::fields`](super::Reference)).
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub struct Ids {
    /// In lower case, without any prefix: `10.1002/14651858.cd001929.pub3`.
    pub doi: Option<String>,
    /// The digits.
    pub pmid: Option<String>,
    /// `PMC` and the digits.
    pub pmcid: Option<String>,
    /// Without a prefix; with the version where one is given.
    pub arxiv: Option<String>,
    /// Digits and `X` alone.
    pub isbn: Vec<String>,
    /// `1234-567X`.
    pub issn: Vec<String>,
}

/// What is wrong with a DOI as it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DoiFault {
    /// It does not begin with `10.`, a registrant of 4 to 9 digits and a slash.
    NoRegistrant,
    /// Nothing follows the slash.
    NoSuffix,
    /// It has white space within.
    Space,
    /// It has a dash where a hyphen belongs.
    Dash,
    /// It ends with the punctuation of a sentence, and is read without.
    TrailingPunctuation,
    /// Its registrant is one that is never given out: 5555, or below 1000.
    BogusRegistrant,
}

/// What is wrong with an ISBN or an ISSN as it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NumberFault {
    /// It has too many or too few digits, or other characters.
    Form,
    /// The last digit is not the one that the others call for.
    Check {
        /// The digit they call for.
        wanted: char,
    },
}

impl IdKind {
    /// Every kind, in the order in which one is preferred to the next.
    pub const ALL: [Self; 5] = [Self::Doi, Self::Pmid, Self::Pmcid, Self::Isbn, Self::Arxiv];

    /// The name of the kind, or of the place where its numbers lead.
    pub fn name(self) -> &'static str {
        match self {
            Self::Doi => "doi",
            Self::Pmid => "PubMed",
            Self::Pmcid => "PMC",
            Self::Arxiv => "arXiv",
            Self::Isbn => "ISBN",
        }
    }

    /// The word before the colon: `doi`.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Doi => "doi",
            Self::Pmid => "pmid",
            Self::Pmcid => "pmcid",
            Self::Arxiv => "arxiv",
            Self::Isbn => "isbn",
        }
    }

    /// Reads an identifier of this kind in any of the forms in which it is written; none where
    /// it is not one.
    pub fn parse(self, text: &str) -> Option<String> {
        match self {
            Self::Doi => parse_doi(text),
            Self::Pmid => parse_pmid(text),
            Self::Pmcid => parse_pmcid(text),
            Self::Arxiv => parse_arxiv(text),
            Self::Isbn => parse_isbn(text),
        }
    }

    /// Reads an identifier after the word for its kind: `doi:10.1002/14651858.CD001929.pub3`.
    pub fn parse_prefix(text: &str) -> Option<(Self, String)> {
        let (word, rest) = text.split_once(':')?;
        let kind = Self::ALL.into_iter().find(|kind| kind.prefix().eq_ignore_ascii_case(word))?;
        kind.parse(rest).map(|value| (kind, value))
    }

    /// The address that a normalised identifier leads to; an ISBN leads nowhere.
    pub fn url(self, value: &str) -> Option<String> {
        Some(match self {
            Self::Doi => format!("https://doi.org/{}", encode_doi(value)),
            Self::Pmid => format!("https://pubmed.ncbi.nlm.nih.gov/{value}/"),
            Self::Pmcid => format!("https://pmc.ncbi.nlm.nih.gov/articles/{value}/"),
            Self::Arxiv => format!("https://arxiv.org/abs/{value}"),
            Self::Isbn => return None,
        })
    }
}

impl Ids {
    /// Every identifier that a work can be cited by, as it is looked up: an ISBN in its form of
    /// 13 digits, an arXiv number with and without its version.
    pub fn all(&self) -> Vec<(IdKind, String)> {
        let mut all = Vec::new();
        let single = [
            (IdKind::Doi, &self.doi),
            (IdKind::Pmid, &self.pmid),
            (IdKind::Pmcid, &self.pmcid),
            (IdKind::Arxiv, &self.arxiv),
        ];
        for (kind, value) in single {
            all.extend(value.iter().map(|value| (kind, value.clone())));
        }
        if let Some(arxiv) = &self.arxiv {
            let base = arxiv_base(arxiv);
            if base != arxiv {
                all.push((IdKind::Arxiv, base.to_owned()));
            }
        }
        all.extend(self.isbn.iter().map(|isbn| (IdKind::Isbn, isbn13(isbn))));
        all
    }

    /// The one identifier of a kind that can have but one.
    pub fn of(&self, kind: IdKind) -> Option<&str> {
        match kind {
            IdKind::Doi => self.doi.as_deref(),
            IdKind::Pmid => self.pmid.as_deref(),
            IdKind::Pmcid => self.pmcid.as_deref(),
            IdKind::Arxiv => self.arxiv.as_deref(),
            IdKind::Isbn => self.isbn.first().map(String::as_str),
        }
    }
}

/// Takes a DOI out of its address or its prefix, as it is written there.
fn bare_doi(text: &str) -> Cow<'_, str> {
    let text = text.trim().trim_matches(['<', '>', '"']);
    // What holds neither the word nor an escape, as most do, is bare already.
    let is_said = text.as_bytes().windows(3).any(|word| word.eq_ignore_ascii_case(b"doi"));
    if !is_said && !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let lower = text.to_ascii_lowercase();
    let address = ["doi.org/", "doi.acm.org/", "doi.wiley.com/", "doi.ieeecomputersociety.org/"];
    for host in address {
        if let Some(at) = lower.rfind(host) {
            let rest = &text[at + host.len()..];
            let decoded = path::decode(rest).unwrap_or_else(|| rest.to_owned());
            return Cow::Owned(decoded.trim().to_owned());
        }
    }
    // A prefix is written in many ways: `doi:`, `DOI: `, `doi `, `info:doi/`, `urn:doi:`.
    let rest = lower.strip_prefix("info:doi/").or_else(|| {
        let rest = lower.strip_prefix("urn:").unwrap_or(&lower).strip_prefix("doi")?;
        rest.starts_with([':', ' ', '=']).then(|| rest.trim_start_matches([':', ' ', '=']))
    });
    let rest = rest.map_or(text, |rest| &text[text.len() - rest.len()..]);
    if rest.to_ascii_lowercase().contains("%2f") {
        return path::decode(rest).map_or(Cow::Borrowed(rest), Cow::Owned);
    }
    Cow::Borrowed(rest)
}

/// Cuts off what belongs to the sentence around a DOI; a closing bracket is kept where it was
/// opened within.
fn without_punctuation(doi: &str) -> &str {
    let mut doi = doi;
    while let Some(last) = doi.chars().next_back() {
        let opened = |open: char| doi.matches(open).count() >= doi.matches(last).count();
        let foreign = match last {
            '.' | ',' | ';' | ':' | '"' | '\'' | '\u{201d}' | '\u{2019}' | '\\' => true,
            ')' => !opened('('),
            ']' => !opened('['),
            '}' => !opened('{'),
            '>' => !opened('<'),
            _ => false,
        };
        if !foreign {
            break;
        }
        doi = &doi[..doi.len() - last.len_utf8()];
    }
    doi
}

/// Tells what is wrong with a DOI as it is written; none where nothing is.
pub fn doi_fault(text: &str) -> Option<DoiFault> {
    let doi = bare_doi(text);
    let parts = doi.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
    let Some((registrant, suffix)) = parts else { return Some(DoiFault::NoRegistrant) };
    let number = registrant.split('.').next().unwrap_or("");
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !registrant.split('.').all(digits) || !(4..=9).contains(&number.len()) {
        return Some(DoiFault::NoRegistrant);
    }
    if suffix.chars().any(char::is_whitespace) {
        return Some(DoiFault::Space);
    }
    if suffix.contains(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}']) {
        return Some(DoiFault::Dash);
    }
    let clean = without_punctuation(suffix);
    if clean.is_empty() {
        return Some(DoiFault::NoSuffix);
    }
    if clean.len() < suffix.len() {
        return Some(DoiFault::TrailingPunctuation);
    }
    let is_bogus = matches!(number.parse::<u32>(), Ok(5555 | 0..1000));
    is_bogus.then_some(DoiFault::BogusRegistrant)
}

fn parse_doi(text: &str) -> Option<String> {
    written_doi(text).map(|doi| doi.to_lowercase())
}

/// Reads a DOI and keeps the case of its letters.
pub(super) fn written_doi(text: &str) -> Option<String> {
    match doi_fault(text) {
        None | Some(DoiFault::TrailingPunctuation | DoiFault::BogusRegistrant) => {}
        Some(_) => return None,
    }
    let doi = bare_doi(text);
    let clean = without_punctuation(&doi);
    let safe = !clean.chars().any(char::is_control);
    safe.then(|| clean.to_owned())
}

/// Finds the DOI that an address leads to, where it is one of a resolver or holds one whole.
pub fn doi_in_url(url: &str) -> Option<String> {
    let lower = url.trim().to_ascii_lowercase();
    if !lower.starts_with("http://") && !lower.starts_with("https://") {
        return None;
    }
    if lower.contains("doi.org/") {
        return parse_doi(url.split(['?', '#']).next().unwrap_or(url));
    }
    // Publishers put it behind `/doi/`: `https://www.science.org/doi/full/10.1126/…`.
    let at = lower.find("/10.").filter(|at| lower[..*at].contains("/doi"))?;
    let tail = url.trim()[at + 1..].split(['?', '#', '&']).next()?;
    let tail = tail.strip_suffix("/full").or_else(|| tail.strip_suffix("/pdf")).unwrap_or(tail);
    parse_doi(&path::decode(tail)?)
}

/// Tells whether an address is one that a reader may follow; `javascript:` is not.
pub(super) fn is_web(url: &str) -> bool {
    let lower = url.trim_start().to_ascii_lowercase();
    let rest =
        ["http://", "https://", "ftp://"].iter().find_map(|scheme| lower.strip_prefix(scheme));
    rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
            && !rest.contains(|c: char| c.is_control() || c.is_whitespace())
    })
}

/// Percent-encodes what a path cannot hold; DOIs of older publishers have `<`, `>` and `#`.
fn encode_doi(doi: &str) -> String {
    let mut out = String::with_capacity(doi.len());
    for byte in doi.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b'/' | b'(' | b')' | b':' | b';' | b',' | b'+' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The text behind a prefix such as `PMID:`, whatever the case of its letters.
fn without_prefix<'a>(text: &'a str, prefix: &str) -> &'a str {
    match text.get(..prefix.len()) {
        Some(start) if start.eq_ignore_ascii_case(prefix) => {
            text[prefix.len()..].trim_start_matches([':', ' ', '\u{a0}'])
        }
        _ => text,
    }
}

/// The part of an address behind the last of some folders; the whole text where it has none.
fn behind<'a>(text: &'a str, folders: &[&str]) -> &'a str {
    let lower = text.to_ascii_lowercase();
    let at = folders.iter().find_map(|folder| lower.rfind(folder).map(|at| at + folder.len()));
    at.map_or(text, |at| text[at..].split(['?', '#']).next().unwrap_or("").trim_end_matches('/'))
}

fn parse_pmid(text: &str) -> Option<String> {
    let text = behind(text.trim(), &["pubmed.ncbi.nlm.nih.gov/", "/pubmed/"]);
    let digits = without_prefix(text, "pmid");
    let right = (1..=8).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    right.then(|| digits.to_owned())
}

fn parse_pmcid(text: &str) -> Option<String> {
    let text = behind(text.trim(), &["pmc.ncbi.nlm.nih.gov/articles/", "/pmc/articles/"]);
    let text = without_prefix(without_prefix(text, "pmcid"), "pmc");
    let digits = text.split('.').next().unwrap_or("");
    let right = (1..=9).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    right.then(|| format!("PMC{digits}"))
}

/// An arXiv number without its version.
pub(super) fn arxiv_base(number: &str) -> &str {
    match number.rfind('v') {
        Some(at)
            if at + 1 < number.len() && number[at + 1..].bytes().all(|b| b.is_ascii_digit()) =>
        {
            &number[..at]
        }
        _ => number,
    }
}

fn parse_arxiv(text: &str) -> Option<String> {
    let text = text.trim();
    let text = behind(text, &["arxiv.org/abs/", "arxiv.org/pdf/", "10.48550/arxiv."]);
    let text = without_prefix(text, "arxiv");
    let text = text.strip_suffix(".pdf").unwrap_or(text);
    // `1706.03762 [cs.CL]` is how arXiv itself prints it.
    let text = text.split([' ', '[']).next().unwrap_or("");
    let base = arxiv_base(text);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let month = |four: &str| {
        digits(four) && four.get(2..4).is_some_and(|month| ("01"..="12").contains(&month))
    };
    let right = match (base.split_once('.'), base.split_once('/')) {
        (_, Some((archive, number))) => {
            let archive_fits =
                archive.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '.'));
            archive_fits
                && !archive.is_empty()
                && number.len() == 7
                && digits(number)
                && month(&number[..4])
        }
        (Some((four, number)), None) => {
            four.len() == 4 && month(four) && matches!(number.len(), 4 | 5) && digits(number)
        }
        (None, None) => false,
    };
    right.then(|| text.to_owned())
}

/// The digits of an ISBN or ISSN, without what stands between them.
fn compact(text: &str) -> String {
    let hyphen = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}');
    text.chars().filter(|&c| !hyphen(c)).map(|c| c.to_ascii_uppercase()).collect()
}

/// The digits of an ISBN, without its name.
fn compact_isbn(text: &str) -> String {
    let text = without_prefix(text.trim(), "isbn");
    let text = text.strip_prefix('-').unwrap_or(text);
    let text = ["13:", "10:"].iter().find_map(|name| text.strip_prefix(name)).unwrap_or(text);
    compact(text)
}

/// The check digit that the digits before it call for, by weights that fall to one, modulo 11.
fn check_11(digits: &str) -> char {
    let first = digits.len() as u32 + 1;
    let sum: u32 =
        digits.chars().zip(0..).map(|(c, n)| c.to_digit(10).unwrap_or(0) * (first - n)).sum();
    match (11 - sum % 11) % 11 {
        10 => 'X',
        n => char::from_digit(n, 10).unwrap_or('0'),
    }
}

/// The check digit of an ISBN of 13 digits.
fn check_13(digits: &str) -> char {
    let weigh =
        |(n, c): (usize, char)| c.to_digit(10).unwrap_or(0) * if n % 2 == 0 { 1 } else { 3 };
    let sum: u32 = digits.chars().enumerate().map(weigh).sum();
    char::from_digit((10 - sum % 10) % 10, 10).unwrap_or('0')
}

/// Tells whether the digits but the last are digits, and the last one or, if it may be, an X.
fn is_number(digits: &str, length: usize, x: bool) -> bool {
    digits.len() == length
        && digits
            .bytes()
            .enumerate()
            .all(|(n, byte)| byte.is_ascii_digit() || (x && n + 1 == length && byte == b'X'))
}

fn checked(digits: &str, wanted: char) -> Option<NumberFault> {
    (!digits.ends_with(wanted)).then_some(NumberFault::Check { wanted })
}

/// Tells what is wrong with an ISBN as it is written; none where nothing is.
pub fn isbn_fault(text: &str) -> Option<NumberFault> {
    let digits = compact_isbn(text);
    if is_number(&digits, 10, true) {
        return checked(&digits, check_11(&digits[..9]));
    }
    if is_number(&digits, 13, false) && (digits.starts_with("978") || digits.starts_with("979")) {
        return checked(&digits, check_13(&digits[..12]));
    }
    Some(NumberFault::Form)
}

fn parse_isbn(text: &str) -> Option<String> {
    isbn_fault(text).is_none().then(|| compact_isbn(text))
}

/// The form of 13 digits of a normalised ISBN.
pub fn isbn13(isbn: &str) -> String {
    if isbn.len() != 10 {
        return isbn.to_owned();
    }
    let digits = format!("978{}", &isbn[..9]);
    let check = check_13(&digits);
    digits + &check.to_string()
}

/// Tells what is wrong with an ISSN as it is written; none where nothing is.
pub fn issn_fault(text: &str) -> Option<NumberFault> {
    let digits = compact(without_prefix(text.trim(), "issn"));
    if !is_number(&digits, 8, true) {
        return Some(NumberFault::Form);
    }
    checked(&digits, check_11(&digits[..7]))
}

/// Reads an ISSN.
pub fn parse_issn(text: &str) -> Option<String> {
    issn_fault(text).is_none().then(|| {
        let digits = compact(without_prefix(text.trim(), "issn"));
        format!("{}-{}", &digits[..4], &digits[4..])
    })
}

/// Tells what is wrong with an ORCID as it is written; none where nothing is.
pub fn orcid_fault(text: &str) -> Option<NumberFault> {
    let digits = compact(behind(text.trim(), &["orcid.org/"]));
    if !is_number(&digits, 16, true) {
        return Some(NumberFault::Form);
    }
    let double = |total: u32, c: char| (total + c.to_digit(10).unwrap_or(0)) * 2;
    let total = digits[..15].chars().fold(0, |total, c| double(total, c) % 11);
    let wanted = match (12 - total % 11) % 11 {
        10 => 'X',
        n => char::from_digit(n, 10).unwrap_or('0'),
    };
    checked(&digits, wanted)
}

/// Reads an ORCID, as such or as an address.
pub fn parse_orcid(text: &str) -> Option<String> {
    orcid_fault(text).is_none().then(|| {
        let digits = compact(behind(text.trim(), &["orcid.org/"]));
        [&digits[..4], &digits[4..8], &digits[8..12], &digits[12..]].join("-")
    })
}

#[cfg(test)]
mod tests {
    use super::{
        DoiFault, IdKind, NumberFault, doi_fault, doi_in_url, isbn_fault, isbn13, issn_fault,
        orcid_fault, parse_issn, parse_orcid,
    };

    #[test]
    fn an_identifier_is_read_in_every_form_it_is_written_in() {
        use IdKind::{Arxiv, Doi, Isbn, Pmcid, Pmid};
        let cochrane = Some("10.1002/14651858.cd001929.pub3");
        for (kind, text, want) in [
            (Doi, "10.1002/14651858.CD001929.pub3", cochrane),
            (Doi, "doi:10.1002/14651858.CD001929.pub3", cochrane),
            (Doi, "DOI: 10.1002/14651858.CD001929.pub3.", cochrane),
            (Doi, "https://doi.org/10.1002/14651858.CD001929.pub3", cochrane),
            (Doi, "http://dx.doi.org/10.1002%2F14651858.CD001929.pub3", cochrane),
            (Doi, "https://doi.org/https://doi.org/10.1002/14651858.CD001929.pub3", cochrane),
            (Doi, "10.1002%2F14651858.CD001929.pub3", cochrane),
            (Doi, "10.1016/S0140-6736(20)30183-5", Some("10.1016/s0140-6736(20)30183-5")),
            (Doi, "(10.1016/S0140-6736(20)30183-5)", None),
            (Doi, "10.1016/S0140-6736(20)30183-5)", Some("10.1016/s0140-6736(20)30183-5")),
            (Doi, "10.1002/", None),
            (Doi, "10.1/x", None),
            (Doi, "11.1002/x", None),
            (Pmid, "26329399", Some("26329399")),
            (Pmid, "PMID: 26329399", Some("26329399")),
            (Pmid, "https://pubmed.ncbi.nlm.nih.gov/26329399/?x=1", Some("26329399")),
            (Pmid, "http://www.ncbi.nlm.nih.gov/pubmed/26329399", Some("26329399")),
            (Pmid, "026329399", None),
            (Pmid, "123456789", None),
            (Pmcid, "PMC8529267", Some("PMC8529267")),
            (Pmcid, "8529267", Some("PMC8529267")),
            (Pmcid, "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC8529267/", Some("PMC8529267")),
            (Pmcid, "PMCX", None),
            (Arxiv, "arXiv:1706.03762v5", Some("1706.03762v5")),
            (Arxiv, "1706.03762 [cs.CL]", Some("1706.03762")),
            (Arxiv, "https://arxiv.org/pdf/1706.03762v5.pdf", Some("1706.03762v5")),
            (Arxiv, "hep-th/9711200", Some("hep-th/9711200")),
            (Arxiv, "math.GT/0309136", Some("math.GT/0309136")),
            (Arxiv, "1713.03762", None),
            (Arxiv, "abc", None),
            (Isbn, "ISBN-13: 978-0-201-89683-1", Some("9780201896831")),
            (Isbn, "0-201-89683-4", Some("0201896834")),
            (Isbn, "978 0 201 89683 2", None),
            (Isbn, "080442957x", Some("080442957X")),
        ] {
            assert_eq!(kind.parse(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_number_is_known() {
        for (text, want) in [
            ("10.7326/M16-2459", None),
            ("10.7326/M16\u{2013}2459", Some(DoiFault::Dash)),
            ("10.7326/M16 2459", Some(DoiFault::Space)),
            ("10.7326/M16-2459.", Some(DoiFault::TrailingPunctuation)),
            ("10.7326/", Some(DoiFault::NoSuffix)),
            ("10.5555/12345678", Some(DoiFault::BogusRegistrant)),
            ("10.0123/x", Some(DoiFault::BogusRegistrant)),
            ("PMC8529267", Some(DoiFault::NoRegistrant)),
            ("", Some(DoiFault::NoRegistrant)),
        ] {
            assert_eq!(doi_fault(text), want, "{text}");
        }
        assert_eq!(isbn_fault("9780201896832"), Some(NumberFault::Check { wanted: '1' }));
        assert_eq!(isbn_fault("97802018968"), Some(NumberFault::Form));
        assert_eq!(issn_fault("0003-4819"), None);
        assert_eq!(issn_fault("0003-4818"), Some(NumberFault::Check { wanted: '9' }));
        assert_eq!(parse_issn("2434561x").as_deref(), Some("2434-561X"));
        assert_eq!(orcid_fault("0000-0002-1825-0097"), None);
        assert_eq!(orcid_fault("0000-0002-1825-0098"), Some(NumberFault::Check { wanted: '7' }));
        assert_eq!(
            parse_orcid("https://orcid.org/0000-0002-1694-233X").as_deref(),
            Some("0000-0002-1694-233X")
        );
    }

    #[test]
    fn a_doi_is_found_in_an_address() {
        for (url, want) in [
            ("https://doi.org/10.7326/M16-2459", Some("10.7326/m16-2459")),
            ("https://www.acpjournals.org/doi/full/10.7326/M16-2459?x=y", Some("10.7326/m16-2459")),
            ("https://example.org/10.7326/M16-2459", None),
            ("javascript:doi.org/10.7326/M16-2459", None),
        ] {
            assert_eq!(doi_in_url(url).as_deref(), want, "{url}");
        }
    }

    #[test]
    fn both_forms_of_an_isbn_are_one() {
        assert_eq!(isbn13("0201896834"), "9780201896831");
        assert_eq!(isbn13("9780201896831"), "9780201896831");
    }

    #[test]
    fn an_identifier_is_read_after_its_prefix() {
        let doi = (IdKind::Doi, "10.7326/m16-2459".to_owned());
        assert_eq!(IdKind::parse_prefix("DOI:10.7326/M16-2459"), Some(doi));
        assert_eq!(IdKind::parse_prefix("pmid:abc"), None);
        assert_eq!(IdKind::parse_prefix("smith:2015"), None);
        let old = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2";
        assert_eq!(
            IdKind::Doi.url(old).as_deref(),
            Some(
                "https://doi.org/10.1002/(sici)1097-0258(19980815/30)17:15/16%3C1661::aid-sim968%3E3.0.co;2-2"
            )
        );
    }
}
