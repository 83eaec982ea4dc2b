//! Writes a small site into a folder of its own and runs the real program on it.
#![allow(dead_code, reason = "each test file uses its part of this")]
#![allow(clippy::disallowed_methods, reason = "a test writes and reads the sites it builds")]
#![allow(clippy::print_stderr, reason = "says where a site that failed stays")]

pub(crate) mod cases;
pub(crate) mod html;
pub(crate) mod picture;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

/// The date of every build that a test does not ask otherwise of.
pub(crate) const NOW: &str = "2026-01-31";

/// Guards against a build that never ends; no test may depend on how long a build takes.
const HANG: Duration = Duration::from_secs(300);

/// The files of a folder: the path with `/` between its parts, and the bytes.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// The folder of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Tells whether expectations are to be written anew instead of compared.
pub(crate) fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECTED").is_some_and(|value| value == "1")
}

/// A site in a folder of its own, which goes when the test ends.
pub(crate) struct Site {
    /// Stands around the site, so that a file written outside of it shows.
    around: PathBuf,
    root: PathBuf,
}

/// What a run of the program left: its exit code (none where a signal ended it) and what it
/// printed.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Site {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("site-folder-{}-{number}", std::process::id());
        let around = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        // A run that was killed may have left a folder under the same process id.
        let _ = fs::remove_dir_all(&around);
        fs::create_dir_all(around.join("site")).expect("the folder of a test site can be made");
        let around = around.canonicalize().expect("the folder of a test site is there");
        Self { root: around.join("site"), around }
    }

    /// A site with a `site.toml` and a home page, and the files given, which win over both.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let site = Self::empty();
        site.write("site.toml", "title = \"Test\"\nbase_url = \"https://example.org\"\n");
        site.write("content/_index.md", "+++\ntitle = \"Home\"\n+++\nWelcome.\n");
        for (path, text) in files {
            site.write(path, text);
        }
        site
    }

    /// A copy of the repository's own site.
    pub(crate) fn own() -> Self {
        let site = Self::empty();
        let mut copied = 0;
        for part in ["site.toml", "content", "static", "templates", "themes"] {
            copied += copy(&repository().join(part), &site.root.join(part));
        }
        assert!(copied > 1, "the repository has no site of its own: no `site.toml` and `content/`");
        site
    }

    /// The folder that the site's own folder stands in.
    pub(crate) fn around(&self) -> &Path {
        &self.around
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// Writes a file and the folders above it.
    pub(crate) fn write(&self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).expect("the folders of a test file can be made");
        }
        fs::write(&path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    pub(crate) fn remove(&self, path: &str) {
        let path = self.root.join(path);
        if path.is_dir() {
            fs::remove_dir_all(&path).expect("a folder of a test site can be removed");
        } else {
            fs::remove_file(&path).expect("a file of a test site can be removed");
        }
    }

    /// Runs `ibid` in the folder of the site.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Run {
        self.run_through::<&str, S>(&[], arguments)
    }

    /// Runs `ibid` by way of another program, which takes `ibid` and its arguments last.
    pub(crate) fn run_through<W: AsRef<OsStr>, S: AsRef<OsStr>>(
        &self,
        wrapper: &[W],
        arguments: &[S],
    ) -> Run {
        let mut command = self.command(wrapper);
        command.args(arguments);
        finish(command)
    }

    /// The command that runs `ibid` in the folder of the site, without arguments.
    pub(crate) fn command<W: AsRef<OsStr>>(&self, wrapper: &[W]) -> Command {
        let program = env!("CARGO_BIN_EXE_ibid");
        let mut command = match wrapper {
            [] => Command::new(program),
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
        };
        // Nothing of the machine may reach the build: no home, no date, no colours.
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.current_dir(&self.root).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Builds the site with the date of the tests and a few more arguments.
    pub(crate) fn build(&self, arguments: &[&str]) -> Run {
        let mut all = vec!["build", "--now", NOW];
        all.extend(arguments);
        self.run(&all)
    }

    /// Builds the site, which must succeed, and gives what came out.
    pub(crate) fn built(&self, arguments: &[&str]) -> Tree {
        let run = self.build(arguments);
        assert_eq!(run.code, Some(0), "the site of the test is to build\n{}", run.all());
        self.output()
    }

    /// The files of `public/`, without what ibid keeps there for itself.
    pub(crate) fn output(&self) -> Tree {
        let mut tree = tree(&self.root.join("public"));
        tree.retain(|path, _| !path.split('/').any(|part| part.starts_with(".ibid")));
        tree
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the site of this test stays in {}", self.root.display());
        } else {
            let _ = fs::remove_dir_all(&self.around);
        }
    }
}

impl Run {
    /// Everything that was printed, for the messages of tests.
    pub(crate) fn all(&self) -> String {
        let code = self.code.map_or("none: a signal ended it".into(), |code| code.to_string());
        format!("exit code {code}\n--- stdout\n{}--- stderr\n{}", self.stdout, self.stderr)
    }

    /// The printed findings: the lines of `--format short`.
    pub(crate) fn findings(&self) -> Vec<&str> {
        let is_finding =
            |line: &&str| ["error[", "warning[", "note["].iter().any(|word| line.contains(word));
        self.stdout.lines().chain(self.stderr.lines()).filter(is_finding).collect()
    }

    /// Asserts that the program ended by itself, without a panic.
    pub(crate) fn assert_calm(&self, about: &str) {
        let panicked = ["panicked at", "RUST_BACKTRACE", "stack overflow", "internal error"]
            .iter()
            .any(|word| self.stderr.contains(word) || self.stdout.contains(word));
        assert!(
            self.code.is_some_and(|code| (0..=3).contains(&code)) && !panicked,
            "{about}: ibid is to end with a message and code 0, 1, 2 or 3, never with a panic\n{}",
            self.all()
        );
    }
}

/// Runs a command to its end.
pub(crate) fn finish(mut command: Command) -> Run {
    let child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    finish_child(child)
}

/// Waits for a running command and reads what it prints.
pub(crate) fn finish_child(mut child: Child) -> Run {
    let (sender, receiver) = mpsc::channel();
    let stdout = child.stdout.take().expect("the output of a run is piped");
    let stderr = child.stderr.take().expect("the messages of a run are piped");
    let readers: [(bool, Box<dyn Read + Send>); 2] =
        [(true, Box::new(stdout)), (false, Box::new(stderr))];
    for (is_stdout, mut reader) in readers {
        let sender = sender.clone();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = reader.read_to_end(&mut bytes);
            let _ = sender.send((is_stdout, bytes));
        });
    }
    let mut run = Run { code: None, stdout: String::new(), stderr: String::new() };
    for _ in 0..2 {
        let Ok((is_stdout, bytes)) = receiver.recv_timeout(HANG) else {
            let _ = child.kill();
            let _ = child.wait();
            panic!("ibid was still running after {} seconds: find what hangs", HANG.as_secs());
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if is_stdout { run.stdout = text } else { run.stderr = text }
    }
    run.code = child.wait().expect("a run can be waited for").code();
    run
}

/// Reads every file below a folder; a folder that is not there is empty.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    read_into(&mut tree, folder, "");
    tree
}

fn read_into(tree: &mut Tree, folder: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.expect("a folder of a test can be read");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        let kind = entry.file_type().expect("a file of a test has a kind");
        if kind.is_dir() {
            read_into(tree, &entry.path(), &path);
        } else if kind.is_file() {
            tree.insert(path, fs::read(entry.path()).expect("a file of a test can be read"));
        } else {
            tree.insert(path, b"(neither a file nor a folder)".to_vec());
        }
    }
}

fn copy(from: &Path, to: &Path) -> usize {
    if from.is_file() {
        fs::copy(from, to).expect("a file of the repository can be copied");
        return 1;
    }
    let mut copied = 0;
    for (path, bytes) in tree(from) {
        let to = to.join(path);
        fs::create_dir_all(to.parent().expect("a copied file has a folder"))
            .expect("the folders of a copy can be made");
        fs::write(to, bytes).expect("a file of the repository can be copied");
        copied += 1;
    }
    copied
}

/// Says in words what differs between two trees; empty where nothing does.
pub(crate) fn difference(before: &Tree, after: &Tree) -> String {
    let mut text = String::new();
    let mut more = 0;
    let mut say = |line: String| {
        if text.lines().count() < 12 { text += &(line + "\n") } else { more += 1 }
    };
    for (path, bytes) in before {
        match after.get(path) {
            None => say(format!("  gone: {path}")),
            Some(other) if other != bytes => {
                let at = bytes.iter().zip(other).take_while(|(one, two)| one == two).count();
                let around = |bytes: &[u8]| {
                    let from = at.saturating_sub(40).min(bytes.len());
                    let to = (at + 40).min(bytes.len());
                    String::from_utf8_lossy(&bytes[from..to]).replace('\n', "\\n")
                };
                say(format!(
                    "  differs from byte {at}: {path}\n    {}\n    {}",
                    around(bytes),
                    around(other)
                ));
            }
            Some(_) => {}
        }
    }
    for path in after.keys().filter(|path| !before.contains_key(*path)) {
        say(format!("  new: {path}"));
    }
    if more > 0 {
        let _ = writeln!(text, "  and {more} more");
    }
    text
}

/// The text of an output file.
pub(crate) fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    let bytes = tree.get(path).unwrap_or_else(|| {
        panic!(
            "no `{path}` came out, but:\n  {}",
            tree.keys().cloned().collect::<Vec<_>>().join("\n  ")
        )
    });
    std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("`{path}` is not UTF-8"))
}

/// What stands between `<main>` and `</main>`.
pub(crate) fn main_of(page: &str) -> &str {
    let start = page.find("<main").expect("a page has a `<main>`");
    let end = page[start..].find("</main>").expect("a page closes its `<main>`") + start;
    let open = page[start..].find('>').expect("the tag of `<main>` ends") + start + 1;
    page[open..end].trim()
}
