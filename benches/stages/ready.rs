//! A site that is ready for each stage: what the stages before it have made.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process;
use std::sync::Arc;

use ibid::cite;
use ibid::config::{self, Config, Overrides};
use ibid::csl::{Processor, Style};
use ibid::date::Date;
use ibid::diag::Severity;
use ibid::fingerprint::Fingerprint;
use ibid::markdown::Painter;
use ibid::page::{self, Page};
use ibid::path::{OutputPath, SourcePath};
use ibid::render::{self, Inputs, Static, StaticContent};
use ibid::site::related::{self, Counts, Ground, Scratch, Text, Vocabulary, suggest};
use ibid::site::{self, Formatted, PageId, Pages, Parts, Related, Site};
use ibid::source::{self, File, Hidden, Source};
use ibid::text::bag::{Bag, Word};
use ibid::text::stem::Stemmer;
use ibid::theme::{self, Bound, Context, Layer, Lookup, Translation};
use ibid::view::SiteView;

use crate::texts::{Corpus, Dialect};

pub(crate) const SEED: u64 = 1;

/// The day of the build.
const TODAY: &str = "2026-01-31";

/// A site on disk, read and understood.
pub(crate) struct Ready {
    pub(crate) root: PathBuf,
    pub(crate) config: Config,
    pub(crate) files: Vec<File>,
    pub(crate) sources: Vec<Source>,
    pub(crate) pages: Vec<Page>,
    /// The words of each page.
    pub(crate) words: BTreeMap<SourcePath, Bag>,
    pub(crate) extra: toml::Table,
    bibliography: String,
}

impl Ready {
    /// Writes a site of so many articles and reads it.
    pub(crate) fn new(articles: usize) -> Self {
        let corpus = Corpus::new(SEED, articles);
        let name = format!("stages-{}", process::id());
        let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        corpus.write(Dialect::Ibid, &root).expect("the site can be written");
        let text = fs::read_to_string(root.join("site.toml")).expect("it was just written");
        let config = config::parse(&SourcePath::new("site.toml"), &text, &Overrides::default());
        let config = config.unwrap_or_else(|found| panic!("{found:?}"));
        let files = source::scan(&root, "content", Hidden::Skip, &[]).value.unwrap_or_default();
        let files: Vec<File> = files.into_iter().filter(|file| page::is_page(&file.path)).collect();
        let sources: Vec<Source> =
            files.iter().map(|file| source::read(file).expect("it was just written")).collect();
        let mut painter = Painter::new(&config.markdown.highlighter);
        let (mut pages, mut words) = (Vec::new(), BTreeMap::new());
        for source in &sources {
            let understood = page::parse_with(source, &config, &mut painter).value;
            words.insert(source.path.clone(), understood.words);
            pages.push(understood.page);
        }
        drop(painter);
        let bibliography = corpus.bibliography();
        Self { root, config, files, sources, pages, words, extra: toml::Table::new(), bibliography }
    }

    /// Takes the site from the disk.
    pub(crate) fn remove(&self) {
        fs::remove_dir_all(&self.root).expect("the site can be removed");
    }

    /// What a site is assembled of.
    pub(crate) fn parts(&self) -> Parts {
        let file = SourcePath::new("content/references.bib");
        let today = Date::parse(TODAY).expect("it is a date");
        let pages = self.pages.iter().cloned().map(std::sync::Arc::new).collect();
        Parts {
            pages: Pages::new(pages, &self.config, &today),
            assets: Vec::new(),
            statics: Vec::new(),
            ids: theme::Ids::of(&[Layer::builtin()]),
            named: std::collections::BTreeSet::new(),
            directives: None,
            references: cite::load(&[(file, &self.bibliography)]).value,
            today,
        }
    }

    /// The assembled site, its works printed and its pages related.
    pub(crate) fn site(&self) -> Site {
        let mut site = site::assemble(self.parts(), &self.config);
        // A benchmark of a site with errors would measure something else.
        let errors = ibid::check::run(&site, &self.config.levels);
        let errors: Vec<_> =
            errors.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let manner = (self.config.citations.style.name.clone(), self.config.language.clone());
        let style = Style::bundled(&manner.0).expect("the usual style is bundled");
        let mut formatted = Formatted::new(
            &site.pages,
            |_| manner.clone(),
            |(_, language)| Processor::new(&style, language),
        );
        let wanted = formatted.wanted(&site.pages, &site.cited);
        let works: Vec<_> = wanted
            .into_iter()
            .map(|wanted| (wanted, formatted.format(&site.references, wanted)))
            .collect();
        formatted.keep(works);
        site.formatted = formatted;
        site.related = relate(&site, &self.words, &self.config);
        site
    }
}

/// Finds what is offered to read next, as the pipeline does, on one core.
pub(crate) fn relate(site: &Site, words: &BTreeMap<SourcePath, Bag>, config: &Config) -> Related {
    let pages = site.pages.all();
    let words: Vec<&[Word]> = pages.iter().map(|page| &words[&page.path].words[..]).collect();
    let stemmer = Stemmer::new(&config.language);
    let entries = Counts::of(0, &words).entries();
    let stems = related::stemmed(&entries, pages, |_| &stemmer);
    let vocabulary = Vocabulary::new(&entries, stems, pages.len());
    let terms: Vec<_> = words.iter().map(|words| related::terms(words, &vocabulary)).collect();
    let mut members: Vec<Vec<PageId>> = vec![Vec::new(); site.tree.sections().len()];
    for id in site.pages.ids() {
        members[site.tree.section_of(id).index()].push(id);
    }
    let common: Vec<Vec<u32>> = members
        .iter()
        .map(|ids| related::common_terms(ids.iter().map(|id| &terms[id.index()])))
        .collect();
    let text = Text { terms, common, vocabulary };
    let ground = Ground::new(site, config, Some(text));
    let mut scratch = Scratch::new(pages.len());
    Related::new(site.pages.ids().map(|id| suggest(&ground, id, &mut scratch)).collect())
}

/// The text of each file that was read.
type Texts = Box<dyn Fn(&SourcePath) -> Option<Arc<str>> + Sync>;

/// What a site is shown with: the built-in theme and nothing over it.
pub(crate) struct Shown {
    site: Site,
    views: SiteView,
    theme: Bound,
    statics: Vec<Static>,
    text: Texts,
}

impl Shown {
    pub(crate) fn new(ready: &Ready) -> Self {
        let site = ready.site();
        let views = SiteView::new(&site, &ready.config, &ready.extra, false);
        let statics = statics(&ready.config);
        let href = |name: &str| Some(site.base.file_href(&OutputPath::new(name).ok()?));
        let lookup = Lookup {
            files: render::hashed_names(&statics)
                .into_iter()
                .filter_map(|(name, hashed)| Some((name, href(&hashed)?)))
                .collect(),
            sections: site
                .tree
                .ids()
                .filter_map(|id| {
                    let page = site.tree.section(id).page?;
                    let path = site.pages.page(page).card.relative_path.clone();
                    Some((path, views.section(id).clone()))
                })
                .collect(),
            base: ready.config.base.clone(),
            language: ready.config.language.clone(),
            translations: translations(),
            now: TODAY.to_owned(),
            ..Lookup::default()
        };
        let mut globals = Context::new();
        globals.insert_value("config", views.config.clone());
        let theme = theme::load(&[Layer::builtin()]).unwrap_or_else(|found| panic!("{found:?}"));
        let theme = theme.bind(&Arc::new(lookup), globals);
        let texts: BTreeMap<SourcePath, Arc<str>> =
            ready.sources.iter().map(|source| (source.path.clone(), source.text.clone())).collect();
        let text = Box::new(move |path: &SourcePath| texts.get(path).cloned());
        Self { site, views, theme, statics, text }
    }

    pub(crate) fn inputs<'a>(&'a self, ready: &'a Ready) -> Inputs<'a> {
        Inputs {
            search: None,
            config: &ready.config,
            site: &self.site,
            views: &self.views,
            theme: &self.theme,
            statics: &self.statics,
            text: &*self.text,
        }
    }
}

/// The static files of the built-in theme, and the style sheets of code blocks.
fn statics(config: &Config) -> Vec<Static> {
    let of_theme = theme::builtin().into_iter().filter_map(|(path, bytes)| {
        Some((path.strip_prefix("static/")?.to_owned(), Arc::from(bytes)))
    });
    let sheets = [("light", &config.highlight.light), ("dark", &config.highlight.dark)]
        .map(|(name, sheet)| (format!("syntax-{name}.css"), Arc::from(sheet.as_bytes())));
    of_theme
        .chain(sheets)
        .map(|(name, bytes): (String, Arc<[u8]>)| Static {
            fingerprint: Static::is_hashed(&name).then(|| Fingerprint::of(&bytes)),
            name,
            content: StaticContent::Bytes(bytes),
            path: None,
            size: None,
        })
        .collect()
}

/// The words of the built-in theme.
fn translations() -> theme::Translations {
    let words: Vec<Translation> = theme::builtin()
        .into_iter()
        .filter_map(|(path, bytes)| {
            let language = path.strip_prefix("i18n/")?.strip_suffix(".toml")?.to_owned();
            let text = std::str::from_utf8(bytes).ok()?.into();
            Some(Translation { language, path: SourcePath::new(path.as_str()), text })
        })
        .collect();
    theme::translations(&words).value
}
