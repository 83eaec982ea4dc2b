//! The files that are imported, as they were read.

use std::path::PathBuf;

/// Where the files come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// Zola.
    Zola,
    /// Hugo.
    Hugo,
    /// Jekyll.
    Jekyll,
    /// A vault of Obsidian.
    Obsidian,
    /// Quarto.
    Quarto,
    /// A folder of Markdown files.
    Markdown,
}

/// A file of the folder that is imported.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Its path below that folder, with `/` between its parts.
    pub path: String,
    /// Where it lies on this machine.
    pub disk: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// What stands in it, where that is asked for.
    pub text: Text,
}

/// What stands in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Text {
    /// Nobody asks: it is copied.
    Unread,
    /// The text, and the line of the first byte that was no UTF-8.
    Read(String, Option<usize>),
    /// It is no text, or too large for one: why.
    Not(String),
}

/// The largest file that is taken for a text, in bytes.
const LARGEST: u64 = 16 << 20;

impl Text {
    /// Reads the bytes of a file.
    pub fn of(bytes: Vec<u8>) -> Self {
        if bytes.len() as u64 > LARGEST {
            return Self::too_large(bytes.len() as u64);
        }
        // No text has a NUL, but UTF-16 has one for every other letter.
        if let Some(decoded) = utf16(&bytes) {
            return Self::Read(decoded, Some(1));
        }
        if bytes.contains(&0) {
            return Self::Not("it is no text".to_owned());
        }
        match String::from_utf8(bytes) {
            Ok(text) => Self::Read(text, None),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let line = 1 + error.as_bytes()[..good].iter().filter(|b| **b == b'\n').count();
                Self::Read(String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(line))
            }
        }
    }

    /// Says of a file what keeps it from being read at all.
    pub fn refused(size: u64) -> Option<Self> {
        (size > LARGEST).then(|| Self::too_large(size))
    }

    fn too_large(size: u64) -> Self {
        Self::Not(format!("it has {} MB, and no text has more than 16", size >> 20))
    }
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let (rest, is_little) = match bytes {
        [0xff, 0xfe, rest @ ..] => (rest, true),
        [0xfe, 0xff, rest @ ..] => (rest, false),
        _ => return None,
    };
    let unit = |pair: &[u8]| match is_little {
        true => u16::from_le_bytes([pair[0], pair[1]]),
        false => u16::from_be_bytes([pair[0], pair[1]]),
    };
    let letters = char::decode_utf16(rest.chunks_exact(2).map(unit));
    Some(letters.map(|c| c.unwrap_or('\u{fffd}')).collect())
}

/// Tells whether a file is read as a text, by its path.
pub fn wants_text(path: &str) -> bool {
    let extension = extension(path);
    let is_settings = |name: &str| {
        ["config", "zola", "hugo", "_config", "_quarto", "_metadata", "_variables", "book"]
            .contains(&name)
    };
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match extension.as_str() {
        "md" | "markdown" | "mdown" | "mkd" | "mdx" | "qmd" | "rmd" => true,
        "toml" | "yaml" | "yml" | "json" => {
            is_settings(stem) || folder.ends_with("config/_default") || folder == "_data"
        }
        "bib" | "bibtex" => true,
        _ => false,
    }
}

/// The last extension of a path in lower case, without its dot.
pub(super) fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn bytes_that_are_no_text_are_told_apart() {
        assert_eq!(Text::of(b"a\nb".to_vec()), Text::Read("a\nb".into(), None));
        assert_eq!(Text::of(b"a\n\xfcb".to_vec()), Text::Read("a\n\u{fffd}b".into(), Some(2)));
        assert_eq!(Text::of(b"a\0b".to_vec()), Text::Not("it is no text".into()));
        assert_eq!(Text::of(b"\xff\xfea\0b\0".to_vec()), Text::Read("ab".into(), Some(1)));
        assert!(matches!(Text::refused(50 << 20), Some(Text::Not(_))));
        assert_eq!(Text::refused(5), None);
    }
}
