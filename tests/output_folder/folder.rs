//! A folder of its own for each test, and builds into it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ibid::diag::{Diagnostic, Outcome, Severity};
use ibid::output::{Disk, Sink, Written};
use ibid::path::OutputPath;
use ibid::render::{Content, Rendered};

/// A folder that goes with the test; the output is `public` in it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        Self::below(Path::new(env!("CARGO_TARGET_TMPDIR")), name)
    }

    /// A folder in memory, where the system has such, for tests that build again and again.
    pub(crate) fn in_memory(name: &str) -> Self {
        let memory = Path::new("/dev/shm");
        if memory.is_dir() { Self::below(memory, name) } else { Self::new(name) }
    }

    fn below(folder: &Path, name: &str) -> Self {
        let folder = folder.join(format!("ibid-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn output(&self) -> PathBuf {
        self.0.join("public")
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.output().join(name)).unwrap()
    }

    /// Expects exactly these files and the manifest, no empty folder, nothing of staging.
    pub(crate) fn holds(&self, files: &[(&str, &str)]) {
        assert!(self.output().join(".ibid-manifest").is_file(), "there is no manifest");
        self.still_holds(files);
    }

    /// As `holds`, with or without a manifest.
    pub(crate) fn still_holds(&self, files: &[(&str, &str)]) {
        let mut found = self.files();
        found.remove(".ibid-manifest");
        for (path, text) in files {
            let found = found.remove(*path).unwrap_or_else(|| panic!("`{path}` is not there"));
            assert_eq!(found, *text, "`{path}`");
        }
        assert_eq!(found.keys().collect::<Vec<_>>(), Vec::<&String>::new());
    }

    /// All files of the output, and the folders that hold none.
    pub(crate) fn files(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        list(&self.output(), "", &mut found);
        found
    }

    /// When each file of the output was written.
    pub(crate) fn stamps(&self) -> BTreeMap<String, SystemTime> {
        let modified = |name: &String| self.output().join(name).metadata().unwrap().modified();
        self.files().into_keys().map(|name| (name.clone(), modified(&name).unwrap())).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn list(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    let before = found.len();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            list(&entry.path(), &format!("{path}/"), found);
        } else {
            let bytes = fs::read(entry.path()).unwrap();
            found.insert(path, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    if found.len() == before && !prefix.is_empty() {
        found.insert(prefix.to_owned(), "an empty folder".to_owned());
    }
}

pub(crate) fn path(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

pub(crate) fn rendered(name: &str, text: &str) -> Rendered {
    Rendered { path: path(name), content: Content::Bytes(text.into()) }
}

pub(crate) fn build(
    folder: &Folder,
    files: &[(&str, &str)],
) -> Result<Outcome<Written>, Diagnostic> {
    let files: Vec<_> = files.iter().map(|(path, text)| rendered(path, text)).collect();
    put(folder, &files)
}

/// Builds into the folder's output, with the findings of `open` and `close` together.
pub(crate) fn put(folder: &Folder, files: &[Rendered]) -> Result<Outcome<Written>, Diagnostic> {
    let disk = Disk::new(folder.output());
    let planned: Vec<_> = files.iter().map(|file| file.path.clone()).collect();
    let mut diagnostics = Vec::new();
    let session = disk.open(&planned)?.unload(&mut diagnostics);
    files.iter().try_for_each(|file| session.put(file))?;
    let is_refused = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    let written = session.close()?.unload(&mut diagnostics);
    assert!(!is_refused || written == Written::default());
    Ok(Outcome::new(written, diagnostics))
}
