//! Raw HTML: written as it stands, with holes where it names something of the site.

use std::ops::Range;

use super::body::{Heading, HoleKind, LinkKind, Target};
use super::outline::Wish;
use super::record::Record;
use super::srcset;
use super::tag::{Attribute, Tag, Token, Tokens, unescape};

/// Elements that stand within a line: a word may run on across their tags.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
];

/// Attributes that may hold a destination.
const HOLDERS: &[&str] = &["href", "xlink:href", "src", "srcset", "poster", "data"];

/// Elements whose `src` is a file.
const SOURCED: &[&str] = &["img", "video", "audio", "source", "iframe", "embed", "track", "script"];

/// Some raw HTML, put together from its lines, and where each came from.
#[derive(Default, Debug)]
pub(super) struct Snippet {
    html: String,
    /// For each part, where it begins in `html` and its range in the source.
    parts: Vec<(usize, Range<usize>)>,
}

impl Snippet {
    /// Appends what stands at a place of the text. The marks of a quote and the indent of a list
    /// have been taken out of it, so that each line is a part of its own.
    pub(super) fn push(&mut self, html: &str, source: Range<usize>, text: &str) {
        let whole = text.get(source.clone()).unwrap_or_default();
        let lines = || html.split_inclusive('\n').zip(whole.split_inclusive('\n'));
        let is_aligned = html.len() != whole.len()
            && html.split_inclusive('\n').count() == whole.split_inclusive('\n').count()
            && lines().all(|(line, own)| own.ends_with(line));
        if is_aligned {
            let mut end = source.start;
            for (line, own) in lines() {
                end += own.len();
                self.parts.push((self.html.len(), end - line.len()..end));
                self.html.push_str(line);
            }
        } else {
            self.parts.push((self.html.len(), source));
            self.html.push_str(html);
        }
    }

    /// The place in the source of a range of the HTML.
    fn source(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.offset(range.start, false);
        start..self.offset(range.end, true).max(start)
    }

    /// The place of one byte, or of the border after the byte before it.
    fn offset(&self, at: usize, after: bool) -> usize {
        let found = self.parts.partition_point(|(start, _)| *start < at + usize::from(!after));
        let Some((start, source)) = self.parts.get(found.saturating_sub(1)) else { return 0 };
        let end = self.parts.get(found).map_or(self.html.len(), |(next, _)| *next);
        if end - start != source.len() {
            // The marks of a quote have been taken out: its bytes cannot be told apart.
            return if after { source.end } else { source.start };
        }
        source.start + (at - start)
    }
}

/// What raw HTML has opened and not closed, from one snippet to the next.
#[derive(Default, Debug)]
pub(super) struct Raw {
    /// The heading that is open: its index, its level and its capture.
    heading: Option<(usize, u8, usize)>,
    /// The `<a href>` that is open: its link and its capture.
    anchor: Option<(usize, usize)>,
}

impl Raw {
    /// Writes a snippet and notes what it holds.
    pub(super) fn write(&mut self, snippet: &Snippet, record: &mut Record<'_>) {
        let html = snippet.html.as_str();
        let mut written = 0;
        for token in Tokens::new(html) {
            match token {
                Token::Text(range) => {
                    let text = collapse(&unescape(&html[range.clone()]));
                    record.read(&text, &snippet.source(&range));
                }
                Token::Open(tag) => self.open(&tag, snippet, &mut written, record),
                Token::Close(name) => self.close(name, record),
            }
        }
        record.draft.push(&html[written..]);
    }

    fn open(
        &mut self,
        tag: &Tag<'_>,
        snippet: &Snippet,
        written: &mut usize,
        record: &mut Record<'_>,
    ) {
        separate(tag.name, record);
        match heading_level(tag.name) {
            Some(level) => self.open_heading(level, tag, snippet, record),
            None => {
                let name = tag.attribute("name").filter(|_| tag.is_any(&["a"]));
                let anchors = [tag.attribute("id"), name];
                let anchors = anchors.into_iter().flatten().filter_map(|a| value(a, snippet));
                record.body.anchors.extend(anchors.filter(|id| !id.is_empty()));
            }
        }
        if tag.is_any(&["figure", "figcaption"]) {
            record.credits.open_caption();
        }
        // Of several attributes of one name, a browser takes the first.
        let mut holders: Vec<_> = HOLDERS.iter().filter_map(|name| tag.attribute(name)).collect();
        holders.sort_by_key(|attribute| attribute.value.as_ref().map(|value| value.start));
        for attribute in holders {
            self.destinations(tag, attribute, snippet, written, record);
        }
        if tag.is_any(&["img"]) {
            record.credits.image(&snippet.source(&tag.range));
        }
    }

    /// Notes the destinations of an attribute, and writes it with a hole for each that is none
    /// of another host.
    fn destinations(
        &mut self,
        tag: &Tag<'_>,
        attribute: &Attribute<'_>,
        snippet: &Snippet,
        written: &mut usize,
        record: &mut Record<'_>,
    ) {
        let Some(value) = &attribute.value else { return };
        let Some((kind, places)) = places(tag, attribute, snippet) else { return };
        let mut holes = Vec::with_capacity(places.len());
        for place in places {
            let link = self.destination(kind, tag, attribute, &place, snippet, record);
            if record.body.links[link].target != Target::External {
                holes.push((link, place));
            }
        }
        if holes.is_empty() {
            return;
        }
        let html = snippet.html.as_str();
        let quote = missing_quote(attribute, &html[value.clone()], record);
        let draft = &mut record.draft;
        draft.push(&html[*written..value.start]);
        draft.push(quote);
        *written = value.start;
        for (link, place) in holes {
            draft.push(&html[*written..place.start]);
            let start = draft.len();
            draft.push(&html[place.clone()]);
            draft.hole_from(start, HoleKind::Href(link as u32));
            *written = place.end;
        }
        draft.push(&html[*written..value.end]);
        draft.push(quote);
        *written = value.end;
    }

    /// Notes one destination.
    fn destination(
        &mut self,
        kind: LinkKind,
        tag: &Tag<'_>,
        attribute: &Attribute<'_>,
        place: &Range<usize>,
        snippet: &Snippet,
        record: &mut Record<'_>,
    ) -> usize {
        let written = unescape(&snippet.html[place.clone()]).trim().to_owned();
        let link = record.link(kind, written, &snippet.source(place));
        // An image is described once, and not for each of its sizes.
        if tag.is_any(&["img"]) && attribute.name.eq_ignore_ascii_case("src") {
            let alt = tag.attribute("alt");
            let text = alt.and_then(|alt| value(alt, snippet));
            record.body.links[link].text = text.unwrap_or_default().into();
            record.body.links[link].lacks_alt = alt.is_none() && !is_hidden(tag, snippet);
        } else if tag.is_any(&["a"]) {
            self.close_anchor(record);
            self.anchor = Some((link, record.captures.open()));
        }
        link
    }

    fn open_heading(
        &mut self,
        level: u8,
        tag: &Tag<'_>,
        snippet: &Snippet,
        record: &mut Record<'_>,
    ) {
        self.abandon_heading(record);
        let id = tag.attribute("id").and_then(|attribute| {
            let range = attribute.value.as_ref()?;
            let id = value(attribute, snippet).filter(|id| !id.is_empty())?;
            Some((id, snippet.source(range)))
        });
        record.wishes.push(Wish::Written(id));
        let span = record.in_file(&snippet.source(&tag.range));
        record.body.headings.push(Heading { level, id: None, text: Box::default(), span });
        self.heading = Some((record.body.headings.len() - 1, level, record.captures.open()));
    }

    /// Forgets a heading that never ends: another begins, and its text cannot be told.
    pub(super) fn abandon_heading(&mut self, record: &mut Record<'_>) {
        if self.heading.take().is_some() {
            record.captures.abandon();
        }
    }

    fn close_anchor(&mut self, record: &mut Record<'_>) {
        if let Some((link, capture)) = self.anchor.take() {
            record.body.links[link].text = record.captures.close(capture).into();
        }
    }

    fn close(&mut self, name: &str, record: &mut Record<'_>) {
        if name.eq_ignore_ascii_case("a") {
            self.close_anchor(record);
        } else if name.eq_ignore_ascii_case("figure") || name.eq_ignore_ascii_case("figcaption") {
            record.credits.close_caption(record.source);
        } else if let Some((index, level, capture)) = self.heading
            && heading_level(name) == Some(level)
        {
            self.heading = None;
            record.body.headings[index].text = record.captures.close(capture).into();
        }
        separate(name, record);
    }
}

/// Makes one space of each run of white space, as a browser does.
fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_ascii_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// Ends the line of the prose at the tag of a block.
fn separate(name: &str, record: &mut Record<'_>) {
    if !INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline)) {
        record.end_prose_line();
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h' | b'H', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// Where in an attribute the destinations stand and of what kind they are, if it holds any.
fn places(
    tag: &Tag<'_>,
    attribute: &Attribute<'_>,
    snippet: &Snippet,
) -> Option<(LinkKind, Vec<Range<usize>>)> {
    let range = attribute.value.clone()?;
    let text = &snippet.html[range.clone()];
    let kind = match attribute.name.to_ascii_lowercase().as_str() {
        "href" if tag.is_any(&["a", "area", "link"]) => LinkKind::RawHref,
        "xlink:href" if tag.is_any(&["a"]) => LinkKind::RawHref,
        // Within a drawing `#x` is a part of it, and not a heading of the page.
        "href" | "xlink:href" if tag.is_any(&["use", "image"]) && !text.trim().starts_with('#') => {
            LinkKind::RawSrc
        }
        "src" if tag.is_any(SOURCED) || is_image_button(tag, snippet) => LinkKind::RawSrc,
        "poster" if tag.is_any(&["video"]) => LinkKind::RawSrc,
        "data" if tag.is_any(&["object"]) => LinkKind::RawSrc,
        "srcset" if tag.is_any(&["img", "source"]) => {
            let found = srcset::addresses(text)?.into_iter();
            let places = found.map(|found| range.start + found.start..range.start + found.end);
            return Some((LinkKind::RawSrc, places.collect()));
        }
        _ => return None,
    };
    Some((kind, vec![range]))
}

fn is_image_button(tag: &Tag<'_>, snippet: &Snippet) -> bool {
    let kind = tag.attribute("type").and_then(|attribute| value(attribute, snippet));
    tag.is_any(&["input"]) && kind.is_some_and(|kind| kind.eq_ignore_ascii_case("image"))
}

/// What to put around a value without quotes, so that whatever fills its hole may end in a
/// slash. One that holds both kinds of quotes can have none.
fn missing_quote(attribute: &Attribute<'_>, text: &str, record: &Record<'_>) -> &'static str {
    if attribute.quoted || !record.options.is_extended() {
        return "";
    }
    ["\"", "'"].into_iter().find(|quote| !text.contains(quote)).unwrap_or("")
}

/// The value of an attribute, its character references resolved.
fn value(attribute: &Attribute<'_>, snippet: &Snippet) -> Option<String> {
    Some(unescape(&snippet.html[attribute.value.clone()?]))
}

/// Tells whether an image without `alt` has a name all the same, or needs none.
fn is_hidden(tag: &Tag<'_>, snippet: &Snippet) -> bool {
    let has = |name: &str, wanted: &[&str]| {
        let value = tag.attribute(name).and_then(|attribute| value(attribute, snippet));
        value.is_some_and(|value| wanted.contains(&value.trim()))
    };
    has("aria-hidden", &["true"])
        || has("role", &["presentation", "none"])
        || tag.attribute("aria-label").is_some()
        || tag.attribute("aria-labelledby").is_some()
}
