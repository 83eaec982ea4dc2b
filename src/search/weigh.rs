//! What a word weighs in a page.

use super::count::Length;

/// The figure of the heaviest use.
pub(super) const HEAVIEST: u32 = 31;

/// The standing of a page that many lead to.
const STANDINGS: u64 = 12;

/// The usual length of a page, so roughly that hardly an edit changes it: every figure of every
/// file hangs on it.
pub(super) fn usual(pages: &[Length]) -> u64 {
    let sum: u64 = pages.iter().map(|page| u64::from(page.words)).sum();
    let mean = sum / (pages.len() as u64).max(1);
    let keep = mean.checked_ilog2().unwrap_or_default().saturating_sub(2);
    (mean >> keep << keep).max(1)
}

/// Weighs a word that counts so much in a page by BM25F (Robertson and Zaragoza, "The
/// Probabilistic Relevance Framework: BM25 and Beyond", 2009, 3.6), where b is the same in all
/// fields: what a word counts in a page is the weighted sum of its places there, so is the length
/// of the page. The factor for rare words is left to whoever asks, who knows how many pages have
/// each.
///
/// k1 is 1.2 and b 0.75, as is usual. With whole numbers, so that all machines agree:
/// tf·(k1+1) / (tf + k1·(1-b+b·length/usual)), of which (k1+1) is the most. A page that others lead
/// to is more likely the one that is looked for: its figure is up to half as large again.
pub(super) fn weigh(count: u32, page: &Length, usual: u64) -> u32 {
    let standing = STANDINGS - 4 + u64::from(page.standing);
    let count = u64::from(count) * 20 * usual;
    let whole = (count + 24 * (usual + 3 * u64::from(page.words)) / 4) * STANDINGS;
    let figure = (u64::from(HEAVIEST) * count * standing + whole / 2) / whole;
    figure.clamp(1, HEAVIEST.into()) as u32
}
