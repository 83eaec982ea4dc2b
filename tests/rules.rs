//! Every finding has one page in the manual, and what the page shows is what ibid says.
//!
//! Under `## Example` a block with `name=content/a.md` in its info string is a file of a small
//! site, and a block with `name=findings` is what `ibid check --format short` prints of that
//! page's finding; it closes the example. `UPDATE_EXPECTED=1 cargo test --test rules` writes
//! these blocks anew.
#![allow(clippy::disallowed_methods, reason = "a test reads the manual")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use ibid::diag::Code;

use support::{NOW, Site, repository, updating};

/// Findings that no page can show as files of text, and the hostile case that holds each.
const ELSEWHERE: &[(&str, &str)] = &[
    ("cannot-move", "mv-target-is-there"),
    ("bibliography-encoding", "bibliography-is-no-utf-8"),
    ("config-missing", "site-toml-is-missing"),
    ("disk", "disk-is-full"),
    ("edited-output", "output-was-edited"),
    ("foreign-file", "output-is-foreign"),
    ("large-page", "page-has-10-megabytes-checked"),
    ("no-content", "content-is-missing"),
    ("not-utf8", "page-is-no-utf-8"),
    ("odd-file-name", "file-name-is-no-utf-8"),
    ("symlink-loop", "symlink-is-a-circle"),
    ("symlink-outside", "symlink-leaves-the-site"),
    ("unreadable-file", "page-is-unreadable"),
];

/// A fenced block of a page.
struct Block<'a> {
    /// What follows `name=` in its info string.
    name: &'a str,
    /// The bytes between its fences.
    body: Range<usize>,
}

/// A small site and what is found in it.
struct Example<'a> {
    files: Vec<(&'a str, &'a str)>,
    /// The bytes of the findings in the page.
    findings: Range<usize>,
}

/// The named blocks under `## Example`, in order.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, Option<&str>, usize)> = None;
    let mut within = false;
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        let text = line.trim_end();
        let ticks = &text[..text.len() - text.trim_start_matches('`').len()];
        match open {
            Some((fence, name, start)) if text.starts_with(fence) && text == ticks => {
                if let Some(name) = name {
                    blocks.push(Block { name, body: start..at });
                }
                open = None;
            }
            Some(_) => {}
            None if ticks.len() >= 3 => {
                let name = text[ticks.len()..]
                    .split(',')
                    .find_map(|part| part.trim().strip_prefix("name="));
                open = Some((ticks, name.filter(|_| within), at + line.len()));
            }
            None if text.starts_with("## ") => within = text == "## Example",
            None => {}
        }
        at += line.len();
    }
    blocks
}

fn examples(page: &str) -> Vec<Example<'_>> {
    let mut examples = Vec::new();
    let mut files = Vec::new();
    for block in blocks(page) {
        if block.name == "findings" {
            examples.push(Example { files: std::mem::take(&mut files), findings: block.body });
        } else {
            files.push((block.name, &page[block.body]));
        }
    }
    examples
}

/// What `ibid check` prints of one code.
fn found(code: &str, example: &Example<'_>) -> String {
    let site = Site::empty();
    site.write("site.toml", "title = \"Test\"\nbase_url = \"https://example.org\"\n");
    if !example.files.iter().any(|(path, _)| path.starts_with("content/")) {
        site.write("content/_index.md", "+++\ntitle = \"Home\"\n+++\n");
    }
    for (path, text) in &example.files {
        site.write(path, text);
    }
    let run = site.run(&["check", "--now", NOW, "--format", "short"]);
    run.assert_calm(code);
    let of_code = |line: &&str| line.contains(&format!("[{code}]"));
    run.findings().into_iter().filter(of_code).map(|line| format!("{line}\n")).collect()
}

fn pages() -> BTreeMap<String, PathBuf> {
    let folder = repository().join("content/manual/checks");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| {
        panic!("{}: {error}: each finding has a page there", folder.display())
    });
    let paths = entries.map(|entry| entry.expect("the manual can be listed").path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), path))
        .filter(|(name, _)| name != "_index")
        .collect()
}

#[test]
fn every_finding_has_a_page_and_every_page_a_finding() {
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.name().to_owned()).collect();
    let pages: BTreeSet<String> = pages().into_keys().collect();
    let missing: Vec<_> = codes.difference(&pages).collect();
    let left_over: Vec<_> = pages.difference(&codes).collect();
    assert!(
        missing.is_empty() && left_over.is_empty(),
        "content/manual/checks/ has no page of {missing:?}; no code of src/diag/code.rs is {left_over:?}"
    );
}

#[test]
fn every_code_is_in_the_table_once() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), Code::ALL.len(), "two codes have one name in src/diag/table.rs");
    for code in Code::ALL {
        assert_eq!(Code::named(code.name()), Some(*code));
    }
}

#[test]
fn the_examples_say_what_ibid_says() {
    let mut wrong = Vec::new();
    for (code, path) in pages() {
        let mut page = fs::read_to_string(&path).expect("a page of the manual can be read");
        let got: Vec<String> =
            examples(&page).iter().map(|example| found(&code, example)).collect();
        if got.iter().all(String::is_empty) && !ELSEWHERE.iter().any(|(held, _)| *held == code) {
            wrong.push(format!("{code}: no example on its page shows it"));
        }
        let places: Vec<Range<usize>> =
            examples(&page).into_iter().map(|example| example.findings).collect();
        for (number, (place, got)) in places.into_iter().zip(&got).enumerate().rev() {
            if updating() {
                page.replace_range(place, got);
            } else if page[place.clone()] != **got {
                let want = &page[place];
                wrong.push(format!(
                    "{code}, example {}: the page says\n{want}ibid says\n{got}",
                    number + 1
                ));
            }
        }
        if updating() {
            fs::write(&path, &page).expect("a page of the manual can be written");
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nwhere ibid is right, run UPDATE_EXPECTED=1 cargo test --test rules",
        wrong.join("\n")
    );
}

#[test]
fn what_no_page_can_show_is_held_by_a_hostile_case() {
    for (code, case) in ELSEWHERE {
        let path = repository().join(format!("tests/hostile/cases/{case}.toml"));
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let expected = text.split("\n[expect]").nth(1).unwrap_or("");
        assert!(expected.contains(&format!("[{code}]")), "{case} is to expect `{code}`");
        assert!(
            Code::named(code).is_some(),
            "`{code}` is no code any more: take it out of ELSEWHERE"
        );
    }
}

#[test]
fn blocks_are_read_by_their_fences() {
    let page = "## What\n```md,name=no.md\n```\n## Example\n````md,name=content/a.md\n```rust\nx\n```\n````\n```text,name=findings\nfound\n```\n## How\n```md,name=no.md\n```\n";
    let examples = examples(page);
    assert_eq!(examples.len(), 1);
    assert_eq!(examples[0].files, [("content/a.md", "```rust\nx\n```\n")]);
    assert_eq!(&page[examples[0].findings.clone()], "found\n");
}
