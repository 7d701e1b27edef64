//! CPython's set: one open table, whose order of slots is the order of iteration.
//!
//! What must hold: the table has 2ⁿ slots, n ≥ 3; at least two fifths of them were never used, so that
//! each probe ends; a removed key leaves a dummy, so that probes go on over it.
//!
//! The set operations differ in what they look up and in what order they add, and the order of the
//! result follows from that.  With `a` and `b` sets, CPython does:
//!
//! - `a.copy()`, `set(a)`, `frozenset(a)`: [`Set::copy`].
//! - `a.update(b)`, `a |= b`: [`Set::prepare_merge`], then adds each of `b` that is left to add;
//!   with a dict [`Set::reserve`], then adds each key; with another iterable just adds.
//! - `a | b`, `a.union(b)`: updates a copy of `a` with `b`; with nothing, if `b` is `a` itself.
//! - `a & b`: a copy if `b` is `a`; else goes through the smaller one (`b` if they are of one size),
//!   looks each key up in the other, and adds those found, as the smaller has them, to a new set.
//!   `a &= b` puts that in the place of `a`'s table: [`Set::take_over`].  With an iterable: goes
//!   through it, adds to the new set what is in `a`, and stops when the result is as large as `a`.
//! - `a -= b`, `a.difference_update(b)`: clears if `b` is `a`; else discards each key of `b` (of
//!   `a & b`, where `len(b) // 8 > len(a)`), then [`Set::drop_dummies`].
//! - `a - b`: if `b` is no set or dict, or `len(a) // 4 > len(b)`, a copy of `a` on which `-= b` is
//!   done; else goes through `a`, and adds what is not in `b` to a new set.
//! - `a ^= b`: clears if `b` is `a`; else, for each key of `b` (made a set of, if it is no set or
//!   dict), discards it from `a` or adds it.  `a ^ b`: a new set updated with `b`, then `^= a`.
//! - `a <= b`: False if `a` is larger; else looks each key of `a` up in `b`.  `a == b` in the same way,
//!   if they have one size.  `a.isdisjoint(b)`: goes through the smaller one (`b` if they are of one
//!   size), looking up in the other.

use std::rc::Rc;

use super::{Find, Probe, Question, Sameness};
use crate::machine::hash::FrozenSetHash;

/// The place of a key in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SlotIndex(u32);

impl SlotIndex {
    /// Where iteration begins.
    pub const FIRST: Self = Self(0);

    /// The place after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Where a lookup in a set goes on: what a [`Question`] carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SetCursor {
    probe: SetProbe,
    /// Which of the set's tables it is: another one after a resize.
    generation: u32,
}

/// What a lookup for a key that is to be added comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FindToAdd<V> {
    /// The key is there: nothing is to be done.
    Found,
    /// The key is not there, and belongs here.
    Vacant(Vacancy),
    /// It cannot be told before the stored key was compared with the one looked for.
    Ask(Question<V, SetCursor>),
}

/// Where a key that was not found is to be added; good until the set is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Vacancy(u32);

/// A set of `V`, whose keys are told apart by identity (`==` of `V`) and by its callers.
#[derive(Clone, Debug, Hash)]
pub struct Set<V> {
    /// None in a set of the smallest size to which nothing was added.
    slots: Option<Rc<[Slot<V>]>>,
    /// Slots with a key.
    used: u32,
    /// Slots with a key or a dummy.
    fill: u32,
    /// Where `pop()` begins to look.
    finger: u32,
    generation: u32,
    version: u64,
}

#[derive(Clone, Copy, Debug, Hash)]
struct Slot<V> {
    /// The key's hash; without a key, 0 if the slot was never used, −1 for a dummy.
    hash: i64,
    key: Option<V>,
}

impl<V> Slot<V> {
    const EMPTY: Self = Self { hash: 0, key: None };
    const DUMMY: Self = Self { hash: -1, key: None };

    const fn is_empty(&self) -> bool {
        self.hash == 0 && self.key.is_none()
    }
}

/// The number of slots of the smallest table.
const LEAST: usize = 8;
/// How many slots after the first are looked at before the probe jumps.
const LINEAR_PROBES: usize = 9;
/// Above this many keys a table grows to twice their number, below it to four times.
const LARGE: usize = 50_000;
const NO_DUMMY: u32 = u32::MAX;

/// A [`Probe`] that looks at some neighbours of each slot too, if they all are in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct SetProbe {
    probe: Probe,
    /// How many neighbours were looked at.
    run: u8,
    /// The dummy seen last, where a new key would go.
    dummy: u32,
}

impl SetProbe {
    const fn new(hash: i64, mask: usize) -> Self {
        Self { probe: Probe::new(hash, mask), run: 0, dummy: NO_DUMMY }
    }

    const fn slot(&self) -> usize {
        self.probe.slot + self.run as usize
    }

    const fn advance(&mut self, mask: usize) {
        if (self.run as usize) < LINEAR_PROBES && self.probe.slot + LINEAR_PROBES <= mask {
            self.run += 1;
        } else {
            self.run = 0;
            self.probe.advance(mask);
        }
    }
}

/// How a walk along the probe sequence ends.
enum Walk<V> {
    Found(SlotIndex),
    End(Vacancy),
    Ask(Question<V, SetCursor>),
}

impl<V> From<Walk<V>> for Find<V, SlotIndex, SetCursor> {
    fn from(walk: Walk<V>) -> Self {
        match walk {
            Walk::Found(at) => Self::Found(at),
            Walk::End(_) => Self::Absent,
            Walk::Ask(question) => Self::Ask(question),
        }
    }
}

impl<V> From<Walk<V>> for FindToAdd<V> {
    fn from(walk: Walk<V>) -> Self {
        match walk {
            Walk::Found(_) => Self::Found,
            Walk::End(vacancy) => Self::Vacant(vacancy),
            Walk::Ask(question) => Self::Ask(question),
        }
    }
}

impl<V> Default for Set<V> {
    fn default() -> Self {
        Self { slots: None, used: 0, fill: 0, finger: 0, generation: 0, version: 0 }
    }
}

impl<V: Copy + Eq> Set<V> {
    /// The most keys a set may hold, which would fill 51 gigabytes: who would add one more raises
    /// `MemoryError` instead.
    pub const MAX_LEN: usize = 1 << 29;

    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of keys.
    pub const fn len(&self) -> usize {
        self.used as usize
    }

    /// Whether there are no keys.
    pub const fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// A number that differs after each change, to see by that nothing was changed.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// What `set.__sizeof__()` gives: bytes, as CPython lays its tables out on 64 bits.
    pub fn size_in_cpython(&self) -> usize {
        const SET_OBJECT: usize = 200;
        const SLOT: usize = 16;
        // The smallest table is a part of the object.
        SET_OBJECT + if self.is_least() { 0 } else { SLOT * (self.mask() + 1) }
    }

    /// Looks `key` up.  Identity is tried first; where only the hashes agree, `same` is asked with the
    /// stored key.
    pub fn find(&self, key: V, hash: i64, same: impl FnMut(V) -> Sameness) -> Find<V, SlotIndex, SetCursor> {
        self.walk(SetProbe::new(hash, self.mask()), key, hash, same).into()
    }

    /// Goes on with a lookup after its question was answered.
    ///
    /// The `__eq__` that was asked may have changed the set.  As in CPython the lookup then starts over
    /// if the table was replaced or the key is no longer where it stood.
    pub fn resume(
        &self,
        key: V,
        hash: i64,
        question: Question<V, SetCursor>,
        answer: bool,
        same: impl FnMut(V) -> Sameness,
    ) -> Find<V, SlotIndex, SetCursor> {
        if answer && self.stands(&question) {
            return Find::Found(SlotIndex(question.cursor.probe.slot() as u32));
        }
        self.go_on(key, hash, question, same).into()
    }

    /// Looks for the place of a key to be added.
    pub fn find_to_add(&self, key: V, hash: i64, same: impl FnMut(V) -> Sameness) -> FindToAdd<V> {
        self.walk(SetProbe::new(hash, self.mask()), key, hash, same).into()
    }

    /// As [`Set::resume`]; but here an equal key counts as found even if it is gone by now.
    pub fn resume_to_add(
        &self,
        key: V,
        hash: i64,
        question: Question<V, SetCursor>,
        answer: bool,
        mut same: impl FnMut(V) -> Sameness,
    ) -> FindToAdd<V> {
        if answer {
            return FindToAdd::Found;
        }
        match self.go_on(key, hash, question, &mut same) {
            // The dummy that the lookup remembered was filled by the `__eq__` that was asked.
            Walk::End(at) if self.get(SlotIndex(at.0)).is_some() => self.find_to_add(key, hash, same),
            walk => walk.into(),
        }
    }

    /// Adds a key where it was found to belong.
    pub fn add(&mut self, at: Vacancy, key: V, hash: i64) {
        let slots = Rc::make_mut(self.slots.get_or_insert_with(|| new_table(LEAST)));
        let Some(slot) = slots.get_mut(at.0 as usize).filter(|slot| slot.key.is_none()) else {
            // The set was changed meanwhile: no key may be lost by that.
            if let Walk::End(at) = self.walk(SetProbe::new(hash, self.mask()), key, hash, |_| false.into()) {
                self.add(at, key, hash);
            }
            return;
        };
        let fresh = slot.is_empty();
        *slot = Slot { hash, key: Some(key) };
        self.version += 1;
        self.used += 1;
        if fresh {
            self.fill += 1;
            if self.fill as usize * 5 >= self.mask() * 3 {
                self.resize_by_policy();
            }
        }
    }

    /// The hash and the key at a place.
    pub fn get(&self, at: SlotIndex) -> Option<(i64, V)> {
        let slot = self.slots.as_ref()?.get(at.0 as usize)?;
        Some((slot.hash, slot.key?))
    }

    /// Takes out the key at a place; the table keeps its size.
    pub fn remove(&mut self, at: SlotIndex) -> Option<V> {
        let (_, key) = self.get(at)?;
        *Rc::make_mut(self.slots.as_mut()?).get_mut(at.0 as usize)? = Slot::DUMMY;
        self.used -= 1;
        self.version += 1;
        Some(key)
    }

    /// `set.pop()`: takes out the first key from where the last `pop()` ended.
    pub fn pop(&mut self) -> Option<V> {
        let start = SlotIndex(self.finger & self.mask() as u32);
        let (at, ..) = self.next(start).or_else(|| self.next(SlotIndex::FIRST))?;
        self.finger = at.0 + 1;
        self.remove(at)
    }

    /// The first key at `from` or after it, with its place and hash.
    pub fn next(&self, from: SlotIndex) -> Option<(SlotIndex, i64, V)> {
        let rest = self.slots.as_ref()?.get(from.0 as usize..)?;
        (from.0..).zip(rest).find_map(|(index, slot)| Some((SlotIndex(index), slot.hash, slot.key?)))
    }

    /// The hashes and keys in the order of iteration.
    pub fn iter(&self) -> impl Iterator<Item = (i64, V)> + '_ {
        let slots = self.slots.as_deref().unwrap_or_default();
        slots.iter().filter_map(|slot| Some((slot.hash, slot.key?)))
    }

    /// Visits each key.
    pub fn each_value(&self, visit: &mut impl FnMut(V)) {
        self.iter().for_each(|(_, key)| visit(key));
    }

    /// The hash of a frozenset with these keys.
    pub fn frozenset_hash(&self) -> i64 {
        let mut hash = FrozenSetHash::default();
        for (item, _) in self.iter() {
            hash.add(item);
        }
        hash.finish()
    }

    /// Takes out all keys; the table becomes as small as can be.
    pub fn clear(&mut self) {
        if !self.is_least() {
            self.generation = self.generation.wrapping_add(1);
        }
        self.slots = None;
        self.used = 0;
        self.fill = 0;
        self.version += 1;
    }

    /// `set.copy()`: a table without dummies, as small as merging into a new set makes it.
    #[must_use]
    pub fn copy(&self) -> Self {
        let mut copy = Self::default();
        copy.prepare_merge(self);
        copy
    }

    /// What CPython does at the start of `self.update(other)` for another set, not `self`.
    ///
    /// True if that was all.  Else there is room now, and the caller adds each key of `other` in order.
    pub fn prepare_merge(&mut self, other: &Self) -> bool {
        if other.used == 0 {
            return true;
        }
        self.reserve(other.len());
        if self.fill > 0 {
            return false;
        }
        if self.mask() == other.mask() && other.fill == other.used {
            self.slots.clone_from(&other.slots);
        } else {
            let slots = Rc::make_mut(self.slots.get_or_insert_with(|| new_table(LEAST)));
            for (hash, key) in other.iter() {
                insert_clean(slots, key, hash);
            }
        }
        self.fill = other.used;
        self.used = other.used;
        self.version += 1;
        true
    }

    /// Makes room for `more` keys, as `update()` does with a dict of that many.
    pub fn reserve(&mut self, more: usize) {
        if (self.fill as usize + more) * 5 >= self.mask() * 3 {
            self.resize((self.len() + more) * 2);
        }
    }

    /// What `difference_update()` does at its end: if more than a quarter of the table are dummies,
    /// builds it anew.
    pub fn drop_dummies(&mut self) {
        if (self.fill - self.used) as usize > self.mask() / 4 {
            self.resize_by_policy();
        }
    }

    /// Takes over the table of another set, as `&=` does.
    pub fn take_over(&mut self, other: Self) {
        if !(self.is_least() && other.is_least()) {
            self.generation = self.generation.wrapping_add(1);
        }
        self.slots = other.slots;
        self.used = other.used;
        self.fill = other.fill;
        self.version += 1;
    }

    fn mask(&self) -> usize {
        self.slots.as_ref().map_or(LEAST, |slots| slots.len()) - 1
    }

    fn is_least(&self) -> bool {
        self.mask() < LEAST
    }

    /// Whether the key that a question is about still stands where it was seen.
    fn stands(&self, question: &Question<V, SetCursor>) -> bool {
        let at = SlotIndex(question.cursor.probe.slot() as u32);
        self.generation == question.cursor.generation
            && self.get(at).is_some_and(|(_, key)| key == question.key)
    }

    fn go_on(
        &self,
        key: V,
        hash: i64,
        question: Question<V, SetCursor>,
        same: impl FnMut(V) -> Sameness,
    ) -> Walk<V> {
        let mut probe = question.cursor.probe;
        if self.stands(&question) {
            probe.advance(self.mask());
        } else {
            probe = SetProbe::new(hash, self.mask());
        }
        self.walk(probe, key, hash, same)
    }

    #[inline]
    fn walk(&self, mut probe: SetProbe, key: V, hash: i64, mut same: impl FnMut(V) -> Sameness) -> Walk<V> {
        let Some(slots) = &self.slots else { return Walk::End(Vacancy(probe.slot() as u32)) };
        let mask = slots.len() - 1;
        loop {
            let index = probe.slot();
            let slot = &slots[index];
            match slot.key {
                None if slot.hash == 0 => {
                    let vacancy = if probe.dummy == NO_DUMMY { index as u32 } else { probe.dummy };
                    return Walk::End(Vacancy(vacancy));
                }
                None => probe.dummy = index as u32,
                Some(stored) if slot.hash == hash => {
                    if stored == key {
                        return Walk::Found(SlotIndex(index as u32));
                    }
                    match same(stored) {
                        Sameness::Same => return Walk::Found(SlotIndex(index as u32)),
                        Sameness::Different => {}
                        Sameness::Unknown => {
                            let cursor = SetCursor { probe, generation: self.generation };
                            return Walk::Ask(Question { key: stored, cursor });
                        }
                    }
                }
                Some(_) => {}
            }
            probe.advance(mask);
        }
    }

    fn resize_by_policy(&mut self) {
        let used = self.len();
        self.resize(if used > LARGE { used * 2 } else { used * 4 });
    }

    /// Builds a table of more than `least` slots with the keys in the order of the old one.
    fn resize(&mut self, least: usize) {
        let size = (least + 1).next_power_of_two().max(LEAST);
        let stays_least = size == LEAST && self.is_least();
        if stays_least && self.fill == self.used {
            return;
        }
        if !stays_least {
            self.generation = self.generation.wrapping_add(1);
        }
        let mut table = new_table(size);
        let slots = Rc::make_mut(&mut table);
        for (hash, key) in self.iter() {
            insert_clean(slots, key, hash);
        }
        self.slots = Some(table);
        self.fill = self.used;
    }
}

fn new_table<V: Copy>(size: usize) -> Rc<[Slot<V>]> {
    std::iter::repeat_n(Slot::EMPTY, size).collect()
}

/// Puts a key that is not there into a table without dummies.
fn insert_clean<V: Copy>(slots: &mut [Slot<V>], key: V, hash: i64) {
    let mask = slots.len() - 1;
    let mut probe = SetProbe::new(hash, mask);
    while !slots[probe.slot()].is_empty() {
        probe.advance(mask);
    }
    slots[probe.slot()] = Slot { hash, key: Some(key) };
}
