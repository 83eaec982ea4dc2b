//! The files below a folder, in order. Owner of `walkdir`, with `watched`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::name::{Hidden, is_left_out, source_path};
use super::read::{File, dangling, is_absent, no_file, outside, unreadable};
use super::reason::reason;
use super::stamp::Stamp;
use crate::diag::{Code, Diagnostic, Outcome, Span};
use crate::path::SourcePath;

/// How many links to folders may lead into each other. Two folders that link to one another
/// twice over would otherwise unfold without end.
const DEEPEST: usize = 16;

/// Finds every regular file below `folder` of the site, in byte order of its path; none where
/// the folder is absent.
///
/// Symbolic links are followed within `root`. The folders of `except` (the output, the cache)
/// are not entered, by whichever way they are reached.
pub fn scan(
    root: &Path,
    folder: &str,
    hidden: Hidden,
    except: &[PathBuf],
) -> Outcome<Option<Vec<File>>> {
    let disk = if folder.is_empty() { root.to_owned() } else { root.join(folder) };
    if is_absent(&fs::symlink_metadata(&disk)) {
        return Outcome::default();
    }
    let path = SourcePath::new(folder);
    let real = match real_folder(root, &disk, &path) {
        Ok(real) => real,
        Err(finding) => return Outcome::new(Some(Vec::new()), vec![finding]),
    };
    let mut walk = Walk {
        root: real.root,
        scanned: folder,
        hidden,
        except: except.iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect(),
        links: Vec::new(),
        files: Vec::new(),
        diagnostics: Vec::new(),
    };
    walk.folder(&disk, &real.folder, &path);
    walk.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    walk.diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    Outcome::new(Some(walk.files), walk.diagnostics)
}

/// The site's root and the folder that is scanned, without any link in their paths.
struct Real {
    root: PathBuf,
    folder: PathBuf,
}

fn real_folder(root: &Path, disk: &Path, path: &SourcePath) -> Result<Real, Diagnostic> {
    let why = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => dangling(path),
        _ => unreadable(path, &reason(&error)),
    };
    let real = Real {
        root: fs::canonicalize(root).map_err(why)?,
        folder: fs::canonicalize(disk).map_err(why)?,
    };
    if !real.folder.starts_with(&real.root) {
        return Err(outside(path));
    }
    if !fs::metadata(&real.folder).map_err(why)?.is_dir() {
        return Err(unreadable(path, "it is a file where a folder should be"));
    }
    Ok(real)
}

/// A scan under way.
struct Walk<'a> {
    /// The site's root, without any link in its path.
    root: PathBuf,
    scanned: &'a str,
    hidden: Hidden,
    except: Vec<PathBuf>,
    /// The real folders that hold the links through which the walk came here.
    links: Vec<PathBuf>,
    files: Vec<File>,
    diagnostics: Vec<Diagnostic>,
}

impl Walk<'_> {
    /// Walks the folder at `disk`, which is `real` once links are resolved, as `path`.
    fn folder(&mut self, disk: &Path, real: &Path, path: &SourcePath) {
        if self.except.iter().any(|except| real.starts_with(except)) {
            return;
        }
        // The paths of the folders around the entry at hand, the outermost first.
        let mut around = vec![path.clone()];
        let mut entries = WalkDir::new(disk).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            let depth = entry.as_ref().map_or_else(walkdir::Error::depth, DirEntry::depth);
            around.truncate(depth.max(1));
            let above = around.last().unwrap_or(path);
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(&error, above);
                    continue;
                }
            };
            let real = || real.join(entry.path().strip_prefix(disk).unwrap_or(Path::new("")));
            match self.entry(&entry, above, real) {
                Some(folder) => around.push(folder),
                None if entry.file_type().is_dir() => entries.skip_current_dir(),
                None => {}
            }
        }
    }

    /// Takes one entry of the folder `above`; tells its path if it is a folder to be entered.
    fn entry(
        &mut self,
        entry: &DirEntry,
        above: &SourcePath,
        real: impl Fn() -> PathBuf,
    ) -> Option<SourcePath> {
        let kind = entry.file_type();
        if is_left_out(entry.file_name(), kind.is_dir(), self.hidden) {
            return None;
        }
        let path = match source_path(above.as_str(), entry.file_name(), self.scanned) {
            Ok(path) => path,
            Err(finding) => {
                self.diagnostics.push(finding);
                return None;
            }
        };
        if kind.is_dir() {
            let is_entered = self.except.is_empty() || !self.except.contains(&real());
            return is_entered.then_some(path);
        }
        if kind.is_symlink() {
            let mut holder = real();
            holder.pop();
            self.link(entry.path(), holder, path);
        } else if kind.is_file() {
            match entry.metadata() {
                Ok(metadata) => self.file(entry.path(), path, &metadata),
                Err(error) => self.unreadable(&error, above),
            }
        } else {
            self.diagnostics.push(no_file(&path, kind));
        }
        None
    }

    fn file(&mut self, disk: &Path, path: SourcePath, metadata: &fs::Metadata) {
        let (size, stamp) = (metadata.len(), Some(Stamp::of(metadata)));
        self.files.push(File { path, disk: disk.to_owned(), size, stamp });
    }

    /// Follows a link that lies in the real folder `holder`.
    fn link(&mut self, disk: &Path, holder: PathBuf, path: SourcePath) {
        let target = match fs::canonicalize(disk) {
            Ok(target) => target,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.diagnostics.push(dangling(&path));
                return;
            }
            Err(error) => {
                self.diagnostics.push(unreadable(&path, &reason(&error)));
                return;
            }
        };
        if !target.starts_with(&self.root) {
            self.diagnostics.push(outside(&path));
            return;
        }
        if self.except.iter().any(|except| target.starts_with(except)) {
            return;
        }
        match fs::metadata(&target) {
            Err(error) => self.diagnostics.push(unreadable(&path, &reason(&error))),
            Ok(metadata) if metadata.is_file() => self.file(disk, path, &metadata),
            Ok(metadata) if !metadata.is_dir() => {
                self.diagnostics.push(no_file(&path, metadata.file_type()));
            }
            Ok(_) => {
                self.links.push(holder);
                // A folder that holds a link through which we came holds this link, too.
                if self.links.iter().any(|holder| holder.starts_with(&target)) {
                    self.diagnostics.push(circle(&path, "leads back to a folder above it"));
                } else if self.links.len() > DEEPEST {
                    self.diagnostics.push(circle(&path, "leads into too many links in a row"));
                } else {
                    self.folder(disk, &target, &path);
                }
                self.links.pop();
            }
        }
    }

    /// Notes what could not be listed in the folder `above`, or that folder itself. A file that
    /// vanished since is no loss: editors write by renaming.
    fn unreadable(&mut self, error: &walkdir::Error, above: &SourcePath) {
        let why = match error.io_error() {
            Some(error) if error.kind() == io::ErrorKind::NotFound => return,
            Some(error) => reason(error),
            None => "it cannot be listed".to_owned(),
        };
        let name = error.path().filter(|_| error.depth() > 0).and_then(Path::file_name);
        let path = match name.map(|name| source_path(above.as_str(), name, self.scanned)) {
            Some(Ok(path)) => path,
            _ => above.clone(),
        };
        self.diagnostics.push(unreadable(&path, &why));
    }
}

fn circle(path: &SourcePath, what: &str) -> Diagnostic {
    Diagnostic::new(Code::SymlinkLoop, format!("the symbolic link `{path}` {what}"))
        .at(Span::whole(path.clone()))
        .help("remove the link")
}
