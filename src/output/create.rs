//! New files of a site, for those who begin one.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::diag::{Code, Diagnostic, Span};
use crate::path::SourcePath;

/// Makes files that are not there yet, or none of them where one is.
///
/// # Errors
///
/// Where a file is there already, or the disk refuses.
pub fn create(root: &Path, files: &[(SourcePath, String)]) -> Result<(), Diagnostic> {
    if let Some((path, _)) =
        files.iter().find(|(path, _)| fs::symlink_metadata(root.join(path.as_str())).is_ok())
    {
        return Err(present(path));
    }
    for (path, text) in files {
        let file = root.join(path.as_str());
        let refused = |error: &std::io::Error| {
            Diagnostic::new(Code::Disk, format!("`{path}` cannot be written: {error}"))
        };
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| refused(&error))?;
        }
        // `create_new`: a file that came in between is not written over.
        let opened = fs::OpenOptions::new().write(true).create_new(true).open(&file);
        let mut opened = opened.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => present(path),
            _ => refused(&error),
        })?;
        opened.write_all(text.as_bytes()).map_err(|error| refused(&error))?;
    }
    Ok(())
}

fn present(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(Code::ForeignFile, format!("`{path}` is there already"))
        .at(Span::whole(path.clone()))
        .help("choose another name, or remove it first")
}
