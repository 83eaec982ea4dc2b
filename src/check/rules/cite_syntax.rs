//! `cite-syntax`: a citation is written in a way that is not quite right.
//!
//! **What it finds.** Link reference definitions with the name of a citation, in a site that
//! cites. All else that is written wrongly is found where a page is parsed.
//!
//! **Why it matters.** With such a definition `[@key]` is a link, and cites nothing. Where nobody
//! cites, `[@somebody]` is meant as a link.
//!
//! **Example.** `[@chou2017]: https://example.org/chou`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::CiteSyntax, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    if site.references.all().is_empty() {
        return;
    }
    for page in site.pages.all() {
        for range in page.body.definitions.iter().filter_map(|defined| defined.cites.as_ref()) {
            let message = "this definition makes links of the citations of its key";
            let finding = Diagnostic::new(Code::CiteSyntax, message).at(page.span(range.clone()));
            found(finding.help("give the link another name, without the `@`"));
        }
    }
}
