//! A page as Markdown that holds anywhere: its own text, links whole, citations resolved.

use std::ops::Range;

use super::body::href;
use super::people;
use super::twin_directive;
use crate::cite::{Around, Citation, Form, WorkId};
use crate::markdown::{Link, LinkKind, Target};
use crate::page::{self, Kind, Page, TitleFrom};
use crate::site::{self, Destination, Due, PageId, Site, twin_path};
use crate::text::escape::{self, markdown};

/// The link to the Markdown of a page; none where it has no twin.
pub(super) fn href_of(site: &Site, id: PageId) -> Option<String> {
    let path = twin_path(&site.pages.page(id).card.permalink)?;
    is_public(site, id).then(|| site.base.file_href(&path))
}

/// Tells whether a page is for everybody, even where drafts and the like are built.
pub fn is_public(site: &Site, id: PageId) -> bool {
    site::is_public(&site.pages, &site.tree, &site.today, id)
}

/// Writes a page as Markdown from the text of its file; `words` gives the words of its language.
pub fn twin(site: &Site, id: PageId, text: &str, words: &dyn Fn(&str) -> String) -> String {
    let page = site.pages.page(id);
    let mut out = String::with_capacity(text.len() + 1024);
    head(&mut out, site, id, words);
    let mut body = page::body(text);
    body.start +=
        text[body.clone()].len() - text[body.clone()].trim_start_matches(['\r', '\n']).len();
    let mut changes = changes(site, id, text, words);
    changes.sort_by_key(|(range, _)| range.start);
    for (range, change) in changes {
        // What stands within something that was changed already has gone with it.
        if range.start < body.start || range.end > body.end {
            continue;
        }
        out.push_str(&text[body.start..range.start]);
        out.push_str(&change);
        body.start = range.end;
    }
    out.push_str(text[body].trim_end());
    out.push('\n');
    list(&mut out, site, id, words);
    if page.card.kind == Kind::Section {
        pages(&mut out, site, id, words);
    }
    out
}

/// What stands over the text: title, deck, who and when.
fn head(out: &mut String, site: &Site, id: PageId, words: &dyn Fn(&str) -> String) {
    let page = site.pages.page(id);
    let card = &page.card;
    if page.title_from != TitleFrom::Heading {
        out.push_str(&format!("# {}\n\n", markdown(&card.title)));
    }
    if let Some(description) = &card.description {
        out.push_str(&format!("> {}\n\n", markdown(description)));
    }
    let mut facts = Vec::new();
    let authors = site.people.authors(id).iter();
    let authors: Vec<String> = authors.map(|author| markdown(people::name(site, author))).collect();
    if !authors.is_empty() {
        facts.push(format!("{} {}", words("by"), authors.join(", ")));
    }
    if let Some(date) = &card.date {
        facts.push(format!("{} {}", words("published-on"), date.day()));
    }
    if let Some(date) = &card.updated {
        facts.push(format!("{} {}", words("updated-on"), date.day()));
    }
    for review in site.reviews.of(id) {
        let by = markdown(&site.pages.page(site.people.person(review.by).page).card.title);
        // For these kinds the language has words of its own; another is as its author writes it.
        let (on, kind) = match review.kind.as_deref() {
            Some(kind @ ("medical" | "fact-check" | "editorial")) => {
                (words(&format!("reviewed-on-{kind}")), String::new())
            }
            Some(kind) => (words("reviewed-on"), format!(" ({})", markdown(kind))),
            None => (words("reviewed-on"), String::new()),
        };
        facts.push(format!("{on} {} {} {by}{kind}", review.on.day(), words("reviewed-by")));
    }
    if let Due::On(day) = site.reviews.due(id) {
        facts.push(format!("{} {}", words("review-due"), day.day()));
    }
    facts.push(format!("<{}>", site.base.absolute(&card.permalink)));
    for fact in facts {
        out.push_str(&format!("- {fact}\n"));
    }
    out.push('\n');
}

/// What is to be written in the place of some bytes of the file.
fn changes(
    site: &Site,
    id: PageId,
    text: &str,
    words: &dyn Fn(&str) -> String,
) -> Vec<(Range<usize>, String)> {
    let page = site.pages.page(id);
    let links = page.body.links.iter().zip(site.links.of(id));
    let links = links.filter_map(|(link, to)| {
        let range = extent(link, text);
        let change = whole(site, page, link, to, text.get(range.clone())?)?;
        Some((range, change))
    });
    let sources = site.cited.sources(id);
    let citations = page.body.citations.iter().zip(&sources.citations);
    let citations = citations.filter_map(|(citation, found)| {
        let marker = marker(site, &sources.listed, citation, found, words)?;
        Some((citation.span.clone(), marker))
    });
    let directives = twin_directive::changes(site, id, text, words);
    links.chain(citations).chain(directives).collect()
}

/// The bytes that a link is written anew in: its destination, or all of a wikilink.
fn extent(link: &Link, text: &str) -> Range<usize> {
    let Range { start, end } = link.span;
    let opened = text.get(..start).and_then(|before| before.trim_end().strip_suffix("[["));
    let closed = text.get(end..).and_then(|behind| behind.find("]]"));
    match (&link.target, opened, closed) {
        (Target::Name(_), Some(before), Some(at)) => {
            before.strip_suffix('!').unwrap_or(before).len()..end + at + 2
        }
        _ => start..end,
    }
}

/// A link with its whole address, as it is to stand in place of what is `written`.
fn whole(site: &Site, page: &Page, link: &Link, to: &Destination, written: &str) -> Option<String> {
    let address = match to {
        Destination::Written | Destination::Missing(_) => return None,
        Destination::Here { .. } => {
            let own = site.base.absolute(&page.card.permalink);
            format!("{own}{}", href(site, to, &link.written))
        }
        _ => site.base.whole(&href(site, to, &link.written)),
    };
    let is_raw = matches!(link.kind, LinkKind::RawHref | LinkKind::RawSrc);
    let is_whole = written.starts_with('[') || written.starts_with("![");
    // What stands in more than one place of the text is better left than torn.
    if !is_whole && written.contains(['<', '\n']) {
        return None;
    }
    if is_raw && !matches!(link.target, Target::Name(_)) {
        return Some(escape::html(&address));
    }
    // Where the destination has no place of its own the whole link is written anew.
    let address = address.replace('(', "%28").replace(')', "%29");
    if !is_whole {
        return Some(address);
    }
    let mark = if link.kind == LinkKind::Image { "!" } else { "" };
    Some(format!("{mark}[{}]({address})", markdown(&link.text)))
}

/// What stands in place of a citation: `[see 1, p. 3; 2]`; none where it names no work, or the
/// text is not to be touched.
fn marker(
    site: &Site,
    listed: &[WorkId],
    citation: &Citation,
    found: &[Option<WorkId>],
    words: &dyn Fn(&str) -> String,
) -> Option<String> {
    let mut items = Vec::new();
    for (item, work) in citation.items.iter().zip(found) {
        let Some(number) = work.and_then(|work| listed.iter().position(|&one| one == work)) else {
            continue;
        };
        let Around { prefix, locator, suffix } = item.around();
        let prefix = markdown(&prefix.text());
        let mut text = if prefix.is_empty() { String::new() } else { format!("{prefix} ") };
        text.push_str(&(number + 1).to_string());
        if let Some(locator) = locator {
            let printed = site.formatted.processor().map(|processor| processor.place(locator));
            text.push_str(&format!(", {}", printed.unwrap_or_default()));
        }
        let suffix = suffix.text();
        text.push_str(if suffix.starts_with(char::is_whitespace) { " " } else { "" });
        text.push_str(&markdown(&suffix));
        items.push(text);
    }
    if items.is_empty() {
        return None;
    }
    let marker = format!("[{}]", items.join("; "));
    let first = found.first().copied().flatten();
    Some(match (citation.form, first) {
        (Form::Narrative, Some(work)) => {
            format!("{} {marker}", markdown(&site.references.work(work).spoken(words)))
        }
        _ => marker,
    })
}

/// The sources, by the numbers of the text, and Additional Reading.
fn list(out: &mut String, site: &Site, id: PageId, words: &dyn Fn(&str) -> String) {
    let sources = site.cited.sources(id);
    let text = |work: WorkId| {
        let printed = site.formatted.work_of(id, work).map_or("", |work| work.text.as_str());
        let mut entry = markdown(printed);
        for (_, href) in site.references.work(work).links() {
            if !printed.contains(&href) {
                entry.push_str(&format!(" <{href}>"));
            }
        }
        entry
    };
    if !sources.listed.is_empty() {
        out.push_str(&format!("\n## {}\n\n", words("sources")));
        for (n, &work) in sources.listed.iter().enumerate() {
            out.push_str(&format!("{}. {}\n", n + 1, text(work)));
        }
    }
    if !sources.additional.is_empty() {
        out.push_str(&format!("\n## {}\n\n", words("additional-reading")));
        for &work in &sources.additional {
            out.push_str(&format!("- {}\n", text(work)));
        }
    }
}

/// What lies in a section.
fn pages(out: &mut String, site: &Site, id: PageId, words: &dyn Fn(&str) -> String) {
    let section = site.tree.section(site.tree.section_of(id));
    let below = section.subsections.iter().filter_map(|id| site.tree.section(*id).page);
    let all = below.chain(section.pages.iter().copied()).filter(|&id| is_public(site, id));
    let all: Vec<&Page> = all.map(|id| site.pages.page(id)).collect();
    if !all.is_empty() {
        out.push_str(&format!("\n## {}\n\n", words("pages")));
    }
    for page in all {
        let address = site.base.absolute(&page.card.permalink);
        out.push_str(&format!("- [{}]({address})", markdown(&page.card.title)));
        let description = page.card.description.as_deref();
        out.push_str(&description.map_or_else(String::new, |text| format!(": {}", markdown(text))));
        out.push('\n');
    }
}
