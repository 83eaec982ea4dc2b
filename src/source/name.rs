//! Which names a scan leaves out, and which cannot be served.

use std::ffi::OsStr;

use crate::diag::{Code, Diagnostic, Span};
use crate::path::{OutputPath, SourcePath};

/// What a scan does with names that begin with a dot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hidden {
    /// Leaves them out: content and templates.
    Skip,
    /// Keeps them, but for `.git` and `.DS_Store`: hosts want `.well-known` and `.nojekyll`.
    Keep,
}

/// Tells whether a file or folder is no part of the site.
pub(super) fn is_left_out(name: &OsStr, is_folder: bool, hidden: Hidden) -> bool {
    let name = name.as_encoded_bytes();
    let by_dot = match hidden {
        Hidden::Skip => name.starts_with(b"."),
        Hidden::Keep => matches!(name, b".git" | b".DS_Store"),
    };
    by_dot || (!is_folder && is_leftover(name))
}

/// Tells whether a file of this path below `content/` is a part of the site.
pub fn is_read(path: &str) -> bool {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let out = |name: &str, is_folder| is_left_out(OsStr::new(name), is_folder, Hidden::Skip);
    !out(file, false) && !folders.split('/').any(|folder| out(folder, true))
}

/// Tells whether an editor or a file manager left the file behind.
pub(super) fn is_leftover(name: &[u8]) -> bool {
    name.ends_with(b"~")
        || name.ends_with(b".swp")
        || name.starts_with(b".#")
        || (name.len() > 1 && name.starts_with(b"#") && name.ends_with(b"#"))
        || name.eq_ignore_ascii_case(b"thumbs.db")
        || name.eq_ignore_ascii_case(b"desktop.ini")
}

/// Makes the path of something that lies at `name` below `above`; a finding where no output
/// could carry its path within the folder that is `scanned`.
pub(super) fn source_path(
    above: &str,
    name: &OsStr,
    scanned: &str,
) -> Result<SourcePath, Diagnostic> {
    let Some(utf8) = name.to_str() else {
        let path = path_below(above, &name.to_string_lossy());
        return Err(odd(&path, "it is not UTF-8"));
    };
    let path = path_below(above, utf8);
    let within = path.strip_prefix(scanned).unwrap_or(&path).trim_start_matches('/');
    match OutputPath::new(within) {
        Ok(_) => Ok(SourcePath::new(path)),
        Err(why) => Err(odd(&path, why)),
    }
}

fn path_below(above: &str, name: &str) -> String {
    if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") }
}

fn odd(path: &str, why: &str) -> Diagnostic {
    // A newline or an escape sequence in a name must not reach the terminal.
    let shown: String = path.chars().flat_map(show).collect();
    Diagnostic::new(Code::OddFileName, format!("the file name `{shown}` cannot be served: {why}"))
        .at(Span::whole(SourcePath::new(shown)))
        .help("rename it")
}

fn show(c: char) -> impl Iterator<Item = char> {
    let escaped = c.is_control().then(|| c.escape_default());
    let plain = escaped.is_none().then_some(c);
    escaped.into_iter().flatten().chain(plain)
}

#[cfg(test)]
mod tests {
    use super::{Hidden, is_left_out, source_path};
    use std::ffi::OsStr;

    #[test]
    fn leftovers_of_editors_are_left_out() {
        for name in ["a.md~", "#a.md#", ".#a.md", ".a.md.swp", "Thumbs.db", "desktop.ini"] {
            assert!(is_left_out(OsStr::new(name), false, Hidden::Keep), "{name}");
        }
        assert!(!is_left_out(OsStr::new("drafts~"), true, Hidden::Skip));
        assert!(!is_left_out(OsStr::new("#"), false, Hidden::Skip));
    }

    #[test]
    fn static_files_keep_their_dots() {
        assert!(!is_left_out(OsStr::new(".nojekyll"), false, Hidden::Keep));
        assert!(!is_left_out(OsStr::new(".well-known"), true, Hidden::Keep));
        assert!(is_left_out(OsStr::new(".git"), true, Hidden::Keep));
        assert!(is_left_out(OsStr::new(".well-known"), true, Hidden::Skip));
    }

    #[test]
    fn an_odd_name_is_shown_escaped() {
        let finding = source_path("content", OsStr::new("a\nb.md"), "content").unwrap_err();
        assert_eq!(
            finding.message,
            "the file name `content/a\\nb.md` cannot be served: it has a backslash or a control character"
        );
        assert_eq!(finding.span.unwrap().file.as_str(), "content/a\\nb.md");
    }

    #[test]
    fn names_that_ibid_keeps_for_itself_are_odd() {
        assert!(source_path("static", OsStr::new(".ibid-manifest"), "static").is_err());
        assert!(source_path("static/x", OsStr::new(".ibid-manifest"), "static").is_ok());
        assert!(source_path("", OsStr::new("a.md"), "").is_ok());
    }
}
