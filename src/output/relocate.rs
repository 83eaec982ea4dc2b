//! Files of a site moved and written anew: all of them, or none.
//!
//! ```text
//! .ibid/move/lock       held by the move at work; a second one waits for it
//! .ibid/move/new/3      the new text of the third file
//! .ibid/move/old/3      its text as it was
//! .ibid/move/journal    what is about to be done, whole from the moment that it is there
//! ```
//!
//! All texts lie ready before the journal does, and the journal before anything moves. While it
//! is there the move has not come to its end. What was done of it is then taken back, by the one
//! that met an obstacle or, where that was killed, by the next: each file tells by its bytes
//! whether it was reached. So taking back can be cut off and taken up again, too.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::ground::Kind;
use super::journal::{Entry, Journal};
use super::keep::{CACHE, make, unmake};
use super::lock::{LOCK, is_locked, lock, remove, sweep};
use crate::diag::{Code, Diagnostic, Span};
use crate::fingerprint::Fingerprint;
use crate::moving::Change;
use crate::path::SourcePath;
use crate::source::reason;

/// The folder in which a move is prepared, below the site's root.
const FOLDER: [&str; 2] = [CACHE, "move"];
const JOURNAL: &str = "journal";
/// What a text is called beside its place, where it must be copied there first.
const BESIDE: &str = ".ibid-mv";

/// Tells whether a move was cut off, and nobody is at work to end it.
pub fn is_cut_off(root: &Path) -> bool {
    let folder = folder(root);
    Kind::of(&folder.join(JOURNAL)).is_ok_and(|kind| kind != Kind::Nothing) && !is_locked(&folder)
}

/// Takes back a move that was cut off, and tells whether there was one.
///
/// # Errors
///
/// Where files were changed since, or the disk refuses.
pub fn take_back(root: &Path) -> Result<bool, Diagnostic> {
    if Kind::of(&folder(root)).is_ok_and(|kind| kind == Kind::Nothing) {
        return Ok(false);
    }
    Desk::enter(root)?.take_back()
}

/// Carries out some changes.
///
/// Every new text is written before anything moves, so that a full disk is met while nothing has
/// changed. Then each goes into place by renaming; the files that move go last. Where one step
/// fails, those before it are taken back.
///
/// # Errors
///
/// Where a file is not as it was read, a new one is there already, or the disk refuses.
pub fn relocate(root: &Path, changes: &[Change]) -> Result<(), Diagnostic> {
    let desk = Desk::enter(root)?;
    desk.take_back()?;
    for change in changes {
        examine(root, change)?;
    }
    let journal = desk.prepare(changes)?;
    if let Err(finding) = desk.steps(&journal).iter().try_for_each(|step| desk.take(step)) {
        // There is nothing more to do where even this is refused: the next move tries again.
        let _ = desk.take_back();
        return Err(finding);
    }
    let written = desk.folder.join(JOURNAL);
    fs::remove_file(&written).map_err(|error| refused(JOURNAL, &error))?;
    for change in changes.iter().filter(|change| change.old != change.new) {
        let mut folder = root.join(change.old.as_str());
        while folder.pop() && folder != root.join("content") && fs::remove_dir(&folder).is_ok() {}
    }
    Ok(())
}

/// The folder in which a move is prepared. It goes with this value, unless a move has begun and
/// could neither be ended nor taken back.
struct Desk<'a> {
    root: &'a Path,
    folder: PathBuf,
    /// Held until the value is dropped, after the folder is gone.
    _lock: File,
}

/// One step of a move; the paths are those of the site's root.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Step {
    /// A folder is made.
    Make(String),
    /// A file is moved.
    Move(String, String),
    /// The new text of this number is put into a place.
    Put(usize, String),
    /// The file whose text has a new place is removed.
    Remove(String),
}

impl<'a> Desk<'a> {
    fn enter(root: &'a Path) -> Result<Self, Diagnostic> {
        let folder = folder(root);
        let refused = |error: io::Error| refused(&FOLDER.join("/"), &error);
        let lock = loop {
            make(&root.join(CACHE)).map_err(refused)?;
            if let Some(lock) = lock(&folder).map_err(refused)? {
                break lock;
            }
        };
        Ok(Self { root, folder, _lock: lock })
    }

    /// Lays out all texts and writes the journal.
    fn prepare(&self, changes: &[Change]) -> Result<Journal, Diagnostic> {
        let mut journal = Journal::default();
        let laid_out = |error: io::Error| refused(&FOLDER.join("/"), &error);
        for name in ["new", "old"] {
            fs::create_dir(self.folder.join(name)).map_err(laid_out)?;
        }
        let stays = changes.iter().filter(|change| change.old == change.new);
        let moves = changes.iter().filter(|change| change.old != change.new);
        for (number, Change { old, new, text }) in stays.chain(moves).enumerate() {
            let mut missing = Vec::new();
            let mut around = new.parent();
            while !around.is_empty() && fs::symlink_metadata(self.root.join(around)).is_err() {
                missing.push(around.to_owned());
                around = around.rsplit_once('/').map_or("", |(above, _)| above);
            }
            missing.retain(|folder| !journal.folders.contains(folder));
            journal.folders.extend(missing.into_iter().rev());
            if let Some((_, after)) = text {
                let (from, ready) = (self.root.join(old.as_str()), self.text("new", number));
                fs::copy(&from, self.text("old", number)).map_err(laid_out)?;
                fs::write(&ready, after).map_err(laid_out)?;
                if let Ok(seen) = fs::metadata(&from) {
                    let _ = fs::set_permissions(&ready, seen.permissions());
                }
            }
            let print = |text: &String| Fingerprint::of(text.as_bytes());
            let texts = text.as_ref().map(|(before, after)| (print(before), print(after)));
            journal.entries.push(Entry { old: old.to_string(), new: new.to_string(), texts });
        }
        let (draft, place) = (self.folder.join("draft"), self.folder.join(JOURNAL));
        fs::write(&draft, journal.to_text()).map_err(laid_out)?;
        fs::rename(&draft, &place).map_err(laid_out)?;
        Ok(journal)
    }

    /// The steps of a move, in their order.
    fn steps(&self, journal: &Journal) -> Vec<Step> {
        let mut steps: Vec<Step> = journal.folders.iter().cloned().map(Step::Make).collect();
        for (number, Entry { old, new, texts }) in journal.entries.iter().enumerate() {
            match texts {
                None => steps.push(Step::Move(old.clone(), new.clone())),
                Some(_) => steps.push(Step::Put(number, new.clone())),
            }
            if texts.is_some() && old != new {
                steps.push(Step::Remove(old.clone()));
            }
        }
        steps
    }

    fn take(&self, step: &Step) -> Result<(), Diagnostic> {
        let (path, result) = match step {
            Step::Make(folder) => (folder, fs::create_dir(self.root.join(folder))),
            Step::Move(old, new) => {
                (new, place(&self.root.join(old), &self.root.join(new), Remains::Gone))
            }
            Step::Put(number, new) => {
                let ready = self.text("new", *number);
                (new, place(&ready, &self.root.join(new), Remains::Anything))
            }
            Step::Remove(old) => (old, fs::remove_file(self.root.join(old))),
        };
        result.map_err(|error| refused(path, &error))
    }

    /// Takes back what was done, if a journal tells of anything.
    fn take_back(&self) -> Result<bool, Diagnostic> {
        let written = fs::read_to_string(self.folder.join(JOURNAL)).ok();
        let journal = written.as_deref().and_then(Journal::parse);
        let mut undo = Vec::new();
        for (number, entry) in journal.iter().flat_map(|journal| journal.entries.iter().enumerate())
        {
            undo.push((number, entry, self.undo(entry)?));
        }
        for (number, Entry { old, new, .. }, undo) in undo.into_iter().rev() {
            let (there, here) = (self.root.join(new), self.root.join(old));
            let result = match undo {
                Undo::Nothing => Ok(()),
                Undo::Move => place(&there, &here, Remains::Gone),
                Undo::Restore => place(&self.text("old", number), &here, Remains::Anything),
                Undo::RestoreAndRemove => {
                    place(&self.text("old", number), &here, Remains::Anything)
                        .and_then(|()| fs::remove_file(&there))
                }
                Undo::Remove => fs::remove_file(&there),
            };
            result.map_err(|error| refused(old, &error))?;
            for file in [&there, &here] {
                let _ = fs::remove_file(beside(file));
            }
        }
        for folder in journal.iter().flat_map(|journal| journal.folders.iter().rev()) {
            let _ = fs::remove_dir(self.root.join(folder));
        }
        sweep(&self.folder, &[JOURNAL]).map_err(|error| refused(&FOLDER.join("/"), &error))?;
        Ok(journal.is_some())
    }

    /// How a file comes to be as it was.
    fn undo(&self, entry: &Entry) -> Result<Undo, Diagnostic> {
        let Entry { old, new, texts } = entry;
        let print = |path: &str| fs::read(self.root.join(path)).ok().map(|it| Fingerprint::of(&it));
        let is_there = |path: &str| fs::symlink_metadata(self.root.join(path)).is_ok();
        let Some((before, after)) = texts else {
            return match (is_there(old), is_there(new)) {
                (false, true) => Ok(Undo::Move),
                (true, true) => Err(changed(new)),
                (_, false) => Ok(Undo::Nothing),
            };
        };
        if old == new {
            return match print(old) {
                Some(found) if found == *before => Ok(Undo::Nothing),
                Some(found) if found == *after => Ok(Undo::Restore),
                _ => Err(changed(old)),
            };
        }
        match (print(old), print(new)) {
            (Some(found), None) if found == *before => Ok(Undo::Nothing),
            (Some(found), Some(moved)) if found == *before && moved == *after => Ok(Undo::Remove),
            (None, Some(moved)) if moved == *after => Ok(Undo::RestoreAndRemove),
            (Some(found), _) if found != *before => Err(changed(old)),
            _ => Err(changed(new)),
        }
    }

    /// Where the text of a number lies, `new` or `old`.
    fn text(&self, which: &str, number: usize) -> PathBuf {
        self.folder.join(which).join(number.to_string())
    }
}

impl Drop for Desk<'_> {
    /// Leaves nothing behind, as far as the system lets it. The lock's file goes last: from then
    /// on another move may be at work.
    fn drop(&mut self) {
        let is_over = Kind::of(&self.folder.join(JOURNAL)).is_ok_and(|kind| kind == Kind::Nothing);
        if !is_over || sweep(&self.folder, &[]).is_err() {
            return;
        }
        let _ = remove(&self.folder.join(LOCK));
        let _ = fs::remove_dir(&self.folder);
        // The cache keeps what it has.
        unmake(&self.root.join(CACHE));
    }
}

/// How one file comes to be as it was before a move.
enum Undo {
    Nothing,
    Move,
    Restore,
    RestoreAndRemove,
    Remove,
}

/// What may lie at the place of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Remains {
    Anything,
    /// Nothing: it would be lost.
    Gone,
}

/// Moves a file into its place, whole at every moment.
fn place(from: &Path, to: &Path, remains: Remains) -> io::Result<()> {
    if remains == Remains::Gone && fs::symlink_metadata(to).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    match fs::rename(from, to) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {}
        result => return result,
    }
    let beside = beside(to);
    fs::copy(from, &beside)?;
    fs::rename(&beside, to)?;
    fs::remove_file(from)
}

/// Looks whether the files are as they were read.
fn examine(root: &Path, change: &Change) -> Result<(), Diagnostic> {
    let Change { old, new, text } = change;
    let refuse = |message: String| Err(cannot(old, message));
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

fn folder(root: &Path) -> PathBuf {
    root.join(FOLDER[0]).join(FOLDER[1])
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(BESIDE);
    PathBuf::from(name)
}

fn cannot(path: &SourcePath, message: String) -> Diagnostic {
    Diagnostic::new(Code::CannotMove, message).at(Span::whole(path.clone()))
}

/// The finding for a file that is neither as a move that was cut off found it nor as it left it.
fn changed(path: &str) -> Diagnostic {
    let message = format!("a move was cut off, and `{path}` was changed or taken away since");
    cannot(&SourcePath::new(path), message).help(
        "put the files where they belong by hand, then delete `.ibid/move`; `old` in it has the \
         texts as they were",
    )
}

fn refused(path: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::new(Code::Disk, format!("`{path}` cannot be written: {}", reason(error)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{Desk, JOURNAL, Step, folder, is_cut_off, relocate, take_back};
    use crate::moving::Change;
    use crate::path::SourcePath;

    /// A folder that goes when the test ends.
    struct Scratch(PathBuf);

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    const FILES: [(&str, &str); 5] = [
        ("site.toml", "page = \"a\""),
        ("content/a.md", "a"),
        ("content/b.md", "to a"),
        ("content/pack/index.md", "pack"),
        ("content/pack/x.png", "x"),
    ];

    fn scratch(name: &str) -> Scratch {
        let root = std::env::temp_dir().join(format!("ibid-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for (path, text) in FILES {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        Scratch(root)
    }

    fn changes() -> Vec<Change> {
        let change = |old: &str, new: &str, text: Option<(&str, &str)>| Change {
            old: SourcePath::new(old),
            new: SourcePath::new(new),
            text: text.map(|(before, after)| (before.to_owned(), after.to_owned())),
        };
        vec![
            change("content/a.md", "content/deep/er/c.md", Some(("a", "c"))),
            change("content/b.md", "content/b.md", Some(("to a", "to c"))),
            change("content/pack/index.md", "content/deep/p/index.md", None),
            change("content/pack/x.png", "content/deep/p/x.png", None),
            change("site.toml", "site.toml", Some(("page = \"a\"", "page = \"c\""))),
        ]
    }

    /// Every file below a folder, and every folder with nothing in it.
    fn tree(root: &Path) -> BTreeMap<PathBuf, String> {
        let mut tree = BTreeMap::new();
        let entries: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap()).collect();
        for entry in &entries {
            match entry.file_type().unwrap().is_dir() {
                true => tree.extend(self::tree(&entry.path())),
                false => {
                    tree.insert(entry.path(), fs::read_to_string(entry.path()).unwrap());
                }
            }
        }
        if entries.is_empty() {
            tree.insert(root.to_owned(), "empty".to_owned());
        }
        tree
    }

    /// Takes so many steps of a move, as one that is killed then; tells whether that is all.
    fn cut_off_after(root: &Path, count: usize) -> bool {
        let desk = Desk::enter(root).unwrap();
        let journal = desk.prepare(&changes()).unwrap();
        let steps = desk.steps(&journal);
        for step in steps.iter().take(count) {
            desk.take(step).unwrap();
        }
        count >= steps.len()
    }

    #[test]
    fn a_move_that_is_cut_off_at_any_step_is_taken_back() {
        let mut count = 0;
        loop {
            let scratch = scratch("cut-off");
            let before = tree(&scratch.0);
            let is_all = cut_off_after(&scratch.0, count);
            assert!(is_cut_off(&scratch.0), "{count}");
            assert_eq!(take_back(&scratch.0), Ok(true), "{count}");
            assert_eq!(tree(&scratch.0), before, "{count}");
            assert!(!is_cut_off(&scratch.0) && take_back(&scratch.0) == Ok(false), "{count}");
            if is_all {
                break;
            }
            count += 1;
        }
        assert!(count > 8, "{count} steps");
    }

    #[test]
    fn taking_back_can_be_cut_off_too() {
        let scratch = scratch("twice");
        let before = tree(&scratch.0);
        cut_off_after(&scratch.0, usize::MAX);
        // The last of the files was restored, and its new place is not empty yet.
        let from = folder(&scratch.0).join("old");
        let count = fs::read_dir(&from).unwrap().count();
        assert_eq!(count, 3);
        fs::rename(from.join("2"), scratch.0.join("content/a.md")).unwrap();
        assert_eq!(take_back(&scratch.0), Ok(true));
        assert_eq!(tree(&scratch.0), before);
    }

    #[test]
    fn what_was_changed_since_is_not_lost() {
        for (path, count) in [("content/b.md", 4), ("content/deep/er/c.md", 6), ("site.toml", 9)] {
            let scratch = scratch("changed");
            cut_off_after(&scratch.0, count);
            fs::write(scratch.0.join(path), "by hand").unwrap();
            let before = tree(&scratch.0);
            let finding = take_back(&scratch.0).unwrap_err();
            assert_eq!(
                finding.message,
                format!("a move was cut off, and `{path}` was changed or taken away since")
            );
            assert_eq!(tree(&scratch.0), before, "{path}");
        }
    }

    #[test]
    fn an_obstacle_on_the_way_undoes_all() {
        let scratch = scratch("obstacle");
        let before = tree(&scratch.0);
        let mut changes = changes();
        // A file stands where a folder has to be.
        changes.push(Change {
            old: SourcePath::new("content/pack/x.png"),
            new: SourcePath::new("content/b.md/x.png"),
            text: None,
        });
        assert!(relocate(&scratch.0, &changes).is_err());
        assert_eq!(tree(&scratch.0), before);
    }

    #[test]
    fn a_move_leaves_nothing_of_its_own() {
        let scratch = scratch("whole");
        relocate(&scratch.0, &changes()).unwrap();
        let left: Vec<_> = tree(&scratch.0).into_values().collect();
        assert_eq!(left, ["to c", "c", "pack", "x", "page = \"c\""]);
        assert!(!folder(&scratch.0).join(JOURNAL).exists() && !scratch.0.join(".ibid").exists());
    }

    #[test]
    fn a_step_says_what_it_does() {
        let scratch = scratch("steps");
        let desk = Desk::enter(&scratch.0).unwrap();
        let journal = desk.prepare(&changes()).unwrap();
        let steps = desk.steps(&journal);
        assert_eq!(steps[0], Step::Make("content/deep".to_owned()));
        let last = Step::Move("content/pack/x.png".into(), "content/deep/p/x.png".into());
        assert_eq!(steps.last(), Some(&last));
    }
}
