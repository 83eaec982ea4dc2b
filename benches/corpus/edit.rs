//! Changes one page, as an author would.

use std::fs;
use std::path::Path;

/// Replaces the first long word of the text of a page.
pub(crate) fn word(file: &Path, with: &str) -> Result<(), String> {
    change(file, |text| {
        let body = text.find("\n+++\n")? + 5;
        let word = text[body..]
            .split_whitespace()
            .find(|word| word.len() > 4 && word.bytes().all(|byte| byte.is_ascii_lowercase()))?;
        let at = body + text[body..].find(word)?;
        Some(format!("{}{with}{}", &text[..at], &text[at + word.len()..]))
    })
}

/// Adds a word to the title of a page.
pub(crate) fn title(file: &Path, with: &str) -> Result<(), String> {
    change(file, |text| {
        let key = "\ntitle = \"";
        let at = text.find(key)? + key.len();
        let end = at + text[at..].find('"')?;
        Some(format!("{} {with}{}", &text[..end], &text[end..]))
    })
}

fn change(file: &Path, edit: impl Fn(&str) -> Option<String>) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("`{}`: {error}", file.display());
    let text = fs::read_to_string(file).map_err(fault)?;
    let changed = edit(&text).filter(|changed| *changed != text);
    let changed =
        changed.ok_or_else(|| format!("`{}`: there is nothing to edit", file.display()))?;
    fs::write(file, changed).map_err(fault)
}
