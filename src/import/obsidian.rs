//! Obsidian: a vault of notes that link to each other by their names.

use std::ops::Range;

use super::callout::callouts;
use super::draft::Draft;
use super::edits::Edits;
use super::index::{Index, Place};
use super::library::Library;
use super::loss::{Loss, LossKind};
use super::origin::extension;
use super::plain;
use super::zola::bibliographies;
use crate::markdown::{Verbatim, verbatim};

/// Blocks of code that plugins ran.
const RUN: [&str; 8] =
    ["dataview", "dataviewjs", "query", "tasks", "base", "button", "ad-note", "excalidraw"];

/// Reads a vault.
pub(super) fn read(library: &mut Library<'_>) -> &'static [&'static str] {
    library.settings.declare("tags", &["tag"]);
    let is_left = |path: &str| {
        matches!(extension(path).as_str(), "canvas" | "base" | "excalidraw")
            || path.ends_with(".excalidraw.md")
    };
    let left: Vec<&str> = library
        .origins
        .iter()
        .map(|origin| origin.path.as_str())
        .filter(|path| is_left(path))
        .collect();
    for path in &left {
        library.lose(path, LossKind::Format, "the file is no note", "left out");
    }
    plain::place(library, &left.iter().copied().collect());
    let mut drafts = std::mem::take(&mut library.drafts);
    for draft in &mut drafts {
        // The name of a note is its title, unless its text begins with one.
        let (text, _) = draft.source();
        let begins = text.trim_start().starts_with("# ");
        if draft.head.map.text(&["title"]).is_none() && !begins {
            let stem = draft.stem();
            let folder = draft.folder().rsplit('/').next().unwrap_or("");
            let is_home =
                matches!(stem.to_ascii_lowercase().as_str(), "index" | "readme" | "_index");
            let title = if is_home && !folder.is_empty() { folder } else { stem };
            draft.matter.guess("title", title.trim(), "from the file's name");
        }
    }
    library.drafts = drafts;
    library.fields();
    bibliographies(library);
    plain::name_site(library);
    &[""]
}

/// Writes the text of a note anew.
pub(super) fn body(draft: &mut Draft<'_>, library: &mut Library<'_>, index: &Index) {
    let (text, _) = draft.source();
    let places = verbatim(text);
    let mut edits = Edits::default();
    callouts(draft, &places, &mut edits, &mut library.losses);
    let comments = comments(draft, &places, &mut edits, &mut library.losses);
    let marks = Marks { text, places: &places, comments: &comments };
    for term in marks.tags() {
        draft.matter.term("tags", &term);
    }
    marks.highlights(&mut edits);
    for range in marks.embeds() {
        let name = text[range.clone()]
            .trim_start_matches("![[")
            .split(['#', '|', ']'])
            .next()
            .unwrap_or("");
        if let Some(Place::Page(_)) = index.named(draft.script.path, name) {
            let what = format!("`{}`", &text[range.clone()]);
            library.losses.push(draft.lost(&range, LossKind::Embed, what, "a link to the note"));
        }
    }
    for range in &places.code {
        let first = text[range.clone()].lines().next().unwrap_or("");
        let language = first.trim_start_matches(['`', '~']).trim();
        if first.len() > language.len() && RUN.contains(&language) {
            let what = format!("a block of `{language}`");
            library.losses.push(draft.lost(range, LossKind::Code, what, "shown as code"));
        }
    }
    draft.body = edits.apply(text);
}

/// Takes comments out; gives their places.
fn comments(
    draft: &Draft<'_>,
    places: &Verbatim,
    edits: &mut Edits,
    losses: &mut Vec<Loss>,
) -> Vec<Range<usize>> {
    let (text, _) = draft.source();
    let mut all = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while let Some(found) = text[at..].find("%%") {
        let here = at + found;
        at = here + 2;
        if places.code_at(here).is_some() && open.is_none() {
            continue;
        }
        match open.take() {
            None => open = Some(here),
            Some(start) => all.push(start..at),
        }
    }
    for range in &all {
        edits.replace(range.clone(), "");
        losses.push(draft.lost(range, LossKind::Comment, "a comment", "left out"));
    }
    all
}

/// A text in which marks are looked for.
struct Marks<'a> {
    text: &'a str,
    places: &'a Verbatim,
    comments: &'a [Range<usize>],
}

impl Marks<'_> {
    fn is_prose(&self, at: usize) -> bool {
        let after = self.comments.partition_point(|range| range.start <= at);
        let in_comment = self.comments[..after].last().is_some_and(|range| at < range.end);
        !in_comment && self.places.code_at(at).is_none() && self.places.html_at(at).is_none()
    }

    /// The tags in the text.
    fn tags(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (at, _) in self.text.match_indices('#') {
            let before = self.text[..at].chars().next_back();
            if before.is_some_and(|c| !c.is_whitespace()) || !self.is_prose(at) {
                continue;
            }
            let rest = &self.text[at + 1..];
            let is_letter = |c: char| {
                c.is_alphanumeric()
                    || matches!(c, '_' | '-' | '/')
                    || !c.is_ascii() && !c.is_whitespace() && !c.is_ascii_punctuation()
            };
            let end = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
            let tag = rest[..end].trim_end_matches('/');
            if !tag.is_empty()
                && !tag.chars().all(|c| c.is_ascii_digit())
                && !rest[end..].starts_with('#')
            {
                all.push(tag.to_owned());
            }
        }
        all
    }

    /// Writes `==text==` as marked text.
    fn highlights(&self, edits: &mut Edits) {
        for (start, line) in lines(self.text) {
            let mut at = 0;
            while let Some(found) = line[at..].find("==") {
                let open = at + found;
                at = open + 2;
                let opens = line[at..].starts_with(|c: char| !c.is_whitespace() && c != '=')
                    && !line[..open].ends_with('=');
                if !opens || !self.is_prose(start + open) {
                    continue;
                }
                let Some(length) = line[at..].find("==") else { break };
                let close = at + length;
                let closes =
                    !line[..close].ends_with(char::is_whitespace) && self.is_prose(start + close);
                if closes && !line[close + 2..].starts_with('=') {
                    edits.replace(start + open..start + open + 2, "<mark>");
                    edits.replace(start + close..start + close + 2, "</mark>");
                    at = close + 2;
                }
            }
        }
    }

    /// The places of `![[name]]`.
    fn embeds(&self) -> Vec<Range<usize>> {
        let all = self.text.match_indices("![[").filter(|(at, _)| self.is_prose(*at));
        all.filter_map(|(at, _)| {
            let inside = &self.text[at + 3..];
            // Another one that opens first, so that each letter is looked at for one of them.
            let mut pairs = inside.as_bytes().windows(2);
            let stops = |pair: &[u8]| matches!(pair, b"]]" | b"[[" | [b'\n', _]);
            let end = pairs.position(stops)?;
            inside[end..].starts_with("]]").then_some(at..at + 3 + end + 2)
        })
        .collect()
    }
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
}
