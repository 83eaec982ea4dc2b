//! What is said of a link to a page that is not built.

use crate::diag::{Code, Diagnostic, Span};
use crate::site::{Held, Why};

/// The finding about a link, called as its writer would call it: `wikilink`.
pub(super) fn finding(code: Code, link: &str, held: &Held, span: Span) -> Diagnostic {
    let fact = match &held.why {
        Why::Draft => format!("this {link} leads to a draft"),
        Why::Expired(date) => format!("this {link} leads to a page that expired on {}", date.day()),
        Why::Future(date) => {
            format!("this {link} leads to a page that is not built before {}", date.day())
        }
    };
    let path = held.path.as_str();
    let path = path.strip_prefix("content/").unwrap_or(path);
    Diagnostic::new(code, fact).at(span).help(format!("`{path}` is built with `--drafts` alone"))
}
