//! The pages as the last build understood them, on the disk.
//!
//! They lie in several files, by the hashes of their paths: where one page has changed, one file
//! is written anew. What their readers read lies apart, and is not taken from the disk before
//! somebody asks for it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};

use super::packed::{begin, mark, marked};
use super::understood::{Mark, Understood};
use crate::config::Config;
use crate::fingerprint::Fingerprint;
use crate::markdown::{PackedTexts, Sizes};
use crate::output::{Cache, Heap};
use crate::page::{self, Page};
use crate::path::SourcePath;
use crate::source::{File, Source, Stamp};
use crate::text::bag::Bag;
use crate::text::packed::{Packed, Place as Room};

/// How the names of the files begin.
const NAME: &str = "pages-";

/// How many pages one file holds, about.
const PAGES: usize = 64;

/// The most files.
const MOST: usize = 256;

/// How many bytes stand before a page, about.
const HEAD: usize = 200;

/// How many bytes of texts nobody asks for any more may lie there, besides as many as are asked
/// for.
const LITTER: u64 = 1 << 20;

/// Pages that need not be understood anew.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    root: PathBuf,
    /// What the pages were understood by: the program and the configuration.
    by: Option<Fingerprint>,
    /// For each file that was there the pages in it; none where it was not read.
    held: Vec<Option<Held>>,
    /// Where the texts of the pages lie; none where the disk takes none.
    heap: Option<Arc<Heap>>,
}

/// The pages of a file, each with a hash of its text and by what it is known.
pub(super) type Held = BTreeMap<String, (Fingerprint, Mark)>;

/// The pages of one file.
#[derive(Debug, Default)]
pub(super) struct Board {
    heap: Option<Arc<Heap>>,
    bytes: Vec<u8>,
    places: BTreeMap<String, Place>,
}

/// What is known of a page before it is read.
#[derive(Debug)]
struct Place {
    /// A hash of its text.
    text: Fingerprint,
    mark: Mark,
    /// Where it lies among the bytes.
    range: Range<usize>,
}

/// What all files have in common.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct All {
    /// How many files there are.
    count: usize,
    /// Where the texts lie.
    heap: u32,
}

/// What stands before each page.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    path: &'a str,
    text: Fingerprint,
    mark: Mark,
    size: usize,
}

impl Shelf {
    /// Finds what the last build left, if it understood pages as this one does; `by` is a hash of
    /// the program and the configuration.
    pub(super) fn find(root: &Path, by: Fingerprint) -> Self {
        let left = read(root, by, 0);
        let left = left.and_then(|(all, _)| Some((all.count, Heap::open(root, all.heap)?)));
        let begin = || Heap::begin(&Cache::open(root).ok()?).ok();
        let (count, heap) = match left {
            Some((count, heap)) => (count, Some(heap)),
            None => (0, begin()),
        };
        let heap = heap.map(Arc::new);
        Self { root: root.to_owned(), by: Some(by), held: vec![None; count], heap }
    }

    /// Where the texts of the pages lie.
    pub(super) fn heap(&self) -> Option<&Arc<Heap>> {
        self.heap.as_ref()
    }

    /// Lays the texts of these pages on the disk, but for those of pages that others hold. A disk
    /// that refuses costs nothing but memory.
    pub(super) fn lay(&self, pages: &mut [&mut Arc<Understood>]) {
        let Some(heap) = &self.heap else { return };
        let own = pages.iter_mut().filter_map(|page| Arc::get_mut(&mut Arc::get_mut(page)?.page));
        let mut own: Vec<&mut Page> = own.collect();
        own.retain(|page| page.texts.packed().held().is_some());
        let held: Vec<&[u8]> = own.iter().filter_map(|page| page.texts.packed().held()).collect();
        let Ok(rooms) = heap.put(&held) else { return };
        for (page, room) in own.into_iter().zip(rooms) {
            page.texts = texts_in(heap, room, page.texts.sizes());
        }
    }

    /// Removes all that any build has left.
    pub(super) fn clear(root: &Path) {
        // What stays is known to be of another build.
        if let Ok(cache) = Cache::open(root) {
            let _ = cache.forget(|file| file.starts_with(NAME));
            let _ = Heap::forget(&cache);
        }
    }

    /// Whether pages are put down here.
    pub(super) fn is_in_use(&self) -> bool {
        self.by.is_some()
    }

    /// The file in which a page would lie.
    pub(super) fn place(&self, path: &str) -> Option<usize> {
        Some(place(path, self.held.len())).filter(|_| !self.held.is_empty())
    }

    /// Takes down the pages of a file.
    pub(super) fn board(&self, number: usize) -> Board {
        let read = self.by.and_then(|by| read(&self.root, by, number));
        // Of another number of files, or with other texts, it is what a build has left that was
        // cut off.
        let heap = self.heap.as_ref().map(|heap| heap.number());
        let is_of_these = |all: &All| all.count == self.held.len() && Some(all.heap) == heap;
        let board = read.filter(|(all, _)| is_of_these(all)).map(|(_, board)| board);
        Board { heap: self.heap.clone(), ..board.unwrap_or_default() }
    }

    /// Takes note of what was in a file.
    pub(super) fn note(&mut self, number: usize, board: Held) {
        if let Some(held) = self.held.get_mut(number) {
            *held = Some(board);
        }
    }

    /// Puts these pages on the disk in place of the others. A disk that refuses costs nothing but
    /// time.
    pub(super) fn keep(&self, cache: &Cache, pages: &BTreeMap<SourcePath, Arc<Understood>>) {
        let (Some(by), Some(heap)) = (self.by, &self.heap) else { return };
        let asked: usize = pages.values().map(|page| page.page.texts.packed().size()).sum();
        let is_littered = heap.size() > 2 * asked as u64 + LITTER;
        let next = is_littered.then(|| Heap::begin(cache).ok()).flatten();
        let heap = next.as_ref().unwrap_or(heap);
        let count = (pages.len() / PAGES).next_power_of_two().min(MOST);
        let mut boards: Vec<Vec<&Understood>> = vec![Vec::new(); count];
        for (path, understood) in pages {
            boards[place(path.as_str(), count)].push(understood);
        }
        let changed: Vec<(usize, Vec<&Understood>)> = boards
            .into_iter()
            .enumerate()
            .filter(|(n, pages)| {
                next.is_some() || self.held.len() != count || !holds(self.held[*n].as_ref(), pages)
            })
            .collect();
        let all = All { count, heap: heap.number() };
        let put = |(n, pages): &(usize, Vec<&Understood>)| {
            cache.keep(&name(*n), &print(by, all, heap, pages)?).ok()
        };
        if changed.par_iter().try_for_each(put).is_none() {
            return;
        }
        let is_beyond = |file: &str| {
            let number = file.strip_prefix(NAME).and_then(|number| number.parse().ok());
            number.is_some_and(|number: usize| number >= count)
        };
        let _ = cache.forget(is_beyond);
        let _ = heap.outlive(cache);
    }
}

impl Board {
    /// A page as it was understood, if its file is in the state in which it was read.
    pub(super) fn recognize(&self, file: &File, config: &Config) -> Option<Understood> {
        let place = self.places.get(file.path.as_str())?;
        let is_same = place.mark.stamp.is_some() && place.mark.stamp == file.stamp;
        is_same.then(|| self.take(&file.path, place, config)).flatten()
    }

    /// A page as it was understood, if it has this text, from a file in this state.
    pub(super) fn find(
        &self,
        source: &Source,
        stamp: Option<Stamp>,
        config: &Config,
    ) -> Option<Understood> {
        let place = self.places.get(source.path.as_str());
        let place = place.filter(|place| place.text == source.fingerprint)?;
        let mut understood = self.take(&source.path, place, config)?;
        understood.mark.stamp = stamp;
        Some(understood)
    }

    fn take(&self, path: &SourcePath, place: &Place, config: &Config) -> Option<Understood> {
        let bytes = self.bytes.get(place.range.clone())?;
        let (text, (sizes, room), found): (page::Text, (Sizes, Room), &str) =
            postcard::from_bytes(bytes).ok()?;
        let found = serde_json::from_str(found).ok()?;
        let texts = texts_in(self.heap.as_ref()?, room, sizes);
        let page = page::recall(path, place.text, config, text, texts);
        Some(Understood::new(page, found, place.mark))
    }

    /// Lets go of the pages; which there were is left.
    pub(super) fn held(self) -> Held {
        let places = self.places.into_iter();
        places.map(|(path, place)| (path, (place.text, place.mark))).collect()
    }
}

/// Texts that lie there.
fn texts_in(heap: &Arc<Heap>, room: Room, sizes: Sizes) -> PackedTexts {
    PackedTexts::new(Packed::there(Arc::clone(heap) as _, room), sizes)
}

/// Whether a file holds just these pages.
fn holds(held: Option<&Held>, pages: &[&Understood]) -> bool {
    held.is_some_and(|held| {
        held.len() == pages.len()
            && pages.iter().all(|understood| {
                let now = (understood.page.fingerprint, understood.mark);
                held.get(understood.page.path.as_str()) == Some(&now)
            })
    })
}

fn name(number: usize) -> String {
    format!("{NAME}{number:03}")
}

/// Which file a page lies in.
fn place(path: &str, count: usize) -> usize {
    usize::from(Fingerprint::of(path.as_bytes()).as_bytes()[0]) % count.max(1)
}

/// Reads a file, and to what it belongs.
fn read(root: &Path, by: Fingerprint, number: usize) -> Option<(All, Board)> {
    let (bytes, start) = marked(root, &name(number), by)?;
    let (all, mut rest): (All, _) = postcard::take_from_bytes(&bytes[start..]).ok()?;
    let mut places = BTreeMap::new();
    while !rest.is_empty() {
        let (head, after): (Head<'_>, _) = postcard::take_from_bytes(rest).ok()?;
        let at = bytes.len() - after.len();
        let place = Place { text: head.text, mark: head.mark, range: at..at + head.size };
        places.insert(head.path.to_owned(), place);
        rest = after.get(head.size..)?;
    }
    let all = All { count: all.count.min(MOST), ..all };
    Some((all, Board { heap: None, bytes, places }))
}

/// Writes down the pages of a file.
fn print(by: Fingerprint, all: All, heap: &Heap, pages: &[&Understood]) -> Option<Vec<u8>> {
    let mut bodies = Vec::with_capacity(pages.len());
    for (Understood { page, words, found, head, .. }, room) in pages.iter().zip(rooms(heap, pages)?)
    {
        let found = serde_json::to_string(found).ok()?;
        // As `page::Text` is read.
        let Page { body, texts, size, .. } = &**page;
        let words = Bag { words: words.to_vec() };
        let text = (head, size, body, words, page.card.word_count);
        bodies.push(postcard::to_stdvec(&(text, (texts.sizes(), room), found)).ok()?);
    }
    let size = bodies.iter().map(|body| body.len() + HEAD).sum();
    let mut file = postcard::to_extend(&all, begin(size)).ok()?;
    for (understood, body) in pages.iter().zip(bodies) {
        let Understood { page, mark, .. } = *understood;
        let (path, text, size) = (page.path.as_str(), page.fingerprint, body.len());
        file = postcard::to_extend(&Head { path, text, mark: *mark, size }, file).ok()?;
        file.extend(body);
    }
    // Nearly all of it is hashes.
    mark(by, &mut file);
    Some(file)
}

/// Where the texts of these pages lie; those that lie elsewhere are brought.
fn rooms(heap: &Heap, pages: &[&Understood]) -> Option<Vec<Room>> {
    let packed = || pages.iter().map(|one| one.page.texts.packed());
    let elsewhere = packed().filter(|one| one.place(heap).is_none());
    let bytes: Vec<_> = elsewhere.map(Packed::bytes).collect::<Option<_>>()?;
    let brought = match bytes.is_empty() {
        true => Vec::new(),
        false => heap.put(&bytes.iter().map(|bytes| &**bytes).collect::<Vec<_>>()).ok()?,
    };
    let mut brought = brought.into_iter();
    packed().map(|one| one.place(heap).or_else(|| brought.next())).collect()
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
    use crate::pipeline::understood::{Mark, Understood};
    use crate::source::{self, File, Hidden, Source};
    use crate::{output, page};

    fn understand((file, source): &(File, Source), config: &Config) -> Arc<Understood> {
        let parsed =
            page::parse_with(source, config, &mut Painter::new(&config.markdown.highlighter));
        let face = Some(crate::view::face(&parsed.value.page));
        let mark = Mark { stamp: file.stamp, face };
        Arc::new(Understood::new(parsed.value, parsed.diagnostics, mark))
    }

    /// Every page of the repository's own site comes back as it was understood.
    #[test]
    fn pages_come_back_as_they_were() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let text = source::read_optional(own, &SourcePath::new("site.toml")).unwrap().unwrap();
        let config = config::parse(&text.path, &text.text, &Overrides::default()).unwrap();
        let files = source::scan(own, "content", Hidden::Skip, &[]).value.unwrap();
        let files: Vec<(File, Source)> = files
            .into_iter()
            .filter(|file| page::is_page(&file.path))
            .map(|file| (file.clone(), source::read(&file).unwrap()))
            .collect();
        assert!(files.len() > 100);
        let pages: BTreeMap<SourcePath, Arc<Understood>> =
            files.iter().map(|file| (file.1.path.clone(), understand(file, &config))).collect();
        let root = std::env::temp_dir().join(format!("ibid-shelf-{}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        let (this, other) = (Fingerprint::of(b"this"), Fingerprint::of(b"other"));
        let cache = output::Cache::open(&root).unwrap();
        Shelf::find(&root, this).keep(&cache, &pages);
        let shelf = Shelf::find(&root, this);
        assert!(shelf.held.len() > 1);
        let board = |path: &SourcePath| shelf.board(shelf.place(path.as_str()).unwrap());
        for (file, source) in &files {
            let before = &pages[&source.path];
            let is_as_before = |back: Understood| {
                back.page == before.page
                    && *back.words == *before.words
                    && back.found == before.found
                    && back.head == before.head
                    && back.mark == before.mark
            };
            let board = board(&source.path);
            let back = board.find(source, file.stamp, &config).expect("the page is there");
            assert!(is_as_before(back), "{}", source.path);
            let back = board.recognize(file, &config).expect("the file is as it was");
            assert!(is_as_before(back), "{}", source.path);
            let text = format!("{} ", source.text);
            let fingerprint = Fingerprint::of(text.as_bytes());
            let edited = Source { text: text.into(), fingerprint, ..source.clone() };
            assert!(board.find(&edited, file.stamp, &config).is_none(), "{}", source.path);
            assert!(board.recognize(&File { stamp: None, ..file.clone() }, &config).is_none());
        }
        let foreign = Shelf::find(&root, other);
        assert_eq!(foreign.place(files[0].1.path.as_str()), None);
        std::fs::remove_dir_all(&root).unwrap();
    }
}
