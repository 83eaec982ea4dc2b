//! Cross-references of Quarto: `@fig-x`, `@sec-y`, and what they lead to.

use std::collections::BTreeMap;

use super::directive::Directive;
use super::draft::Draft;
use super::edits::Edits;
use super::shortcode::destination;
use crate::markdown::Verbatim;

/// The kinds of things that are referred to, and their names.
const KINDS: [(&str, &str); 12] = [
    ("fig", "Figure"),
    ("tbl", "Table"),
    ("sec", "Section"),
    ("eq", "Equation"),
    ("lst", "Listing"),
    ("thm", "Theorem"),
    ("lem", "Lemma"),
    ("cor", "Corollary"),
    ("def", "Definition"),
    ("exm", "Example"),
    ("exr", "Exercise"),
    ("cnj", "Conjecture"),
];

/// The longest heading whose words stand for it; of others, one could fill a page with them.
const LONGEST: usize = 500;

/// What can be referred to: by its label, the path of its page and its name.
#[derive(Clone, Default, Debug)]
pub(super) struct Labels(BTreeMap<String, (String, String)>);

impl Labels {
    /// Finds the labels of all pages.
    pub(super) fn of(drafts: &[Draft<'_>]) -> Self {
        let mut all = BTreeMap::new();
        for draft in drafts {
            let (text, _) = draft.source();
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for line in text.lines() {
                let heading = heading(line).filter(|words| words.len() <= LONGEST);
                for label in labels(line) {
                    let Some((_, name)) = kind(label) else { continue };
                    let count = counts.entry(name).or_default();
                    *count += 1;
                    let name = match heading {
                        Some(words) => words.to_owned(),
                        None => format!("{name} {count}"),
                    };
                    all.entry(label.to_owned()).or_insert((draft.target.clone(), name));
                }
            }
        }
        Self(all)
    }
}

/// The words of a heading.
fn heading(line: &str) -> Option<&str> {
    let heading = line.strip_prefix('#')?.trim_start_matches('#');
    heading.starts_with(' ').then(|| heading.split('{').next().unwrap_or("").trim())
}

/// The labels that a line gives: `{#fig-x}`, `#| label: fig-x`.
fn labels(line: &str) -> Vec<&str> {
    let end = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
    let word = |rest: &'_ str| -> usize { rest.find(end).unwrap_or(rest.len()) };
    if let Some((_, rest)) = line.split_once("#| label:") {
        let rest = rest.trim_start();
        return vec![&rest[..word(rest)]];
    }
    let mut all = Vec::new();
    if !line.contains('{') {
        return all;
    }
    for (at, _) in line.match_indices("{#").chain(line.match_indices(" #")) {
        let rest = &line[at + 2..];
        all.push(&rest[..word(rest)]);
    }
    all
}

/// Tells whether an id is a label of something that is referred to by a number.
pub(super) fn is_label(id: &str) -> bool {
    kind(id).is_some_and(|(kind, _)| kind != "sec")
}

fn kind(label: &str) -> Option<(&'static str, &'static str)> {
    let (prefix, rest) = label.split_once('-')?;
    let low = prefix.to_ascii_lowercase();
    KINDS.iter().find(|(known, _)| *known == low && !rest.is_empty()).copied()
}

/// Writes figures, captions of tables, equations and listings with their labels as anchors.
pub(super) fn figures(draft: &Draft<'_>, places: &Verbatim, edits: &mut Edits) {
    let (text, _) = draft.source();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim();
        let from = start + line.len() - line.trim_start().len();
        let range = from..from + content.len();
        if let Some((_, rest)) = content.split_once("#| label:")
            && let Some(code) = places.code_at(start)
            && kind(rest.trim()).is_some()
        {
            edits.insert(code.start, format!("<span id=\"{}\"></span>\n\n", rest.trim()));
            continue;
        }
        let Some(open) = content.rfind("{#").filter(|_| content.ends_with('}')) else { continue };
        let inside = &content[open + 2..content.len() - 1];
        let label = inside.split_whitespace().next().unwrap_or("");
        if kind(label).is_none() || places.code_at(start).is_some() && !content.starts_with("```") {
            continue;
        }
        let anchor = format!("<span id=\"{label}\"></span>");
        if content.starts_with("```") {
            edits.insert(from, format!("{anchor}\n\n"));
        } else if content.starts_with("![") && content[..open].ends_with(')') {
            let inner = &content[2..open - 1];
            if let Some((caption, src)) = inner.rsplit_once("](") {
                let src = src.split(" \"").next().unwrap_or(src).trim().trim_matches(['<', '>']);
                let alt =
                    inside.split_once("fig-alt=\"").and_then(|(_, rest)| rest.split('"').next());
                let figure = Directive::new("figure").label(Some(caption));
                let figure = figure.with("src", Some(src)).with("alt", alt.or(Some(caption)));
                let figure = format!("{anchor}\n\n{}", figure.line(2));
                edits.replace(range, figure);
            }
        } else if let Some(caption) = content[..open].strip_prefix(':') {
            edits.replace(range, format!("{anchor}*{}*", caption.trim()));
        } else if content.starts_with("$$") || content[..open].trim_end().ends_with("$$") {
            let brace = from + open;
            edits.replace(brace..from + content.len(), "");
            edits.insert(at, format!("\n{anchor}\n"));
        }
    }
}

/// Writes references as links.
pub(super) fn references(draft: &Draft<'_>, places: &Verbatim, labels: &Labels, edits: &mut Edits) {
    let (text, _) = draft.source();
    for (at, _) in text.match_indices('@') {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\\' | '/'))
            || places.code_at(at).is_some()
        {
            continue;
        }
        let rest = &text[at + 1..];
        let is_label = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        let end = rest.find(|c| !is_label(c)).unwrap_or(rest.len());
        let label = rest[..end].trim_end_matches(['.', ':', '-']);
        if kind(label).is_none() {
            continue;
        }
        // A capital at the begin of a sentence is not a part of the label.
        let mut letters = label.chars();
        let low =
            letters.next().map_or(String::new(), |c| c.to_lowercase().chain(letters).collect());
        let Some((target, name)) = labels.0.get(label).or_else(|| labels.0.get(&low)) else {
            continue;
        };
        let id = if labels.0.contains_key(label) { label } else { &low };
        let to = match *target == draft.target {
            true => format!("#{id}"),
            false => format!("{}#{id}", destination(&format!("@/{target}"))),
        };
        let whole = at..at + 1 + label.len();
        let open = text[..at].trim_end_matches('-');
        let is_bracketed = open.ends_with('[') && text[whole.end..].starts_with(']');
        let whole = if is_bracketed { open.len() - 1..whole.end + 1 } else { whole };
        edits.replace(whole, format!("[{name}]({to})"));
    }
}
