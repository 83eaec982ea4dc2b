//! The output folder.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::ground::{Ground, Kind, is_same_file, parent, stranger};
use super::manifest::{self, Manifest};
use super::refusal;
use super::sink::{Change, Session, Sink, Written};
use super::staging::Staging;
use crate::diag::{Code, Diagnostic, Outcome, Severity};
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::render::{Content, Rendered};

/// An output folder on the disk. The module's own words tell what it promises.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disk {
    output: PathBuf,
}

impl Disk {
    /// Takes the path of an output folder, which need not be there yet.
    pub fn new(output: impl Into<PathBuf>) -> Self {
        Self { output: output.into() }
    }
}

impl Sink for Disk {
    fn open<'s>(
        &'s self,
        planned: &[OutputPath],
    ) -> Result<Outcome<Box<dyn Session + 's>>, Diagnostic> {
        self.session(planned, false)
    }

    fn open_as_left<'s>(
        &'s self,
        planned: &[OutputPath],
    ) -> Result<Outcome<Box<dyn Session + 's>>, Diagnostic> {
        self.session(planned, true)
    }
}

impl Disk {
    fn session(
        &self,
        planned: &[OutputPath],
        is_as_left: bool,
    ) -> Result<Outcome<Box<dyn Session + '_>>, Diagnostic> {
        let output = self.output.as_path();
        let staging = Staging::enter(output)?;
        let mut diagnostics = Vec::new();
        let (manifest, text) = load(output, &mut diagnostics)?;
        let planned: BTreeSet<OutputPath> = planned.iter().cloned().collect();
        let mut ground = Ground::new(output);
        let unplanned = unplanned(&manifest, &planned);
        let removed = gone(output, &unplanned, &mut ground, &mut diagnostics)?;
        let known = if is_as_left { left(&planned, &manifest) } else { HashMap::new() };
        let folders = survey(output, &planned, &removed, known, &mut ground, &mut diagnostics)?;
        let twins =
            removed.iter().map(|path| (path.as_str().to_lowercase(), path.clone())).collect();
        let is_refused = has_error(&diagnostics);
        let made = Mutex::default();
        let session = DiskSession {
            output,
            staging,
            manifest,
            text,
            planned,
            unplanned,
            removed,
            folders,
            twins,
            is_as_left,
            is_refused,
            made,
        };
        Ok(Outcome::new(Box::new(session), diagnostics))
    }
}

/// Reads the manifest and its text; one that is damaged counts for none.
fn load(
    output: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Manifest, Option<String>), Diagnostic> {
    let path = output.join(manifest::NAME);
    let refused = |error: io::Error| refusal::disk(&path, "read", &error);
    match Kind::of(&path).map_err(refused)? {
        Kind::Nothing => Ok((Manifest::default(), None)),
        Kind::File(_) => {
            let bytes = fs::read(&path).map_err(refused)?;
            let text = String::from_utf8(bytes).ok();
            match text.as_deref().and_then(Manifest::parse) {
                Some(manifest) => Ok((manifest, text)),
                None => {
                    diagnostics.push(refusal::damaged(&path));
                    Ok((Manifest::default(), None))
                }
            }
        }
        kind => {
            diagnostics.push(refusal::foreign(&path, kind.word()));
            Ok((Manifest::default(), None))
        }
    }
}

/// The files of earlier builds that are no longer planned.
fn unplanned(manifest: &Manifest, planned: &BTreeSet<OutputPath>) -> Manifest {
    // Both are in order.
    let mut planned = planned.iter().peekable();
    let mut is_planned = |path: &OutputPath| {
        while planned.next_if(|planned| *planned < path).is_some() {}
        planned.peek().is_some_and(|planned| *planned == path)
    };
    let files = manifest.0.iter().filter(|(path, _)| !is_planned(path));
    Manifest(files.map(|(path, fingerprint)| (path.clone(), *fingerprint)).collect())
}

/// Finds those of the files that are no longer planned that still are as ibid wrote them. Others
/// are left, and belong from now on to whoever changed them.
fn gone(
    output: &Path,
    unplanned: &Manifest,
    ground: &mut Ground<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<BTreeSet<OutputPath>, Diagnostic> {
    let mut gone = BTreeSet::new();
    for (path, &fingerprint) in &unplanned.0 {
        let disk = output.join(path.as_str());
        let refused = |error: io::Error| refusal::disk(&disk, "read", &error);
        if ground.obstacle(parent(path.as_str())).map_err(refused)?.is_some() {
            continue;
        }
        match Kind::of(&disk).map_err(refused)? {
            Kind::Nothing | Kind::Folder => {}
            Kind::File(_) if hash(&disk).map_err(refused)? == fingerprint => {
                gone.insert(path.clone());
            }
            _ => diagnostics.push(refusal::left(&disk)),
        }
    }
    Ok(gone)
}

/// Whether a folder can take the files that are planned in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Folder {
    /// It is there, with whatever it holds.
    There,
    /// The last build wrote into it, and nothing has touched it since. It is looked at when
    /// something is put there.
    Left,
    /// It will be made by this build: nothing can be in the way.
    New,
    /// Something of somebody else is in the way.
    Blocked,
}

/// The folders of the plan that are as the last build left them.
fn left(planned: &BTreeSet<OutputPath>, manifest: &Manifest) -> HashMap<String, Folder> {
    let mut folders = HashMap::new();
    for path in planned {
        let folder = parent(path.as_str());
        if !folders.contains_key(folder) && manifest.0.contains_key(path) {
            folders.insert(folder.to_owned(), Folder::Left);
        }
    }
    folders
}

/// Looks at every folder of the plan that is not known, once.
fn survey(
    output: &Path,
    planned: &BTreeSet<OutputPath>,
    removed: &BTreeSet<OutputPath>,
    mut folders: HashMap<String, Folder>,
    ground: &mut Ground<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<HashMap<String, Folder>, Diagnostic> {
    let mut reported = BTreeSet::new();
    let mut last = None;
    for path in planned {
        let folder = parent(path.as_str());
        if last == Some(folder) || folders.contains_key(folder) {
            continue;
        }
        last = Some(folder);
        let refused = |error: io::Error| refusal::disk(&output.join(folder), "read", &error);
        let state = match ground.obstacle(folder).map_err(refused)? {
            None => Folder::There,
            Some((_, Kind::Nothing)) => Folder::New,
            Some((at, _)) if OutputPath::new(at).is_ok_and(|at| removed.contains(&at)) => {
                Folder::New
            }
            Some((at, kind)) => {
                if reported.insert(at) {
                    diagnostics.push(refusal::foreign(&output.join(at), kind.word()));
                }
                Folder::Blocked
            }
        };
        folders.insert(folder.to_owned(), state);
    }
    Ok(folders)
}

/// A build on its way into an output folder.
struct DiskSession<'s> {
    output: &'s Path,
    staging: Staging,
    /// What the last build wrote, and its text as it lies there.
    manifest: Manifest,
    text: Option<String>,
    planned: BTreeSet<OutputPath>,
    /// What the last build wrote and this one does not plan.
    unplanned: Manifest,
    /// What this build will delete.
    removed: BTreeSet<OutputPath>,
    /// Every folder of the plan.
    folders: HashMap<String, Folder>,
    /// The files to be deleted, by their paths in lower case.
    twins: HashMap<String, OutputPath>,
    /// Whether all that the last build wrote is as it wrote it.
    is_as_left: bool,
    is_refused: bool,
    made: Mutex<Made>,
}

/// What was put so far.
#[derive(Default)]
struct Made {
    /// The files that were made, and whether each is to be moved into place.
    files: Vec<(OutputPath, Fingerprint, bool)>,
    /// How many were not even made anew.
    left: usize,
    diagnostics: Vec<Diagnostic>,
}

/// What a file of the plan finds in its place.
enum Place {
    /// Nothing, or what makes way.
    Free,
    /// A file with the same bytes.
    Same(Fingerprint),
    /// A file that ibid wrote, and that somebody changed since.
    Edited,
    /// Something of somebody else.
    Taken(Diagnostic),
}

impl Session for DiskSession<'_> {
    fn put(&self, rendered: &Rendered) -> Result<(), Diagnostic> {
        let path = &rendered.path;
        let disk = self.output.join(path.as_str());
        let refused = |error: io::Error| refusal::disk(&disk, "compared", &error);
        let place = match self.folders.get(parent(path.as_str())) {
            _ if !self.planned.contains(path) => {
                return Err(Diagnostic::new(Code::Disk, format!("`{path}` is not in the plan")));
            }
            Some(Folder::There) => self.look(rendered, &disk).map_err(refused)?,
            Some(Folder::Left) => self.look_into(rendered, &disk).map_err(refused)?,
            Some(Folder::New) | None => Place::Free,
            Some(Folder::Blocked) => return Ok(()),
        };
        let written = match place {
            Place::Free | Place::Edited => Some(self.staging.write(rendered)?),
            Place::Same(_) | Place::Taken(_) => None,
        };
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        match place {
            Place::Taken(finding) => made.diagnostics.push(finding),
            Place::Edited => made.diagnostics.push(refusal::edited(&disk)),
            Place::Same(fingerprint) => made.files.push((path.clone(), fingerprint, false)),
            Place::Free => {}
        }
        if let Some(fingerprint) = written {
            made.files.push((path.clone(), fingerprint, true));
        }
        Ok(())
    }

    fn leave(&self, path: &OutputPath) -> bool {
        let is_known = self.is_as_left && self.manifest.0.contains_key(path);
        if is_known {
            self.made.lock().unwrap_or_else(PoisonError::into_inner).left += 1;
        }
        is_known
    }

    fn close(self: Box<Self>) -> Result<Outcome<Written>, Diagnostic> {
        let Self { mut staging, manifest, text, unplanned, removed, is_refused, made, .. } = *self;
        // Of a large site this is when most is in memory.
        drop((self.planned, self.folders, self.twins));
        let Made { files, left, mut diagnostics } =
            made.into_inner().unwrap_or_else(PoisonError::into_inner);
        diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        if is_refused || has_error(&diagnostics) {
            return Ok(Outcome::new(Written::default(), diagnostics));
        }
        let updated = |path: &OutputPath| match manifest.0.contains_key(path) {
            true => Change::Updated,
            false => Change::Added,
        };
        let written = files.iter().filter(|(_, _, is_moved)| *is_moved);
        let mut changes: Vec<(OutputPath, Change)> =
            written.map(|(path, ..)| (path.clone(), updated(path))).collect();
        let count = changes.len();
        let unchanged = files.len() - count + left;
        changes.extend(removed.iter().map(|path| (path.clone(), Change::Removed)));
        changes.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        let mut next = manifest;
        for path in unplanned.0.keys() {
            next.0.remove(path);
        }
        // What was left is there as it was.
        next.0.extend(files.into_iter().map(|(path, fingerprint, _)| (path, fingerprint)));
        let printed = next.print();
        drop(next);
        let is_new = text.as_ref() != Some(&printed);
        if is_new || count > 0 {
            staging.commit(is_new.then_some((manifest::NAME, printed.as_str())), &removed)?;
        }
        let gone = removed.len();
        Ok(Outcome::new(
            Written { written: count, unchanged, left, removed: gone, changes },
            diagnostics,
        ))
    }
}

impl DiskSession<'_> {
    /// Looks at what lies in the place of a file, in a folder that was there.
    fn look_into(&self, rendered: &Rendered, disk: &Path) -> io::Result<Place> {
        match Ground::new(self.output).obstacle(parent(rendered.path.as_str()))? {
            None => self.look(rendered, disk),
            Some((_, Kind::Nothing)) => Ok(Place::Free),
            Some((at, kind)) => {
                Ok(Place::Taken(refusal::foreign(&self.output.join(at), kind.word())))
            }
        }
    }

    /// Looks at what lies in the place of a file, in a folder that is there.
    fn look(&self, rendered: &Rendered, disk: &Path) -> io::Result<Place> {
        let path = &rendered.path;
        let kind = Kind::of(disk)?;
        let size = match kind {
            Kind::Nothing => return Ok(Place::Free),
            Kind::Folder => {
                return Ok(match stranger(self.output, path.as_str(), &self.removed)? {
                    Some(stranger) => Place::Taken(refusal::foreign(&stranger, "something")),
                    None => Place::Free,
                });
            }
            Kind::File(size) => Some(size),
            Kind::Link | Kind::Other => None,
        };
        let Some(&ours) = self.manifest.0.get(path) else {
            let same = size.map(|size| same(&rendered.content, disk, size)).transpose()?.flatten();
            return Ok(match same {
                _ if self.is_twin(path, disk)? => Place::Free,
                Some(fingerprint) => Place::Same(fingerprint),
                None => Place::Taken(refusal::foreign(disk, kind.word())),
            });
        };
        let Some(size) = size else { return Ok(Place::Edited) };
        if self.is_as_left {
            let same = print(&rendered.content)? == ours;
            return Ok(if same { Place::Same(ours) } else { Place::Free });
        }
        if let Some(fingerprint) = same(&rendered.content, disk, size)? {
            return Ok(Place::Same(fingerprint));
        }
        Ok(if hash(disk)? == ours { Place::Free } else { Place::Edited })
    }

    /// Tells whether the file in the place is one that makes way, under a name that differs in
    /// nothing but case, on a system that takes both for one.
    fn is_twin(&self, path: &OutputPath, disk: &Path) -> io::Result<bool> {
        let Some(twin) = self.twins.get(&path.as_str().to_lowercase()) else { return Ok(false) };
        let twin = fs::symlink_metadata(self.output.join(twin.as_str()))?;
        Ok(is_same_file(&twin, &fs::symlink_metadata(disk)?))
    }
}

/// The fingerprint of a content that is the same as that of a file of `size` bytes.
fn same(content: &Content, disk: &Path, size: u64) -> io::Result<Option<Fingerprint>> {
    match content {
        Content::Bytes(bytes) => {
            let is_same = bytes.len() as u64 == size && fs::read(disk)? == *bytes;
            Ok(is_same.then(|| Fingerprint::of(bytes)))
        }
        Content::CopyOf(from) => {
            // Large files are the likely ones here: compared by what is kept of them anyway.
            if fs::metadata(from)?.len() != size {
                return Ok(None);
            }
            let fingerprint = hash(from)?;
            Ok((hash(disk)? == fingerprint).then_some(fingerprint))
        }
    }
}

fn print(content: &Content) -> io::Result<Fingerprint> {
    match content {
        Content::Bytes(bytes) => Ok(Fingerprint::of(bytes)),
        Content::CopyOf(from) => hash(from),
    }
}

fn hash(disk: &Path) -> io::Result<Fingerprint> {
    File::open(disk).and_then(Fingerprint::of_reader)
}

fn has_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
