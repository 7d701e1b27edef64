//! CPython's compact dict: entries in the order of their insertion, and a sparse table of indices.
//!
//! What must hold: an index table has 2ⁿ slots, n ≥ 3, of which at most two thirds are ever filled;
//! each live entry has exactly one slot; a removed entry leaves a hole among the entries and a dummy
//! in its slot, so that positions and probe sequences stay valid until the next resize; only an
//! insertion of a new key resizes.

use std::rc::Rc;

use super::order::{NodeId, Order};
use super::{Find, Probe, Question, Sameness};

/// The place of an entry in the order of insertion; holes count.
///
/// It stays valid until the entry is removed or the dict resized, cleared or shrunk from the end; a
/// stale one gives `None`, or another entry, and does no harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryIndex(u32);

impl EntryIndex {
    /// Where iteration begins.
    pub const FIRST: Self = Self(0);

    /// As a number.
    pub const fn number(self) -> usize {
        self.0 as usize
    }

    /// The place after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// One item of a dict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Entry<V> {
    /// The key's hash.
    pub hash: i64,
    /// The key.
    pub key: V,
    /// The value.
    pub value: V,
}

/// Where a lookup in a dict goes on: what a [`Question`] carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DictCursor {
    entry: EntryIndex,
    probe: Probe,
    /// Which of the dict's tables it is: another one after each resize.
    generation: u32,
}

/// Whether a key is exactly a `str`: CPython keeps dicts of such keys in a smaller form, and builds
/// the table anew when the first other key comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// Exactly a `str`.
    Str,
    /// Anything else, subclasses of `str` too.
    Other,
}

/// A dict from `V` to `V`, whose keys are told apart by identity (`==` of `V`) and by its callers.
#[derive(Clone, Debug, Hash)]
pub struct Dict<V> {
    /// None in a dict that never had an item or was cleared.
    keys: Option<Rc<Keys<V>>>,
    used: u32,
    generation: u32,
    version: u64,
    /// `default_factory`, in the dict of a defaultdict; boxed, as hardly any dict has one.
    factory: Option<Box<V>>,
    /// The nodes of an OrderedDict, from its first key on.
    order: Option<Rc<Order<V>>>,
}

/// What CPython calls a dict's keys object: the slots and the entries they point to.
#[derive(Debug, Hash)]
struct Keys<V> {
    indices: Indices,
    entries: Vec<Option<Entry<V>>>,
    /// How many entries may still be added before a resize.
    usable: u32,
    log2_size: u8,
    kind: KeyKind,
}

/// Of each slot, the entry it points to, or [`EMPTY`] or [`DUMMY`], as narrow as the size allows.
#[derive(Clone, Debug, Hash)]
enum Indices {
    /// The smallest table, without an allocation of its own.
    Least([i8; 1 << LOG2_LEAST]),
    Bytes(Box<[i8]>),
    Shorts(Box<[i16]>),
    Words(Box<[i32]>),
}

/// A slot never used since the last resize: here a probe ends.
const EMPTY: i32 = -1;
/// A slot whose entry was removed: a probe goes on.
const DUMMY: i32 = -2;
/// The logarithm of the smallest table's size.
const LOG2_LEAST: u8 = 3;
/// The logarithm of the largest table's size that an insertion of many items prepares.
const LOG2_MOST_PRESIZED: u8 = 17;
/// The logarithm of the largest table's size.
const LOG2_MOST: u8 = 31;

impl<V> Default for Dict<V> {
    fn default() -> Self {
        Self { keys: None, used: 0, generation: 0, version: 0, factory: None, order: None }
    }
}

impl<V: Copy + Eq> Dict<V> {
    /// `default_factory`, in the dict of a defaultdict.
    pub fn factory(&self) -> Option<V> {
        self.factory.as_deref().copied()
    }

    /// Gives a defaultdict another `default_factory`, and gives back the one it had.
    pub fn replace_factory(&mut self, factory: Option<V>) -> Option<V> {
        std::mem::replace(&mut self.factory, factory.map(Box::new)).map(|old| *old)
    }

    /// The most items a dict may hold, which would fill 57 gigabytes: who would insert one more raises
    /// `MemoryError` instead.
    pub const MAX_LEN: usize = usable_fraction(LOG2_MOST);

    /// An empty dict.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty dict with room for `len` items, as a dict display makes it; `kind` is
    /// [`KeyKind::Str`] if all keys to come are.
    pub fn with_capacity(len: usize, kind: KeyKind) -> Self {
        let mut dict = Self::default();
        if len > usable_fraction(LOG2_LEAST) {
            let log2_size = if len > usable_fraction(LOG2_MOST_PRESIZED) {
                LOG2_MOST_PRESIZED
            } else {
                log2_size_for_entries(len)
            };
            dict.keys = Some(Rc::new(Keys::new(log2_size, kind)));
        }
        dict
    }

    /// The number of items.
    pub const fn len(&self) -> usize {
        self.used as usize
    }

    /// Whether there are no items.
    pub const fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// A number that differs after each change of an item, to see by that nothing was changed.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// What `dict.__sizeof__()` gives: bytes, as CPython lays its tables out on 64 bits.
    pub fn size_in_cpython(&self) -> usize {
        const DICT_OBJECT: usize = 48;
        const KEYS_OBJECT: usize = 32;
        let Some(keys) = &self.keys else { return DICT_OBJECT };
        let entry = match keys.kind {
            KeyKind::Str => 16,
            KeyKind::Other => 24,
        };
        let index = match &keys.indices {
            Indices::Least(_) | Indices::Bytes(_) => 1,
            Indices::Shorts(_) => 2,
            Indices::Words(_) => 4,
        };
        DICT_OBJECT + KEYS_OBJECT + (index << keys.log2_size) + entry * usable_fraction(keys.log2_size)
    }

    /// What `OrderedDict.__sizeof__` gives in CPython: as many places for nodes as the table had when they were made, and
    /// a node for each key.
    pub fn ordered_size_in_cpython(&self) -> usize {
        const MORE: usize = 64;
        const NODE: usize = 32;
        let (places, nodes) = match &self.order {
            Some(order) if !order.is_empty() => (order.places(), self.len()),
            Some(order) => (order.places(), 0),
            None => (0, 0),
        };
        self.size_in_cpython() + MORE + size_of::<u64>() * places + NODE * nodes
    }

    /// Looks `key` up.  Identity is tried first; where only the hashes agree, `same` is asked with the
    /// stored key.
    pub fn find(
        &self,
        key: V,
        hash: i64,
        same: impl FnMut(V) -> Sameness,
    ) -> Find<V, EntryIndex, DictCursor> {
        match &self.keys {
            Some(keys) => keys.find(Probe::new(hash, keys.mask()), key, hash, self.generation, same),
            None => Find::Absent,
        }
    }

    /// Goes on with a lookup after its question was answered.
    ///
    /// The `__eq__` that was asked may have changed the dict.  As in CPython the lookup then starts
    /// over if the table was replaced or the key is no longer where it stood.
    pub fn resume(
        &self,
        key: V,
        hash: i64,
        question: Question<V, DictCursor>,
        answer: bool,
        same: impl FnMut(V) -> Sameness,
    ) -> Find<V, EntryIndex, DictCursor> {
        let Some(keys) = &self.keys else { return Find::Absent };
        let DictCursor { entry, mut probe, generation } = question.cursor;
        let stored = keys.entry(entry).map(|entry| entry.key);
        if generation != self.generation || stored != Some(question.key) {
            return self.find(key, hash, same);
        }
        if answer {
            return Find::Found(entry);
        }
        probe.advance(keys.mask());
        keys.find(probe, key, hash, self.generation, same)
    }

    /// What CPython does to a dict before it looks up a key in order to store to it: the first key
    /// that is not a `str` makes it build the table anew.
    pub fn prepare_insert(&mut self, kind: KeyKind) {
        if kind == KeyKind::Other && self.keys.as_ref().is_some_and(|keys| keys.kind == KeyKind::Str) {
            self.grow(KeyKind::Other);
        }
    }

    /// Adds an item whose key was looked up and found absent.
    pub fn insert_absent(&mut self, kind: KeyKind, key: V, hash: i64, value: V) -> EntryIndex {
        self.prepare_insert(kind);
        if self.keys.as_ref().is_some_and(|keys| keys.usable == 0) {
            self.grow(KeyKind::Str);
        }
        self.version += 1;
        self.used += 1;
        let keys = self.keys.get_or_insert_with(|| Rc::new(Keys::new(LOG2_LEAST, kind)));
        Rc::make_mut(keys).push(Entry { hash, key, value })
    }

    /// The item at a place, None for a hole or past the end.
    pub fn entry(&self, at: EntryIndex) -> Option<Entry<V>> {
        self.keys.as_ref()?.entry(at).copied()
    }

    /// Gives the item at a place another value, and returns the one it had.
    pub fn replace(&mut self, at: EntryIndex, value: V) -> Option<V> {
        self.entry(at)?;
        let entry = Rc::make_mut(self.keys.as_mut()?).entries.get_mut(at.0 as usize)?.as_mut()?;
        self.version += 1;
        Some(std::mem::replace(&mut entry.value, value))
    }

    /// Takes out the item at a place; the table keeps its size.
    pub fn remove(&mut self, at: EntryIndex) -> Option<Entry<V>> {
        let entry = self.entry(at)?;
        Rc::make_mut(self.keys.as_mut()?).remove(at, entry.hash);
        self.version += 1;
        self.used -= 1;
        Some(entry)
    }

    /// Takes out the item inserted last, and with it the holes after it.
    pub fn pop_last(&mut self) -> Option<Entry<V>> {
        let (at, _) = self.previous_entry(self.end())?;
        let entry = self.remove(at);
        // CPython does not give the room back: the slots still hold dummies.
        Rc::make_mut(self.keys.as_mut()?).entries.truncate(at.0 as usize);
        entry
    }

    /// The nodes of an OrderedDict; none if it never had a key.
    pub fn order(&self) -> Option<&Order<V>> {
        self.order.as_deref()
    }

    /// Counts the changes of an OrderedDict's order.
    pub fn order_state(&self) -> u64 {
        self.order().map_or(0, Order::state)
    }

    /// Whether the nodes of an OrderedDict are known by the places of the table there is now.
    pub fn knows_places(&self) -> bool {
        self.order().is_some_and(|order| order.is_made_for(self.mark()))
    }

    /// How many places the table has.
    pub fn places(&self) -> usize {
        self.keys.as_ref().map_or(1, |keys| 1 << keys.log2_size)
    }

    /// Where the next new entry goes, which stands for the place of a key that is not there.
    pub fn next_place(&self) -> usize {
        self.end().number()
    }

    /// Takes in the places that the nodes have in the table there is now.
    pub fn set_places(&mut self, places: Vec<Option<NodeId>>) {
        let mark = self.mark();
        Rc::make_mut(self.order.get_or_insert_default()).refill(places, mark);
    }

    /// Adds a node for the key at a place.
    pub fn add_node(&mut self, place: usize, key: V, hash: i64) {
        Rc::make_mut(self.order.get_or_insert_default()).add(place, key, hash);
    }

    /// Takes out the node at a place, and gives its key.
    pub fn remove_node(&mut self, place: usize) -> Option<V> {
        Rc::make_mut(self.order.as_mut()?).remove(place)
    }

    /// Moves a node behind all others, or before them.
    pub fn move_node(&mut self, id: NodeId, last: bool) {
        if let Some(order) = &mut self.order {
            Rc::make_mut(order).move_to_end(id, last);
        }
    }

    /// Takes out all nodes, and gives their keys.
    pub fn clear_nodes(&mut self) -> Vec<V> {
        self.order.as_mut().map_or_else(Vec::new, |order| Rc::make_mut(order).clear())
    }

    /// The items as a program sees them: in the order of the nodes, if there are some; those without a node follow.
    pub fn shown(&self) -> Vec<Entry<V>> {
        let entries: Vec<Entry<V>> = self.iter().collect();
        let Some(order) = self.order().filter(|order| !order.is_empty()) else { return entries };
        if order.iter().map(|(_, node)| node.key).eq(entries.iter().map(|entry| entry.key)) {
            return entries;
        }
        let ordered = order.iter().filter_map(|(_, node)| self.entry_of(node.key, node.hash));
        let others = entries.iter().filter(|entry| order.iter().all(|(_, node)| node.key != entry.key));
        ordered.chain(others.copied()).collect()
    }

    /// The item of this very key.
    pub fn entry_of(&self, key: V, hash: i64) -> Option<Entry<V>> {
        match self.find(key, hash, |_| Sameness::Different) {
            Find::Found(at) => self.entry(at),
            Find::Absent | Find::Ask(_) => None,
        }
    }

    fn mark(&self) -> (u32, usize) {
        (self.generation, self.places())
    }

    /// The first item at `from` or after it.
    pub fn next_entry(&self, from: EntryIndex) -> Option<(EntryIndex, Entry<V>)> {
        let entries = &self.keys.as_ref()?.entries;
        let rest = entries.get(from.0 as usize..)?;
        (from.0..).zip(rest).find_map(|(index, entry)| Some((EntryIndex(index), (*entry)?)))
    }

    /// The last item before `before`; none if the table has become so short meanwhile that this is no place in it.
    pub fn previous_entry(&self, before: EntryIndex) -> Option<(EntryIndex, Entry<V>)> {
        let entries = &self.keys.as_ref()?.entries;
        (0..entries.get(..before.0 as usize)?.len())
            .rev()
            .find_map(|index| Some((EntryIndex(index as u32), entries[index]?)))
    }

    /// The place after all items, where iteration from the end begins.
    pub fn end(&self) -> EntryIndex {
        EntryIndex(self.keys.as_ref().map_or(0, |keys| keys.entries.len() as u32))
    }

    /// The items in the order of their insertion.
    pub fn iter(&self) -> impl Iterator<Item = Entry<V>> + '_ {
        self.keys.iter().flat_map(|keys| keys.entries.iter().copied().flatten())
    }

    /// Visits each key and each value.
    pub fn each_value(&self, visit: &mut impl FnMut(V)) {
        for entry in self.iter() {
            visit(entry.key);
            visit(entry.value);
        }
    }

    /// Takes out all items, and the table with them.
    pub fn clear(&mut self) {
        if self.keys.take().is_some() {
            self.used = 0;
            self.generation = self.generation.wrapping_add(1);
            self.version += 1;
        }
    }

    /// `dict.copy()` where it needs no comparison: if at most a third of the entries are holes.
    ///
    /// Else None: CPython then updates a new dict with this one, item by item, and compares those keys
    /// again that hash alike.
    pub fn copy(&self) -> Option<Self> {
        let mut copy = Self::default();
        if let Some(keys) = &self.keys
            && self.used > 0
        {
            if self.len() < keys.entries.len() * 2 / 3 {
                return None;
            }
            copy.adopt(self);
        }
        Some(copy)
    }

    /// What CPython does at the start of `self.update(other)` for another dict.
    ///
    /// True if that was all: an empty dict takes over a table without holes as it is.  Else there is
    /// room now, and the caller looks up and stores each item of `other` in order.
    pub fn prepare_update(&mut self, other: &Self) -> bool {
        let Some(keys) = &other.keys else { return true };
        if other.used == 0 {
            return true;
        }
        if self.used == 0
            && other.used as usize == keys.entries.len()
            && (keys.log2_size == LOG2_LEAST || usable_fraction(keys.log2_size - 1) < other.len())
        {
            self.adopt(other);
            return true;
        }
        // All keys are expected to be new, and the holes of this dict are not counted.
        if self.keys.as_ref().map_or(0, |keys| usable_fraction(keys.log2_size)) < other.len() {
            self.presize(self.len() + other.len(), keys.kind);
        }
        false
    }

    /// Makes room for `len` items in all, as `fromkeys()` does with a new dict and a set or dict of
    /// `len` items.
    pub fn presize(&mut self, len: usize, kind: KeyKind) {
        self.resize(log2_size_for_entries(len.max(self.len())), kind);
    }

    /// Takes over another dict's table.
    fn adopt(&mut self, other: &Self) {
        self.keys.clone_from(&other.keys);
        self.used = other.used;
        self.generation = self.generation.wrapping_add(1);
        self.version += 1;
    }

    fn grow(&mut self, kind: KeyKind) {
        self.resize(log2_size_for_slots(self.len().saturating_mul(3)), kind);
    }

    /// Builds the table anew, without holes; `kind` can only change from `Str` to `Other`.
    fn resize(&mut self, log2_size: u8, kind: KeyKind) {
        let kind = match (&self.keys, kind) {
            (Some(keys), KeyKind::Str) => keys.kind,
            (None, KeyKind::Str) => KeyKind::Str,
            (Some(_) | None, KeyKind::Other) => KeyKind::Other,
        };
        let mut keys = Keys::new(log2_size, kind);
        for entry in self.iter() {
            keys.push(entry);
        }
        self.keys = Some(Rc::new(keys));
        self.generation = self.generation.wrapping_add(1);
    }
}

impl<V: Copy + Eq> Keys<V> {
    fn new(log2_size: u8, kind: KeyKind) -> Self {
        let usable = usable_fraction(log2_size);
        Self {
            indices: Indices::new(log2_size),
            entries: Vec::with_capacity(usable),
            usable: usable as u32,
            log2_size,
            kind,
        }
    }

    const fn mask(&self) -> usize {
        (1 << self.log2_size) - 1
    }

    fn entry(&self, at: EntryIndex) -> Option<&Entry<V>> {
        self.entries.get(at.0 as usize)?.as_ref()
    }

    #[inline]
    fn find(
        &self,
        mut probe: Probe,
        key: V,
        hash: i64,
        generation: u32,
        mut same: impl FnMut(V) -> Sameness,
    ) -> Find<V, EntryIndex, DictCursor> {
        let mask = self.mask();
        loop {
            match self.indices.get(probe.slot) {
                EMPTY => return Find::Absent,
                DUMMY => {}
                index => {
                    let at = EntryIndex(index as u32);
                    if let Some(entry) = self.entry(at) {
                        if entry.key == key {
                            return Find::Found(at);
                        }
                        if entry.hash == hash {
                            match same(entry.key) {
                                Sameness::Same => return Find::Found(at),
                                Sameness::Different => {}
                                Sameness::Unknown => {
                                    let cursor = DictCursor { entry: at, probe, generation };
                                    return Find::Ask(Question { key: entry.key, cursor });
                                }
                            }
                        }
                    }
                }
            }
            probe.advance(mask);
        }
    }

    /// Adds an entry with a key that is not there; there must be room.
    fn push(&mut self, entry: Entry<V>) -> EntryIndex {
        let mut probe = Probe::new(entry.hash, self.mask());
        // A dummy will do: what counts is that no key after it is lost.
        while self.indices.get(probe.slot) >= 0 {
            probe.advance(self.mask());
        }
        let index = self.entries.len() as u32;
        self.indices.set(probe.slot, index as i32);
        self.entries.push(Some(entry));
        self.usable = self.usable.saturating_sub(1);
        EntryIndex(index)
    }

    fn remove(&mut self, at: EntryIndex, hash: i64) {
        let mut probe = Probe::new(hash, self.mask());
        loop {
            match self.indices.get(probe.slot) {
                EMPTY => break,
                index if index == at.0 as i32 => {
                    self.indices.set(probe.slot, DUMMY);
                    break;
                }
                _ => probe.advance(self.mask()),
            }
        }
        self.entries[at.0 as usize] = None;
    }
}

impl<V: Copy> Clone for Keys<V> {
    /// Clones with the same room, since the clone is made to be written to.
    fn clone(&self) -> Self {
        let mut entries = Vec::with_capacity(self.entries.capacity());
        entries.extend_from_slice(&self.entries);
        Self { indices: self.indices.clone(), entries, ..*self }
    }
}

impl Indices {
    fn new(log2_size: u8) -> Self {
        let size = 1 << log2_size;
        match log2_size {
            ..=LOG2_LEAST => Self::Least([EMPTY as i8; 1 << LOG2_LEAST]),
            4..=7 => Self::Bytes(vec![EMPTY as i8; size].into_boxed_slice()),
            8..=15 => Self::Shorts(vec![EMPTY as i16; size].into_boxed_slice()),
            16.. => Self::Words(vec![EMPTY; size].into_boxed_slice()),
        }
    }

    #[inline]
    fn get(&self, slot: usize) -> i32 {
        match self {
            Self::Least(slots) => slots[slot].into(),
            Self::Bytes(slots) => slots[slot].into(),
            Self::Shorts(slots) => slots[slot].into(),
            Self::Words(slots) => slots[slot],
        }
    }

    fn set(&mut self, slot: usize, index: i32) {
        match self {
            Self::Least(slots) => slots[slot] = index as i8,
            Self::Bytes(slots) => slots[slot] = index as i8,
            Self::Shorts(slots) => slots[slot] = index as i16,
            Self::Words(slots) => slots[slot] = index,
        }
    }
}

/// How many entries a table of 2^`log2_size` slots takes: two thirds.
const fn usable_fraction(log2_size: u8) -> usize {
    (2 << log2_size) / 3
}

/// The logarithm of the size of a table that has at least `slots` slots.
const fn log2_size_for_slots(slots: usize) -> u8 {
    let bits = usize::BITS - (slots.saturating_sub(1) | 7).leading_zeros();
    if bits > LOG2_MOST as u32 { LOG2_MOST } else { bits as u8 }
}

/// The logarithm of the size of a table that takes `entries` entries.
const fn log2_size_for_entries(entries: usize) -> u8 {
    log2_size_for_slots((entries.saturating_mul(3).saturating_add(1)) / 2)
}
