//! `missing-reference`: a citation names no reference.
//!
//! **What it finds.** Keys and identifiers in citations, in `nocite` and in
//! `additional_reading` that no bibliography has. A bare `@name` in the text is a citation only
//! where a bibliography has a key like it; else it is somebody's handle.
//!
//! **Why it matters.** The reader sees a mark that leads to nothing, where the sentence
//! promises evidence.
//!
//! **Example.** `[@knuht84]` where the bibliography has `knuth84`.

use toml::Spanned;

use crate::check::rule::Rule;
use crate::cite::{CiteKey, IdKind};
use crate::diag::{Code, Diagnostic, Span};
use crate::site::Site;

/// Each search goes through all keys; a site with more slips than this has one cause.
const MOST_SEARCHES: usize = 100;

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::MissingReference, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    let mut near = Near { site, searches: 0 };
    for id in site.pages.ids() {
        let page = site.pages.page(id);
        for (citation, works) in page.body.citations.iter().zip(&site.cited.sources(id).citations) {
            for (item, work) in citation.items.iter().zip(works) {
                if work.is_some() {
                    continue;
                }
                let is_bare = citation.may_be_handle();
                let mention = page.span(item.span.clone());
                if let Some(finding) = near.finding(&item.key, mention, is_bare) {
                    found(finding);
                }
            }
        }
        let front_matter = &page.front_matter;
        let listed: [&[Spanned<String>]; 2] =
            [&front_matter.nocite, &front_matter.additional_reading];
        for key in listed.into_iter().flatten() {
            let parsed = CiteKey::parse(key.get_ref());
            if site.references.find(&parsed).is_none()
                && let Some(finding) = near.finding(&parsed, page.span(key.span()), false)
            {
                found(finding);
            }
        }
    }
}

struct Near<'a> {
    site: &'a Site,
    searches: usize,
}

impl Near<'_> {
    fn finding(&mut self, key: &CiteKey, span: Span, is_bare: bool) -> Option<Diagnostic> {
        let references = &self.site.references;
        let near = match key {
            CiteKey::Key(key) if self.searches < MOST_SEARCHES => {
                self.searches += 1;
                let near = references.near(key).map(|near| CiteKey::Key(near.to_owned()));
                near.and_then(|near| references.find(&near)).map(|id| references.work(id))
            }
            _ => None,
        };
        if is_bare && near.is_none() {
            return None;
        }
        let message = match key {
            CiteKey::Key(key) => format!("no reference has the key `{key}`"),
            CiteKey::Identifier(kind, value) => {
                format!("no reference has the {} `{value}`", called(*kind))
            }
        };
        let finding = Diagnostic::new(Code::MissingReference, message).at(span);
        Some(match near {
            Some(near) => {
                let file = near.file.as_str();
                let file = file.strip_prefix("content/").unwrap_or(file);
                finding.help(format!("`{file}` has `{}`", near.key))
            }
            None if references.all().is_empty() => finding.help(
                "the site has no references: put them into `content/references.bib`, or name \
                 a file as `files` under `[citations]` of `site.toml`",
            ),
            None => finding,
        })
    }
}

fn called(kind: IdKind) -> &'static str {
    match kind {
        IdKind::Doi => "DOI",
        IdKind::Pmid => "PubMed number",
        IdKind::Pmcid => "PubMed Central number",
        IdKind::Arxiv => "arXiv number",
        IdKind::Isbn => "ISBN",
    }
}
