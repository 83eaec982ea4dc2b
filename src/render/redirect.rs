//! Pages that lead on to another address.

use super::inputs::Inputs;
use super::page::place;
use crate::diag::Diagnostic;
use crate::path::Permalink;

/// Renders a page that leads on.
pub(super) fn redirect(
    inputs: &Inputs<'_>,
    target: &str,
    canonical: &str,
) -> Result<String, Diagnostic> {
    let mut context = place(inputs, &Permalink::root(), &inputs.config.language);
    context.insert_value("target", target.into());
    context.insert_value("canonical", canonical.into());
    inputs.theme.render("redirect.html", &context, target)
}
