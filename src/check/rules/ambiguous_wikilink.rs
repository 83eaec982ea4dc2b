//! `ambiguous-wikilink`: a wikilink names more than one page.
//!
//! **What it finds.** `[[names]]` that several pages or files have, none of them in the folder
//! of the page and none spelled exactly so.
//!
//! **Why it matters.** To guess would lead half of the readers astray.
//!
//! **Example.** `[[Install]]` beside `linux/install.md` and `windows/install.md`.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic, Span};
use crate::markdown::Target;
use crate::path::SourcePath;
use crate::site::{Destination, Missing, Site};

/// The most candidates that are shown.
const MOST: usize = 5;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::AmbiguousWikilink, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        for (link, destination) in page.body.links.iter().zip(site.links.of(id)) {
            let Destination::Missing(Missing::Ambiguous(paths)) = destination else { continue };
            let Target::Name(named) = &link.target else { continue };
            let what = match paths.iter().all(|path| site.pages.at_path(path).is_some()) {
                true => "pages",
                false => "files",
            };
            let message = format!("{} {what} are called `{}`", paths.len(), named.name);
            let names: Vec<_> =
                paths.iter().take(MOST).map(|path| format!("`[[{}]]`", spelled(path))).collect();
            let more = if paths.len() > MOST { " …" } else { "" };
            let mut finding = Diagnostic::new(Code::AmbiguousWikilink, message)
                .at(page.span(link.span.clone()))
                .help(format!("say which: {}{more}", names.join(", ")));
            // A file that is no text cannot be shown.
            for path in paths.iter().take(MOST).filter(|path| site.pages.at_path(path).is_some()) {
                let span = Span::whole(SourcePath::new(format!("content/{path}")));
                finding = finding.label(span, "is called so");
            }
            found(finding);
        }
    }
}

/// A path that names one page alone: from `content`, without `.md`.
fn spelled(path: &str) -> String {
    let bare = path.strip_suffix(".md").unwrap_or(path);
    let bare = bare.strip_suffix("/index").or_else(|| bare.strip_suffix("/_index")).unwrap_or(bare);
    format!("/{bare}")
}
