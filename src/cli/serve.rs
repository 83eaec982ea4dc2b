//! `ibid serve`: a preview that keeps up with the author. Sole owner of `open`.

use super::args::{Format, ServeArgs};
use super::asked::Asked;
use super::build::{explain, seconds};
use super::clock;
use super::exit::{BUILT, exit_code};
use super::progress::Bar;
use super::report::{self, count, counted, misuse, say, warn};
use crate::diag::{Code, Severity};
use crate::output::Written;
use crate::pipeline::Progress;
use crate::serve::{self, Ended, News, Options, Rebuilt, Voice};

/// How many of the files that changed are named.
const NAMED: usize = 3;

/// Serves a preview until it is told to end.
pub(super) fn serve(args: ServeArgs) -> u8 {
    let asked = match Asked::of(&args.build) {
        Ok(asked) => asked,
        Err((code, message)) => return misuse(code, &message),
    };
    let terminal = Terminal {
        bar: Bar::new(args.build.format == Format::Human && !args.build.quiet),
        format: args.build.format,
        quiet: args.build.quiet,
        strict: args.build.strict,
        open: args.open,
        explain: args.build.explain,
    };
    let (first, now) = (asked.now, args.build.now);
    let options = Options {
        root: args.build.root,
        config: asked.config,
        overrides: asked.overrides,
        strict: args.build.strict,
        jobs: usize::from(args.build.jobs),
        // A preview that runs overnight is of the new day in the morning.
        now: Box::new(move || clock::date(now.as_deref()).unwrap_or_else(|_| first.clone())),
        bind: args.bind,
        port: args.port,
        polling: args.poll,
    };
    match serve::run(options, Box::new(terminal)) {
        Ok(()) => BUILT,
        Err(Ended::Misuse(message)) => misuse(Code::ConfigValue, &message),
        Err(Ended::Stopped(found)) => exit_code(&found),
    }
}

/// Where the news is printed.
struct Terminal {
    bar: Bar,
    format: Format,
    quiet: bool,
    strict: bool,
    open: bool,
    explain: bool,
}

impl Progress for Terminal {
    fn begin(&self, stage: &'static str, steps: usize) {
        self.bar.begin(stage, steps);
    }

    fn step(&self) {
        self.bar.step();
    }
}

impl Voice for Terminal {
    fn say(&self, news: &News<'_>) {
        match news {
            News::PortTaken { usual, instead } => self.note(&format!(
                "Port {usual} belongs to another program; this is {instead} in its place"
            )),
            // Said even where little is to be said: it is about who can read drafts.
            News::Exposed(address) => warn(&format!(
                "Listening at {address}: others on the network can read this preview, drafts included"
            )),
            News::Polling(why) => self.note(&format!(
                "Looking at all files once a second, as the system tells of no changes: {why}"
            )),
            News::Serving { address, first } => self.serving(address, first),
            News::Rebuilt(rebuilt) => self.rebuilt(rebuilt),
        }
    }
}

impl Terminal {
    fn serving(&self, address: &str, first: &Rebuilt<'_>) {
        self.findings(first);
        match (first.result, first.fails) {
            (Ok(built), false) => self.tell(first, Some(address), || {
                format!(
                    "Serving {address} ({}, {}). Ctrl-C stops.",
                    counted(built.pages, "page"),
                    seconds(first.took)
                )
            }),
            _ => self.tell(first, Some(address), || {
                format!("Serving {address} (what is wrong, until it is mended). Ctrl-C stops.")
            }),
        }
        // The address stands on the terminal, for where there is no browser to open.
        if self.open && open::that_detached(address).is_err() {
            self.note("The system opens no browser; open the address by hand");
        }
    }

    fn rebuilt(&self, rebuilt: &Rebuilt<'_>) {
        self.findings(rebuilt);
        let after = files(rebuilt.files);
        let took = match rebuilt.ahead {
            Some(ahead) => {
                format!("{}, the page itself in {}", seconds(rebuilt.took), seconds(ahead))
            }
            None => seconds(rebuilt.took),
        };
        if self.explain && self.format != Format::Json {
            rebuilt.result.iter().for_each(|built| explain(built));
        }
        match (rebuilt.result, rebuilt.fails) {
            (Ok(built), false) => self.tell(rebuilt, None, || {
                let written = built.written.clone().unwrap_or_default();
                let warnings = counted(count(&built.diagnostics, Severity::Warning), "warning");
                format!("{after}: {} in {took}; {warnings}", differing(&written))
            }),
            // A first build that no edit can mend has said what stops it, and that is all.
            _ if rebuilt.files.is_empty() && rebuilt.result.is_err() => {}
            (result, _) => self.tell(rebuilt, None, || {
                let found = match result {
                    Ok(built) => &built.diagnostics,
                    Err(stopped) => &stopped.diagnostics,
                };
                let errors = count(found, Severity::Error);
                let what = match self.strict && errors == 0 {
                    true => {
                        let warnings = counted(count(found, Severity::Warning), "warning");
                        format!("{warnings}, which `--strict` counts as errors")
                    }
                    false => counted(errors, "error"),
                };
                format!("{after}: {what} in {took}; the last good pages stay")
            }),
        }
    }

    /// Prints what the build before did not find, and every error.
    fn findings(&self, rebuilt: &Rebuilt<'_>) {
        self.bar.clear();
        let texts = match rebuilt.result {
            Ok(built) => &built.texts,
            Err(stopped) => &stopped.texts,
        };
        let least = if self.quiet { Severity::Error } else { Severity::Warning };
        report::findings(&rebuilt.fresh, texts, self.format, least);
    }

    /// Prints the line at the end of a build.
    fn tell(&self, rebuilt: &Rebuilt<'_>, address: Option<&str>, line: impl FnOnce() -> String) {
        if self.format == Format::Json {
            let found = match rebuilt.result {
                Ok(built) => &built.diagnostics,
                Err(stopped) => &stopped.diagnostics,
            };
            let built = rebuilt.result.ok();
            let written = built.and_then(|built| built.written.clone()).unwrap_or_default();
            let summary = serde_json::json!({ "summary": {
                "address": address,
                "files": rebuilt.files,
                "pages": built.map(|built| built.pages),
                "built": !rebuilt.fails,
                "written": written.written,
                "unchanged": written.unchanged,
                "removed": written.removed,
                "errors": count(found, Severity::Error),
                "warnings": count(found, Severity::Warning),
                "seconds": rebuilt.took.as_secs_f64(),
                "seconds_to_page": rebuilt.ahead.map(|took| took.as_secs_f64()),
            }});
            say(&summary.to_string());
        } else if !self.quiet || address.is_some() {
            // Whoever starts a server has to learn where it is.
            say(&line());
        }
    }

    /// Prints a line for people.
    fn note(&self, line: &str) {
        if !self.quiet {
            warn(line);
        }
    }
}

/// What changed before a build, in words.
fn files(files: &[String]) -> String {
    let named = files.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match files.len() {
        0 => "Many changes".to_owned(),
        number if number > NAMED => format!("{named} and {} more", number - NAMED),
        _ => named,
    }
}

fn differing(written: &Written) -> String {
    let differ = match written.written {
        0 => "no file differs".to_owned(),
        1 => "1 file differs".to_owned(),
        number => format!("{number} files differ"),
    };
    match written.removed {
        0 => differ,
        removed => format!("{differ}, {removed} removed"),
    }
}

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn three_files_are_named() {
        let names: Vec<String> = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        assert_eq!(files(&names[..3]), "a, b, c");
        assert_eq!(files(&names), "a, b, c and 2 more");
    }
}
