//! One file of a build after the other: left as it is, or made and put.

use std::collections::BTreeSet;

use super::read::{Progress, largest_first};
use super::seen::{Seen, Sight};
use crate::diag::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::output::Session;
use crate::render::{self, Inputs, Job, What};
use crate::search::Piece;
use crate::site::{Destination, PageId, Site};
use crate::theme::Digests;
use crate::view::Works;

/// A file to be made.
#[derive(Clone, Copy)]
pub(super) struct Task<'p> {
    job: &'p Job,
    /// What its template saw in the last build.
    known: Option<Sight>,
    /// A hash of what it offers to read next.
    offered: Fingerprint,
}

impl<'p> Task<'p> {
    pub(super) fn new(site: &Site, job: &'p Job, seen: &Seen) -> Self {
        let offered = match job.page(site).filter(|_| job.has_template()) {
            Some(page) => site.related.print(page),
            None => Fingerprint::of(&[]),
        };
        Self { job, known: seen.files.get(&job.path).copied(), offered }
    }
}

/// Why a file was not made.
pub(super) struct Failure {
    /// Whether the disk refused it. Else its template has a mistake, and other files may have the
    /// same.
    pub(super) is_of_disk: bool,
    pub(super) finding: Diagnostic,
}

/// Makes files.
pub(super) struct Maker<'a> {
    pub(super) inputs: &'a Inputs<'a>,
    /// Where they are put; nowhere where a finding forbids it.
    pub(super) session: Option<&'a dyn Session>,
    /// What all templates see; none where that cannot be told.
    pub(super) ground: Option<Fingerprint>,
    pub(super) digests: Digests,
    /// What an edit can show in, where it is one of pages alone that show themselves as before.
    pub(super) touched: Option<Touched>,
}

/// What an edit of some pages can show in.
pub(super) struct Touched {
    pages: BTreeSet<PageId>,
    /// Pages of the list of references, from one.
    lists: BTreeSet<usize>,
}

impl Touched {
    /// What shows the text of these pages, if all but their sentences is as it was: they themselves,
    /// the pages that their links lead to, and where the works that they cite are listed.
    pub(super) fn by(changed: BTreeSet<PageId>, site: &Site, works: &Works) -> Self {
        let (mut pages, mut lists) = (changed.clone(), BTreeSet::new());
        for id in changed {
            pages.extend(site.links.of(id).iter().filter_map(|to| match to {
                Destination::Page { page, .. } => Some(*page),
                _ => None,
            }));
            let cited = site.cited.sources(id).citations.iter().flatten();
            lists.extend(cited.flatten().filter_map(|&work| works.listed_on(work)));
        }
        Self { pages, lists }
    }

    fn has(&self, job: &Job, site: &Site) -> bool {
        match &job.what {
            What::References(number) => self.lists.contains(number),
            _ => job.page(site).is_some_and(|id| self.pages.contains(&id)),
        }
    }
}

impl Maker<'_> {
    /// Makes these files, on all cores, and gives what the template of each saw.
    pub(super) fn make_all(
        &self,
        tasks: &[Task<'_>],
        progress: &dyn Progress,
    ) -> (Vec<Option<Sight>>, Vec<Failure>) {
        progress.begin("rendering", tasks.len());
        let mut sights: Vec<Option<Sight>> = vec![None; tasks.len()];
        let mut others = Vec::new();
        for (n, task) in tasks.iter().enumerate() {
            match self.left(task) {
                Some(sight) => {
                    sights[n] = sight;
                    progress.step();
                }
                None => others.push((n, task)),
            }
        }
        let size = |(_, task): &(usize, &Task<'_>)| weight(task.job, self.inputs.site);
        let results = largest_first(&others, size, |(_, task)| {
            let made = self.make(task).map_err(Box::new);
            progress.step();
            made
        });
        let mut failures = Vec::new();
        for ((n, _), result) in others.iter().zip(results) {
            match result {
                Ok(sight) => sights[*n] = sight,
                Err(failure) => failures.push(*failure),
            }
        }
        (sights, failures)
    }

    /// What the template of a file saw, if it can be left without a look at what it would see now:
    /// nothing else has changed than what shows in other files.
    fn left(&self, task: &Task<'_>) -> Option<Option<Sight>> {
        let is_other = !self.touched.as_ref()?.has(task.job, self.inputs.site);
        // The sources of a page are its own.
        let known = match task.job.what {
            What::Sources(..) => None,
            _ => Some(self.known(task)?),
        };
        (is_other && self.leave(task.job)).then_some(known)
    }

    /// What the template of a file saw, if it offers the same to read next as then.
    fn known(&self, task: &Task<'_>) -> Option<Sight> {
        let known = task.known.filter(|known| known.offered == task.offered);
        known.filter(|_| task.job.has_template())
    }

    /// Leaves a file as it is; tells whether it is there.
    fn leave(&self, job: &Job) -> bool {
        self.session.is_some_and(|session| session.leave(&job.path))
    }

    /// Makes a file, unless it is there and would come out the same. Gives what its template saw.
    fn make(&self, task: &Task<'_>) -> Result<Option<Sight>, Failure> {
        let Task { job, known, .. } = task;
        if let What::Index(piece) = &job.what {
            let is_same = match piece {
                Piece::Kept => true,
                // Its name tells what is in it.
                Piece::Texts(_) => known.is_some(),
                Piece::Bytes(_) => false,
            };
            if is_same && self.leave(job) {
                return Ok(self.of_index(task));
            }
            // Somebody has taken it since: the next build makes the whole index.
            if matches!(piece, Piece::Kept) {
                return Ok(None);
            }
        }
        let prepared = render::prepare(job, self.inputs);
        let sight = match &job.what {
            What::Index(_) => self.of_index(task),
            _ => self.ground.and_then(|ground| {
                let print = Fingerprint::of_all([&ground, &prepared.fingerprint(&self.digests)?]);
                Some(Sight { print, offered: task.offered })
            }),
        };
        let is_known = sight.zip(*known).is_some_and(|(sight, known)| sight.print == known.print);
        if is_known && self.leave(job) {
            return Ok(sight);
        }
        let failure = |is_of_disk| move |finding| Failure { is_of_disk, finding };
        let rendered = prepared.finish(job, self.inputs.theme).map_err(failure(false))?;
        if let Some(session) = &self.session {
            session.put(&rendered).map_err(failure(true))?;
        }
        Ok(sight)
    }

    /// What stands for the sight of a template in a file of the search index.
    fn of_index(&self, task: &Task<'_>) -> Option<Sight> {
        let print = self.inputs.search?.print;
        Some(Sight { print, offered: task.offered })
    }
}

/// How much work a file is, to begin with the most.
fn weight(job: &Job, site: &Site) -> usize {
    match &job.what {
        What::Page { id, .. } => site.pages.page(*id).texts.html_size(),
        What::Section { id, .. } => site.tree.section(*id).pages.len() * 200 + 4000,
        What::Term { id, .. } => site.taxonomies.term(*id).pages.len() * 200 + 4000,
        What::Atom(_) | What::JsonFeed(_) => 20_000,
        What::References(_) => site.cited.uses().len() * 500,
        What::Sitemap(_) => site.pages.all().len() * 50,
        _ => 0,
    }
}
