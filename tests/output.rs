//! What the output folder promises, also to a build that is killed.

#![allow(clippy::disallowed_methods, reason = "these tests make and look at files")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may stop and may speak")]

mod output_folder;

use std::fs;
use std::path::Path;

use ibid::diag::{Code, Severity};
use ibid::fingerprint::Fingerprint;
use ibid::output::{Disk, Dry, Memory, Session, Sink, Written};
use ibid::path::OutputPath;
use ibid::render::{Content, Rendered};

use output_folder::{Folder, build, path, put, rendered};

const MANIFEST: &str = ".ibid-manifest";

/// The files that a build touched, in order.
fn changed(written: &Written) -> Vec<OutputPath> {
    written.changes.iter().map(|(path, _)| path.clone()).collect()
}

/// Builds and expects no finding.
fn build_quietly(folder: &Folder, files: &[(&str, &str)]) -> Written {
    let outcome = build(folder, files).unwrap();
    assert_eq!(outcome.diagnostics, []);
    outcome.value
}

/// Builds and expects one finding, whose message it returns.
fn finding(folder: &Folder, files: &[(&str, &str)], code: Code, severity: Severity) -> String {
    let outcome = build(folder, files).unwrap();
    let [finding] = outcome.diagnostics.as_slice() else { panic!("{:?}", outcome.diagnostics) };
    assert_eq!((finding.code, finding.severity), (code, severity));
    if severity == Severity::Error {
        assert_eq!(outcome.value, Written::default());
    }
    finding.message.replace(folder.output().to_str().unwrap(), "public")
}

#[test]
fn a_first_build_writes_the_plan_and_nothing_else() {
    let folder = Folder::new("first");
    let written = build_quietly(&folder, &[("index.html", "home"), ("a/b/index.html", "b")]);
    assert_eq!((written.written, written.unchanged, written.removed), (2, 0, 0));
    assert_eq!(changed(&written), [path("a/b/index.html"), path("index.html")]);
    folder.holds(&[("index.html", "home"), ("a/b/index.html", "b")]);
}

#[test]
fn the_manifest_names_files_and_nothing_of_the_machine() {
    let folder = Folder::new("manifest");
    build_quietly(&folder, &[("index.html", "home"), ("a b/ü.html", "b")]);
    let line = |path, text: &str| format!("{} {path}\n", Fingerprint::of(text.as_bytes()));
    let want = [line("a b/ü.html", "b"), line("index.html", "home")].concat();
    assert_eq!(folder.read(MANIFEST), format!("ibid manifest 2\n{want}"));
}

#[test]
fn nothing_is_visible_before_close() {
    let folder = Folder::new("close");
    build_quietly(&folder, &[("a.html", "old"), ("b.html", "old")]);
    let disk = Disk::new(folder.output());
    let session = disk.open(&[path("a.html"), path("c.html")]).unwrap().value;
    session.put(&rendered("a.html", "new")).unwrap();
    session.put(&rendered("c.html", "new")).unwrap();
    assert_eq!(folder.read("a.html"), "old");
    assert_eq!(folder.read("b.html"), "old");
    assert!(!folder.output().join("c.html").exists());
    drop(session);
    folder.holds(&[("a.html", "old"), ("b.html", "old")]);
}

#[test]
fn a_dropped_session_leaves_no_folder_behind() {
    let folder = Folder::new("dropped");
    let disk = Disk::new(folder.output().join("deep/inside"));
    let session = disk.open(&[path("a.html")]).unwrap().value;
    session.put(&rendered("a.html", "new")).unwrap();
    drop(session);
    assert!(!folder.output().exists());
}

#[test]
fn a_file_that_does_not_differ_is_not_touched() {
    let folder = Folder::new("unchanged");
    let photo = folder.path().join("photo.jpg");
    fs::write(&photo, "light").unwrap();
    let files = || [rendered("a.html", "a"), rendered("b.html", "b"), copy("c.jpg", &photo)];
    put(&folder, &files()).unwrap();
    let before = folder.stamps();
    let written = put(&folder, &files()).unwrap().value;
    assert_eq!((written.written, written.unchanged, written.removed), (0, 3, 0));
    assert_eq!(folder.stamps(), before);
    fs::write(&photo, "shade").unwrap();
    let written = put(&folder, &files()).unwrap().value;
    assert_eq!(changed(&written), [path("c.jpg")]);
    assert_eq!(folder.read("c.jpg"), "shade");
}

#[test]
fn a_file_that_is_planned_and_never_put_stays() {
    let folder = Folder::new("kept");
    build_quietly(&folder, &[("a.html", "a"), ("b.html", "b")]);
    let disk = Disk::new(folder.output());
    let session = disk.open(&[path("a.html"), path("b.html")]).unwrap().value;
    session.put(&rendered("a.html", "A")).unwrap();
    session.close().unwrap();
    folder.holds(&[("a.html", "A"), ("b.html", "b")]);
    assert!(folder.read(MANIFEST).contains(" b.html\n"));
}

#[test]
fn a_file_outside_the_plan_is_refused() {
    let folder = Folder::new("unplanned");
    let disk = Disk::new(folder.output());
    let session = disk.open(&[path("a.html")]).unwrap().value;
    assert!(session.put(&rendered("b.html", "b")).is_err());
}

#[test]
fn what_is_no_longer_planned_goes_with_the_folders_it_leaves_empty() {
    let folder = Folder::new("removed");
    build_quietly(&folder, &[("a.html", "a"), ("x/y/z.html", "z"), ("x/w.html", "w")]);
    fs::write(folder.output().join("x/mine.txt"), "mine").unwrap();
    let written = build_quietly(&folder, &[("a.html", "a")]);
    assert_eq!((written.written, written.unchanged, written.removed), (0, 1, 2));
    assert_eq!(changed(&written), [path("x/w.html"), path("x/y/z.html")]);
    folder.holds(&[("a.html", "a"), ("x/mine.txt", "mine")]);
}

#[test]
fn a_strangers_file_is_never_written_over() {
    let folder = Folder::new("foreign");
    build_quietly(&folder, &[("index.html", "old")]);
    fs::write(folder.output().join("CNAME"), "example.org").unwrap();
    let files = [("index.html", "new"), ("CNAME", "example.com")];
    let message = finding(&folder, &files, Code::ForeignFile, Severity::Error);
    assert_eq!(message, "`public/CNAME` is a file that ibid did not write, and is in the way");
    folder.holds(&[("index.html", "old"), ("CNAME", "example.org")]);
}

#[test]
fn a_strangers_file_with_the_same_bytes_is_adopted() {
    let folder = Folder::new("adopted");
    fs::create_dir(folder.output()).unwrap();
    fs::write(folder.output().join("CNAME"), "example.org").unwrap();
    let written = build_quietly(&folder, &[("CNAME", "example.org")]);
    assert_eq!((written.written, written.unchanged), (0, 1));
    build_quietly(&folder, &[("CNAME", "example.com")]);
    build_quietly(&folder, &[]);
    folder.holds(&[]);
}

#[test]
fn an_edited_file_is_written_anew_with_a_note() {
    let folder = Folder::new("edited");
    build_quietly(&folder, &[("a.html", "a")]);
    fs::write(folder.output().join("a.html"), "by hand").unwrap();
    let message = finding(&folder, &[("a.html", "a")], Code::EditedOutput, Severity::Note);
    assert_eq!(message, "`public/a.html` was changed since ibid wrote it, and is written anew");
    folder.holds(&[("a.html", "a")]);
}

#[test]
fn an_edited_file_that_is_no_longer_planned_is_left() {
    let folder = Folder::new("left");
    build_quietly(&folder, &[("a.html", "a"), ("b.html", "b")]);
    fs::write(folder.output().join("b.html"), "by hand").unwrap();
    let message = finding(&folder, &[("a.html", "a")], Code::EditedOutput, Severity::Warning);
    assert!(message.starts_with("`public/b.html` is no longer made"), "{message}");
    folder.holds(&[("a.html", "a"), ("b.html", "by hand")]);
    build_quietly(&folder, &[("a.html", "a")]);
}

#[test]
fn a_file_deleted_by_hand_comes_back() {
    let folder = Folder::new("deleted");
    build_quietly(&folder, &[("a/b.html", "b"), ("a/c.html", "c")]);
    fs::remove_dir_all(folder.output().join("a")).unwrap();
    build_quietly(&folder, &[("a/b.html", "b")]);
    folder.holds(&[("a/b.html", "b")]);
}

#[test]
fn a_damaged_manifest_counts_for_none() {
    let folder = Folder::new("damaged");
    build_quietly(&folder, &[("a.html", "a"), ("b.html", "b")]);
    for damage in ["", "ibid manifest 2\ngarbage", "ibid manifest 9\n", "\u{0}"] {
        fs::write(folder.output().join(MANIFEST), damage).unwrap();
        finding(&folder, &[("a.html", "a")], Code::EditedOutput, Severity::Warning);
        folder.holds(&[("a.html", "a"), ("b.html", "b")]);
    }
    fs::write(folder.output().join(MANIFEST), "").unwrap();
    let outcome = build(&folder, &[("a.html", "A")]).unwrap();
    assert_eq!(outcome.diagnostics.len(), 2);
    folder.still_holds(&[("a.html", "a"), ("b.html", "b")]);
}

#[test]
fn a_hostile_manifest_deletes_nothing_outside() {
    let folder = Folder::new("hostile");
    let outside = folder.path().join("precious");
    fs::write(&outside, "x").unwrap();
    build_quietly(&folder, &[("a.html", "a")]);
    let hash = Fingerprint::of(b"x");
    for name in ["../precious", outside.to_str().unwrap(), "a/../../precious"] {
        let manifest = format!("ibid manifest 2\n{hash} {name}\n");
        fs::write(folder.output().join(MANIFEST), manifest).unwrap();
        build(&folder, &[("a.html", "a")]).unwrap();
        assert!(outside.exists(), "{name}");
    }
}

#[test]
fn a_page_becomes_a_folder_and_back() {
    let folder = Folder::new("swap");
    let flat = [("a", "flat"), ("b", "b")];
    let deep = [("a/index.html", "deep"), ("a/x/y.html", "y"), ("b", "b")];
    for _ in 0..2 {
        build_quietly(&folder, &flat);
        folder.holds(&flat);
        build_quietly(&folder, &deep);
        folder.holds(&deep);
    }
    fs::create_dir_all(folder.output().join("a/left/empty")).unwrap();
    build_quietly(&folder, &flat);
    folder.holds(&flat);
}

#[test]
fn a_strangers_file_keeps_a_page_from_becoming_a_folder() {
    let folder = Folder::new("swap-foreign");
    let deep = [("a/index.html", "deep")];
    build_quietly(&folder, &deep);
    fs::write(folder.output().join("a/mine.txt"), "mine").unwrap();
    let message = finding(&folder, &[("a", "flat")], Code::ForeignFile, Severity::Error);
    assert_eq!(
        message,
        "`public/a/mine.txt` is something that ibid did not write, and is in the way"
    );
    folder.holds(&[("a/index.html", "deep"), ("a/mine.txt", "mine")]);

    fs::write(folder.output().join("f"), "mine").unwrap();
    let files = [("a/index.html", "new"), ("f/g.html", "g"), ("f/h/i.html", "i")];
    let message = finding(&folder, &files, Code::ForeignFile, Severity::Error);
    assert_eq!(message, "`public/f` is a file that ibid did not write, and is in the way");
    folder.holds(&[("a/index.html", "deep"), ("a/mine.txt", "mine"), ("f", "mine")]);
}

#[test]
fn an_edited_page_keeps_a_folder_from_taking_its_place() {
    let folder = Folder::new("swap-edited");
    build_quietly(&folder, &[("a", "flat")]);
    fs::write(folder.output().join("a"), "by hand").unwrap();
    let outcome = build(&folder, &[("a/index.html", "deep")]).unwrap();
    let codes: Vec<_> = outcome.diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::EditedOutput, Code::ForeignFile]);
    folder.holds(&[("a", "by hand")]);
}

#[test]
fn an_unfinished_staging_folder_is_thrown_away() {
    let folder = Folder::new("unfinished");
    build_quietly(&folder, &[("a.html", "a")]);
    let staging = folder.output().join(".ibid-staging");
    fs::create_dir_all(staging.join("new/x")).unwrap();
    fs::write(staging.join("new/x/y.html"), "hal").unwrap();
    fs::write(staging.join("commit"), "ibid commit 1\ndelete a.html\n").unwrap();
    build_quietly(&folder, &[("a.html", "a"), ("x/y.html", "half and half")]);
    folder.holds(&[("a.html", "a"), ("x/y.html", "half and half")]);
}

#[test]
fn a_begun_pass_is_completed_before_anything_else() {
    let folder = Folder::new("begun");
    build_quietly(&folder, &[("a.html", "a"), ("b.html", "b")]);
    let staging = folder.output().join(".ibid-staging");
    fs::create_dir_all(staging.join("new/x")).unwrap();
    fs::write(staging.join("new/x/y.html"), "new").unwrap();
    fs::write(staging.join("commit"), "ibid commit 1\ndelete a.html\nend\n").unwrap();
    let session = Disk::new(folder.output());
    drop(session.open(&[]).unwrap());
    folder.still_holds(&[("b.html", "b"), ("x/y.html", "new")]);
}

#[test]
fn many_threads_put_at_once() {
    let folder = Folder::new("threads");
    let files: Vec<_> =
        (0..400).map(|n| rendered(&format!("{}/{}/{n}.html", n % 7, n % 3), "x")).collect();
    let planned: Vec<_> = files.iter().map(|file| file.path.clone()).collect();
    let disk = Disk::new(folder.output());
    let session = disk.open(&planned).unwrap().value;
    std::thread::scope(|scope| {
        for part in files.chunks(50) {
            scope.spawn(|| part.iter().for_each(|file| session.put(file).unwrap()));
        }
    });
    assert_eq!(session.close().unwrap().value.written, 400);
    let want: Vec<_> = planned.iter().map(|path| (path.as_str(), "x")).collect();
    folder.holds(&want);
}

#[test]
fn a_large_file_is_copied_whole() {
    let folder = Folder::new("large");
    let film = folder.path().join("film.mp4");
    let bytes: Vec<u8> = (0..3_000_000u32).map(|n| (n % 251) as u8).collect();
    fs::write(&film, &bytes).unwrap();
    put(&folder, &[copy("film.mp4", &film)]).unwrap();
    assert!(fs::read(folder.output().join("film.mp4")).unwrap() == bytes);
    // The same bytes from memory are the same file.
    let again = Rendered { path: path("film.mp4"), content: Content::Bytes(bytes) };
    assert_eq!(put(&folder, &[again]).unwrap().value.unchanged, 1);
    let manifest = folder.read(MANIFEST);
    put(&folder, &[copy("film.mp4", &film)]).unwrap();
    assert_eq!(folder.read(MANIFEST), manifest);
}

#[test]
fn a_copy_of_nothing_is_an_error_and_leaves_the_output() {
    let folder = Folder::new("no-copy");
    build_quietly(&folder, &[("a.html", "a")]);
    let error = put(&folder, &[rendered("a.html", "A"), copy("b.jpg", Path::new("none.jpg"))]);
    let error = error.unwrap_err();
    assert_eq!(error.code, Code::Disk);
    assert!(
        error.message.ends_with("cannot be copied from `none.jpg`: it is not there"),
        "{error:?}"
    );
    folder.holds(&[("a.html", "a")]);
}

#[test]
fn an_output_path_that_is_a_file_is_an_error() {
    let folder = Folder::new("file");
    fs::write(folder.output(), "mine").unwrap();
    for output in [folder.output(), folder.output().join("inside")] {
        let error = Disk::new(output).open(&[]).err().unwrap();
        assert_eq!(error.code, Code::Disk);
        assert!(error.message.contains("public"), "{error:?}");
    }
    assert_eq!(fs::read_to_string(folder.output()).unwrap(), "mine");
}

/// A folder beside the output, with a file that no build may touch.
#[cfg(unix)]
fn outside(folder: &Folder) -> std::path::PathBuf {
    let outside = folder.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("x.html"), "x").unwrap();
    outside
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_out_of_the_output() {
    let folder = Folder::new("links");
    let outside = outside(&folder);
    build_quietly(&folder, &[("a/x.html", "x"), ("b/x.html", "x")]);
    for name in ["a", "b"] {
        fs::remove_dir_all(folder.output().join(name)).unwrap();
        std::os::unix::fs::symlink(&outside, folder.output().join(name)).unwrap();
    }
    // Writing through `a` and deleting through `b` would both reach `outside`.
    let message = finding(&folder, &[("a/x.html", "new")], Code::ForeignFile, Severity::Error);
    assert_eq!(message, "`public/a` is a symbolic link that ibid did not write, and is in the way");
    build_quietly(&folder, &[]);
    assert_eq!(fs::read_to_string(outside.join("x.html")).unwrap(), "x");
}

/// What was as the build before left it when this one began may be another when it writes.
#[cfg(unix)]
#[test]
fn a_folder_that_was_as_left_is_looked_at_before_it_is_written_to() {
    let folder = Folder::new("as-left");
    let outside = outside(&folder);
    let files = ["a/x.html", "b/x.html", "c/x.html", "d/x.html"].map(|file| (file, "x"));
    build_quietly(&folder, &files);
    let disk = Disk::new(folder.output());
    let planned = [path("a/x.html"), path("b/x.html"), path("c/x.html"), path("d/x.html")];
    let open = || disk.open_as_left(&planned).unwrap().value;
    // Nothing has changed: what is not put is left.
    let session = open();
    session.put(&rendered("a/x.html", "new")).unwrap();
    assert!(planned[1..].iter().all(|path| session.leave(path)));
    let written = session.close().unwrap().value;
    assert_eq!((written.written, written.unchanged, written.left), (1, 3, 3));
    folder.holds(&[("a/x.html", "new"), ("b/x.html", "x"), ("c/x.html", "x"), ("d/x.html", "x")]);
    // One is a link now, and one is gone.
    let session = open();
    for name in ["a", "b"] {
        fs::remove_dir_all(folder.output().join(name)).unwrap();
    }
    std::os::unix::fs::symlink(&outside, folder.output().join("a")).unwrap();
    session.put(&rendered("a/x.html", "newer")).unwrap();
    let outcome = session.close().unwrap();
    let [finding] = outcome.diagnostics.as_slice() else { panic!("{:?}", outcome.diagnostics) };
    assert_eq!((finding.code, finding.severity), (Code::ForeignFile, Severity::Error));
    assert_eq!(fs::read_to_string(outside.join("x.html")).unwrap(), "x");
    let session = open();
    session.put(&rendered("b/x.html", "newer")).unwrap();
    session.close().unwrap();
    assert_eq!(folder.read("b/x.html"), "newer");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_replaced_only_where_ibid_wrote() {
    let folder = Folder::new("link");
    let outside = folder.path().join("outside");
    fs::write(&outside, "x").unwrap();
    build_quietly(&folder, &[("a", "x")]);
    fs::remove_file(folder.output().join("a")).unwrap();
    for name in ["a", "b"] {
        std::os::unix::fs::symlink(&outside, folder.output().join(name)).unwrap();
    }
    let outcome = build(&folder, &[("a", "new"), ("b", "x")]).unwrap();
    let codes: Vec<_> = outcome.diagnostics.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::EditedOutput, Code::ForeignFile]);
    finding(&folder, &[("a", "new")], Code::EditedOutput, Severity::Note);
    assert_eq!(folder.read("a"), "new");
    assert_eq!(fs::read_to_string(&outside).unwrap(), "x");
}

#[cfg(unix)]
#[test]
fn a_staging_folder_that_is_a_link_is_refused() {
    let folder = Folder::new("staging-link");
    let outside = folder.path().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("x"), "x").unwrap();
    fs::create_dir(folder.output()).unwrap();
    std::os::unix::fs::symlink(&outside, folder.output().join(".ibid-staging")).unwrap();
    assert_eq!(build(&folder, &[("a", "a")]).unwrap_err().code, Code::Disk);
    assert!(outside.join("x").exists());
}

#[cfg(unix)]
#[test]
fn the_output_folder_keeps_its_identity() {
    use std::os::unix::fs::MetadataExt;
    let folder = Folder::new("identity");
    fs::create_dir(folder.output()).unwrap();
    let inode = || fs::metadata(folder.output()).unwrap().ino();
    let before = inode();
    build_quietly(&folder, &[("a/b", "1")]);
    build_quietly(&folder, &[("a", "2")]);
    build_quietly(&folder, &[]);
    assert_eq!(inode(), before);
}

/// Hard links stand in for a system that takes names apart by nothing but case.
#[cfg(unix)]
#[test]
fn a_file_that_changes_nothing_but_its_case_is_not_lost() {
    let folder = Folder::new("case");
    build_quietly(&folder, &[("Photo.JPG", "light")]);
    let output = folder.output();
    fs::hard_link(output.join("Photo.JPG"), output.join("photo.jpg")).unwrap();
    let written = build_quietly(&folder, &[("photo.jpg", "light")]);
    assert_eq!((written.written, written.removed), (1, 1));
    folder.holds(&[("photo.jpg", "light")]);
}

#[test]
fn memory_holds_the_last_build() {
    let memory = Memory::new();
    let run = |files: &[Rendered], planned: &[&str]| {
        let planned: Vec<OutputPath> = planned.iter().map(|name| path(name)).collect();
        let session = memory.open(&planned).unwrap().value;
        files.iter().for_each(|file| session.put(file).unwrap());
        session.close().unwrap().value
    };
    let read = |name| memory.read(&path(name)).unwrap().map(|bytes| bytes.to_vec());
    run(&[rendered("a", "a"), rendered("b", "b")], &["a", "b"]);
    let written = run(&[rendered("a", "A")], &["a"]);
    assert_eq!((written.written, written.unchanged, written.removed), (1, 0, 1));
    assert_eq!(changed(&written), [path("a"), path("b")]);
    assert_eq!((read("a"), read("b")), (Some(b"A".to_vec()), None));
    assert_eq!(run(&[rendered("a", "A")], &["a"]).unchanged, 1);
    drop(memory.open(&[]).unwrap());
    assert_eq!(memory.paths(), [path("a")]);

    let folder = Folder::new("memory");
    let photo = folder.path().join("photo.jpg");
    fs::write(&photo, "light").unwrap();
    run(&[copy("c", &photo)], &["c"]);
    assert_eq!(run(&[copy("c", &photo)], &["c"]).unchanged, 1);
    fs::write(&photo, "shadow").unwrap();
    assert_eq!(run(&[copy("c", &photo)], &["c"]).written, 1);
    assert_eq!(read("c"), Some(b"shadow".to_vec()));
}

#[test]
fn a_dry_run_counts() {
    let session: Box<dyn Session> = Dry.open(&[path("a"), path("b")]).unwrap().value;
    session.put(&rendered("a", "a")).unwrap();
    session.put(&rendered("b", "b")).unwrap();
    let want = Written { written: 2, ..Written::default() };
    assert_eq!(session.close().unwrap().value, want);
}

fn copy(name: &str, from: &Path) -> Rendered {
    Rendered { path: path(name), content: Content::CopyOf(from.to_owned()) }
}
