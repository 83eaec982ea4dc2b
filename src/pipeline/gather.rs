//! Reads a site without judging or rendering it, for commands that change its files.

use super::build::{configure, stopped};
use super::citations;
use super::known::Known;
use super::read;
use super::request::{Request, Stopped};
use super::templates;
use super::texts::TextStore;
use super::threads::threads;
use crate::config::Config;
use crate::diag::{Diagnostic, Severity};
use crate::fingerprint::Fingerprint;
use crate::moving::Before;
use crate::path::SourcePath;
use crate::render;
use crate::source::Source;

/// A site as it was read, and what was noticed.
pub struct Gathered {
    /// The site.
    pub site: Before,
    /// The findings that leave it unsure what its files mean.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they point into.
    pub texts: TextStore,
}

/// Reads every file of a site.
///
/// # Errors
///
/// Where the configuration or the theme leaves nothing to read.
pub fn gather(request: &Request<'_>) -> Result<Gathered, Stopped> {
    let mut texts = TextStore::default();
    let result = match threads(request) {
        Ok(pool) => pool.install(|| stages(request, &mut texts)),
        Err(finding) => Err(vec![finding]),
    };
    match result {
        Ok((site, diagnostics)) => Ok(Gathered { site, diagnostics, texts }),
        Err(diagnostics) => Err(stopped(diagnostics, texts)),
    }
}

fn stages(
    request: &Request<'_>,
    texts: &mut TextStore,
) -> Result<(Before, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut found = Vec::new();
    let config: Config = configure(request, texts)?;
    let (_, files) = read::files(request.root, &config, &mut found)?;
    let look = templates::look(request.root, &config, texts, &mut found)?;
    // What is wrong with a bibliography leaves no doubt what a link means.
    let mut ignored = Vec::new();
    let bibliographies = citations::bibliographies(&files, &config, &mut ignored);
    let references = citations::references(&bibliographies, texts, &mut ignored);
    let content =
        read::content(files, &config, &mut Known::default(), texts, &mut found, request.progress);
    let text = |path: &SourcePath| texts.text(path).unwrap_or_default().to_owned();
    let sources = content.pages.iter().map(|page| Source {
        path: page.path.clone(),
        text: text(&page.path).into(),
        fingerprint: page.fingerprint,
    });
    let templates = look.layers.iter().flat_map(|layer| &layer.templates);
    let templates = templates.map(|template| Source {
        path: template.path.clone(),
        text: template.text.clone(),
        fingerprint: Fingerprint::of(template.text.as_bytes()),
    });
    let site = Before {
        config_file: (request.config.clone(), text(&request.config)),
        sources: sources.collect(),
        assets: content.assets,
        ids: look.ids(),
        references,
        statics: render::linkable(&look.statics),
        templates: templates.collect(),
        today: request.now.clone(),
        config,
    };
    // A rule can be silenced; without these it is unsure what a file is at all.
    found.retain(|finding| finding.severity == Severity::Error && !finding.code.is_adjustable());
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok((site, found))
}
