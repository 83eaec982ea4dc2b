//! The files of a site that is imported: into a folder of its own, and over nobody's work.

use std::fs::{self, File};
use std::path::Path;

use super::disk::Disk;
use super::ground::Kind;
use super::manifest::{self, Manifest};
use super::refusal;
use super::sink::{Sink, Written};
use crate::diag::{Diagnostic, Severity};
use crate::fingerprint::Fingerprint;
use crate::import::{Target, TargetContent};
use crate::path::OutputPath;
use crate::render::{Content, Rendered};

/// What an import finds in the folder that it is to fill.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ground {
    /// Nothing, or an empty folder.
    Empty,
    /// What an earlier import made.
    Imported,
    /// Something else.
    Foreign,
}

/// What was done.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Brought {
    /// What was written and removed.
    pub written: Written,
    /// The files that somebody changed since they were written, and that were left as they are.
    pub kept: Vec<OutputPath>,
}

/// Looks at a folder that is to be filled.
pub fn ground(root: &Path) -> Ground {
    match Kind::of(root) {
        Ok(Kind::Nothing) => return Ground::Empty,
        Ok(Kind::Folder) => {}
        _ => return Ground::Foreign,
    }
    // A build's own list of files never has the settings in it.
    let is_ours = |manifest: &Manifest| manifest.0.keys().any(|path| path.as_str() == "site.toml");
    match fs::read_dir(root).map(|mut all| all.next().is_none()) {
        Ok(true) => Ground::Empty,
        Ok(false) if earlier(root).as_ref().is_some_and(is_ours) => Ground::Imported,
        _ => Ground::Foreign,
    }
}

/// Writes the files of a site that is imported, all or none. What an earlier import wrote goes
/// where it is no longer among them; what was changed since stays as it is.
///
/// # Errors
///
/// Where something is in the way, or the disk refuses.
pub fn bring(root: &Path, targets: &[Target]) -> Result<Brought, Diagnostic> {
    let earlier = earlier(root).unwrap_or_default();
    let mut brought = Brought::default();
    let mut files = Vec::with_capacity(targets.len());
    for target in targets {
        // Paths that cannot be were made others before; one that is left is never written.
        let Ok(path) = OutputPath::new(&target.path) else { continue };
        let disk = root.join(path.as_str());
        let refused = |error| refusal::disk(&disk, "read", &error);
        if let Kind::File(_) = Kind::of(&disk).map_err(refused)? {
            let there = File::open(&disk).and_then(Fingerprint::of_reader).map_err(refused)?;
            let is_new = match &target.content {
                TargetContent::Text(text) => Fingerprint::of(text.as_bytes()) == there,
                TargetContent::CopyOf(_) => false,
            };
            if earlier.0.get(&path) != Some(&there) && !is_new {
                brought.kept.push(path);
                continue;
            }
        }
        let content = match &target.content {
            TargetContent::Text(text) => Content::Bytes(text.clone().into_bytes()),
            TargetContent::CopyOf(from) => Content::CopyOf(from.clone()),
        };
        files.push(Rendered { path, content });
    }
    let planned: Vec<OutputPath> = files.iter().map(|file| file.path.clone()).collect();
    let disk = Disk::new(root);
    let opened = disk.open(&planned)?;
    stop(opened.diagnostics)?;
    for file in &files {
        opened.value.put(file)?;
    }
    let closed = opened.value.close()?;
    stop(closed.diagnostics)?;
    brought.written = closed.value;
    Ok(brought)
}

/// What an earlier import wrote.
fn earlier(root: &Path) -> Option<Manifest> {
    Manifest::parse(&fs::read_to_string(root.join(manifest::NAME)).ok()?)
}

fn stop(found: Vec<Diagnostic>) -> Result<(), Diagnostic> {
    match found.into_iter().find(|finding| finding.severity == Severity::Error) {
        Some(finding) => Err(finding),
        None => Ok(()),
    }
}
