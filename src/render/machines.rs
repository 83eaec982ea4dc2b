//! What is offered to programs that read for people: pages as Markdown, and `llms.txt`.

use super::inputs::Inputs;
use crate::page::Page;
use crate::site::{PageId, SectionId, twin_path};
use crate::text::escape::markdown;
use crate::view;

/// Writes a page as Markdown.
pub(super) fn twin(inputs: &Inputs<'_>, id: PageId) -> String {
    let page = inputs.site.pages.page(id);
    let language = page.card.language.as_deref().unwrap_or(&inputs.config.language);
    let words = |key: &str| inputs.theme.word(language, key);
    let text = (inputs.text)(&page.path);
    view::twin(inputs.site, id, text.as_deref().unwrap_or_default(), &words)
}

/// Writes `llms.txt`: the name of the site, what it is, and its pages by section.
pub(super) fn llms(inputs: &Inputs<'_>) -> String {
    let (site, config) = (inputs.site, inputs.config);
    let mut out = format!("# {}\n", markdown(&config.title));
    if !config.description.trim().is_empty() {
        out.push_str(&format!("\n> {}\n", markdown(&config.description)));
    }
    for section in in_order(inputs) {
        let own = site.tree.section(section);
        let pages = own.pages.iter().copied().filter(|&id| site.tree.section_of(id) == section);
        let pages: Vec<PageId> = pages.filter(|&id| view::is_public(site, id)).collect();
        let head = own.page.filter(|&id| view::is_public(site, id));
        if pages.is_empty() {
            continue;
        }
        let title = head.map_or(config.title.as_str(), |id| &site.pages.page(id).card.title);
        out.push_str(&format!("\n## {}\n\n", markdown(title)));
        // The section itself has a text worth reading where it has any.
        let head = head.filter(|&id| !site.pages.page(id).texts.open().prose.trim().is_empty());
        for id in head.into_iter().chain(pages) {
            out.push_str(&entry(inputs, site.pages.page(id)));
        }
    }
    out
}

/// The sections as a reader goes through them: each before those below it.
fn in_order(inputs: &Inputs<'_>) -> Vec<SectionId> {
    let tree = &inputs.site.tree;
    let mut order = Vec::with_capacity(tree.sections().len());
    let mut open = vec![SectionId::ROOT];
    while let Some(section) = open.pop() {
        order.push(section);
        open.extend(tree.section(section).subsections.iter().rev());
    }
    order
}

fn entry(inputs: &Inputs<'_>, page: &Page) -> String {
    let base = &inputs.site.base;
    let card = &page.card;
    let twin = twin_path(&card.permalink).filter(|_| inputs.config.machines.markdown_twins);
    let address = match twin {
        Some(path) => base.whole(&base.file_href(&path)),
        None => base.absolute(&card.permalink),
    };
    let title = markdown(&card.title);
    match &card.description {
        Some(description) => format!("- [{title}]({address}): {}\n", markdown(description)),
        None => format!("- [{title}]({address})\n"),
    }
}
