//! Where something of a page as it is stood in the page as it was.

/// How often both texts of a page are searched from their begins. A page of a megabyte may have a
/// hundred thousand faults.
const SEARCHES: usize = 500;

/// How far behind the last place is looked then, in bytes.
const NEAR: usize = 4096;

/// The search for the places of one page, in the order of its text.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Spot {
    /// How many bytes were searched.
    searched: usize,
    /// The last place that was found.
    last: usize,
}

impl Spot {
    /// Where something stands in a text as it was that stands at a byte of it as it is.
    pub(super) fn find(&mut self, old: &str, new: &str, at: usize, snippet: &str) -> usize {
        if snippet.is_empty() {
            return 0;
        }
        let first = snippet.lines().next().unwrap_or(snippet);
        // What stands before a destination tells it from the same letters in the text.
        let marks = ["](", "[[", "=\"", "='", "(<"];
        let before = new.get(..at).unwrap_or("");
        let mark = marks.into_iter().find(|mark| before.ends_with(mark)).unwrap_or("");
        let sought = format!("{mark}{first}");
        if self.searched > SEARCHES * (old.len() + new.len()) {
            let mut end = old.len().min(self.last + NEAR);
            while !old.is_char_boundary(end) {
                end += 1;
            }
            let found = old[self.last..end].find(&sought);
            self.last = found.map_or(self.last, |found| self.last + found + mark.len());
            return self.last;
        }
        self.searched += old.len() + at;
        let count = before.matches(&sought).count();
        let mut all = old.match_indices(&sought).map(|(at, _)| at + mark.len());
        self.last = all.clone().nth(count).or_else(|| all.next()).unwrap_or(0);
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::Spot;

    #[test]
    fn the_same_words_are_told_apart_by_their_number() {
        let (old, new) = ("a [a](a) {x} [a](a)", "a [a](a) [a](a)");
        let mut spot = Spot::default();
        assert_eq!(spot.find(old, new, 6, "a"), 6);
        assert_eq!(spot.find(old, new, 13, "a"), 17);
        assert_eq!(spot.find(old, new, 13, ""), 0);
        assert_eq!(spot.find(old, new, 1, "nowhere"), 0);
    }

    #[test]
    fn of_very_many_each_is_looked_for_near_the_last() {
        let text: String = (0..5000).map(|n| format!("[ä](n{n}) ")).collect();
        let mut spot = Spot::default();
        let mut at = 0;
        for n in 0..5000 {
            let name = format!("n{n}");
            at += text[at..].find(&format!("]({name})")).expect("it is there") + 2;
            assert_eq!(spot.find(&text, &text, at, &name), at, "{n}");
        }
        assert!(spot.searched <= 501 * 2 * text.len());
    }
}
