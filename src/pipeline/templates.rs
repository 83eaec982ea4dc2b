//! Lays the site's templates over its theme's, and that over the built-in one.

use std::path::Path;
use std::sync::Arc;

use super::read;
use super::texts::TextStore;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Span};
use crate::fingerprint::Fingerprint;
use crate::path::SourcePath;
use crate::render::{Static, StaticContent};
use crate::site::StaticFile;
use crate::source::{self, Hidden, Source};
use crate::text::nearest::nearest;
use crate::theme::{self, Layer, SCHOLAR, Template, ThemeToml, Translation, Translations};

/// The templates, words and files that a site is shown with.
pub(super) struct Look {
    pub(super) layers: Vec<Layer>,
    pub(super) translations: Translations,
    pub(super) statics: Vec<(Static, StaticFile)>,
    pub(super) extra: toml::Table,
}

/// Finds the theme and what the site lays over it.
///
/// # Errors
///
/// Where there is no such theme, or its `theme.toml` cannot be read.
pub(super) fn look(
    root: &Path,
    config: &Config,
    texts: &mut TextStore,
    found: &mut Vec<Diagnostic>,
) -> Result<Look, Vec<Diagnostic>> {
    let mut look = Look {
        layers: vec![Layer::builtin()],
        translations: Translations::default(),
        statics: Vec::new(),
        extra: toml::Table::new(),
    };
    let mut words = Vec::new();
    builtin(&mut look, &mut words);
    for template in &look.layers[0].templates {
        texts.keep(&template.path, &template.text);
    }
    // The lowest theme first. This repository's own `themes/scholar` is the built-in one; on
    // disk it is read anew, so that a change shows without compiling.
    for (name, manifest) in themes(root, config, texts)?.into_iter().rev() {
        look.extra.extend(manifest.extra);
        let folder = format!("themes/{name}");
        layer(root, &folder, Some(name), true, &mut look, &mut words, texts, found);
    }
    layer(root, "", None, false, &mut look, &mut words, texts, found);
    look.translations = theme::translations(&words).unload(found);
    look.statics.extend(sheets(config));
    let own = read::statics(root, "static", true, found);
    add_statics(&mut look.statics, own);
    Ok(look)
}

fn builtin(look: &mut Look, words: &mut Vec<Translation>) {
    for (path, bytes) in theme::builtin() {
        if let Some(name) = path.strip_prefix("static/") {
            let fingerprint = Static::is_hashed(name).then(|| Fingerprint::of(bytes));
            let content = StaticContent::Bytes(bytes.into());
            let known = StaticFile { name: name.to_owned(), size: None };
            look.statics
                .push((Static { name: name.to_owned(), content, fingerprint, path: None }, known));
        } else if let (Some(language), Ok(text)) = (language(&path), std::str::from_utf8(bytes)) {
            let file = SourcePath::new(format!("themes/{SCHOLAR}/{path}"));
            words.push(Translation { language, path: file, text: text.into() });
        } else if let ("theme.toml", Ok(text)) = (path.as_str(), std::str::from_utf8(bytes)) {
            let file = SourcePath::new(format!("themes/{SCHOLAR}/theme.toml"));
            look.extra = theme::manifest(&file, text).value.extra;
        }
    }
}

/// The themes on disk that the site is shown with: its own, then what that extends, and on.
fn themes(
    root: &Path,
    config: &Config,
    texts: &mut TextStore,
) -> Result<Vec<(String, ThemeToml)>, Vec<Diagnostic>> {
    let known = source::folders(root, "themes");
    let mut themes: Vec<(String, ThemeToml)> = Vec::new();
    let (mut name, mut asked_at) = (config.theme.clone(), config.theme_span.clone());
    loop {
        if !known.contains(&name) {
            return if name == SCHOLAR {
                Ok(themes)
            } else {
                Err(vec![missing(&name, asked_at, &known)])
            };
        }
        if themes.iter().any(|(other, _)| *other == name) {
            let message = format!("the theme `{name}` extends itself by way of others");
            let mut finding = Diagnostic::new(Code::ThemeConfig, message);
            finding.span = asked_at;
            return Err(vec![finding.help("take out one `extends`")]);
        }
        let manifest = manifest(root, &name, texts)?;
        let beneath = manifest.extends.clone();
        let path = SourcePath::new(format!("themes/{name}/theme.toml"));
        themes.push((name, manifest));
        match beneath {
            Some(beneath) => {
                asked_at = Some(Span::new(path, beneath.span()));
                name = beneath.into_inner();
            }
            None => return Ok(themes),
        }
    }
}

fn manifest(root: &Path, name: &str, texts: &mut TextStore) -> Result<ThemeToml, Vec<Diagnostic>> {
    let path = SourcePath::new(format!("themes/{name}/theme.toml"));
    let Some(source) = source::read_optional(root, &path).map_err(|finding| vec![finding])? else {
        return Ok(ThemeToml::default());
    };
    texts.keep(&source.path, &source.text);
    let outcome = theme::manifest(&source.path, &source.text);
    if outcome.diagnostics.is_empty() { Ok(outcome.value) } else { Err(outcome.diagnostics) }
}

/// Reads `templates/` and `i18n/` below a folder; of a theme also `static/`.
#[allow(clippy::too_many_arguments, reason = "each is a place that the layer adds to")]
fn layer(
    root: &Path,
    folder: &str,
    prefix: Option<String>,
    with_statics: bool,
    look: &mut Look,
    words: &mut Vec<Translation>,
    texts: &mut TextStore,
    found: &mut Vec<Diagnostic>,
) {
    let below = |name: &str| match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    let mut sources = |name: &str| -> Vec<(String, Source)> {
        let folder = below(name);
        let files =
            source::scan(root, &folder, Hidden::Skip, &[]).unload(found).unwrap_or_default();
        let sources = read::texts(&files, found);
        let prefix = format!("{folder}/");
        let named = sources.into_iter().map(|source| {
            let path = source.path.as_str();
            (path.strip_prefix(&prefix).unwrap_or(path).to_owned(), source)
        });
        named.inspect(|(_, source)| texts.keep(&source.path, &source.text)).collect()
    };
    let templates = sources("templates")
        .into_iter()
        .map(|(name, source)| Template { name, path: source.path, text: source.text })
        .collect();
    for (name, source) in sources("i18n") {
        if let Some(language) = name.strip_suffix(".toml") {
            let language = language.to_owned();
            words.push(Translation { language, path: source.path, text: source.text });
        }
    }
    look.layers.push(Layer { prefix, templates });
    if with_statics {
        let statics = read::statics(root, &below("static"), false, found);
        add_statics(&mut look.statics, statics);
    }
}

/// Adds files over those that are there: the one of the higher layer is served.
fn add_statics(below: &mut Vec<(Static, StaticFile)>, above: Vec<(Static, StaticFile)>) {
    below.retain(|(file, _)| !above.iter().any(|(other, _)| other.name == file.name));
    below.extend(above);
}

/// The style sheets of code blocks.
fn sheets(config: &Config) -> Vec<(Static, StaticFile)> {
    [("syntax-light.css", &config.highlight.light), ("syntax-dark.css", &config.highlight.dark)]
        .into_iter()
        .map(|(name, sheet)| {
            let fingerprint = Some(Fingerprint::of(sheet.as_bytes()));
            let content = StaticContent::Bytes(Arc::from(sheet.as_bytes()));
            let known = StaticFile { name: name.to_owned(), size: None };
            (Static { name: name.to_owned(), content, fingerprint, path: None }, known)
        })
        .collect()
}

fn language(path: &str) -> Option<String> {
    Some(path.strip_prefix("i18n/")?.strip_suffix(".toml")?.to_owned())
}

fn missing(name: &str, asked_at: Option<Span>, known: &[String]) -> Diagnostic {
    let near = nearest(name, known.iter().map(String::as_str).chain([SCHOLAR]));
    let mut diagnostic =
        Diagnostic::new(Code::ThemeMissing, format!("no theme is called `{name}`"));
    diagnostic.span = asked_at;
    match near {
        Some(near) => diagnostic.did_you_mean(Some(near)),
        None => {
            diagnostic.help(format!("put it into `themes/{name}`, or use the built-in `{SCHOLAR}`"))
        }
    }
}
