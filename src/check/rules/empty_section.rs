//! `empty-section`: a section has no pages and no text.
//!
//! **What it finds.** An `_index.md` without a body in a folder without pages or sections.
//!
//! **Why it matters.** It is a dead end in the navigation.
//!
//! **Example.** `content/notes/_index.md` alone, with a title and nothing else.

use crate::check::rule::Rule;
use crate::diag::{Code, Diagnostic};
use crate::site::{Listed, SectionId, Site};

/// The rule.
pub(in crate::check) const RULE: Rule = Rule { code: Code::EmptySection, check };

fn check(site: &Site, found: &mut dyn FnMut(Diagnostic)) {
    for id in site.tree.ids() {
        let section = site.tree.section(id);
        let Some(page) = section.page.map(|id| site.pages.page(id)) else { continue };
        let leads_on =
            page.front_matter.redirect_to.is_some() || page.front_matter.template.is_some();
        let has_text = !page.texts.open().html.trim().is_empty();
        if section.pages.is_empty()
            && section.subsections.is_empty()
            && !has_text
            && !leads_on
            && !lists_terms(site, id)
        {
            found(
                Diagnostic::new(Code::EmptySection, "this section has no pages and no text")
                    .at(page.whole())
                    .help("add a page, write some text, or remove its `_index.md`"),
            );
        }
    }
}

/// Tells whether a section stands over a list of terms, or of pages that carry one.
fn lists_terms(site: &Site, section: SectionId) -> bool {
    match site.taxonomies.headed_by(section) {
        Some(Listed::Taxonomy(id)) => !site.taxonomies.taxonomy(id).terms.is_empty(),
        Some(Listed::Term(id)) => !site.taxonomies.term(id).pages.is_empty(),
        None => false,
    }
}
