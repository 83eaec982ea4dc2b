//! What is gathered while a text is read: the HTML so far, and all that others want to know.

use std::ops::Range;

use super::body::{Body, HoleKind, Hooked, Link, LinkKind, Target};
use super::credit::Credits;
use super::draft::{Draft, Gap};
use super::formulas::Formulas;
use super::link::classify;
use super::options::Options;
use super::outline::Wish;
use crate::diag::{Diagnostic, Span};
use crate::path::SourcePath;
use crate::text::sentence::{self, Passage};

/// The most characters of the sentence of a citation.
const LONGEST_SENTENCE: usize = 300;

/// The most characters of the sentence of a link.
const LONGEST_CONTEXT: usize = 240;

/// A citation whose sentence is not at its end.
#[derive(Debug)]
pub(super) struct Unsettled {
    /// Its number.
    pub(super) citation: usize,
    /// Where in the prose it stands.
    pub(super) at: usize,
    /// Whether it may be the first word of its sentence.
    pub(super) opens: bool,
}

/// What is gathered while a text is read. Ranges are offsets in the text until the end.
pub(super) struct Record<'a> {
    /// The text, as its author wrote it.
    pub(super) source: &'a str,
    /// How it is read and written.
    pub(super) options: &'a Options,
    /// The HTML being written.
    pub(super) draft: Draft,
    /// The prose so far.
    pub(super) prose: String,
    /// The rest of the result.
    pub(super) body: Body,
    /// For each link where its text stands in the prose.
    words: Vec<Range<usize>>,
    /// The id that each heading asks for.
    pub(super) wishes: Vec<Wish>,
    /// The plain text of what is open.
    pub(super) captures: Captures,
    /// The credit lines under figures.
    pub(super) credits: Credits,
    /// The citations whose sentence is not at its end.
    pub(super) unsettled: Vec<Unsettled>,
    /// The elements that are open and that components write.
    pub(super) hooks: Vec<usize>,
    /// Where in the prose the block begins that is being read.
    block: usize,
    /// The formulas so far.
    pub(super) formulas: Formulas,
    /// What was noticed.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Where the text begins in its file.
    pub(super) base: usize,
    file: &'a SourcePath,
}

impl<'a> Record<'a> {
    /// An empty record of a text that begins at the offset `base` of its file.
    pub(super) fn new(
        source: &'a str,
        base: usize,
        file: &'a SourcePath,
        options: &'a Options,
    ) -> Self {
        Self {
            source,
            options,
            // HTML is a little longer than its Markdown.
            draft: Draft::with_capacity(source.len() + source.len() / 4),
            prose: String::with_capacity(source.len()),
            body: Body::default(),
            words: Vec::new(),
            wishes: Vec::new(),
            captures: Captures::default(),
            credits: Credits::default(),
            unsettled: Vec::new(),
            hooks: Vec::new(),
            formulas: Formulas::default(),
            block: 0,
            diagnostics: Vec::new(),
            file,
            base,
        }
    }

    /// Places a range of the text in its file.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file.clone(), self.in_file(range))
    }

    /// The offset in the file of a range of the text.
    pub(super) fn in_file(&self, range: &Range<usize>) -> Range<usize> {
        self.base + range.start..self.base + range.end
    }

    /// Takes in text that a reader reads.
    pub(super) fn read(&mut self, text: &str, range: &Range<usize>) {
        let prose = &mut self.prose;
        let starts = prose.is_empty() || prose.ends_with(['\n', ' ']);
        prose.push_str(if starts { text.trim_start_matches(' ') } else { text });
        self.captures.push(text);
        self.credits.text(text, range);
    }

    /// Ends a line of the prose.
    pub(super) fn end_prose_line(&mut self) {
        self.settle();
        let prose = &mut self.prose;
        prose.truncate(prose.trim_end_matches(' ').len());
        if !prose.is_empty() && !prose.ends_with('\n') {
            prose.push('\n');
        }
        self.block = self.prose.len();
    }

    /// Drops the white space before something that is not read.
    pub(super) fn drop_space(&mut self) {
        let prose = &mut self.prose;
        if prose.len() > self.block && prose.ends_with(' ') {
            prose.pop();
        }
        self.captures.drop_space();
    }

    /// Finds the sentences of the citations in what was read since the last call: a block, or
    /// the cell of a table.
    pub(super) fn settle(&mut self) {
        let from = std::mem::replace(&mut self.block, self.prose.len());
        if self.unsettled.is_empty() {
            return;
        }
        let text = &self.prose[from..];
        let ends = sentence::ends(text);
        for Unsettled { citation, at, opens } in self.unsettled.drain(..) {
            let at = at.saturating_sub(from);
            self.body.citations[citation].sentence =
                sentence::around(text, &ends, at, opens, LONGEST_SENTENCE).into();
        }
    }

    /// Notes a link; its text is set when it is known.
    pub(super) fn link(&mut self, kind: LinkKind, written: String, range: &Range<usize>) -> usize {
        self.push(Link {
            kind,
            target: classify(&written),
            written: written.into(),
            text: Box::default(),
            lacks_alt: false,
            span: self.in_file(range),
            context: None,
        })
    }

    /// Adds a link whose text begins here, if it has any; gives its number.
    pub(super) fn push(&mut self, link: Link) -> usize {
        self.body.links.push(link);
        self.words.push(self.prose.len()..self.prose.len());
        self.body.links.len() - 1
    }

    /// The text of a link ends here, which began to be captured at `capture`.
    pub(super) fn end_link(&mut self, index: usize, capture: usize) {
        self.body.links[index].text = self.captures.close(capture).into();
        self.words[index].end = self.prose.len();
    }

    /// Finds for each link to a page what its sentence says.
    pub(super) fn place_links(&mut self) {
        for (link, words) in self.body.links.iter_mut().zip(&self.words) {
            if link.kind.leads() && link.target != Target::External {
                link.context = context(&self.prose, words.clone());
            }
        }
    }

    /// Appends text to the HTML.
    pub(super) fn write_text(&mut self, text: &str) {
        if self.options.is_extended() {
            self.draft.text(text);
        } else {
            self.draft.quoted(text);
        }
    }

    /// An element begins that a component writes: what follows stands in it.
    pub(super) fn begin_hook(&mut self, hooked: Hooked) {
        let index = self.body.hooked.len();
        self.body.hooked.push(hooked);
        self.hooks.push(index);
        self.draft.hole(HoleKind::HookStart(index as u32));
    }

    /// The innermost of them ends.
    pub(super) fn end_hook(&mut self) {
        if let Some(index) = self.hooks.pop() {
            self.draft.hole(HoleKind::HookEnd(index as u32));
        }
    }

    /// Leaves a gap in the HTML.
    pub(super) fn gap(&mut self, gap: Gap) {
        self.draft.gap(gap);
    }
}

/// What the sentence says that has these bytes of the prose; none where they are no words.
fn context(prose: &str, range: Range<usize>) -> Option<Passage> {
    let text = prose.get(range.start..range.end.min(prose.len()))?;
    let words = text.trim();
    if words.is_empty() {
        return None;
    }
    // White space at its ends is no part of what is marked.
    let start = range.start + (text.len() - text.trim_start().len());
    let end = start + words.len();
    // A block of the text is a line of its prose; no sentence goes on in the next.
    let from = prose[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let to = prose[end..].find('\n').map_or(prose.len(), |newline| end + newline);
    Some(sentence::passage(&prose[from..to], start - from..end - from, LONGEST_CONTEXT))
}

/// The plain text of the headings, links and images that are open, one within the other.
#[derive(Default, Debug)]
pub(super) struct Captures {
    text: String,
    open: usize,
    /// Where the last one begins.
    from: usize,
}

impl Captures {
    /// Begins to capture; the result is for [`Captures::close`].
    pub(super) fn open(&mut self) -> usize {
        self.open += 1;
        self.from = self.text.len();
        self.text.len()
    }

    /// Ends what began at `start`, and gives its text, white space at its ends taken off.
    pub(super) fn close(&mut self, start: usize) -> String {
        let text = self.text.get(start..).unwrap_or_default().trim().to_owned();
        self.abandon();
        text
    }

    /// The text since `start`, exactly.
    pub(super) fn copy(&self, start: usize) -> String {
        self.text.get(start..).unwrap_or_default().to_owned()
    }

    /// Ends what has begun and forgets its text.
    pub(super) fn abandon(&mut self) {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.text.clear();
            self.from = 0;
        }
    }

    /// Drops the white space before something that is not captured.
    fn drop_space(&mut self) {
        if self.text.len() > self.from && self.text.ends_with(' ') {
            self.text.pop();
        }
    }

    /// Takes in text, while anything is open.
    pub(super) fn push(&mut self, text: &str) {
        if self.open > 0 {
            self.text.push_str(text);
        }
    }
}
