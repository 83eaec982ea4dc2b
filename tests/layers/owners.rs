//! Each outside package has one owner, and the world outside is reached through the doors.

use std::fs;
use std::path::Path;

use crate::code::{Files, bare, paths, tokens, without_tests};
use crate::{assert_none, assert_seen, planted, source};

/// Where each dependency may be named. `src/` means anywhere: data formats and calendars are
/// words that every room speaks.
const OWNERS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["src/diag/print.rs"]),
    ("axum", &["src/serve/"]),
    ("biblatex", &["src/cite/"]),
    ("ciborium", &["src/csl/"]),
    ("clap", &["src/cli/"]),
    ("csv", &["src/text/table.rs"]),
    ("deunicode", &["src/text/slug.rs"]),
    ("fast_image_resize", &["src/image/"]),
    ("futures_util", &["src/serve/"]),
    ("hayagriva", &["src/csl/"]),
    ("hyper", &["src/serve/"]),
    ("hyper_util", &["src/serve/"]),
    ("image_webp", &["src/image/"]),
    ("imagesize", &["src/source/"]),
    ("include_dir", &["src/theme/"]),
    ("indicatif", &["src/cli/"]),
    ("jiff", &["src/"]),
    ("lz4_flex", &["src/text/packed.rs"]),
    ("math_core", &["src/markdown/formulas.rs"]),
    ("memchr", &["src/text/seek.rs"]),
    ("mimalloc", &["src/main.rs"]),
    ("mime_guess", &["src/serve/"]),
    ("notify", &["src/serve/watch.rs"]),
    ("open", &["src/cli/serve.rs"]),
    ("percent_encoding", &["src/path.rs"]),
    ("png", &["src/image/"]),
    ("postcard", &["src/pipeline/ledger.rs", "src/pipeline/shelf.rs"]),
    ("pulldown_cmark", &["src/markdown/"]),
    ("pulldown_cmark_escape", &["src/text/escape.rs"]),
    ("quick_xml", &["src/render/feed/"]),
    ("rayon", &["src/pipeline/"]),
    ("saphyr_parser", &["src/import/yaml.rs"]),
    ("schemars", &["src/date.rs", "src/config/", "src/page/", "src/cli/"]),
    ("serde", &["src/"]),
    ("serde_json", &["src/"]),
    ("snowball_stemmers_rs", &["src/text/stem.rs"]),
    ("strsim", &["src/text/nearest.rs"]),
    ("syntect", &["src/markdown/"]),
    ("tera", &["src/theme/"]),
    ("tokio", &["src/serve/"]),
    ("toml", &["src/"]),
    ("toml_edit", &["src/moving/edit.rs"]),
    ("two_face", &["src/markdown/"]),
    ("twox_hash", &["src/fingerprint.rs"]),
    ("unicode_normalization", &["src/text/"]),
    ("walkdir", &["src/source/"]),
    ("webp", &["src/image/"]),
    ("zune_core", &["src/image/"]),
    ("zune_jpeg", &["src/image/"]),
];

/// The rooms with a door to the outside, and why each may have one.
const DOORS: &[(&str, &str)] = &[
    ("src/source/", "reads the disk"),
    ("src/output/", "writes the disk"),
    ("src/cli/", "asks the clock, the environment and the terminal"),
    ("src/main.rs", "takes the arguments"),
];

/// The room that waits for browsers and for changes: it may reach the network and the clock, and
/// the disk no more than any other room.
const WAITS: &str = "src/serve/";

/// What that room may reach.
const WAITED_FOR: &[&str] = &["std::net", "SystemTime", "Instant"];

/// Names that reach the disk, the clock or the environment.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "SystemTime",
    "Instant",
    "Zoned::now",
    "Timestamp::now",
];

/// Methods of `Path` that look at the disk.
const LOOKS: &[&str] = &[
    "exists",
    "try_exists",
    "is_file",
    "is_dir",
    "is_symlink",
    "metadata",
    "symlink_metadata",
    "canonicalize",
    "read_dir",
    "read_link",
];

fn dependencies() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let text = fs::read_to_string(path).expect("Cargo.toml can be read");
    let table: toml::Table = text.parse().expect("Cargo.toml is TOML");
    let names = table["dependencies"].as_table().expect("Cargo.toml has dependencies").keys();
    names.map(|name| name.replace('-', "_")).collect()
}

fn unowned(dependencies: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    for name in dependencies {
        if !OWNERS.iter().any(|(owned, _)| owned == name) {
            wrong.push(format!(
                "`{name}` has no owner: give it one in OWNERS of tests/layers/owners.rs"
            ));
        }
    }
    for (owned, _) in OWNERS {
        if !dependencies.iter().any(|name| name == owned) {
            wrong.push(format!("OWNERS has `{owned}`, Cargo.toml has not: take it out"));
        }
    }
    wrong
}

fn borrowed(files: &Files) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, text) in files {
        for named in paths(&bare(text)) {
            let Some((name, owners)) = OWNERS.iter().find(|(name, _)| *name == named.path[0])
            else {
                continue;
            };
            if !owners.iter().any(|owner| file.starts_with(owner)) {
                wrong.push(format!(
                    "{file}:{}: `{name}` belongs to {}: ask its owner for what is needed",
                    named.line,
                    owners.join(" and ")
                ));
            }
        }
    }
    wrong
}

fn outside_the_doors(files: &Files) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, text) in files {
        if DOORS.iter().any(|(room, _)| file.starts_with(room)) {
            continue;
        }
        let text = without_tests(&bare(text));
        for named in paths(&text) {
            let path = named.path.join("::");
            let hit = OUTSIDE.iter().find(|word| {
                path == **word
                    || path.starts_with(&format!("{word}::"))
                    || format!("::{path}::").contains(&format!("::{word}::"))
            });
            let waits = |word: &&&str| file.starts_with(WAITS) && WAITED_FOR.contains(*word);
            let hit = hit.filter(|word| !waits(word));
            // `ExitCode` is what `main` returns; it reaches nothing.
            if let Some(word) = hit.filter(|_| path != "std::process::ExitCode") {
                wrong.push(format!("{file}:{}: `{path}`: {}", named.line, door(word)));
            }
        }
        let tokens = tokens(&text);
        for three in tokens.windows(3) {
            if three[0].text == "." && LOOKS.contains(&three[1].text) && three[2].text == "(" {
                wrong.push(format!(
                    "{file}:{}: `.{}()`: {}",
                    three[1].line,
                    three[1].text,
                    door("std::fs")
                ));
            }
        }
    }
    wrong
}

fn door(word: &str) -> &'static str {
    match word {
        "std::fs" => "only source/ reads the disk and only output/ writes it",
        _ => "stages see neither the clock, the environment nor other programs; cli/ hands it in",
    }
}

fn lifted_bans(files: &Files) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, text) in files {
        let allows = without_tests(&bare(text)).contains("clippy::disallowed_methods");
        let rooms = DOORS.iter().map(|(room, _)| *room).chain([WAITS]);
        if allows && !rooms.into_iter().any(|room| file.starts_with(room)) {
            wrong.push(format!("{file}: lifts the bans of clippy.toml, which only the doors may"));
        }
    }
    wrong
}

fn missing_bans(clippy: &str) -> Vec<String> {
    [
        "std::fs::read",
        "std::fs::read_to_string",
        "std::fs::read_dir",
        "std::fs::metadata",
        "std::fs::File::open",
        "std::path::Path::exists",
        "std::fs::write",
        "std::fs::rename",
        "std::fs::create_dir_all",
        "std::fs::remove_file",
        "std::fs::remove_dir_all",
        "std::fs::File::create",
        "std::time::SystemTime::now",
        "std::time::Instant::now",
        "jiff::Zoned::now",
        "std::env::var",
        "std::env::current_dir",
    ]
    .iter()
    .filter(|method| !clippy.contains(&format!("path = \"{method}\"")))
    .map(|method| format!("clippy.toml no longer bans `{method}`"))
    .collect()
}

#[test]
fn every_dependency_has_an_owner() {
    assert_none(&unowned(&dependencies()), "each outside package has one owner module");
}

#[test]
fn a_dependency_without_an_owner_is_seen() {
    let mut all = dependencies();
    all.push("left_pad".into());
    assert_seen(&unowned(&all), "`left_pad`");
}

#[test]
fn a_dependency_is_named_by_its_owner_alone() {
    assert_none(&borrowed(&source()), "an outside package is named by its owner alone");
}

#[test]
fn a_borrowed_dependency_is_seen() {
    assert_seen(
        &borrowed(&planted(&[("src/page/mod.rs", "use pulldown_cmark::Event;")])),
        "`pulldown_cmark`",
    );
    assert_seen(
        &borrowed(&planted(&[("src/site/mod.rs", "fn f() { rayon::join(a, b); }")])),
        "`rayon`",
    );
    assert_seen(&borrowed(&planted(&[("src/view/mod.rs", "use tera as t;")])), "`tera`");
}

#[test]
fn the_outside_is_reached_through_the_doors() {
    assert_none(&outside_the_doors(&source()), "only the doors reach the outside");
    assert_none(&lifted_bans(&source()), "only the doors lift the bans of clippy.toml");
}

#[test]
fn a_way_around_the_doors_is_seen() {
    let seen = |text| outside_the_doors(&planted(&[("src/page/mod.rs", text)]));
    assert_seen(&seen("use std::fs;"), "std::fs");
    assert_seen(&seen("use std::{fmt, fs::{self, File}};")[..1], "std::fs");
    assert_seen(&seen("fn f() { std::env::var(\"HOME\"); }"), "std::env::var");
    assert_seen(&seen("use std::time::Instant;"), "Instant");
    assert_seen(&seen("fn f(p: &Path) -> bool { p.exists() }"), ".exists()");
    assert_seen(&seen("fn f() { jiff::Zoned::now(); }"), "Zoned::now");
    let lifted = "#![allow(clippy::disallowed_methods, reason = \"\")]";
    assert_seen(&lifted_bans(&planted(&[("src/page/mod.rs", lifted)])), "lifts");
}

#[test]
fn the_room_that_waits_is_kept_from_the_disk() {
    let seen = |text| outside_the_doors(&planted(&[("src/serve/run.rs", text)]));
    assert_none(&seen("use std::time::Instant; use std::net::IpAddr;"), "it waits");
    assert_seen(&seen("use std::fs;"), "std::fs");
    assert_seen(&seen("fn f(p: &Path) -> bool { p.is_dir() }"), ".is_dir()");
    assert_seen(&seen("fn f() { std::process::exit(1); }"), "std::process");
}

#[test]
fn clippy_bans_what_reaches_the_outside() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("clippy.toml");
    let text = fs::read_to_string(path).expect("clippy.toml can be read");
    assert_none(&missing_bans(&text), "clippy.toml bans what reaches the outside");
    assert_seen(&missing_bans(&text.replace("std::fs::rename", "")), "std::fs::rename");
}
