//! The items of a list, and how many CPython has room for: it keeps more room than it needs, by rules of its own, and
//! `sys.getsizeof()` tells.

use std::ops::{Bound, Deref, DerefMut, RangeBounds};

use super::super::value::Value;

/// What stands for room that is not known.
const UNKNOWN: u32 = u32::MAX;
/// So much room is kept, however few items there are.
const SMALL: usize = 32;

/// Items, with the room for them.  Who changes their number says how CPython does it.
#[derive(Clone, Debug, Hash)]
pub struct Items {
    items: Vec<Value>,
    room: u32,
}

impl From<Vec<Value>> for Items {
    /// Items in a list that CPython makes in a way of its own.
    fn from(items: Vec<Value>) -> Self {
        Self { items, room: UNKNOWN }
    }
}

impl Deref for Items {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.items
    }
}

impl DerefMut for Items {
    fn deref_mut(&mut self) -> &mut [Value] {
        &mut self.items
    }
}

impl<'a> IntoIterator for &'a Items {
    type Item = &'a Value;
    type IntoIter = std::slice::Iter<'a, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl Items {
    /// Items in a list made for just so many.
    pub fn exact(items: Vec<Value>) -> Self {
        let room = items.len() as u32;
        Self { items, room }
    }

    /// How many items there is room for, where that is known.
    pub fn room(&self) -> Option<usize> {
        (self.room != UNKNOWN).then_some(self.room as usize)
    }

    /// Notes that the room is not known.
    pub fn forget_room(&mut self) {
        self.room = UNKNOWN;
    }

    /// Notes that there is room for so many.
    fn set_room(&mut self, room: usize) {
        self.room = room as u32;
    }

    /// Makes room for `len` items: some more than that where it grows, unless it grows by much; less than there was
    /// where more than half of much is left over.
    fn resize(&mut self, len: usize) {
        const UP_TO: usize = !3;
        let Some(room) = self.room() else { return };
        if room >= len && (len >= room / 2 || room <= SMALL) {
            return;
        }
        let more = (len + len / 8 + 6) & UP_TO;
        let grows_by = len.saturating_sub(self.items.len());
        let room = if grows_by > more - len { (len + 3) & UP_TO } else { more };
        self.set_room(if len == 0 { 0 } else { room });
    }

    /// The same, but a list of none keeps no room at all.
    fn resize_or_clear(&mut self, len: usize) {
        match len {
            0 if self.room != UNKNOWN => self.room = 0,
            len => self.resize(len),
        }
    }

    /// Makes room for `more` items that are going to be appended, where their number is known; a list that has none
    /// yet gets just that, to the next even number.
    pub fn expect(&mut self, more: usize) {
        match self.room {
            UNKNOWN => {}
            0 => self.set_room(more.next_multiple_of(2)),
            _ => self.resize(self.items.len() + more),
        }
    }

    /// Makes room for `more` items that are going to be appended from a set or a dict.
    pub fn expect_of_table(&mut self, more: usize) {
        self.resize(self.items.len() + more);
    }

    /// Nothing more is going to be appended: gives up room that there is too much of.
    pub fn settle(&mut self) {
        if self.room().is_some_and(|room| self.items.len() < room) {
            self.resize(self.items.len());
        }
    }

    /// Appends one.
    pub fn push(&mut self, item: Value) {
        if self.room().is_some_and(|room| room <= self.items.len()) {
            self.resize(self.items.len() + 1);
        }
        self.items.push(item);
    }

    /// Appends those of a list or tuple.
    pub fn extend_from_slice(&mut self, items: &[Value]) {
        if !items.is_empty() {
            self.expect(items.len());
            self.items.extend_from_slice(items);
        }
    }

    /// Takes the last one out.
    pub fn pop(&mut self) -> Option<Value> {
        self.items.len().checked_sub(1).map(|last| self.remove(last))
    }

    /// Takes out the one at a place for `del`, which keeps the room of the last one.
    pub fn delete(&mut self, place: usize) -> Value {
        self.resize(self.items.len() - 1);
        self.items.remove(place)
    }

    /// Takes out the one at a place.
    pub fn remove(&mut self, place: usize) -> Value {
        self.resize_or_clear(self.items.len() - 1);
        self.items.remove(place)
    }

    /// Puts others in the place of those in `range`, which it gives.
    pub fn splice(&mut self, range: impl RangeBounds<usize>, items: &[Value]) -> Vec<Value> {
        let start = match range.start_bound() {
            Bound::Included(start) => *start,
            Bound::Excluded(before) => before + 1,
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(last) => last + 1,
            Bound::Excluded(end) => *end,
            Bound::Unbounded => self.items.len(),
        };
        let len = self.items.len() + items.len() - (end - start);
        if len == 0 || len != self.items.len() {
            self.resize_or_clear(len);
        }
        self.items.splice(start..end, items.iter().copied()).collect()
    }

    /// Takes all of them out; the room stays.
    pub fn take(&mut self) -> Vec<Value> {
        std::mem::take(&mut self.items)
    }

    /// Puts back what was taken out; the room stays.  Gives what is there.
    pub fn put_back(&mut self, items: &[Value]) -> Vec<Value> {
        std::mem::replace(&mut self.items, items.to_vec())
    }

    /// Puts back those of the items taken out that are kept.
    pub fn keep(&mut self, items: Vec<Value>) {
        self.items = items;
        self.resize(self.items.len());
    }
}
