//! What ibid says when the disk or a file of somebody else is in its way.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::diag::{Code, Diagnostic, Severity};
use crate::source::reason;

/// The finding for something the system refused: ``` `public/a.html` cannot be written: … ```.
pub(super) fn disk(path: &Path, what: &str, error: &io::Error) -> Diagnostic {
    let message = format!("`{}` cannot be {what}: {}", path.display(), reason(error));
    let finding = Diagnostic::new(Code::Disk, message);
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            finding.help("make room and build again")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            finding.help("allow writing to the output folder, or name another with `--output`")
        }
        _ => finding,
    }
}

/// The finding for something that ibid did not make where it would write.
pub(super) fn foreign(path: &Path, what: &str) -> Diagnostic {
    let message =
        format!("`{}` is {what} that ibid did not write, and is in the way", path.display());
    Diagnostic::new(Code::ForeignFile, message).help("move it to `static/`, or remove it")
}

/// The note on a file that somebody changed and that is written anew.
pub(super) fn edited(path: &Path) -> Diagnostic {
    let message =
        format!("`{}` was changed since ibid wrote it, and is written anew", path.display());
    Diagnostic::new(Code::EditedOutput, message).help("change its source instead")
}

/// The warning on a file that is no longer made, but that somebody changed.
pub(super) fn left(path: &Path) -> Diagnostic {
    let message = format!(
        "`{}` is no longer made, but was changed since ibid wrote it, and is left",
        path.display()
    );
    let mut finding = Diagnostic::new(Code::EditedOutput, message)
        .help("remove it, or move it to `static/` to keep it in the site");
    finding.severity = Severity::Warning;
    finding
}

/// The warning on a manifest that does not read as ibid wrote it.
pub(super) fn damaged(path: &Path) -> Diagnostic {
    let message = format!("`{}` does not read as ibid wrote it, and is made anew", path.display());
    let mut finding = Diagnostic::new(Code::EditedOutput, message)
        .help("files of earlier builds that are no longer made stay where they are; remove them");
    finding.severity = Severity::Warning;
    finding
}
