//! `ibid mv`: a page, a folder or a file moved with every link to it.

use super::args::{Format, MoveArgs};
use super::asked;
use super::exit::{BUILT, MISTAKES, exit_code};
use super::progress::Bar;
use super::report::{self, counted, misuse, say};
use crate::config::Overrides;
use crate::diag::{Diagnostic, Place, Severity};
use crate::moving::{self, Plan};
use crate::output::{relocate, take_back};
use crate::pipeline::{self, Imaging, Indexing, Request, TextStore};

/// Moves what the arguments name.
pub(super) fn run(args: &MoveArgs) -> u8 {
    let (config, now) = match asked::read(&args.root, &args.config, args.now.as_deref()) {
        Ok(asked) => asked,
        Err((code, message)) => return misuse(code, &message),
    };
    if args.dry_run {
        asked::warn_of_half_a_move(&args.root);
    } else {
        match take_back(&args.root) {
            Ok(true) => tell(args, "Took back a move that was cut off"),
            Ok(false) => {}
            Err(finding) => {
                let found = [finding];
                print(&found, &TextStore::default(), args);
                tell(args, "Nothing moved");
                return exit_code(&found);
            }
        }
    }
    let bar = Bar::new(false);
    let request = Request {
        root: &args.root,
        config,
        // A link from a draft is a link.
        overrides: Overrides { drafts: true, ..Overrides::default() },
        now,
        strict: false,
        jobs: 0,
        indexing: Indexing::Never,
        images: Imaging::Never,
        figures: false,
        recall: None,
        progress: &bar,
    };
    let gathered = match pipeline::gather(&request) {
        Ok(gathered) => gathered,
        Err(stopped) => {
            print(&stopped.diagnostics, &stopped.texts, args);
            return exit_code(&stopped.diagnostics);
        }
    };
    if !gathered.diagnostics.is_empty() {
        print(&gathered.diagnostics, &gathered.texts, args);
        let errors = counted(gathered.diagnostics.len(), "error");
        tell(args, &format!("Nothing moved: with {errors} it is unsure where links lead"));
        return MISTAKES;
    }
    let plan = match moving::plan(&gathered.site, &args.old, &args.new) {
        Ok(plan) => plan,
        Err(refusals) => {
            print(&refusals, &gathered.texts, args);
            tell(args, "Nothing moved");
            return MISTAKES;
        }
    };
    if args.dry_run {
        show(&plan, &gathered.texts);
        warn(&plan.left, &gathered.texts, args);
        say(&format!("Nothing moved, as `--dry-run` asks; it would be {}", summary(&plan)));
        return BUILT;
    }
    if let Err(finding) = relocate(&args.root, &plan.changes) {
        let found = [finding];
        print(&found, &gathered.texts, args);
        tell(args, "Nothing moved");
        return exit_code(&found);
    }
    warn(&plan.left, &gathered.texts, args);
    tell(args, &format!("Moved {}", summary(&plan)));
    BUILT
}

fn print(found: &[Diagnostic], texts: &TextStore, args: &MoveArgs) {
    report::findings(found, texts, args.format, Severity::Error);
}

/// Prints what is to be changed by hand.
fn warn(left: &[Diagnostic], texts: &TextStore, args: &MoveArgs) {
    report::findings(left, texts, args.format, Severity::Warning);
}

/// Prints a line for people.
fn tell(args: &MoveArgs, line: &str) {
    if args.format != Format::Json {
        say(line);
    }
}

/// Prints what would change, a line each.
fn show(plan: &Plan, texts: &TextStore) {
    for change in plan.changes.iter().filter(|change| change.old != change.new) {
        say(&format!("{} -> {}", change.old, change.new));
    }
    for rewritten in &plan.rewritten {
        let span = &rewritten.span;
        let text = texts.text(&span.file).unwrap_or_default();
        let Place { line, column } = Place::of(text, span.range.start);
        let (old, new) = (&rewritten.old, &rewritten.new);
        say(&format!("{}:{line}:{column}: {old} -> {new}", span.file));
    }
    for alias in &plan.aliases {
        say(&format!("alias {alias}"));
    }
}

fn summary(plan: &Plan) -> String {
    let moved = plan.changes.iter().filter(|change| change.old != change.new).count();
    let mut files: Vec<_> = plan.rewritten.iter().map(|one| one.span.file.as_str()).collect();
    files.sort_unstable();
    files.dedup();
    let links = counted(plan.rewritten.len(), "link").replace("no links", "0 links");
    let within = match files.len() {
        0 => String::new(),
        number => format!(" in {}", counted(number, "file")),
    };
    let aliases = match plan.aliases.len() {
        0 => String::new(),
        1 => "; 1 old address leads on".to_owned(),
        number => format!("; {number} old addresses lead on"),
    };
    format!("{}, {links} rewritten{within}{aliases}", counted(moved, "file"))
}
