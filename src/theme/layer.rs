//! Layers of templates, and which layer a name belongs to.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Span};
use crate::path::SourcePath;
use crate::text::nearest::nearest;

/// A template as it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    /// Its path within the layer's `templates` folder: `components/figure.html`.
    pub name: String,
    /// Its file.
    pub path: SourcePath,
    /// Its text.
    pub text: Arc<str>,
}

/// The templates of one theme, or of the site itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Layer {
    /// The theme's name; none for the site's own templates.
    pub prefix: Option<String>,
    /// Its templates.
    pub templates: Vec<Template>,
}

/// The templates of all layers by their full names, the layer's prefix before the name.
#[derive(Clone, Debug, Default)]
pub(super) struct Library {
    /// Every template by its full name: `page.html`, `scholar/page.html`.
    pub(super) templates: BTreeMap<String, Template>,
    /// The prefixes with the `/` at their end, from the top layer down.
    pub(super) prefixes: Vec<String>,
}

impl Library {
    /// Lays the layers on top of each other, the first one at the bottom. Where two have the
    /// same prefix, the higher one replaces files of the lower one.
    pub(super) fn stack(layers: &[Layer]) -> (Self, Vec<Diagnostic>) {
        let mut stack = Self::default();
        let mut findings = Vec::new();
        for layer in layers.iter().rev() {
            if let Some(prefix) = &layer.prefix {
                let prefix = format!("{prefix}/");
                if !stack.prefixes.contains(&prefix) {
                    stack.prefixes.push(prefix);
                }
            }
        }
        for layer in layers {
            let prefix = layer.prefix.as_ref().map(|name| format!("{name}/")).unwrap_or_default();
            for template in &layer.templates {
                // `templates/scholar/page.html` of a site would pass for the theme's own.
                if prefix.is_empty()
                    && let Some(taken) =
                        stack.prefixes.iter().find(|taken| template.name.starts_with(*taken))
                {
                    findings.push(reserved(template, taken));
                    continue;
                }
                stack.templates.insert(format!("{prefix}{}", template.name), template.clone());
            }
        }
        (stack, findings)
    }

    /// The full name that a name in a template stands for.
    pub(super) fn resolve(&self, name: &str) -> Option<&str> {
        if let Some((full, _)) = self.templates.get_key_value(name) {
            return Some(full);
        }
        self.prefixes
            .iter()
            .find_map(|prefix| self.templates.get_key_value(&format!("{prefix}{name}")))
            .map(|(full, _)| full.as_str())
    }

    /// The place of a full name's layer among the layers, the highest first.
    pub(super) fn rank(&self, full: &str) -> usize {
        let below = self.prefixes.iter().position(|prefix| full.starts_with(prefix.as_str()));
        below.map_or(0, |place| place + 1)
    }

    /// Every name that resolves: the full ones and those without a prefix.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.templates.keys().flat_map(|full| {
            let short = self.prefixes.iter().find_map(|prefix| full.strip_prefix(prefix.as_str()));
            std::iter::once(full.as_str()).chain(short)
        })
    }

    /// The name most like one that does not resolve.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        // The extension is the same for all; what tells a slip is the rest.
        let stem = |name: &str| name.rsplit_once('.').map_or(name.len(), |(stem, _)| stem.len());
        let wanted = &name[..stem(name)];
        let near = nearest(wanted, self.names().map(|name| &name[..stem(name)]))?;
        self.names().find(|name| name[..stem(name)] == *near)
    }

    /// Points into a template; into nothing where the name is none of ours.
    pub(super) fn span(&self, full: &str, range: std::ops::Range<usize>) -> Option<Span> {
        let template = self.templates.get(full)?;
        let end = range.end.min(template.text.len());
        Some(Span::new(template.path.clone(), range.start.min(end)..end))
    }
}

fn reserved(template: &Template, prefix: &str) -> Diagnostic {
    let theme = prefix.trim_end_matches('/');
    Diagnostic::new(
        Code::TemplateSyntax,
        format!("names that begin with `{prefix}` are the theme's own"),
    )
    .at(Span::whole(template.path.clone()))
    .help(format!(
        "to override the theme's template, move it to `templates/{}`; for one of your own, \
         choose another folder than `{theme}`",
        &template.name[prefix.len()..]
    ))
}

#[cfg(test)]
mod tests {
    use super::{Layer, Library, Template};
    use crate::path::SourcePath;

    fn layer(prefix: Option<&str>, names: &[&str]) -> Layer {
        let templates = names
            .iter()
            .map(|name| Template {
                name: (*name).to_owned(),
                path: SourcePath::new(format!("templates/{name}")),
                text: "".into(),
            })
            .collect();
        Layer { prefix: prefix.map(str::to_owned), templates }
    }

    #[test]
    fn the_top_layer_that_has_a_name_wins() {
        let layers = [
            layer(Some("scholar"), &["a.html", "b.html", "c.html"]),
            layer(Some("x"), &["a.html", "b.html"]),
            layer(None, &["a.html"]),
        ];
        let (stack, findings) = Library::stack(&layers);
        assert!(findings.is_empty());
        let resolved =
            ["a.html", "b.html", "c.html", "scholar/a.html", "d.html"].map(|n| stack.resolve(n));
        assert_eq!(
            resolved,
            [
                Some("a.html"),
                Some("x/b.html"),
                Some("scholar/c.html"),
                Some("scholar/a.html"),
                None
            ]
        );
        assert_eq!(stack.rank("a.html"), 0);
        assert_eq!(stack.rank("scholar/a.html"), 2);
    }

    #[test]
    fn a_site_cannot_take_the_names_of_a_theme() {
        let layers = [layer(Some("scholar"), &[]), layer(None, &["scholar/a.html"])];
        assert_eq!(Library::stack(&layers).1.len(), 1);
    }
}
