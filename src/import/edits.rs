//! Changes to a text, collected in any order and made at once.

use std::ops::Range;

/// Changes to a text.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts a text in the place of another.
    pub(super) fn replace(&mut self, range: Range<usize>, new: impl Into<String>) {
        self.0.push((range, new.into()));
    }

    /// Puts in a text.
    pub(super) fn insert(&mut self, at: usize, new: impl Into<String>) {
        self.0.push((at..at, new.into()));
    }

    /// Makes the changes. One that begins within an earlier one is swallowed by it.
    pub(super) fn apply(mut self, text: &str) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        // What is put in at one place keeps its order, before what is replaced from there.
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(text.len() + 64);
        let mut from = 0;
        for (range, new) in &self.0 {
            if range.start < from {
                continue;
            }
            out.push_str(&text[from..range.start]);
            out.push_str(new);
            from = range.end;
        }
        out.push_str(&text[from..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Edits;

    #[test]
    fn changes_are_made_in_the_order_of_the_text() {
        let mut edits = Edits::default();
        edits.replace(2..3, "C");
        edits.insert(2, "<");
        edits.insert(2, "!");
        edits.replace(0..2, "");
        edits.replace(2..3, "lost");
        assert_eq!(edits.apply("abcd"), "<!Cd");
    }
}
