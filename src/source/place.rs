//! Where folders lie, and the data files that templates ask for.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::read::read_optional;
use super::reason::reason;
use crate::path::{SourcePath, join};

/// Folders of a site that hold what the author wrote; no output may lie in them.
pub(super) const AUTHORS: [&str; 5] = ["content", "static", "templates", "themes", "i18n"];

/// The names of the folders directly below a folder, in order; none where it is absent.
pub fn folders(root: &Path, folder: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    names
}

/// The names of the files directly in a folder, in order.
///
/// # Errors
///
/// Those of looking into it.
pub fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string());
    }
    names.sort_unstable();
    Ok(names)
}

/// Finds the output folder of a site; it need not be there yet.
///
/// # Errors
///
/// Says in words why writing there would touch what the author wrote.
pub fn output_folder(root: &Path, output: &str) -> Result<PathBuf, String> {
    // As a person would write it: `public`, not `./public`.
    let folder = if root == Path::new(".") { PathBuf::from(output) } else { root.join(output) };
    let real = real(&folder);
    let root = fs::canonicalize(root).map_err(|error| reason(&error))?;
    if root.starts_with(&real) {
        return Err("the site itself lies in it".to_owned());
    }
    match AUTHORS.iter().find(|name| real.starts_with(root.join(name))) {
        Some(name) => Err(format!("it lies in `{name}`")),
        None => Ok(folder),
    }
}

/// The path that a template means, from the root; none where it leads out of the site.
pub fn data_path(path: &str) -> Option<SourcePath> {
    join("", path.trim_start_matches("@/")).map(SourcePath::new)
}

/// Reads a file of the site for a template.
///
/// # Errors
///
/// Says in words why it cannot be read.
pub fn read_data(root: &Path, path: &str) -> Result<Arc<str>, String> {
    let inside = data_path(path).ok_or("it leads out of the site")?;
    let inside = inside.as_str();
    if inside.split('/').any(|part| part.starts_with('.')) {
        return Err("it is a hidden file".to_owned());
    }
    // As Zola has it: a bare name may lie in the root or under `content`.
    for candidate in [inside.to_owned(), format!("content/{inside}"), format!("static/{inside}")] {
        match read_optional(root, &SourcePath::new(candidate)) {
            Ok(Some(source)) => return Ok(source.text),
            Ok(None) => {}
            // The message names the file again; what is left of it is the reason.
            Err(finding) => {
                let reason = finding.message.rsplit_once(": ").map(|(_, reason)| reason.to_owned());
                return Err(reason.unwrap_or(finding.message));
            }
        }
    }
    Err("there is no such file".to_owned())
}

/// The real path of a folder that may not be there: that of the nearest one above it that
/// is, and the rest as it stands.
fn real(folder: &Path) -> PathBuf {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let mut rest = Vec::new();
    let mut above = folder.as_path();
    loop {
        if let Ok(real) = fs::canonicalize(above) {
            return rest.iter().rev().fold(real, |path, part| path.join(part));
        }
        match (above.parent(), above.file_name()) {
            (Some(parent), Some(name)) => {
                rest.push(name.to_owned());
                above = parent;
            }
            _ => return folder,
        }
    }
}
