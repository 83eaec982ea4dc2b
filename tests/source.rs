//! What the door in lets through, and what it says of the rest.

#![allow(clippy::disallowed_methods, reason = "these tests make files")]
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::fs;
use std::path::{Path, PathBuf};

use ibid::diag::{Code, Diagnostic};
use ibid::fingerprint::Fingerprint;
use ibid::path::SourcePath;
use ibid::source::{self, File, Hidden, image_size, read, read_optional};

/// A site that goes with the test; `outside` lies beside it.
struct Site(PathBuf);

impl Site {
    fn new(name: &str) -> Self {
        let folder = format!("ibid-{}-source-{name}", std::process::id());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("site/content")).unwrap();
        fs::create_dir_all(folder.join("outside")).unwrap();
        Self(folder)
    }

    fn root(&self) -> PathBuf {
        self.0.join("site")
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> File {
        let disk = self.root().join(path);
        fs::create_dir_all(disk.parent().unwrap()).unwrap();
        fs::write(&disk, &bytes).unwrap();
        let (path, size) = (SourcePath::new(path), bytes.as_ref().len() as u64);
        File { path, disk, size, stamp: None }
    }

    #[cfg(unix)]
    fn link(&self, path: &str, target: &str) {
        std::os::unix::fs::symlink(target, self.root().join(path)).unwrap();
    }

    /// The paths below `content`, and the findings as `code: message`.
    fn scan(&self) -> (Vec<String>, Vec<String>) {
        self.scan_with(Hidden::Skip, &[])
    }

    fn scan_with(&self, hidden: Hidden, except: &[PathBuf]) -> (Vec<String>, Vec<String>) {
        let outcome = source::scan(&self.root(), "content", hidden, except);
        let files = outcome.value.unwrap();
        for file in &files {
            assert_eq!(file.size, fs::metadata(&file.disk).unwrap().len());
        }
        let paths = files.into_iter().map(|file| file.path.to_string()).collect();
        (paths, outcome.diagnostics.iter().map(said).collect())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn said(finding: &Diagnostic) -> String {
    format!("{}: {}", finding.code.name(), finding.message)
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn files_come_in_byte_order_of_their_paths() {
    let site = Site::new("order");
    for path in ["content/b/c.md", "content/b.md", "content/b-a.md", "content/a.md", "content/é.md"]
    {
        site.write(path, "text");
    }
    let want = ["content/a.md", "content/b-a.md", "content/b.md", "content/b/c.md", "content/é.md"];
    assert_eq!(site.scan(), (want.map(String::from).to_vec(), none()));
}

#[test]
fn an_absent_folder_is_none_and_an_empty_one_is_empty() {
    let site = Site::new("absent");
    let absent = source::scan(&site.root(), "static", Hidden::Keep, &[]);
    assert!(absent.value.is_none() && absent.diagnostics.is_empty());
    assert_eq!(site.scan(), (none(), none()));
    let file = site.write("static", "a file");
    let outcome = source::scan(&site.root(), file.path.as_str(), Hidden::Keep, &[]);
    assert_eq!(outcome.value, Some(Vec::new()));
    assert_eq!(
        outcome.diagnostics.iter().map(said).collect::<Vec<_>>(),
        ["unreadable-file: `static` cannot be read: it is a file where a folder should be"]
    );
}

#[test]
fn dots_are_skipped_or_kept() {
    let site = Site::new("dots");
    for path in [".hidden/a.md", ".nojekyll", "a.md~", ".git/config", ".DS_Store", "b.md"] {
        site.write(&format!("content/{path}"), "text");
    }
    assert_eq!(site.scan().0, ["content/b.md"]);
    let kept = ["content/.hidden/a.md", "content/.nojekyll", "content/b.md"];
    assert_eq!(site.scan_with(Hidden::Keep, &[]).0, kept);
}

#[test]
fn the_output_is_never_entered() {
    let site = Site::new("except");
    site.write("content/a.md", "text");
    site.write("content/public/a/index.html", "text");
    let except = [site.root().join("content/public"), site.root().join("never-built")];
    assert_eq!(site.scan_with(Hidden::Skip, &except), (vec!["content/a.md".into()], none()));
    #[cfg(unix)]
    {
        site.link("content/way-in", "public/a");
        site.link("content/file-in", "public/a/index.html");
        assert_eq!(site.scan_with(Hidden::Skip, &except).0, ["content/a.md"]);
    }
}

#[cfg(unix)]
#[test]
fn links_within_the_site_are_followed() {
    let site = Site::new("links");
    site.write("shared/notes/x.md", "text");
    site.link("content/file.md", "../shared/notes/x.md");
    site.link("content/one", "../shared/notes");
    site.link("content/two", "../shared");
    let want = ["content/file.md", "content/one/x.md", "content/two/notes/x.md"];
    assert_eq!(site.scan(), (want.map(String::from).to_vec(), none()));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_site_are_errors() {
    let site = Site::new("outside");
    fs::write(site.0.join("outside/secret.md"), "text").unwrap();
    site.link("content/file.md", "../../outside/secret.md");
    site.link("content/folder", "../../outside");
    site.link("content/root", "/");
    site.link("content/gone.md", "nowhere.md");
    let (files, said) = site.scan();
    assert_eq!(files, none());
    assert_eq!(
        said,
        [
            "symlink-outside: the symbolic link `content/file.md` leads out of the site",
            "symlink-outside: the symbolic link `content/folder` leads out of the site",
            "unreadable-file: `content/gone.md` cannot be read: it is a symbolic link to something that is not there",
            "symlink-outside: the symbolic link `content/root` leads out of the site",
        ]
    );
    site.link("theme", "../outside");
    let outcome = source::scan(&site.root(), "theme", Hidden::Skip, &[]);
    assert_eq!(outcome.diagnostics[0].code, Code::SymlinkOutside);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_errors() {
    let site = Site::new("circle");
    site.write("content/a/x.md", "text");
    site.write("content/b/y.md", "text");
    site.link("content/a/up", "..");
    site.link("content/a/to-b", "../b");
    site.link("content/b/to-a", "../a");
    site.link("content/self", "self");
    let (files, said) = site.scan();
    let want = ["content/a/to-b/y.md", "content/a/x.md", "content/b/to-a/x.md", "content/b/y.md"];
    assert_eq!(files, want);
    let circle =
        |path| format!("symlink-loop: the symbolic link `{path}` leads back to a folder above it");
    assert_eq!(said[..2], [circle("content/a/to-b/to-a"), circle("content/a/up")]);
    assert_eq!(said[2..4], [circle("content/b/to-a/to-b"), circle("content/b/to-a/up")]);
    assert!(said[4].starts_with("unreadable-file: `content/self` cannot be read"), "{said:?}");
}

#[cfg(unix)]
#[test]
fn links_that_unfold_without_end_are_stopped() {
    let site = Site::new("unfold");
    for n in 0..40 {
        fs::create_dir(site.root().join(format!("content/f{n}"))).unwrap();
        site.link(&format!("content/f{n}/next"), &format!("../f{}", n + 1));
    }
    fs::create_dir(site.root().join("content/f40")).unwrap();
    let (_, said) = site.scan();
    assert!(said.iter().all(|said| said.ends_with("leads into too many links in a row")));
    assert_eq!(said.len(), 24);
}

#[cfg(unix)]
#[test]
fn pipes_and_sockets_are_named_and_never_opened() {
    let site = Site::new("special");
    site.write("content/a.md", "text");
    let pipe = site.root().join("content/pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    site.link("content/to-pipe.md", "pipe.md");
    // The path of a socket may not be long.
    let short = std::env::temp_dir().join(format!("ibid-{}", std::process::id()));
    drop(std::os::unix::net::UnixListener::bind(&short).unwrap());
    fs::rename(&short, site.root().join("content/socket")).unwrap();
    let (files, said) = site.scan();
    assert_eq!(files, ["content/a.md"]);
    assert_eq!(
        said,
        [
            "unreadable-file: `content/pipe.md` cannot be read: it is a named pipe, not a file",
            "unreadable-file: `content/socket` cannot be read: it is a socket, not a file",
            "unreadable-file: `content/to-pipe.md` cannot be read: it is a named pipe, not a file",
        ]
    );
    let error = read_optional(&site.root(), &SourcePath::new("content/pipe.md")).unwrap_err();
    assert_eq!(error.code, Code::UnreadableFile);
}

#[cfg(target_os = "linux")]
#[test]
fn odd_names_are_errors_and_the_scan_goes_on() {
    use std::os::unix::ffi::OsStrExt;
    let site = Site::new("odd");
    let odd: [&[u8]; 4] = [b"new\nline.md", b"caf\xe9.md", b"back\\slash.md", b"esc\x1b[31m"];
    for name in odd {
        let path = site.root().join("content").join(std::ffi::OsStr::from_bytes(name));
        if name.starts_with(b"esc") {
            fs::create_dir(&path).unwrap();
            fs::write(path.join("inside.md"), "text").unwrap();
        } else {
            fs::write(path, "text").unwrap();
        }
    }
    site.write("content/ok.md", "text");
    let mut deep = site.root().join("content");
    for _ in 0..5 {
        deep.push("d".repeat(240));
    }
    fs::create_dir_all(&deep).unwrap();
    let (files, said) = site.scan();
    assert_eq!(files, ["content/ok.md"]);
    assert_eq!(said.len(), 5);
    assert!(said.iter().all(|said| said.starts_with("odd-file-name: ")), "{said:?}");
    let text = said.join("|");
    assert!(!text.chars().any(char::is_control), "{text:?}");
    assert!(text.contains("`content/new\\nline.md`") && text.contains("`content/caf\u{fffd}.md`"));
    assert!(text.contains("longer than 1024 bytes"), "{text}");
}

/// Root may read everything: then the test says nothing.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_an_error_and_the_scan_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new("unreadable");
    site.write("content/a/closed/x.md", "text");
    site.write("content/a/z.md", "text");
    site.write("content/b/y.md", "text");
    let closed = site.root().join("content/a/closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read_dir(&closed).is_ok();
    let (files, said) = site.scan();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    if !is_root {
        assert_eq!(files, ["content/a/z.md", "content/b/y.md"]);
        let want = "unreadable-file: `content/a/closed` cannot be read: permission denied";
        assert_eq!(said, [want]);
    }
}

#[test]
fn a_text_is_read_as_it_lies_there() {
    let site = Site::new("read");
    let text = "\u{feff}+++\r\ntitle = \"é\"\r\n+++\r\n";
    let file = site.write("content/a.md", text);
    let source = read(&file).unwrap();
    assert_eq!((&*source.text, &source.path), (text, &file.path));
    assert_eq!(source.fingerprint, Fingerprint::of(text.as_bytes()));
    assert_eq!(source::fingerprint(&file).unwrap(), source.fingerprint);
}

#[test]
fn a_text_that_is_not_utf8_is_pointed_at() {
    let site = Site::new("utf8");
    let finding = read(&site.write("content/a.md", b"one\n\xc3\xa9t\xe9 two")).unwrap_err();
    assert_eq!(said(&finding), "not-utf8: the byte `0xe9` at line 2, column 3 is not UTF-8 text");
    assert_eq!(finding.span.unwrap().range, 7..8);
    let utf16 = read(&site.write("content/b.md", b"\xff\xfea\0")).unwrap_err();
    assert_eq!(utf16.help.as_deref(), Some("it looks like UTF-16; save it as UTF-8"));
}

#[test]
fn a_file_that_vanished_is_an_error() {
    let site = Site::new("vanished");
    let file = site.write("content/a.md", "text");
    fs::remove_file(&file.disk).unwrap();
    let want = "unreadable-file: `content/a.md` cannot be read: it is not there";
    assert_eq!(said(&read(&file).unwrap_err()), want);
    assert_eq!(said(&source::fingerprint(&file).unwrap_err()), want);
    assert_eq!(image_size(&file), None);
}

#[test]
fn an_optional_text_may_be_absent() {
    let site = Site::new("optional");
    site.write("site.toml", "title = 'x'");
    let text = |path: &str| read_optional(&site.root(), &SourcePath::new(path));
    assert_eq!(&*text("site.toml").unwrap().unwrap().text, "title = 'x'");
    assert_eq!(text("theme.toml"), Ok(None));
    assert_eq!(text("site.toml/below"), Ok(None));
    assert_eq!(
        said(&text("content").unwrap_err()),
        "unreadable-file: `content` cannot be read: it is a folder, not a file"
    );
    #[cfg(unix)]
    {
        fs::write(site.0.join("outside/secret.toml"), "text").unwrap();
        site.link("secret.toml", "../outside/secret.toml");
        site.link("dangling.toml", "nowhere");
        assert_eq!(text("secret.toml").unwrap_err().code, Code::SymlinkOutside);
        assert_eq!(text("dangling.toml").unwrap_err().code, Code::UnreadableFile);
    }
}

#[test]
fn images_tell_their_size() {
    let site = Site::new("images");
    let size = |name: &str, bytes: &[u8]| image_size(&site.write(name, bytes));
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\x40\0\0\0\xf0\x08\x02\0\0\0";
    assert_eq!(size("a.png", png), Some((320, 240)));
    assert_eq!(size("wrong-name.jpg", png), Some((320, 240)));
    assert_eq!(size("a.gif", b"GIF89a\x0a\0\x14\0\0\0\0"), Some((10, 20)));
    assert_eq!(size("a.svg", b"<svg viewBox='0 0 24 12'>"), Some((24, 12)));
    assert_eq!(size("a.md", b"no image at all, only words"), None);
    assert_eq!(size("empty.png", b""), None);
    for end in 0..png.len() {
        size("cut.png", &png[..end]);
    }
}

#[test]
fn a_photograph_on_its_side_is_as_high_as_browsers_show_it() {
    let site = Site::new("photo");
    let mut jpeg = b"\xff\xd8\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    jpeg.extend_from_slice(b"\xff\xc0\0\x11\x08\0\x64\0\xc8\x03");
    assert_eq!(image_size(&site.write("a.jpg", &jpeg)), Some((100, 200)));
    let upright: Vec<u8> = jpeg.iter().map(|&byte| if byte == 6 { 1 } else { byte }).collect();
    assert_eq!(image_size(&site.write("b.jpg", &upright)), Some((200, 100)));
}
