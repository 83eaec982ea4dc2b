//! What a build puts aside while it works: a file of the cache that only grows.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::keep::{CACHE, Cache, is_there};
use crate::fingerprint::Fingerprint;
use crate::text::packed::{Place, Store};

/// How the names of these files begin. Each has another number than the one before: whoever still
/// reads that is not disturbed.
const NAME: &str = "texts-";

/// A file of bytes, to be read again piece by piece: now, and by later builds.
#[derive(Debug)]
pub struct Heap {
    number: u32,
    file: File,
    /// Held by whoever writes.
    end: Mutex<()>,
    /// Whether somebody did not get what had been put.
    has_failed: AtomicBool,
}

impl Heap {
    /// Begins a new one.
    ///
    /// # Errors
    ///
    /// What the system refuses.
    pub fn begin(cache: &Cache) -> io::Result<Self> {
        let last = cache.names()?.iter().filter_map(|name| number(name)).max().unwrap_or(0);
        let number = last.checked_add(1).ok_or(io::ErrorKind::AlreadyExists)?;
        let path = cache.path(&name(number));
        let file = File::options().read(true).write(true).create_new(true).open(path)?;
        Ok(Self::of(number, file))
    }

    /// Opens the one of this number that an earlier build has left; none where there is none.
    pub fn open(root: &Path, number: u32) -> Option<Self> {
        let folder = root.join(CACHE);
        let path = folder.join(name(number));
        // A link may lead anywhere.
        let is_file = || path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        let is_ours = is_there(&folder).is_ok_and(|is_there| is_there) && is_file();
        let file = is_ours.then(|| File::options().read(true).write(true).open(&path).ok())??;
        Some(Self::of(number, file))
    }

    fn of(number: u32, file: File) -> Self {
        Self { number, file, end: Mutex::default(), has_failed: AtomicBool::new(false) }
    }

    /// By which number it is found again.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Its size in bytes, with what nobody asks for any more.
    pub fn size(&self) -> u64 {
        self.file.metadata().map_or(0, |metadata| metadata.len())
    }

    /// Whether everybody got what had been put. Where not, what was made of it is wrong.
    pub fn is_whole(&self) -> bool {
        !self.has_failed.load(Ordering::Relaxed)
    }

    /// Puts these bytes behind all others, and says where each lies.
    ///
    /// # Errors
    ///
    /// What the system refuses; what is there stays.
    pub fn put(&self, all: &[&[u8]]) -> io::Result<Vec<Place>> {
        let bytes = all.concat();
        let at = {
            let _writing = self.end.lock().unwrap_or_else(PoisonError::into_inner);
            // Keeps another process from the same place. A file system without locks leaves it to
            // the marks, which tell that a place has been written over.
            let is_locked = self.file.lock().is_ok();
            let mut file = &self.file;
            let at = file.seek(SeekFrom::End(0));
            let written = at.and_then(|at| file.write_all(&bytes).map(|()| at));
            if is_locked {
                self.file.unlock()?;
            }
            written?
        };
        let place = |at: &mut u64, bytes: &&[u8]| {
            let size = u32::try_from(bytes.len()).map_err(io::Error::other);
            let place = size.map(|size| Place { at: *at, size, mark: mark(bytes) });
            *at += bytes.len() as u64;
            Some(place)
        };
        all.iter().scan(at, place).collect()
    }

    /// Removes all others from the cache.
    ///
    /// # Errors
    ///
    /// What the system refuses.
    pub fn outlive(&self, cache: &Cache) -> io::Result<()> {
        cache.forget(|name| number(name).is_some_and(|number| number != self.number))
    }

    /// Removes all from the cache.
    ///
    /// # Errors
    ///
    /// What the system refuses.
    pub fn forget(cache: &Cache) -> io::Result<()> {
        cache.forget(|name| number(name).is_some())
    }
}

impl Store for Heap {
    fn take(&self, place: &Place) -> Option<Vec<u8>> {
        let mut bytes = vec![0; place.size as usize];
        let read = read_at(self, &mut bytes, place.at);
        let taken = read.is_ok_and(|()| mark(&bytes) == place.mark).then_some(bytes);
        if taken.is_none() {
            self.has_failed.store(true, Ordering::Relaxed);
        }
        taken
    }
}

fn name(number: u32) -> String {
    format!("{NAME}{number}")
}

fn number(name: &str) -> Option<u32> {
    name.strip_prefix(NAME)?.parse().ok()
}

fn mark(bytes: &[u8]) -> [u8; 16] {
    let mut mark = [0; 16];
    mark.copy_from_slice(Fingerprint::of(bytes).as_bytes());
    mark
}

#[cfg(unix)]
fn read_at(heap: &Heap, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(&heap.file, bytes, at)
}

/// Where all readers have one place in a file, each waits for the others.
#[cfg(not(unix))]
fn read_at(heap: &Heap, bytes: &mut [u8], at: u64) -> io::Result<()> {
    let _reading = heap.end.lock().unwrap_or_else(PoisonError::into_inner);
    let mut file = &heap.file;
    file.seek(SeekFrom::Start(at))?;
    io::Read::read_exact(&mut file, bytes)
}
