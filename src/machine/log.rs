//! A list that only grows at its end, and that a clone of the machine shares.

use std::rc::Rc;

const CHUNK: usize = 256;

/// Entries in the order in which they were added, all of them or the last ones.  A clone costs one pointer for
/// each 256 of them.
#[derive(Clone, Debug, Hash)]
pub struct Log<T> {
    full: Vec<Rc<Vec<T>>>,
    last: Vec<T>,
    /// How many have been dropped at the beginning.
    dropped: usize,
}

impl<T> Default for Log<T> {
    fn default() -> Self {
        Self { full: Vec::new(), last: Vec::new(), dropped: 0 }
    }
}

impl<T: Clone> Log<T> {
    /// Adds an entry.
    pub fn push(&mut self, entry: T) {
        self.last.push(entry);
        if self.last.len() == CHUNK {
            self.full.push(Rc::new(std::mem::take(&mut self.last)));
        }
    }

    /// Drops the oldest entries, but none of the last `count`.
    pub fn keep_last(&mut self, count: usize) {
        let chunks = (self.full.len() * CHUNK + self.last.len()).saturating_sub(count) / CHUNK;
        if chunks > 0 {
            self.full.drain(..chunks);
            self.dropped += chunks * CHUNK;
        }
    }

    /// Forgets the entries from number `len` on.
    pub fn truncate(&mut self, len: usize) {
        let len = len.saturating_sub(self.dropped);
        while self.full.len() * CHUNK > len {
            // A chunk that is no longer full is the last one.
            self.last = self.full.pop().map_or_else(Vec::new, Rc::unwrap_or_clone);
        }
        self.last.truncate(len - self.full.len() * CHUNK);
    }

    /// How many entries have been added.
    pub fn len(&self) -> usize {
        self.dropped + self.full.len() * CHUNK + self.last.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entries from number `from` on, oldest first; those that were dropped are not among them.
    pub fn since(&self, from: usize) -> impl DoubleEndedIterator<Item = &T> {
        let from = from.saturating_sub(self.dropped);
        let chunk = (from / CHUNK).min(self.full.len());
        let skipped = (from - chunk * CHUNK).min(CHUNK);
        let mut entries = self.full[chunk..].iter().flat_map(|chunk| chunk.iter()).chain(&self.last);
        if skipped > 0 {
            entries.nth(skipped - 1);
        }
        entries
    }

    /// All entries, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.since(0)
    }
}
