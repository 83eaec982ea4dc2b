//! Pages that lead on to another address.

use super::inputs::Inputs;
use super::sheet::Sheet;
use crate::path::Permalink;

/// A page that leads on.
pub(super) fn redirect<'a>(inputs: &Inputs<'a>, target: &'a str, canonical: &str) -> Sheet<'a> {
    let language = &inputs.config.language;
    let mut sheet = Sheet::new(inputs, "redirect.html", &Permalink::root(), language, target);
    sheet.set("target", target);
    sheet.set("canonical", canonical);
    sheet
}
