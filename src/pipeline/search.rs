//! Makes the search index, on all cores, where it would come out otherwise than it is.

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use super::known::Known;
use super::request::{Indexing, Request};
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::search::{self, Gathered, Index, Searched};
use crate::site::{INDEX_ENTRY, INDEX_FOLDER, Site};

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
    known: &Known,
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
    Some(anew(request, site, config, &searched))
}

fn anew(request: &Request<'_>, site: &Site, config: &Config, searched: &Searched) -> Index {
    request.progress.begin(INDEXING, searched.pages.len());
    let counted = searched
        .pages
        .par_chunks(PAGES)
        .enumerate()
        .map(|(n, pages)| {
            let counted = search::count(site, pages, n * PAGES);
            pages.iter().for_each(|_| request.progress.step());
            counted
        })
        .collect();
    let gathered = Gathered::new(counted);
    let count = gathered.len();
    let stems = (0..count.div_ceil(WORDS))
        .into_par_iter()
        .flat_map_iter(|n| {
            let range = n * WORDS..count.min((n + 1) * WORDS);
            search::stems(&gathered, range, site, config)
        })
        .collect();
    search::index(site, config, searched, &gathered, &stems)
}
