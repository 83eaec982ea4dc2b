//! `theme.toml`: what a theme says of itself.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::diag::{Code, Diagnostic, Outcome, Span};
use crate::path::SourcePath;
use crate::settings::{self, MistakeKind};

/// What a theme says of itself.
#[derive(Deserialize, Clone, PartialEq, Debug, Default)]
#[serde(default, deny_unknown_fields)]
pub struct ThemeToml {
    /// Its name.
    pub name: Option<String>,
    /// What it is for, in one line.
    pub description: Option<String>,
    /// Its licence, as SPDX spells it.
    pub license: Option<String>,
    /// Where it is at home.
    pub homepage: Option<String>,
    /// Who made it.
    pub authors: Vec<String>,
    /// The oldest version of ibid that can render it.
    pub min_version: Option<Spanned<String>>,
    /// The theme beneath it, whose templates it may extend.
    pub extends: Option<Spanned<String>>,
    /// Settings and their defaults, for its templates.
    pub extra: toml::Table,
}

/// Reads a `theme.toml`. What cannot be used is left out and reported.
pub fn manifest(path: &SourcePath, text: &str) -> Outcome<ThemeToml> {
    let mut outcome = read::<ThemeToml>(path, text);
    let needed = outcome.value.min_version.as_ref();
    if let Some(needed) = needed.filter(|needed| parts(needed.get_ref()) > parts(VERSION)) {
        let message = format!("this theme needs ibid {}, and this is {VERSION}", needed.get_ref());
        outcome.diagnostics.push(
            Diagnostic::new(Code::ThemeConfig, message)
                .at(Span::new(path.clone(), needed.span()))
                .help("install a later ibid, or use an earlier version of the theme"),
        );
    }
    outcome
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The numbers of a version, in their order.
fn parts(version: &str) -> Vec<u64> {
    let numbers = version.split(['-', '+']).next().unwrap_or("").split('.');
    numbers.map(|number| number.trim().parse().unwrap_or(0)).collect()
}

/// Reads a file of a theme, with a finding for each mistake.
pub(super) fn read<T: DeserializeOwned + Default>(path: &SourcePath, text: &str) -> Outcome<T> {
    let name = format!("`{}`", path.file_name());
    let (value, mistakes) = settings::read(text, &name);
    let findings = mistakes.into_iter().map(|mistake| {
        let help = match (mistake.kind, mistake.help) {
            (MistakeKind::UnknownKey, None) => {
                Some("keys of your own go under `[extra]`".to_owned())
            }
            (_, help) => help,
        };
        let span = Span::new(path.clone(), mistake.range);
        let mut finding = Diagnostic::new(Code::ThemeConfig, mistake.message).at(span);
        finding.help = help;
        finding
    });
    Outcome::new(value, findings.collect())
}
