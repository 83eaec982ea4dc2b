//! Where the lines of a text begin and end, found once for all who ask of a byte.

/// The lines of a text.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Lines(Vec<Line>);

/// One line, by bytes of the text.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Line {
    pub(super) start: usize,
    /// Its end, without what ends it.
    pub(super) end: usize,
    /// Where its words begin; its end, where it has none.
    first: usize,
    /// Where its words end.
    last: usize,
}

impl Lines {
    /// Finds the lines.
    pub(super) fn of(text: &str) -> Self {
        let mut all = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let end = start + line.len();
            let first = end - line.trim_start().len();
            let last = (start + line.trim_end().len()).max(first);
            all.push(Line { start, end, first, last });
            start = end + 1;
        }
        Self(all)
    }

    /// The line that a byte stands in.
    pub(super) fn at(&self, at: usize) -> Line {
        let after = self.0.partition_point(|line| line.start <= at);
        self.0[..after].last().copied().unwrap_or_default()
    }
}

impl Line {
    /// Tells whether only white space stands on it before a byte.
    pub(super) fn is_blank_before(&self, at: usize) -> bool {
        at <= self.first
    }

    /// Tells whether only white space stands on it behind a byte.
    pub(super) fn is_blank_after(&self, at: usize) -> bool {
        at >= self.last
    }

    /// Its words, with what follows them.
    pub(super) fn words<'t>(&self, text: &'t str) -> &'t str {
        &text[self.first..self.end]
    }

    /// The white space before its words, or before a byte among it. One that is longer than any
    /// list is deep would grow with each line it is put before.
    pub(super) fn indent<'t>(&self, text: &'t str, at: usize) -> &'t str {
        let indent = &text[self.start..self.first.clamp(self.start, at.max(self.start))];
        if indent.len() > 100 { "" } else { indent }
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn a_byte_knows_its_line() {
        let text = "a\n  b c \n\n\td";
        let lines = Lines::of(text);
        let b = lines.at(4);
        assert_eq!((b.start, b.end, b.words(text), b.indent(text, 4)), (2, 8, "b c ", "  "));
        assert!(b.is_blank_before(4) && !b.is_blank_before(5));
        assert!(b.is_blank_after(7) && !b.is_blank_after(6));
        assert_eq!(lines.at(1).start, 0);
        assert_eq!(lines.at(8), b);
        assert!(lines.at(9).is_blank_before(9) && lines.at(9).is_blank_after(9));
        assert_eq!(lines.at(11).indent(text, 11), "\t");
        assert_eq!(lines.at(99).start, 10);
        assert_eq!(Lines::of("").at(0).end, 0);
    }
}
