//! A page on its way: what it was, and what has become of it so far.

use std::ops::Range;

use super::head::{self, Head};
use super::loss::{Loss, LossKind};
use super::matter::Matter;
use super::value::Entry;

/// The text of a page as it was, and where its lines begin.
#[derive(Clone, Debug)]
pub(super) struct Script<'a> {
    /// The path of its file below the folder that is imported.
    pub(super) path: &'a str,
    /// The whole text.
    pub(super) text: &'a str,
    lines: Vec<usize>,
}

impl<'a> Script<'a> {
    /// Takes a text.
    pub(super) fn new(path: &'a str, text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { path, text, lines }
    }

    /// A loss at a byte of the text.
    pub(super) fn loss(
        &self,
        at: usize,
        kind: LossKind,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) -> Loss {
        let line = self.lines.partition_point(|start| *start <= at);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        // A column far to the right says nothing, and counting it for each loss would take long.
        let before = self.text.get(start..at.min(start + 2000)).unwrap_or("");
        Loss {
            file: self.path.to_owned(),
            line: line.max(1),
            column: before.chars().count() + 1,
            kind,
            what: what.into(),
            instead: instead.into(),
        }
    }

    /// A loss at the begin of a line.
    pub(super) fn loss_in_line(
        &self,
        line: usize,
        kind: LossKind,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) -> Loss {
        let (file, what, instead) = (self.path.to_owned(), what.into(), instead.into());
        Loss { file, line: line.max(1), column: 1, kind, what, instead }
    }
}

/// A page on its way.
#[derive(Clone, Debug)]
pub(super) struct Draft<'a> {
    /// What it was.
    pub(super) script: Script<'a>,
    /// Its front matter as it was.
    pub(super) head: Head,
    /// Its path below `content/`.
    pub(super) target: String,
    /// Its front matter as it is to be.
    pub(super) matter: Matter,
    /// Its text as it is to be.
    pub(super) body: String,
    /// The addresses at which it was served, without the sub-path of the site; the first is
    /// the one that the old program made.
    pub(super) addresses: Vec<String>,
}

impl<'a> Draft<'a> {
    /// Takes a file, and reads its front matter.
    pub(super) fn new(
        path: &'a str,
        text: &'a str,
        target: String,
        losses: &mut Vec<Loss>,
    ) -> Self {
        let script = Script::new(path, text);
        let head = head::read(text);
        for fault in &head.faults {
            let mut loss = script.loss_in_line(
                fault.line,
                LossKind::FrontMatter,
                format!("front matter: {}", fault.message),
                "the keys that can be read are kept",
            );
            loss.column = fault.column;
            losses.push(loss);
        }
        let body = text[head.body..].to_owned();
        let (matter, addresses) = (Matter::default(), Vec::new());
        Self { script, head, target, matter, body, addresses }
    }

    /// The body as it was, and where it begins.
    pub(super) fn source(&self) -> (&'a str, usize) {
        (&self.script.text[self.head.body..], self.head.body)
    }

    /// A loss in the body as it was.
    pub(super) fn lost(
        &self,
        range: &Range<usize>,
        kind: LossKind,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) -> Loss {
        self.script.loss(self.head.body + range.start, kind, what, instead)
    }

    /// A loss in the front matter.
    pub(super) fn lost_key(
        &self,
        entry: &Entry,
        kind: LossKind,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) -> Loss {
        let mut loss = self.script.loss_in_line(entry.line, kind, what, instead);
        // What many pages inherit is told once, where it stands.
        if let Some((file, _)) = self.head.inherited.get(&entry.key) {
            file.clone_into(&mut loss.file);
        }
        loss
    }

    /// The folder of its file, as it was.
    pub(super) fn folder(&self) -> &'a str {
        self.script.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The name of its file, as it was, without the extension.
    pub(super) fn stem(&self) -> &'a str {
        stem(self.script.path)
    }

    /// The whole text as it is to be.
    pub(super) fn print(&self) -> String {
        let head = self.matter.print();
        let body = self.body.trim_start_matches(['\r', '\n']);
        match (head.is_empty(), body.is_empty()) {
            (false, false) => format!("{head}\n{body}"),
            // What looks like front matter and is none would be taken for it.
            (true, false) if body.starts_with("+++") || body.starts_with("---") => {
                format!("+++\n+++\n\n{body}")
            }
            _ => head + body,
        }
    }
}

/// The name of a file without its folder and its extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
