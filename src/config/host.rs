//! The files for hosts that read them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::diag::Span;
use crate::path::SourcePath;

/// A file that some hosts read instead of serving it.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum HostFile {
    /// Where old addresses lead.
    #[serde(rename = "_redirects")]
    Redirects,
    /// What is said with each file: how long it may be kept, and the like.
    #[serde(rename = "_headers")]
    Headers,
}

impl HostFile {
    /// Its name, at the root of the output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Redirects => "_redirects",
            Self::Headers => "_headers",
        }
    }
}

/// The files that a site asks for, each with the place where it does.
pub(super) fn resolve(raw: Vec<Spanned<HostFile>>, file: &SourcePath) -> BTreeMap<HostFile, Span> {
    raw.into_iter()
        .map(|asked| {
            let span = Span::new(file.clone(), asked.span());
            (asked.into_inner(), span)
        })
        .collect()
}
