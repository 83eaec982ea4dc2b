//! The directives that are open while a text is read.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};

use super::call::Call;
use super::fault::Fault;
use super::lines::{Line, Lines, What};
use super::read::{Read, read};
use crate::cite::{CiteItem, CiteKey, Form as FormOf};
use crate::diag::{Code, Diagnostic};
use crate::markdown::block::Blocks;
use crate::markdown::body::{Form, HoleKind};
use crate::markdown::inline::Inline;
use crate::markdown::record::Record;
use crate::markdown::scan::{Found, What as Cited};
use crate::text::slug;

/// How deep blocks may stand in one another. Each is written out whole before what it stands in.
const DEEPEST: usize = 32;

/// The directives of a text, and those of them that are open.
#[derive(Default, Debug)]
pub(in crate::markdown) struct Directives {
    /// The lines of blocks and leaves.
    lines: Lines,
    /// What is open, from the outermost.
    open: Vec<Open>,
    /// The directive whose label is being read, and where the label ends in the source.
    label: Option<Label>,
    /// The directives within a line that are open, each with what is captured of its words.
    calls: Vec<(usize, usize)>,
    /// Where each id is given.
    given: BTreeMap<String, Range<usize>>,
    /// The directives that want an id made of their label.
    anchored: Vec<usize>,
}

/// A label that is being read.
#[derive(Clone, Debug)]
struct Label {
    directive: usize,
    end: usize,
    capture: usize,
    is_leaf: bool,
    colons: usize,
    /// The key of the work that it quotes, and its place.
    cites: Option<(CiteKey, Range<usize>)>,
}

/// What is open.
#[derive(Clone, Debug)]
enum Open {
    /// A list item, a quote, a footnote, a definition.
    Container,
    /// A directive.
    Directive { index: usize, colons: usize },
}

impl Directives {
    /// Takes the lines of a text.
    pub(in crate::markdown) fn of(lines: Lines) -> Self {
        Self { lines, ..Self::default() }
    }

    /// The number of the line that begins at a byte.
    pub(in crate::markdown) fn line(&self, start: usize) -> Option<usize> {
        if self.lines.is_empty() { None } else { self.lines.at(start) }
    }

    /// Where the label ends that is being read.
    pub(in crate::markdown) fn label_end(&self) -> Option<usize> {
        self.label.as_ref().map(|label| label.end)
    }

    /// The line of a directive is read; where it has a label, that is read from here on.
    pub(in crate::markdown) fn line_begins(
        &mut self,
        start: usize,
        inline: &mut Inline,
        blocks: &mut Blocks,
        record: &mut Record<'_>,
    ) {
        let Some(line) = self.line(start) else { return };
        let Line { range, colons, what } = self.lines.all()[line].clone();
        let (call, form) = match &what {
            What::Open(call) => (call, Form::Block),
            What::Leaf(call) => (call, Form::Leaf),
            What::Close => return self.close(&range, colons, blocks, record),
        };
        record.draft.fresh_line();
        blocks.enter(record.draft.len());
        record.end_prose_line();
        blocks.enter_taken();
        let (index, cites) = self.enter(call, form, &range, record);
        let (from, end) =
            call.label.as_ref().map_or((range.end, range.end), |label| (label.start, label.end));
        let capture = record.captures.open();
        let is_leaf = form == Form::Leaf;
        self.label = Some(Label { directive: index, end, capture, is_leaf, colons, cites });
        inline.enter(from);
    }

    /// Tells whether a text holds the end of the label that is being read.
    pub(in crate::markdown) fn is_past_label(&self, range: &Range<usize>) -> bool {
        self.label_end().is_some_and(|end| range.end > end)
    }

    /// The citation of the work that the directive quotes whose label is being read.
    fn cites(&mut self) -> Option<Found> {
        let (key, place) = self.label.as_mut()?.cites.take()?;
        let written = format!("[@{}]", key.written());
        let item = CiteItem { key, around: None, without_author: false, span: place.clone() };
        Some(Found { range: place, written, what: Cited::Citation(FormOf::Bracketed, vec![item]) })
    }

    /// The label ends, or there was none.
    pub(in crate::markdown) fn label_ends(
        &mut self,
        in_footnote: bool,
        inline: &mut Inline,
        blocks: &mut Blocks,
        record: &mut Record<'_>,
    ) {
        if let Some(found) = self.cites() {
            inline.cite(&found, in_footnote, record);
        }
        let Some(label) = self.label.take() else { return };
        self.named(label.directive, label.capture, record);
        record.end_prose_line();
        record.draft.hole(HoleKind::DirectiveBody(label.directive as u32));
        record.body.directives[label.directive].prose = record.prose.len()..record.prose.len();
        let depth = self.open.iter().filter(|open| matches!(open, Open::Directive { .. })).count();
        if !label.is_leaf && depth >= DEEPEST {
            let span = record.body.directives[label.directive].name_span.clone();
            let place = span.start - record.base..span.end - record.base;
            let message = format!("more than {DEEPEST} directives stand in one another");
            let finding = Diagnostic::new(Code::DirectiveSyntax, message)
                .at(record.span(&place))
                .help("end some of them before this one begins");
            record.diagnostics.push(finding);
        }
        if label.is_leaf || depth >= DEEPEST {
            record.draft.hole(HoleKind::DirectiveEnd(label.directive as u32));
            record.draft.push("\n");
            blocks.leave(&TagEnd::BlockQuote(None));
        } else {
            self.open.push(Open::Directive { index: label.directive, colons: label.colons });
        }
    }

    /// A directive within a line begins.
    pub(in crate::markdown) fn begins(
        &mut self,
        call: &Call,
        range: &Range<usize>,
        record: &mut Record<'_>,
    ) {
        let (index, _) = self.enter(call, Form::Inline, range, record);
        self.calls.push((index, record.captures.open()));
    }

    /// A directive within a line ends.
    pub(in crate::markdown) fn ends(&mut self, range: &Range<usize>, record: &mut Record<'_>) {
        let Some((index, capture)) = self.calls.pop() else { return };
        self.named(index, capture, record);
        record.body.directives[index].end = Some(record.in_file(range));
        record.draft.hole(HoleKind::DirectiveBody(index as u32));
        record.draft.hole(HoleKind::DirectiveEnd(index as u32));
    }

    /// An element begins: what begins in a list item or the like has to end in it.
    pub(in crate::markdown) fn element_begins(&mut self, tag: &Tag<'_>) {
        let is_container = matches!(
            tag,
            Tag::Item
                | Tag::BlockQuote(_)
                | Tag::FootnoteDefinition(_)
                | Tag::DefinitionListDefinition
        );
        if is_container && !self.lines.is_empty() {
            self.open.push(Open::Container);
        }
    }

    /// An element ends. Where a directive that is open in it has to end too, a line begins.
    pub(in crate::markdown) fn element_ends(
        &mut self,
        tag: &TagEnd,
        blocks: &mut Blocks,
        record: &mut Record<'_>,
    ) {
        let is_container = matches!(
            tag,
            TagEnd::Item
                | TagEnd::BlockQuote(_)
                | TagEnd::FootnoteDefinition
                | TagEnd::DefinitionListDefinition
        );
        if is_container && !self.open.is_empty() {
            self.leave(false, blocks, record);
        }
    }

    /// The text ends, and what is open in it.
    pub(in crate::markdown) fn text_ends(&mut self, blocks: &mut Blocks, record: &mut Record<'_>) {
        self.leave(true, blocks, record);
    }

    fn leave(&mut self, all: bool, blocks: &mut Blocks, record: &mut Record<'_>) {
        while let Some(open) = self.open.pop() {
            match open {
                Open::Directive { index, .. } => {
                    unclosed(index, record);
                    close(index, None, blocks, record);
                }
                Open::Container if all => {}
                Open::Container => break,
            }
        }
    }

    /// A line ends a block.
    fn close(
        &mut self,
        range: &Range<usize>,
        colons: usize,
        blocks: &mut Blocks,
        record: &mut Record<'_>,
    ) {
        let here = self.open.iter().rev().take_while(|open| !matches!(open, Open::Container));
        let here: Vec<usize> = here
            .map(|open| match open {
                Open::Directive { colons, .. } => *colons,
                Open::Container => 0,
            })
            .collect();
        // The one that begins with as many; else the innermost that begins with fewer.
        let wanted = here.iter().position(|&own| own == colons);
        let Some(depth) = wanted.or_else(|| here.iter().position(|&own| own < colons)) else {
            return self.stray(range, here.first().copied(), record);
        };
        for nth in 0..=depth {
            if let Some(Open::Directive { index, .. }) = self.open.pop() {
                if nth < depth {
                    unclosed(index, record);
                }
                close(index, (nth == depth).then(|| range.clone()), blocks, record);
            }
        }
    }

    /// Notes an end that belongs to nothing.
    fn stray(&self, range: &Range<usize>, own: Option<usize>, record: &mut Record<'_>) {
        let outer = self.open.iter().any(|open| matches!(open, Open::Directive { .. }));
        let help = match own {
            Some(own) => format!("the directive above it begins with {own} colons, and so it ends"),
            None if outer => {
                "begin the line where that of the directive begins, outside of the list or quote"
                    .to_owned()
            }
            None => "take it out, or write `:::name` where the block begins".to_owned(),
        };
        let finding = Diagnostic::new(Code::UnclosedDirective, "these colons end no directive")
            .at(record.span(range))
            .help(help);
        record.diagnostics.push(finding);
    }

    /// Notes a directive.
    fn enter(
        &mut self,
        call: &Call,
        form: Form,
        range: &Range<usize>,
        record: &mut Record<'_>,
    ) -> (usize, Option<(CiteKey, Range<usize>)>) {
        let Read { mut directive, links, empty_credit, cites, id, anchored, faults } =
            read(record.source, call, form, range.clone());
        for fault in faults {
            report(&fault, record);
        }
        let index = record.body.directives.len();
        let first = record.body.links.len();
        for mut link in links {
            link.span = record.in_file(&link.span);
            record.push(link);
        }
        directive.move_links(first);
        directive.name_span = record.in_file(&directive.name_span);
        directive.span = record.in_file(&directive.span);
        directive.label_span = directive.label_span.map(|label| record.in_file(&label));
        directive.parent = self.open.iter().rev().find_map(|open| match open {
            Open::Directive { index, .. } => Some(*index),
            Open::Container => None,
        });
        if let Some(place) = empty_credit {
            let place = record.in_file(&place);
            record.body.empty_credits.push(place);
        }
        if let (Some(name), Some(place)) = (&directive.id, id) {
            self.claim(name.clone(), place, record);
        } else if anchored {
            self.anchored.push(index);
        }
        record.body.directives.push(directive);
        record.draft.hole(HoleKind::DirectiveStart(index as u32));
        (index, cites)
    }

    fn claim(&mut self, id: String, place: Range<usize>, record: &mut Record<'_>) {
        if let Some(first) = self.given.get(&id) {
            let finding = Diagnostic::new(
                Code::DuplicateHeadingId,
                format!("two directives ask for the id `{id}`"),
            )
            .at(record.span(&place))
            .label(record.span(first), "links lead to this one")
            .help("give one of them another id");
            record.diagnostics.push(finding);
            return;
        }
        record.body.anchors.push(id.clone());
        self.given.insert(id, place);
    }

    /// The label of a directive was read.
    fn named(&self, index: usize, capture: usize, record: &mut Record<'_>) {
        let text = record.captures.close(capture);
        let directive = &mut record.body.directives[index];
        if let Some(label) = &mut directive.label {
            label.push_str(&text);
        }
    }

    /// The directives that want an id made of their label, each with that.
    pub(in crate::markdown) fn anchored(&self, record: &Record<'_>) -> Vec<(usize, String)> {
        let wanted = self.anchored.iter().filter_map(|&index| {
            let directive = &record.body.directives[index];
            let id = slug::heading_id(directive.label.as_deref()?);
            let id = if id.is_empty() { directive.name.clone() } else { id };
            Some((index, id))
        });
        wanted.collect()
    }
}

/// Says to the author what is written wrongly.
pub(in crate::markdown) fn report(fault: &Fault, record: &mut Record<'_>) {
    let mut finding =
        Diagnostic::new(fault.code, fault.message.clone()).at(record.span(&fault.range));
    finding.help.clone_from(&fault.help);
    record.diagnostics.push(finding);
}

/// A block ends.
fn close(index: usize, end: Option<Range<usize>>, blocks: &mut Blocks, record: &mut Record<'_>) {
    blocks.leave(&TagEnd::BlockQuote(None));
    record.end_prose_line();
    record.draft.fresh_line();
    record.draft.hole(HoleKind::DirectiveEnd(index as u32));
    record.draft.push("\n");
    let (read_to, end) = (record.prose.len(), end.map(|end| record.in_file(&end)));
    let directive = &mut record.body.directives[index];
    directive.prose.end = read_to;
    directive.end = end;
}

/// Says that nothing ends a block.
fn unclosed(index: usize, record: &mut Record<'_>) {
    let directive = &record.body.directives[index];
    let place = directive.span.start - record.base..directive.name_span.end - record.base;
    let colons = directive.name_span.start - directive.span.start;
    let message = format!("nothing ends this `{}`", directive.name);
    let help = format!("end it with a line `{}`", ":".repeat(colons.min(20)));
    let finding =
        Diagnostic::new(Code::UnclosedDirective, message).at(record.span(&place)).help(help);
    record.diagnostics.push(finding);
}
