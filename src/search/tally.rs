//! How much a word counts in each of some pages, in little room: a site has millions of these.

use super::post::{number, read_number};

/// Numbers of pages in their order, each with a count.
#[derive(Default, Debug)]
pub(super) struct Tally {
    /// For each how far its page is behind the one before (the first behind 0), and its count.
    bytes: Vec<u8>,
    last: u32,
}

impl Tally {
    /// Adds a page behind all others.
    pub(super) fn add(&mut self, page: u32, count: u32) {
        number(&mut self.bytes, u64::from(page - self.last));
        number(&mut self.bytes, u64::from(count));
        self.last = page;
    }

    /// Adds all of another, whose pages are behind these.
    pub(super) fn append(&mut self, other: &Self) {
        let mut rest = other.bytes.as_slice();
        let Some(first) = read_number(&mut rest) else { return };
        number(&mut self.bytes, first - u64::from(self.last));
        self.bytes.extend_from_slice(rest);
        self.last = other.last;
    }

    /// The pages and their counts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let mut rest = self.bytes.as_slice();
        let mut page = 0;
        std::iter::from_fn(move || {
            page += read_number(&mut rest)? as u32;
            Some((page, read_number(&mut rest)? as u32))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn what_is_added_comes_back() {
        let all = [(0, 1), (1, 200), (127, 2), (128, 0), (70_000, u32::MAX), (u32::MAX, 7)];
        for cut in 0..=all.len() {
            let [mut first, mut second] = [Tally::default(), Tally::default()];
            all[..cut].iter().for_each(|&(page, count)| first.add(page, count));
            all[cut..].iter().for_each(|&(page, count)| second.add(page, count));
            first.append(&second);
            assert_eq!(first.iter().collect::<Vec<_>>(), all);
        }
        assert_eq!(Tally::default().iter().count(), 0);
    }
}
