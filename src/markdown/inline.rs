//! Writes what stands within a line: emphasis, code, formulas, links and images.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::body::{HoleKind, Hooked, LinkKind, Target};
use super::link;
use super::marker;
use super::math::{self, Equations, Place};
use super::raw::{Raw, Snippet};
use super::record::Record;
use super::scan::{Found, What};

/// What is open within a line.
#[derive(Default, Debug)]
pub(super) struct Inline {
    /// The link that is open; links do not nest.
    link: Option<Open>,
    /// The image that is open.
    image: Option<Image>,
    /// The citations in the text of the link that is open.
    late: Vec<(usize, String)>,
    /// How many images are open, one within the alternative text of the other.
    depth: usize,
    /// The end in the source of what was read last.
    end: usize,
    /// The names of the equations.
    pub(super) equations: Equations,
}

/// A link or an image that is open.
#[derive(Debug)]
struct Open {
    index: usize,
    capture: usize,
    inline: bool,
}

#[derive(Debug)]
struct Image {
    open: Open,
    title: String,
}

impl Inline {
    /// Tells whether an image is open: all within it is alternative text.
    pub(super) fn is_image_open(&self) -> bool {
        self.depth > 0
    }

    /// Tells whether a link may stand here.
    pub(super) fn may_link(&self) -> bool {
        self.depth == 0 && self.link.is_none()
    }

    /// Writes what was found of citations, a marker behind the link where it stands in one.
    pub(super) fn cite(&mut self, found: &Found, in_footnote: bool, record: &mut Record<'_>) {
        self.end = found.range.end;
        if self.depth > 0 && found.is_seen() {
            return record.captures.push(&found.written);
        }
        if matches!(found.what, What::Text) {
            record.write_text(&found.written);
            return record.read(&found.written, &found.range);
        }
        if let What::Wikilink(wikilink) = &found.what {
            // In the text of a link, where none can stand.
            let words = wikilink.label.as_ref().unwrap_or(&wikilink.own);
            record.write_text(words);
            return record.read(words, &found.range);
        }
        let Some(citation) = marker::take(found, in_footnote, record) else { return };
        if self.link.is_some() {
            record.body.citations[citation].space_before = false;
            self.late.push((citation, found.written.clone()));
        } else {
            marker::write(citation, &found.written, record);
        }
    }

    /// The content of something begins at an offset of the source.
    pub(super) fn enter(&mut self, start: usize) {
        self.end = start;
    }

    /// Something was read that is not written here.
    pub(super) fn pass(&mut self, range: &Range<usize>) {
        self.end = range.end;
    }

    /// The end in the source of what was read last.
    pub(super) fn read_to(&self) -> usize {
        self.end
    }

    /// Writes the start of an element.
    pub(super) fn open(&mut self, tag: Tag<'_>, range: Range<usize>, record: &mut Record<'_>) {
        self.end = range.start;
        match tag {
            Tag::Image { link_type, dest_url, title, .. } => {
                self.depth += 1;
                // The `![` itself, should there be nothing within.
                self.end = range.start + 2;
                if self.depth == 1 {
                    self.open_image(link_type, dest_url, &title, &range, record);
                }
            }
            _ if self.depth > 0 => {}
            Tag::Link { link_type, dest_url, title, .. } => {
                self.end = range.start + 1;
                self.open_link(link_type, dest_url, &title, &range, record);
            }
            Tag::Emphasis => record.draft.push("<em>"),
            Tag::Strong => record.draft.push("<strong>"),
            Tag::Strikethrough => record.draft.push("<del>"),
            _ => {}
        }
    }

    /// Writes the end of an element.
    pub(super) fn close(&mut self, tag: TagEnd, range: &Range<usize>, record: &mut Record<'_>) {
        match tag {
            TagEnd::Image => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0
                    && let Some(image) = self.image.take()
                {
                    self.close_image(&image, range, record);
                }
            }
            _ if self.depth > 0 => {}
            TagEnd::Link => {
                if let Some(open) = self.link.take() {
                    self.place(&open, range, record);
                    record.end_link(open.index, open.capture);
                    match record.options.hooks.link {
                        true => record.end_hook(),
                        false => record.draft.push("</a>"),
                    }
                    for (citation, written) in self.late.drain(..) {
                        marker::write(citation, &written, record);
                    }
                }
            }
            TagEnd::Emphasis => record.draft.push("</em>"),
            TagEnd::Strong => record.draft.push("</strong>"),
            TagEnd::Strikethrough => record.draft.push("</del>"),
            _ => {}
        }
        self.end = range.end;
    }

    /// Writes the part of a text that stands at `part` of the source, if any; `start` is where
    /// the text begins there.
    pub(super) fn text(
        &mut self,
        text: &str,
        start: usize,
        part: Range<usize>,
        record: &mut Record<'_>,
    ) {
        if part.start < part.end
            && let Some(text) = text.get(part.start - start..part.end - start)
        {
            self.leaf(Event::Text(text.into()), &part, record);
        }
    }

    /// Writes what has no content of its own.
    pub(super) fn leaf(&mut self, event: Event<'_>, range: &Range<usize>, record: &mut Record<'_>) {
        self.end = range.end;
        if self.depth > 0 {
            return read_alt(&event, record);
        }
        match event {
            Event::Text(text) => {
                record.write_text(&text);
                record.read(&text, range);
            }
            Event::Code(text) => {
                record.draft.push("<code>");
                record.write_text(&text);
                record.draft.push("</code>");
                record.read(&text, range);
            }
            Event::InlineMath(tex) => {
                math::write(&tex, Place::Inline, range, &mut self.equations, record);
            }
            // Within a line a block would end the paragraph.
            Event::DisplayMath(tex) => {
                math::write(&tex, Place::Within, range, &mut self.equations, record);
            }
            Event::SoftBreak => {
                record.draft.push("\n");
                record.read(" ", range);
            }
            Event::HardBreak => {
                record.draft.push("<br />\n");
                record.read(" ", range);
            }
            _ => {}
        }
    }

    /// Writes a tag of raw HTML within a line.
    pub(super) fn html(
        &mut self,
        html: &CowStr<'_>,
        range: Range<usize>,
        raw: &mut Raw,
        record: &mut Record<'_>,
    ) {
        self.end = range.end;
        if self.depth == 0 {
            let mut snippet = Snippet::default();
            snippet.push(html, range, record.source);
            raw.write(&snippet, record);
        } else if !record.options.is_extended() {
            // The reference implementation prints the tag into the alternative text.
            record.captures.push(html);
        }
    }

    fn open_link(
        &mut self,
        link_type: LinkType,
        destination: CowStr<'_>,
        title: &str,
        range: &Range<usize>,
        record: &mut Record<'_>,
    ) {
        let written = match link_type {
            LinkType::Email => format!("mailto:{destination}"),
            _ => destination.into_string(),
        };
        let place = match link_type {
            LinkType::Email | LinkType::Autolink => range.start + 1..range.end - 1,
            _ => range.clone(),
        };
        let place = whole(link_type, place, record.source);
        let index = record.link(LinkKind::Link, written, &place);
        if record.options.hooks.link {
            record.begin_hook(Hooked::Link(index, title.to_owned()));
        } else {
            record.draft.push("<a href=\"");
            write_destination(index, record);
            if !title.is_empty() {
                record.draft.push("\" title=\"");
                record.draft.quoted(title);
            }
            record.draft.push("\">");
        }
        let inline = link_type == LinkType::Inline;
        self.link = Some(Open { index, capture: record.captures.open(), inline });
    }

    fn open_image(
        &mut self,
        link_type: LinkType,
        destination: CowStr<'_>,
        title: &str,
        range: &Range<usize>,
        record: &mut Record<'_>,
    ) {
        record.credits.image(range);
        let place = whole(link_type, range.clone(), record.source);
        let index = record.link(LinkKind::Image, destination.into_string(), &place);
        if record.options.hooks.image {
            record.begin_hook(Hooked::Image(index, title.to_owned()));
        } else {
            let has_sizes = has_sizes(index, record);
            if has_sizes {
                record.draft.hole(HoleKind::PictureStart(index as u32));
            }
            record.draft.push("<img src=\"");
            write_destination(index, record);
            record.draft.push("\"");
            if has_sizes {
                record.draft.hole(HoleKind::ImageSize(index as u32));
            }
            record.draft.push(" alt=\"");
        }
        let inline = link_type == LinkType::Inline;
        let open = Open { index, capture: record.captures.open(), inline };
        self.image = Some(Image { open, title: title.to_owned() });
    }

    fn close_image(&mut self, image: &Image, range: &Range<usize>, record: &mut Record<'_>) {
        self.place(&image.open, range, record);
        if record.options.hooks.image {
            record.end_hook();
        } else {
            let alt = record.captures.copy(image.open.capture);
            record.draft.quoted(if record.options.is_extended() { alt.trim() } else { &alt });
            record.draft.push("\"");
            if !image.title.is_empty() {
                record.draft.push(" title=\"");
                record.draft.quoted(&image.title);
                record.draft.push("\"");
            }
            if record.options.is_extended() {
                write_loading(image.open.index, record);
            }
            record.draft.push(" />");
            if has_sizes(image.open.index, record) {
                record.draft.hole(HoleKind::PictureEnd(image.open.index as u32));
            }
        }
        let text = record.captures.close(image.open.capture);
        let link = &mut record.body.links[image.open.index];
        link.lacks_alt = text.is_empty();
        link.text = text.into();
    }

    /// Finds the destination in the source, now that the end of the link's text is known.
    fn place(&self, open: &Open, range: &Range<usize>, record: &mut Record<'_>) {
        if open.inline
            && let Some(place) = link::locate(record.source, self.end, range.end)
        {
            record.body.links[open.index].span = record.in_file(&place);
        }
    }
}

/// A link with the empty brackets behind it, which the parser leaves out.
fn whole(link_type: LinkType, range: Range<usize>, source: &str) -> Range<usize> {
    let has_more = link_type == LinkType::Collapsed
        && source.get(range.end..).is_some_and(|behind| behind.starts_with("[]"));
    range.start..range.end + if has_more { 2 } else { 0 }
}

/// Writes the destination of a link, as a hole where the site decides.
fn write_destination(index: usize, record: &mut Record<'_>) {
    let link = &record.body.links[index];
    let start = record.draft.len();
    record.draft.href(&link.written);
    if link.target != Target::External {
        record.draft.hole_from(start, HoleKind::Href(index as u32));
    }
}

/// Tells whether an image may be a file of the site, whose size and sizes are known there.
fn has_sizes(index: usize, record: &Record<'_>) -> bool {
    let target = &record.body.links[index].target;
    record.options.is_extended() && !matches!(target, Target::External | Target::Fragment(_))
}

/// Writes when an image is loaded, as a hole, for only the page knows which is its first.
pub(super) fn write_loading(index: usize, record: &mut Record<'_>) {
    let start = record.draft.len();
    record.draft.push(" loading=\"lazy\"");
    record.draft.hole_from(start, HoleKind::ImageLoading(index as u32));
}

/// Takes what stands within an image into its alternative text.
fn read_alt(event: &Event<'_>, record: &mut Record<'_>) {
    match event {
        Event::Text(text)
        | Event::Code(text)
        | Event::InlineMath(text)
        | Event::DisplayMath(text) => record.captures.push(text),
        Event::SoftBreak | Event::HardBreak => record.captures.push(" "),
        _ => {}
    }
}
