//! One pass over the events of a text, writing its HTML.

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, RefDefs, Tag, TagEnd};

use super::block::Blocks;
use super::body::Parsed;
use super::citing::Citing;
use super::code::Block;
use super::directive::Directives;
use super::draft::{Draft, Gap};
use super::finish::finish;
use super::footnote::Notes;
use super::heading::{Headings, Own};
use super::inline::Inline;
use super::link;
use super::math::{self, Place};
use super::named;
use super::paint::Painter;
use super::quote;
use super::raw::{Raw, Snippet};
use super::record::Record;
use super::scan::What;
use super::table::Table;
use crate::diag::Outcome;

/// The state of the pass.
pub(super) struct Lowering<'a, 'p, 'h> {
    record: Record<'a>,
    inline: Inline,
    headings: Headings,
    blocks: Blocks,
    citing: Citing,
    directives: Directives,
    raw: Raw,
    notes: Notes,
    painter: &'p mut Painter<'h>,
    /// The block of raw HTML that is open.
    html: Option<Snippet>,
    /// The code block that is open.
    code: Option<Block>,
    /// The footnotes that are open, each with the draft it interrupts.
    within: Vec<(usize, Draft)>,
    table: Table,
    /// Whether the label of a task's checkbox is open.
    task: bool,
    /// Whether the paragraph that is open is a formula and nothing else.
    formula: bool,
}

impl<'a, 'p, 'h> Lowering<'a, 'p, 'h> {
    /// A pass that has not begun.
    pub(super) fn new(record: Record<'a>, painter: &'p mut Painter<'h>) -> Self {
        let blocks = Blocks::new(record.source, record.options.is_extended());
        Self {
            record,
            blocks,
            inline: Inline::default(),
            headings: Headings::default(),
            citing: Citing::default(),
            directives: Directives::default(),
            raw: Raw::default(),
            notes: Notes::default(),
            painter,
            html: None,
            code: None,
            within: Vec::new(),
            table: Table::default(),
            task: false,
            formula: false,
        }
    }

    /// Takes in the definitions, which are no events.
    pub(super) fn define(&mut self, definitions: &RefDefs<'_>) {
        let Record { source, base, .. } = self.record;
        self.record.body.definitions = link::definitions(definitions, source, base);
    }

    /// Takes what was found in the text before.
    pub(super) fn take(&mut self, citing: Citing, directives: Directives) {
        self.citing = citing;
        self.directives = directives;
    }

    /// Reads the events of the text, and gives what became of it.
    pub(super) fn run<'t>(
        mut self,
        events: impl Iterator<Item = (Event<'t>, Range<usize>)>,
    ) -> Outcome<Parsed> {
        let mut events = events.peekable();
        while let Some((event, range)) = events.next() {
            match self.citing.restore(event, &range, self.record.source) {
                Event::Rule if self.directives.line(range.start).is_some() => {
                    self.fence(range.start);
                    self.end_label();
                }
                Event::Start(Tag::Heading { .. })
                    if self.directives.line(range.start).is_some() =>
                {
                    self.fence(range.start);
                }
                Event::End(TagEnd::Heading(_)) if self.directives.label_end().is_some() => {
                    self.end_label();
                }
                Event::Start(tag) => self.start(tag, range, &mut events),
                Event::End(tag) => self.end(tag, &range),
                Event::Text(text) if self.directives.is_past_label(&range) => {
                    // What stands behind the label is masked but for the bracket.
                    let kept = range.start..self.directives.label_end().unwrap_or(range.end);
                    let text = &text[..text.len() - (range.end - kept.end).min(text.len())];
                    if !kept.is_empty() {
                        self.leaf(Event::Text(text.into()), kept);
                    }
                }
                Event::Text(text) => {
                    match self.blocks.behind(&text, &range, events.peek(), &self.record) {
                        Some((kept, mark)) => self.marked_text(&text[..kept], range.start, &mark),
                        None => self.leaf(Event::Text(text), range),
                    }
                }
                event => self.leaf(event, range),
            }
        }
        self.directives.text_ends(&mut self.blocks, &mut self.record);
        let Self { record, notes, citing, directives, blocks, inline, .. } = self;
        finish(record, notes, &citing, &directives, &inline.equations, &blocks.into_names())
    }

    /// The last text of a block, without the mark behind it.
    fn marked_text(&mut self, text: &str, start: usize, mark: &Range<usize>) {
        if text.is_empty() {
            let end = self.record.draft.len_before_space();
            self.record.draft.truncate(end);
        } else {
            self.leaf(Event::Text(text.into()), start..start + text.len());
        }
        self.inline.pass(mark);
        self.blocks.name_text(mark, &mut self.record);
    }

    /// An event without content of its own.
    fn leaf(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(text) | Event::Html(text) if self.html.is_some() => {
                if let Some(html) = &mut self.html {
                    html.push(&text, range, self.record.source);
                }
            }
            Event::Text(text) if self.code.is_some() => {
                if let Some(code) = &mut self.code {
                    code.push(&text);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.inline.html(&html, range, &mut self.raw, &mut self.record);
            }
            Event::FootnoteReference(name) => {
                if !self.inline.is_image_open() {
                    let call = self.notes.call(&name, self.within.last().map(|&(note, _)| note));
                    self.record.gap(Gap::NoteMark(call));
                }
                self.inline.pass(&range);
            }
            Event::Rule => {
                self.block();
                self.blocks.rule();
                self.record.draft.push("<hr />\n");
            }
            Event::TaskListMarker(done) => {
                // The text of the item is the name of its checkbox.
                self.record.draft.push("<label><input type=\"checkbox\" disabled=\"\"");
                self.record.draft.push(if done { " checked=\"\" /> " } else { " /> " });
                self.task = true;
            }
            Event::DisplayMath(tex) if self.formula => {
                let equations = &mut self.inline.equations;
                math::write(&tex, Place::Alone, &range, equations, &mut self.record);
            }
            Event::Text(text) => self.text(text, &range),
            Event::SoftBreak | Event::HardBreak if self.citing.holds(&range) => {}
            event => self.inline.leaf(event, &range, &mut self.record),
        }
    }

    /// The line of a directive that begins at a byte.
    fn fence(&mut self, start: usize) {
        self.close_task();
        self.record.credits.other_block();
        let Self { directives, inline, blocks, record, .. } = self;
        directives.line_begins(start, inline, blocks, record);
    }

    /// The label of a directive ends, or there was none.
    fn end_label(&mut self) {
        let in_footnote = !self.within.is_empty();
        let Self { directives, inline, blocks, record, .. } = self;
        directives.label_ends(in_footnote, inline, blocks, record);
    }

    /// Text, with what there is of citations in it.
    fn text(&mut self, text: CowStr<'_>, range: &Range<usize>) {
        let found = self.citing.within(range);
        if found.is_empty() {
            return self.inline.leaf(Event::Text(text), range, &mut self.record);
        }
        let in_footnote = !self.within.is_empty();
        let mut from = range.start;
        for found in found {
            self.inline.text(&text, range.start, from..found.range.start, &mut self.record);
            if range.contains(&found.range.start) {
                match &found.what {
                    What::Wikilink(wikilink) if self.inline.may_link() => {
                        let (inline, record) = (&mut self.inline, &mut self.record);
                        named::write(wikilink, &found.range, inline, record);
                        inline.pass(&found.range);
                    }
                    What::DirectiveStart(call) => {
                        self.directives.begins(call, &found.range, &mut self.record);
                        self.inline.pass(&found.range);
                    }
                    What::DirectiveEnd => {
                        self.directives.ends(&found.range, &mut self.record);
                        self.inline.pass(&found.range);
                    }
                    _ => self.inline.cite(found, in_footnote, &mut self.record),
                }
            }
            from = found.range.end;
        }
        self.inline.text(&text, range.start, from..range.end, &mut self.record);
    }

    fn start<'t>(
        &mut self,
        tag: Tag<'t>,
        range: Range<usize>,
        events: &mut Peekable<impl Iterator<Item = (Event<'t>, Range<usize>)>>,
    ) {
        self.directives.element_begins(&tag);
        match tag {
            Tag::Paragraph => {
                let next = events.peek();
                if let Some(mark) = self.blocks.below(&range, next, self.record.source) {
                    events.nth(1);
                    return self.blocks.name_last(&mark, &mut self.record);
                }
                self.formula = next.is_some_and(|(event, formula)| {
                    matches!(event, Event::DisplayMath(_)) && self.is_all(&range, formula)
                });
                self.open_paragraph();
            }
            Tag::Heading { level, id, classes, attrs } => {
                self.block();
                self.blocks.enter_taken();
                self.raw.abandon_heading(&mut self.record);
                let own = Own::new(id, classes, attrs);
                self.headings.open(level, own, range.clone(), &mut self.record);
                self.inline.enter(range.start);
            }
            Tag::BlockQuote(kind) => self.open_quote(kind),
            Tag::CodeBlock(kind) => {
                self.block();
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info.as_ref(),
                    CodeBlockKind::Indented => "",
                };
                self.code = Some(Block::new(info, range));
                if self.record.options.hooks.code {
                    self.blocks.enter_taken();
                }
            }
            Tag::HtmlBlock => {
                self.block();
                self.blocks.enter_taken();
                self.html = Some(Snippet::default());
            }
            Tag::List(start) => self.open_list(start),
            Tag::Item => {
                self.block();
                let is_task = matches!(events.peek(), Some((Event::TaskListMarker(_), _)));
                self.record.draft.push(if is_task {
                    "<li class=\"task-list-item\">"
                } else {
                    "<li>"
                });
                self.blocks.text_follows(self.record.draft.len());
            }
            Tag::FootnoteDefinition(name) => {
                self.close_task();
                self.blocks.enter_note();
                let note = self.notes.open(&name, range);
                self.within.push((note, std::mem::take(&mut self.record.draft)));
            }
            Tag::DefinitionList => self.open("<dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>"),
            Tag::DefinitionListDefinition => {
                self.open("<dd>");
                self.blocks.text_follows(self.record.draft.len());
            }
            Tag::Table(alignments) => {
                self.block();
                self.table = Table::open(alignments, &mut self.record);
            }
            Tag::TableHead => self.table.open_head(&mut self.record),
            Tag::TableRow => self.table.open_row(&mut self.record),
            Tag::TableCell => self.table.open_cell(&mut self.record),
            Tag::MetadataBlock(_) => {}
            tag => self.inline.open(tag, range, &mut self.record),
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        self.directives.element_ends(&tag, &mut self.blocks, &mut self.record);
        self.blocks.leave(&tag);
        match tag {
            TagEnd::Paragraph => self.close_paragraph(),
            TagEnd::Heading(level) => {
                let read_to = self.inline.read_to();
                self.headings.close(level, range, read_to, &mut self.record);
                self.end_line();
            }
            TagEnd::BlockQuote(kind) => {
                self.close_task();
                quote::close(kind, &mut self.record);
                self.end_line();
            }
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.raw.write(&html, &mut self.record);
                    self.end_line();
                }
            }
            TagEnd::List(true) => self.close("</ol>\n"),
            TagEnd::List(false) => self.close("</ul>\n"),
            TagEnd::Item => self.close("</li>\n"),
            TagEnd::FootnoteDefinition => {
                self.close_task();
                self.end_line();
                if let Some((note, outer)) = self.within.pop() {
                    let draft = std::mem::replace(&mut self.record.draft, outer);
                    self.notes.close(note, draft);
                }
            }
            TagEnd::DefinitionList => self.close("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close("</dd>\n"),
            TagEnd::Table => self.close(self.table.end()),
            TagEnd::TableHead => self.close("</tr>\n</thead>\n"),
            TagEnd::TableRow => self.close("</tr>\n"),
            TagEnd::TableCell => self.table.close_cell(&mut self.record),
            TagEnd::MetadataBlock(_) => {}
            tag => self.inline.close(tag, range, &mut self.record),
        }
    }

    /// Tells whether a formula is all there is in a paragraph.
    fn is_all(&self, paragraph: &Range<usize>, formula: &Range<usize>) -> bool {
        let rest = self.record.source.get(formula.end..paragraph.end);
        paragraph.start == formula.start && rest.is_some_and(|rest| rest.trim().is_empty())
    }

    /// A block begins: on a line of its own, and not within the label of a task.
    fn block(&mut self) {
        self.close_task();
        self.record.credits.other_block();
        self.record.draft.fresh_line();
        self.blocks.enter(self.record.draft.len());
        self.record.end_prose_line();
    }

    fn open(&mut self, html: &str) {
        self.block();
        self.record.draft.push(html);
    }

    fn close(&mut self, html: &str) {
        self.close_task();
        self.record.draft.push(html);
        self.end_line();
    }

    fn close_task(&mut self) {
        if std::mem::take(&mut self.task) {
            self.record.draft.push("</label>");
        }
    }

    fn end_line(&mut self) {
        self.record.end_prose_line();
    }

    fn open_paragraph(&mut self) {
        self.close_task();
        self.record.draft.fresh_line();
        self.record.end_prose_line();
        self.record.credits.open_paragraph();
        self.blocks.enter(self.record.draft.len());
        if !self.formula {
            self.record.draft.push("<p>");
            self.blocks.text_follows(self.record.draft.len());
        }
    }

    fn close_paragraph(&mut self) {
        self.record.credits.close_paragraph(self.record.source);
        let formula = std::mem::take(&mut self.formula);
        self.close_task();
        self.record.draft.push(if formula { "" } else { "</p>\n" });
        self.end_line();
    }

    fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.block();
        if quote::open(kind, &mut self.record) {
            self.blocks.enter_taken();
        }
    }

    fn open_list(&mut self, start: Option<u64>) {
        self.record.credits.list();
        match start {
            None => self.open("<ul>\n"),
            Some(1) => self.open("<ol>\n"),
            Some(start) => self.open(&format!("<ol start=\"{start}\">\n")),
        }
    }

    fn close_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        if self.record.options.is_extended() {
            code.write(self.painter, &mut self.record);
        } else {
            code.write_plain(&mut self.record);
        }
    }
}
