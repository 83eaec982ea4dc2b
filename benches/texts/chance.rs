//! Numbers that look like chance and are the same on every machine.

/// A stream of numbers for one purpose: SplitMix64, of which a text needs no more than that it
/// is small and mixes well.
pub(crate) struct Chance(u64);

impl Chance {
    /// The stream for the `number`th thing of a kind. Each has its own, so that no page changes
    /// where another is written differently, and all can be written at the same time.
    pub(crate) fn new(seed: u64, kind: &str, number: usize) -> Self {
        let mut state = Self(seed);
        for byte in kind.bytes() {
            state.0 = state.next() ^ u64::from(byte);
        }
        state.0 = state.next() ^ number as u64;
        state.next();
        state
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is above 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A number from `first` to `last`, both among them.
    pub(crate) fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// Whether it happens this time, where it happens in so many of a hundred.
    pub(crate) fn percent(&mut self, of_hundred: usize) -> bool {
        self.below(100) < of_hundred
    }

    /// One of some.
    pub(crate) fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// A number below `end`, the low ones more often: some pages and works are known to all.
    pub(crate) fn known(&mut self, end: usize) -> usize {
        self.below(end).min(self.below(end))
    }
}
