//! Breaks a good site in every way the cases know, and looks at what ibid says and leaves.
//!
//! A case is a file in `tests/hostile/cases/`: what is done to the site, and under `[expect]`
//! the exit code and what is printed. `UPDATE_EXPECTED=1 cargo test --test hostile` writes
//! `[expect]` anew; `HOSTILE=part-of-a-name` runs some cases only. Whatever the case: no panic,
//! each finding on one line that begins with its place, the earlier output whole byte for byte
//! where the build does not succeed, and not one file written outside the output folder.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "a test writes the sites it breaks")]
#![allow(clippy::print_stderr, reason = "says which case could not be held")]

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use serde::Deserialize;

use support::{NOW, Run, Site, Tree, difference, tree, updating};

/// The most lines that a case writes down; a hostile page can have thousands.
const SHOWN: usize = 8;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is broken, in a few words.
    about: String,
    /// The arguments, where they are not those of a plain build.
    #[serde(default)]
    run: Vec<String>,
    /// The program that starts ibid, where something around it is broken.
    #[serde(default)]
    through: Vec<String>,
    /// Takes away the right of root to read and write everything.
    #[serde(default)]
    unprivileged: bool,
    /// What is done to the good site, in order.
    #[serde(default, rename = "do")]
    steps: Vec<Step>,
    /// Texts that output files must hold afterwards.
    #[serde(default)]
    holds: BTreeMap<String, Vec<String>>,
    /// Texts that output files must not hold afterwards.
    #[serde(default)]
    lacks: BTreeMap<String, Vec<String>>,
    /// The exit code and what is printed.
    expect: Option<Expect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// Relative to the site; `%FF` stands for the byte.
    path: String,
    text: Option<String>,
    bytes: Option<Vec<u8>>,
    /// Texts to be repeated; `{n}` in them counts.
    parts: Option<Vec<(String, usize)>>,
    symlink: Option<String>,
    mode: Option<String>,
    #[serde(default)]
    folder: bool,
    #[serde(default)]
    fifo: bool,
    #[serde(default)]
    remove: bool,
}

#[derive(Deserialize, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
struct Expect {
    code: i32,
    printed: String,
}

/// The site before it is broken.
fn good() -> Site {
    let notes =
        "+++\ntitle = \"TeX\"\n+++\n\nBack [home](@/_index.md), or read the [data](data.csv).\n";
    let site = Site::new(&[
        ("content/notes/_index.md", "+++\ntitle = \"Notes\"\n+++\n"),
        ("content/notes/tex.md", notes),
        ("content/notes/data.csv", "a,b\n1,2\n"),
        ("static/mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
    ]);
    site.built(&[]);
    site
}

fn unescape(path: &str) -> PathBuf {
    let bytes = path.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let code = path.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    PathBuf::from(OsString::from_vec(out))
}

fn apply(step: &Step, site: &Site) {
    let path = site.path(unescape(&step.path));
    let made = "a step of a hostile case can be done";
    if step.remove {
        if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.expect(made);
        return;
    }
    let folder = if step.folder { Some(&*path) } else { path.parent() };
    fs::create_dir_all(folder.expect(made)).expect(made);
    if let Some(text) = &step.text {
        fs::write(&path, text).expect(made);
    }
    if let Some(bytes) = &step.bytes {
        fs::write(&path, bytes).expect(made);
    }
    if let Some(parts) = &step.parts {
        let mut text = String::new();
        for (part, times) in parts {
            for n in 0..*times {
                text += &part.replace("{n}", &n.to_string());
            }
        }
        fs::write(&path, text).expect(made);
    }
    if let Some(to) = &step.symlink {
        symlink(to, &path).expect(made);
    }
    if step.fifo {
        let done = Command::new("mkfifo").arg(&path).status().expect("`mkfifo` is there");
        assert!(done.success(), "`mkfifo {}`", path.display());
    }
    if let Some(mode) = &step.mode {
        let mode = u32::from_str_radix(mode, 8).expect("a mode is octal");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect(made);
    }
}

/// The command that takes root's right to pass over permissions away; empty for others.
fn unprivileged() -> Option<Vec<String>> {
    let probe = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let probe = probe.join(format!("unreadable-{}", std::process::id()));
    fs::write(&probe, "").expect("a file can be written");
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o000)).expect("a mode can be set");
    let wrapper: Vec<String> =
        ["setpriv", "--bounding-set=-dac_override,-dac_read_search"].map(str::to_owned).to_vec();
    let reads = |wrapper: &[String]| {
        let mut command = Command::new(wrapper.first().map_or("cat", |first| first));
        if !wrapper.is_empty() {
            command.args(&wrapper[1..]).arg("cat");
        }
        command.arg(&probe).output().map(|output| output.status.success()).unwrap_or(true)
    };
    let found = [Vec::new(), wrapper].into_iter().find(|wrapper| !reads(wrapper));
    fs::remove_file(&probe).expect("a file can be removed");
    found
}

/// What a run printed, with nothing of the machine in it.
fn printed(run: &Run, site: &Site) -> String {
    let around = site.around().to_string_lossy();
    let lines: Vec<String> = run
        .stdout
        .lines()
        .chain(run.stderr.lines())
        .map(|line| without_time(&line.replace(&*around, "[AROUND]")))
        .collect();
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        if number < SHOWN || number + 1 == lines.len() {
            text += &format!("{line}\n");
        } else if number == SHOWN {
            text += &format!("and {} lines more\n", lines.len() - SHOWN - 1);
        }
    }
    text
}

/// Takes the times out of `Built 3 pages in 0.12 s (search 0.01 s): …`.
fn without_time(line: &str) -> String {
    let time = line.find(" in ").and_then(|start| {
        let length = line[start..].find(" s: ").or_else(|| line[start..].find(" s): "))?;
        Some((start, start + length))
    });
    let is_time = |text: &str| text.split(" s (search ").all(|part| part.parse::<f64>().is_ok());
    match time {
        Some((start, end)) if is_time(&line[start + 4..end]) => {
            let rest = line[end..].find(':').map_or("", |colon| &line[end + colon..]);
            format!("{}{rest}", &line[..start])
        }
        _ => line.to_owned(),
    }
}

/// Everything around the site but its output and its cache.
fn input(site: &Site) -> Tree {
    let mut tree = tree(site.around());
    tree.retain(|path, _| !path.starts_with("site/public/") && !path.starts_with("site/.ibid/"));
    tree
}

/// Runs a case and gives what is wrong with it in words.
fn judge(name: &str, case: &Case, site: &Site) -> (Expect, Vec<String>) {
    for step in &case.steps {
        apply(step, site);
    }
    let earlier = site.output();
    let broken = input(site);
    let mut arguments: Vec<String> = case.run.clone();
    if arguments.is_empty() {
        arguments.push("build".into());
    }
    let defaults = [["--now", NOW], ["--format", "short"]];
    for option in defaults.iter().filter(|option| !case.run.iter().any(|one| one == option[0])) {
        arguments.extend(option.map(str::to_owned));
    }
    let mut wrapper = case.through.clone();
    if case.unprivileged {
        wrapper.splice(0..0, unprivileged().unwrap_or_default());
    }
    let run = site.run_through(&wrapper, &arguments);
    run.assert_calm(name);
    let mut wrong = Vec::new();
    let mut say = |text: String| wrong.push(format!("{text}\n{}", run.all()));
    let code = run.code.unwrap_or(-1);
    if code != 0 {
        let change = difference(&earlier, &site.output());
        if !change.is_empty() {
            say(format!("the earlier output is to stay whole:\n{change}"));
        }
        if run.findings().is_empty() && !run.stderr.contains("error: ") {
            say("a run that does not succeed says why".into());
        }
    }
    let change = difference(&broken, &input(site));
    if !change.is_empty() {
        say(format!("nothing but the output may change:\n{change}"));
    }
    for line in run.findings() {
        let opens = ["error[", "warning[", "note["]
            .iter()
            .any(|word| line.starts_with(word) || line.contains(&format!(": {word}")));
        if !opens || line.contains("failed to") || line.contains("invalid") {
            say(format!("a finding is `place: severity[code]: the fact`, but this is: {line}"));
        }
    }
    let output = site.output();
    for (path, texts) in &case.holds {
        let content = output.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        for text in texts {
            if !content.as_ref().is_some_and(|content| content.contains(text)) {
                say(format!("`{path}` is to come out and hold `{text}`"));
            }
        }
    }
    for (path, texts) in &case.lacks {
        let content = output.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        for text in texts {
            if content.as_ref().is_some_and(|content| content.contains(text)) {
                say(format!("`{path}` is not to hold `{text}`"));
            }
        }
    }
    (Expect { code, printed: printed(&run, site) }, wrong)
}

/// Writes `[expect]`, which ends each file of a case, anew.
fn update(path: &Path, text: &str, got: &Expect) {
    let head = text.find("\n[expect]").map_or(text, |at| &text[..=at]);
    let printed = if got.printed.contains("'''") || got.printed.contains('\r') {
        toml::Value::String(got.printed.clone()).to_string()
    } else {
        format!("'''\n{}'''", got.printed)
    };
    let tail = format!("[expect]\ncode = {}\nprinted = {printed}\n", got.code);
    fs::write(path, format!("{}\n\n{tail}", head.trim_end())).expect("a case can be written");
}

fn run_case(path: &Path) -> Result<(), String> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    let case: Case = toml::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
    if case.unprivileged && unprivileged().is_none() {
        eprintln!("not held here: {name}: neither an ordinary user nor `setpriv` is at hand");
        return Ok(());
    }
    let site = good();
    let (got, mut wrong) = judge(&name, &case, &site);
    if updating() {
        update(path, &text, &got);
    } else if case.expect.as_ref() != Some(&got) {
        let (code, want) = case.expect.map_or((0, String::new()), |want| (want.code, want.printed));
        wrong.push(format!(
            "expected code {code} and\n{want}but got code {} and\n{}if that is right, run \
             UPDATE_EXPECTED=1 HOSTILE={name} cargo test --test hostile",
            got.code, got.printed
        ));
    }
    // What a case locks, the removal of its site must open again.
    for step in case.steps.iter().filter(|step| step.mode.is_some()) {
        let _ =
            fs::set_permissions(site.path(unescape(&step.path)), fs::Permissions::from_mode(0o755));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{name} ({})\n{}", case.about, wrong.join("\n")))
}

#[test]
fn a_broken_site_gets_an_answer_and_keeps_its_output() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/cases");
    let wanted = std::env::var("HOSTILE").unwrap_or_default();
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("the cases can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .filter(|path| path.to_string_lossy().contains(&wanted))
        .collect();
    cases.sort();
    assert!(wanted.is_empty() && cases.len() >= 40 || !cases.is_empty(), "cases are missing");
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next, cases) = (sender.clone(), &next, &cases);
            scope.spawn(move || {
                while let Some(path) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let judged = std::panic::catch_unwind(|| run_case(path));
                    let judged = judged.unwrap_or_else(|panic| {
                        let text = panic.downcast_ref::<String>().cloned().unwrap_or_default();
                        Err(format!("{}: {text}", path.display()))
                    });
                    let _ = sender.send((path, judged));
                }
            });
        }
    });
    drop(sender);
    let mut wrong: Vec<(&PathBuf, String)> =
        receiver.into_iter().filter_map(|(path, judged)| Some((path, judged.err()?))).collect();
    wrong.sort();
    let texts: Vec<String> = wrong.into_iter().map(|(_, text)| text).collect();
    assert!(texts.is_empty(), "{} cases are wrong:\n\n{}", texts.len(), texts.join("\n\n"));
}

#[test]
fn every_case_says_what_it_expects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile/cases");
    for entry in fs::read_dir(folder).expect("the cases are there") {
        let path = entry.expect("the cases can be listed").path();
        let text = fs::read_to_string(&path).expect("a case can be read");
        let case: Case =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(
            case.expect.is_some(),
            "{}: run UPDATE_EXPECTED=1 cargo test --test hostile",
            path.display()
        );
    }
}
