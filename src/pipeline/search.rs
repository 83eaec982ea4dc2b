//! Makes the search index, on all cores, where it would come out otherwise than it is.

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use super::known::Known;
use super::request::{Indexing, Request};
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::search::{self, Gathered, Index, Ledger, Searched};
use crate::site::{INDEX_ENTRY, INDEX_FOLDER, PageId, Site};

/// What the stage is called.
pub const INDEXING: &str = "indexing";

/// How many pages or words one core takes at a time.
const PAGES: usize = 128;
const WORDS: usize = 4096;

/// The search index of a site; none where it is not searched. Where the files of the last build
/// are there and would come out the same, these are it; so they are where the build is not to
/// wait for others.
pub(super) fn index(
    request: &Request<'_>,
    site: &Site,
    config: &Config,
    known: &mut Known,
    is_as_left: bool,
) -> Option<Index> {
    let settings = known.config().unwrap_or_else(|| Fingerprint::of(&[]));
    let searched = search::searched(site, config, settings)?;
    let entry = OutputPath::new(INDEX_ENTRY).ok()?;
    let files = &known.seen.files;
    let last = files.get(&entry).filter(|_| is_as_left || known.lasts()).map(|sight| sight.print);
    if request.indexing == Indexing::Never {
        return Some(Index::kept([], searched.print));
    }
    if let Some(last) = last
        && (last == searched.print || request.indexing == Indexing::Later)
    {
        let is_of_index =
            |path: &&OutputPath| **path == entry || path.as_str().starts_with(INDEX_FOLDER);
        let files = known.seen.files.keys().filter(is_of_index).cloned();
        return Some(Index { is_behind: last != searched.print, ..Index::kept(files, last) });
    }
    let before = known.index.take(request.root);
    let revised = before.and_then(|before| revised(request, site, config, &searched, &before));
    let ledger = revised.unwrap_or_else(|| anew(request, site, config, &searched));
    let (index, ()) = rayon::join(
        || search::index(site, config, &searched, &ledger),
        || known.leave(request.root, &ledger),
    );
    known.keep_ledger(ledger);
    Some(index)
}

/// The ledger of the last index, with the pages that have changed since; none where it is not of
/// this site any more.
fn revised(
    request: &Request<'_>,
    site: &Site,
    config: &Config,
    searched: &Searched,
    before: &Ledger,
) -> Option<Ledger> {
    let changed = before.changed(searched)?;
    let gathered = gathered(request, site, searched, &changed);
    before.revised(searched, &changed, &gathered, site, config)
}

fn anew(request: &Request<'_>, site: &Site, config: &Config, searched: &Searched) -> Ledger {
    let all: Vec<u32> = (0..).take(searched.pages.len()).collect();
    let gathered = gathered(request, site, searched, &all);
    let count = gathered.len();
    let stems = (0..count.div_ceil(WORDS))
        .into_par_iter()
        .flat_map_iter(|n| {
            let range = n * WORDS..count.min((n + 1) * WORDS);
            search::stems(&gathered, range, searched, site, config)
        })
        .collect();
    Ledger::new(searched, &gathered, &stems)
}

/// Counts the words of these pages.
fn gathered(request: &Request<'_>, site: &Site, searched: &Searched, numbers: &[u32]) -> Gathered {
    request.progress.begin(INDEXING, numbers.len());
    let counted = numbers
        .par_chunks(PAGES)
        .map(|numbers| {
            let pages: Vec<(u32, PageId)> =
                numbers.iter().map(|&number| (number, searched.pages[number as usize])).collect();
            let counted = search::count(site, &pages);
            pages.iter().for_each(|_| request.progress.step());
            counted
        })
        .collect();
    Gathered::new(counted)
}
