//! Writes headings.

use std::ops::Range;

use pulldown_cmark::{CowStr, HeadingLevel};

use super::body::{Heading, HoleKind, Hooked, Label};
use super::draft::{Gap, push_quoted};
use super::outline::Wish;
use super::record::Record;

/// The heading that is open; headings do not nest.
#[derive(Default, Debug)]
pub(super) struct Headings {
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    index: usize,
    capture: usize,
    /// Whether its author wrote anything in braces that is no attribute.
    bare: bool,
}

/// What its author wrote in braces behind a heading.
pub(super) struct Own<'t> {
    id: Option<String>,
    classes: Vec<CowStr<'t>>,
    attributes: Vec<(CowStr<'t>, Option<String>)>,
}

impl<'t> Own<'t> {
    /// Reads `id="x"` as `#x`, unless there is one. White space, which no id can hold, becomes
    /// a hyphen.
    pub(super) fn new(
        id: Option<CowStr<'t>>,
        classes: Vec<CowStr<'t>>,
        parts: Vec<(CowStr<'t>, Option<CowStr<'t>>)>,
    ) -> Self {
        let attributes = join_quoted(parts);
        let id = id.map(CowStr::into_string).or_else(|| {
            let found = attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case("id"));
            let words: Vec<_> = found?.1.as_deref()?.split_ascii_whitespace().collect();
            (!words.is_empty()).then(|| words.join("-"))
        });
        Self { id, classes, attributes }
    }

    /// Tells whether there is neither an id nor a class nor a value: `{name}` in a heading is
    /// text that happens to stand in braces.
    fn is_bare(&self) -> bool {
        self.id.is_none()
            && self.classes.is_empty()
            && self.attributes.iter().all(|(_, value)| value.is_none())
    }
}

impl Headings {
    /// Writes the start of a heading.
    pub(super) fn open(
        &mut self,
        level: HeadingLevel,
        own: Own<'_>,
        range: Range<usize>,
        record: &mut Record<'_>,
    ) {
        let index = record.body.headings.len();
        let extended = record.options.is_extended();
        let bare = own.is_bare();
        if record.options.hooks.heading {
            let classes = own.classes.iter().map(|class| class.to_string()).collect();
            record.begin_hook(Hooked::Heading(index, classes));
        } else {
            if extended && record.options.heading_links {
                record.draft.push("<div class=\"heading\">\n");
            }
            record.draft.push(&format!("<{level}"));
            if extended {
                record.gap(Gap::HeadingId(index));
                if !bare {
                    write_attributes(&own, record);
                }
            }
            record.draft.push(">");
        }
        record.wishes.push(match own.id {
            _ if !extended => Wish::None,
            Some(id) => {
                let place = place_of_id(&id, &range, record.source);
                Wish::Own(id, place)
            }
            None => Wish::Any,
        });
        let span = record.in_file(&range);
        record.body.headings.push(Heading {
            level: level as u8,
            id: None,
            text: Box::default(),
            span,
        });
        self.open = Some(Open { index, capture: record.captures.open(), bare });
    }

    /// Writes the end of a heading, of which the parser has read the text up to `read_to`.
    pub(super) fn close(
        &mut self,
        level: HeadingLevel,
        range: &Range<usize>,
        read_to: usize,
        record: &mut Record<'_>,
    ) {
        let Some(Open { index, capture, bare }) = self.open.take() else { return };
        if bare && record.options.is_extended() {
            give_back_braces(read_to..range.end, record);
        }
        record.body.headings[index].text = record.captures.close(capture).into();
        if record.options.hooks.heading {
            record.end_hook();
            return record.draft.push("\n");
        }
        record.draft.push(&format!("</{level}>\n"));
        if record.options.is_extended() && record.options.heading_links {
            write_link(index, record);
        }
    }
}

/// Writes what the parser took for attributes and is text: `## Route /users/{id}`.
fn give_back_braces(rest: Range<usize>, record: &mut Record<'_>) {
    let source = record.source;
    let Some(tail) = source.get(rest.clone()) else { return };
    let line = tail.lines().next().unwrap_or_default();
    let (Some(open), Some(close)) = (line.find('{'), line.rfind('}')) else { return };
    // Before the first text of a heading stand its marks.
    let from = if line[..open].trim().is_empty() { 0 } else { open };
    if open < close {
        let text = &line[from..=close];
        record.write_text(text);
        record.read(text, &(rest.start + from..rest.start + close + 1));
    }
}

/// Writes the classes and attributes of a heading.
fn write_attributes(own: &Own<'_>, record: &mut Record<'_>) {
    let named = |wanted: &str| {
        let found = own.attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.and_then(|(_, value)| value.as_deref())
    };
    let classes: Vec<&str> = own.classes.iter().map(AsRef::as_ref).chain(named("class")).collect();
    if !classes.is_empty() {
        record.draft.push(" class=\"");
        record.draft.quoted(&classes.join(" "));
        record.draft.push("\"");
    }
    for (name, value) in &own.attributes {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        let taken = name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id");
        if taken
            || !name.chars().all(is_name)
            || !name.starts_with(|c: char| c.is_ascii_alphabetic())
        {
            continue;
        }
        record.draft.push(" ");
        record.draft.push(name);
        record.draft.push("=\"");
        record.draft.quoted(value.as_deref().unwrap_or_default());
        record.draft.push("\"");
    }
}

/// Takes the quotes off values, and puts those together again that the parser has split at the
/// white space within their quotes.
fn join_quoted<'t>(
    parts: Vec<(CowStr<'t>, Option<CowStr<'t>>)>,
) -> Vec<(CowStr<'t>, Option<String>)> {
    let mut attributes = Vec::with_capacity(parts.len());
    let mut parts = parts.into_iter();
    while let Some((name, value)) = parts.next() {
        let Some(mut value) = value.map(CowStr::into_string) else {
            attributes.push((name, None));
            continue;
        };
        while is_open(&value)
            && let Some((name, rest)) = parts.next()
        {
            value.push(' ');
            value.push_str(&name);
            if let Some(rest) = rest {
                value.push('=');
                value.push_str(&rest);
            }
        }
        attributes.push((name, Some(without_quotes(&value).to_owned())));
    }
    attributes
}

/// Tells whether a value begins with a quote that does not end it.
fn is_open(value: &str) -> bool {
    value.starts_with(['"', '\'']) && without_quotes(value) == value
}

fn without_quotes(value: &str) -> &str {
    let inner = |quote| value.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

/// Finds the id that the author wrote, in either spelling.
fn place_of_id(id: &str, heading: &Range<usize>, source: &str) -> Range<usize> {
    let text = source.get(heading.clone()).unwrap_or_default();
    let found = ["#", "id=", "id=\"", "id='"].into_iter().find_map(|before| {
        let at = text.rfind(&format!("{before}{id}"))?;
        Some(heading.start + at + before.len())
    });
    found.map_or(heading.clone(), |at| at..at + id.len())
}

/// Writes the link of a heading to itself, beside and not within it: it is no part of what a
/// screen reader reads as the heading.
fn write_link(index: usize, record: &mut Record<'_>) {
    record.draft.push("<a class=\"heading-link\" href=\"#");
    record.gap(Gap::HeadingHref(index));
    record.draft.push("\" aria-label=\"");
    record.draft.hole(HoleKind::Label(Label::LinkToHeading));
    record.draft.push(": ");
    record.draft.quoted(&record.body.headings[index].text);
    record.draft.push("\"><span aria-hidden=\"true\">#</span></a>\n</div>\n");
}

/// Writes an id as an attribute.
pub(super) fn write_id(id: &str, out: &mut String) {
    out.push_str(" id=\"");
    push_quoted(out, id);
    out.push('"');
}
