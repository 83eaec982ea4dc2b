//! Words in the order in which they were met, each once, in little room.

use crate::text::places::Places;

/// A word of a site.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// The word, folded.
    pub(super) word: &'a str,
    /// As it is written, where folding took more away than its case.
    pub(super) written: Option<&'a str>,
    /// The number of the first page that has it, whose language it is of.
    pub(super) page: u32,
}

/// Some words.
#[derive(Default, Debug)]
pub(super) struct Words {
    /// All of them, one behind the other.
    text: String,
    /// Where each ends, and the number of the first page that has it.
    ends: Vec<(u32, u32)>,
    /// The numbers of those that are written otherwise, in order, and how.
    written: Vec<(u32, Box<str>)>,
}

impl Words {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A word by its number, folded.
    #[inline]
    pub(super) fn text(&self, word: usize) -> &str {
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before].0);
        &self.text[start as usize..self.ends[word].0 as usize]
    }

    /// A word by its number.
    pub(super) fn word(&self, word: usize) -> Word<'_> {
        let written = self.written.binary_search_by_key(&(word as u32), |(word, _)| *word).ok();
        Word {
            word: self.text(word),
            written: written.map(|at| &*self.written[at].1),
            page: self.ends[word].1,
        }
    }

    /// The number of a word, which is kept where it is new.
    pub(super) fn number(&mut self, places: &mut Places, hash: u64, word: Word<'_>) -> usize {
        let Word { word, written, page } = word;
        let number = places.place(hash, |number| self.text(number) == word);
        if number == self.ends.len() {
            self.text.push_str(word);
            self.ends.push((self.text.len() as u32, page));
            self.written.extend(written.map(|written| (number as u32, written.into())));
        }
        number
    }

    /// Gives back the room that no word has taken.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.written.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::{Word, Words};
    use crate::text::places::Places;

    #[test]
    fn a_word_is_kept_once_as_its_first_page_has_it() {
        let (mut words, mut places) = (Words::default(), Places::with_capacity(1));
        let met = [("tea", None, 3), ("the", Some("thé"), 3), ("tea", Some("téa"), 4)];
        let numbers = met.map(|(word, written, page)| {
            words.number(&mut places, word.len() as u64, Word { word, written, page })
        });
        assert_eq!((numbers, words.len()), ([0, 1, 0], 2));
        let shown = [0, 1].map(|number| words.word(number));
        let shown = shown.map(|Word { word, written, page }| (word, written, page));
        assert_eq!(shown, [met[0], met[1]]);
    }
}
