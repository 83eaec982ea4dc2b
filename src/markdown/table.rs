//! Writes tables.

use pulldown_cmark::Alignment;

use super::body::{HoleKind, Label};
use super::record::Record;

/// The table that is open; tables do not nest.
#[derive(Default, Debug)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_body: bool,
    /// Whether the head has a cell that is the heading of nothing: then the others have to say
    /// of what they are.
    has_corner: bool,
    /// Where the content of the cell begins in the draft.
    cell: usize,
}

impl Table {
    /// Writes the start of a table.
    pub(super) fn open(alignments: Vec<Alignment>, record: &mut Record<'_>) -> Self {
        // A table can be scrolled, so a keyboard must be able to reach it, and what has the
        // focus needs a name. A group is no landmark: many may have the same.
        let start = "<div class=\"table-wrap\" role=\"group\" tabindex=\"0\" aria-label=\"";
        record.draft.push(start);
        record.draft.hole(HoleKind::Label(Label::Table));
        record.draft.push("\">\n<table>\n");
        Self { alignments, ..Self::default() }
    }

    /// The end of a table.
    pub(super) fn end(&self) -> &'static str {
        if self.in_body { "</tbody>\n</table>\n</div>\n" } else { "</table>\n</div>\n" }
    }

    /// Writes the start of the head.
    pub(super) fn open_head(&mut self, record: &mut Record<'_>) {
        self.column = 0;
        record.draft.push("<thead>\n<tr>\n");
    }

    /// Writes the start of a row, and of the body before the first.
    pub(super) fn open_row(&mut self, record: &mut Record<'_>) {
        self.column = 0;
        let body = if self.in_body { "" } else { "<tbody>\n" };
        self.in_body = true;
        record.draft.push(body);
        record.draft.push("<tr>\n");
    }

    /// Writes the start of a cell.
    pub(super) fn open_cell(&mut self, record: &mut Record<'_>) {
        let alignment = self.alignments.get(self.column);
        self.column += 1;
        self.cell = record.draft.len();
        record.draft.push(match (self.in_body, self.has_corner) {
            (true, _) => "<td",
            (false, true) => "<th scope=\"col\"",
            (false, false) => "<th",
        });
        record.draft.push(match alignment {
            Some(Alignment::Left) => " style=\"text-align: left\">",
            Some(Alignment::Center) => " style=\"text-align: center\">",
            Some(Alignment::Right) => " style=\"text-align: right\">",
            _ => ">",
        });
    }

    /// Writes the end of a cell.
    pub(super) fn close_cell(&mut self, record: &mut Record<'_>) {
        record.settle();
        let draft = &mut record.draft;
        if self.in_body {
            draft.push("</td>\n");
        } else if draft.ends_with_tag(self.cell) {
            // A corner with nothing in it is the heading of nothing.
            draft.truncate(self.cell);
            draft.push("<td></td>\n");
            self.has_corner = true;
        } else {
            draft.push("</th>\n");
        }
        record.read(" ", &(0..0));
    }
}
