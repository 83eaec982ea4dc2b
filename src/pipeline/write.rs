//! The files of a build: each is made, where it would not come out as it is, and goes to the sink.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::make::{Maker, Task, Touched};
use super::request::Request;
use super::seen::Seen;
use crate::diag::{Diagnostic, Severity, Span};
use crate::fingerprint::Fingerprint;
use crate::output::{Heap, Sink, Written};
use crate::path::OutputPath;
use crate::render::{Inputs, Plan};
use crate::theme::Digests;

/// Where the files go, and what is known of those that are there.
pub(super) struct Place<'a> {
    pub(super) sink: &'a dyn Sink,
    pub(super) is_as_left: bool,
    /// What all templates see; none where that cannot be told.
    pub(super) ground: Option<Fingerprint>,
    pub(super) digests: Digests,
    /// What pages and lists show of each other, on that ground.
    pub(super) world: Option<Fingerprint>,
    /// What has changed, where the world is as it was.
    pub(super) touched: Option<Touched>,
    /// What the templates saw of the files that are there.
    pub(super) seen: &'a mut Seen,
    /// Where the texts of pages lie, if it is on the disk.
    pub(super) heap: Option<Arc<Heap>>,
}

/// Makes every file of the plan and hands it to the sink, unless a finding forbids it. A file
/// whose template would see the same as before is left as it is.
pub(super) fn write(
    request: &Request<'_>,
    inputs: &Inputs<'_>,
    plan: &Plan,
    place: Place<'_>,
    found: &mut Vec<Diagnostic>,
) -> Result<Option<Written>, Vec<Diagnostic>> {
    let levels = &inputs.config.levels;
    let forbids = |diagnostic: &Diagnostic| {
        levels.of(diagnostic).is_some_and(|severity| severity.forbids(request.strict))
    };
    let Place { sink, is_as_left, ground, digests, world, touched, seen, heap } = place;
    let outputs: Vec<OutputPath> = plan.iter().map(|job| job.path.clone()).collect();
    let is_forbidden = found.iter().any(forbids);
    let open = || match is_forbidden {
        true => Ok(None),
        false if is_as_left => sink.open_as_left(&outputs).map(Some),
        false => sink.open(&outputs).map(Some),
    };
    // What has changed is seen while the place is looked at.
    let compare = || {
        let task = |job| Task::new(inputs.site, job, seen);
        plan.par_iter().map(task).collect::<Vec<_>>()
    };
    let (opened, tasks) = rayon::join(open, compare);
    let session = opened.map_err(|finding| vec![finding])?.map(|opened| opened.unload(found));
    let session = session.filter(|_| !found.iter().any(forbids));
    let maker = Maker { inputs, session: session.as_deref(), ground, digests, touched };
    let (sights, failures) = maker.make_all(&tasks, request.progress);
    if let Some(refused) = failures.iter().find(|failure| failure.is_of_disk) {
        return Err(vec![refused.finding.clone()]);
    }
    found.extend(once_each(failures.into_iter().map(|failure| failure.finding)));
    let is_whole = heap.is_none_or(|heap| heap.is_whole());
    match session {
        Some(session) if is_whole && !found.iter().any(forbids) => {
            let closed = session.close().map_err(|finding| vec![finding])?;
            // Somebody else's file in the way keeps a sink from changing anything.
            let is_refused =
                closed.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
            let written = closed.unload(found);
            if !is_refused {
                let files = outputs.into_iter().zip(sights);
                let files = files.filter_map(|(path, sight)| Some((path, sight?))).collect();
                *seen = Seen { world, files };
            }
            Ok(Some(written).filter(|_| !is_refused))
        }
        _ => Ok(None),
    }
}

/// A mistake in a template stops every page that uses it; it is shown once, at the first,
/// with the number of the others.
fn once_each(findings: impl Iterator<Item = Diagnostic>) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
    for finding in findings {
        let place = |span: &Span| (span.file.to_string(), span.range.start);
        let about = if finding.span.is_some() { String::new() } else { finding.message.clone() };
        let key = (finding.code, finding.span.as_ref().map(place), about);
        match seen.get(&key) {
            Some(&at) => kept[at].1 += 1,
            None => {
                seen.insert(key, kept.len());
                kept.push((finding, 0));
            }
        }
    }
    kept.into_iter()
        .map(|(mut finding, others)| {
            if others > 0 {
                let pages = if others == 1 { "page" } else { "pages" };
                finding.message.push_str(&format!(" (and in {others} more {pages})"));
            }
            finding
        })
        .collect()
}
