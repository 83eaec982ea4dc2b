//! The files of a build: each is made, where it would not come out as it is, and goes to the sink.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::read::largest_first;
use super::request::Request;
use super::seen::{Seen, Sight};
use crate::diag::{Diagnostic, Severity, Span};
use crate::fingerprint::Fingerprint;
use crate::output::{Heap, Sink, Written};
use crate::path::OutputPath;
use crate::render::{self, Inputs, Job, Plan, What};
use crate::search::Piece;
use crate::site::{PageId, Site};
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
    /// The pages that have changed, where the world is as it was.
    pub(super) changed: Option<BTreeSet<PageId>>,
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
    let Place { sink, is_as_left, ground, digests, world, changed, seen, heap } = place;
    let site = inputs.site;
    let outputs: Vec<OutputPath> = plan.iter().map(|job| job.path.clone()).collect();
    let is_forbidden = found.iter().any(forbids);
    let open = || match is_forbidden {
        true => Ok(None),
        false => sink.open(&outputs).map(Some),
    };
    // What has changed is seen while the place is looked at.
    let compare = || {
        let jobs = plan.par_iter();
        let jobs = jobs.map(|job| (job, seen.files.get(&job.path).copied(), offered(site, job)));
        jobs.collect::<Vec<_>>()
    };
    let (opened, jobs) = rayon::join(open, compare);
    let session = opened.map_err(|finding| vec![finding])?.map(|opened| opened.unload(found));
    let mut session = session.filter(|_| !found.iter().any(forbids));
    if let Some(session) = session.as_mut().filter(|_| is_as_left) {
        session.trust();
    }
    request.progress.begin("rendering", plan.len());
    let leave = |job: &Job| session.as_ref().is_some_and(|session| session.leave(&job.path));
    // Where nothing else has changed than other pages, and those show themselves as before, it
    // need not be gathered what the template would see.
    let is_same = |job: &Job| {
        let changed = changed.as_ref();
        changed.is_some_and(|changed| job.page(site).is_none_or(|id| !changed.contains(&id)))
    };
    let left = |job: &Job, known: Option<Sight>, offered: Fingerprint| {
        // The sources of a page are its own.
        if matches!(job.what, What::Sources(..)) {
            return (is_same(job) && leave(job)).then_some(None);
        }
        let known = known.filter(|known| job.has_template() && known.offered == offered)?;
        (is_same(job) && leave(job)).then_some(Some(known))
    };
    let mut sights: Vec<Option<Sight>> = vec![None; jobs.len()];
    let mut others = Vec::new();
    for (n, &(job, known, offered)) in jobs.iter().enumerate() {
        match left(job, known, offered) {
            Some(sight) => {
                sights[n] = sight;
                request.progress.step();
            }
            None => others.push((n, job, known, offered)),
        }
    }
    let make = |job: &Job, known: Option<Sight>, offered: Fingerprint| {
        if let What::Index(piece) = &job.what {
            let sight = inputs.search.map(|index| Sight { print: index.print, offered });
            let is_same = match piece {
                Piece::Kept => true,
                // Its name tells what is in it.
                Piece::Texts(_) => known.is_some(),
                Piece::Bytes(_) => false,
            };
            if is_same && leave(job) {
                return Ok(sight);
            }
            // Somebody has taken it since: the next build makes the whole index.
            if matches!(piece, Piece::Kept) {
                return Ok(None);
            }
        }
        let prepared = render::prepare(job, inputs);
        let sight = match &job.what {
            What::Index(_) => inputs.search.map(|index| Sight { print: index.print, offered }),
            _ => ground.and_then(|ground| {
                let print = Fingerprint::of_all([&ground, &prepared.fingerprint(&digests)?]);
                Some(Sight { print, offered })
            }),
        };
        let is_known = sight.zip(known).is_some_and(|(sight, known)| sight.print == known.print);
        if is_known && leave(job) {
            return Ok(sight);
        }
        let rendered =
            prepared.finish(job, inputs.theme).map_err(|finding| Box::new((false, finding)))?;
        if let Some(session) = &session {
            session.put(&rendered).map_err(|finding| Box::new((true, finding)))?;
        }
        Ok(sight)
    };
    let results = largest_first(
        &others,
        |(_, job, ..)| weight(job, site),
        |&(_, job, known, offered)| {
            let made = make(job, known, offered);
            request.progress.step();
            made
        },
    );
    let mut failures: Vec<Box<(bool, Diagnostic)>> = Vec::new();
    for ((n, ..), result) in others.iter().zip(results) {
        match result {
            Ok(sight) => sights[*n] = sight,
            Err(failure) => failures.push(failure),
        }
    }
    if let Some(refused) = failures.iter().find(|failure| failure.0) {
        return Err(vec![refused.1.clone()]);
    }
    found.extend(once_each(failures.into_iter().map(|failure| failure.1)));
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

/// A hash of what a file offers to read next.
fn offered(site: &Site, job: &Job) -> Fingerprint {
    match job.page(site).filter(|_| job.has_template()) {
        Some(page) => site.related.print(page),
        None => Fingerprint::of(&[]),
    }
}

/// How much work a file is, to begin with the most.
fn weight(job: &Job, site: &Site) -> usize {
    match &job.what {
        render::What::Page { id, .. } => site.pages.page(*id).texts.html_size(),
        render::What::Section { id, .. } => site.tree.section(*id).pages.len() * 200 + 4000,
        render::What::Term { id, .. } => site.taxonomies.term(*id).pages.len() * 200 + 4000,
        render::What::Atom(_) | render::What::JsonFeed(_) => 20_000,
        render::What::References(_) => site.cited.uses().len() * 500,
        render::What::Sitemap(_) => site.pages.all().len() * 50,
        _ => 0,
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
