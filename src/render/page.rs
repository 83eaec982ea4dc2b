//! Pages, sections and the page for what is not there.

use super::inputs::Inputs;
use super::part::Part;
use crate::diag::Diagnostic;
use crate::path::Permalink;
use crate::site::{PageId, SectionId};
use crate::theme::{Context, Value};
use crate::view::{self, Shown};

/// Renders a page.
pub(super) fn page(inputs: &Inputs<'_>, id: PageId, template: &str) -> Result<String, Diagnostic> {
    let page = inputs.site.pages.page(id);
    let language = page.card.language.as_deref().unwrap_or(&inputs.config.language);
    let (content, shown) = content(inputs, id, language);
    let words = |key: &str| inputs.theme.word(language, key);
    let value = view::page(inputs.site, inputs.views, id, &content, shown, &words);
    let mut context = place(inputs, &page.card.permalink, language);
    context.insert_value("page", value);
    inputs.theme.render(template, &context, page.path.as_str())
}

/// What a template sees of a section, the same on all pages of its list.
pub(super) fn section_value(inputs: &Inputs<'_>, id: SectionId) -> Value {
    let language = language(inputs, id);
    let (content, shown) = match inputs.site.tree.section(id).page {
        Some(id) => content(inputs, id, language),
        None => Default::default(),
    };
    let words = |key: &str| inputs.theme.word(language, key);
    view::section(inputs.site, inputs.views, id, &content, shown, &words)
}

/// Renders a section, or one page of its list.
pub(super) fn section(
    inputs: &Inputs<'_>,
    id: SectionId,
    template: &str,
    by: usize,
    part: &Part,
) -> Result<String, Diagnostic> {
    let section = inputs.site.tree.section(id);
    let page = section.page.map(|id| inputs.site.pages.page(id));
    let mut context = place(inputs, &part.pager().permalink, language(inputs, id));
    let value = part.value.clone().unwrap_or_else(|| section_value(inputs, id));
    context.insert_value("section", value);
    if by > 0 {
        let Part { pagers, number, .. } = part;
        let paginator = inputs.views.paginator(inputs.site, &section.pages, by, pagers, *number);
        context.insert_value("paginator", paginator);
    }
    let file = page.map_or("content/_index.md", |page| page.path.as_str());
    inputs.theme.render(template, &context, file)
}

fn language<'a>(inputs: &'a Inputs<'_>, id: SectionId) -> &'a str {
    let page = inputs.site.tree.section(id).page.map(|id| inputs.site.pages.page(id));
    page.and_then(|page| page.card.language.as_deref()).unwrap_or(&inputs.config.language)
}

/// Renders what a host serves for an address that is not there.
pub(super) fn not_found(inputs: &Inputs<'_>) -> Result<String, Diagnostic> {
    let permalink = Permalink::not_found();
    let context = place(inputs, &permalink, &inputs.config.language);
    inputs.theme.render("404.html", &context, "404.html")
}

/// What every template knows: its language and the address it is rendered for.
pub(super) fn place(inputs: &Inputs<'_>, permalink: &Permalink, language: &str) -> Context {
    let mut context = Context::new();
    context.insert_value("lang", Value::from(language));
    context.insert_value("current_url", inputs.site.base.absolute(permalink).into());
    context.insert_value("current_path", permalink.as_str().into());
    context
}

/// The text of a page and its sources.
pub(super) fn content(inputs: &Inputs<'_>, id: PageId, language: &str) -> (String, Shown) {
    let words = |key: &str| inputs.theme.word(language, key);
    let shown = view::show(inputs.site, &inputs.views.works, id, &words);
    (view::fill(inputs.site, id, &shown, &words), shown)
}

/// Renders one page of the list of references.
pub(super) fn references(inputs: &Inputs<'_>, number: usize) -> Result<String, Diagnostic> {
    let pager = &inputs.views.works.pagers()[number - 1];
    let mut context = place(inputs, &pager.permalink, &inputs.config.language);
    let words = |key: &str| inputs.theme.word(&inputs.config.language, key);
    context.insert_value("references", view::references(inputs.site, inputs.views, number, &words));
    inputs.theme.render("references.html", &context, "references.html")
}
