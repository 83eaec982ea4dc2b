//! Lays the site's templates over its theme's, and that over the built-in one.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::read;
use super::texts::TextStore;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Span};
use crate::fingerprint::Fingerprint;
use crate::path::SourcePath;
use crate::render::{Static, StaticContent};
use crate::source::{self, Hidden, Source};
use crate::text::nearest::nearest;
use crate::theme::{self, Ids, Layer, SCHOLAR, Template, ThemeToml, Translation, Translations};

/// The file in which scripts find their words.
const WORDS: &str = "words.json";

/// The templates, words and files that a site is shown with.
#[derive(Default)]
pub(super) struct Look {
    pub(super) layers: Vec<Layer>,
    pub(super) translations: Translations,
    pub(super) statics: Vec<Static>,
    pub(super) extra: toml::Table,
}

impl Look {
    /// The ids of the elements that templates and scripts make.
    pub(super) fn ids(&self) -> Ids {
        let is_script = |file: &&Static| file.name.ends_with(".js") || file.name.ends_with(".mjs");
        let is_builtin = |file: &Static| match &file.content {
            StaticContent::Bytes(bytes) => theme::builtin().iter().any(|(_, own)| **own == **bytes),
            StaticContent::File(_) => false,
        };
        let mut scripts = self.statics.iter().filter(is_script);
        Ids::of(&self.layers).opened(scripts.any(|file| !is_builtin(file)))
    }

    /// The bibliographies whose names templates hold, to lead to them or for what we cannot know.
    pub(super) fn named(&self, config: &Config) -> BTreeSet<String> {
        let templates = || self.layers.iter().flat_map(|layer| &layer.templates);
        let holds = |name: &&str| {
            let file = name.rsplit('/').next().unwrap_or(name);
            templates().any(|template| template.text.contains(file))
        };
        config.citations.read().into_iter().filter(holds).map(str::to_owned).collect()
    }
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
    let mut pile = Pile { root, texts, found, words: Vec::new(), look: Look::default() };
    pile.add_builtin();
    // The lowest theme first. This repository's own `themes/scholar` is the built-in one; on
    // disk it is read anew, so that a change shows without compiling.
    for (name, manifest) in themes(root, config, pile.texts)?.into_iter().rev() {
        pile.look.extra.extend(manifest.extra);
        let folder = format!("themes/{name}/");
        pile.add_layer(&folder, Some(name));
        let statics = read::statics(root, &format!("{folder}static"), false, pile.found);
        pile.add_statics(statics);
    }
    pile.add_layer("", None);
    pile.add_statics(sheets(config));
    let own = read::statics(root, "static", true, pile.found);
    pile.add_statics(own);
    let Pile { mut look, words, found, .. } = pile;
    look.translations = theme::translations(&words).unload(found);
    if !look.statics.iter().any(|file| file.name == WORDS) {
        look.statics.extend(
            theme::script_words(&look.translations)
                .map(|words| in_memory(WORDS, words.into_bytes().into())),
        );
    }
    Ok(look)
}

/// Layers laid on one another, the first at the bottom, and what was noticed meanwhile.
struct Pile<'a> {
    root: &'a Path,
    texts: &'a mut TextStore,
    found: &'a mut Vec<Diagnostic>,
    words: Vec<Translation>,
    look: Look,
}

impl Pile<'_> {
    /// Begins with the theme in the binary.
    fn add_builtin(&mut self) {
        let layer = Layer::builtin();
        for template in &layer.templates {
            self.texts.keep(&template.path, &template.text);
        }
        self.look.layers.push(layer);
        for (path, bytes) in theme::builtin() {
            let file = SourcePath::new(format!("themes/{SCHOLAR}/{path}"));
            if let Some(name) = path.strip_prefix("static/") {
                self.look.statics.push(in_memory(name, bytes.into()));
            } else if let Ok(text) = std::str::from_utf8(bytes) {
                if let Some(language) = path.strip_prefix("i18n/").and_then(language) {
                    self.words.push(Translation { language, path: file, text: text.into() });
                } else if path == "theme.toml" {
                    self.look.extra = theme::manifest(&file, text).value.extra;
                }
            }
        }
    }

    /// Adds the `templates/` and `i18n/` below a folder, whose `/` is written out.
    fn add_layer(&mut self, folder: &str, prefix: Option<String>) {
        let templates = self
            .sources(&format!("{folder}templates"))
            .into_iter()
            .map(|(name, source)| Template { name, path: source.path, text: source.text })
            .collect();
        for (name, source) in self.sources(&format!("{folder}i18n")) {
            if let Some(language) = language(&name) {
                self.words.push(Translation { language, path: source.path, text: source.text });
            }
        }
        self.look.layers.push(Layer { prefix, templates });
    }

    /// Adds files over those that are there: the one of the higher layer is served.
    fn add_statics(&mut self, above: Vec<Static>) {
        let below = &mut self.look.statics;
        below.retain(|file| !above.iter().any(|other| other.name == file.name));
        below.extend(above);
    }

    /// Reads every text below a folder, with its name there.
    fn sources(&mut self, folder: &str) -> Vec<(String, Source)> {
        let files = source::scan(self.root, folder, Hidden::Skip, &[]);
        let files = files.unload(self.found).unwrap_or_default();
        let prefix = format!("{folder}/");
        let mut named = Vec::with_capacity(files.len());
        for source in read::texts(&files, self.found) {
            self.texts.keep(&source.path, &source.text);
            let path = source.path.as_str();
            named.push((path.strip_prefix(&prefix).unwrap_or(path).to_owned(), source));
        }
        named
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

/// The style sheets of code blocks.
fn sheets(config: &Config) -> Vec<Static> {
    let sheet = |name, sheet: &Arc<str>| in_memory(name, sheet.as_bytes().into());
    vec![
        sheet("syntax-light.css", &config.highlight.light),
        sheet("syntax-dark.css", &config.highlight.dark),
    ]
}

/// A static file of the theme or of ibid, whose bytes are at hand.
fn in_memory(name: &str, bytes: Arc<[u8]>) -> Static {
    let fingerprint = Static::is_hashed(name).then(|| Fingerprint::of(&bytes));
    let content = StaticContent::Bytes(bytes);
    Static { name: name.to_owned(), content, fingerprint, path: None, size: None }
}

/// The language of a file of words, by its name: `de.toml`.
fn language(name: &str) -> Option<String> {
    name.strip_suffix(".toml").map(str::to_owned)
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
