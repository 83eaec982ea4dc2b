//! Times each stage of a build by itself, on one core, through the interface of the crate.
//!
//! `benches/README.md` tells how to run it and what each figure means.
#![allow(clippy::disallowed_methods, reason = "it needs a folder to read from and write to")]

mod processor_time;
mod ready;
#[path = "../texts/mod.rs"]
mod texts;

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use ibid::cite::Rich;
use ibid::cite::{self, Reference};
use ibid::config::Config;
use ibid::csl::{Cite, Cited, Cluster, Processor, Style, Work};
use ibid::markdown::{self, Parsed};
use ibid::output::{Disk, Sink};
use ibid::page::{self, FrontMatter};
use ibid::path::SourcePath;
use ibid::render::{self, Inputs, Job, Rendered, What};
use ibid::settings;
use ibid::site;
use ibid::source::{self, Hidden};
use ibid::view::SiteView;

use processor_time::ProcessorTime;
use ready::{Ready, Shown};

// As in the program: building is mostly small strings.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many articles the site has. Enough for lists and links to be of a usual length, few enough
/// for a stage over all of them to be run a hundred times.
const PAGES: usize = 500;

/// How many files of a kind are rendered.
const RENDERED: usize = 100;

/// How many works the large bibliography has.
const WORKS: usize = 10_000;

/// How many works are printed at once: as many as a well-sourced page has.
const LISTED: usize = 20;

const STYLES: [&str; 3] = ["american-medical-association", "apa", "chicago-author-date"];

fn main() {
    let mut criterion = Criterion::default().with_measurement(ProcessorTime).configure_from_args();
    let ready = Ready::new(PAGES);
    reading(&mut criterion, &ready);
    understanding(&mut criterion, &ready);
    citing(&mut criterion);
    connecting(&mut criterion, &ready);
    rendering(&mut criterion, &ready);
    ready.remove();
    criterion.final_summary();
}

fn reading(criterion: &mut Criterion<ProcessorTime>, ready: &Ready) {
    let mut group = criterion.benchmark_group("source");
    group.throughput(Throughput::Elements(ready.files.len() as u64));
    group.bench_function("walk", |run| {
        run.iter_with_large_drop(|| source::scan(&ready.root, "content", Hidden::Skip, &[]));
    });
    group.bench_function("read", |run| {
        run.iter(|| each(&ready.files, |file| source::read(file).expect("the file is there")));
    });
    group.finish();
}

fn understanding(criterion: &mut Criterion<ProcessorTime>, ready: &Ready) {
    let mut group = criterion.benchmark_group("page");
    let texts: Vec<(&SourcePath, &str)> =
        ready.sources.iter().map(|source| (&source.path, &*source.text)).collect();
    group.throughput(Throughput::Elements(texts.len() as u64));
    group.bench_function("front matter", |run| {
        run.iter(|| each(&texts, |(_, text)| front_matter(text)));
    });
    let (with_code, prose): (Vec<_>, Vec<_>) =
        texts.iter().partition::<Vec<_>, _>(|(_, text)| text.contains("\n```"));
    for (name, texts) in [("markdown, prose", prose), ("markdown, with a code block", with_code)] {
        group.throughput(Throughput::Elements(texts.len() as u64));
        group.bench_function(name, |run| {
            run.iter(|| each(&texts, |(path, text)| body(path, text, &ready.config)));
        });
    }
    group.throughput(Throughput::Elements(ready.sources.len() as u64));
    group.bench_function("whole", |run| {
        run.iter(|| each(&ready.sources, |source| page::parse(source, &ready.config)));
    });
    group.finish();
}

/// Does one thing to each of many, and lets no result be left out because nobody looks at it.
fn each<T, R>(all: &[T], work: impl Fn(&T) -> R) {
    for one in all {
        black_box(work(one));
    }
}

fn front_matter(text: &str) -> FrontMatter {
    let front = page::toml_at(text).map_or("", |range| &text[range]);
    let (values, mistakes) = settings::read(front, "front matter");
    assert!(mistakes.is_empty(), "the texts have no mistakes: {mistakes:?}");
    values
}

fn body(path: &SourcePath, text: &str, config: &Config) -> Parsed {
    let range = page::body(text);
    let base = range.start;
    markdown::parse(&text[range], base, path, &config.markdown).value
}

fn citing(criterion: &mut Criterion<ProcessorTime>) {
    let corpus = texts::Corpus { seed: ready::SEED, pages: 0, works: WORKS };
    let file = (SourcePath::new("content/references.bib"), corpus.bibliography());
    let load = || cite::load(&[(file.0.clone(), &*file.1)]).value;
    let mut group = criterion.benchmark_group("bibliography");
    group.throughput(Throughput::Elements(WORKS as u64));
    group.sample_size(20);
    group.bench_function("load", |run| run.iter_with_large_drop(load));
    group.finish();

    let references = load();
    let works: Vec<&Reference> = references.all().iter().take(LISTED).collect();
    let mut group = criterion.benchmark_group("citations");
    group.throughput(Throughput::Elements(LISTED as u64));
    for name in STYLES {
        let style = Style::bundled(name).expect("the style is bundled");
        let processor = Processor::new(&style, "en");
        let format = || works.iter().map(|work| processor.format(work)).collect::<Vec<Work>>();
        // What a site needs once for each work, and what each page needs.
        group.bench_function(BenchmarkId::new("format", name), |run| run.iter(format));
        let formatted = format();
        let cited: Vec<Cited<'_>> = std::iter::zip(&works, &formatted)
            .map(|(reference, work)| Cited { reference, work })
            .collect();
        let nothing = Rich::default();
        let clusters: Vec<Cluster<'_>> = (0..LISTED).map(|work| cluster(work, &nothing)).collect();
        group.bench_function(BenchmarkId::new("print", name), |run| {
            run.iter(|| processor.print(&cited, &clusters));
        });
    }
    group.finish();
}

/// A citation of one work with nothing before or after it.
fn cluster(work: usize, nothing: &Rich) -> Cluster<'_> {
    let cite =
        Cite { work, locator: None, prefix: nothing, suffix: nothing, without_author: false };
    Cluster { items: vec![cite], narrative: false }
}

fn connecting(criterion: &mut Criterion<ProcessorTime>, ready: &Ready) {
    let mut group = criterion.benchmark_group("site");
    group.throughput(Throughput::Elements(ready.pages.len() as u64));
    group.sample_size(20);
    group.bench_function("assemble", |run| {
        let assemble = |parts| site::assemble(parts, &ready.config);
        run.iter_batched(|| ready.parts(), assemble, BatchSize::LargeInput);
    });
    let site = ready.site();
    group.bench_function("relate", |run| {
        run.iter_with_large_drop(|| ready::relate(&site, &ready.words, &ready.config));
    });
    group.bench_function("check", |run| run.iter(|| ibid::check::run(&site, &ready.config.levels)));
    group.bench_function("view", |run| {
        run.iter_with_large_drop(|| SiteView::new(&site, &ready.config, &ready.extra, false));
    });
    group.finish();
}

type IsKind = fn(&What) -> bool;

fn rendering(criterion: &mut Criterion<ProcessorTime>, ready: &Ready) {
    let shown = Shown::new(ready);
    let inputs = shown.inputs(ready);
    let plan = render::plan(&inputs).value;
    let mut group = criterion.benchmark_group("render");
    group.throughput(Throughput::Elements(plan.iter().len() as u64));
    group.bench_function("plan", |run| run.iter_with_large_drop(|| render::plan(&inputs)));
    // What each page has, and what one that cites has besides.
    let kinds: [(&str, IsKind); 2] = [
        ("page", |what| matches!(what, What::Page { .. })),
        ("sources", |what| matches!(what, What::Sources(..))),
    ];
    for (name, is_kind) in kinds {
        let jobs: Vec<_> = plan.iter().filter(|job| is_kind(&job.what)).take(RENDERED).collect();
        assert_eq!(jobs.len(), RENDERED, "the site has enough of them");
        group.throughput(Throughput::Elements(RENDERED as u64));
        group.bench_function(name, |run| run.iter(|| each(&jobs, |job| made(job, &inputs))));
    }
    group.finish();
    writing(criterion, ready, &inputs);
}

fn made(job: &Job, inputs: &Inputs<'_>) -> Rendered {
    render::render(job, inputs).unwrap_or_else(|finding| panic!("{finding:?}"))
}

fn writing(criterion: &mut Criterion<ProcessorTime>, ready: &Ready, inputs: &Inputs<'_>) {
    let plan = render::plan(inputs).value;
    let pages: Vec<Rendered> = plan
        .iter()
        .filter(|job| matches!(job.what, What::Page { .. }))
        .map(|job| made(job, inputs))
        .collect();
    let write = |disk: &Disk| {
        let planned: Vec<_> = pages.iter().map(|page| page.path.clone()).collect();
        let session = disk.open(&planned).expect("the folder can be written").value;
        for page in &pages {
            session.put(page).expect("the file can be written");
        }
        black_box(session.close().expect("the folder can be written").value)
    };
    let mut group = criterion.benchmark_group("output");
    group.throughput(Throughput::Elements(pages.len() as u64));
    group.sample_size(10);
    let mut folders = 0;
    group.bench_function("write", |run| {
        // A folder that was not there before: creating files is slower after a large removal.
        let fresh = || {
            folders += 1;
            Disk::new(ready.root.join(format!("public-{folders}")))
        };
        run.iter_batched(fresh, |disk| write(&disk), BatchSize::PerIteration);
    });
    let kept = Disk::new(ready.root.join("public"));
    write(&kept);
    group.bench_function("find unchanged", |run| run.iter(|| write(&kept)));
    group.finish();
}
