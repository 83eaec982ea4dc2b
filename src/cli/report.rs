//! Prints findings and the summary of a build.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};

use super::args::Format;
use super::exit::USAGE;
use crate::diag::{Code, Diagnostic, Form, Printer, Severity};
use crate::path::SourcePath;
use crate::pipeline::TextStore;

/// How many findings of one code people are shown: whoever has mended these sees the next.
const MOST: usize = 50;

/// Prints findings that are at least as severe as `least`, and what is no advice but must be
/// said, such as that a file was written over. Of one code people are shown the first, and how
/// many more there are.
///
/// Forms for machines go to standard output, so that they can be piped; what a person reads
/// goes to standard error.
pub(super) fn findings(found: &[Diagnostic], texts: &TextStore, format: Format, least: Severity) {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let form = match format {
        Format::Human => Form::Human { colour },
        Format::Short => Form::Short,
        Format::Json => Form::Json,
    };
    let mut out: Box<dyn Write> = match format {
        Format::Human => Box::new(io::stderr().lock()),
        Format::Short | Format::Json => Box::new(io::stdout().lock()),
    };
    let lookup = |path: &SourcePath| texts.text(path);
    let mut printer = Printer::new(&lookup, form);
    let must_be_said = |code: Code| !code.is_adjustable() && least < Severity::Error;
    let shown =
        |diagnostic: &&Diagnostic| diagnostic.severity >= least || must_be_said(diagnostic.code);
    let most = if format == Format::Human { MOST } else { usize::MAX };
    let mut counts: BTreeMap<Code, (Severity, usize)> = BTreeMap::new();
    for diagnostic in found.iter().filter(shown) {
        let (severity, count) = counts.entry(diagnostic.code).or_insert((diagnostic.severity, 0));
        *severity = diagnostic.severity.max(*severity);
        *count += 1;
        // A reader that closed the pipe has seen enough.
        if *count <= most && out.write_all(printer.print(diagnostic).as_bytes()).is_err() {
            return;
        }
    }
    for (code, (severity, count)) in counts.into_iter().filter(|(_, (_, count))| *count > most) {
        let message = format!("and {} more of these", count - most);
        let help = "`--format short` shows them all, each on one line";
        let rest = Diagnostic { severity, ..Diagnostic::new(code, message).help(help) };
        let _ = out.write_all(printer.print(&rest).as_bytes());
    }
    let _ = out.flush();
}

/// Prints a mistake in the call and gives its exit code.
pub(super) fn misuse(code: Code, message: &str) -> u8 {
    let found = [Diagnostic::new(code, message)];
    findings(&found, &TextStore::default(), Format::Human, Severity::Note);
    USAGE
}

/// Prints one line on standard output.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Prints one line on standard error.
pub(super) fn warn(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// How many findings are as severe as `severity`.
pub(super) fn count(found: &[Diagnostic], severity: Severity) -> usize {
    found.iter().filter(|diagnostic| diagnostic.severity == severity).count()
}

/// A number with its noun: `no warnings`, `1 warning`, `2 warnings`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        number => format!("{number} {noun}s"),
    }
}
