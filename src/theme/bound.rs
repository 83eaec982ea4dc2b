//! Templates with all they look up: what pages are rendered with.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, Error, ErrorKind, Tera, Value};

use crate::diag::Diagnostic;
use crate::fingerprint::Fingerprint;

use super::asks::Asks;
use super::digest::Digests;
use super::layer::Library;
use super::lookup::Lookup;
use super::once::Once;
use super::{menu, report};

/// The templates of a site, bound to what their functions look up. Shared by all threads.
#[derive(Clone, Debug)]
pub struct Bound {
    tera: Tera,
    stack: Arc<Library>,
    lookup: Arc<Lookup>,
    asks: Arc<Asks>,
    once: Arc<Once>,
}

impl Bound {
    pub(super) fn new(
        tera: Tera,
        stack: Arc<Library>,
        lookup: Arc<Lookup>,
        asks: Arc<Asks>,
    ) -> Self {
        let once = Arc::new(Once::new(&tera, &lookup));
        Self { tera, stack, lookup, asks, once }
    }

    /// A hash of all that a rendered page depends on besides the values that it is given: the
    /// templates, the words, `globals`, and the answers of the functions that templates call.
    /// None where that cannot be told before they are called.
    pub fn ground(&self, globals: &Value, digests: &Digests) -> Option<Fingerprint> {
        let (asks, lookup) = (&self.asks, &self.lookup);
        if asks.data {
            return None;
        }
        let mut parts: Vec<Fingerprint> = vec![digests.of([("globals", globals)])];
        let templates = self.stack.templates.iter();
        parts.push(Fingerprint::of_parts(
            templates.flat_map(|(full, template)| [full.as_bytes(), template.text.as_bytes()]),
        ));
        let words = lookup.translations.iter().flat_map(|(language, words)| {
            let words = words.iter().flat_map(|(key, word)| [key.as_str(), word.as_str()]);
            [language.as_str(), "\n"].into_iter().chain(words)
        });
        let base = [&lookup.base.origin, &lookup.base.path, &lookup.language].map(String::as_str);
        let now = asks.now.then_some(lookup.now.as_str());
        let texts = words.chain(base).chain(now).map(str::as_bytes);
        parts.push(Fingerprint::of_parts(texts));
        let files = asks.files.iter().filter_map(|name| lookup.files.get(name));
        parts.push(Fingerprint::of_parts(files.map(String::as_bytes)));
        parts.push(digests.of(menu::entries(lookup).iter().map(|entry| ("entry", entry))));
        if asks.asks_for_site(lookup) {
            let named = |of: &'static str, values: &BTreeMap<String, Value>| {
                let values = values.iter().map(|(name, value)| (name.as_str(), value));
                Fingerprint::of_parts([of.as_bytes(), digests.of(values).as_bytes()])
            };
            parts.push(named("pages", &lookup.pages));
            parts.push(named("sections", &lookup.sections));
            parts.push(named("taxonomies", &lookup.taxonomies));
            let terms = lookup.terms.iter().map(|((_, name), term)| (name.as_str(), term));
            parts.push(digests.of(terms));
            let files =
                lookup.files.iter().flat_map(|(name, href)| [name.as_bytes(), href.as_bytes()]);
            parts.push(Fingerprint::of_parts(files));
        }
        Some(Fingerprint::of_all(&parts))
    }

    /// Tells whether a template's name resolves.
    pub fn has(&self, template: &str) -> bool {
        self.stack.resolve(template).is_some()
    }

    /// The name of a template most like one that does not resolve.
    pub fn nearest(&self, template: &str) -> Option<&str> {
        self.stack.nearest(template)
    }

    /// A word of the theme in a language; where no language has it, its key.
    pub fn word(&self, language: &str, key: &str) -> String {
        self.lookup.translation(key, language).unwrap_or(key).to_owned()
    }

    /// What all pages of a language show alike: the components that are rendered once for each, by
    /// their names. Templates see it as `once`. It hangs on nothing but the language and on what
    /// [`Self::ground`] is a hash of.
    pub fn once(&self, language: &str) -> Value {
        self.once.of(&self.tera, language)
    }

    /// Renders a template. `page` is what is being rendered, as messages name it.
    ///
    /// # Errors
    ///
    /// Where the template is missing, or stops at a value it cannot use.
    pub fn render(
        &self,
        template: &str,
        context: &Context,
        page: &str,
    ) -> Result<String, Diagnostic> {
        if self.stack.resolve(template).is_none() {
            return Err(report::missing(&self.stack, template, page));
        }
        self.tera.render(template, context).map_err(|error| {
            self.cause(&error, context, page)
                .unwrap_or_else(|| report::render(&self.stack, template, &error, page))
        })
    }

    /// The mistake in a component that is rendered once, where that is why a template does not
    /// find what came of it.
    fn cause(&self, error: &Error, context: &Context, page: &str) -> Option<Diagnostic> {
        let ErrorKind::RenderingError(report) = error.kind() else { return None };
        let field = report.message().strip_prefix("Field `")?.split('`').next()?;
        let name = self.once.named(field)?;
        let implicit = Once::implicit(context.get("lang")?.as_str()?);
        self.component(&name, &Context::new(), &implicit, None, page).err()
    }

    /// Renders a component by its name, escaping as in HTML. It sees its arguments and the
    /// body, which is HTML; what it declares with `@` it finds in `implicit` and the globals.
    ///
    /// # Errors
    ///
    /// Where no layer has the component, an argument is missing or of the wrong type, or the
    /// component stops at a value it cannot use.
    pub fn component(
        &self,
        name: &str,
        arguments: &Context,
        implicit: &Context,
        body: Option<&str>,
        page: &str,
    ) -> Result<String, Diagnostic> {
        self.tera.render_component_with_implicits(name, arguments, implicit, body, true).map_err(
            |error| match error.kind() {
                ErrorKind::ComponentNotFound(_) => {
                    report::missing_component(&self.stack, name, page)
                }
                _ => report::component(&self.stack, name, &error, page),
            },
        )
    }
}
