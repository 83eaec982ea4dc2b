//! Where the front matter of a file ends and its body begins.

use std::ops::Range;

/// The two parts of a page's file, as bytes of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Split {
    /// What stands at the head of the file.
    pub(super) head: Head,
    /// The body: never a part of the front matter, whatever is wrong with it.
    pub(super) body: Range<usize>,
}

/// What stands at the head of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Head {
    /// Nothing: the file is body from its first line.
    None,
    /// TOML between `+++` lines.
    Toml(Range<usize>),
    /// A `+++` line that no second one closes.
    Unclosed(Range<usize>),
    /// YAML between `---` lines.
    Yaml(Range<usize>),
}

/// The bytes of a file behind its front matter.
pub fn body(text: &str) -> Range<usize> {
    split(text).body
}

/// Splits a file, or what stands in it before its body; a byte-order mark and blank lines before the first line are passed over.
pub(super) fn split(text: &str) -> Split {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Lines { text, at: mark };
    let first = lines.find(|(_, line)| !line.trim().is_empty());
    let all_body = mark..text.len();
    let Some((opening, line)) = first else {
        return Split { head: Head::None, body: all_body };
    };
    match line.trim_end() {
        "+++" => match closing(&mut lines, &["+++"]) {
            Some((inside, body)) => Split { head: Head::Toml(inside), body: body..text.len() },
            None => Split {
                head: Head::Unclosed(opening.start..opening.start + 3),
                body: text.len()..text.len(),
            },
        },
        "---" if looks_like_yaml(&text[opening.end..]) => {
            // Without its end all is taken for YAML: better an error than keys printed as text.
            let body = closing(&mut lines, &["---", "..."]).map_or(text.len(), |(_, body)| body);
            let head = Head::Yaml(opening.start..opening.start + 3);
            Split { head, body: body..text.len() }
        }
        _ => Split { head: Head::None, body: all_body },
    }
}

/// The bytes of the TOML at the head of a file, if there is any.
pub fn toml_at(text: &str) -> Option<Range<usize>> {
    match split(text).head {
        Head::Toml(range) => Some(range),
        Head::None | Head::Unclosed(_) | Head::Yaml(_) => None,
    }
}

/// Goes on to the closing line; gives the bytes before it and where the body begins.
fn closing(lines: &mut Lines<'_>, closers: &[&str]) -> Option<(Range<usize>, usize)> {
    let start = lines.at;
    for (range, line) in lines.by_ref() {
        if closers.contains(&line.trim_end()) {
            return Some((start..range.start, range.end));
        }
    }
    None
}

/// Tells a YAML block from a thematic break: its first line of text is a key or a comment.
fn looks_like_yaml(rest: &str) -> bool {
    let Some(line) = rest.lines().map(str::trim_end).find(|line| !line.is_empty()) else {
        return false;
    };
    let key: String =
        line.chars().take_while(|c| c.is_alphanumeric() || "_-\"'".contains(*c)).collect();
    let after = &line[key.len()..];
    (!key.is_empty() && !key.starts_with("---") && after.trim_start().starts_with(':'))
        || line.starts_with("# ")
}

/// The lines of a text with their bytes, line endings included in the range.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (Range<usize>, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let length = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        let range = self.at..self.at + length;
        self.at = range.end;
        Some((range, &rest[..length]))
    }
}

#[cfg(test)]
mod tests {
    use super::{Head, split};

    fn parts(text: &str) -> (&str, &str) {
        let split = split(text);
        // Front matter is read the same where the text behind it is not at hand.
        let alone = super::split(&text[..split.body.start]);
        assert_eq!((alone.head, alone.body.start), (split.head.clone(), split.body.start));
        let head = match split.head {
            Head::Toml(range) => &text[range],
            Head::Yaml(_) => "yaml",
            Head::Unclosed(_) => "unclosed",
            Head::None => "none",
        };
        (head, &text[split.body])
    }

    #[test]
    fn front_matter_is_found_behind_marks_and_blank_lines() {
        assert_eq!(parts("+++\na = 1\n+++\nb\n"), ("a = 1\n", "b\n"));
        assert_eq!(parts("\u{feff}+++\na = 1\n+++\nb"), ("a = 1\n", "b"));
        assert_eq!(parts("\n \r\n+++\r\na = 1\r\n+++\r\nb"), ("a = 1\r\n", "b"));
        assert_eq!(parts("+++\n+++"), ("", ""));
    }

    #[test]
    fn a_file_may_have_none() {
        assert_eq!(parts("b\n+++\n"), ("none", "b\n+++\n"));
        assert_eq!(parts(""), ("none", ""));
        assert_eq!(parts("\u{feff}"), ("none", ""));
    }

    #[test]
    fn an_unclosed_block_is_never_text() {
        assert_eq!(parts("+++\na = 1\nb\n"), ("unclosed", ""));
    }

    #[test]
    fn yaml_is_told_from_a_thematic_break() {
        assert_eq!(parts("---\ntitle: x\n---\nb"), ("yaml", "b"));
        assert_eq!(parts("---\nfoo\n---\nbar\n---\n").0, "none");
        assert_eq!(parts("---\n---\n").0, "none");
        assert_eq!(parts("---\ntitle: x\n\nmore"), ("yaml", ""));
    }
}
