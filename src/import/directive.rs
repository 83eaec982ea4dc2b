//! Directives of ibid as they are written.

/// How deep blocks may stand in one another; ibid reads no more.
pub(super) const DEEPEST: usize = 32;

/// What the theme of a new site can show.
pub(super) const BUILT_IN: [&str; 15] = [
    "cta",
    "danger",
    "details",
    "disclosure",
    "faq",
    "figure",
    "note",
    "question",
    "quote",
    "related",
    "steps",
    "takeaways",
    "tip",
    "video",
    "warning",
];

/// A directive to be written.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Directive {
    name: &'static str,
    label: Option<String>,
    attributes: Vec<(&'static str, String)>,
}

impl Directive {
    /// A directive of a name.
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    /// Gives it a label, which is Markdown.
    pub(super) fn label(mut self, label: Option<&str>) -> Self {
        let label = label.map(str::trim).filter(|label| !label.is_empty());
        self.label =
            label.map(|label| balanced(&label.split_whitespace().collect::<Vec<_>>().join(" ")));
        self
    }

    /// Gives it an attribute.
    pub(super) fn with(mut self, key: &'static str, value: Option<&str>) -> Self {
        if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
            self.attributes.push((key, value.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        self
    }

    /// The line of a directive with so many colons.
    pub(super) fn line(&self, colons: usize) -> String {
        let mut out = ":".repeat(colons) + self.name;
        if let Some(label) = &self.label {
            out.push_str(&format!("[{label}]"));
        }
        if !self.attributes.is_empty() {
            let all: Vec<String> = self
                .attributes
                .iter()
                .map(|(key, value)| format!("{key}={}", quoted(value)))
                .collect();
            out.push_str(&format!("{{{}}}", all.join(" ")));
        }
        out
    }
}

/// A value in quotes that do not stand in it.
fn quoted(value: &str) -> String {
    match (value.contains('"'), value.contains('\'')) {
        (false, _) => format!("\"{value}\""),
        (true, false) => format!("'{value}'"),
        (true, true) => format!("\"{}\"", value.replace('"', "”")),
    }
}

/// A label whose brackets do not end it.
fn balanced(label: &str) -> String {
    let mut depth = 0_i32;
    let mut is_even = true;
    for c in label.chars() {
        depth += match c {
            '[' => 1,
            ']' => -1,
            _ => 0,
        };
        is_even &= depth >= 0;
    }
    match is_even && depth == 0 {
        true => label.to_owned(),
        false => label.replace('[', "\\[").replace(']', "\\]"),
    }
}

#[cfg(test)]
mod tests {
    use super::Directive;

    #[test]
    fn lines_can_be_read_again() {
        let note = Directive::new("note").label(Some("On [x]( y)\n z"));
        assert_eq!(note.line(4), "::::note[On [x]( y) z]");
        assert_eq!(Directive::new("note").label(Some("a]b")).line(3), ":::note[a\\]b]");
        let figure =
            Directive::new("figure").with("src", Some("a.png")).with("alt", Some("a \"b\""));
        assert_eq!(figure.line(2), "::figure{src=\"a.png\" alt='a \"b\"'}");
        assert_eq!(Directive::new("note").label(None).with("x", None).line(3), ":::note");
    }
}
