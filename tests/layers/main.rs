//! Holds the architecture: what `ARCHITECTURE.md` says of the house is checked here.
//!
//! Each check takes the source as text and gives what is wrong with it in words. Beside each
//! stands a test that plants a violation, so that a check that sees nothing is found out.
#![allow(clippy::disallowed_methods, reason = "a test reads the source it checks")]

mod code;
mod floors;
mod limits;
mod owners;

use std::fs;
use std::path::Path;

use code::Files;

/// The source files of the crate.
fn source() -> Files {
    let mut files = Files::new();
    let mut folders = vec!["src".to_owned()];
    while let Some(folder) = folders.pop() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder);
        for entry in fs::read_dir(path).expect("the folder of the source can be read") {
            let entry = entry.expect("the folder of the source can be read");
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(name);
            } else if name.ends_with(".rs") {
                let text = fs::read_to_string(entry.path()).expect("source is UTF-8");
                files.insert(name, text);
            }
        }
    }
    files
}

/// A few files as if they were the source.
fn planted(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Fails with everything that is wrong.
fn assert_none(violations: &[String], rule: &str) {
    assert!(violations.is_empty(), "{rule}\n  {}\n", violations.join("\n  "));
}

/// Fails unless exactly one violation is seen, and it names what was planted.
fn assert_seen(violations: &[String], words: &str) {
    assert!(
        violations.len() == 1 && violations[0].contains(words),
        "the check is to see the one planted violation (`{words}`), but saw: {violations:#?}"
    );
}
