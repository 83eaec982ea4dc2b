//! How others cite a page.

use super::people;
use crate::cite::export::to_bibtex;
use crate::cite::{Name, Names, PartialDate, Reference, Rich, When};
use crate::config::Config;
use crate::date::Date;
use crate::page::Page;
use crate::site::{PageId, Site};
use crate::theme::{Fields, Value};

/// The page as others cite it: in words, and for reference managers.
pub(super) fn citation(site: &Site, config: &Config, id: PageId) -> Value {
    let page = site.pages.page(id);
    let card = &page.card;
    let authors: Vec<&str> =
        site.people.authors(id).iter().map(|author| people::name(site, author)).collect();
    let address = site.base.absolute(&card.permalink);
    let changed = card.updated.as_ref().or(card.date.as_ref());
    let mut text = String::new();
    if !authors.is_empty() {
        text.push_str(&format!("{}. ", authors.join(", ")));
    }
    let stop = if card.title.ends_with(['.', '?', '!']) { "" } else { "." };
    text.push_str(&format!("{}{stop} {}. ", card.title, config.title));
    if let Some(date) = changed {
        text.push_str(&format!("{}. ", date.day()));
    }
    text.push_str(&address);
    let reference = reference(page, &authors, config, address, changed);
    let mut map = Fields::with_capacity(2);
    map.set("text", text);
    map.set("bibtex", to_bibtex(&[&reference]));
    map.into()
}

fn reference(
    page: &Page,
    authors: &[&str],
    config: &Config,
    address: String,
    changed: Option<&Date>,
) -> Reference {
    let card = &page.card;
    let key = if card.slug.is_empty() { "home" } else { &card.slug };
    let mut reference = Reference::new(key, "webpage", page.path.clone(), 0..0);
    let texts = [
        ("title", card.title.clone()),
        // In BibTeX the `organization` of an `@online`, which has no journal.
        ("publisher", config.title.clone()),
        ("URL", address),
    ];
    reference.texts = texts.into_iter().map(|(name, text)| (name, Rich::plain(text))).collect();
    if let Some(from) = changed.and_then(partial) {
        let issued = When::Date { from, to: None, circa: false };
        reference.dates.insert("issued", issued);
    }
    let list: Vec<Name> = authors.iter().map(|name| Name::Literal((*name).to_owned())).collect();
    if !list.is_empty() {
        reference.names.insert("author", Names { list, others: false });
    }
    reference
}

fn partial(date: &Date) -> Option<PartialDate> {
    let day = date.day();
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let small = |part: u16| u8::try_from(part).ok();
    Some(PartialDate { year: year.into(), month: small(month), day: small(day), season: None })
}
