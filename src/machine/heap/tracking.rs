//! Which objects the garbage collector knows, and when it is to run: CPython's generations and counts.

use std::hash::{Hash, Hasher};

use super::super::object::head::{Generation, Head};
use super::super::object::{Object, Payload, types};
use super::super::value::Handle;
use super::Heap;

/// How many generations are collected.
pub const GENERATIONS: usize = 3;
/// How often each is: the first after so many objects more, the others after so many collections of the
/// one before.
const THRESHOLDS: [i64; GENERATIONS] = [2000, 10, 10];
/// From how many entries on a list of objects is freed of those that are gone.
const LEAST_COMPACTED: usize = 4096;

/// What `gc.get_stats()` tells of a generation.
#[derive(Clone, Copy, Debug, Default, Hash)]
pub struct Stats {
    /// How often it was collected.
    pub collections: u64,
    /// How many objects were freed.
    pub collected: u64,
    /// How many were found that could not be.
    pub uncollectable: u64,
}

/// Objects of a generation in their order, some of them perhaps gone: an entry counts if the object there
/// still has that order.
#[derive(Clone, Debug, Default)]
struct Members {
    entries: Vec<(Handle, u64)>,
    compact_at: usize,
}

impl Members {
    fn push(&mut self, handle: Handle, order: u64) {
        self.entries.push((handle, order));
    }

    const fn is_full(&self) -> bool {
        self.entries.len() >= LEAST_COMPACTED && self.entries.len() >= self.compact_at
    }
}

/// The state of the garbage collector between two collections.
#[derive(Clone, Debug)]
pub struct Collector {
    young: Members,
    middle: Members,
    last_order: u64,
    /// `gc.get_count()`.
    pub counts: [i64; GENERATIONS],
    /// `gc.get_threshold()`.
    pub thresholds: [i64; GENERATIONS],
    /// `gc.isenabled()`.
    pub enabled: bool,
    /// Whether a collection is going on; there is one at a time.
    pub running: bool,
    /// `gc.get_debug()`.
    pub debug: i64,
    /// `gc.garbage`, once the module is there; counted.
    pub garbage: Option<Handle>,
    /// `gc.callbacks`, likewise.
    pub callbacks: Option<Handle>,
    /// Objects that outlived the last full collection.
    pub long_lived: u64,
    /// Objects that became old since then.
    pub long_lived_pending: u64,
    /// `gc.get_stats()`.
    pub stats: [Stats; GENERATIONS],
    due: bool,
}

impl Default for Collector {
    fn default() -> Self {
        Self {
            young: Members::default(),
            middle: Members::default(),
            last_order: 0,
            counts: [0; GENERATIONS],
            thresholds: THRESHOLDS,
            enabled: true,
            running: false,
            debug: 0,
            garbage: None,
            callbacks: None,
            long_lived: 0,
            long_lived_pending: 0,
            stats: [Stats::default(); GENERATIONS],
            due: false,
        }
    }
}

impl Hash for Collector {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // The lists follow from the objects.
        self.counts.hash(state);
        self.thresholds.hash(state);
        (self.enabled, self.running, self.due, self.debug, self.last_order).hash(state);
        (self.long_lived, self.long_lived_pending, self.stats).hash(state);
    }
}

impl Collector {
    /// Whether objects are to be collected at the next chance.
    #[inline]
    pub const fn is_due(&self) -> bool {
        self.due
    }

    fn next_order(&mut self) -> u64 {
        self.last_order += 1;
        self.last_order
    }

    /// The generation that is to be collected now; `None` for none.
    pub fn chosen(&mut self) -> Option<usize> {
        self.due = false;
        if !self.enabled || self.running {
            return None;
        }
        let full = GENERATIONS - 1;
        (0..GENERATIONS).rev().find(|generation| {
            self.counts[*generation] > self.thresholds[*generation]
                // A full collection is worth its time only if there is much that it has not seen.
                && !(*generation == full && self.long_lived_pending < self.long_lived / 4)
        })
    }
}

impl Heap {
    /// Whether the collector has to know an object: it may hold others.
    pub(super) fn may_be_in_cycle(&self, object: &Object) -> bool {
        let has_dict = || self.type_of(object.class).is_some_and(|class| !class.builtin && class.has_dict);
        match object.payload() {
            Payload::Free | Payload::Code(_) => false,
            Payload::Plain => object.class != types::OBJECT,
            Payload::Int(_)
            | Payload::Float(_)
            | Payload::Complex(..)
            | Payload::Str(_)
            | Payload::Bytes(_)
            | Payload::ByteArray(_)
            | Payload::Range(_) => has_dict(),
            Payload::Tuple(items) if object.class == types::TUPLE => {
                items.iter().any(|item| item.handle().is_some_and(|item| self.may_hold_others(item)))
            }
            Payload::Tuple(items) => !items.is_empty() || has_dict(),
            Payload::Iter(_) => !matches!(object.class, types::RANGE_ITERATOR | types::LONG_RANGE_ITERATOR),
            _ => true,
        }
    }

    /// Whether a tuple that has this item must be known to the collector.
    fn may_hold_others(&self, item: Handle) -> bool {
        let object = self.get(item);
        match object.payload() {
            Payload::Tuple(_) if object.class == types::TUPLE => object.head.is_tracked(),
            _ => self.may_be_in_cycle(object),
        }
    }

    /// Lets the collector know a new object.
    #[inline]
    pub(super) fn track_new(&mut self, handle: Handle, head: &mut Head) {
        // Before it is one of them: its place in the arena is not filled yet.
        if self.collector.young.is_full() {
            self.compact(Generation::Young);
        }
        let collector = &mut self.collector;
        let order = collector.next_order();
        head.place(Generation::Young, order);
        collector.young.push(handle, order);
        collector.counts[0] += 1;
        let due = collector.counts[0] > collector.thresholds[0];
        if due && collector.enabled && !collector.running && collector.thresholds[0] != 0 {
            collector.due = true;
        }
    }

    /// One tracked object fewer.
    #[inline]
    pub(super) fn untrack_freed(&mut self, head: Head) {
        if head.is_tracked() && self.collector.counts[0] > 0 {
            self.collector.counts[0] -= 1;
        }
    }

    fn compact(&mut self, generation: Generation) {
        let mut entries = std::mem::take(&mut self.members(generation).entries);
        entries.retain(|(handle, order)| self.is_member(*handle, generation, *order));
        let members = self.members(generation);
        members.compact_at = entries.len() * 2;
        members.entries = entries;
    }

    const fn members(&mut self, generation: Generation) -> &mut Members {
        match generation {
            Generation::Young => &mut self.collector.young,
            _ => &mut self.collector.middle,
        }
    }

    /// Whether the object at `handle` is the one that had this place, and still has it.
    pub(in crate::machine) fn is_member(&self, handle: Handle, generation: Generation, order: u64) -> bool {
        let head = self.get(handle).head;
        head.generation() == generation && head.order() == order
    }

    /// Lets the collector know an object of old that it did not know.
    pub(in crate::machine) fn track(&mut self, handle: Handle) {
        if self.count(handle).is_none() || self.get(handle).head.is_tracked() {
            return;
        }
        let order = self.collector.next_order();
        self.get_mut(handle).head.place(Generation::Young, order);
        self.collector.young.push(handle, order);
    }

    /// The same for an object just made, which counts as if it were not there.
    pub(super) fn untrack_new(&mut self, handle: Handle) {
        self.untrack_freed(self.get(handle).head);
        self.untrack(handle);
    }

    /// The collector need not know the object any more.
    pub(in crate::machine) fn untrack(&mut self, handle: Handle) {
        self.get_mut(handle).head.place(Generation::Untracked, 0);
    }

    /// Puts an object behind all others of a generation; gives its place.
    pub(in crate::machine) fn move_to(&mut self, handle: Handle, generation: Generation) -> u64 {
        let order = self.collector.next_order();
        self.get_mut(handle).head.place(generation, order);
        match generation {
            Generation::Young | Generation::Middle => {
                self.members(generation).push(handle, order);
                if self.members(generation).is_full() {
                    self.compact(generation);
                }
            }
            Generation::Untracked | Generation::Old | Generation::Permanent => {}
        }
        order
    }

    /// The objects of a generation in their order.
    pub(in crate::machine) fn generation(&mut self, generation: Generation) -> Vec<Handle> {
        match generation {
            Generation::Young | Generation::Middle => {
                self.compact(generation);
                self.members(generation).entries.iter().map(|(handle, _)| *handle).collect()
            }
            Generation::Untracked | Generation::Old | Generation::Permanent => {
                let of = |object: &Object| object.head.generation() == generation;
                let mut found: Vec<(u64, Handle)> = self
                    .objects()
                    .filter(|(_, object)| of(object))
                    .map(|(handle, object)| (object.head.order(), handle))
                    .collect();
                found.sort_unstable();
                found.into_iter().map(|(_, handle)| handle).collect()
            }
        }
    }

    /// How many objects there are in each generation, those set aside last.
    pub(in crate::machine) fn generation_sizes(&mut self) -> [usize; 4] {
        [Generation::Young, Generation::Middle, Generation::Old, Generation::Permanent]
            .map(|generation| self.generation(generation).len())
    }

    /// Whether the collector knows an object; of one that lives for ever, whether CPython's would.
    pub(in crate::machine) fn is_tracked(&self, handle: Handle) -> bool {
        let object = self.get(handle);
        if let Payload::Frame(frame) = object.payload()
            && !frame.ended
        {
            return false;
        }
        if self.count(handle).is_some() {
            return object.head.is_tracked();
        }
        !matches!(object.payload(), Payload::Tuple(_))
            && self.type_of(handle).is_none()
            && self.may_be_in_cycle(object)
    }

    /// Whether what an object holds is told by `gc.get_referents()`.
    pub(in crate::machine) fn may_hold(&self, handle: Handle) -> bool {
        let object = self.get(handle);
        match object.payload() {
            Payload::Class(class) => !class.builtin,
            Payload::Tuple(_) => true,
            _ => self.may_be_in_cycle(object),
        }
    }

    /// `gc.freeze()`: puts all objects where no collection looks.
    pub(in crate::machine) fn freeze(&mut self) {
        for generation in [Generation::Young, Generation::Middle, Generation::Old] {
            for handle in self.generation(generation) {
                self.move_to(handle, Generation::Permanent);
            }
        }
        self.forget_members(Generation::Young);
        self.forget_members(Generation::Middle);
        self.collector.counts = [0; GENERATIONS];
    }

    /// `gc.unfreeze()`: puts them back among the old ones.
    pub(in crate::machine) fn unfreeze(&mut self) {
        for handle in self.generation(Generation::Permanent) {
            self.move_to(handle, Generation::Old);
        }
    }

    /// Moves objects that were set aside to the generation they have grown into.
    pub(in crate::machine) fn keep_alive(&mut self, objects: &[Handle], collected: usize) {
        let older = if collected == 0 { Generation::Middle } else { Generation::Old };
        for handle in objects {
            self.move_to(*handle, older);
        }
    }

    /// Forgets which objects are young or middle-aged: they are about to be placed anew.
    pub(super) fn forget_members(&mut self, generation: Generation) {
        self.members(generation).entries.clear();
    }
}
