//! The lists of terms, and the lists of the pages that carry one.

use super::inputs::Inputs;
use super::page::{content, place};
use super::part::Part;
use crate::diag::Diagnostic;
use crate::site::{PageId, SectionId, TaxonomyId, TermId};
use crate::theme::Value;
use crate::view::{self, Shown};

/// Renders the list of the terms of a taxonomy.
pub(super) fn taxonomy(
    inputs: &Inputs<'_>,
    id: TaxonomyId,
    template: &str,
) -> Result<String, Diagnostic> {
    let taxonomy = inputs.site.taxonomies.taxonomy(id);
    let head = Head::of(inputs, taxonomy.head);
    let words = |key: &str| inputs.theme.word(head.at.language, key);
    let (site, views) = (inputs.site, inputs.views);
    let value = view::taxonomy(site, views, id, &head.content, head.shown, &words);
    let mut context = place(inputs, &taxonomy.permalink, head.at.language);
    if let Some(terms) = value.get_from_path("terms") {
        context.insert_value("terms", terms.clone());
    }
    context.insert_value("taxonomy", value);
    inputs.theme.render(template, &context, head.at.file)
}

/// What a template sees of a term, the same on all pages of its list.
pub(super) fn term_value(inputs: &Inputs<'_>, id: TermId) -> Value {
    let head = Head::of(inputs, inputs.site.taxonomies.term(id).head);
    let words = |key: &str| inputs.theme.word(head.at.language, key);
    view::term(inputs.site, inputs.views, id, &head.content, head.shown, &words)
}

/// Renders one page of the list of the pages that carry a term.
pub(super) fn term(
    inputs: &Inputs<'_>,
    id: TermId,
    template: &str,
    part: &Part,
) -> Result<String, Diagnostic> {
    let term = inputs.site.taxonomies.term(id);
    let at = At::of(inputs, term.head);
    let mut context = place(inputs, &part.pager().permalink, at.language);
    context.insert_value("taxonomy", inputs.views.taxonomy(term.taxonomy).clone());
    context.insert_value("term", part.value.clone().unwrap_or_else(|| term_value(inputs, id)));
    if term.paginate_by > 0 {
        let Part { pagers, number, .. } = part;
        let by = term.paginate_by;
        let paginator = inputs.views.paginator(inputs.site, &term.pages, by, pagers, *number);
        context.insert_value("paginator", paginator);
    }
    inputs.theme.render(template, &context, at.file)
}

/// What the section that stands over a list brings to it.
struct Head<'a> {
    content: String,
    shown: Shown,
    at: At<'a>,
}

/// The page of the section that stands over a list, if it has one.
struct At<'a> {
    page: Option<PageId>,
    language: &'a str,
    /// The file that messages name.
    file: &'a str,
}

impl<'a> Head<'a> {
    fn of(inputs: &'a Inputs<'_>, head: Option<SectionId>) -> Self {
        let at = At::of(inputs, head);
        let (content, shown) = match at.page {
            Some(id) => content(inputs, id, at.language),
            None => Default::default(),
        };
        Self { content, shown, at }
    }
}

impl<'a> At<'a> {
    fn of(inputs: &'a Inputs<'_>, head: Option<SectionId>) -> Self {
        let id = head.and_then(|head| inputs.site.tree.section(head).page);
        let page = id.map(|id| inputs.site.pages.page(id));
        let language = page.and_then(|page| page.card.language.as_deref());
        Self {
            page: id,
            language: language.unwrap_or(&inputs.config.language),
            file: page.map_or("site.toml", |page| page.path.as_str()),
        }
    }
}
