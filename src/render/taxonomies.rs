//! The lists of terms, and the lists of the pages that carry one.

use super::inputs::Inputs;
use super::page::{content, place};
use crate::diag::Diagnostic;
use crate::site::{SectionId, TaxonomyId, TermId};
use crate::view::{self, Pager, Shown};

/// Renders the list of the terms of a taxonomy.
pub(super) fn taxonomy(
    inputs: &Inputs<'_>,
    id: TaxonomyId,
    template: &str,
) -> Result<String, Diagnostic> {
    let taxonomy = inputs.site.taxonomies.taxonomy(id);
    let head = Head::of(inputs, taxonomy.head);
    let words = |key: &str| inputs.theme.word(head.language, key);
    let (site, views) = (inputs.site, inputs.views);
    let value = view::taxonomy(site, views, id, &head.content, head.shown, &words);
    let mut context = place(inputs, &taxonomy.permalink, head.language);
    if let Some(terms) = value.get_from_path("terms") {
        context.insert_value("terms", terms.clone());
    }
    context.insert_value("taxonomy", value);
    inputs.theme.render(template, &context, head.file)
}

/// Renders one page of the list of the pages that carry a term.
pub(super) fn term(
    inputs: &Inputs<'_>,
    id: TermId,
    template: &str,
    pagers: &[Pager],
    number: usize,
) -> Result<String, Diagnostic> {
    let term = inputs.site.taxonomies.term(id);
    let head = Head::of(inputs, term.head);
    let words = |key: &str| inputs.theme.word(head.language, key);
    let (site, views) = (inputs.site, inputs.views);
    let value = view::term(site, views, id, &head.content, head.shown, &words);
    let mut context = place(inputs, &pagers[number - 1].permalink, head.language);
    context.insert_value("taxonomy", inputs.views.taxonomy(term.taxonomy).clone());
    context.insert_value("term", value);
    if term.paginate_by > 0 {
        let by = term.paginate_by;
        let paginator = inputs.views.paginator(inputs.site, &term.pages, by, pagers, number);
        context.insert_value("paginator", paginator);
    }
    inputs.theme.render(template, &context, head.file)
}

/// What the section that stands over a list brings to it.
struct Head<'a> {
    content: String,
    shown: Shown,
    language: &'a str,
    /// The file that messages name.
    file: &'a str,
}

impl<'a> Head<'a> {
    fn of(inputs: &'a Inputs<'_>, head: Option<SectionId>) -> Self {
        let own = inputs.config.language.as_str();
        match head.and_then(|head| inputs.site.tree.section(head).page) {
            Some(id) => {
                let page = inputs.site.pages.page(id);
                let language = page.card.language.as_deref().unwrap_or(own);
                let (content, shown) = content(inputs, id, language);
                Self { content, shown, language, file: page.path.as_str() }
            }
            None => Self {
                content: String::new(),
                shown: Shown::default(),
                language: own,
                file: "site.toml",
            },
        }
    }
}
