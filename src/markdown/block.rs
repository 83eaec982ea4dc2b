//! The marks by which other pages link to a block, as Obsidian has them: ` ^id` at its end, or
//! alone on a line below it.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::draft::Gap;
use super::heading::write_id;
use super::record::Record;
use crate::diag::{Code, Diagnostic};

/// The blocks that are open, and those that have a name.
#[derive(Default, Debug)]
pub(super) struct Blocks {
    /// Whether the text can have a mark; where it cannot, nothing is kept.
    is_likely: bool,
    /// The blocks that are open, from the outermost.
    open: Vec<Place>,
    /// The block that ended last within the innermost one that is open.
    last: Place,
    /// Where the tag ends that opened the paragraph or the item whose text is being read.
    tag_end: Option<usize>,
    /// Where each id is given.
    given: BTreeMap<String, Range<usize>>,
    /// The ids that stand in gaps.
    names: Vec<String>,
}

/// Where a block begins in the draft.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
enum Place {
    /// There is no block.
    #[default]
    Nothing,
    /// It has no tag that could take an id, or has one already.
    Taken,
    /// At this byte.
    At(usize),
}

impl Blocks {
    /// Looks whether a text can have marks.
    pub(super) fn new(source: &str, is_extended: bool) -> Self {
        Self { is_likely: is_extended && source.as_bytes().contains(&b'^'), ..Self::default() }
    }

    /// A block begins at the end of what is written.
    pub(super) fn enter(&mut self, written: usize) {
        if self.is_likely {
            self.open.push(Place::At(written));
            self.last = Place::Nothing;
            self.tag_end = None;
        }
    }

    /// The block that has begun has no tag that can take an id.
    pub(super) fn enter_taken(&mut self) {
        if let Some(open) = self.open.last_mut() {
            *open = Place::Taken;
        }
    }

    /// A footnote begins, in a draft of its own.
    pub(super) fn enter_note(&mut self) {
        if self.is_likely {
            self.open.push(std::mem::take(&mut self.last));
            self.tag_end = None;
        }
    }

    /// The tag of a paragraph or an item was written, and its text follows.
    pub(super) fn text_follows(&mut self, written: usize) {
        if self.is_likely {
            self.tag_end = Some(written - 1);
        }
    }

    /// A block ends.
    pub(super) fn leave(&mut self, tag: &TagEnd) {
        let is_block = matches!(
            tag,
            TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::BlockQuote(_)
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::FootnoteDefinition
                | TagEnd::DefinitionList
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition
                | TagEnd::Table
        );
        if is_block && self.is_likely {
            self.last = self.open.pop().unwrap_or_default();
            self.tag_end = None;
        }
    }

    /// A rule was written, which nothing stands in.
    pub(super) fn rule(&mut self) {
        if self.is_likely {
            self.last = self.open.pop().unwrap_or_default();
        }
    }

    /// Finds the mark at the end of a text that the event `next` follows: how much of the text
    /// stands before it, and its place in the source.
    pub(super) fn behind(
        &self,
        text: &str,
        range: &Range<usize>,
        next: Option<&(Event<'_>, Range<usize>)>,
        record: &Record<'_>,
    ) -> Option<(usize, Range<usize>)> {
        if !self.is_likely || text.len() != range.len() || !ends(&next?.0) {
            return None;
        }
        let mark = mark(text)?;
        let place = range.start + mark.start..range.start + mark.end;
        let before = &record.source[..place.start];
        // Behind what is embedded no space is asked for, as in Obsidian.
        let is_apart =
            before.ends_with(|c: char| c.is_ascii_whitespace()) || before.ends_with("]]");
        let kept = text[..mark.start].trim_end().len();
        // Nothing but a mark is no text that it could name.
        let is_first = kept == 0 && self.tag_end.is_some_and(|end| record.draft.len() == end + 1);
        (is_apart && !is_first).then_some((kept, place))
    }

    /// Finds the mark that is all there is in a paragraph below another block.
    pub(super) fn below(
        &self,
        paragraph: &Range<usize>,
        next: Option<&(Event<'_>, Range<usize>)>,
        source: &str,
    ) -> Option<Range<usize>> {
        let (Event::Text(text), range) = next.filter(|_| self.last != Place::Nothing)? else {
            return None;
        };
        let rest = source.get(range.end..paragraph.end)?;
        let is_all = paragraph.start == range.start && rest.trim().is_empty();
        let mark = mark(text).filter(|mark| is_all && *mark == (0..range.len()))?;
        Some(range.start + mark.start..range.start + mark.end)
    }

    /// Gives the text that ends here the id of a mark.
    pub(super) fn name_text(&mut self, mark: &Range<usize>, record: &mut Record<'_>) {
        let Some(id) = self.claim(mark, record) else { return };
        match self.tag_end.take() {
            Some(at) => {
                self.fill(at, id, record);
                // A second id has no room in the tag.
                self.enter_taken();
            }
            None => write_place("span", &id, record),
        }
    }

    /// Gives the block above the id of a mark.
    pub(super) fn name_last(&mut self, mark: &Range<usize>, record: &mut Record<'_>) {
        let Some(id) = self.claim(mark, record) else { return };
        let tag_end = match std::mem::replace(&mut self.last, Place::Taken) {
            Place::At(start) => record.draft.tag_end(start),
            Place::Nothing | Place::Taken => None,
        };
        match tag_end {
            Some(at) => self.fill(at, id, record),
            None => {
                record.draft.fresh_line();
                write_place("div", &id, record);
                record.draft.push("\n");
            }
        }
    }

    /// The names that gaps stand for, by number.
    pub(super) fn into_names(self) -> Vec<String> {
        self.names
    }

    fn fill(&mut self, at: usize, id: String, record: &mut Record<'_>) {
        record.draft.gap_at(at, Gap::BlockId(self.names.len()));
        self.names.push(id);
    }

    /// The id of a mark, unless another block has it.
    fn claim(&mut self, mark: &Range<usize>, record: &mut Record<'_>) -> Option<String> {
        let id = record.source[mark.clone()].to_owned();
        if let Some(first) = self.given.get(&id) {
            let finding =
                Diagnostic::new(Code::DuplicateHeadingId, format!("two blocks are marked `{id}`"))
                    .at(record.span(mark))
                    .label(record.span(first), "links lead to this one")
                    .help("give one of them another mark");
            record.diagnostics.push(finding);
            return None;
        }
        self.given.insert(id.clone(), mark.clone());
        record.body.anchors.push(id.clone());
        Some(id)
    }
}

/// Tells whether the text of a paragraph, an item or a heading ends before an event.
fn ends(next: &Event<'_>) -> bool {
    match next {
        Event::End(tag) => matches!(
            tag,
            TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::DefinitionListDefinition
        ),
        Event::Start(tag) => matches!(
            tag,
            Tag::Paragraph
                | Tag::List(_)
                | Tag::BlockQuote(_)
                | Tag::CodeBlock(_)
                | Tag::Heading { .. }
                | Tag::Table(_)
                | Tag::HtmlBlock
        ),
        _ => false,
    }
}

/// Finds `^id` at the end of a text.
fn mark(text: &str) -> Option<Range<usize>> {
    let is_id = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let text = text.trim_end();
    let length = text.bytes().rev().take_while(is_id).count();
    let start = (text.len() - length).checked_sub(1)?;
    (length > 0 && text.as_bytes()[start] == b'^').then_some(start..text.len())
}

/// Writes an empty element to lead to.
fn write_place(element: &str, id: &str, record: &mut Record<'_>) {
    record.draft.push(&format!("<{element}"));
    let mut attribute = String::new();
    write_id(id, &mut attribute);
    record.draft.push(&attribute);
    record.draft.push(&format!("></{element}>"));
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn a_mark_is_made_of_letters_digits_and_hyphens() {
        let read = |text: &'static str| mark(text).map(|mark| &text[mark]);
        assert_eq!(read("a ^b-1 "), Some("^b-1"));
        assert_eq!(read("^b"), Some("^b"));
        for text in ["", "a", "^", "a ^", "a ^b_c", "a ^ü", "^b c"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
