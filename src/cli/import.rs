//! `ibid import`: a site made of the content of another program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::{Format, ImportArgs, ImportKind};
use super::clock;
use super::exit::{BUILT, exit_code};
use super::report::{self, counted, misuse, say};
use crate::diag::{Code, Diagnostic, Severity};
use crate::import::{self, Dialect, Imported, Loss, LossKind, Origin, Text, wants_text};
use crate::output::{Ground, bring, ground};
use crate::pipeline::TextStore;
use crate::source::{self, Hidden};

/// Folders that programs make by themselves.
const MADE: [&str; 11] = [
    "node_modules",
    "public",
    "resources",
    "_site",
    "_book",
    "_freeze",
    "_extensions",
    "vendor",
    ".git",
    ".ibid",
    "target",
];

/// Imports what the arguments name.
pub(super) fn run(args: &ImportArgs) -> u8 {
    let today = match clock::date(args.now.as_deref()) {
        Ok(today) => today,
        Err(message) => return misuse(Code::ConfigValue, &message),
    };
    if let Err(message) = folders(&args.src, &args.dst) {
        return misuse(Code::ConfigValue, &message);
    }
    let dialect = match args.kind {
        ImportKind::Zola => Dialect::Zola,
        ImportKind::Hugo => Dialect::Hugo,
        ImportKind::Jekyll => Dialect::Jekyll,
        ImportKind::Obsidian => Dialect::Obsidian,
        ImportKind::Quarto => Dialect::Quarto,
        ImportKind::Markdown => Dialect::Markdown,
    };
    let (origins, mut losses) = read(&args.src, dialect);
    let mut imported = import::import(dialect, &origins, &today);
    if imported.pages == 0 {
        let message = format!("`{}` has no pages of that kind", args.src.display());
        return misuse(Code::ConfigValue, &message);
    }
    imported.losses.append(&mut losses);
    let mut changed = None;
    if !args.dry_run {
        match bring(&args.dst, &imported.targets) {
            Ok(brought) => {
                imported.losses.extend(brought.kept.iter().map(|path| Loss {
                    file: path.to_string(),
                    line: 1,
                    column: 1,
                    kind: LossKind::Kept,
                    what: "the file was changed since the last import".to_owned(),
                    instead: "left as it is".to_owned(),
                }));
                changed = Some(brought.written);
            }
            Err(finding) => {
                let found = [finding];
                report::findings(&found, &TextStore::default(), args.format, Severity::Error);
                return exit_code(&found);
            }
        }
    }
    imported.losses.sort();
    print(&imported, args.format);
    if args.format != Format::Json {
        let pages = counted(imported.pages, "page");
        let files = counted(imported.targets.len().saturating_sub(imported.pages), "other file");
        say(&match changed {
            None => {
                format!("Nothing written, as `--dry-run` asks; it would be {pages} and {files}")
            }
            Some(written) => format!(
                "Imported {pages} and {files} into `{}`: {} written, {} unchanged, {} removed",
                args.dst.display(),
                written.written,
                written.unchanged,
                written.removed
            ),
        });
    }
    BUILT
}

/// Says what keeps one folder from being imported into the other.
fn folders(src: &Path, dst: &Path) -> Result<(), String> {
    if !src.is_dir() {
        return Err(format!("there is no folder `{}`", src.display()));
    }
    let whole = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        real(&path)
    };
    let (from, to) = (whole(src), whole(dst));
    if to.starts_with(&from) || from.starts_with(&to) {
        return Err(format!(
            "`{}` and `{}` lie within each other: name a folder elsewhere",
            src.display(),
            dst.display()
        ));
    }
    match ground(dst) {
        Ground::Empty | Ground::Imported => Ok(()),
        Ground::Foreign => Err(format!(
            "`{}` is no empty folder, and no import made it: name another one",
            dst.display()
        )),
    }
}

/// A path without links and `..`, of which the end need not be there.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => real(parent).join(name),
        _ => path.to_owned(),
    }
}

/// Reads the files of a folder; what cannot be read is a loss.
fn read(src: &Path, dialect: Dialect) -> (Vec<Origin>, Vec<Loss>) {
    let except: Vec<PathBuf> = MADE.iter().map(|name| src.join(name)).collect();
    let mut found = Vec::new();
    let mut files =
        source::scan(src, "", Hidden::Skip, &except).unload(&mut found).unwrap_or_default();
    if matches!(dialect, Dialect::Zola | Dialect::Hugo) {
        // What is served as it is may be hidden: `.well-known`.
        let mut again = Vec::new();
        let all = source::scan(src, "static", Hidden::Keep, &except).unload(&mut again);
        files.retain(|file| !file.path.as_str().starts_with("static/"));
        files.extend(all.unwrap_or_default());
    }
    let mut losses: Vec<Loss> = found.iter().map(|finding| loss_of(finding, src)).collect();
    let mut origins = Vec::with_capacity(files.len());
    for file in files {
        let path = file.path.to_string();
        let text = match (wants_text(&path), Text::refused(file.size)) {
            (false, _) => Text::Unread,
            (true, Some(refused)) => refused,
            (true, None) => match source::read_bytes(&file) {
                Ok(bytes) => Text::of(bytes),
                Err(finding) => {
                    losses.push(loss_of(&finding, src));
                    continue;
                }
            },
        };
        origins.push(Origin { path, disk: file.disk, size: file.size, text });
    }
    origins.sort_by(|a, b| a.path.cmp(&b.path));
    (origins, losses)
}

fn loss_of(finding: &Diagnostic, src: &Path) -> Loss {
    let file = finding.span.as_ref().map_or(String::new(), |span| span.file.to_string());
    let file = if file.is_empty() { src.display().to_string() } else { file };
    let what = finding.message.clone();
    Loss { file, line: 1, column: 1, kind: LossKind::File, what, instead: "left out".to_owned() }
}

/// Prints what was lost.
fn print(imported: &Imported, format: Format) {
    match format {
        Format::Json => {
            for loss in &imported.losses {
                say(&serde_json::to_string(loss).unwrap_or_default());
            }
        }
        Format::Short => {
            for Loss { file, line, column, kind, what, instead } in &imported.losses {
                let line = format!("{file}:{line}:{column}: {}: {what}; {instead}", kind.name());
                say(&line.chars().flat_map(shown).collect::<String>());
            }
        }
        Format::Human => table(&imported.losses),
    }
}

/// A letter as it may be printed: an escape sequence in a name or a text must not reach the
/// terminal.
fn shown(c: char) -> impl Iterator<Item = char> {
    let escaped = c.is_control().then(|| c.escape_default());
    let plain = escaped.is_none().then_some(c);
    escaped.into_iter().flatten().chain(plain)
}

fn table(losses: &[Loss]) {
    let mut counts: BTreeMap<LossKind, usize> = BTreeMap::new();
    for loss in losses {
        *counts.entry(loss.kind).or_default() += 1;
    }
    if counts.is_empty() {
        return say("Nothing was lost.");
    }
    let width = losses.len().to_string().len().max(5);
    let long = LossKind::ALL.iter().map(|kind| kind.name().len()).max().unwrap_or(0);
    say(&format!("{:>width$}  {:long$}  what", "count", "kind"));
    for (kind, count) in counts {
        say(&format!("{count:>width$}  {:long$}  {}", kind.name(), kind.summary()));
    }
    say("`--format short` names every place, `--format json` for machines.");
}
