//! A file that a template makes: all that it is given.

use std::borrow::Cow;

use crate::diag::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::path::Permalink;
use crate::text::direction::direction;
use crate::theme::{Bound, Context, Digests, Value};

use super::inputs::Inputs;

/// What templates call that which is rendered once for all pages of a language.
pub(super) const ONCE: &str = "once";

/// A template with the values that it is given.
pub struct Sheet<'a> {
    template: &'a str,
    values: Vec<(&'static str, Value)>,
    /// What all pages of its language show alike.
    once: Value,
    /// What is rendered, as messages name it.
    about: Cow<'a, str>,
    /// The mistake in a component that left something out of the values.
    failed: Option<Diagnostic>,
}

/// What every template knows: its language and the address it is rendered for.
pub(super) fn place(
    inputs: &Inputs<'_>,
    permalink: &Permalink,
    language: &str,
) -> Vec<(&'static str, Value)> {
    vec![
        ("lang", Value::from(language)),
        ("dir", direction(language).into()),
        ("current_url", inputs.site.base.absolute(permalink).into()),
        ("current_path", permalink.as_str().into()),
    ]
}

impl<'a> Sheet<'a> {
    /// Begins with what every template knows.
    pub(super) fn new(
        inputs: &Inputs<'_>,
        template: &'a str,
        permalink: &Permalink,
        language: &str,
        about: impl Into<Cow<'a, str>>,
    ) -> Self {
        let values = place(inputs, permalink, language);
        let once = inputs.theme.once(language);
        Self { template, values, once, about: about.into(), failed: None }
    }

    pub(super) fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        self.values.push((name, value.into()));
    }

    /// Something was left out of a value.
    pub(super) fn fail(&mut self, failed: Option<Diagnostic>) {
        if self.failed.is_none() {
            self.failed = failed;
        }
    }

    /// A hash of the template's name and of all that it is given.
    pub(super) fn fingerprint(&self, digests: &Digests) -> Fingerprint {
        let values = self.values.iter().map(|(name, value)| (*name, value));
        let seen = digests.of(values);
        // What has failed is never what was made before.
        let failed = self.failed.as_ref().map_or("", |failed| failed.message.as_str());
        Fingerprint::of_parts([self.template.as_bytes(), seen.as_bytes(), failed.as_bytes()])
    }

    /// Renders it.
    ///
    /// # Errors
    ///
    /// The mistake in a template that keeps it from being made.
    pub(super) fn render(self, theme: &Bound) -> Result<String, Diagnostic> {
        if let Some(failed) = self.failed {
            return Err(failed);
        }
        let mut context = Context::new();
        for (name, value) in self.values {
            context.insert_value(name, value);
        }
        context.insert_value(ONCE, self.once);
        theme.render(self.template, &context, &self.about)
    }
}
