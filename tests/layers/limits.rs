//! What no file may have: hidden state, printing, unordered maps, too many lines.

use crate::code::{Files, bare, tokens, without_tests};
use crate::{assert_none, assert_seen, planted, source};

/// The most lines of code a file may have, without comments, blank lines and unit tests.
const LONGEST: usize = 400;

/// A word that makes state or output that a function's arguments do not tell of.
struct Hidden {
    word: &'static str,
    instead: &'static str,
    /// Where it is right all the same: files are put from many threads, and cli/ speaks.
    rooms: &'static [&'static str],
}

const HIDDEN: &[Hidden] = &[
    Hidden {
        word: "Mutex",
        instead: "return the value instead of sharing it",
        rooms: &["src/output/"],
    },
    Hidden { word: "RwLock", instead: "return the value instead of sharing it", rooms: &[] },
    Hidden { word: "RefCell", instead: "return the value instead of sharing it", rooms: &[] },
    Hidden { word: "thread_local", instead: "hand the value in", rooms: &[] },
    Hidden { word: "AtomicUsize", instead: "return the count", rooms: &["src/output/"] },
    Hidden { word: "AtomicBool", instead: "return the answer", rooms: &["src/output/"] },
    Hidden { word: "println", instead: "return the text; cli/ prints it", rooms: &["src/cli/"] },
    Hidden {
        word: "eprintln",
        instead: "return a diagnostic; cli/ prints it",
        rooms: &["src/cli/"],
    },
    Hidden { word: "print", instead: "return the text; cli/ prints it", rooms: &["src/cli/"] },
    Hidden { word: "eprint", instead: "return a diagnostic; cli/ prints it", rooms: &["src/cli/"] },
];

/// Where an unordered map is right, and why its order cannot show.
const UNORDERED: &[(&str, &str)] = &[
    ("src/cite/references.rs", "references are looked up by key and identifier"),
    ("src/markdown/footnote.rs", "footnotes are looked up by name and listed by number"),
    ("src/markdown/outline.rs", "ids that are taken are asked for, one by one"),
    ("src/markdown/paint.rs", "classes, states and lines are looked up, one by one"),
    ("src/output/disk.rs", "folders are looked up by path"),
    ("src/output/ground.rs", "folders are looked up by path"),
    ("src/output/staging.rs", "folders that were made are asked for, one by one"),
    ("src/site/assets.rs", "assets are looked up by path"),
    ("src/theme/digest.rs", "digests are looked up by the place of a value"),
    (
        "src/site/related/vocabulary.rs",
        "words are looked up by key, and sorted when they are listed",
    ),
    ("src/site/pages.rs", "pages are looked up by path and by address"),
    ("src/site/taxonomies.rs", "terms are looked up by name, by slug and by address"),
];

/// Rooms whose public functions give an `Outcome` or a plain value, never a `Result`: a
/// mistake in one page never costs the site.
const NEVER_FAIL: &[&str] = &["src/markdown/", "src/page/", "src/site/", "src/check/", "src/view/"];

/// Public functions of those rooms that give a `Result` all the same, and why.
const MAY_FAIL: &[(&str, &str)] = &[
    ("src/markdown/highlight.rs: css", "site.toml names the theme; the answer names all there are"),
    ("src/markdown/highlight.rs: for_themes", "as `css`"),
];

fn hidden_state(files: &Files) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, text) in files {
        let text = without_tests(&bare(text));
        let tokens = tokens(&text);
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1).map_or("", |next| next.text);
            if token.text == "static" && next == "mut" {
                wrong.push(format!("{file}:{}: `static mut`: hand the value in", token.line));
            }
            let Some(hidden) = HIDDEN.iter().find(|hidden| hidden.word == token.text) else {
                continue;
            };
            let is_macro = hidden.word.contains("print") || hidden.word == "thread_local";
            let allowed = hidden.rooms.iter().any(|room| file.starts_with(room));
            if (!is_macro || next == "!") && !allowed {
                wrong.push(format!("{file}:{}: `{}`: {}", token.line, hidden.word, hidden.instead));
            }
        }
    }
    wrong
}

fn unordered(files: &Files) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, text) in files {
        let text = without_tests(&bare(text));
        let found =
            tokens(&text).into_iter().find(|token| matches!(token.text, "HashMap" | "HashSet"));
        let allowed = UNORDERED.iter().any(|(allowed, _)| allowed == file);
        match found {
            Some(token) if !allowed => wrong.push(format!(
                "{file}:{}: `{}`: use a `BTreeMap` or `BTreeSet`, or add the file to UNORDERED in \
                 tests/layers/limits.rs with the reason why its order cannot show",
                token.line, token.text
            )),
            None if allowed => {
                wrong.push(format!("{file}: has no unordered map: take it out of UNORDERED"));
            }
            _ => {}
        }
    }
    wrong
}

fn too_long(files: &Files) -> Vec<String> {
    let count = |text: &str| {
        without_tests(&bare(text)).lines().filter(|line| !line.trim().is_empty()).count()
    };
    files
        .iter()
        .map(|(file, text)| (file, count(text)))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(file, lines)| {
            format!("{file}: {lines} lines of code: cut it where its subject changes")
        })
        .collect()
}

fn without_opening(files: &Files) -> Vec<String> {
    files
        .iter()
        .filter(|(_, text)| {
            let first = text.lines().next().unwrap_or("");
            first.len() < 10 || !first.starts_with("//! ")
        })
        .map(|(file, _)| {
            format!("{file}: open it with `//!` and one sentence that says what it is")
        })
        .collect()
}

fn failing(files: &Files) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, text) in
        files.iter().filter(|(file, _)| NEVER_FAIL.iter().any(|room| file.starts_with(room)))
    {
        let text = without_tests(&bare(text));
        let tokens = tokens(&text);
        for at in 0..tokens.len().saturating_sub(2) {
            if tokens[at].text != "pub" || tokens[at + 1].text != "fn" {
                continue;
            }
            let name = tokens[at + 2];
            let signature =
                tokens[at..].iter().take_while(|token| !matches!(token.text, "{" | ";"));
            let words: Vec<&str> = signature.map(|token| token.text).collect();
            let gives = words
                .windows(2)
                .position(|two| two == ["-", ">"])
                .map_or(&[][..], |arrow| &words[arrow..]);
            let place = format!("{file}: {}", name.text);
            if gives.contains(&"Result") && !MAY_FAIL.iter().any(|(allowed, _)| *allowed == place) {
                wrong.push(format!(
                    "{file}:{}: `{}` gives a `Result`: give an `Outcome`, whose value is there \
                     whatever the author wrote",
                    name.line, name.text
                ));
            }
        }
    }
    wrong
}

#[test]
fn no_state_is_hidden() {
    assert_none(&hidden_state(&source()), "stages are functions of their arguments");
}

#[test]
fn hidden_state_is_seen() {
    let seen = |text| hidden_state(&planted(&[("src/site/mod.rs", text)]));
    assert_seen(&seen("static mut COUNT: usize = 0;"), "static mut");
    assert_seen(&seen("use std::sync::Mutex;"), "Mutex");
    assert_seen(&seen("fn f() { println!(\"x\"); }"), "println");
    assert_seen(&seen("thread_local! { static A: u8 = 0; }"), "thread_local");
    assert_none(
        &seen("fn f<'a>(x: &'a str) { diag::print(x); } // println!"),
        "a name is no macro",
    );
}

#[test]
fn maps_are_ordered() {
    assert_none(&unordered(&source()), "output is deterministic: no unordered map");
}

#[test]
fn an_unordered_map_is_seen() {
    let text = "use std::collections::{BTreeMap, HashMap};";
    assert_seen(&unordered(&planted(&[("src/site/mod.rs", text)])), "HashMap");
}

#[test]
fn files_are_short() {
    assert_none(&too_long(&source()), "a file has at most 400 lines of code");
}

#[test]
fn a_long_file_is_seen() {
    let long = "fn f() {}\n".repeat(LONGEST + 1);
    assert_seen(&too_long(&planted(&[("src/site/mod.rs", &long)])), "401");
    let comments = "// why\n\n".repeat(LONGEST + 1);
    assert_none(&too_long(&planted(&[("src/site/mod.rs", &comments)])), "comments are no code");
}

#[test]
fn files_open_with_a_sentence() {
    assert_none(&without_opening(&source()), "each file says what it is");
}

#[test]
fn a_file_without_an_opening_is_seen() {
    assert_seen(&without_opening(&planted(&[("src/a.rs", "use std::fmt;\n")])), "src/a.rs");
}

#[test]
fn mistakes_of_authors_cost_no_value() {
    assert_none(&failing(&source()), "stages give an `Outcome`");
}

#[test]
fn a_stage_that_fails_is_seen() {
    let text = "pub fn parse(source: &Source) -> Result<Page, Diagnostic> { todo() }";
    assert_seen(&failing(&planted(&[("src/page/mod.rs", text)])), "`parse`");
    let fine = "pub fn parse(f: fn() -> u8) -> Outcome<Page> { let r: Result<u8, ()> = Ok(1); }";
    assert_none(&failing(&planted(&[("src/page/mod.rs", fine)])), "a `Result` inside is no matter");
}
