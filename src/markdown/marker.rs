//! Writes what stands for a citation until the site fills it in.

use std::ops::Range;

use super::body::{HoleKind, Label};
use super::record::{Record, Unsettled};
use super::scan::{Fault, Found, What};
use crate::cite::{Citation, Form};
use crate::diag::{Code, Diagnostic};

/// Takes in what was found of citations at its place; gives the number of the citation whose
/// marker is to be written.
pub(super) fn take(found: &Found, in_footnote: bool, record: &mut Record<'_>) -> Option<usize> {
    let space_before = is_behind_space(&found.range, record);
    match &found.what {
        // Written where it stands: it is no citation.
        What::Wikilink(_) | What::DirectiveStart(_) | What::DirectiveEnd | What::Text => None,
        What::Unseen => {
            record.drop_space();
            None
        }
        What::Needed => {
            record.drop_space();
            let range = record.in_file(&found.range);
            record.body.citations_needed.push(range);
            if space_before {
                let length = record.draft.len_before_space();
                record.draft.truncate(length);
            }
            record.draft.push("<sup class=\"citation-needed\">[");
            record.draft.hole(HoleKind::Label(Label::CitationNeeded));
            record.draft.push("]</sup>");
            None
        }
        What::Citation(form, items) => {
            let narrative = *form == Form::Narrative;
            if !narrative {
                record.drop_space();
                // A source is a credit too.
                record.credits.text(&found.written, &found.range);
            }
            let citation = record.body.citations.len();
            let at = record.prose.len();
            record.unsettled.push(Unsettled { citation, at, opens: narrative });
            if narrative && let Some(first) = items.first() {
                record.read(&format!("@{}", first.key.written()), &found.range);
            }
            let mut items = items.clone();
            for item in &mut items {
                item.span = record.in_file(&item.span);
            }
            let span = record.in_file(&found.range);
            let (items, sentence) = (items.into(), Box::default());
            let form = *form;
            let all = Citation { items, form, span, space_before, sentence, in_footnote };
            record.body.citations.push(all);
            Some(citation)
        }
    }
}

/// Writes the hole of a citation, in it what its author wrote.
pub(super) fn write(citation: usize, written: &str, record: &mut Record<'_>) {
    let behind_space = record.body.citations[citation].space_before;
    let start = if behind_space { record.draft.len_before_space() } else { record.draft.len() };
    record.draft.text(written);
    record.draft.hole_from(start, HoleKind::Citation(citation as u32));
}

/// Tells whether the text before something ends with white space.
fn is_behind_space(range: &Range<usize>, record: &Record<'_>) -> bool {
    let before = &record.source[..range.start];
    before.ends_with([' ', '\t', '\n', '\r', '>'])
        && record.draft.len_before_space() < record.draft.len()
}

/// Says to the author what is written wrongly.
pub(super) fn finding(fault: &Fault, record: &Record<'_>) -> Diagnostic {
    Diagnostic::new(Code::CiteSyntax, fault.message).at(record.span(&fault.range)).help(fault.help)
}
