//! `unknown-type`: a page is of a type that the site does not have.
//!
//! **What it finds.** A `type` in front matter that is no `[types.NAME]` of `site.toml`, and none
//! of the types that every site has.
//!
//! **Why it matters.** What pages of the type must carry is not asked of this one.
//!
//! **Example.** `type = "helth"`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;
use crate::text::nearest::nearest;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::UnknownType, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        let Some(kind) = &page.front_matter.content_type else { continue };
        let name = kind.get_ref().as_str();
        if site.types.contains_key(name) {
            continue;
        }
        let names: Vec<&str> = site.types.keys().map(String::as_str).collect();
        let help = nearest(name, names.iter().copied()).map_or_else(
            || format!("the site has {}; `[types.NAME]` adds one", names.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("the site has no type `{name}`");
        found(Diagnostic::new(Code::UnknownType, message).at(page.span(kind.span())).help(help));
    }
}
