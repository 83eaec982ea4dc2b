//! Why there are no new pages, as a browser shows it.

use serde::Serialize;

use crate::diag::{Diagnostic, Form, Printer, Severity};
use crate::path::SourcePath;
use crate::pipeline::TextStore;
use crate::text::escape;

/// More findings than anybody reads at once; the terminal has them all.
const MOST: usize = 20;

/// The findings that forbid new pages.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Failure {
    /// How many there are, in words.
    pub(super) title: String,
    /// The first of them.
    pub(super) findings: Vec<Shown>,
    /// How many are left out.
    pub(super) more: usize,
}

/// A finding as it is printed: what is wrong, and where.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Shown {
    head: String,
    body: String,
}

impl Failure {
    /// Takes the findings that forbid new pages.
    pub(super) fn new(found: &[Diagnostic], texts: &TextStore, strict: bool) -> Self {
        let lookup = |path: &SourcePath| texts.text(path);
        let mut printer = Printer::new(&lookup, Form::Human { colour: false });
        let forbids = |finding: &&Diagnostic| finding.severity.forbids(strict);
        let forbidding: Vec<&Diagnostic> = found.iter().filter(forbids).collect();
        let findings = forbidding.iter().take(MOST).map(|finding| {
            let text = printer.print(finding);
            let (head, body) = text.trim_end().split_once('\n').unwrap_or((text.trim_end(), ""));
            Shown { head: head.to_owned(), body: body.to_owned() }
        });
        let findings = findings.collect();
        let errors = forbidding.iter().filter(|finding| finding.severity == Severity::Error);
        let errors = errors.count();
        let title = match (errors, forbidding.len() - errors) {
            (errors, 0) => counted(errors, "error"),
            (0, warnings) => counted(warnings, "warning"),
            (errors, warnings) => {
                format!("{} and {}", counted(errors, "error"), counted(warnings, "warning"))
            }
        };
        Self { title, findings, more: forbidding.len().saturating_sub(MOST) }
    }

    /// A page that shows it, where there is no good page yet.
    pub(super) fn html(&self) -> String {
        let mut list = String::new();
        for Shown { head, body } in &self.findings {
            list.push_str(&format!(
                "<section><h2>{}</h2>\n<pre>{}</pre></section>\n",
                escape::html(head),
                escape::html(body)
            ));
        }
        if self.more > 0 {
            list.push_str(&format!("<p>The terminal shows {} more.</p>\n", self.more));
        }
        page(
            &self.title,
            &format!(
                "<h1>The site does not build yet: {}</h1>\n<p>This page goes once they are \
                 mended.</p>\n{list}",
                escape::html(&self.title)
            ),
        )
    }
}

/// A page that is none of the site's.
pub(super) fn page(title: &str, main: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} | \
         ibid serve</title>\n<style>:root {{ color-scheme: light dark; }} body {{ font: 1rem/1.5 \
         system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }} h1 {{ \
         font-size: 1.4rem; }} h2 {{ font-size: 1rem; margin: 2rem 0 0; }} pre {{ overflow-x: \
         auto; margin: 0; font-size: 0.875rem; }}</style>\n</head>\n<body>\n<main>\n{main}\n\
         </main>\n</body>\n</html>\n",
        escape::html(title)
    )
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
