//! The pages as the last build understood them, on the disk. Owner of `postcard` and `lz4_flex`.
//!
//! They lie in several files, by the hashes of their paths: where one page has changed, one file
//! is written anew.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::understood::Understood;
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::output::{CACHE, Cache};
use crate::page;
use crate::path::SourcePath;
use crate::source::{self, Source};

/// How the names of the files begin.
const NAME: &str = "pages-";

/// How many pages one file holds, about.
const PAGES: usize = 64;

/// How many files are held in memory at once while they are written.
const AT_ONCE: usize = 8;

/// Pages that need not be understood anew.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// What the pages were understood by: the program and the configuration.
    by: Option<Fingerprint>,
    boards: Vec<Board>,
}

/// The pages of one file.
#[derive(Debug, Default)]
struct Board {
    bytes: Vec<u8>,
    /// For each page the hash of its text, and its place among the bytes.
    places: BTreeMap<String, (Fingerprint, Range<usize>)>,
}

/// What stands before each page.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    path: &'a str,
    text: Fingerprint,
    size: usize,
}

impl Shelf {
    /// Takes down what the last build left, if it understood pages as this one does.
    pub(super) fn load(root: &Path, program: Fingerprint, config: Fingerprint) -> Self {
        let by = Fingerprint::of_all([&program, &config]);
        let first = read(root, by, 0);
        let count = first.as_ref().map_or(0, |(count, _)| *count);
        let others = (1..count).into_par_iter().map(|n| {
            // Of another number of files it is what a build has left that was cut off.
            read(root, by, n).filter(|(other, _)| *other == count).map(|(_, board)| board)
        });
        let mut boards: Vec<Board> = first.into_iter().map(|(_, board)| board).collect();
        boards.extend(others.map(Option::unwrap_or_default).collect::<Vec<_>>());
        Self { by: Some(by), boards }
    }

    /// A page as it was understood, if it has this text.
    pub(super) fn find(&self, source: &Source, config: &Config) -> Option<Understood> {
        let path = source.path.as_str();
        let board = self.boards.get(place(path, self.boards.len()))?;
        let (text, range) = board.places.get(path)?;
        let bytes = board.bytes.get(range.clone()).filter(|_| *text == source.fingerprint)?;
        let (text_of_page, found): (page::Text, &str) = postcard::from_bytes(bytes).ok()?;
        let found = serde_json::from_str(found).ok()?;
        Some(Understood { page: Arc::new(page::recall(source, config, text_of_page)), found })
    }

    /// Lets go of the pages; which there were is known on.
    pub(super) fn let_go(&mut self) {
        self.boards.iter_mut().for_each(|board| board.bytes = Vec::new());
    }

    /// Puts these pages on the disk in place of the others. A disk that refuses costs nothing but
    /// time.
    pub(super) fn keep(&self, root: &Path, pages: &BTreeMap<SourcePath, Arc<Understood>>) {
        let Some(by) = self.by else { return };
        let count = (pages.len() / PAGES).next_power_of_two().min(256);
        let mut boards: Vec<Vec<&Understood>> = vec![Vec::new(); count];
        for (path, understood) in pages {
            boards[place(path.as_str(), count)].push(understood);
        }
        let changed: Vec<(usize, Vec<&Understood>)> = boards
            .into_iter()
            .enumerate()
            .filter(|(n, pages)| self.boards.len() != count || !self.boards[*n].holds(pages))
            .collect();
        let Ok(cache) = Cache::open(root) else { return };
        for part in changed.chunks(AT_ONCE) {
            let printed: Vec<_> =
                part.par_iter().map(|(n, pages)| (n, print(by, count, pages))).collect();
            for (n, text) in printed {
                if text.is_none_or(|text| cache.keep(&name(*n), &text).is_err()) {
                    return;
                }
            }
        }
        let is_beyond = |file: &str| {
            let number = file.strip_prefix(NAME).and_then(|number| number.parse().ok());
            number.is_some_and(|number: usize| number >= count)
        };
        let _ = cache.forget(is_beyond);
    }
}

impl Board {
    /// Whether it holds just these pages.
    fn holds(&self, pages: &[&Understood]) -> bool {
        self.places.len() == pages.len()
            && pages.iter().all(|understood| {
                let known = self.places.get(understood.page.path.as_str());
                known.is_some_and(|(text, _)| *text == understood.page.fingerprint)
            })
    }
}

fn name(number: usize) -> String {
    format!("{NAME}{number:03}")
}

/// Which file a page lies in.
fn place(path: &str, count: usize) -> usize {
    usize::from(Fingerprint::of(path.as_bytes()).as_bytes()[0]) % count.max(1)
}

/// Reads a file, and of how many it is one.
fn read(root: &Path, by: Fingerprint, number: usize) -> Option<(usize, Board)> {
    let path = SourcePath::new(format!("{CACHE}/{}", name(number)));
    let file = source::read_bytes(&source::find(root, &path).ok()??).ok()?;
    let end = file.iter().position(|byte| *byte == b'\n')?;
    let (head, packed) = (std::str::from_utf8(&file[..end]).ok()?, &file[end + 1..]);
    let (print, count) = head.split_once(' ')?;
    let count: usize = count.parse().ok().filter(|count| *count <= 256)?;
    if Fingerprint::parse(print)? != hash(by, count, packed) {
        return None;
    }
    let bytes = lz4_flex::block::decompress_size_prepended(packed).ok()?;
    let mut places = BTreeMap::new();
    let mut rest = &bytes[..];
    while !rest.is_empty() {
        let (head, after): (Head<'_>, _) = postcard::take_from_bytes(rest).ok()?;
        let at = bytes.len() - after.len();
        places.insert(head.path.to_owned(), (head.text, at..at + head.size));
        rest = after.get(head.size..)?;
    }
    Some((count, Board { bytes, places }))
}

/// Writes down the pages of a file.
fn print(by: Fingerprint, count: usize, pages: &[&Understood]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for Understood { page, found } in pages {
        let found = serde_json::to_string(found).ok()?;
        let body = postcard::to_stdvec(&(&page.body, &page.words, found)).ok()?;
        let (path, text, size) = (page.path.as_str(), page.fingerprint, body.len());
        bytes = postcard::to_extend(&Head { path, text, size }, bytes).ok()?;
        bytes.extend(body);
    }
    let packed = lz4_flex::block::compress_prepend_size(&bytes);
    let mut file = format!("{} {count}\n", hash(by, count, &packed).hex()).into_bytes();
    file.extend(packed);
    Some(file)
}

fn hash(by: Fingerprint, count: usize, packed: &[u8]) -> Fingerprint {
    Fingerprint::of_parts([by.as_bytes(), &count.to_le_bytes(), packed])
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a test writes where tests may")]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::Arc;

    use super::Shelf;
    use crate::config::{self, Config, Overrides};
    use crate::fingerprint::Fingerprint;
    use crate::markdown::Painter;
    use crate::path::SourcePath;
    use crate::pipeline::understood::Understood;
    use crate::source::{self, Hidden, Source};
    use crate::{output, page};

    fn understand(source: &Source, config: &Config) -> Arc<Understood> {
        let page =
            page::parse_with(source, config, &mut Painter::new(&config.markdown.highlighter));
        Arc::new(Understood { page: Arc::new(page.value), found: page.diagnostics })
    }

    /// Every page of the repository's own site comes back as it was understood.
    #[test]
    fn pages_come_back_as_they_were() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = source::read_optional(own, &SourcePath::new("site.toml")).unwrap().unwrap();
        let config = config::parse(&text.path, &text.text, &Overrides::default()).unwrap();
        let files = source::scan(own, "content", Hidden::Skip, &[]).value.unwrap();
        let sources: Vec<Source> = files
            .iter()
            .filter(|file| page::is_page(&file.path))
            .map(|file| source::read(file).unwrap())
            .collect();
        assert!(sources.len() > 100);
        let pages: BTreeMap<SourcePath, Arc<Understood>> = sources
            .iter()
            .map(|source| (source.path.clone(), understand(source, &config)))
            .collect();
        let root = std::env::temp_dir().join(format!("ibid-shelf-{}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        let (program, other) = (Fingerprint::of(b"program"), Fingerprint::of(b"other"));
        assert!(output::Cache::open(&root).is_ok());
        Shelf::load(&root, program, other).keep(&root, &pages);
        let shelf = Shelf::load(&root, program, other);
        assert!(shelf.boards.len() > 1);
        for source in &sources {
            let back = shelf.find(source, &config).expect("the page is there");
            let before = &pages[&source.path];
            assert!(back.page == before.page && back.found == before.found, "{}", source.path);
            let text = format!("{} ", source.text);
            let fingerprint = Fingerprint::of(text.as_bytes());
            let edited = Source { text: text.into(), fingerprint, ..source.clone() };
            assert!(shelf.find(&edited, &config).is_none(), "{}", source.path);
        }
        let foreign = Shelf::load(&root, other, program);
        assert!(foreign.find(&sources[0], &config).is_none());
        std::fs::remove_dir_all(&root).unwrap();
    }
}
