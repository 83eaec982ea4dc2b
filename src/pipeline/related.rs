//! Finds what is offered to read next, on all cores.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{
    IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator,
};
use rayon::slice::ParallelSlice;

use super::understood::Words;
use crate::config::Config;
use crate::page::Page;
use crate::site::related::{self, Counts, Ground, Scratch, Terms, Text, Vocabulary, suggest};
use crate::site::{PageId, Related, Site};
use crate::text::stem::Stemmer;

/// How many pages or words one core takes at a time.
const PAGES: usize = 256;
const WORDS: usize = 4096;

/// The words of pages, where they are compared.
pub(super) struct Compared {
    terms: Vec<Terms>,
    vocabulary: Vocabulary,
}

/// Finds for each page of a site, by its words too, the pages to go on to.
pub(super) fn relate(site: &Site, words: Option<Compared>, config: &Config) -> Related {
    if config.continue_reading.limit == 0 {
        return Related::default();
    }
    let text = words.map(|Compared { terms, vocabulary }| {
        let common = members(site)
            .par_iter()
            .map(|ids| related::common_terms(ids.iter().map(|id| &terms[id.index()])))
            .collect();
        Text { terms, common, vocabulary }
    });
    let ground = Ground::new(site, config, text);
    let ids: Vec<PageId> = site.pages.ids().collect();
    let suggestions: Vec<Vec<_>> = ids
        .par_chunks(PAGES)
        .map(|ids| {
            let mut scratch = Scratch::new(site.pages.all().len());
            ids.iter().map(|&id| suggest(&ground, id, &mut scratch)).collect()
        })
        .collect();
    Related::new(suggestions.into_iter().flatten().collect())
}

/// Finds what the words of these pages are on a site of no others; nothing where nobody compares
/// them.
pub(super) fn read(pages: &[Arc<Page>], words: Vec<Words>, config: &Config) -> Option<Compared> {
    if config.continue_reading.limit == 0 || !config.continue_reading.reads_text() {
        return None;
    }
    let counts = words
        .par_chunks(PAGES)
        .enumerate()
        .map(|(n, words)| Counts::of(n * PAGES, words))
        .reduce(Counts::default, Counts::merge);
    let entries = counts.entries();
    let own = Stemmer::new(&config.language);
    let others: BTreeSet<&str> =
        pages.iter().filter_map(|page| page.card.language.as_deref()).collect();
    let others: BTreeMap<&str, Stemmer> =
        others.into_iter().map(|tag| (tag, Stemmer::new(tag))).collect();
    let stemmer =
        |page: &Page| page.card.language.as_deref().and_then(|tag| others.get(tag)).unwrap_or(&own);
    let stems = entries
        .par_chunks(WORDS)
        .flat_map_iter(|entries| related::stemmed(entries, pages, stemmer))
        .collect();
    let vocabulary = Vocabulary::new(&entries, stems, pages.len());
    // The words of a page are let go when its terms are known.
    let terms: Vec<Terms> = words
        .into_par_iter()
        .with_min_len(16)
        .map(|words| related::terms(&words, &vocabulary))
        .collect();
    Some(Compared { terms, vocabulary })
}

/// The pages of each section, those of transparent sections in their own alone.
fn members(site: &Site) -> Vec<Vec<PageId>> {
    let mut members = vec![Vec::new(); site.tree.sections().len()];
    for id in site.pages.ids() {
        members[site.tree.section_of(id).index()].push(id);
    }
    members
}
