//! Finds the places of things by hashes of them.

use std::ops::Range;

/// The places of things in a list that whoever asks has, by hashes of these.
///
/// In a map of the standard library each word would be a text of its own, and to find it would be
/// to reach for that. Here it takes eight bytes, by which nearly all are told apart.
#[derive(Debug)]
pub struct Places {
    /// The upper half of a hash, and behind it a place, counted from one; 0 where there is none.
    slots: Vec<u64>,
    /// How many bits of a hash say where to look first.
    bits: u32,
    count: usize,
}

impl Places {
    /// Makes room for so many things; there may be more.
    pub fn with_capacity(count: usize) -> Self {
        let bits = (count + count / 2).max(16).next_power_of_two().ilog2().min(32);
        Self { slots: vec![0; 1 << bits], bits, count: 0 }
    }

    /// The place of the thing that has this hash and is wanted; where there is none, that behind
    /// all others, for the new thing.
    #[inline]
    pub fn place(&mut self, hash: u64, is_wanted: impl Fn(usize) -> bool) -> usize {
        let upper = hash >> 32;
        let mut at = self.home(upper);
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                break;
            }
            let place = (slot as u32 - 1) as usize;
            if slot >> 32 == upper && is_wanted(place) {
                return place;
            }
            at = self.next(at);
        }
        self.count += 1;
        self.slots[at] = upper << 32 | self.count as u64;
        if self.count > self.slots.len() / 4 * 3 {
            self.grow();
        }
        self.count - 1
    }

    fn grow(&mut self) {
        let slots = std::mem::take(&mut self.slots);
        self.slots = vec![0; slots.len() * 2];
        self.bits += 1;
        for slot in slots.into_iter().filter(|slot| *slot != 0) {
            let mut at = self.home(slot >> 32);
            while self.slots[at] != 0 {
                at = self.next(at);
            }
            self.slots[at] = slot;
        }
    }

    #[inline]
    fn home(&self, upper: u64) -> usize {
        (upper >> (32 - self.bits)) as usize
    }

    #[inline]
    fn next(&self, at: usize) -> usize {
        (at + 1) & (self.slots.len() - 1)
    }
}

/// A hash of a word that stands in a text, made eight bytes at a time; the same on every machine.
/// Of words in letters and figures of ASCII it is as good as never the same, but for capitals.
#[inline]
pub fn hash(text: &str, word: Range<usize>) -> u64 {
    let mut state = word.len() as u64;
    let mut rest = &text.as_bytes()[word.start..];
    let mut left = word.len();
    while left > 8 {
        let Some((eight, behind)) = rest.split_first_chunk() else { break };
        state = scatter(state ^ small(*eight));
        rest = behind;
        left -= 8;
    }
    // What follows the word is read with it, since to take as many bytes as there are takes longer.
    let eight = rest.first_chunk().copied().unwrap_or_else(|| {
        let mut eight = [0; 8];
        eight[..rest.len()].copy_from_slice(rest);
        eight
    });
    let of_word = u64::MAX.checked_shr(64 - 8 * left as u32).unwrap_or_default();
    scatter(state ^ (small(eight) & of_word))
}

/// Letters of ASCII as small ones; figures stay.
#[inline]
fn small(eight: [u8; 8]) -> u64 {
    u64::from_le_bytes(eight) | u64::from_le_bytes([0x20; 8])
}

#[inline]
fn scatter(state: u64) -> u64 {
    let state = (state ^ (state >> 29)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    state ^ (state >> 32)
}

#[cfg(test)]
mod tests {
    use super::{Places, hash};

    fn whole(text: &str) -> u64 {
        hash(text, 0..text.len())
    }

    #[test]
    fn a_thing_is_found_where_it_was_put() {
        let words = (0..5000).map(|n| "massage".repeat(n % 5) + &n.to_string());
        let words: Vec<String> = words.collect();
        // Of a hash that is the same for all, too, and of one whose upper half is.
        let hashes: [fn(&str) -> u64; 3] = [whole, |text| whole(text) >> 33, |_| u64::MAX];
        for hash in hashes {
            let is_poor = hash("a") >> 32 == hash("b") >> 32;
            let words = &words[..if is_poor { 200 } else { words.len() }];
            let mut places = Places::with_capacity(4);
            for round in 0..2 {
                for (n, word) in words.iter().enumerate() {
                    let place = places.place(hash(word), |place| words[place] == *word);
                    assert_eq!(place, n, "{round}");
                }
            }
        }
    }

    #[test]
    fn hashes_tell_words_apart() {
        let words = ["", "0", "a", "b", "ab", "ba", "aaaaaaaa", "aaaaaaaaa", "aaaaaaaab"];
        let mut hashes = words.map(whole);
        hashes.sort_unstable();
        assert!(hashes.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn a_word_has_one_hash_wherever_it_stands_and_in_capitals_too() {
        for length in 0..40 {
            let word = &"Massage4backs".repeat(4)[..length];
            for (before, behind) in [("", "!"), ("a", "é rest of it"), ("é ", "")] {
                let text = format!("{before}{}{behind}", word.to_ascii_uppercase());
                let at = before.len()..before.len() + length;
                assert_eq!(hash(&text, at), whole(word), "{text}");
            }
        }
    }
}
