//! Writes quotes and alerts.

use pulldown_cmark::BlockQuoteKind;

use super::body::{HoleKind, Hooked, Label};
use super::record::Record;

/// Writes the start of a quote; tells whether a component writes its tags.
pub(super) fn open(kind: Option<BlockQuoteKind>, record: &mut Record<'_>) -> bool {
    let (class, label) = match kind {
        None => ("", None),
        Some(BlockQuoteKind::Note) => ("note", Some(Label::Note)),
        Some(BlockQuoteKind::Tip) => ("tip", Some(Label::Tip)),
        Some(BlockQuoteKind::Important) => ("important", Some(Label::Important)),
        Some(BlockQuoteKind::Warning) => ("warning", Some(Label::Warning)),
        Some(BlockQuoteKind::Caution) => ("caution", Some(Label::Caution)),
    };
    if record.options.hooks.quote {
        record.begin_hook(Hooked::Quote(label));
        return true;
    }
    let Some(label) = label else {
        record.draft.push("<blockquote>\n");
        return false;
    };
    record.draft.push(&format!("<div class=\"alert alert-{class}\" role=\"note\">\n"));
    record.draft.push("<p class=\"alert-title\">");
    record.draft.hole(HoleKind::Label(label));
    record.draft.push("</p>\n");
    false
}

/// Writes the end of a quote.
pub(super) fn close(kind: Option<BlockQuoteKind>, record: &mut Record<'_>) {
    if record.options.hooks.quote {
        record.end_hook();
        return record.draft.push("\n");
    }
    record.draft.push(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" });
}
