//! How much each of some words counts in each of some pages, in little room: a site has millions
//! of these.

use super::post::{number, read_number};

/// How much a word counts in a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    /// The number of the word.
    pub(super) word: u32,
    /// The number of the page.
    pub(super) page: u32,
    pub(super) count: u32,
}

/// The counts of some words, each with its pages.
#[derive(Debug)]
pub(super) struct Tally {
    /// Word by word, for each page how far it is behind the one before (the first behind 0), and
    /// the count.
    bytes: Box<[u8]>,
    /// Where the bytes of each word end.
    ends: Box<[u32]>,
}

impl Tally {
    /// Takes counts of so many words, in the order of their pages.
    pub(super) fn new(words: usize, counts: &[Count]) -> Self {
        let mut ends = vec![0; words];
        counts.iter().for_each(|count| ends[count.word as usize] += 1);
        let mut starts = ends.clone();
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        let mut sorted = vec![(0, 0); counts.len()];
        for count in counts {
            let at = &mut starts[count.word as usize];
            sorted[*at as usize] = (count.page, count.count);
            *at += 1;
        }
        let mut bytes = Vec::with_capacity(counts.len() * 2);
        let mut rest = sorted.as_slice();
        for end in &mut ends {
            let (own, others) = rest.split_at(*end as usize);
            let mut last = 0;
            for &(page, count) in own {
                number(&mut bytes, u64::from(page - last));
                number(&mut bytes, u64::from(count));
                last = page;
            }
            rest = others;
            *end = bytes.len() as u32;
        }
        Self { bytes: bytes.into(), ends: ends.into() }
    }

    /// The pages of a word, each with its count.
    pub(super) fn of(&self, word: usize) -> impl Iterator<Item = (u32, u32)> + '_ {
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before]);
        let mut rest = &self.bytes[start as usize..self.ends[word] as usize];
        let mut page = 0;
        std::iter::from_fn(move || {
            page += read_number(&mut rest)? as u32;
            Some((page, read_number(&mut rest)? as u32))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, Tally};

    #[test]
    fn what_is_put_in_comes_back_word_by_word() {
        let all = [
            (2, 0, 1),
            (0, 1, 200),
            (2, 1, 200),
            (2, 127, 2),
            (2, 128, 0),
            (0, 70_000, u32::MAX),
            (3, 70_000, 3),
            (2, u32::MAX, 7),
        ];
        let counts = all.map(|(word, page, count)| Count { word, page, count });
        let tally = Tally::new(5, &counts);
        for word in 0..5 {
            let own = all.into_iter().filter(|count| count.0 == word);
            let own: Vec<(u32, u32)> = own.map(|(_, page, count)| (page, count)).collect();
            assert_eq!(tally.of(word as usize).collect::<Vec<_>>(), own);
        }
        assert_eq!(Tally::new(1, &[]).of(0).count(), 0);
    }
}
