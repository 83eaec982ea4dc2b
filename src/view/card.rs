//! The view of a card: what lists and neighbours show of a page.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::config::Config;
use crate::page::Kind;
use crate::path::{BaseUrl, Permalink};
use crate::site::{PageId, Site};
use crate::text::words;
use crate::theme::{Fields, Map, Value};

use super::extra::{self, optional};
use super::image::image;
use super::people::People;

/// What the number of words is called in cards.
pub const COUNT: &str = "word_count";

/// The fields of a card, under Zola's names where Zola has the thing.
///
/// How many words a page has is told where a template asks for it: nearly every edit changes it.
pub(super) fn card(
    site: &Site,
    config: &Config,
    people: &People,
    id: PageId,
    counts: bool,
) -> Fields {
    let page = site.pages.page(id);
    let card = &page.card;
    let mut map = addresses(&site.base, &card.permalink);
    let mut set = |key: &'static str, value: Value| map.set(key, value);
    set("kind", card.kind.name().into());
    set("title", card.title.as_str().into());
    set("description", optional(card.description.as_deref()));
    set("slug", card.slug.as_str().into());
    set("date", optional(card.date.as_ref().map(ToString::to_string).as_deref()));
    set("updated", optional(card.updated.as_ref().map(ToString::to_string).as_deref()));
    set(
        "year",
        card.date.as_ref().map_or(Value::none(), |date| Value::from(i64::from(date.year()))),
    );
    set("weight", card.weight.map_or(Value::none(), Value::from));
    set("draft", card.draft.into());
    set("type", optional(card.content_type.as_deref()));
    set("type_title", optional(site.type_title(id)));
    set("language", card.language.as_deref().unwrap_or(&config.language).into());
    let carried = card.taxonomies.iter().filter(|of| !of.terms.is_empty());
    let taxonomies: BTreeMap<&str, &[Spanned<String>]> =
        carried.map(|of| (of.taxonomy.get_ref().as_str(), &*of.terms)).collect();
    set("taxonomies", Value::from_serializable(&taxonomies));
    if counts {
        set(COUNT, card.word_count.into());
    }
    set("reading_time", words::reading_minutes(card.word_count).into());
    set("relative_path", card.relative_path.as_str().into());
    set("extra", card.extra.as_deref().map_or_else(|| Map::new().into(), extra::table));
    set("image", image(site, card, site.links.lead_image(id)));
    if card.kind == Kind::Section {
        let section = site.tree.section(site.tree.section_of(id));
        set("pages_count", section.pages.len().into());
    }
    people.describe(&mut map, site, id);
    map
}

/// The card of the root, where it has no page of its own.
pub(super) fn home(site: &Site, config: &Config) -> Fields {
    let root = Permalink::root();
    let mut map = addresses(&site.base, &root);
    let pages_count = site.tree.sections()[0].pages.len();
    for (key, value) in [
        ("kind", Value::from("section")),
        ("title", config.title.as_str().into()),
        (
            "description",
            optional(Some(config.description.as_str()).filter(|text| !text.is_empty())),
        ),
        ("slug", "".into()),
        ("date", Value::none()),
        ("updated", Value::none()),
        ("year", Value::none()),
        ("weight", Value::none()),
        ("draft", false.into()),
        ("type", Value::none()),
        ("type_title", Value::none()),
        ("language", config.language.as_str().into()),
        ("authors", Vec::<Value>::new().into()),
        ("author_names", Vec::<Value>::new().into()),
        ("taxonomies", Fields::default().into()),
        ("terms", Vec::<Value>::new().into()),
        ("word_count", 0usize.into()),
        ("reading_time", 0usize.into()),
        ("relative_path", "_index.md".into()),
        ("extra", Fields::default().into()),
        ("image", Value::none()),
        ("person", Value::none()),
        ("pages_count", pages_count.into()),
    ] {
        map.set(key, value);
    }
    map
}

/// The three ways to name where a page is served.
pub(super) fn addresses(base: &BaseUrl, permalink: &Permalink) -> Fields {
    let mut map = Fields::with_capacity(28);
    map.set("permalink", base.absolute(permalink));
    map.set("path", permalink.as_str());
    map.set("href", base.href(permalink));
    map
}
