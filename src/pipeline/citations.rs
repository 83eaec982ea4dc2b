//! Reads bibliographies and styles, and prints the works of a site on all cores.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::texts::TextStore;
use crate::cite::{self, References};
use crate::config::{Config, Named, USUAL_FILES, USUAL_STYLE};
use crate::csl::{Processor, Style};
use crate::diag::{Code, Diagnostic};
use crate::page::Page;
use crate::path::SourcePath;
use crate::site::{Formatted, PageId, Site};
use crate::source::{self, File};
use crate::text::nearest::nearest;

/// The styles of a site, by the names under which they are asked for.
#[derive(Default)]
pub(super) struct Styles {
    known: BTreeMap<String, Style>,
    /// What stands in for a style that is not there.
    usual: Option<Style>,
}

/// The bibliographies of a site, and the table of withdrawn works.
pub(super) struct Bibliographies {
    files: Vec<File>,
    retractions: Option<(File, Named)>,
}

/// Finds the bibliographies among the files under `content/`.
pub(super) fn bibliographies(
    files: &[File],
    config: &Config,
    found: &mut Vec<Diagnostic>,
) -> Bibliographies {
    let at = |name: &str| {
        let path = format!("content/{name}");
        files.iter().find(|file| file.path.as_str() == path).cloned()
    };
    let mut named = |named: &Named| {
        let file = at(named.name.strip_prefix("content/").unwrap_or(&named.name));
        if file.is_none() {
            let message = format!("`content` has no file `{}`", named.name);
            let names = files.iter().filter(|file| cite::is_bibliography(&file.path));
            let names = names.filter_map(|file| file.path.as_str().strip_prefix("content/"));
            let mut finding = Diagnostic::new(Code::ConfigValue, message)
                .did_you_mean(nearest(&named.name, names));
            finding.span = named.span.clone();
            found.push(finding);
        }
        file
    };
    let citations = &config.citations;
    let chosen = match &citations.files {
        None => USUAL_FILES.iter().filter_map(|name| at(name)).collect(),
        Some(all) => all.iter().filter_map(&mut named).collect(),
    };
    let retractions = citations.retractions.as_ref();
    let retractions = retractions.and_then(|set| Some((named(set)?, set.clone())));
    Bibliographies { files: chosen, retractions }
}

/// Reads the bibliographies.
pub(super) fn references(
    bibliographies: &Bibliographies,
    texts: &mut TextStore,
    found: &mut Vec<Diagnostic>,
) -> References {
    let mut read = Vec::new();
    for file in &bibliographies.files {
        match source::read_bytes(file) {
            Ok(bytes) => {
                let (text, guessed) = cite::decode(&bytes);
                found.extend(cite::encoding(&file.path, &text, &guessed));
                let text: Arc<str> = text.into();
                texts.keep(&file.path, &text);
                read.push((file.path.clone(), text));
            }
            Err(finding) => found.push(finding),
        }
    }
    let read: Vec<(SourcePath, &str)> =
        read.iter().map(|(path, text)| (path.clone(), &**text)).collect();
    let mut references = cite::load(&read).unload(found);
    if let Some((file, named)) = &bibliographies.retractions
        && let Err(mut finding) = retractions(file, &named.name, &mut references)
    {
        finding.span = finding.span.or_else(|| named.span.clone());
        found.push(finding);
    }
    references
}

/// Records what a table of withdrawn works says of the references.
fn retractions(file: &File, name: &str, references: &mut References) -> Result<(), Diagnostic> {
    let bytes = source::read_bytes(file)?;
    // What counts in the table is ASCII; the names in it have come in more than one encoding.
    references.record_retractions(&String::from_utf8_lossy(&bytes)).map_err(|fault| {
        let message = format!("`{name}` is no table of withdrawn works: {fault}");
        Diagnostic::new(Code::ConfigValue, message)
            .help("it is read as the CSV file that Retraction Watch publishes")
    })
}

/// Finds the styles that the site and its pages ask for.
pub(super) fn styles(
    root: &Path,
    config: &Config,
    pages: &[Arc<Page>],
    found: &mut Vec<Diagnostic>,
) -> Styles {
    let mut styles = Styles::default();
    styles.add(root, &config.citations.style, Code::ConfigValue, found);
    for page in pages {
        if let Some(style) = &page.front_matter.citation_style {
            let span = Some(page.span(style.span()));
            let named = Named { name: style.get_ref().clone(), span };
            styles.add(root, &named, Code::FrontMatterValue, found);
        }
    }
    styles
}

/// The styles that are files of the site, whether they are there or not.
pub(super) fn style_files<'a>(
    config: &'a Config,
    pages: &'a [Arc<Page>],
) -> impl Iterator<Item = SourcePath> + 'a {
    let of_pages = pages.iter().filter_map(|page| page.front_matter.citation_style.as_ref());
    of_pages
        .map(|style| style.get_ref().as_str())
        .chain([config.citations.style.name.as_str()])
        .filter(|name| name.ends_with(".csl"))
        .map(SourcePath::new)
}

impl Styles {
    fn add(&mut self, root: &Path, asked: &Named, code: Code, found: &mut Vec<Diagnostic>) {
        if self.known.contains_key(&asked.name) {
            return;
        }
        let style = match asked.name.ends_with(".csl") {
            true => from_file(root, &asked.name),
            false => Style::bundled(&asked.name).ok_or_else(|| {
                let message = format!("no citation style is called `{}`", asked.name);
                let near = nearest(&asked.name, Style::names().iter().copied());
                match near {
                    Some(near) => Diagnostic::new(code, message).did_you_mean(Some(near)),
                    None => Diagnostic::new(code, message).help(
                        "name one that comes with ibid, or the path of a `.csl` file in the site",
                    ),
                }
            }),
        };
        match style {
            Ok(style) => {
                self.known.insert(asked.name.clone(), style);
            }
            Err(mut finding) => {
                finding.code = code;
                finding.severity = code.severity();
                finding.span = finding.span.or_else(|| asked.span.clone());
                found.push(finding);
                self.usual = Style::bundled(USUAL_STYLE);
            }
        }
    }

    /// Prints every cited work in the style and language of each page that cites it.
    pub(super) fn format(&self, site: &Site, config: &Config) -> Formatted {
        let manner = |id: Option<PageId>| {
            let page = id.map(|id| site.pages.page(id));
            let style = page.and_then(|page| page.front_matter.citation_style.as_ref());
            let style = style.map(|style| style.get_ref().clone());
            // A style that is not there was reported; the site's own takes its place.
            let style = style.filter(|style| self.known.contains_key(style));
            let language = page.and_then(|page| page.card.language.clone());
            (
                style.unwrap_or_else(|| config.citations.style.name.clone()),
                language.unwrap_or_else(|| config.language.clone()),
            )
        };
        // A build without the style it asks for is not written; it goes on to find the rest.
        let Some(usual) = self.known.get(&config.citations.style.name).or(self.usual.as_ref())
        else {
            return Formatted::default();
        };
        if site.cited.uses().is_empty() {
            return Formatted::default();
        }
        let prepare = |(style, language): &(String, String)| {
            Processor::new(self.known.get(style).unwrap_or(usual), language)
        };
        let mut formatted = Formatted::new(&site.pages, manner, prepare);
        let works: Vec<_> = formatted
            .wanted(&site.pages, &site.cited)
            .into_par_iter()
            .map(|wanted| (wanted, formatted.format(&site.references, wanted)))
            .collect();
        formatted.keep(works);
        formatted
    }
}

fn from_file(root: &Path, name: &str) -> Result<Style, Diagnostic> {
    let path = SourcePath::new(name);
    let missing = || {
        let message = format!("the site has no file `{name}`");
        Diagnostic::new(Code::ConfigValue, message)
            .help("name the `.csl` file as it lies in the folder of `site.toml`")
    };
    let leads_out = name.starts_with('/') || name.split('/').any(|part| part == "..");
    if leads_out {
        return Err(missing());
    }
    let source = source::read_optional(root, &path)?.ok_or_else(missing)?;
    Style::parse(&source.text).map_err(|fault| {
        let message = format!("`{name}` is no citation style that can be used: {fault}");
        Diagnostic::new(Code::ConfigValue, message)
    })
}
