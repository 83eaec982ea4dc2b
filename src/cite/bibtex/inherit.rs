//! What an entry takes over from those it names in `crossref` and `xdata`.

use std::collections::{BTreeMap, BTreeSet};

use super::entries::{Entry, Value};
use crate::diag::{Code, Diagnostic, Span};
use crate::text::fold::fold;
use crate::text::nearest::nearest;

/// The most fields an entry may come to by inheriting.
const MOST_FIELDS: usize = 200;

/// How far an entry is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Untouched,
    Open,
    Done,
}

/// An entry that another inherits from.
#[derive(Clone)]
struct Parent {
    entry: usize,
    /// Whether all is taken over as it is: `xdata`.
    verbatim: bool,
}

/// Hands fields down from parents to children, oldest first. A circle is cut where it closes.
pub(super) fn inherit(entries: &mut [Entry], found: &mut Vec<Diagnostic>) {
    if !entries.iter().any(names_another) {
        return;
    }
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut folded: BTreeMap<String, usize> = BTreeMap::new();
    for (n, entry) in entries.iter().enumerate() {
        places.entry(&entry.key).or_insert(n);
        folded.entry(fold(&entry.key).into_owned()).or_insert(n);
    }
    let parents: Vec<Vec<Parent>> = entries
        .iter()
        .map(|entry| {
            let find =
                |key: &str| places.get(key).copied().or_else(|| folded.get(&*fold(key)).copied());
            parents_of(entry, &find, &folded, found)
        })
        .collect();
    let mut state = vec![State::Untouched; entries.len()];
    for start in 0..entries.len() {
        // A stack of our own: a chain of thousands would overflow that of the thread.
        let mut stack = vec![(start, 0)];
        if state[start] == State::Untouched {
            state[start] = State::Open;
        } else {
            continue;
        }
        while let Some((entry, next)) = stack.pop() {
            let Some(parent) = parents[entry].get(next) else {
                hand_down(entries, entry, &parents[entry], &state);
                state[entry] = State::Done;
                continue;
            };
            stack.push((entry, next + 1));
            match state[parent.entry] {
                State::Untouched => {
                    state[parent.entry] = State::Open;
                    stack.push((parent.entry, 0));
                }
                State::Open => found.push(circle(&entries[entry], &entries[parent.entry], parent)),
                State::Done => {}
            }
        }
    }
}

fn names_another(entry: &Entry) -> bool {
    entry.fields.contains_key("crossref") || entry.fields.contains_key("xdata")
}

fn place(entry: &Entry, field: &str) -> Span {
    let range = entry.fields.get(field).and_then(|value| value.range.clone());
    Span::new(entry.file.clone(), range.unwrap_or_else(|| entry.key_range.clone()))
}

fn parents_of(
    entry: &Entry,
    find: &dyn Fn(&str) -> Option<usize>,
    keys: &BTreeMap<String, usize>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Parent> {
    let mut parents = Vec::new();
    for (field, verbatim) in [("xdata", true), ("crossref", false)] {
        let Some(value) = entry.fields.get(field) else { continue };
        // Only `xdata` names several.
        let named = if verbatim { value.tex.split(',').collect() } else { vec![&*value.tex] };
        for key in named.into_iter().map(str::trim).filter(|key| !key.is_empty()) {
            match find(key) {
                Some(entry) => parents.push(Parent { entry, verbatim }),
                None => found.push(
                    Diagnostic::new(
                        Code::BibliographyCrossref,
                        format!("`{field}` names `{key}`, and no entry has this key"),
                    )
                    .at(place(entry, field))
                    .did_you_mean(nearest(key, keys.keys().map(String::as_str))),
                ),
            }
        }
    }
    parents
}

fn circle(entry: &Entry, parent: &Entry, kind: &Parent) -> Diagnostic {
    let field = if kind.verbatim { "xdata" } else { "crossref" };
    let (message, help) = if entry.key == parent.key {
        (format!("`{}` takes over from itself", entry.key), format!("remove this `{field}`"))
    } else {
        (
            format!("`{}` and `{}` take over from each other in a circle", entry.key, parent.key),
            format!("remove this `{field}`, or that of the other"),
        )
    };
    let place = place(entry, field);
    Diagnostic::new(Code::BibliographyCrossref, message).at(place).help(help)
}

fn hand_down(entries: &mut [Entry], child: usize, parents: &[Parent], state: &[State]) {
    for parent in parents.iter().filter(|parent| state[parent.entry] == State::Done) {
        let elder = &entries[parent.entry];
        let heir = &entries[child];
        let mut taken: Vec<(String, Value)> = Vec::new();
        for (name, value) in &elder.fields {
            let names = match parent.verbatim {
                true if matches!(name.as_str(), "xdata" | "crossref") => vec![],
                true => vec![name.as_str()],
                false => heirs(&elder.kind, &heir.kind, name),
            };
            for name in names.into_iter().filter(|name| !heir.fields.contains_key(*name)) {
                taken.push((name.to_owned(), Value { tex: value.tex.clone(), range: None }));
            }
        }
        let own: BTreeSet<String> = heir.fields.keys().cloned().collect();
        let room = MOST_FIELDS.saturating_sub(own.len());
        for (name, value) in taken.into_iter().take(room) {
            // A date of its own in one form keeps out the date of the parent in another.
            let dated = matches!(name.as_str(), "date" | "year" | "month" | "day")
                && ["date", "year"].iter().any(|form| own.contains(*form));
            if !dated {
                entries[child].fields.entry(name).or_insert(value);
            }
        }
    }
}

/// The fields of a child that a field of its parent becomes, as BibLaTeX hands them down.
fn heirs<'a>(elder: &str, heir: &str, name: &'a str) -> Vec<&'a str> {
    let several = matches!(elder, "mvbook" | "mvcollection" | "mvproceedings" | "mvreference");
    let within = matches!(
        heir,
        "inbook"
            | "bookinbook"
            | "suppbook"
            | "incollection"
            | "suppcollection"
            | "inreference"
            | "inproceedings"
            | "conference"
    );
    let book = matches!(elder, "book" | "collection" | "proceedings" | "reference");
    match name {
        // What names the parent itself, or belongs to it alone.
        "crossref" | "xref" | "xdata" | "entryset" | "entrysubtype" | "execute" | "label"
        | "options" | "presort" | "related" | "relatedstring" | "relatedtype" | "shortauthor"
        | "shorteditor" | "shorthand" | "shorttitle" | "sorttitle" | "sortkey" | "sortname"
        | "indextitle" | "indexsorttitle" | "ids" | "key" | "keywords" | "abstract"
        | "annotation" | "annote" | "doi" | "file" | "pages" | "pagetotal" => vec![],
        "title" if several => vec!["maintitle"],
        "subtitle" if several => vec!["mainsubtitle"],
        "titleaddon" if several => vec!["maintitleaddon"],
        "title" if book && within => vec!["booktitle"],
        "subtitle" if book && within => vec!["booksubtitle"],
        "titleaddon" if book && within => vec!["booktitleaddon"],
        "title" if elder == "periodical" => vec!["journaltitle"],
        "subtitle" if elder == "periodical" => vec!["journalsubtitle"],
        "title" | "subtitle" | "titleaddon" if within || heir == "article" => vec![],
        "author" if within && matches!(elder, "book" | "mvbook") => match heir {
            "inbook" | "bookinbook" | "suppbook" => vec!["author", "bookauthor"],
            _ => vec!["bookauthor"],
        },
        name => vec![name],
    }
}
