//! What a move is about to do, as it is written down before the first file moves.

use crate::fingerprint::Fingerprint;
use crate::path::join;

const FIRST_LINE: &str = "ibid move 1";
const LAST_LINE: &str = "end";

/// All that a move does.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Journal {
    /// The folders that it makes, from the outermost.
    pub(super) folders: Vec<String>,
    /// The files that it moves or changes; the number of each is that of its texts.
    pub(super) entries: Vec<Entry>,
}

/// A file that moves or changes; the paths are those of the site's root.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    pub(super) old: String,
    pub(super) new: String,
    /// Its text as it was and as it is to be, where that changes.
    pub(super) texts: Option<(Fingerprint, Fingerprint)>,
}

impl Journal {
    /// The journal as a file. No path holds the end of a line: none that is scanned does.
    pub(super) fn to_text(&self) -> String {
        let mut out = format!("{FIRST_LINE}\n");
        for folder in &self.folders {
            out.push_str(&format!("folder {folder}\n"));
        }
        for Entry { old, new, texts } in &self.entries {
            match texts {
                None => out.push_str("file\n"),
                Some((before, after)) => out.push_str(&format!("text {before} {after}\n")),
            }
            out.push_str(&format!("from {old}\nto {new}\n"));
        }
        out.push_str(LAST_LINE);
        out.push('\n');
        out
    }

    /// Reads a journal; none where its writer was cut off, or where it is none of ibid's.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let lines = text.strip_suffix('\n')?.strip_suffix(LAST_LINE)?.strip_suffix('\n')?;
        let mut lines = lines.lines();
        if lines.next() != Some(FIRST_LINE) {
            return None;
        }
        let mut journal = Self::default();
        while let Some(line) = lines.next() {
            if let Some(folder) = line.strip_prefix("folder ") {
                journal.folders.push(inside(folder)?);
                continue;
            }
            let texts = match line.strip_prefix("text ") {
                Some(prints) => {
                    let (before, after) = prints.split_once(' ')?;
                    Some((Fingerprint::parse(before)?, Fingerprint::parse(after)?))
                }
                None if line == "file" => None,
                None => return None,
            };
            let old = inside(lines.next()?.strip_prefix("from ")?)?;
            let new = inside(lines.next()?.strip_prefix("to ")?)?;
            journal.entries.push(Entry { old, new, texts });
        }
        Some(journal)
    }
}

/// A path that leads out of the root was not written here.
fn inside(path: &str) -> Option<String> {
    (!path.is_empty() && join("", path)? == path).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Entry, Journal};
    use crate::fingerprint::Fingerprint;

    #[test]
    fn a_journal_is_read_as_it_was_written_or_not_at_all() {
        let texts = Some((Fingerprint::of(b"a"), Fingerprint::of(b"b")));
        let entry = |old: &str, new: &str, texts| Entry { old: old.into(), new: new.into(), texts };
        let journal = Journal {
            folders: vec!["content/b c".into()],
            entries: vec![
                entry("content/a.md", "content/b c/a.md", texts),
                entry("content/a.png", "content/b c/a.png", None),
            ],
        };
        let text = journal.to_text();
        assert_eq!(Journal::parse(&text), Some(journal));
        for cut in 0..text.len() {
            assert_eq!(Journal::parse(&text[..cut]), None, "{}", &text[..cut]);
        }
        for (good, bad) in [
            ("folder content/b c", "folder /etc"),
            ("to content/b c/a.md", "to ../a.md"),
            ("from content/a.md", "from content/../../a.md"),
            ("from content/a.png", ""),
            ("file", "link"),
        ] {
            assert_eq!(Journal::parse(&text.replace(good, bad)), None, "{bad}");
        }
    }
}
