//! Writes wikilinks and what they embed.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};

use super::body::{HoleKind, Hooked, Link, LinkKind, Target};
use super::inline::{Inline, write_loading};
use super::options::extensions;
use super::record::Record;
use super::spell::spell;
use super::wikilink::{Media, Wikilink};

/// Writes a wikilink that stands at `range` of the source.
pub(super) fn write(
    wikilink: &Wikilink,
    range: &Range<usize>,
    inline: &mut Inline,
    record: &mut Record<'_>,
) {
    let media = if wikilink.is_embed { Media::of(&wikilink.named.name) } else { Media::Other };
    match media {
        Media::Image => image(wikilink, range, record),
        Media::Audio => recording("audio", wikilink, record),
        Media::Video => recording("video", wikilink, record),
        Media::Other => link(wikilink, range, inline, record),
    }
}

fn link(wikilink: &Wikilink, range: &Range<usize>, inline: &mut Inline, record: &mut Record<'_>) {
    let kind = if wikilink.is_embed { LinkKind::Embed } else { LinkKind::Wikilink };
    let index = note(kind, wikilink, record);
    let hooked = record.options.hooks.link;
    if hooked {
        record.begin_hook(Hooked::Link(index, String::new()));
    } else {
        let start = record.draft.len();
        record.draft.push("<a href=\"");
        record.draft.href(&wikilink.written);
        record.draft.push("\">");
        record.draft.hole_from(start, HoleKind::NameStart(index as u32));
    }
    let capture = record.captures.open();
    let from = record.draft.len();
    if let Some(label) = &wikilink.label {
        write_label(label, range, inline, record);
    }
    if record.draft.len() == from {
        record.write_text(&wikilink.own);
        record.read(&wikilink.own, range);
    }
    record.end_link(index, capture);
    if hooked {
        return record.end_hook();
    }
    let start = record.draft.len();
    record.draft.push("</a>");
    record.draft.hole_from(start, HoleKind::NameEnd(index as u32));
}

/// Writes Markdown that stands within a line, without links in it, as links do not nest.
fn write_label(label: &str, range: &Range<usize>, inline: &mut Inline, record: &mut Record<'_>) {
    // A word before it keeps the first sign from being that of a list or a heading.
    let line = format!("a {label}");
    let mut first = true;
    for event in Parser::new_ext(&line, extensions()) {
        match event {
            Event::Text(text) if first => {
                first = false;
                let text: CowStr<'_> = text.strip_prefix("a ").unwrap_or(&text).to_owned().into();
                inline.leaf(Event::Text(text), range, record);
            }
            Event::Start(tag @ (Tag::Emphasis | Tag::Strong | Tag::Strikethrough)) => {
                inline.open(tag, range.clone(), record);
            }
            Event::End(tag @ (TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)) => {
                inline.close(tag, range, record);
            }
            Event::Text(_) | Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                inline.leaf(event, range, record);
            }
            _ => {}
        }
    }
}

fn image(wikilink: &Wikilink, range: &Range<usize>, record: &mut Record<'_>) {
    record.credits.image(range);
    let index = note(LinkKind::Image, wikilink, record);
    let alt = words(wikilink).unwrap_or_default();
    if record.options.hooks.image {
        record.begin_hook(Hooked::Image(index, String::new()));
        record.end_hook();
    } else {
        record.draft.hole(HoleKind::PictureStart(index as u32));
        record.draft.push("<img src=\"");
        write_destination(index, record);
        record.draft.push("\"");
        record.draft.hole(HoleKind::ImageSize(index as u32));
        record.draft.push(" alt=\"");
        record.draft.quoted(&alt);
        record.draft.push("\"");
        write_loading(index, record);
        record.draft.push(" />");
        record.draft.hole(HoleKind::PictureEnd(index as u32));
    }
    record.captures.push(&alt);
    let link = &mut record.body.links[index];
    link.lacks_alt = alt.is_empty();
    link.text = alt.into();
}

fn recording(element: &str, wikilink: &Wikilink, record: &mut Record<'_>) {
    let index = note(LinkKind::RawSrc, wikilink, record);
    record.draft.push(&format!("<{element} controls=\"\" preload=\"metadata\" src=\""));
    write_destination(index, record);
    record.draft.push("\"");
    record.draft.hole(HoleKind::ImageSize(index as u32));
    let name = words(wikilink).unwrap_or_else(|| wikilink.own.clone());
    record.draft.push(" aria-label=\"");
    record.draft.quoted(&name);
    record.draft.push(&format!("\"></{element}>"));
    record.body.links[index].text = name.into();
}

/// The label without markup, if there is one.
fn words(wikilink: &Wikilink) -> Option<String> {
    let rich = spell(wikilink.label.as_ref()?, extensions());
    Some(rich.pieces.into_iter().map(|piece| piece.text).collect())
}

fn write_destination(index: usize, record: &mut Record<'_>) {
    let start = record.draft.len();
    record.draft.href(&record.body.links[index].written);
    record.draft.hole_from(start, HoleKind::Href(index as u32));
}

fn note(kind: LinkKind, wikilink: &Wikilink, record: &mut Record<'_>) -> usize {
    record.push(Link {
        kind,
        target: Target::Name(wikilink.named.clone()),
        written: wikilink.written.as_str().into(),
        text: Box::default(),
        lacks_alt: false,
        span: record.in_file(&wikilink.place),
        context: None,
    })
}
