//! Files of a site moved and written anew: all of them, or none as far as the disk allows.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic, Span};
use crate::moving::Change;

/// What a new text is called until all of them lie ready.
const STAGED: &str = ".ibid-mv";

/// Carries out some changes.
///
/// Every new text is written beside its place before anything moves, so that a full disk or a
/// folder that cannot be written to is met while nothing has changed. Then each goes into place
/// by renaming; the files that move go last. Where one step fails, those before it are undone.
///
/// # Errors
///
/// Where a file is not as it was read, a new one is there already, or the disk refuses.
pub fn relocate(root: &Path, changes: &[Change]) -> Result<(), Diagnostic> {
    for change in changes {
        examine(root, change)?;
    }
    let mut done = Vec::new();
    let result = stage(root, changes, &mut done).and_then(|()| carry_out(root, changes, &mut done));
    if let Err(finding) = result {
        for step in done.iter().rev() {
            // There is nothing more to do where even this is refused.
            let _ = step.undo();
        }
        return Err(finding);
    }
    for change in changes.iter().filter(|change| change.old != change.new) {
        let mut folder = root.join(change.old.as_str());
        while folder.pop() && folder != root.join("content") && fs::remove_dir(&folder).is_ok() {}
    }
    Ok(())
}

/// A step that was taken.
enum Step {
    Folder(PathBuf),
    Staged(PathBuf),
    Renamed(PathBuf, PathBuf),
    /// A text that was replaced, by what stood there.
    Replaced(PathBuf, String),
    Removed(PathBuf, String),
}

impl Step {
    fn undo(&self) -> io::Result<()> {
        match self {
            Self::Folder(folder) => fs::remove_dir(folder),
            Self::Staged(file) => fs::remove_file(file),
            Self::Renamed(old, new) => fs::rename(new, old),
            Self::Replaced(file, text) | Self::Removed(file, text) => fs::write(file, text),
        }
    }
}

/// Looks whether the files are as they were read.
fn examine(root: &Path, change: &Change) -> Result<(), Diagnostic> {
    let Change { old, new, text } = change;
    let refuse = |message: String| {
        Err(Diagnostic::new(Code::CannotMove, message).at(Span::whole(old.clone())))
    };
    let disk = root.join(old.as_str());
    match fs::symlink_metadata(&disk) {
        Ok(seen) if seen.is_symlink() => {
            return refuse(format!("`{old}` is a symbolic link, which ibid does not change"));
        }
        Ok(_) => {}
        Err(error) => return refuse(format!("`{old}` is not there any more: {error}")),
    }
    if let Some((before, _)) = text
        && fs::read(&disk).ok().as_deref() != Some(before.as_bytes())
    {
        return refuse(format!("`{old}` was changed meanwhile"));
    }
    let is_free = fs::symlink_metadata(root.join(new.as_str())).is_err();
    if old != new && !is_free {
        return refuse(format!("`{new}` is there already"));
    }
    Ok(())
}

/// Makes folders and writes the new texts beside their places.
fn stage(root: &Path, changes: &[Change], done: &mut Vec<Step>) -> Result<(), Diagnostic> {
    for Change { new, text, .. } in changes {
        let file = root.join(new.as_str());
        let refused = |error: &io::Error| refused(new.as_str(), error);
        let mut missing = Vec::new();
        let mut folder = file.parent();
        while let Some(at) = folder.filter(|at| fs::symlink_metadata(at).is_err()) {
            missing.push(at.to_owned());
            folder = at.parent();
        }
        for folder in missing.into_iter().rev() {
            fs::create_dir(&folder).map_err(|error| refused(&error))?;
            done.push(Step::Folder(folder));
        }
        if let Some((_, text)) = text {
            let staged = staged(&file);
            let opened = fs::OpenOptions::new().write(true).create_new(true).open(&staged);
            let mut opened = opened.map_err(|error| refused(&error))?;
            done.push(Step::Staged(staged));
            opened.write_all(text.as_bytes()).map_err(|error| refused(&error))?;
        }
    }
    Ok(())
}

fn carry_out(root: &Path, changes: &[Change], done: &mut Vec<Step>) -> Result<(), Diagnostic> {
    let stays = |change: &&Change| change.old == change.new;
    let moves = |change: &&Change| change.old != change.new;
    for Change { old, new, text } in
        changes.iter().filter(stays).chain(changes.iter().filter(moves))
    {
        let (from, to) = (root.join(old.as_str()), root.join(new.as_str()));
        let refused = |error: io::Error| refused(new.as_str(), &error);
        match text {
            None => {
                fs::rename(&from, &to).map_err(refused)?;
                done.push(Step::Renamed(from, to));
            }
            Some((before, _)) => {
                let staged = staged(&to);
                if let Ok(seen) = fs::metadata(&from) {
                    let _ = fs::set_permissions(&staged, seen.permissions());
                }
                fs::rename(&staged, &to).map_err(refused)?;
                if from == to {
                    done.push(Step::Replaced(to, before.clone()));
                } else {
                    done.push(Step::Staged(to));
                    fs::remove_file(&from).map_err(refused)?;
                    done.push(Step::Removed(from, before.clone()));
                }
            }
        }
    }
    Ok(())
}

fn staged(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(STAGED);
    PathBuf::from(name)
}

fn refused(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::Disk, format!("`{path}` cannot be written: {error}"))
}
