//! What is rendered once for each language of a site, and shown by all its pages.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, Map, Tera, Value};

use super::lookup::Lookup;
use crate::text::direction::direction;

/// What the names of the components begin with that are rendered so.
const PREFIX: &str = "once.";

/// The components that see nothing of a page, as all pages of a language show them.
///
/// They are given the language and what all templates are given, and so there is nothing else
/// that they could depend on.
#[derive(Debug, Default)]
pub(super) struct Once {
    /// Their names behind the prefix, in order.
    names: Vec<String>,
    /// What came of them, by the languages that pages have.
    made: BTreeMap<String, Value>,
}

impl Once {
    /// Renders them in every language that a page has.
    pub(super) fn new(tera: &Tera, lookup: &Lookup) -> Self {
        let names = tera.get_component_names().filter_map(|name| name.strip_prefix(PREFIX));
        let mut once = Self { names: names.map(str::to_owned).collect(), made: BTreeMap::new() };
        once.names.sort_unstable();
        if once.names.is_empty() {
            return once;
        }
        let cards = lookup.pages.values().chain(lookup.sections.values());
        let languages = cards.filter_map(|card| card.get_from_path("language")?.as_str());
        let languages: BTreeSet<&str> = languages.chain([lookup.language.as_str()]).collect();
        once.made = languages
            .into_iter()
            .map(|language| (language.to_owned(), once.make(tera, language)))
            .collect();
        once
    }

    /// All of them in a language, by their names.
    pub(super) fn of(&self, tera: &Tera, language: &str) -> Value {
        self.made.get(language).cloned().unwrap_or_else(|| self.make(tera, language))
    }

    /// What they see beside the values of all templates.
    pub(super) fn implicit(language: &str) -> Context {
        let mut implicit = Context::new();
        implicit.insert_value("lang", language.into());
        implicit.insert_value("dir", direction(language).into());
        implicit
    }

    /// The whole name of the one whose mistake a page has met, when it found that `field` is not
    /// there.
    pub(super) fn named(&self, field: &str) -> Option<String> {
        let name = self.names.iter().find(|name| *name == field)?;
        Some(format!("{PREFIX}{name}"))
    }

    /// What stops at a mistake is left out. A page that asks for it finds out, and nobody else
    /// is kept from being made.
    fn make(&self, tera: &Tera, language: &str) -> Value {
        let implicit = Self::implicit(language);
        let mut made = Map::with_capacity(self.names.len());
        for name in &self.names {
            let full = format!("{PREFIX}{name}");
            let none = Context::new();
            let html = tera.render_component_with_implicits(&full, &none, &implicit, None, true);
            if let Ok(html) = html {
                made.insert(name.clone().into(), Value::safe_string(&html));
            }
        }
        made.into()
    }
}
