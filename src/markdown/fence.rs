//! The words behind the fence of a code block: ` ```rust,linenos,hl_lines=3 8-9 `.

use std::ops::RangeInclusive;

/// What the words behind a fence ask for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Fence<'a> {
    /// The language, as written; empty where none is named.
    pub(super) language: &'a str,
    /// Whether the lines are numbered, where the fence says.
    pub(super) line_numbers: Option<bool>,
    /// The number of the first line.
    pub(super) first_line: usize,
    /// The lines to mark, counted from one whatever the first is numbered.
    pub(super) marked: Vec<RangeInclusive<usize>>,
    /// The lines to leave out.
    pub(super) hidden: Vec<RangeInclusive<usize>>,
    /// The name of the file.
    pub(super) name: Option<&'a str>,
}

/// Reads the words behind a fence. Words that it does not know are for other tools (rustdoc's
/// `no_run`, mdBook's `editable`) and mean nothing here.
pub(super) fn parse(info: &str) -> Fence<'_> {
    let mut parts = info.split(',').map(str::trim);
    let mut words = parts.next().unwrap_or_default().split_whitespace().peekable();
    // A first word with `=` is no language but an annotation: ` ```linenos=true `.
    let language = words.next_if(|word| !word.contains('=')).unwrap_or_default();
    let mut fence = Fence { language, first_line: 1, ..Fence::default() };
    for annotation in words.chain(parts) {
        let (key, value) = match annotation.split_once('=') {
            Some((key, value)) => (key.trim(), Some(value.trim())),
            None => (annotation, None),
        };
        match (key, value) {
            ("linenos", value) => fence.line_numbers = Some(value != Some("false")),
            ("linenostart", Some(value)) => fence.first_line = value.parse().unwrap_or(1),
            ("hl_lines", Some(value)) => fence.marked = lines(value),
            ("hide_lines", Some(value)) => fence.hidden = lines(value),
            ("name", Some(value)) => fence.name = Some(value.trim_matches('"')),
            _ => {}
        }
    }
    fence
}

/// Reads `3 8-9` into ranges of lines.
fn lines(value: &str) -> Vec<RangeInclusive<usize>> {
    let range = |word: &str| {
        let (from, to) = word.split_once('-').unwrap_or((word, word));
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        Some(if from <= to { from..=to } else { to..=from })
    };
    value.trim_matches('"').split_whitespace().filter_map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::{Fence, parse};

    #[test]
    fn annotations_follow_the_language() {
        let fence =
            parse("rust,linenos,hl_lines=3 9-8,linenostart=5,name=src/main.rs,hide_lines=1,no_run");
        let want = Fence {
            language: "rust",
            line_numbers: Some(true),
            first_line: 5,
            marked: vec![3..=3, 8..=9],
            hidden: vec![1..=1],
            name: Some("src/main.rs"),
        };
        assert_eq!(fence, want);
    }

    #[test]
    fn odd_annotations_mean_nothing() {
        let fence = parse("c++ title=\"x\",linenostart=x,hl_lines=a-b 2-,linenos=false");
        assert_eq!(fence.language, "c++");
        assert_eq!(fence.first_line, 1);
        assert_eq!(fence.line_numbers, Some(false));
        assert!(fence.marked.is_empty());
        assert_eq!(parse("linenos=true").language, "");
        assert_eq!(parse("").language, "");
    }
}
