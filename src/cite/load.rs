//! From the texts of bibliographies to the references of a site.

use std::collections::BTreeMap;

use super::bibtex;
use super::calendar::is_before;
use super::csl_json;
use super::date::When;
use super::reference::Reference;
use super::references::References;
use crate::diag::{Code, Diagnostic, Outcome, Span};
use crate::path::SourcePath;
use crate::text::fold::fold;

/// Tells whether a file is a bibliography, by its extension.
pub fn is_bibliography(path: &SourcePath) -> bool {
    ["bib", "bibtex", "json"].iter().any(|known| path.extension().eq_ignore_ascii_case(known))
}

/// Reads bibliographies: CSL-JSON where the file is named `.json`, else BibTeX or BibLaTeX. What
/// cannot be read is a finding, and all else is kept.
pub fn load(files: &[(SourcePath, &str)]) -> Outcome<References> {
    let mut found = Vec::new();
    let mut bibtex = Vec::new();
    let mut all: Vec<(usize, Reference)> = Vec::new();
    for (number, (file, text)) in files.iter().enumerate() {
        if file.extension().eq_ignore_ascii_case("json") {
            let read = csl_json::read(file, text, &mut found);
            all.extend(read.into_iter().map(|reference| (number, reference)));
        } else {
            bibtex.push((number, file, *text));
        }
    }
    all.extend(bibtex::read(&bibtex, &mut found));
    // Stable: the references of one file stay in their order.
    all.sort_by_key(|(number, _)| *number);
    let mut all: Vec<Reference> = all.into_iter().map(|(_, reference)| reference).collect();
    // They stay for as long as the site.
    all.iter_mut().for_each(Reference::shrink);
    repeated_keys(&all, &mut found);
    for reference in &all {
        found.extend(seen_too_early(reference));
    }
    Outcome::new(References::new(all), found)
}

/// Decodes the bytes of a bibliography. A byte that is not UTF-8 is read as Windows-1252, which
/// old programs wrote; the offsets in the text of those that were are given beside it.
pub fn decode(bytes: &[u8]) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(bytes.len());
    let mut guessed = Vec::new();
    for chunk in bytes.utf8_chunks() {
        // No letter is lost by it: HTML and XML cannot hold control characters.
        let is_control = |c: char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r');
        text.extend(chunk.valid().chars().map(|c| if is_control(c) { ' ' } else { c }));
        for &byte in chunk.invalid() {
            guessed.push(text.len());
            text.push(windows_1252(byte));
        }
    }
    (text, guessed)
}

/// The finding for a bibliography that is not UTF-8; none where `decode` guessed nothing.
pub fn encoding(file: &SourcePath, text: &str, guessed: &[usize]) -> Option<Diagnostic> {
    let first = *guessed.first()?;
    let length = text.get(first..)?.chars().next()?.len_utf8();
    let message = match guessed.len() {
        1 => "this byte is not UTF-8, and is read as Windows-1252".to_owned(),
        n => format!("this byte and {} others are not UTF-8, and are read as Windows-1252", n - 1),
    };
    let place = Span::new(file.clone(), first..first + length);
    let finding = Diagnostic::new(Code::BibliographyEncoding, message).at(place);
    Some(finding.help("save the file as UTF-8"))
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
        '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

/// Finds keys that stand twice, also where only the case of their letters differs.
fn repeated_keys(all: &[Reference], found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, &Reference> = BTreeMap::new();
    for reference in all {
        let folded = fold(&reference.key).into_owned();
        let Some(before) = first.get(&folded) else {
            first.insert(folded, reference);
            continue;
        };
        let (message, help) = if before.key == reference.key {
            (
                format!("two references have the key `{}`", reference.key),
                "the first is kept; give this one another key, or remove it",
            )
        } else {
            (
                format!(
                    "the keys `{}` and `{}` differ in the case of their letters alone",
                    before.key, reference.key
                ),
                "give one of them another key",
            )
        };
        found.push(
            Diagnostic::new(Code::DuplicateKey, message)
                .at(reference.span())
                .label(before.span(), "the first is here")
                .help(help),
        );
    }
}

/// Finds works that were looked at before they were there.
fn seen_too_early(reference: &Reference) -> Option<Diagnostic> {
    let (Some(When::Date { from: issued, .. }), Some(When::Date { from: accessed, .. })) =
        (reference.dates.get("issued"), reference.dates.get("accessed"))
    else {
        return None;
    };
    // Articles appear on the web before the issue that counts as their date.
    let early = is_before(*accessed, *issued) && accessed.year < issued.year - 1;
    let field = ["urldate", "accessed", "lastaccessed", "lastchecked"];
    let field = field.iter().find(|field| reference.fields.contains_key(field))?;
    early.then(|| {
        let message =
            format!("this was looked at in {}, and is dated {}", accessed.year, issued.year);
        Diagnostic::new(Code::BadDate, message).at(reference.field_span(field))
    })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn bytes_that_are_not_utf_8_are_windows_1252() {
        assert_eq!(decode(b"M\xfcller \x96 x"), ("Müller – x".to_owned(), vec![1, 8]));
        assert_eq!(decode("Müller".as_bytes()), ("Müller".to_owned(), vec![]));
    }
}
