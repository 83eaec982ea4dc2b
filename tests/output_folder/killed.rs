//! Builds that are killed, and builds at the same time.

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};

use super::child::{Build, build_version, command, site, version};
use super::folder::Folder;

const KILLS: u32 = 80;

/// Every visible file is whole; unless a pass was cut off, all are of one version.
fn check(folder: &Folder) {
    let staging = folder.output().join(".ibid-staging");
    let journal = fs::read_to_string(staging.join("commit")).unwrap_or_default();
    let has_begun = journal.ends_with("\nend\n") || staging.join("moving").exists();
    let mut versions = BTreeSet::new();
    for (path, text) in folder.files() {
        if path.starts_with(".ibid-") || text == "an empty folder" {
            continue;
        }
        match version(&path, &text) {
            Some(version) => versions.insert(version),
            None => panic!("`{path}` is not whole: {text:?}"),
        };
    }
    // Version 0 marks the files that are the same in all.
    versions.remove(&0);
    assert!(has_begun || versions.len() == 1, "{versions:?}");
}

fn holds_version(folder: &Folder, version: usize) {
    let site = site(version);
    let want: Vec<_> = site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    folder.holds(&want);
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_mends_the_rest() {
    let folder = Folder::in_memory("killed");
    let began = Instant::now();
    for version in 1..4 {
        build_version(&folder.output(), version).unwrap();
    }
    let one_build = began.elapsed() / 3;
    for kill in 0..KILLS {
        let first = 10 * kill as usize + 4;
        let child = Build::start(command(&folder.output(), first..first + 1000));
        // Somewhere within the first two builds, each time a little later. What holds must hold
        // at any moment, so nothing depends on how long this really takes.
        std::thread::sleep(one_build * 2 * kill / KILLS + Duration::from_micros(u64::from(kill)));
        child.kill();
        check(&folder);
        build_version(&folder.output(), first + 1).unwrap();
        holds_version(&folder, first + 1);
    }
}

#[test]
fn a_killed_first_build_is_made_good() {
    for kill in 0..10 {
        let folder = Folder::in_memory("killed-first");
        let child = Build::start(command(&folder.output(), 1..1000));
        std::thread::sleep(Duration::from_millis(kill));
        child.kill();
        build_version(&folder.output(), 2).unwrap();
        holds_version(&folder, 2);
    }
}

#[test]
fn two_processes_build_one_after_the_other() {
    let folder = Folder::in_memory("processes");
    let children: Vec<_> =
        (0..3).map(|n| Build::start(command(&folder.output(), n * 10 + 1..n * 10 + 8))).collect();
    children.into_iter().for_each(Build::finish);
    let last = [7, 17, 27]
        .into_iter()
        .find(|&version| folder.output().join(format!("v{version}/only/here.html")).exists());
    holds_version(&folder, last.unwrap());
}

#[test]
fn threads_with_sinks_of_their_own_build_one_after_the_other() {
    let folder = Folder::in_memory("sinks");
    let output = folder.output();
    std::thread::scope(|scope| {
        for n in 0..4 {
            let output = &output;
            scope.spawn(move || {
                for version in 1..6 {
                    build_version(output, n * 10 + version).unwrap();
                }
            });
        }
    });
    build_version(&output, 99).unwrap();
    holds_version(&folder, 99);
}
