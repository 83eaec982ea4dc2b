//! One finding.

use serde::{Deserialize, Serialize};

use super::code::{Code, Severity};
use super::span::Span;

/// One thing that ibid noticed, with the place and, where it knows one, the way out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What kind of thing it is.
    pub code: Code,
    /// How much it matters in this build.
    pub severity: Severity,
    /// The fact, in one line, lower case, without a final dot.
    pub message: String,
    /// Where it is.
    pub span: Option<Span>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
}

/// A second place of a finding and what it has to do with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
}

impl Diagnostic {
    /// A finding with its code's own severity.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            span: None,
            labels: Vec::new(),
            help: None,
        }
    }

    /// Points at the place.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers the near miss, where there is one.
    #[must_use]
    pub fn did_you_mean(self, name: Option<&str>) -> Self {
        match name {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// The order in which findings are shown: by file, then place, then code.
    pub fn order(&self) -> (&str, usize, &'static str, &str) {
        let (file, start) =
            self.span.as_ref().map_or(("", 0), |span| (span.file.as_str(), span.range.start));
        (file, start, self.code.name(), &self.message)
    }
}
