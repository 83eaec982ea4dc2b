//! What other pages can show of a page.

use crate::cite::{Citation, CiteItem};
use crate::fingerprint::Fingerprint;
use crate::markdown::{Body, Directive, Heading, Link};
use crate::page::{Card, Page};
use crate::text::words;

/// A hash of a page without what it alone shows: its text may change and the hash stay, if all
/// that other pages and lists show of it stays too. What is offered to read next is not in it,
/// since there every word of the site has a say; nor is the number of its words, which hardly a
/// theme shows; nor are its sentences, which are shown by the pages that its links lead to, and by
/// the list of references.
///
/// Every field is named here, so that none is forgotten that is new.
pub fn face(page: &Page) -> Fingerprint {
    let Page {
        path,
        front_matter: _,
        card,
        body,
        texts: _,
        aliases: _,
        title_from,
        size: _,
        fingerprint: _,
        // All of the front matter, and what is read from it.
        head,
    } = page;
    let Card {
        kind: _,
        relative_path: _,
        title,
        permalink: _,
        slug: _,
        description: _,
        date: _,
        updated: _,
        weight: _,
        draft: _,
        content_type: _,
        language: _,
        authors: _,
        image: _,
        taxonomies: _,
        word_count,
        extra: _,
    } = card;
    let Body {
        holes: _,
        headings,
        anchors,
        links,
        definitions: _,
        directives,
        hooked: _,
        citations,
        citations_needed: _,
        empty_credits: _,
    } = body;
    let seen = (
        (path.as_str(), head, title, format!("{title_from:?}")),
        words::reading_minutes(*word_count),
        headings.iter().map(heading).collect::<Vec<_>>(),
        anchors,
        links.iter().map(|one| link(body, one)).collect::<Vec<_>>(),
        directives.iter().map(|Directive { name, id, .. }| (name, id)).collect::<Vec<_>>(),
        citations.iter().map(citation).collect::<Vec<_>>(),
    );
    // No key of it is other than a string.
    Fingerprint::of(&serde_json::to_vec(&seen).unwrap_or_default())
}

fn heading(heading: &Heading) -> impl serde::Serialize + use<'_> {
    let Heading { level, id, text, span: _ } = heading;
    (level, id, text)
}

fn link<'a>(body: &Body, link: &'a Link) -> impl serde::Serialize + use<'a> {
    let Link { kind, target, written, text, lacks_alt, span: _, context: _ } = link;
    (kind, target, written, text, lacks_alt, body.headings_above(link))
}

fn citation(citation: &Citation) -> impl serde::Serialize + use<'_> {
    let Citation { items, form, span: _, space_before, sentence: _, in_footnote } = citation;
    let items: Vec<_> = items.iter().map(item).collect();
    (items, form, space_before, in_footnote)
}

fn item(item: &CiteItem) -> impl serde::Serialize + use<'_> {
    let CiteItem { key, around, without_author, span: _ } = item;
    (key, around, without_author)
}
