//! The ids that templates give to elements, as far as their texts tell.

use std::collections::BTreeSet;

use super::builtin::builtin;
use super::layer::Layer;

/// The ids of the elements that templates write.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ids {
    fixed: BTreeSet<String>,
    open: bool,
}

/// What in a template of others may bring ids with it that stand nowhere in the template.
const OPEN: [&str; 7] = ["safe", "markdown", "content", "summary", "html }}", "<script", "<a name"];

impl Ids {
    /// Reads them out of the templates of all layers. Where one of those may give an element an
    /// id that only a build could tell, the ids are not known in whole.
    pub fn of(layers: &[Layer]) -> Self {
        let own = builtin();
        let mut ids = Self::default();
        for template in layers.iter().flat_map(|layer| &layer.templates) {
            let is_open = ids.read(&template.text);
            let is_builtin = own.iter().any(|(_, bytes)| *bytes == template.text.as_bytes());
            // What the built-in theme shows is known: bodies, and what ibid gives an id to.
            let is_open = is_open || OPEN.iter().any(|sign| template.text.contains(sign));
            ids.open |= is_open && !is_builtin;
        }
        ids
    }

    /// Says that scripts may make any id as well.
    pub fn opened(self, open: bool) -> Self {
        Self { open: self.open || open, ..self }
    }

    /// Tells whether a template has an element with this id.
    pub fn has(&self, id: &str) -> bool {
        self.fixed.contains(id)
    }

    /// Tells whether an element may have this id, for all that is known.
    pub fn may_have(&self, id: &str) -> bool {
        self.open || self.has(id)
    }

    /// Reads the ids of one template, and tells whether it computes any.
    fn read(&mut self, text: &str) -> bool {
        let text = without_comments(text);
        let mut is_open = false;
        for (at, _) in text.match_indices("id") {
            let before = text[..at].chars().next_back();
            if !before.is_some_and(char::is_whitespace) {
                continue;
            }
            let Some(value) = text[at + 2..].trim_start().strip_prefix('=') else { continue };
            // What an author writes in a directive is known as what is written in its page.
            if value.trim_start().starts_with("\"{{ directive.id }}\"") {
                continue;
            }
            match literal(value.trim_start()) {
                Some("") => {}
                Some(id) => drop(self.fixed.insert(id.to_owned())),
                None => is_open = true,
            }
        }
        is_open
    }
}

/// The value of an attribute, where it stands there as it will be.
fn literal(value: &str) -> Option<&str> {
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
        _ => value.split(|c: char| c.is_whitespace() || "/>".contains(c)).next()?,
    };
    (!value.contains(['{', '}'])).then_some(value)
}

fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let opened = [("{#", "#}"), ("<!--", "-->")]
            .into_iter()
            .filter_map(|(open, close)| Some((rest.find(open)?, close)))
            .min();
        let Some((at, close)) = opened else { break };
        kept.push_str(&rest[..at]);
        rest = rest[at..].find(close).map_or("", |end| &rest[at + end + close.len()..]);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::{Ids, Layer};
    use crate::path::SourcePath;
    use crate::theme::layer::Template;

    fn ids(text: &str) -> Ids {
        let path = SourcePath::new("templates/a.html");
        let template = Template { name: "a.html".into(), path, text: text.into() };
        Ids::of(&[Layer { prefix: None, templates: vec![template] }])
    }

    #[test]
    fn what_stands_in_a_template_is_known() {
        let found = ids(
            "<p id=\"a\" class=x><i id='b'><b id=c><u\nid = d/>{# <p id=\"e\"> #}<!-- id=f -->",
        );
        for id in ["a", "b", "c", "d"] {
            assert!(found.has(id), "{id}");
        }
        assert!(!found.may_have("e") && !found.may_have("f") && !found.may_have("x"));
    }

    #[test]
    fn what_is_computed_is_not() {
        for text in
            ["<p id=\"a-{{ b }}\">", "<p id={{ b }}>", "{{ b | safe }}", "{{ page.content }}"]
        {
            assert!(ids(text).may_have("z") && !ids(text).has("z"), "{text}");
        }
        assert!(!ids("<p id=\"{{ directive.id }}\">").may_have("z"));
        assert!(!ids("<p class=\"{{ b }}\" data-id=\"{{ b }}\">").may_have("z"));
    }

    #[test]
    fn the_built_in_theme_is_known() {
        let ids = Ids::of(&[Layer::builtin()]);
        assert!(ids.has("_main") && !ids.may_have("main"));
    }
}
