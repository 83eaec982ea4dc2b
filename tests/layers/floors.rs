//! Imports run down the floors, and no files import in a circle.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::{Files, bare, module_of, modules, paths, resolve, tokens, without_tests};
use crate::{assert_none, assert_seen, planted, source};

/// The top-level modules by floor, from the ground up. A new module gets its place here, in
/// `src/lib.rs` and in `ARCHITECTURE.md`.
const FLOORS: &[(u8, &[&str])] = &[
    (1, &["date", "fingerprint", "text"]),
    (2, &["path", "settings"]),
    (3, &["diag"]),
    (4, &["cite", "theme", "source"]),
    (5, &["csl", "image", "markdown"]),
    (6, &["config"]),
    (7, &["page"]),
    (8, &["site"]),
    (9, &["check", "moving", "search", "view"]),
    (10, &["import", "render"]),
    (11, &["output"]),
    (12, &["pipeline"]),
    (13, &["serve"]),
    (14, &["cli"]),
];

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(_, modules)| modules.contains(&module)).map(|(floor, _)| *floor)
}

/// What each file names of the crate, by where it stands: the file, the line, its module, and
/// the path it names.
fn named(files: &Files) -> Vec<(&str, usize, Vec<String>, Vec<String>)> {
    let mut all = Vec::new();
    for (file, text) in files.iter().filter(|(file, _)| *file != "src/main.rs") {
        let module = module_of(file);
        // Unit tests stand in a module below their file's own, where `super` is the file.
        for named in paths(&without_tests(&bare(text))) {
            if let Some(path) = resolve(&named, &module) {
                all.push((file.as_str(), named.line, module.clone(), path));
            }
        }
    }
    all
}

fn climbing(files: &Files) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, line, module, path) in named(files) {
        let (Some(from), Some(to)) = (module.first(), path.first()) else { continue };
        if from == to {
            continue;
        }
        match (floor(from), floor(to)) {
            (Some(here), Some(there)) if there < here => {}
            (Some(here), Some(there)) => wrong.push(format!(
                "{file}:{line}: `{from}` (floor {here}) names `{to}` (floor {there}): hand the \
                 value in from above, or move what both need to a lower floor"
            )),
            (_, None) => wrong.push(format!(
                "{file}:{line}: `crate::{to}` is no module of FLOORS in tests/layers/floors.rs"
            )),
            (None, _) => {} // said once, by `unplaced`
        }
    }
    wrong
}

fn unplaced(files: &Files) -> Vec<String> {
    let there: BTreeSet<String> =
        modules(files).into_keys().filter_map(|module| module.into_iter().next()).collect();
    let placed: BTreeSet<String> =
        FLOORS.iter().flat_map(|(_, names)| names.iter().map(|name| (*name).to_owned())).collect();
    let mut wrong: Vec<String> = there
        .difference(&placed)
        .map(|module| format!("`{module}` stands on no floor: give it one in FLOORS"))
        .collect();
    wrong.extend(
        placed.difference(&there).map(|module| format!("FLOORS has `{module}`, src/ has not")),
    );
    let listed = bare(files.get("src/lib.rs").map_or("", String::as_str));
    let mut highest = 0;
    for three in tokens(&listed).windows(3) {
        if three[0].text == "mod" && three[2].text == ";" {
            let here = floor(three[1].text).unwrap_or(highest);
            if here < highest {
                wrong.push(format!("src/lib.rs lists `{}` after a higher floor", three[1].text));
            }
            highest = here;
        }
    }
    wrong
}

/// A child that uses what the `mod.rs` above it defines makes a knot of the two.
fn upward_in_folder(files: &Files) -> Vec<String> {
    let modules = modules(files);
    let mut wrong = Vec::new();
    for (file, line, module, path) in named(files) {
        let home = longest_module(&modules, &path);
        if home.len() < module.len() && module.starts_with(&home) {
            let item = path.join("::");
            let face = if home.is_empty() { "src/lib.rs" } else { modules[&home] };
            wrong.push(format!(
                "{file}:{line}: names `{item}`, which {face} above it defines: name the sibling \
                 file that holds it, or move it into one"
            ));
        }
    }
    wrong
}

fn longest_module<'a>(modules: &BTreeMap<Vec<String>, &'a str>, path: &'a [String]) -> Vec<String> {
    (0..=path.len())
        .rev()
        .map(|length| path[..length].to_vec())
        .find(|prefix| prefix.is_empty() || modules.contains_key(prefix))
        .unwrap_or_default()
}

fn circles(files: &Files) -> Vec<String> {
    let modules = modules(files);
    let mut edges: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
    for (_, _, module, path) in named(files) {
        let home = longest_module(&modules, &path);
        if home != module && !home.is_empty() && !module.is_empty() && !module.starts_with(&home) {
            edges.entry(module).or_default().insert(home);
        }
    }
    let mut done = BTreeSet::new();
    let mut wrong = Vec::new();
    for start in edges.keys() {
        visit(start, &edges, &mut Vec::new(), &mut done, &mut wrong);
    }
    wrong
}

fn visit(
    module: &Vec<String>,
    edges: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>,
    trail: &mut Vec<Vec<String>>,
    done: &mut BTreeSet<Vec<String>>,
    wrong: &mut Vec<String>,
) {
    if let Some(at) = trail.iter().position(|seen| seen == module) {
        let names: Vec<String> =
            trail[at..].iter().chain([module]).map(|module| module.join("::")).collect();
        wrong.push(format!(
            "a circle: {}: move what they share into a third file",
            names.join(" → ")
        ));
        return;
    }
    if !done.contains(module) {
        trail.push(module.clone());
        for next in edges.get(module).into_iter().flatten() {
            visit(next, edges, trail, done, wrong);
        }
        trail.pop();
        done.insert(module.clone());
    }
}

#[test]
fn imports_run_down_the_floors() {
    assert_none(&climbing(&source()), "a module names only modules of lower floors");
}

#[test]
fn an_import_up_is_seen() {
    let grouped = "use crate::{diag::Code, pipeline::{build, Built}};";
    assert_seen(&climbing(&planted(&[("src/page/card.rs", grouped)]))[..1], "`pipeline`");
    let inline = "fn f() -> crate::site::Site { todo!() }";
    assert_seen(&climbing(&planted(&[("src/page/mod.rs", inline)])), "`site`");
    let beside = "use super::super::check::run;";
    assert_seen(&climbing(&planted(&[("src/view/page.rs", beside)])), "`check`");
    let unknown = "use crate::manager::Thing;";
    assert_seen(&climbing(&planted(&[("src/page/card.rs", unknown)])), "`crate::manager`");
    let quoted = "// use crate::site::Site;\nconst A: &str = \"crate::site::Site\";";
    assert_none(&climbing(&planted(&[("src/page/mod.rs", quoted)])), "a comment is no import");
}

#[test]
fn every_module_has_its_floor() {
    assert_none(&unplaced(&source()), "FLOORS, src/ and src/lib.rs name the same modules");
}

#[test]
fn a_module_without_a_floor_is_seen() {
    let mut files = source();
    files.insert("src/manager/mod.rs".into(), String::new());
    assert_seen(&unplaced(&files), "`manager`");
    let mut files = source();
    let shuffled = files["src/lib.rs"].replacen("pub mod", "pub mod cli; pub mod", 1);
    files.insert("src/lib.rs".into(), shuffled);
    assert_seen(&unplaced(&files)[..1], "after a higher floor");
}

#[test]
fn a_child_names_no_item_of_its_own_face() {
    assert_none(&upward_in_folder(&source()), "a child may use a sibling, never its own mod.rs");
}

#[test]
fn a_child_that_names_its_own_face_is_seen() {
    let files = |child| {
        planted(&[("src/page/mod.rs", ""), ("src/page/card.rs", ""), ("src/page/a.rs", child)])
    };
    assert_seen(&upward_in_folder(&files("use super::Page;")), "`page::Page`");
    assert_seen(&upward_in_folder(&files("use super::{card::Card, Page};")), "`page::Page`");
    assert_seen(&upward_in_folder(&files("fn f(_: &crate::page::Page) {}")), "`page::Page`");
    assert_none(&upward_in_folder(&files("use super::card::Card;")), "a sibling may be used");
}

#[test]
fn no_files_import_in_a_circle() {
    assert_none(&circles(&source()), "no circle of files");
}

#[test]
fn a_circle_is_seen() {
    let files = planted(&[
        ("src/page/mod.rs", "mod a; mod b; mod c;"),
        ("src/page/a.rs", "use super::b::B;"),
        ("src/page/b.rs", "use crate::page::c;"),
        ("src/page/c.rs", "fn f() { super::a::g() }"),
    ]);
    assert_seen(&circles(&files), "page::a → page::b → page::c → page::a");
    let files = planted(&[
        ("src/page/mod.rs", "mod a; mod rules;"),
        ("src/page/a.rs", "use super::rules;"),
        ("src/page/rules/mod.rs", "mod one;"),
        ("src/page/rules/one.rs", "use crate::page::a::A;"),
    ]);
    assert_seen(&circles(&files), "circle");
}
