//! Templates with all they look up: what pages are rendered with.

use std::sync::Arc;

use tera::{Context, ErrorKind, Tera};

use crate::diag::Diagnostic;

use super::layer::Library;
use super::lookup::Lookup;
use super::report;

/// The templates of a site, bound to what their functions look up. Shared by all threads.
#[derive(Clone, Debug)]
pub struct Bound {
    tera: Tera,
    stack: Arc<Library>,
    lookup: Arc<Lookup>,
}

impl Bound {
    pub(super) fn new(tera: Tera, stack: Arc<Library>, lookup: Arc<Lookup>) -> Self {
        Self { tera, stack, lookup }
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
        self.tera
            .render(template, context)
            .map_err(|error| report::render(&self.stack, template, &error, page))
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
