//! What the functions of a template may look up: plain data, made once for all pages.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use tera::{Error, State, TeraResult, Value};

use crate::path::BaseUrl;
use crate::text::fold::fold_name;
use crate::text::nearest::nearest;

use super::argument::{Arguments, fact};

/// Reads a file of the site for `load_data`, or says in words why it cannot be read, without
/// its name: "there is no such file".
type Read = Box<dyn Fn(&str) -> Result<Arc<str>, String> + Send + Sync>;

/// Turns Markdown into HTML; the flag leaves out the paragraph around a single line.
type Markdown = Box<dyn Fn(&str, bool) -> String + Send + Sync>;

/// What the functions of a template may look up.
pub struct Lookup {
    /// The card of each page, with its absolute `permalink`, by its path under `content/`:
    /// `guide/install.md`.
    pub pages: BTreeMap<String, Value>,
    /// The view of each section, with its absolute `permalink`: `guide/_index.md`.
    pub sections: BTreeMap<String, Value>,
    /// The link to each file that is no page by its output path, with the content hash in it
    /// where there is one: `scholar.css` leads to `/kb/scholar.1f2e3d4c.css`. Static files and
    /// assets are among them, and what rendering makes on its own, such as `sitemap.xml`.
    pub files: BTreeMap<String, String>,
    /// The view of each taxonomy, with its terms, by its name.
    pub taxonomies: BTreeMap<String, Value>,
    /// The view of each term, with its absolute `permalink`, by its taxonomy and its
    /// [`term_key`].
    pub terms: BTreeMap<(String, String), Value>,
    /// The entries of the main navigation, as the site writes them under `[extra]`; without
    /// them it has the first sections.
    pub menu: Vec<Value>,
    /// The address of the site's root.
    pub base: BaseUrl,
    /// The site's own language.
    pub language: String,
    /// The words of the theme and the site, by language and key.
    pub translations: BTreeMap<String, BTreeMap<String, String>>,
    /// The build's date, or date and time.
    pub now: String,
    /// Reads a file of the site.
    pub read: Read,
    /// Turns Markdown into HTML; without it the filter `markdown` is an error.
    pub markdown: Option<Markdown>,
}

impl Default for Lookup {
    fn default() -> Self {
        Self {
            pages: BTreeMap::new(),
            sections: BTreeMap::new(),
            files: BTreeMap::new(),
            taxonomies: BTreeMap::new(),
            terms: BTreeMap::new(),
            menu: Vec::new(),
            base: BaseUrl { origin: String::new(), path: String::new() },
            language: "en".to_owned(),
            translations: BTreeMap::new(),
            now: String::new(),
            read: Box::new(|_| Err("there is no such file".to_owned())),
            markdown: None,
        }
    }
}

impl fmt::Debug for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lookup")
            .field("pages", &self.pages.len())
            .field("sections", &self.sections.len())
            .field("files", &self.files.len())
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

/// The key of a term in [`Lookup::terms`]: its name without regard to case and spacing.
pub fn term_key(name: &str) -> String {
    fold_name(name)
}

/// A path under `content/` without the `@/` before it.
pub(super) fn content_path(path: &str) -> &str {
    path.strip_prefix("@/").unwrap_or(path)
}

impl Lookup {
    /// Finds a page or a section by its path under `content/`, with or without the `@/`.
    pub(super) fn content(&self, path: &str) -> Option<&Value> {
        let path = content_path(path);
        self.pages.get(path).or_else(|| self.sections.get(path))
    }

    /// The error of a path that leads to no page.
    pub(super) fn no_content(&self, path: &str) -> Error {
        let wanted = content_path(path);
        let known = self.pages.keys().chain(self.sections.keys()).map(String::as_str);
        let help = nearest(wanted, known)
            .map(|name| format!("did you mean `@/{name}`?"))
            .unwrap_or_default();
        fact(format!("`{path}` leads to no page"), &help)
    }

    /// The root-relative link to a page or section: its permalink without the origin.
    pub(super) fn href(&self, content: &Value) -> Option<String> {
        let permalink = content.get_from_path("permalink")?.as_str()?;
        let href = permalink.strip_prefix(self.base.origin.as_str()).unwrap_or(permalink);
        Some(href.to_owned())
    }

    /// Tells whether a page, a list or a file is served at a root-relative link; that of a page
    /// may lack the slash at its end.
    pub(super) fn serves(&self, href: &str) -> bool {
        let is_it = |other: &str| other == href || other.strip_suffix('/') == Some(href);
        let lists = self.taxonomies.values().chain(self.terms.values());
        self.files.values().any(|other| is_it(other))
            || self
                .pages
                .values()
                .chain(self.sections.values())
                .chain(lists)
                .filter_map(|content| self.href(content))
                .any(|other| is_it(&other))
    }

    /// Makes a root-relative link absolute; others stay.
    pub(super) fn absolute(&self, href: &str) -> String {
        if href.starts_with('/') && !href.starts_with("//") {
            format!("{}{href}", self.base.origin)
        } else {
            href.to_owned()
        }
    }

    /// Works in the language that a call names with `lang=`, else in that of the page, which is
    /// its variable `lang`, else in the site's.
    pub(super) fn in_language<T>(
        &self,
        arguments: &Arguments<'_>,
        state: &State<'_>,
        work: impl FnOnce(&str) -> TeraResult<T>,
    ) -> TeraResult<T> {
        let page = state.get::<Value>("lang")?;
        work(match arguments.text("lang")? {
            Some(language) => language,
            None => page.as_ref().and_then(Value::as_str).unwrap_or(&self.language),
        })
    }

    /// The words of a key in the nearest language that has it.
    pub(super) fn translation(&self, key: &str, language: &str) -> Option<&str> {
        [language, &self.language, "en"]
            .into_iter()
            .flat_map(|language| [Some(language), language.split_once('-').map(|(base, _)| base)])
            .flatten()
            .find_map(|language| self.translations.get(language)?.get(key))
            .map(String::as_str)
    }
}
