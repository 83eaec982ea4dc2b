//! Cuts the list of words into files.

use super::post::{Posted, Reader, post};
use crate::fingerprint::Fingerprint;

/// A file is ended at a word whose hash says so once it has so many bytes, and at any word once
/// it has so many more: so an edit changes the files of its words and moves no other border.
const SMALL: usize = 12 << 10;
const LARGE: usize = 36 << 10;
const ONE_IN: u8 = 32;

/// A file of words.
#[derive(Debug)]
pub(super) struct Shard {
    /// Its first word.
    pub(super) first: String,
    pub(super) bytes: Vec<u8>,
}

/// Cuts a list of words, written one behind the other.
pub(super) fn shards(words: &[u8]) -> Vec<Shard> {
    let mut cutter = Cutter::default();
    let mut reader = Reader::new(words);
    while let Some(posted) = reader.next() {
        cutter.add(&posted);
    }
    cutter.finish()
}

#[derive(Default)]
struct Cutter {
    done: Vec<Shard>,
    open: Option<Shard>,
    last: String,
}

impl Cutter {
    fn add(&mut self, posted: &Posted<'_>) {
        if let Some(open) = &self.open {
            let size = open.bytes.len();
            let print = || Fingerprint::of(posted.word.as_bytes());
            let is_border = || print().as_bytes()[0].is_multiple_of(ONE_IN);
            if size >= LARGE || size >= SMALL && is_border() {
                self.done.extend(self.open.take());
                self.last.clear();
            }
        }
        let open = self.open.get_or_insert_with(|| Shard {
            first: posted.word.to_owned(),
            bytes: Vec::with_capacity(LARGE),
        });
        post(&mut open.bytes, &self.last, posted);
        self.last.clear();
        self.last.push_str(posted.word);
    }

    fn finish(mut self) -> Vec<Shard> {
        self.done.extend(self.open);
        self.done
    }
}
