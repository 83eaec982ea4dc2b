//! Numbers with a check digit or a fixed form, as they are written in the fields of works.

use super::works::named;
use crate::cite::{Field, NumberFault, Reference};
use crate::diag::{Code, Diagnostic, Span};
use crate::site::Site;

/// Hands over each number in some fields of the works that pages name, with the field that
/// holds it. A field can hold several, with commas or semicolons between them.
pub(super) fn each<'a>(
    site: &'a Site,
    fields: &[&str],
    mut see: impl FnMut(&'a Reference, &'a str, Span),
) {
    for reference in named(site) {
        for field in fields.iter().filter_map(|name| reference.fields.get(name)) {
            for (number, range) in numbers(field) {
                see(reference, number, Span::new(reference.file.clone(), range));
            }
        }
    }
}

/// The numbers in a field with their places; the place of the field where what is written
/// there was read otherwise than letter by letter.
fn numbers(field: &Field) -> Vec<(&str, std::ops::Range<usize>)> {
    let parts: Vec<&str> = field.written.split([',', ';']).collect();
    let is_literal = field.range().len() == field.written.len();
    let mut at = field.range().start;
    let mut found = Vec::new();
    for part in parts {
        let start = at + (part.len() - part.trim_start().len());
        let number = part.trim();
        at += part.len() + 1;
        if !number.is_empty() {
            let exact = start..start + number.len();
            found.push((number, if is_literal { exact } else { field.range() }));
        }
    }
    found
}

/// The finding for a number whose digits do not add up, or are too many or too few.
pub(super) fn finding(
    code: Code,
    name: &str,
    digits: &str,
    fault: NumberFault,
    at: Span,
) -> Diagnostic {
    match fault {
        NumberFault::Form => Diagnostic::new(code, format!("this is no {name}"))
            .at(at)
            .help(format!("an {name} has {digits}")),
        NumberFault::Check { wanted } => {
            let message = format!("the digits of this {name} do not add up");
            let help = format!(
                "its last digit would be `{wanted}`: one of them is wrong, so copy it anew"
            );
            Diagnostic::new(code, message).at(at).help(help)
        }
    }
}
