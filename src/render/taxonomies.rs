//! The lists of terms, and the lists of the pages that carry one.

use super::inputs::Inputs;
use super::page::{Text, content};
use super::part::{Made, Part};
use super::sheet::Sheet;
use crate::diag::Diagnostic;
use crate::site::{PageId, SectionId, TaxonomyId, TermId};
use crate::view::{self, Shown};

/// The list of the terms of a taxonomy.
pub(super) fn taxonomy<'a>(inputs: &Inputs<'a>, id: TaxonomyId, template: &'a str) -> Sheet<'a> {
    let taxonomy = inputs.site.taxonomies.taxonomy(id);
    let head = Head::of(inputs, taxonomy.head);
    let words = |key: &str| inputs.theme.word(head.at.language, key);
    let (site, views) = (inputs.site, inputs.views);
    let value = view::taxonomy(site, views, id, &head.content, head.shown, &words);
    let At { language, file, .. } = head.at;
    let mut sheet = Sheet::new(inputs, template, &taxonomy.permalink, language, file);
    if let Some(terms) = value.get_from_path("terms") {
        sheet.set("terms", terms.clone());
    }
    sheet.set("taxonomy", value);
    sheet.fail(head.failed);
    sheet
}

/// What a template sees of a term, the same on all pages of its list.
pub(super) fn term_value(inputs: &Inputs<'_>, id: TermId) -> Made {
    let head = Head::of(inputs, inputs.site.taxonomies.term(id).head);
    let words = |key: &str| inputs.theme.word(head.at.language, key);
    (view::term(inputs.site, inputs.views, id, &head.content, head.shown, &words), head.failed)
}

/// One page of the list of the pages that carry a term.
pub(super) fn term<'a>(
    inputs: &Inputs<'a>,
    id: TermId,
    template: &'a str,
    part: &Part,
) -> Sheet<'a> {
    let term = inputs.site.taxonomies.term(id);
    let at = At::of(inputs, term.head);
    let mut sheet = Sheet::new(inputs, template, &part.pager().permalink, at.language, at.file);
    sheet.set("taxonomy", inputs.views.taxonomy(term.taxonomy).clone());
    let (value, failed) = part.value(|| term_value(inputs, id));
    sheet.set("term", value);
    sheet.fail(failed);
    if term.paginate_by > 0 {
        let Part { pagers, number, .. } = part;
        let by = term.paginate_by;
        let paginator = inputs.views.paginator(inputs.site, &term.pages, by, pagers, *number);
        sheet.set("paginator", paginator);
    }
    sheet
}

/// What the section that stands over a list brings to it.
struct Head<'a> {
    content: String,
    shown: Shown,
    failed: Option<Diagnostic>,
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
    fn of(inputs: &Inputs<'a>, head: Option<SectionId>) -> Self {
        let at = At::of(inputs, head);
        let Text { html: content, shown, failed } = match at.page {
            Some(id) => content(inputs, id, at.language),
            None => Text::default(),
        };
        Self { content, shown, failed, at }
    }
}

impl<'a> At<'a> {
    fn of(inputs: &Inputs<'a>, head: Option<SectionId>) -> Self {
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
