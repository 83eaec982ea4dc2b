//! `unknown-directive`: a directive names a component that the theme does not have.
//!
//! **What it finds.** `:::name`, `::name` and `:name[…]` where neither the site nor its theme has
//! a component of that name that takes a `directive`.
//!
//! **Why it matters.** Nothing says how it is to be shown: what was meant as a warning would
//! stand there as a paragraph among others.
//!
//! **Example.** `:::warnng`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::markdown::Form;
use crate::site::Site;
use crate::text::nearest::nearest;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::UnknownDirective, check };

/// What directives of other tools are called here.
const CALLED: [(&str, &str); 8] = [
    ("admonition", "note"),
    ("attention", "warning"),
    ("caution", "warning"),
    ("error", "danger"),
    ("hint", "tip"),
    ("important", "note"),
    ("info", "note"),
    ("youtube", "video"),
];

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let Some(known) = &site.directives else { return };
    for page in site.pages.all() {
        for directive in &page.body.directives {
            let name = directive.name.as_str();
            if known.contains(name) {
                continue;
            }
            let message = format!("there is no directive `{name}`");
            let finding = Diagnostic::new(Code::UnknownDirective, message)
                .at(page.span(directive.name_span.clone()));
            let called = CALLED.iter().find(|(other, own)| *other == name && known.contains(*own));
            let near = nearest(name, known.iter().map(String::as_str));
            found(match (near.or(called.map(|(_, own)| *own)), directive.form) {
                (Some(near), _) => finding.help(format!("did you mean `{near}`?")),
                (None, Form::Inline) => {
                    finding.help("where the colon is text, write `\\:`, or put a space behind it")
                }
                (None, _) => finding.help(format!(
                    "a component `{name}` that takes a `directive` would make it one; where the \
                     colons are text, write `\\:`"
                )),
            });
        }
    }
}
