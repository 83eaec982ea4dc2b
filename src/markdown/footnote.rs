//! Footnotes: marks in the text, the notes at the end, and the ways back.

use std::collections::HashMap;
use std::ops::Range;

use super::body::{HoleKind, Label};
use super::draft::{Draft, Gap, Sheet, push_quoted};
use super::outline::Ids;
use super::record::Record;
use crate::diag::{Code, Diagnostic};
use crate::text::{escape, slug};

/// The footnotes of a text, in the order of the source.
#[derive(Default, Debug)]
pub(super) struct Notes {
    notes: Vec<Note>,
    calls: Vec<Call>,
    /// The first note of each name.
    named: HashMap<String, usize>,
}

/// One definition.
#[derive(Debug)]
struct Note {
    name: String,
    range: Range<usize>,
    draft: Draft,
}

/// One mark in the text that calls a note.
#[derive(Debug)]
struct Call {
    key: String,
    /// The note in which it stands; none in the text itself.
    within: Option<usize>,
}

/// A definition that no mark calls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Unused {
    pub(super) name: String,
    pub(super) range: Range<usize>,
    /// The definition that the marks of that name call instead.
    pub(super) instead: Option<Range<usize>>,
}

impl Unused {
    /// Says so to the author.
    pub(super) fn finding(&self, record: &Record<'_>) -> Diagnostic {
        let name = &self.name;
        let mark = self.range.start..(self.range.start + name.len() + 4).min(self.range.end);
        match &self.instead {
            None => Diagnostic::new(
                Code::UnusedFootnote,
                format!("nothing refers to the footnote `{name}`"),
            )
            .at(record.span(&mark))
            .help(format!("write `[^{name}]` where it belongs, or take it out")),
            Some(first) => Diagnostic::new(
                Code::UnusedFootnote,
                format!("the footnote `{name}` is defined a second time"),
            )
            .at(record.span(&mark))
            .label(
                record.span(&(first.start..(first.start + name.len() + 4).min(first.end))),
                "references lead to this one",
            )
            .help("give one of them another name"),
        }
    }
}

impl Notes {
    /// Begins a definition and gives its number in the source.
    pub(super) fn open(&mut self, name: &str, range: Range<usize>) -> usize {
        let index = self.notes.len();
        self.named.entry(key(name)).or_insert(index);
        self.notes.push(Note { name: name.to_owned(), range, draft: Draft::default() });
        index
    }

    /// Ends a definition.
    pub(super) fn close(&mut self, index: usize, draft: Draft) {
        if let Some(note) = self.notes.get_mut(index) {
            note.draft = draft;
        }
    }

    /// Notes a mark that calls a note and gives its number in the source.
    pub(super) fn call(&mut self, name: &str, within: Option<usize>) -> usize {
        self.calls.push(Call { key: key(name), within });
        self.calls.len() - 1
    }

    /// The definitions that no mark calls.
    pub(super) fn unused(&self, order: &Order) -> Vec<Unused> {
        let note = |index: usize| {
            let Note { name, range, .. } = &self.notes[index];
            let first = self.named.get(&key(name)).copied().filter(|&first| first != index);
            let instead = first.map(|first| self.notes[first].range.clone());
            Unused { name: name.clone(), range: range.clone(), instead }
        };
        (0..self.notes.len()).filter(|&index| !order.called[index]).map(note).collect()
    }

    /// Puts the notes into the order in which they are called, and gives out their ids.
    ///
    /// The marks of the text come first, then those within the notes they call. Notes that
    /// nobody calls stand at the end, so that no text is lost.
    pub(super) fn order(&self, ids: &mut Ids) -> Order {
        let mut within = vec![Vec::new(); self.notes.len()];
        let mut body = Vec::new();
        for (call, Call { within: note, .. }) in self.calls.iter().enumerate() {
            note.map_or(&mut body, |note| &mut within[note]).push(call);
        }
        let mut order = Order::empty(self.notes.len(), self.calls.len());
        self.take(&body, &mut order);
        self.follow(&within, 0, &mut order);
        order.called = order.taken.clone();
        for index in 0..self.notes.len() {
            let from = order.notes.len();
            order.add(index);
            self.follow(&within, from, &mut order);
        }
        self.name(&mut order, ids);
        order
    }

    /// Takes in what some marks call.
    fn take(&self, calls: &[usize], order: &mut Order) {
        for &call in calls {
            if let Some(&note) = self.named.get(&self.calls[call].key) {
                order.add(note);
                order.calls_of[note].push(call);
            }
        }
    }

    /// Takes in what the notes from `from` on call.
    fn follow(&self, within: &[Vec<usize>], from: usize, order: &mut Order) {
        let mut next = from;
        while let Some(&note) = order.notes.get(next) {
            self.take(&within[note], order);
            next += 1;
        }
    }

    fn name(&self, order: &mut Order, ids: &mut Ids) {
        for (place, &index) in order.notes.iter().enumerate() {
            let name = slug::heading_id(&self.notes[index].name);
            let name = if name.is_empty() { (place + 1).to_string() } else { name };
            order.note_ids[index] = ids.claim(&format!("fn-{name}"));
            for (nth, &call) in order.calls_of[index].iter().enumerate() {
                let id = match nth {
                    0 => format!("fnref-{name}"),
                    nth => format!("fnref-{name}-{}", nth + 1),
                };
                order.marks[call] =
                    Some(Mark { id: ids.claim(&id), note: index, number: place + 1 });
            }
        }
    }

    /// Writes the section of the notes at the end of a text.
    pub(super) fn write(
        self,
        order: &Order,
        heading: &str,
        sheet: &mut Sheet,
        fill: &dyn Fn(Gap, &mut String),
    ) {
        let mut drafts: Vec<_> = self.notes.into_iter().map(|note| Some(note.draft)).collect();
        let mut draft = Draft::default();
        if !sheet.html.is_empty() && !sheet.html.ends_with('\n') {
            draft.push("\n");
        }
        draft.push("<section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"");
        draft.quoted(heading);
        draft.push("\">\n<h2 class=\"footnotes-title\" id=\"");
        draft.quoted(heading);
        draft.push("\">");
        draft.hole(HoleKind::Label(Label::Footnotes));
        draft.push("</h2>\n<ol>\n");
        sheet.append(draft, fill);
        for (&index, number) in order.notes.iter().zip(1..) {
            let mut start = Draft::default();
            start.push("<li id=\"");
            start.quoted(&order.note_ids[index]);
            start.push("\">\n");
            sheet.append(start, fill);
            let mut note = drafts.get_mut(index).and_then(Option::take).unwrap_or_default();
            // The ways back stand in the last paragraph, where there is one.
            let in_paragraph = note.strip_suffix("</p>\n");
            sheet.append(note, fill);
            let mut end = Draft::default();
            for (nth, &call) in order.calls_of[index].iter().enumerate() {
                if in_paragraph || nth > 0 {
                    end.push(" ");
                }
                if let Some(mark) = &order.marks[call] {
                    write_way_back(mark, number, nth, &mut end);
                }
            }
            end.push(if in_paragraph { "</p>\n" } else { "" });
            end.fresh_line();
            end.push("</li>\n");
            sheet.append(end, fill);
        }
        sheet.html.push_str("</ol>\n</section>\n");
    }
}

/// The order of the notes in the output.
#[derive(Debug)]
pub(super) struct Order {
    /// The notes, by their numbers in the source.
    notes: Vec<usize>,
    /// For each note of the source, whether a mark leads to it from the text.
    called: Vec<bool>,
    /// For each note of the source, the marks that call it, in the order of the output.
    calls_of: Vec<Vec<usize>>,
    /// For each note of the source, its id.
    note_ids: Vec<String>,
    /// For each mark of the source, what it shows.
    marks: Vec<Option<Mark>>,
    /// For each note of the source, whether it has its place.
    taken: Vec<bool>,
}

/// What a mark in the text shows, and its id.
#[derive(Clone, Debug)]
struct Mark {
    id: String,
    note: usize,
    number: usize,
}

impl Order {
    /// Tells whether there are no notes.
    pub(super) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    fn empty(notes: usize, calls: usize) -> Self {
        Self {
            notes: Vec::with_capacity(notes),
            called: Vec::new(),
            calls_of: vec![Vec::new(); notes],
            note_ids: vec![String::new(); notes],
            marks: vec![None; calls],
            taken: vec![false; notes],
        }
    }

    fn add(&mut self, note: usize) {
        if !std::mem::replace(&mut self.taken[note], true) {
            self.notes.push(note);
        }
    }

    /// The ids of the marks and the notes, in the order of the output.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        let marks = self.marks.iter().flatten().map(|mark| mark.id.as_str());
        marks.chain(self.notes.iter().map(|&note| self.note_ids[note].as_str()))
    }

    /// Writes a mark of the text.
    pub(super) fn write_mark(&self, call: usize, out: &mut String) {
        let Some(Mark { id, note, number }) = self.marks.get(call).and_then(Option::as_ref) else {
            return;
        };
        out.push_str("<sup class=\"footnote-ref\"><a id=\"");
        push_quoted(out, id);
        out.push_str("\" href=\"#");
        escape::push_href(out, &self.note_ids[*note]);
        out.push_str(&format!("\" role=\"doc-noteref\">{number}</a></sup>"));
    }
}

/// Writes the way back from a note to one of its marks.
fn write_way_back(mark: &Mark, number: usize, nth: usize, draft: &mut Draft) {
    draft.push("<a class=\"footnote-back\" href=\"#");
    draft.href(&mark.id);
    draft.push("\" role=\"doc-backlink\" aria-label=\"");
    draft.hole(HoleKind::Label(Label::BackToText));
    // U+FE0E keeps the arrow from being shown as a picture.
    draft.push(&match nth {
        0 => format!(" {number}\">↩\u{fe0e}</a>"),
        nth => format!(" {number}-{0}\">↩\u{fe0e}<sup>{0}</sup></a>", nth + 1),
    });
}

/// The form in which names of notes are compared: the parser folds their case.
fn key(name: &str) -> String {
    name.to_uppercase().to_lowercase()
}
