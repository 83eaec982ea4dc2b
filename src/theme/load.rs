//! Compiles the templates of all layers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{Context, Tera};

use crate::diag::Diagnostic;
use crate::path::SourcePath;

use super::asks::Asks;
use super::bound::Bound;
use super::escape::escape;
use super::layer::{Layer, Library};
use super::lookup::Lookup;
use super::scan::{Scan, TagKind, scan};
use super::{blocks, filter, function, nesting, report};

/// The compiled templates of a site, not yet bound to what its pages can look up.
#[derive(Clone, Debug)]
pub struct Theme {
    tera: Tera,
    stack: Arc<Library>,
    asks: Arc<Asks>,
}

/// Compiles the templates of all layers, the first layer at the bottom.
///
/// # Errors
///
/// Everything that is wrong with the templates, in the order of their files: those that do not
/// parse, or else the names in them that nothing has.
pub fn load(layers: &[Layer]) -> Result<Theme, Vec<Diagnostic>> {
    let (stack, mut findings) = Library::stack(layers);
    let scans: BTreeMap<&str, Scan> = stack
        .templates
        .iter()
        .map(|(full, template)| (full.as_str(), scan(&template.text)))
        .collect();
    let nesting = nesting::check(&stack, &scans);
    // A chain of `elif`s is what the parser itself would recurse into.
    let parsable = |full: &str| scans[full].too_many_branches.is_none();

    let sound = findings.is_empty() && nesting.is_empty();
    let mut unknown = Vec::new();
    if sound {
        let mut tera = engine(&stack);
        let mut homeless = blocks::homeless(&stack, &scans);
        let all = stack
            .templates
            .iter()
            .map(|(full, template)| (full, homeless.house(full, &template.text)));
        match tera.add_raw_templates(all) {
            Ok(()) if homeless.findings.is_empty() => {
                let texts = stack.templates.values().map(|template| &*template.text);
                let asks = Arc::new(Asks::of(texts));
                return Ok(Theme { tera, stack: Arc::new(stack), asks });
            }
            Ok(()) => {}
            Err(error) => unknown = report::references(&stack, &error.to_string()),
        }
        unknown.append(&mut homeless.findings);
    }
    let syntax = unparsable(&stack, &parsable);
    // Names are only looked up once every template parses.
    if syntax.is_empty() && scans.keys().all(|full| parsable(full)) {
        findings.extend(if sound { unknown } else { unknown_names(&stack, &scans, &nesting) });
    }
    findings.extend(nesting);
    findings.extend(syntax);
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    findings.dedup();
    Err(findings)
}

impl Theme {
    /// Tells whether a template's name resolves.
    pub fn has(&self, name: &str) -> bool {
        self.stack.resolve(name).is_some()
    }

    /// Every name that resolves, in order, with and without a layer's prefix.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.stack.names().collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The name most like one that does not resolve.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        self.stack.nearest(name)
    }

    /// Tells whether any layer defines a component.
    pub fn has_component(&self, name: &str) -> bool {
        self.tera.contains_component(name)
    }

    /// Tells whether a name stands in the text of any template.
    pub fn mentions(&self, name: &str) -> bool {
        self.stack.templates.values().any(|template| template.text.contains(name))
    }

    /// The names of all components, in order.
    pub fn components(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.tera.get_component_names().collect();
        names.sort_unstable();
        names
    }

    /// The names of the components that a text can call: those that take a `directive`.
    pub fn directives(&self) -> BTreeSet<String> {
        let names = self.tera.get_component_names();
        let takes = |name: &&str| {
            let definition = self.tera.get_component_definition(name);
            definition.is_some_and(|definition| {
                definition.args().iter().any(|argument| argument.name() == "directive")
            })
        };
        names.filter(takes).map(str::to_owned).collect()
    }

    /// The arguments a component takes by name; none where there is no such component or it
    /// takes any.
    pub fn arguments(&self, component: &str) -> Option<Vec<String>> {
        let definition = self.tera.get_component_definition(component)?;
        if definition.rest_param().is_some() {
            return None;
        }
        Some(definition.args().iter().map(|argument| argument.name().to_owned()).collect())
    }

    /// The text of a template's file, to print findings with their lines.
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        self.stack
            .templates
            .values()
            .find(|template| template.path == *path)
            .map(|template| &*template.text)
    }

    /// Binds the templates to what their functions look up, and to the values that every page
    /// sees. The values are shared by all pages, never copied.
    pub fn bind(&self, lookup: &Arc<Lookup>, globals: Context) -> Bound {
        let mut tera = self.tera.clone();
        register(&mut tera, lookup);
        tera.global_context().extend(globals);
        Bound::new(tera, Arc::clone(&self.stack), Arc::clone(lookup), Arc::clone(&self.asks))
    }
}

/// An engine that knows our functions and filters, so that their names are checked at once.
fn engine(stack: &Library) -> Tera {
    let mut tera = Tera::new();
    // Refused only where templates are there already.
    let _ = tera.set_fallback_prefixes(stack.prefixes.iter().cloned());
    tera.autoescape_on([".html", ".htm", ".xml"]);
    tera.set_escape_fn(escape);
    register(&mut tera, &Arc::new(Lookup::default()));
    tera
}

fn register(tera: &mut Tera, lookup: &Arc<Lookup>) {
    function::register(tera, lookup);
    filter::register(tera, lookup);
}

/// The findings of each template that does not parse by itself.
fn unparsable(stack: &Library, parsable: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
    stack
        .templates
        .iter()
        .filter(|(full, _)| parsable(full))
        .filter_map(|(full, template)| {
            // Alone, it lacks its parents; only what its own text does wrong is of interest.
            let error = Tera::new().add_raw_template(full, &template.text).err()?;
            report::syntax(stack, full, &error)
        })
        .collect()
}

/// The names that nothing has, in templates that are also wrongly nested: the ties are blanked
/// out, so that the engine gets as far as the names.
fn unknown_names(
    stack: &Library,
    scans: &BTreeMap<&str, Scan>,
    nesting: &[Diagnostic],
) -> Vec<Diagnostic> {
    // Two components of one name stop the engine before it looks at names.
    if nesting.iter().any(|finding| finding.message.starts_with("the component")) {
        return Vec::new();
    }
    let untied = stack.templates.iter().map(|(full, template)| {
        let mut text = template.text.to_string();
        for tag in &scans[full.as_str()].tags {
            if matches!(tag.kind, TagKind::Extends | TagKind::Include) {
                untie(&mut text, tag.range.start);
            }
        }
        (full, text)
    });
    match engine(stack).add_raw_templates(untied) {
        Ok(()) => Vec::new(),
        Err(error) => report::references(stack, &error.to_string())
            .into_iter()
            .filter(|finding| finding.span.is_some())
            .collect(),
    }
}

/// Overwrites the tag around `at` with spaces, so that all other places stay as they are.
fn untie(text: &mut String, at: usize) {
    let Some(start) = text[..at].rfind("{%") else { return };
    let Some(end) = text[at..].find("%}").map(|found| at + found + 2) else { return };
    // Line ends and letters of more than one byte stay, and with them lines and columns.
    let blank: String = text[start..end]
        .chars()
        .map(|c| if c == '\n' || !c.is_ascii() { c } else { ' ' })
        .collect();
    text.replace_range(start..end, &blank);
}

#[cfg(test)]
mod tests {
    use super::super::names::{FILTERS, FUNCTIONS, TESTS};
    use super::{Library, engine};

    #[test]
    fn every_name_that_is_offered_is_known_to_the_engine() {
        let mut text = String::new();
        for name in FILTERS {
            text.push_str(&format!("{{{{ x | {name} }}}}"));
        }
        for name in FUNCTIONS.iter().filter(|name| **name != "super") {
            text.push_str(&format!("{{{{ {name}() }}}}"));
        }
        for name in TESTS {
            text.push_str(&format!("{{% if x is {name} %}}{{% endif %}}"));
        }
        let result = engine(&Library::default()).add_raw_template("a.html", &text);
        assert!(result.is_ok(), "{}", result.unwrap_err());
    }
}
