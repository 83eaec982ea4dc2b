//! This test binary once more, as a build in another process.

use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use ibid::output::{Disk, Sink};
use ibid::path::OutputPath;
use ibid::render::Rendered;

use super::folder::rendered;

const OUTPUT: &str = "IBID_TEST_OUTPUT";
const VERSIONS: &str = "IBID_TEST_VERSIONS";

/// The files of a version: three hundred, some of which come and go, and a page that is a
/// folder in every other version.
pub(super) fn site(version: usize) -> Vec<(String, String)> {
    let mut paths: Vec<String> = (0..300)
        .filter(|n| n % 10 != version % 10)
        .map(|n| format!("{}/{}/{n}.html", n % 20, if n % 3 == 0 { "a" } else { "b" }))
        .collect();
    paths.push(format!("v{version}/only/here.html"));
    paths.push(if version.is_multiple_of(2) { "swap".into() } else { "swap/index.html".into() });
    paths.push(if version.is_multiple_of(2) { "back/index.html".into() } else { "back".into() });
    paths.into_iter().map(|path| (path.clone(), content(version, &path))).collect()
}

/// A text that shows by itself whether it is whole. One file in six is the same in all versions.
pub(super) fn content(version: usize, path: &str) -> String {
    let version = if path.len().is_multiple_of(6) { 0 } else { version };
    let line = format!("v{version} {path}\n");
    line.repeat(100 + path.len()) + "end\n"
}

/// The version of a whole text; none where a part is missing.
pub(super) fn version(path: &str, text: &str) -> Option<usize> {
    let version = text.strip_prefix('v')?.split(' ').next()?.parse().ok()?;
    (content(version, path) == text).then_some(version)
}

/// Builds one version into a folder, from several threads.
pub(super) fn build_version(output: &Path, version: usize) -> Result<(), String> {
    let files: Vec<Rendered> =
        site(version).iter().map(|(path, text)| rendered(path, text)).collect();
    let planned: Vec<OutputPath> = files.iter().map(|file| file.path.clone()).collect();
    let disk = Disk::new(output);
    let outcome = disk.open(&planned).map_err(|error| error.message)?;
    assert_eq!(outcome.diagnostics, []);
    let session = outcome.value;
    std::thread::scope(|scope| {
        let parts: Vec<_> = files
            .chunks(100)
            .map(|part| scope.spawn(|| part.iter().try_for_each(|file| session.put(file))))
            .collect();
        parts.into_iter().try_for_each(|part| part.join().unwrap())
    })
    .map_err(|error| error.message)?;
    let outcome = session.close().map_err(|error| error.message)?;
    assert_eq!(outcome.diagnostics, []);
    Ok(())
}

/// A process that builds `versions` one after another, and says `ready` before it begins.
pub(super) fn command(output: &Path, versions: std::ops::Range<usize>) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "output_folder::child::run", "--nocapture", "--test-threads=1"])
        .env(OUTPUT, output)
        .env(VERSIONS, format!("{}-{}", versions.start, versions.end))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A process that has begun to build.
pub(super) struct Build {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Build {
    /// Starts a process and waits until it begins to build.
    pub(super) fn start(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::null()).spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(said.by_ref().map_while(Result::ok).any(|line| line.ends_with("ready")));
        Self { child, said }
    }

    /// Kills it, wherever it is.
    pub(super) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits until it is done, and expects that nothing was refused.
    pub(super) fn finish(mut self) {
        for line in self.said.by_ref().map_while(Result::ok) {
            assert!(!line.starts_with("refused"), "{line}");
        }
        assert!(self.child.wait().unwrap().success());
    }
}

/// What the other process runs; nothing at all in a plain run of the tests.
#[test]
fn run() {
    let (Ok(output), Ok(versions)) = (std::env::var(OUTPUT), std::env::var(VERSIONS)) else {
        return;
    };
    let (first, end) = versions.split_once('-').unwrap();
    println!("ready");
    for version in first.parse().unwrap()..end.parse().unwrap() {
        if let Err(message) = build_version(Path::new(&output), version) {
            println!("refused: {message}");
        }
    }
}
