//! Runs the cases in `tests/markdown/*.md`.
//!
//! A case is a heading and, under it, fenced blocks. `markdown` is the input; words behind it
//! are options (`commonmark`, `line-numbers`, `heading-links`, `hooks`, `macros`). `html` is the output, its holes
//! filled with the destinations as written and English words. `findings` must be there where
//! there are findings. Any of `links`, `headings`, `anchors`, `prose`, `credits`, `citations` and
//! `directives` may be there.
//! `UPDATE_EXPECTED=1` writes what comes out into the files.
#![allow(
    clippy::disallowed_methods,
    reason = "the cases are read from disk, and written when asked for"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use ibid::cite::{Around, Citation, CiteItem, CiteKey, Locator, Rich};
use ibid::diag::Diagnostic;
use ibid::markdown::{
    Dialect, Directive, HoleKind, Hooks, Label, Link, Macros, Options, Parsed, parse,
};
use ibid::path::SourcePath;

const FENCE: &str = "````";
const FACETS: &[&str] = &[
    "html",
    "findings",
    "links",
    "headings",
    "anchors",
    "prose",
    "credits",
    "citations",
    "directives",
];

/// A part of a file: text as it is, or a block with its info string and content.
enum Part {
    Text(String),
    Block { info: String, content: String },
}

fn parts(file: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut lines = file.split_inclusive('\n');
    while let Some(line) = lines.next() {
        match line.strip_prefix(FENCE) {
            Some(info) => {
                parts.push(Part::Text(std::mem::take(&mut text)));
                let info = info.trim().to_owned();
                let content = lines.by_ref().take_while(|line| line.trim_end() != FENCE).collect();
                parts.push(Part::Block { info, content });
            }
            None => text.push_str(line),
        }
    }
    parts.push(Part::Text(text));
    parts
}

fn options(info: &str) -> Options {
    let mut options = Options::default();
    for word in info.split_whitespace().skip(1) {
        match word {
            "commonmark" => options.dialect = Dialect::CommonMark,
            "line-numbers" => options.line_numbers = true,
            "heading-links" => options.heading_links = true,
            "hooks" => options.hooks = Hooks::of(|_| true),
            "macros" => {
                let mut macros = Macros::default();
                assert_eq!(macros.add("R", "\\mathbb{R}"), None);
                assert_eq!(macros.add("norm", "\\lVert #1 \\rVert"), None);
                options.macros = macros.into();
            }
            other => panic!("no option is called `{other}`"),
        }
    }
    options
}

/// Fills the holes with words, leaving destinations as written and the sizes of images out.
fn fill(Parsed { texts, body }: &Parsed) -> String {
    let mut html = String::new();
    let mut from = 0;
    for hole in &body.holes {
        let written = hole.range();
        html.push_str(&texts.html[from..written.start]);
        from = written.end;
        match hole.kind {
            HoleKind::Href(_)
            | HoleKind::ImageLoading(_)
            | HoleKind::NameStart(_)
            | HoleKind::NameEnd(_) => {
                html.push_str(&texts.html[written]);
            }
            HoleKind::ImageSize(_) | HoleKind::PictureStart(_) | HoleKind::PictureEnd(_) => {}
            HoleKind::DirectiveStart(n) => {
                let _ = write!(html, "⟨{}⟩", body.directives[n as usize].name);
            }
            HoleKind::DirectiveBody(_) => html.push_str("⟨⟩"),
            HoleKind::DirectiveEnd(n) => {
                let _ = write!(html, "⟨/{}⟩", body.directives[n as usize].name);
            }
            HoleKind::HookStart(n) => {
                let _ = write!(html, "⟨{:?}: ", body.hooked[n as usize]);
            }
            HoleKind::HookEnd(_) => html.push('⟩'),
            HoleKind::Citation(n) => {
                let _ = write!(html, "⟨{}:{}⟩", n + 1, &texts.html[written]);
            }
            HoleKind::Label(label) => html.push_str(match label {
                Label::Note => "Note",
                Label::Tip => "Tip",
                Label::Important => "Important",
                Label::Warning => "Warning",
                Label::Caution => "Caution",
                Label::Footnotes => "Footnotes",
                Label::BackToText => "Back to text",
                Label::LinkToHeading => "Link to heading",
                Label::Table => "Table",
                Label::CitationNeeded => "citation needed",
            }),
        }
    }
    html.push_str(&texts.html[from..]);
    html
}

/// Shows a citation: a line for itself, and one for each work.
fn shown(citation: &Citation, source: &str) -> String {
    let Citation { items, form, span, space_before, sentence, in_footnote } = citation;
    let space = if *space_before { " behind a space" } else { "" };
    let note = if *in_footnote { " in a footnote" } else { "" };
    let mut out = format!("{form:?} at `{}`{space}{note} in `{sentence}`\n", &source[span.clone()]);
    for item in items {
        let CiteItem { key, around: _, without_author, span } = item;
        let Around { prefix, locator, suffix } = item.around();
        let minus = if *without_author { "-" } else { "" };
        let kind = if matches!(key, CiteKey::Key(_)) { "" } else { "!" };
        let _ = write!(out, "  {minus}{kind}{} at `{}`", key.written(), &source[span.clone()]);
        for (name, rich) in [("prefix", prefix), ("suffix", suffix)] {
            if !rich.is_empty() {
                let _ = write!(out, " {name} `{}`", marked(rich));
            }
        }
        if let Some(Locator { kind, value }) = locator {
            let _ = write!(out, " {kind} `{value}`");
        }
        out.push('\n');
    }
    out
}

/// Shows text with its shapes as tags.
fn marked(rich: &Rich) -> String {
    let mut out = String::new();
    for piece in &rich.pieces {
        let tag = match (piece.shape.italic, piece.shape.bold) {
            (true, _) => "i",
            (_, true) => "b",
            _ => "",
        };
        let _ = match tag {
            "" => write!(out, "{}", piece.text),
            tag => write!(out, "<{tag}>{}</{tag}>", piece.text),
        };
    }
    out
}

/// Shows one facet of a result, a line for each thing.
fn facet(name: &str, parsed: &Parsed, findings: &[Diagnostic], source: &str) -> String {
    let Parsed { texts, body } = parsed;
    let mut out = String::new();
    match name {
        "html" => {
            out = fill(parsed);
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
        }
        "findings" => {
            for finding in findings {
                let place = finding.span.as_ref().map_or("", |span| &source[span.range.clone()]);
                let code = finding.code.name();
                let _ = writeln!(out, "{code} at `{place}`: {}", finding.message);
                for label in &finding.labels {
                    let place = &source[label.span.range.clone()];
                    let _ = writeln!(out, "  label at `{place}`: {}", label.message);
                }
                if let Some(help) = &finding.help {
                    let _ = writeln!(out, "  help: {help}");
                }
            }
        }
        "links" => {
            for Link { kind, target, written, text, lacks_alt, span, context: _ } in &body.links {
                let alt = if *lacks_alt { " lacks alt" } else { "" };
                let place = &source[span.clone()];
                let _ = writeln!(
                    out,
                    "{kind:?} {target:?} written `{written}` text `{text}` at `{place}`{alt}"
                );
            }
        }
        "headings" => {
            for heading in &body.headings {
                let id = heading.id.as_deref().unwrap_or("none");
                let _ = writeln!(out, "h{} {id}: {}", heading.level, heading.text);
            }
        }
        "anchors" => {
            for anchor in &body.anchors {
                let _ = writeln!(out, "{anchor}");
            }
        }
        "prose" => out.clone_from(&texts.prose),
        "citations" => {
            for citation in &body.citations {
                out.push_str(&shown(citation, source));
            }
            for place in &body.citations_needed {
                let _ = writeln!(out, "needed at `{}`", &source[place.clone()]);
            }
        }
        "directives" => {
            for directive in &body.directives {
                let Directive { name, form, id, classes, settings, label, parent, .. } = directive;
                let _ = write!(out, "{form:?} {name}");
                if let Some(label) = label {
                    let _ = write!(out, " [{label}]");
                }
                if let Some(id) = id {
                    let _ = write!(out, " #{id}");
                }
                for class in classes {
                    let _ = write!(out, " .{class}");
                }
                for setting in settings {
                    let _ = write!(out, " {}={:?}", setting.name, setting.given);
                }
                if let Some(parent) = parent {
                    let _ = write!(out, " in {}", body.directives[*parent].name);
                }
                let _ = write!(out, " at `{}`", &source[directive.span.clone()]);
                if let Some(end) = &directive.end {
                    let _ = write!(out, " to `{}`", &source[end.clone()]);
                }
                let _ = writeln!(out, " prose `{}`", &texts.prose[directive.prose.clone()].trim());
            }
        }
        "credits" => {
            for place in &body.empty_credits {
                let _ = writeln!(out, "`{}`", &source[place.clone()]);
            }
        }
        other => panic!("no block is called `{other}`"),
    }
    out
}

/// Runs the cases of one file and gives the file as it should be.
fn expected(file: &str, options_cache: &Options) -> String {
    let path = SourcePath::new("content/case.md");
    let mut out = String::new();
    let mut case: Option<(String, Parsed, Vec<Diagnostic>, Vec<String>)> = None;
    let close = |case: Option<(String, Parsed, Vec<Diagnostic>, Vec<String>)>, out: &mut String| {
        let Some((source, body, findings, seen)) = case else { return };
        // What nobody expected is written down, so that the comparison shows it.
        for name in ["html", "findings"] {
            let content = facet(name, &body, &findings, &source);
            if !seen.iter().any(|seen| seen == name) && (name == "html" || !content.is_empty()) {
                let _ = write!(out, "{FENCE}{name}\n{content}{FENCE}\n");
            }
        }
    };
    for part in parts(file) {
        match part {
            Part::Text(text) => {
                if text.lines().any(|line| line.starts_with('#')) {
                    close(case.take(), &mut out);
                }
                out.push_str(&text);
            }
            Part::Block { info, content } if info.split(' ').next() == Some("markdown") => {
                assert!(case.is_none(), "a second `markdown` under one heading:\n{content}");
                let highlighter = options_cache.highlighter.clone();
                let options = Options { highlighter, ..options(&info) };
                let outcome = parse(&content, 0, &path, &options);
                let _ = write!(out, "{FENCE}{info}\n{content}{FENCE}\n");
                case = Some((content, outcome.value, outcome.diagnostics, Vec::new()));
            }
            Part::Block { info, content: _ } => {
                let Some((source, body, findings, seen)) = case.as_mut() else {
                    panic!("`{info}` before any `markdown`");
                };
                assert!(FACETS.contains(&info.as_str()), "no block is called `{info}`");
                assert!(!seen.contains(&info), "a second `{info}` under one heading");
                let content = facet(&info, body, findings, source);
                if info != "findings" || !content.is_empty() {
                    let _ = write!(out, "{FENCE}{info}\n{content}{FENCE}\n");
                }
                seen.push(info);
            }
        }
    }
    close(case.take(), &mut out);
    out.trim_end().to_owned() + "\n"
}

#[test]
fn every_case_gives_what_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown");
    let update = std::env::var("UPDATE_EXPECTED").is_ok();
    let options = Options::default();
    let mut files: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    let mut wrong = String::new();
    for path in files {
        let file = fs::read_to_string(&path).unwrap();
        let want = expected(&file, &options);
        if file == want {
            continue;
        }
        if update {
            fs::write(&path, want).unwrap();
        } else {
            let lines = file.lines().zip(want.lines()).zip(1..);
            let first = lines.clone().find(|((file, want), _)| file != want);
            let ((file, want), line) = first.unwrap_or((("", "(more)"), lines.count() + 1));
            let _ = writeln!(wrong, "{}:{line}\n  file: {file}\n  got:  {want}", path.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}\nUPDATE_EXPECTED=1 writes what came out");
}
