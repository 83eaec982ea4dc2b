//! `ibid init` and `ibid new`: files to begin with.

use std::path::Path;

use super::clock;
use super::exit::{BUILT, exit_code};
use super::report::{self, misuse, say};
use crate::diag::{Code, Diagnostic, Severity};
use crate::output::create;
use crate::page::{slug_or_kept, split_date};
use crate::path::{self, OutputPath, SourcePath};
use crate::pipeline::TextStore;

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
    let asked = asked.strip_prefix("content/").unwrap_or(asked);
    let name = asked.rsplit('/').next().unwrap_or(asked);
    let is_section = asked.ends_with('/') || name == "_index.md";
    let inside = path::join("", asked.trim_start_matches('/')).filter(|path| !path.is_empty());
    let Some(inside) = inside.filter(|path| OutputPath::new(path).is_ok()) else {
        return misuse(Code::ConfigValue, &format!("`{asked}` cannot be a page under `content`"));
    };
    let file = match (is_section, inside.ends_with(".md")) {
        (_, true) => inside,
        (true, false) => format!("{inside}/_index.md"),
        (false, false) => format!("{inside}.md"),
    };
    let name = file.trim_end_matches("/_index.md").trim_end_matches("/index.md");
    let name = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".md");
    // The page takes its date from a name that begins with one.
    let (day, name) = match split_date(name) {
        (Some(day), rest) => (day, rest),
        (None, name) => (date.day(), name),
    };
    let quoted = toml::Value::String(title(name)).to_string();
    let text = if is_section {
        format!("+++\ntitle = {quoted}\ndescription = \"\"\nsort_by = \"title\"\n+++\n")
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
