//! A build that is killed leaves whole files, and the next one completes what it began.
//!
//! The moments of the kills are stepped over the time a build takes. Whether a kill comes
//! early, late or after the end changes what the test exercises, never whether it passes.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "a test looks at the site it builds")]
#![allow(clippy::print_stderr, reason = "says how many kills met a build")]

mod support;

use std::process::Child;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use support::{NOW, Site, Tree, difference, finish_child, tree};

const PAGES: usize = 300;
const KILLS: u32 = 44;

const MOVED: usize = 80;
const MOVES_KILLED: usize = 20;

/// Writes every page, in one of two versions.
fn write(site: &Site, version: &str) {
    for number in 0..PAGES {
        let body = format!("Version {version} of page {number}.\n\n").repeat(20);
        let page = format!("+++\ntitle = \"Page {number} {version}\"\n+++\n\n{body}");
        site.write(format!("content/notes/page-{number}.md"), page);
    }
    // A page of one version only: it must come and go.
    let only = format!("content/notes/only-{version}.md");
    for other in ["one", "two"] {
        let path = format!("content/notes/only-{other}.md");
        if site.path(&path).exists() {
            site.remove(&path);
        }
    }
    site.write(only, format!("+++\ntitle = \"Only {version}\"\n+++\n"));
}

fn whole(site: &Site) -> Tree {
    tree(&site.path("public"))
}

fn left_over(tree: &Tree, clean: &Tree) -> Vec<String> {
    tree.keys().filter(|path| !clean.contains_key(*path)).cloned().collect()
}

/// Starts a build, kills it after a while, and tells whether it was still running.
fn killed_after(site: &Site, moment: Duration) -> bool {
    let mut command = site.command::<&str>(&[]);
    command.args(["build", "--now", NOW]);
    let mut child = command.spawn().expect("ibid starts");
    // Nobody sends: the wait ends at its moment and never before.
    let (_sender, receiver) = mpsc::channel::<()>();
    let _ = receiver.recv_timeout(moment);
    let running = child.try_wait().expect("a build can be asked").is_none();
    let _ = child.kill();
    finish_child(child);
    running
}

#[test]
fn a_killed_build_leaves_whole_files() {
    let site = Site::new(&[(
        "content/notes/_index.md",
        "+++\ntitle = \"Notes\"\nsort_by = \"title\"\n+++\n",
    )]);
    write(&site, "two");
    site.built(&[]);
    let two = whole(&site);
    write(&site, "one");
    let started = Instant::now();
    site.built(&[]);
    let length = started.elapsed();
    let one = whole(&site);
    assert!(one.len() >= PAGES && one != two, "the two versions of the site differ");

    let mut cut = 0;
    let (mut before, mut after, mut version) = (&one, &two, "two");
    for kill in 0..KILLS {
        write(&site, version);
        // A quarter past the end, so that the last moments are tried on a slow run too.
        cut += u32::from(killed_after(&site, length * 5 * kill / (4 * KILLS)));
        for (path, bytes) in site.output() {
            let known = [before, after].iter().any(|tree| tree.get(&path) == Some(&bytes));
            assert!(known, "kill {kill}: `{path}` is neither the old file nor the new one, whole");
        }
        site.built(&[]);
        let now = whole(&site);
        let change = difference(&without_notes(after), &without_notes(&now));
        assert!(
            change.is_empty(),
            "kill {kill}: the next build is to end what this one began\n{change}"
        );
        let left = left_over(&now, after);
        assert!(left.is_empty(), "kill {kill}: left over: {left:?}");
        (before, after) = (after, before);
        version = if version == "two" { "one" } else { "two" };
    }
    eprintln!("{cut} of {KILLS} kills met a build at work");
}

#[test]
fn a_killed_move_is_taken_back() {
    let site = Site::new(&[("content/guide/_index.md", "+++\ntitle = \"Guide\"\n+++\n")]);
    for number in 0..MOVED {
        let (here, there) = (format!("guide/page-{number}.md"), format!("page-{number}.md"));
        site.write(format!("content/{here}"), format!("+++\ntitle = \"{number}\"\n+++\n"));
        site.write(
            format!("content/{there}"),
            format!("+++\ntitle = \"{number}\"\n+++\n[x]({here})\n"),
        );
    }
    let old = tree(&site.path("content"));
    site.run(&["mv", "guide", "start", "--now", NOW]).assert_calm("mv");
    let new = tree(&site.path("content"));
    assert!(old.len() == new.len() && old != new, "the site has moved");

    let mut cut = 0;
    for kill in 0..MOVES_KILLED {
        let mut command = site.command::<&str>(&[]);
        site.remove("content");
        for (path, text) in &old {
            site.write(format!("content/{path}"), text);
        }
        command.args(["mv", "guide", "start", "--now", NOW]);
        let mut child = command.spawn().expect("ibid starts");
        // Seen from outside a move is over in a moment: wait until so many files have moved.
        let moved = |folder: &str| site.path(folder).read_dir().map_or(0, Iterator::count);
        let wanted = MOVED * kill / MOVES_KILLED;
        let is_running = |child: &mut Child| child.try_wait().is_ok_and(|code| code.is_none());
        while is_running(&mut child)
            && (moved(".ibid/move") == 0 || moved("content/start") < wanted)
        {}
        let _ = child.kill();
        finish_child(child);
        cut += u32::from(site.path(".ibid/move/journal").exists());
        // Whatever is asked for; this cannot be done.
        let next = site.run(&["mv", "nothing", "nowhere", "--now", NOW]);
        assert_eq!(next.code, Some(1), "{}", next.all());
        let left = tree(&site.path("content"));
        assert!(left == old || left == new, "kill {kill}: the site is half moved");
        assert!(!site.path(".ibid/move").exists(), "kill {kill}: something is left");
    }
    eprintln!("{cut} of {MOVES_KILLED} kills met a move at work");
}

/// The files of a tree without what ibid notes of them.
fn without_notes(tree: &Tree) -> Tree {
    tree.iter()
        .filter(|(path, _)| !path.split('/').any(|part| part.starts_with(".ibid")))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect()
}
