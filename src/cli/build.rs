//! `ibid build` and `ibid check`: the same build with another sink.

use std::path::Path;
use std::time::{Duration, Instant};

use super::args::{BuildArgs, Format};
use super::asked::Asked;
use super::clock;
use super::exit::{BUILT, MISTAKES, exit_code};
use super::figures;
use super::progress::Bar;
use super::report::{self, count, counted, misuse, say};
use crate::diag::{Diagnostic, Severity};
use crate::output::{Disk, Dry, Sink, Written};
use crate::pipeline::{self, Anew, Built, Imaging, Indexing, Known, Recall, Request};
use crate::site::HeldCount;

/// Builds the site.
pub(super) fn build(args: &BuildArgs) -> u8 {
    run(
        args,
        Severity::Warning,
        false,
        clock::recall(args.no_cache),
        |output| Box::new(Disk::new(output)),
        |built, took, indexing| {
            let Some(written) = &built.written else { return None };
            Some(summary(built, written, took, indexing))
        },
    )
}

/// Runs the same build without writing.
pub(super) fn check(args: &BuildArgs) -> u8 {
    run(
        args,
        Severity::Note,
        true,
        None,
        |_| Box::new(Dry),
        |built, took, _| {
            let found = &built.diagnostics;
            Some(format!(
                "Checked {} in {}: {}, {}, {}",
                counted(built.pages, "page"),
                seconds(took),
                counted(count(found, Severity::Error), "error"),
                counted(count(found, Severity::Warning), "warning"),
                counted(count(found, Severity::Note), "note"),
            ))
        },
    )
}

fn run(
    args: &BuildArgs,
    least: Severity,
    counts_links: bool,
    recall: Option<Recall>,
    sink: impl Fn(&Path) -> Box<dyn Sink> + Send + Sync,
    summary: impl FnOnce(&Built, Duration, Option<Duration>) -> Option<String>,
) -> u8 {
    let begin = Instant::now();
    let asked = match Asked::of(args) {
        Ok(asked) => asked,
        Err((code, message)) => return misuse(code, &message),
    };
    let bar = Bar::new(args.format == Format::Human && !args.quiet);
    let request = Request {
        root: &args.root,
        config: asked.config,
        overrides: asked.overrides,
        now: asked.now,
        strict: args.strict,
        jobs: usize::from(args.jobs),
        // A check writes nothing, and alone counts links.
        indexing: if counts_links { Indexing::Never } else { Indexing::Now },
        images: match (counts_links, args.no_cache) {
            (true, _) => Imaging::Never,
            (false, true) => Imaging::Made,
            (false, false) => Imaging::Kept,
        },
        figures: counts_links,
        recall,
        progress: &bar,
    };
    let result = pipeline::build(&request, &mut Known::default(), sink);
    bar.clear();
    let least = if args.quiet { Severity::Error } else { least };
    match result {
        Ok(built) => {
            report::findings(&built.diagnostics, &built.texts, args.format, least);
            let forbids = |finding: &Diagnostic| finding.severity.forbids(args.strict);
            let fails = built.diagnostics.iter().any(forbids);
            if !args.quiet && args.format == Format::Human && built.anew == Some(Anew::Damaged) {
                say("note: the cache in `.ibid` cannot be read, and is made anew");
            }
            if args.explain && args.format != Format::Json {
                because(built.anew.as_ref());
                explain(&built);
                told_of_left(&built);
            }
            let took = begin.elapsed();
            finish(args, &built, summary(&built, took, bar.indexing()), took, fails);
            // The process ends here, and the system takes its memory back at once.
            std::mem::forget(built);
            if fails { MISTAKES } else { BUILT }
        }
        Err(stopped) => {
            report::findings(&stopped.diagnostics, &stopped.texts, args.format, least);
            exit_code(&stopped.diagnostics)
        }
    }
}

/// Says why the site was built, or was not.
fn because(anew: Option<&Anew>) {
    match anew {
        None => say("not built: nothing has changed since the last build"),
        Some(Anew::Asked) => say("built: nothing is taken from an earlier build"),
        Some(Anew::First) => say("built: there is no earlier build to compare with"),
        Some(Anew::Damaged) => say("built: what the last build left in `.ibid` cannot be read"),
        Some(Anew::Otherwise) => {
            say("built: the last build was on another day, with other flags or another ibid");
        }
        Some(Anew::Output) => say("built: the output folder is not as the last build left it"),
        Some(Anew::Sources(files)) => {
            files.iter().for_each(|file| say(&format!("built: {file} is not as it was")));
        }
    }
}

/// Says why each file was touched.
pub(super) fn explain(built: &Built) {
    for (path, change) in built.written.iter().flat_map(|written| &written.changes) {
        say(&format!("{path}: {}", change.reason()));
    }
}

/// Says how many files did not need to be made.
fn told_of_left(built: &Built) {
    let left = built.written.as_ref().map_or(0, |written| written.left);
    if built.anew.is_some() && left > 0 {
        let files = if left == 1 { "1 file was" } else { &format!("{left} files were") };
        say(&format!("{files} not made: nothing that they show has changed"));
    }
}

/// Says in the last line what came of it.
fn finish(args: &BuildArgs, built: &Built, summary: Option<String>, took: Duration, fails: bool) {
    if args.format == Format::Json {
        if let Some(figures) = &built.figures {
            say(&figures::object(figures).to_string());
        }
        let found = &built.diagnostics;
        let mut summary = serde_json::json!({
            "pages": built.pages,
            "errors": count(found, Severity::Error),
            "warnings": count(found, Severity::Warning),
            "notes": count(found, Severity::Note),
            "drafts": built.held.drafts,
            "expired": built.held.expired,
            "future": built.held.future,
            "seconds": took.as_secs_f64(),
        });
        // A check, which alone counts links, has nothing to say of what was written.
        if built.figures.is_none()
            && let Some(summary) = summary.as_object_mut()
        {
            let written = built.written.clone().unwrap_or_default();
            summary.insert("built".to_owned(), (built.written.is_some() && !fails).into());
            summary.insert("written".to_owned(), written.written.into());
            summary.insert("unchanged".to_owned(), written.unchanged.into());
            summary.insert("removed".to_owned(), written.removed.into());
        }
        say(&serde_json::json!({ "summary": summary }).to_string());
    } else if !args.quiet {
        if args.format == Format::Human
            && let Some(figures) = &built.figures
        {
            figures::told(figures).iter().for_each(|line| say(line));
        }
        match summary {
            Some(summary) => say(&summary),
            None => {
                let found = &built.diagnostics;
                let errors = counted(count(found, Severity::Error), "error");
                let warnings = counted(count(found, Severity::Warning), "warning");
                let counted_too = match args.strict && count(found, Severity::Error) == 0 {
                    true => ", which `--strict` counts as errors",
                    false => "",
                };
                say(&format!(
                    "Nothing written: {errors}, {warnings}{counted_too}; the last good output is as it was"
                ));
            }
        }
    }
}

fn summary(built: &Built, written: &Written, took: Duration, indexing: Option<Duration>) -> String {
    let indexing = indexing.map(|took| format!(" (search {})", seconds(took)));
    format!(
        "Built {} in {}{}: {} written, {} unchanged, {} removed; {}{}",
        counted(built.pages, "page"),
        seconds(took),
        indexing.unwrap_or_default(),
        counted(written.written, "file").replace("no files", "0 files"),
        written.unchanged,
        written.removed,
        counted(count(&built.diagnostics, Severity::Warning), "warning"),
        held(&built.held),
    )
}

/// Says how many pages are not built, where there are any: `; held back: 2 drafts, 1 page until
/// 2026-12-01`.
fn held(count: &HeldCount) -> String {
    let mut parts = Vec::new();
    if count.drafts > 0 {
        parts.push(counted(count.drafts, "draft"));
    }
    if count.expired > 0 {
        parts.push(counted(count.expired, "expired page"));
    }
    if let Some(next) = &count.next {
        let later = if count.future > 1 { " or later" } else { "" };
        parts.push(format!("{} until {}{later}", counted(count.future, "page"), next.day()));
    }
    if parts.is_empty() { String::new() } else { format!("; held back: {}", parts.join(", ")) }
}

/// A time as it is printed.
pub(super) fn seconds(took: Duration) -> String {
    format!("{:.2} s", took.as_secs_f64())
}
