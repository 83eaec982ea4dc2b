//! `ibid init` and `ibid new`: files to begin with.

use std::path::Path;

use super::clock;
use super::exit::{BUILT, exit_code};
use super::report::{self, misuse, say};
use crate::diag::{Code, Diagnostic, Severity};
use crate::output::create;
use crate::page::{is_page, slug_or_kept, split_date};
use crate::path::{self, OutputPath, SourcePath};
use crate::pipeline::TextStore;
use crate::site::PEOPLE;
use crate::source::is_read;

const SITE_TOML: &str = r#"title = "A new site"
base_url = "https://example.org"
description = "What this site is about, in a sentence."
language = "en"
"#;

const HOME: &str = r#"+++
title = "A new site"
description = "What this site is about, in a sentence."
+++

Welcome. Begin with [the first page](@/first-page.md).
"#;

const FIRST_PAGE: &str = r#"+++
title = "The first page"
description = "What a page looks like."
+++

A page is Markdown below its front matter. Change this text while `ibid serve` shows it. When it is
done, run `ibid build`, and put `public` on any web server.

## A heading

Lists, tables, notes[^1] and code are written as on GitHub.

[^1]: This is a footnote.
"#;

/// What can be said of a person; each key may stay out.
const PERSON: &str = r#"[person]
# credentials = "MD, PhD"
# role = "Medical reviewer"
# affiliation = "Example Hospital"
# orcid = "0000-0002-1825-0097"
# links = ["https://example.org/doe"]
"#;

const GITIGNORE: &str = "/public\n/.ibid\n";

/// Makes a new site in a folder.
pub(super) fn init(dir: Option<&Path>) -> u8 {
    let root = dir.unwrap_or(Path::new("."));
    let files = [
        (SourcePath::new("site.toml"), SITE_TOML.to_owned()),
        (SourcePath::new("content/_index.md"), HOME.to_owned()),
        (SourcePath::new("content/first-page.md"), FIRST_PAGE.to_owned()),
    ];
    if root.join("site.toml").exists() {
        let message = format!("`{}` is a site already", root.display());
        let help = "`ibid build` builds it; `ibid init DIR` begins another one";
        return fail(Diagnostic::new(Code::ForeignFile, message).help(help));
    }
    if let Err(finding) = create(root, &files) {
        return fail(finding);
    }
    // A repository's own list of ignored files is left alone.
    let _ = create(root, &[(SourcePath::new(".gitignore"), GITIGNORE.to_owned())]);
    say(&format!(
        "Made a site in `{}`: `ibid serve` shows it there, `ibid build` builds it",
        root.display()
    ));
    BUILT
}

/// Makes a new page, or a section where the path ends with `/`.
pub(super) fn new(root: &Path, asked: &str, now: Option<&str>) -> u8 {
    let date = match clock::date(now) {
        Ok(date) => date,
        Err(message) => {
            return misuse(Code::ConfigValue, &message);
        }
    };
    if !root.join("site.toml").is_file() {
        let message = format!("`{}` has no `site.toml`", root.display());
        let help = "`ibid init` makes a site; `--root` names another folder";
        return fail(Diagnostic::new(Code::ConfigMissing, message).help(help));
    }
    let file = match file(root, asked) {
        Ok(file) => file,
        Err(finding) => return fail(finding),
    };
    let is_section = file.rsplit('/').next() == Some("_index.md");
    let is_person = file.starts_with(&format!("{PEOPLE}/")) && !is_section;
    let name = file.trim_end_matches("/_index.md").trim_end_matches("/index.md");
    let name = name.rsplit('/').next().unwrap_or(name);
    let name = name.strip_suffix(".md").or(name.strip_suffix(".markdown")).unwrap_or(name);
    // The page takes its date from a name that begins with one.
    let (day, name) = match split_date(name) {
        (Some(day), rest) => (day, rest),
        (None, name) => (date.day(), name),
    };
    let quoted = toml::Value::String(title(name)).to_string();
    let text = if is_section {
        format!("+++\ntitle = {quoted}\ndescription = \"\"\nsort_by = \"title\"\n+++\n")
    } else if is_person {
        let quoted = toml::Value::String(full_name(name)).to_string();
        format!("+++\ntitle = {quoted}\ndescription = \"\"\ndraft = true\n\n{PERSON}+++\n\n")
    } else {
        format!("+++\ntitle = {quoted}\ndescription = \"\"\ndate = {day}\ndraft = true\n+++\n\n")
    };
    let path = SourcePath::new(format!("content/{file}"));
    match create(root, &[(path.clone(), text)]) {
        Ok(()) => {
            say(&format!("Made `{path}`"));
            BUILT
        }
        Err(finding) => fail(finding),
    }
}

/// The file that is meant, below `content`.
fn file(root: &Path, asked: &str) -> Result<String, Diagnostic> {
    let refuse = |message: String, help: &str| {
        Err(Diagnostic::new(Code::ConfigValue, message).help(help.to_owned()))
    };
    let example = "name a page below `content`: `guide/install.md`";
    let below = match Path::new(asked).is_absolute() {
        true => std::path::absolute(root.join("content"))
            .ok()
            .and_then(|content| Path::new(asked).strip_prefix(content).ok()?.to_str()),
        false => Some(asked.strip_prefix("content/").unwrap_or(asked)),
    };
    let Some(below) = below else {
        return refuse(format!("`{asked}` is no path below `content`"), example);
    };
    let inside = path::join("", below).filter(|path| OutputPath::new(path).is_ok());
    let Some(inside) = inside.filter(|path| !path.is_empty()) else {
        return refuse(format!("`{asked}` cannot be a page under `content`"), example);
    };
    let file = match (asked.ends_with('/'), is_page(&SourcePath::new(inside.as_str()))) {
        (_, true) => inside,
        (true, false) => format!("{inside}/_index.md"),
        (false, false) => format!("{inside}.md"),
    };
    if !is_read(&file) {
        let help = "such a name is for hidden files and for what editors leave behind";
        return refuse(format!("`content/{file}` would be no part of the site"), help);
    }
    Ok(file)
}

/// The name of a person from the name of a file: a capital for each word.
fn full_name(name: &str) -> String {
    let words = title(name);
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
    };
    words.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// A title from the name of a file: words for hyphens, a capital at the start.
fn title(name: &str) -> String {
    let words = slug_or_kept(name).replace('-', " ");
    let kept = if name.contains(' ') { name.to_owned() } else { words };
    let mut letters = kept.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

fn fail(finding: Diagnostic) -> u8 {
    let found = [finding];
    report::findings(&found, &TextStore::default(), super::args::Format::Human, Severity::Note);
    exit_code(&found)
}
