//! Writes code blocks.

use std::ops::Range;

use super::body::{self, Hooked};
use super::draft::push_quoted;
use super::fence::{self, Fence};
use super::language::Language;
use super::paint::Painter;
use super::record::Record;
use crate::diag::{Code, Diagnostic};

/// A code block while its text is read.
#[derive(Debug)]
pub(super) struct Block {
    /// The words behind the fence; empty for an indented block.
    info: String,
    /// The bytes of the block in the source.
    range: Range<usize>,
    text: String,
}

impl Block {
    /// Begins a block.
    pub(super) fn new(info: &str, range: Range<usize>) -> Self {
        Self { info: info.to_owned(), range, text: String::new() }
    }

    /// Takes in a part of its text.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes the block as the specification prints it.
    pub(super) fn write_plain(&self, record: &mut Record<'_>) {
        let language = self.info.split_ascii_whitespace().next().unwrap_or_default();
        record.draft.push("<pre><code");
        if !language.is_empty() {
            record.draft.push(" class=\"language-");
            record.draft.quoted(language);
            record.draft.push("\"");
        }
        record.draft.push(">");
        record.draft.quoted(&self.text);
        record.draft.push("</code></pre>\n");
    }

    /// Writes the block in colours.
    pub(super) fn write(&self, painter: &mut Painter<'_>, record: &mut Record<'_>) {
        let fence = fence::parse(&self.info);
        let numbered = fence.line_numbers.unwrap_or(record.options.line_numbers);
        let hooked = record.options.hooks.code;
        if hooked {
            record.begin_hook(Hooked::Code(body::Code {
                language: fence.language.to_owned(),
                name: fence.name.map(str::to_owned),
                text: self.text.clone(),
                numbered,
            }));
        } else {
            if let Some(name) = fence.name {
                record.draft.push("<figure class=\"code-file\"><figcaption>");
                record.draft.quoted(name);
                record.draft.push("</figcaption>\n");
            }
            write_start(&fence, numbered, record);
        }
        let painted = match painter.highlighter().language(fence.language) {
            Language::Known(syntax) => painter.paint(&self.text, syntax),
            Language::Plain => None,
            Language::Unknown => {
                self.report(fence.language, painter, record);
                None
            }
        };
        match painted {
            Some(lines) => write_lines(&lines, &fence, numbered, record),
            None => write_lines(&plain_lines(&self.text), &fence, numbered, record),
        }
        if hooked {
            record.end_hook();
            return record.draft.push("\n");
        }
        record.draft.push("</code></pre>\n");
        if fence.name.is_some() {
            record.draft.push("</figure>\n");
        }
    }

    fn report(&self, language: &str, painter: &Painter<'_>, record: &mut Record<'_>) {
        let place = self.place_of(language, record.source);
        let mut finding = Diagnostic::new(
            Code::UnknownLanguage,
            format!("there is no highlighting for the language `{language}`"),
        )
        .at(record.span(&place));
        finding = match painter.highlighter().nearest_language(language) {
            Some(name) => finding.did_you_mean(Some(&name)),
            None => finding.help("write `text` for code that has no colours"),
        };
        record.diagnostics.push(finding);
    }

    /// Finds the name of the language in the line of the fence.
    fn place_of(&self, language: &str, source: &str) -> Range<usize> {
        let block = source.get(self.range.clone()).unwrap_or_default();
        let line = block.lines().next().unwrap_or_default();
        let start = self.range.start;
        match line.find(language) {
            Some(at) => start + at..start + at + language.len(),
            None => start..start + line.len(),
        }
    }
}

/// Writes the opening tags. A block can be scrolled, so a keyboard must be able to reach it.
fn write_start(fence: &Fence<'_>, numbered: bool, record: &mut Record<'_>) {
    let draft = &mut record.draft;
    draft.push(if numbered { "<pre class=\"code numbered\"" } else { "<pre class=\"code\"" });
    if !fence.language.is_empty() {
        draft.push(" data-lang=\"");
        draft.quoted(fence.language);
        draft.push("\"");
    }
    draft.push(" tabindex=\"0\"><code");
    if !fence.language.is_empty() {
        draft.push(" class=\"language-");
        draft.quoted(fence.language);
        draft.push("\"");
    }
    draft.push(">");
}

fn plain_lines(text: &str) -> Vec<String> {
    let quoted = |line: &str| {
        let mut out = String::with_capacity(line.len() + 16);
        push_quoted(&mut out, line);
        out
    };
    text.split_inclusive('\n').map(quoted).collect()
}

/// Writes the lines. Numbers stand in attributes, so that they are not copied with the code.
fn write_lines(
    lines: &[impl AsRef<str>],
    fence: &Fence<'_>,
    numbered: bool,
    record: &mut Record<'_>,
) {
    let draft = &mut record.draft;
    for (line, index) in lines.iter().zip(1..) {
        if fence.hidden.iter().any(|range| range.contains(&index)) {
            continue;
        }
        let marked = fence.marked.iter().any(|range| range.contains(&index));
        if marked {
            draft.push("<mark>");
        }
        if numbered {
            let number = fence.first_line.saturating_add(index - 1);
            draft.push(&format!("<span class=\"ln\" data-ln=\"{number}\"></span>"));
        }
        draft.push(line.as_ref());
        if marked {
            draft.push("</mark>");
        }
    }
}
