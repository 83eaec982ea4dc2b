//! `unknown-person`: an author is nobody with a page, and is not written as a name in full.
//!
//! **What it finds.** A value of `authors` that reads as the name of a file under
//! `content/people/` that is not there, or that is a slip away from the name of somebody who has
//! a page.
//!
//! **Why it matters.** The byline would show it as it is written, without a link.
//!
//! **Example.** `authors = ["jane-do"]` where the file is `jane-doe.md`.

use crate::check::rule::Rule;
use crate::check::who;
use crate::diag::{Code, Diagnostic};
use crate::site::Site;
use crate::text::fold::fold;
use crate::text::nearest::slips;
use crate::text::slug::slug;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::UnknownPerson, check };

/// A name shorter than this is a slip away from too many others.
const LEAST_LETTERS: usize = 6;

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for page in site.pages.all() {
        for author in &page.card.authors {
            let written = author.get_ref().trim();
            if written.is_empty() || site.people.find(written).is_some() {
                continue;
            }
            let at = page.span(author.span());
            if is_stem(site, written) {
                let message = format!("no page under `content/people` is called `{written}`");
                let help = who::help(site, written);
                found(Diagnostic::new(Code::UnknownPerson, message).at(at).help(help));
            } else if let Some(near) = near(site, written) {
                let message = format!("nobody under `content/people` is called `{written}`");
                let help = format!("did you mean `{near}`?");
                found(Diagnostic::new(Code::UnknownPerson, message).at(at).help(help));
            }
        }
    }
}

/// Tells the name of a file from the name of a person. A single word may be all the name that
/// somebody has, where the site has no people.
fn is_stem(site: &Site, written: &str) -> bool {
    slug(written) == written && (written.contains('-') || !site.people.all().is_empty())
}

/// The name of a person that is a slip away.
fn near<'a>(site: &'a Site, written: &str) -> Option<&'a str> {
    let wanted = fold(written);
    let names = site.people.all().iter().map(|person| &site.pages.page(person.page).card.title);
    let near = |name: &&String| {
        name.chars().count() >= LEAST_LETTERS && slips(&wanted, &fold(name), 1).is_some()
    };
    let mut names = names;
    names.find(near).map(String::as_str)
}
