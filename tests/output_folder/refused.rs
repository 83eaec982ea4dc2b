//! Disks that refuse.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::child::{build_version, command, content, site};
use super::folder::Folder;

/// Expects the output to be as the build of a version left it, with no staging folder.
fn still_holds_version(folder: &Folder, version: usize) {
    let site = site(version);
    let want: Vec<_> = site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    folder.holds(&want);
}

/// What the other process said: the message of the error.
fn refusal(mut command: Command) -> Option<String> {
    let said = String::from_utf8(command.output().ok()?.stdout).unwrap();
    said.contains("ready").then_some(())?;
    let said = said.lines().find_map(|line| line.strip_prefix("refused: "));
    Some(said.expect("it was refused").to_owned())
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// As somebody who owns nothing, since nothing is read-only for root. Says so and passes where
/// such a process cannot be started.
#[test]
fn a_read_only_output_folder_is_an_error_and_stays_whole() {
    let folder = Folder::new("read-only");
    build_version(&folder.output(), 1).unwrap();
    chmod(&folder.output(), 0o555);
    let mut build = command(&folder.output(), 2..3);
    if is_root() {
        build.uid(65534).gid(65534);
    }
    let said = refusal(build);
    chmod(&folder.output(), 0o755);
    still_holds_version(&folder, 1);
    match said {
        Some(said) => {
            assert!(said.ends_with(".ibid-staging` cannot be made: permission denied"), "{said}");
        }
        None => println!("skipped: no process can be started as nobody"),
    }
}

/// A limit on the size of files stands in for a disk that is full: the write of one file stops
/// half way.
#[test]
fn a_write_that_stops_half_way_is_an_error_and_leaves_the_output_whole() {
    let folder = Folder::new("limit");
    build_version(&folder.output(), 1).unwrap();
    let child = command(&folder.output(), 2..3);
    let mut shell = Command::new("sh");
    // Two blocks of 512 or 1024 bytes; the signal that comes with the limit is ignored.
    shell.args(["-c", "trap '' XFSZ; ulimit -f 2; exec \"$0\" \"$@\""]);
    shell.arg(child.get_program()).args(child.get_args());
    for (name, value) in child.get_envs() {
        shell.env(name, value.unwrap());
    }
    assert!(content(2, "v2/only/here.html").len() > 2048);
    let said = refusal(shell).unwrap();
    assert!(said.ends_with("cannot be written: file too large"), "{said}");
    still_holds_version(&folder, 1);
}

/// A file system of its own, unmounted with the test.
struct Mount(PathBuf);

impl Mount {
    /// None where this process may not mount.
    fn new(at: PathBuf, arguments: &[&str]) -> Option<Self> {
        fs::create_dir_all(&at).unwrap();
        let mount = Command::new("mount").args(arguments).arg(&at).output().ok();
        if !mount.is_some_and(|mount| mount.status.success()) {
            println!("skipped: this process may not mount");
            return None;
        }
        Some(Self(at))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_is_an_error_and_leaves_the_output_whole() {
    let folder = Folder::new("full");
    // Room for one version (three hundred files of one block) and a part of another.
    let arguments = ["-t", "tmpfs", "-o", "size=1600k", "tmpfs"];
    let Some(_mount) = Mount::new(folder.output(), &arguments) else { return };
    build_version(&folder.output(), 1).unwrap();
    let error = build_version(&folder.output(), 2).unwrap_err();
    assert!(error.ends_with("cannot be written: no storage space"), "{error}");
    still_holds_version(&folder, 1);
}

/// Nothing can be renamed into a mount from outside, not even on one file system.
#[test]
fn a_mounted_folder_within_the_output_is_written_to() {
    let folder = Folder::new("mounted");
    build_version(&folder.output(), 1).unwrap();
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let arguments = ["--bind", elsewhere.to_str().unwrap()];
    let Some(_mount) = Mount::new(folder.output().join("7"), &arguments) else { return };
    for version in 2..4 {
        build_version(&folder.output(), version).unwrap();
        still_holds_version(&folder, version);
    }
    assert!(elsewhere.join("b").exists());
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout == b"0\n")
}
