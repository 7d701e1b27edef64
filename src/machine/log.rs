//! A list that only grows at its end, and that a clone of the machine shares.

use std::rc::Rc;

const CHUNK: usize = 256;

/// Entries in the order in which they were added.  A clone costs one pointer for each 256 of them.
#[derive(Clone, Debug, Hash)]
pub struct Log<T> {
    full: Vec<Rc<Vec<T>>>,
    last: Vec<T>,
}

impl<T> Default for Log<T> {
    fn default() -> Self {
        Self { full: Vec::new(), last: Vec::new() }
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

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.full.len() * CHUNK + self.last.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.full.is_empty() && self.last.is_empty()
    }

    /// The entry with this number, from 0.
    pub fn get(&self, number: usize) -> Option<&T> {
        match self.full.get(number / CHUNK) {
            Some(chunk) => chunk.get(number % CHUNK),
            None => self.last.get(number - self.full.len() * CHUNK),
        }
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, number: usize) -> Option<&mut T> {
        let full = self.full.len();
        match self.full.get_mut(number / CHUNK) {
            Some(chunk) => Rc::make_mut(chunk).get_mut(number % CHUNK),
            None => self.last.get_mut(number - full * CHUNK),
        }
    }

    /// The entries from number `from` on, oldest first.
    pub fn since(&self, from: usize) -> impl DoubleEndedIterator<Item = &T> {
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
