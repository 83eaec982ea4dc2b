//! Reads the files of a site, on all cores.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelBridge, ParallelIterator};

use super::citations;
use super::known::Known;
use super::shelf::Board;
use super::texts::TextStore;
use super::understood::Words;
use crate::cite::References;
use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::markdown::Painter;
use crate::page::{self, Page};
use crate::render::{Static, StaticContent};
use crate::source::{self, File, Hidden, Source};

/// Hears how far a build has come.
pub trait Progress: Sync {
    /// A stage of so many steps begins.
    fn begin(&self, stage: &'static str, steps: usize);
    /// One step is done.
    fn step(&self);
}

/// What lies under `content/`.
pub(super) struct Content {
    pub(super) pages: Vec<Arc<Page>>,
    pub(super) assets: Vec<(File, Option<(u32, u32)>)>,
}

/// Finds the output folder of a site, and the files under `content/`.
///
/// # Errors
///
/// Where the one cannot be, or the other is not there.
pub(super) fn files(
    root: &Path,
    config: &Config,
    found: &mut Vec<Diagnostic>,
) -> Result<(PathBuf, Vec<File>), Vec<Diagnostic>> {
    let output = source::output_folder(root, &config.output).map_err(|fault| {
        let message = format!("`{}` cannot be the output folder: {fault}", config.output);
        let help = "name a folder of its own, as in `output = \"public\"`";
        vec![Diagnostic::new(Code::ConfigValue, message).help(help)]
    })?;
    let except = [output.clone(), root.join(".ibid")];
    let Some(files) = source::scan(root, "content", Hidden::Skip, &except).unload(found) else {
        let message = "the site has no folder `content`";
        let help = "`ibid init` makes a site to begin with";
        found.push(Diagnostic::new(Code::NoContent, message).help(help));
        return Err(std::mem::take(found));
    };
    Ok((output, files))
}

/// Reads the bibliographies, which one core does, while the others read the pages.
pub(super) fn both(
    files: Vec<File>,
    config: &Config,
    known: &mut Known,
    texts: &mut TextStore,
    found: &mut Vec<Diagnostic>,
    progress: &dyn Progress,
) -> (References, Content) {
    let mut kept = TextStore::default();
    let mut noticed = Vec::new();
    let bibliographies = citations::bibliographies(&files, config, &mut noticed);
    let (references, content) = rayon::join(
        || citations::references(&bibliographies, &mut kept, &mut noticed),
        || self::content(files, config, known, texts, found, progress),
    );
    texts.absorb(kept);
    found.append(&mut noticed);
    (references, content)
}

/// Reads and understands every page, each by itself, and measures the images.
pub(super) fn content(
    files: Vec<File>,
    config: &Config,
    known: &mut Known,
    texts: &mut TextStore,
    found: &mut Vec<Diagnostic>,
    progress: &dyn Progress,
) -> Content {
    let (texts_of_pages, assets): (Vec<File>, Vec<File>) =
        files.into_iter().partition(|file| page::is_page(&file.path));
    progress.begin("reading", texts_of_pages.len());
    let keeps_all = texts.keeps_all() || config.machines.markdown_twins;
    let batches = known.batches(&texts_of_pages);
    let recognize = |file: &File, board: &Board| {
        (!keeps_all).then(|| board.recognize(file, config)).flatten().map(Arc::new)
    };
    let done = largest_first_with(
        &batches,
        |batch| batch.files.iter().map(|(_, file)| file.size).sum::<u64>(),
        || Painter::new(&config.markdown.highlighter),
        |painter, batch| {
            let board = known.board(batch);
            let read = batch.files.iter().map(|&(n, file)| {
                if let Some(understood) = recognize(file, &board) {
                    progress.step();
                    return (n, Ok((understood, None)));
                }
                let understood = source::read(file).map(|source| {
                    let of = (file, &source);
                    let understood = known.understand(of, &board, config, painter);
                    let is_kept = keeps_all || !understood.found.is_empty();
                    (understood, is_kept.then_some(source.text))
                });
                progress.step();
                (n, understood)
            });
            let mut read: Vec<_> = read.collect();
            let fresh = read.iter_mut().filter_map(|(_, read)| Some(&mut read.as_mut().ok()?.0));
            let mut fresh: Vec<_> = fresh.collect();
            Words::join(&mut fresh);
            known.lay(&mut fresh);
            (read, board.held())
        },
    );
    let mut read = Vec::with_capacity(texts_of_pages.len());
    for (batch, (pages, held)) in batches.iter().zip(done) {
        read.extend(pages);
        known.note(batch, held);
    }
    read.sort_unstable_by_key(|(n, _)| *n);
    let read = kept(read.into_iter().map(|(_, read)| read).collect(), found);
    let mut pages = Vec::with_capacity(read.len());
    for (understood, text) in &read {
        match text {
            Some(text) => texts.keep(&understood.page.path, text),
            None => texts.let_go(understood.page.path.clone()),
        }
        found.extend(understood.found.iter().cloned());
        pages.push(Arc::clone(&understood.page));
    }
    known.keep(read.into_iter().map(|(understood, _)| understood));
    let assets = assets.par_iter().map(|file| (file.clone(), size(file))).collect();
    Content { pages, assets }
}

/// Reads the texts of some files, and says which cannot be read.
pub(super) fn texts(files: &[File], found: &mut Vec<Diagnostic>) -> Vec<Source> {
    kept(files.par_iter().map(source::read).collect(), found)
}

/// Sees the files of a `static/` folder; `of_site` tells the site's own from a theme's.
pub(super) fn statics(
    root: &Path,
    folder: &str,
    of_site: bool,
    found: &mut Vec<Diagnostic>,
) -> Vec<Static> {
    let files = source::scan(root, folder, Hidden::Keep, &[]).unload(found).unwrap_or_default();
    let prefix = format!("{folder}/");
    let seen: Vec<_> = files
        .par_iter()
        .map(|file| {
            let path = file.path.as_str();
            let name = path.strip_prefix(&prefix).unwrap_or(path).to_owned();
            let fingerprint = match Static::is_hashed(&name) {
                true => Some(source::fingerprint(file)?),
                false => None,
            };
            let content = StaticContent::File(file.disk.clone());
            let path = of_site.then(|| file.path.clone());
            Ok(Static { name, content, fingerprint, path, size: size(file) })
        })
        .collect();
    kept(seen, found)
}

/// Keeps what was made and notes what could not be.
fn kept<T>(results: Vec<Result<T, Diagnostic>>, found: &mut Vec<Diagnostic>) -> Vec<T> {
    let mut values = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(diagnostic) => found.push(diagnostic),
        }
    }
    values
}

/// Maps on all cores, the largest first, so that no core is left with the longest piece at
/// the end; the results are in the order of the items.
pub(super) fn largest_first<T: Sync, R: Send, K: Ord>(
    items: &[T],
    size: impl Fn(&T) -> K,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    largest_first_with(items, size, || (), |(), item| work(item))
}

/// As [`largest_first`], with something that each core makes once and uses for all its items.
fn largest_first_with<T: Sync, R: Send, K: Ord, W>(
    items: &[T],
    size: impl Fn(&T) -> K,
    with: impl Fn() -> W + Sync + Send,
    work: impl Fn(&mut W, &T) -> R + Sync + Send,
) -> Vec<R> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|&n| std::cmp::Reverse(size(&items[n])));
    // Each core takes the next item when it is done with one. Were the items dealt out in parts,
    // each part would have its own `with`.
    let results = order.into_iter().par_bridge();
    let mut results: Vec<(usize, R)> =
        results.map_init(with, |tool, n| (n, work(tool, &items[n]))).collect();
    results.sort_by_key(|(n, _)| *n);
    results.into_iter().map(|(_, result)| result).collect()
}

fn size(file: &File) -> Option<(u32, u32)> {
    const IMAGES: [&str; 10] =
        ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "jxl"];
    let extension = file.path.extension().to_ascii_lowercase();
    if IMAGES.contains(&extension.as_str()) { source::image_size(file) } else { None }
}
