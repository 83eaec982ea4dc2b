//! One build: the stages in the order that the data takes.

use std::any::Any;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use super::checks;
use super::citations;
use super::images;
use super::known::Known;
use super::make::Touched;
use super::read;
use super::recall::{self, Before};
use super::related;
use super::request::{Anew, Built, Request, Stopped};
use super::search;
use super::standing::Standing;
use super::templates::{self, Look};
use super::texts::TextStore;
use super::threads::threads;
use super::write::{Place, write};
use crate::config::{self, Config};
use crate::diag::{Code, Diagnostic};
use crate::fingerprint::Fingerprint;
use crate::markdown::{self, Hooks};
use crate::output::{Sink, Written};
use crate::path::{BaseUrl, OutputPath, SourcePath};
use crate::render::{self, Inputs, Static};
use crate::site::{self, Figures, HeldCount, Pages, Parts, Site};
use crate::source;
use crate::theme::{self, Context, Digests, Lookup, Theme, Translations, Value};
use crate::view::{self, SiteView};

/// Builds a site into the sink that `sink` makes for its output folder. What the last build in
/// this process left in `known` it need not find out anew.
///
/// # Errors
///
/// Where the configuration or the theme leaves nothing to build, or the disk refuses.
pub fn build(
    request: &Request<'_>,
    known: &mut Known,
    sink: impl Fn(&Path) -> Box<dyn Sink> + Send + Sync,
) -> Result<Built, Stopped> {
    let pool = threads(request).map_err(|finding| stopped(vec![finding], TextStore::default()))?;
    pool.install(|| {
        let mut before = match recall::look(request) {
            Ok(built) => return Ok(built),
            Err(before) => before,
        };
        // To free it takes a while.
        let standing = known.standing.take();
        rayon::spawn(move || drop(standing));
        let mut texts = TextStore::sparing();
        let mut done = stages(request, known, &before, &sink, &mut texts);
        if !known.is_whole() {
            // What the cache had is not what was put there. Nothing has been written yet.
            known.start_over(request.root);
            before.anew = Anew::Damaged;
            texts = TextStore::sparing();
            done = stages(request, known, &before, &sink, &mut texts);
        }
        let done = match done {
            Ok(done) => done,
            Err(diagnostics) => {
                texts.complete(request.root, &diagnostics);
                return Err(stopped(diagnostics, texts));
            }
        };
        texts.complete(request.root, &done.found);
        let mut built = Built {
            diagnostics: done.found,
            texts,
            pages: done.pages,
            base: done.base,
            held: done.held,
            figures: done.figures,
            written: done.written,
            index_is_behind: done.index_is_behind,
            anew: None,
            remains: done.remains,
        };
        before.keep(request, &built, &done.output, &known.seen);
        built.anew = Some(before.anew);
        Ok(built)
    })
}

/// Why there was nothing to build, its findings in order.
pub(super) fn stopped(mut diagnostics: Vec<Diagnostic>, texts: TextStore) -> Stopped {
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    Stopped { diagnostics, texts }
}

/// What the stages leave.
struct Done {
    found: Vec<Diagnostic>,
    pages: usize,
    base: BaseUrl,
    held: HeldCount,
    figures: Option<Figures>,
    written: Option<Written>,
    output: PathBuf,
    index_is_behind: bool,
    remains: Box<dyn Any + Send>,
}

/// A site with what it is shown by.
pub(super) struct Connected {
    pub(super) config: Config,
    pub(super) site: Site,
    output: PathBuf,
    theme: Result<Theme, Vec<Diagnostic>>,
    translations: Translations,
    statics: Vec<Static>,
    extra: toml::Table,
}

fn stages(
    request: &Request<'_>,
    known: &mut Known,
    before: &Before,
    sink: &impl Fn(&Path) -> Box<dyn Sink>,
    texts: &mut TextStore,
) -> Result<Done, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let seen = request.recall.is_some().then_some(before);
    let (connected, seen) = rayon::join(
        || connect(request, known, texts, &mut found),
        || seen.map(|before| before.templates(request.root)),
    );
    let connected = connected?;
    if let Some(seen) = seen {
        known.seen = seen;
    }
    let Connected { config, mut site, output, theme, translations, statics, extra } = connected;
    site.pictures = images::pictures(request, &site, &statics, &config);
    let counts = theme.as_ref().is_ok_and(|theme| theme.mentions(view::COUNT));
    let (views, index) = rayon::join(
        || SiteView::new(&site, &config, &extra, counts),
        || {
            // Without templates there is nothing to write.
            theme.as_ref().ok()?;
            search::index(request, &site, &config, known, before.is_as_left)
        },
    );
    let pages = site.pages.all().len();
    let held = site.pages.held().count();
    let figures = request.figures.then(|| site::figures(&site));
    let theme = match theme {
        Ok(theme) => theme,
        // Without templates there is no page to show, but every other finding.
        Err(mut broken) => {
            found.append(&mut broken);
            found.extend(checks::run(&site, &config));
            finish(&mut found, &config);
            let base = config.base;
            let remains = Box::new((site, views));
            return Ok(Done {
                found,
                pages,
                base,
                held,
                figures,
                written: None,
                output,
                index_is_behind: false,
                remains,
            });
        }
    };

    // Render and write.
    let (note, loaded) = mpsc::channel();
    let lookup = lookup(request, &config, &site, &views, &statics, translations, note);
    let mut globals = Context::new();
    globals.insert_value("config", views.config.clone());
    let bound = theme.bind(&Arc::new(lookup), globals);
    // What templates see is hashed only where another build will ask.
    let is_asked = request.recall.is_some() || known.lasts();
    let hash = || {
        let digests = if is_asked { views.digests() } else { Digests::default() };
        let ground = is_asked.then(|| bound.ground(&views.config, &digests)).flatten();
        let ground = ground.zip(known.config()).map(|(a, b)| Fingerprint::of_all([&a, &b]));
        // Only a build that knows which files have changed compares it.
        let world = ground.filter(|_| request.recall.is_some());
        (digests, ground, world.and_then(|ground| world_on(ground, known, &site, counts)))
    };
    let kept = &*texts;
    let text = |path: &SourcePath| kept.shared(path);
    let inputs = Inputs {
        config: &config,
        site: &site,
        search: index.as_ref(),
        views: &views,
        theme: &bound,
        statics: &statics,
        text: &text,
    };
    // The rules have the time until the writing begins.
    let (plan, (noticed, (digests, ground, world))) =
        rayon::join(|| render::plan(&inputs), || rayon::join(|| checks::run(&site, &config), hash));
    found.extend(noticed);
    let plan = plan.unload(&mut found);
    let sink = sink(&output);
    let is_alike = world.is_some() && world == known.seen.world;
    let changed = before.pages_changed(&site).filter(|_| is_alike);
    let heap = known.heap();
    let place = Place {
        sink: sink.as_ref(),
        is_as_left: before.is_as_left,
        ground,
        digests,
        touched: changed.map(|changed| Touched::by(changed, &site, &views.works)),
        world,
        seen: &mut known.seen,
        heap,
    };
    let written = write(request, &inputs, &plan, place, &mut found);
    loaded.try_iter().for_each(|path| texts.note_elsewhere(path));
    let written = written?;
    finish(&mut found, &config);
    let base = config.base.clone();
    let standing = Standing { config, site, views, plan, bound, statics };
    let remains: Box<dyn Any + Send> = match known.lasts() {
        true => {
            known.standing = Some(standing);
            Box::new(())
        }
        false => Box::new(standing),
    };
    let index_is_behind = index.as_ref().is_some_and(|index| index.is_behind);
    Ok(Done { found, pages, base, held, figures, written, output, index_is_behind, remains })
}

/// Reads a site and finds out how its pages hang together; no rule has spoken yet.
pub(super) fn connect(
    request: &Request<'_>,
    known: &mut Known,
    texts: &mut TextStore,
    found: &mut Vec<Diagnostic>,
) -> Result<Connected, Vec<Diagnostic>> {
    // Read.
    let mut config = configure(request, texts)?;
    let (output, files) = read::files(request.root, &config, found)?;
    let look = templates::look(request.root, &config, texts, found)?;

    // Understand.
    let theme = theme::load(&look.layers);
    if let Ok(theme) = &theme {
        config.markdown.hooks = Hooks::of(|name| theme.has_component(name));
    }
    let written = texts.text(&request.config).unwrap_or_default();
    known.under(written, &request.overrides, config.markdown.hooks);
    if let Some(recall) = &request.recall {
        known.look_back(request.root, recall.program, recall.begun);
    }
    let (references, content) = read::both(files, &config, known, texts, found, request.progress);
    let styles = citations::styles(request.root, &config, &content.pages, found);
    citations::style_files(&config, &content.pages).for_each(|path| texts.note_elsewhere(path));

    // Connect.
    let (ids, named) = (look.ids(), look.named(&config));
    let Look { translations, statics, extra, .. } = look;
    let pages = Pages::new(content.pages, &config, &request.now);
    let all = pages.all().to_vec();
    let parts = Parts {
        pages,
        assets: content.assets,
        statics: render::linkable(&statics),
        ids,
        named,
        directives: theme.as_ref().ok().map(Theme::directives),
        references,
        today: request.now.clone(),
    };
    // One core hangs the pages together, while the others compare their words.
    let compare = || {
        // The words of all pages take as much room as the pages: nobody else is to hold them when
        // they are let go.
        let words = known.words(&all);
        known.put_down(request.root);
        related::read(&all, words, &config)
    };
    let (mut site, words) = rayon::join(|| site::assemble(parts, &config), compare);
    drop(all);
    // Neither keeps all cores at work by itself.
    let (formatted, related) =
        rayon::join(|| styles.format(&site, &config), || related::relate(&site, words, &config));
    site.formatted = formatted;
    site.related = related;
    Ok(Connected { config, site, output, theme, translations, statics, extra })
}

/// Reads `site.toml`.
pub(super) fn configure(
    request: &Request<'_>,
    texts: &mut TextStore,
) -> Result<Config, Vec<Diagnostic>> {
    let file = &request.config;
    texts.note_elsewhere(file.clone());
    let source = source::read_optional(request.root, file).map_err(|finding| vec![finding])?;
    let Some(source) = source else {
        let message = format!("this folder has no `{file}`");
        let help = "`ibid init` makes a site; `--root` names another folder";
        return Err(vec![Diagnostic::new(Code::ConfigMissing, message).help(help)]);
    };
    texts.keep(&source.path, &source.text);
    config::parse(&source.path, &source.text, &request.overrides)
}

/// A hash of all that pages and lists show of each other, on this ground; none where that is not
/// known of each.
fn world_on(ground: Fingerprint, known: &Known, site: &Site, counts: bool) -> Option<Fingerprint> {
    let words = site.pages.all().iter().filter(|_| counts);
    let words: Vec<u8> = words.flat_map(|page| page.card.word_count.to_le_bytes()).collect();
    Some(Fingerprint::of_all([&ground, &known.face_of_all()?, &Fingerprint::of(&words)]))
}

/// All that functions of templates may look up.
fn lookup(
    request: &Request<'_>,
    config: &Config,
    site: &Site,
    views: &SiteView,
    statics: &[Static],
    translations: BTreeMap<String, BTreeMap<String, String>>,
    note: Sender<SourcePath>,
) -> Lookup {
    let path = |id: site::PageId| site.pages.page(id).card.relative_path.clone();
    let pages = site.pages.ids().map(|id| (path(id), views.card(id).clone())).collect();
    let sections = site.tree.ids().map(|id| {
        let path = site.tree.section(id).page.map_or_else(|| "_index.md".to_owned(), path);
        (path, views.section(id).clone())
    });
    let href = |name: &str| OutputPath::new(name).ok().map(|output| site.base.file_href(&output));
    let mut files: BTreeMap<String, String> = render::hashed_names(statics)
        .into_iter()
        .filter_map(|(name, hashed)| Some((name, href(&hashed)?)))
        .collect();
    let published = site.assets.all().iter().filter(|asset| !asset.withheld);
    for output in published.filter_map(|asset| asset.output.as_ref()) {
        files.entry(output.to_string()).or_insert_with(|| site.base.file_href(output));
    }
    let generated = site.made.at_root().map(str::to_owned);
    let aliases = site.pages.all().iter().flat_map(|page| &page.aliases);
    let aliases = aliases.filter_map(|(alias, _)| alias.output().ok()).map(|path| path.to_string());
    if let Some(list) = &site.reference_list {
        // As it is served, and as one would write it in the other form of addresses.
        for name in [&list.as_str()[1..], "references", "references/"] {
            files.entry(name.to_owned()).or_insert_with(|| site.base.href(list));
        }
    }
    let feeds = site.feeds.all().iter().flat_map(|feed| [&feed.atom, &feed.json]);
    let feeds = feeds.filter_map(|feed| feed.output().ok()).map(|path| path.to_string());
    for name in generated.chain(feeds).chain(aliases) {
        if let Some(href) = href(&name) {
            files.entry(name).or_insert(href);
        }
    }
    if let Some(page) = &site.search_page {
        for name in [&page.as_str()[1..], "search", "search/"] {
            files.entry(name.to_owned()).or_insert_with(|| site.base.href(page));
        }
    }
    let taxonomies = site
        .taxonomies
        .ids()
        .map(|id| (site.taxonomies.taxonomy(id).declared.name.clone(), views.taxonomy(id).clone()));
    let terms = site.taxonomies.term_ids().map(|id| {
        let term = site.taxonomies.term(id);
        let of = &site.taxonomies.taxonomy(term.taxonomy).declared.name;
        ((of.clone(), theme::term_key(&term.name)), views.term(id).clone())
    });
    let menu = views.config.get_from_path("extra.menu").and_then(Value::as_array);
    let (root, options): (PathBuf, _) = (request.root.to_owned(), config.markdown.clone());
    Lookup {
        pages,
        sections: sections.collect(),
        files,
        taxonomies: taxonomies.collect(),
        terms: terms.collect(),
        menu: menu.unwrap_or_default().to_vec(),
        base: config.base.clone(),
        language: config.language.clone(),
        translations,
        now: request.now.to_string(),
        read: Box::new(move |path| {
            if let Some(path) = source::data_path(path) {
                // Whoever notes it is there until all is rendered.
                let _ = note.send(path);
            }
            source::read_data(&root, path)
        }),
        markdown: Some(Box::new(move |text, inline| markdown::fragment(text, inline, &options))),
    }
}

/// Gives each finding the site's severity and brings them into order.
pub(super) fn finish(found: &mut Vec<Diagnostic>, config: &Config) {
    config.levels.apply(found);
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    found.dedup();
}
