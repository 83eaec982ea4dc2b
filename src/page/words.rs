//! The words of a page, by which pages on one subject are found.

use super::card::Card;
use crate::markdown::Heading;
use crate::text::bag::{Bag, Gatherer, word_at};

/// How much more a word counts in the title, the description and a heading than in the text.
const TITLE: u32 = 4;
const DESCRIPTION: u32 = 2;
const HEADING: u32 = 1;

/// Gathers the words of a page. `own_title` is the title where the page gives it outside of its
/// text: one that is made from the name of its file says nothing.
pub(super) fn gather(
    own_title: Option<&str>,
    card: &Card,
    headings: &[Heading],
    prose: &str,
    language: &str,
) -> Bag {
    let mut gatherer = Gatherer::new(language);
    let [title, description, prose] = texts(own_title, card, prose);
    gatherer.read(title, TITLE);
    gatherer.read(description, DESCRIPTION);
    gatherer.read(prose, 1);
    for heading in headings {
        let is_title = own_title.is_none() && heading.text.trim() == card.title;
        gatherer.stress(&heading.text, if is_title { TITLE } else { HEADING });
    }
    gatherer.finish()
}

/// Finds the word that [`gather`] has seen at a place.
pub(super) fn at<'a>(
    own_title: Option<&'a str>,
    card: &'a Card,
    prose: &'a str,
    place: u32,
) -> Option<&'a str> {
    word_at(&texts(own_title, card, prose), place)
}

fn texts<'a>(own_title: Option<&'a str>, card: &'a Card, prose: &'a str) -> [&'a str; 3] {
    [own_title.unwrap_or_default(), card.description.as_deref().unwrap_or_default(), prose]
}
