//! Pages, sections and the page for what is not there.

use std::collections::BTreeSet;

use super::inputs::Inputs;
use super::part::{Made, Part};
use super::sheet::{ONCE, Sheet, place};
use crate::diag::Diagnostic;
use crate::path::Permalink;
use crate::site::{PageId, SectionId};
use crate::theme::Context;
use crate::view::{self, Shown};

/// A page.
pub(super) fn page<'a>(inputs: &Inputs<'a>, id: PageId, template: &'a str) -> Sheet<'a> {
    let page = inputs.site.pages.page(id);
    let language = page.card.language.as_deref().unwrap_or(&inputs.config.language);
    let Text { html, shown, failed } = content(inputs, id, language);
    let words = |key: &str| inputs.theme.word(language, key);
    let value = view::page(inputs.site, inputs.views, id, &html, shown, &words);
    let mut sheet =
        Sheet::new(inputs, template, &page.card.permalink, language, page.path.as_str());
    sheet.set("page", value);
    sheet.fail(failed);
    sheet
}

/// What a template sees of a section, the same on all pages of its list.
pub(super) fn section_value(inputs: &Inputs<'_>, id: SectionId) -> Made {
    let language = language(inputs, id);
    let Text { html, shown, failed } = match inputs.site.tree.section(id).page {
        Some(id) => content(inputs, id, language),
        None => Text::default(),
    };
    let words = |key: &str| inputs.theme.word(language, key);
    (view::section(inputs.site, inputs.views, id, &html, shown, &words), failed)
}

/// A section, or one page of its list.
pub(super) fn section<'a>(
    inputs: &Inputs<'a>,
    id: SectionId,
    template: &'a str,
    by: usize,
    part: &Part,
) -> Sheet<'a> {
    let section = inputs.site.tree.section(id);
    let page = section.page.map(|id| inputs.site.pages.page(id));
    let file = page.map_or("content/_index.md", |page| page.path.as_str());
    let mut sheet =
        Sheet::new(inputs, template, &part.pager().permalink, language(inputs, id), file);
    let (value, failed) = part.value(|| section_value(inputs, id));
    sheet.set("section", value);
    sheet.fail(failed);
    if by > 0 {
        let Part { pagers, number, .. } = part;
        let paginator = inputs.views.paginator(inputs.site, &section.pages, by, pagers, *number);
        sheet.set("paginator", paginator);
    }
    sheet
}

fn language<'a>(inputs: &'a Inputs<'_>, id: SectionId) -> &'a str {
    let page = inputs.site.tree.section(id).page.map(|id| inputs.site.pages.page(id));
    page.and_then(|page| page.card.language.as_deref()).unwrap_or(&inputs.config.language)
}

/// What a host serves for an address that is not there.
pub(super) fn not_found<'a>(inputs: &Inputs<'a>) -> Sheet<'a> {
    let permalink = Permalink::not_found();
    Sheet::new(inputs, "404.html", &permalink, &inputs.config.language, "404.html")
}

/// Where readers search.
pub(super) fn search<'a>(inputs: &Inputs<'a>) -> Sheet<'a> {
    let permalink = inputs.site.search_page.clone().unwrap_or_else(Permalink::root);
    Sheet::new(inputs, "search.html", &permalink, &inputs.config.language, "search.html")
}

/// The text of a page as HTML, and its sources.
#[derive(Default)]
pub(super) struct Text {
    pub(super) html: String,
    pub(super) shown: Shown,
    /// The first mistake in a component that the text calls.
    pub(super) failed: Option<Diagnostic>,
}

/// The text of a page and its sources.
pub(super) fn content(inputs: &Inputs<'_>, id: PageId, language: &str) -> Text {
    let words = |key: &str| inputs.theme.word(language, key);
    let texts = inputs.site.pages.page(id).texts.open();
    let shown = view::show(inputs.site, &inputs.views.works, id, &texts.html, &words);
    let mut failed = None;
    let mut call = |call: view::Call<'_>| match component(inputs, id, language, call)? {
        Ok(html) => Some(html),
        Err(finding) => {
            failed.get_or_insert(finding);
            None
        }
    };
    let html = view::fill(inputs.site, inputs.views, id, &texts.html, &shown, &words, &mut call);
    Text { html, shown, failed }
}

/// Renders a component that a text calls; none where no component is called so.
fn component(
    inputs: &Inputs<'_>,
    id: PageId,
    language: &str,
    call: view::Call<'_>,
) -> Option<Result<String, Diagnostic>> {
    let may_call = |all: &BTreeSet<String>| all.contains(call.name);
    if call.argument == "directive" && !inputs.site.directives.as_ref().is_some_and(may_call) {
        return None;
    }
    let page = inputs.site.pages.page(id);
    let mut implicit = Context::new();
    for (name, value) in place(inputs, &page.card.permalink, language) {
        implicit.insert_value(name, value);
    }
    implicit.insert_value("page", inputs.views.card(id).clone());
    implicit.insert_value(ONCE, inputs.theme.once(language));
    let mut arguments = Context::new();
    arguments.insert_value(call.argument, call.value);
    let file = page.path.as_str();
    Some(inputs.theme.component(call.name, &arguments, &implicit, Some(call.body), file))
}

/// One page of the list of references.
pub(super) fn references<'a>(inputs: &Inputs<'a>, number: usize) -> Sheet<'a> {
    let pager = &inputs.views.works.pagers()[number - 1];
    let name = "references.html";
    let language = &inputs.config.language;
    let mut sheet = Sheet::new(inputs, name, &pager.permalink, language, name);
    let words = |key: &str| inputs.theme.word(language, key);
    sheet.set("references", view::references(inputs.site, inputs.views, number, &words));
    sheet
}
