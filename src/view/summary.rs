//! A page in one or two sentences.

use crate::markdown::Form;
use crate::page::Page;
use crate::site::{Site, spoken_names};
use crate::text::sentence;
use crate::text::spoken::say;

/// No summary that is taken from a text is longer.
const MOST_CHARACTERS: usize = 300;

/// The description of a page; of one without, the first sentences of its text.
pub fn summary(site: &Site, page: &Page, words: &dyn Fn(&str) -> String) -> String {
    if let Some(description) = &page.card.description {
        return description.trim().to_owned();
    }
    let names = spoken_names(site, page, words);
    // Headings stand among the prose, each in its place, and so do the labels of directives; they
    // say little by themselves.
    let mut headings = page.body.headings.iter().map(|heading| heading.text.trim()).peekable();
    let labels = page.body.directives.iter().filter(|one| one.form == Form::Block);
    let mut labels = labels.filter_map(|one| one.label.as_deref().map(str::trim)).peekable();
    let texts = page.texts.open();
    let lines = texts.prose.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut paragraphs = lines
        .filter(|line| headings.next_if_eq(line).is_none() && labels.next_if_eq(line).is_none());
    let first = paragraphs.next().unwrap_or_default();
    let text = say(first, &names);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&text, MOST_CHARACTERS)
}

/// As many whole sentences as fit; where the first does not, as many of its words.
fn cut(text: &str, most: usize) -> String {
    let end = text.char_indices().nth(most).map_or(text.len(), |(end, _)| end);
    if end == text.len() {
        return text.to_owned();
    }
    match sentence::ends(text).into_iter().take_while(|sentence| *sentence <= end).last() {
        Some(sentence) if sentence > 0 => text[..sentence].trim_end().to_owned(),
        _ => {
            let words = text[..end].rfind(' ').unwrap_or(end);
            format!("{}…", text[..words].trim_end_matches([' ', ',', ';', ':']))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_summary_ends_with_a_sentence_or_a_word() {
        assert_eq!(cut("Short.", 20), "Short.");
        assert_eq!(cut("One is here. Two is too long for it.", 20), "One is here.");
        assert_eq!(cut("One sentence, which never ends", 16), "One sentence…");
        assert_eq!(cut("Überüberüber", 4), "Über…");
    }
}
