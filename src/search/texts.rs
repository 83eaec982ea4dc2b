//! The texts that results are cut from.

use std::borrow::Cow;

use serde::Serialize;

use super::names::Names;
use super::passages::{Passage, passages};
use crate::fingerprint::Fingerprint;
use crate::markdown::Texts;
use crate::page::Page;
use crate::site::{PageId, Site};

/// What stands under a heading: its id, its words, the text, and the code blocks.
#[derive(Serialize)]
struct Written<'a>(&'a str, Cow<'a, str>, Cow<'a, str>, Vec<String>);

/// Writes the texts of some pages, as a list of lists of passages. One page is opened at a time.
pub fn texts(site: &Site, pages: &[PageId]) -> Vec<u8> {
    let mut out = vec![b'['];
    for (nth, &id) in pages.iter().enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        let page = site.pages.page(id);
        let texts = page.texts.open();
        out.reserve(texts.prose.len() + 1024);
        // Lists and texts are what JSON has, and memory takes all of it.
        let _ = serde_json::to_writer(&mut out, &written(site, page, &texts));
    }
    out.push(b']');
    out
}

fn written<'a>(site: &Site, page: &'a Page, texts: &'a Texts) -> Vec<Written<'a>> {
    let names = Names::of(site, page);
    let all = passages(&page.body.headings, texts).into_iter();
    let all = all.map(|passage| {
        let (id, words) = head(&passage);
        Written(id, names.say(words), names.say(passage.prose), passage.code)
    });
    let is_something = |Written(_, words, text, code): &Written<'_>| {
        !(words.is_empty() && text.is_empty() && code.is_empty())
    };
    all.filter(is_something).collect()
}

fn head<'a>(passage: &Passage<'a>) -> (&'a str, &'a str) {
    let heading = passage.heading;
    let id = heading.and_then(|heading| heading.id.as_deref());
    (id.unwrap_or_default(), heading.map_or("", |heading| heading.text.trim()))
}

/// The size of a page's text, and a hash of all that is written of it.
pub(super) fn hash_of_text(
    prose: &str,
    passages: &[Passage<'_>],
    names: &Names,
) -> (usize, Fingerprint) {
    let mut parts: Vec<&[u8]> = vec![prose.as_bytes()];
    parts.extend(names.all().map(str::as_bytes));
    for passage in passages {
        let (id, words) = head(passage);
        parts.extend([id.as_bytes(), words.as_bytes()]);
        parts.extend(passage.code.iter().map(|code| code.as_bytes()));
    }
    (parts.iter().map(|part| part.len()).sum(), Fingerprint::of_parts(parts))
}
