//! The names that a sentence speaks before its marker.

use crate::cite::{Name, Names};

use super::page::Page;
use super::printed::Cite;
use super::render::Author;
use super::run::{self, Run};
use super::work::Kind;

/// The names of a work as a sentence says them: those of the citation where the style prints
/// names, else the family names in short.
pub(super) fn names(page: &Page<'_>, cite: &Cite<'_>, author: Author) -> Vec<Run> {
    let words = &page.program.words;
    let mut runs = if page.kind == Kind::AuthorDate && !run::is_empty(&author.runs) {
        let mut runs = author.runs;
        for run in &mut runs {
            // A sentence says the word that brackets shorten to a sign.
            if run.text.ends_with("& ") {
                run.text = run.text.replace("& ", &format!("{} ", words.and));
            }
        }
        runs
    } else {
        let item = &page.items[cite.work];
        let people = ["author", "editor", "translator", "container-author", "director", "composer"]
            .iter()
            .find_map(|role| item.names(role));
        match people {
            Some(people) => vec![Run::plain(short(people, &words.and, &words.et_al))],
            None => {
                item.text("title-short").or_else(|| item.text("title")).unwrap_or_default().to_vec()
            }
        }
    };
    runs = run::clean(runs, words.punctuation_in_quote);
    run::quote(&mut runs, &words.quotes);
    runs
}

fn short(people: &Names, and: &str, et_al: &str) -> String {
    let name = |n: usize| people.list.get(n).map(Name::short).unwrap_or_default();
    match (people.list.len(), people.others) {
        (1, false) => name(0),
        (2, false) => format!("{} {and} {}", name(0), name(1)),
        _ => format!("{} {et_al}", name(0)),
    }
}
