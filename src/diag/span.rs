//! A file and a range of its bytes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::path::SourcePath;

/// Some bytes of a source file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: SourcePath,
    /// The bytes, as offsets from the start of the file.
    pub range: Range<usize>,
}

impl Span {
    /// Points at some bytes of a file.
    pub fn new(file: SourcePath, range: Range<usize>) -> Self {
        Self { file, range }
    }

    /// Points at a file as a whole.
    pub fn whole(file: SourcePath) -> Self {
        Self { file, range: 0..0 }
    }
}

/// A line and a column as editors count them, both from one; columns count characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The line, from one.
    pub line: usize,
    /// The character in the line, from one.
    pub column: usize,
}

impl Place {
    /// Finds the line and column of a byte offset; an offset past the end is at the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// Where the lines of a text begin, for many places in one text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Finds the lines of a text.
    pub(super) fn of(text: &str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect() }
    }

    /// Finds the line and column of a byte offset of that text, as [`Place::of`] does.
    pub(super) fn place(&self, text: &str, offset: usize) -> Place {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Place { line, column: text[start..offset].chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Place};

    #[test]
    fn columns_count_characters() {
        let text = "ab\nüx";
        assert_eq!(Place::of(text, 5), Place { line: 2, column: 2 });
        assert_eq!(Place::of(text, 4), Place { line: 2, column: 1 });
        assert_eq!(Place::of(text, 99), Place { line: 2, column: 3 });
        let lines = Lines::of(text);
        for offset in 0..10 {
            assert_eq!(lines.place(text, offset), Place::of(text, offset), "{offset}");
        }
    }
}
