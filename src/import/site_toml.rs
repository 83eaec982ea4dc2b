//! The `site.toml` of a site that is imported.

use std::collections::{BTreeMap, BTreeSet};

use super::matter::{inline, key};
use super::value::Map;
use crate::path::BaseUrl;
use crate::text::slug::slug;

/// What `site.toml` says.
#[derive(Clone, Default, Debug)]
pub(super) struct Settings {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// The address as it was written.
    pub(super) base_url: Option<String>,
    pub(super) language: Option<String>,
    /// Whether pages are served as files, as Quarto does.
    pub(super) flat: bool,
    pub(super) feed: bool,
    /// Taxonomies that are declared, in order.
    pub(super) taxonomies: Vec<Taxonomy>,
    /// Bibliographies below `content/`.
    pub(super) bibliographies: Vec<String>,
    /// The name of a CSL style, or the path of one.
    pub(super) style: Option<String>,
    /// Content types that pages name.
    pub(super) types: BTreeSet<String>,
    pub(super) extra: toml::Table,
    /// Rules that are set to a warning, and how often each found something.
    pub(super) lowered: BTreeMap<&'static str, usize>,
    /// The names of taxonomies that were declared, as they were written and as slugs.
    declared: BTreeSet<String>,
    slugs: BTreeSet<String>,
    /// The taxonomies by the keys of front matter that name them: `tag` for `tags`.
    keys: BTreeMap<String, String>,
}

/// A declared taxonomy.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Taxonomy {
    pub(super) name: String,
    pub(super) feed: bool,
    pub(super) paginate_by: Option<i64>,
}

impl Settings {
    /// Declares a taxonomy, unless it is declared.
    pub(super) fn declare(&mut self, name: &str, keys: &[&str]) {
        // Every term of every page comes by here.
        if self.declared.contains(name) {
            return;
        }
        self.declared.insert(name.to_owned());
        let slugged = slug(name);
        if slugged.is_empty() || !self.slugs.insert(slugged) {
            return;
        }
        for key in keys.iter().chain([&name]) {
            self.keys.entry(key.to_ascii_lowercase()).or_insert_with(|| name.to_owned());
        }
        self.taxonomies.push(Taxonomy { name: name.to_owned(), ..Taxonomy::default() });
    }

    /// The taxonomy that a key of front matter names.
    pub(super) fn taxonomy(&self, key: &str) -> Option<&str> {
        self.keys.get(&key.to_ascii_lowercase()).map(String::as_str)
    }

    /// The address of the site, if what was written is one.
    pub(super) fn base(&self) -> Option<BaseUrl> {
        BaseUrl::parse(self.base_url.as_deref()?.trim()).ok()
    }

    /// Keeps some of the old settings for templates.
    pub(super) fn keep(&mut self, map: &Map, way: &[&str], name: &str) {
        if let Some(value) = map.at(way).and_then(super::value::Value::toml) {
            self.extra.insert(name.to_owned(), value);
        }
    }

    /// The text.
    pub(super) fn print(&self) -> String {
        let mut out = String::new();
        let text = |text: &str| inline(&toml::Value::String(text.to_owned()));
        let title = self.title.clone().filter(|title| !title.trim().is_empty());
        match title {
            Some(title) => out.push_str(&format!("title = {}\n", text(&title))),
            None => out.push_str("title = \"A site\" # a guess: the settings name none\n"),
        }
        match self.base() {
            Some(base) => {
                out.push_str(&format!("base_url = {}\n", text(base.root().trim_end_matches('/'))));
            }
            None => {
                let guess = "# a guess: the settings name no address";
                out.push_str(&format!("base_url = \"https://example.org\" {guess}\n"));
            }
        }
        if let Some(description) = self.description.as_ref().filter(|text| !text.trim().is_empty())
        {
            let words = description.split_whitespace().collect::<Vec<_>>().join(" ");
            out.push_str(&format!("description = {}\n", text(&words)));
        }
        let language = self.language.as_deref().map(|tag| tag.replace('_', "-"));
        match language.filter(|tag| is_tag(tag)) {
            Some(tag) => out.push_str(&format!("language = {}\n", text(&tag))),
            None => out.push_str("language = \"en\" # a guess: the settings name none\n"),
        }
        if self.flat {
            out.push_str("urls = \"flat\"\n");
        }
        if !self.bibliographies.is_empty() || self.style.is_some() {
            out.push_str("\n[citations]\n");
            if !self.bibliographies.is_empty() {
                let files: Vec<String> =
                    self.bibliographies.iter().map(|file| text(file)).collect();
                out.push_str(&format!("files = [{}]\n", files.join(", ")));
            }
            if let Some(style) = &self.style {
                out.push_str(&format!("style = {}\n", text(style)));
            }
        }
        if !self.lowered.is_empty() {
            out.push_str("\n# What the import found and could not mend. Take a line out when it is mended.\n[checks]\n");
            for (rule, count) in &self.lowered {
                out.push_str(&format!("{rule} = \"warning\" # {count} found\n"));
            }
        }
        if self.feed {
            out.push_str("\n[feed]\n");
        }
        for taxonomy in &self.taxonomies {
            out.push_str(&format!("\n[[taxonomies]]\nname = {}\n", text(&taxonomy.name)));
            if taxonomy.feed {
                out.push_str("feed = true\n");
            }
            if let Some(by) = taxonomy.paginate_by.filter(|by| *by > 0) {
                out.push_str(&format!("paginate_by = {by}\n"));
            }
        }
        for name in &self.types {
            out.push_str(&format!("\n[types.{name}]\n"));
        }
        if !self.extra.is_empty() {
            out.push_str("\n[extra]\n");
            for (name, value) in &self.extra {
                out.push_str(&format!("{} = {}\n", key(name), inline(value)));
            }
        }
        out
    }
}

/// The form of a BCP 47 tag.
pub(super) fn is_tag(tag: &str) -> bool {
    tag.split('-').enumerate().all(|(n, part)| match n {
        0 => (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()),
        _ => (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()),
    })
}

#[cfg(test)]
mod tests {
    use super::Settings;
    use crate::config::{Overrides, parse};
    use crate::path::SourcePath;

    #[test]
    fn what_is_written_is_read() {
        let mut settings = Settings {
            title: Some("A \"b\"".into()),
            base_url: Some("https://example.org/kb/".into()),
            language: Some("pt_BR".into()),
            feed: true,
            ..Settings::default()
        };
        settings.declare("tags", &["tag"]);
        settings.declare("Tags", &[]);
        settings.lowered.insert("broken-link", 2);
        settings.extra.insert("menu".into(), toml::Value::Array(vec!["a".into()]));
        let file = SourcePath::new("site.toml");
        let config = parse(&file, &settings.print(), &Overrides::default()).unwrap();
        assert_eq!(config.title, "A \"b\"");
        assert_eq!(config.base.path, "/kb");
        assert_eq!(config.language, "pt-BR");
        assert_eq!(config.taxonomies.len(), 1);
        assert_eq!(settings.taxonomy("tag"), Some("tags"));
        parse(&file, &Settings::default().print(), &Overrides::default()).unwrap();
    }
}
