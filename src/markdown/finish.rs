//! Puts together what was read of a text: ids, footnotes, findings.

use super::body::Parsed;
use super::citing::Citing;
use super::directive::fault::Fault;
use super::directive::{Directives, report};
use super::draft::{Gap, Sheet};
use super::footnote::Notes;
use super::heading;
use super::marker;
use super::math::{self, Equations};
use super::outline::{self, Ids};
use super::record::Record;
use super::texts::Texts;
use super::wikilink;
use crate::diag::{Code, Diagnostic, Outcome};
use crate::text::escape;

/// Fills the gaps of a text that has been read to its end.
pub(super) fn finish(
    mut record: Record<'_>,
    notes: Notes,
    citing: &Citing,
    directives: &Directives,
    equations: &Equations,
    block_ids: &[String],
) -> Outcome<Parsed> {
    record.place_links();
    for torn in &citing.torn {
        record.diagnostics.push(wikilink::torn(record.span(torn)));
    }
    for fault in &citing.faults {
        record.diagnostics.push(marker::finding(fault, &record));
    }
    for torn in &citing.torn_directives {
        let help = "end within the brackets what begins in them";
        let fault = Fault::syntax(torn.clone(), "markup tears the words of this directive", help);
        report(&fault, &mut record);
    }
    math::settle(equations, &mut record);
    let formulas = std::mem::take(&mut record.formulas).finish();
    let mut ids = Ids::default();
    for anchor in &record.body.anchors {
        ids.take(anchor);
    }
    let clashes = outline::assign(&mut record.body.headings, &record.wishes, &mut ids);
    for clash in clashes {
        let message = format!("two headings ask for the id `{}`", clash.id);
        let finding = Diagnostic::new(Code::DuplicateHeadingId, message)
            .at(record.span(&clash.later))
            .label(record.span(&clash.first), "the first is here")
            .help("give one of them another id");
        record.diagnostics.push(finding);
    }
    for (index, wanted) in directives.anchored(&record) {
        let id = ids.claim(&wanted);
        record.body.anchors.push(id.clone());
        record.body.directives[index].id = Some(id);
    }
    let order = notes.order(&mut ids);
    for unused in notes.unused(&order) {
        let finding = unused.finding(&record);
        record.diagnostics.push(finding);
    }
    record.body.anchors.extend(order.ids().map(str::to_owned));

    let heading_ids: Vec<_> = record
        .body
        .headings
        .iter()
        .map(|heading| heading.id.as_deref().unwrap_or_default())
        .collect();
    let fill = |gap: Gap, out: &mut String| match gap {
        Gap::HeadingId(index) => heading::write_id(heading_ids[index], out),
        Gap::BlockId(index) => heading::write_id(&block_ids[index], out),
        Gap::HeadingHref(index) => escape::push_href(out, heading_ids[index]),
        Gap::NoteMark(call) => order.write_mark(call, out),
        Gap::Formula(number) => {
            let found = formulas.iter().find(|&&(other, _)| other == number);
            out.push_str(found.map_or("", |(_, mathml)| mathml));
        }
        Gap::Hole(_) => {}
    };
    let mut sheet = Sheet::default();
    sheet.append(record.draft, &fill);
    if !order.is_empty() {
        let heading = ids.claim("footnotes");
        notes.write(&order, &heading, &mut sheet, &fill);
        record.body.anchors.push(heading);
    }
    let credits = record.credits.into_found();
    let base = record.base;
    let mut body = record.body;
    body.empty_credits
        .extend(credits.into_iter().map(|place| base + place.start..base + place.end));
    body.empty_credits.sort_by_key(|place| place.start);
    body.holes = sheet.holes;
    // The pages of a site are held all at once: what was taken to write in is given back.
    body.holes.shrink_to_fit();
    body.links.shrink_to_fit();
    body.headings.shrink_to_fit();
    body.citations.shrink_to_fit();
    let texts = Texts { html: sheet.html, prose: record.prose };
    Outcome::new(Parsed { texts, body }, record.diagnostics)
}
