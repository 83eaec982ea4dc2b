//! The files of a build: each is made, where it would not come out as it is, and goes to the sink.

use std::collections::{BTreeMap, BTreeSet};

use super::read::largest_first;
use super::request::Request;
use super::seen::{Seen, Sight};
use crate::diag::{Diagnostic, Severity, Span};
use crate::fingerprint::Fingerprint;
use crate::output::{Sink, Written};
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
    let Place { sink, is_as_left, ground, digests, world, changed, seen } = place;
    let site = inputs.site;
    let outputs: Vec<OutputPath> = plan.iter().map(|job| job.path.clone()).collect();
    let mut session = None;
    if !found.iter().any(forbids) {
        let opened = sink.open(&outputs).map_err(|finding| vec![finding])?;
        session = Some(opened.unload(found)).filter(|_| !found.iter().any(forbids));
    }
    if let Some(session) = session.as_mut().filter(|_| is_as_left) {
        session.trust();
    }
    request.progress.begin("rendering", plan.len());
    let leave = |job: &Job| session.as_ref().is_some_and(|session| session.leave(&job.path));
    let make = |job: &Job| {
        let known = seen.files.get(&job.path);
        let page = job.page(site);
        // Where nothing else has changed than other pages, and those show themselves as before,
        // it need not be gathered what the template would see.
        let is_same = |changed: &BTreeSet<PageId>| page.is_none_or(|id| !changed.contains(&id));
        // The sources of a page are its own.
        if matches!(job.what, What::Sources(..))
            && changed.as_ref().is_some_and(is_same)
            && leave(job)
        {
            return Ok(None);
        }
        let offered = offered(site, page.filter(|_| job.has_template()));
        if let Some(known) = known.filter(|known| known.offered == offered)
            && job.has_template()
            && changed.as_ref().is_some_and(is_same)
            && leave(job)
        {
            return Ok(Some(*known));
        }
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
        let rendered = prepared.finish(job, inputs.theme).map_err(|finding| (false, finding))?;
        if let Some(session) = &session {
            session.put(&rendered).map_err(|finding| (true, finding))?;
        }
        Ok(sight)
    };
    let results = largest_first(
        plan,
        |job| weight(job, site),
        |job| {
            let made = make(job);
            request.progress.step();
            made
        },
    );
    let mut now = BTreeMap::new();
    let mut failures: Vec<(bool, Diagnostic)> = Vec::new();
    for (job, result) in plan.iter().zip(results) {
        match result {
            Ok(Some(sight)) => drop(now.insert(job.path.clone(), sight)),
            Ok(None) => {}
            Err(failure) => failures.push(failure),
        }
    }
    if let Some((_, refused)) = failures.iter().find(|(is_disk, _)| *is_disk) {
        return Err(vec![refused.clone()]);
    }
    found.extend(once_each(failures.into_iter().map(|(_, finding)| finding)));
    match session {
        Some(session) if !found.iter().any(forbids) => {
            let closed = session.close().map_err(|finding| vec![finding])?;
            // Somebody else's file in the way keeps a sink from changing anything.
            let is_refused =
                closed.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
            let written = closed.unload(found);
            if !is_refused {
                *seen = Seen { world, files: now };
            }
            Ok(Some(written).filter(|_| !is_refused))
        }
        _ => Ok(None),
    }
}

/// A hash of what is offered to read next, as it is shown.
fn offered(site: &Site, page: Option<PageId>) -> Fingerprint {
    let all = page.map_or(&[][..], |page| site.related.of(page));
    let shown = all.iter().map(|one| (one.page, one.points(), &one.reasons));
    Fingerprint::of(format!("{:?}", shown.collect::<Vec<_>>()).as_bytes())
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
