//! The texts that results are cut from.

use std::borrow::Cow;

use super::names::Names;
use super::passages::{Passage, passages};
use crate::fingerprint::Fingerprint;
use crate::page::Page;
use crate::site::{PageId, Site};
use crate::text::escape::push_json;

/// Writes the texts of some pages, as a list of lists of passages: for what stands under a heading
/// its id, its words, the text, and the code blocks.
pub fn texts(site: &Site, pages: &[PageId]) -> Vec<u8> {
    let mut out = String::new();
    list(&mut out, pages, |out, &id| page(out, site, site.pages.page(id)));
    out.into_bytes()
}

fn page(out: &mut String, site: &Site, page: &Page) {
    let texts = page.texts.open();
    out.reserve(texts.prose.len() + 1024);
    let names = Names::of(site, page);
    let all = passages(&page.body.headings, &texts).into_iter();
    let all = all.map(|passage| {
        let (id, words) = head(&passage);
        ([id.into(), names.say(words), names.say(passage.prose)], passage.code)
    });
    let is_something = |([_, words, prose], code): &([Cow<'_, str>; 3], Vec<String>)| {
        !(words.is_empty() && prose.is_empty() && code.is_empty())
    };
    let all: Vec<([Cow<'_, str>; 3], Vec<String>)> = all.filter(is_something).collect();
    list(out, &all, |out, (texts, code)| {
        out.push('[');
        for text in texts {
            push_json(out, text);
            out.push(',');
        }
        list(out, code, |out, code| push_json(out, code));
        out.push(']');
    });
}

/// Writes a list.
fn list<T>(out: &mut String, items: &[T], item: impl Fn(&mut String, &T)) {
    out.push('[');
    for (nth, one) in items.iter().enumerate() {
        if nth > 0 {
            out.push(',');
        }
        item(out, one);
    }
    out.push(']');
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
