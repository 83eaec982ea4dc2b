//! Cuts the list of words into files, and weighs what stands in them.

use super::count::{Length, Word};
use super::gather::{Gathered, Stems};
use super::post::{Posted, post};
use crate::fingerprint::Fingerprint;

/// A file is ended at a word whose hash says so once it has so many bytes, and at any word once
/// it has so many more: so an edit changes the files of its words and moves no other border.
const SMALL: usize = 12 << 10;
const LARGE: usize = 36 << 10;
const ONE_IN: u8 = 32;

/// The figure of the heaviest use.
const HEAVIEST: u64 = 31;

/// The standing of a page that many lead to.
const STANDINGS: u64 = 12;

/// A file of words.
#[derive(Debug)]
pub(super) struct Shard {
    /// Its first word.
    pub(super) first: String,
    pub(super) bytes: Vec<u8>,
}

/// The words of all texts, and those of the titles.
pub(super) fn shards(gathered: &Gathered, stems: &Stems) -> (Vec<Shard>, Vec<Shard>) {
    let usual = usual(&gathered.pages);
    let (mut texts, mut titles) = (Cutter::default(), Cutter::default());
    for (entry, stem) in gathered.words.iter().zip(stems) {
        texts.add(&Posted {
            word: &entry.word,
            stem,
            uses: weighed(entry, &gathered.pages, usual),
        });
        if !entry.titles.is_empty() {
            let length = |page: u32| gathered.pages[page as usize].title.clamp(1, HEAVIEST as u32);
            let uses = entry.titles.iter().map(|&page| (page, length(page))).collect();
            titles.add(&Posted { word: &entry.word, stem, uses });
        }
    }
    (texts.finish(), titles.finish())
}

/// The usual length of a page, so roughly that no single edit changes it: every figure of every
/// file hangs on it.
fn usual(pages: &[Length]) -> u64 {
    let sum: u64 = pages.iter().map(|page| u64::from(page.words)).sum();
    let mean = sum / (pages.len() as u64).max(1);
    let keep = mean.checked_ilog2().unwrap_or_default().saturating_sub(2);
    (mean >> keep << keep).max(1)
}

/// Weighs each use of a word by BM25F (Robertson and Zaragoza, "The Probabilistic Relevance
/// Framework: BM25 and Beyond", 2009, 3.6), where b is the same in all fields: what a word counts
/// in a page is the weighted sum of its places there, so is the length of the page. The factor
/// for rare words is left to whoever asks, who knows how many pages have each.
///
/// k1 is 1.2 and b 0.75, as is usual. With whole numbers, so that all machines agree:
/// tf·(k1+1) / (tf + k1·(1-b+b·length/usual)), of which (k1+1) is the most. A page that others lead to
/// is more likely the one that is looked for: its figure is up to half as large again.
fn weighed(entry: &Word, pages: &[Length], usual: u64) -> Vec<(u32, u32)> {
    let standing = |page: u32| {
        let doubled = (pages[page as usize].backlinks + 1).ilog2();
        STANDINGS - 4 + u64::from(doubled).min(4)
    };
    let uses = entry.uses.iter();
    uses.map(|&(page, count)| {
        let length = u64::from(pages[page as usize].words);
        let count = u64::from(count) * 20 * usual;
        let whole = (count + 24 * (usual + 3 * length) / 4) * STANDINGS;
        let figure = (HEAVIEST * count * standing(page) + whole / 2) / whole;
        (page, figure.clamp(1, HEAVIEST) as u32)
    })
    .collect()
}

#[derive(Default)]
struct Cutter {
    done: Vec<Shard>,
    open: Option<Shard>,
    last: String,
}

impl Cutter {
    fn add(&mut self, posted: &Posted<'_>) {
        if let Some(open) = &self.open {
            let size = open.bytes.len();
            let print = || Fingerprint::of(posted.word.as_bytes());
            let is_border = || print().as_bytes()[0].is_multiple_of(ONE_IN);
            if size >= LARGE || size >= SMALL && is_border() {
                self.done.extend(self.open.take());
                self.last.clear();
            }
        }
        let open = self.open.get_or_insert_with(|| Shard {
            first: posted.word.to_owned(),
            bytes: Vec::with_capacity(LARGE),
        });
        post(&mut open.bytes, &self.last, posted);
        self.last.clear();
        self.last.push_str(posted.word);
    }

    fn finish(mut self) -> Vec<Shard> {
        self.done.extend(self.open);
        self.done
    }
}
