//! Finding garbage: which objects hold one another and are held by nothing else.
//!
//! The order in which objects are gone through is CPython's, because finalizers run in it: an object that
//! seems to be garbage at first and then turns out to be held moves behind the others.

use std::rc::Rc;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::super::object::head::Generation;
use super::super::object::{Object, Payload, types};
use super::super::value::{Handle, Value};
use super::Heap;

/// An object that is about to be freed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Doomed {
    /// Where it is.
    pub handle: Handle,
    /// Its place among the objects set aside, by which it is known again.
    pub order: u64,
    /// How many tuples CPython has beside it, which the machine has not: a class has one for its MRO, and
    /// one for its bases that the collector knows until it has seen that they hold builtin types alone.
    pub tuples: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// Its turn comes.
    Waiting,
    /// Nothing is known yet that holds it.
    Tentative,
    /// It is held.
    Held,
}

struct Candidate {
    handle: Handle,
    /// How many places hold it that are none of the candidates.
    outside: i64,
    seen: Seen,
}

impl Heap {
    /// Visits what an object holds as far as the collector looks: a builtin type is not visited, and an
    /// instance's attributes are its own until somebody asks for its `__dict__`.
    pub(in crate::machine) fn each_referent(&self, handle: Handle, visit: &mut impl FnMut(Value)) {
        let object = self.get(handle);
        if let Some(dict) = object.dict {
            if self.holds_attributes_itself(object) {
                self.dict(dict).iter().for_each(|entry| visit(entry.value));
            } else {
                visit(Value::object(dict));
            }
        }
        object.each_content(visit);
        if self.type_of(object.class).is_some_and(|class| !class.builtin) {
            visit(Value::object(object.class));
        }
    }

    /// Whether nobody has asked for the dict of an instance yet, so that in CPython there is none.
    pub(in crate::machine) fn holds_attributes_itself(&self, object: &Object) -> bool {
        object.dict.is_some_and(|dict| !self.get(dict).head.is_tracked() && self.count(dict).is_some())
    }

    /// Splits objects into those that something else holds, and garbage; each part in CPython's order.
    pub(super) fn deduce_unreachable(&self, among: &[Handle]) -> (Vec<Handle>, Vec<Handle>) {
        let mut index: FxHashMap<Handle, usize> =
            FxHashMap::with_capacity_and_hasher(among.len(), FxBuildHasher);
        let mut all: Vec<Candidate> = Vec::with_capacity(among.len());
        for (at, handle) in among.iter().enumerate() {
            index.insert(*handle, at);
            let outside = i64::from(self.count(*handle).unwrap_or(u32::MAX));
            all.push(Candidate { handle: *handle, outside, seen: Seen::Waiting });
        }
        let place = |value: Value| value.handle().and_then(|handle| index.get(&handle).copied());
        for handle in among {
            self.each_referent(*handle, &mut |value| {
                if let Some(at) = place(value) {
                    all[at].outside -= 1;
                }
            });
        }
        let mut order: Vec<usize> = (0..all.len()).collect();
        let (mut held, mut tentative) = (Vec::new(), Vec::new());
        let mut next = 0;
        while let Some(at) = order.get(next).copied() {
            next += 1;
            if all[at].outside <= 0 {
                all[at].seen = Seen::Tentative;
                tentative.push(at);
                continue;
            }
            all[at].seen = Seen::Held;
            held.push(at);
            self.each_referent(all[at].handle, &mut |value| {
                let Some(at) = place(value) else { return };
                match all[at].seen {
                    Seen::Held => {}
                    Seen::Waiting => all[at].outside = all[at].outside.max(1),
                    Seen::Tentative => {
                        all[at].outside = 1;
                        all[at].seen = Seen::Waiting;
                        order.push(at);
                    }
                }
            });
        }
        let handles = |places: &[usize]| places.iter().map(|at| all[*at].handle).collect();
        tentative.retain(|at| all[*at].seen == Seen::Tentative);
        (handles(&held), handles(&tentative))
    }

    /// Looks for garbage in a generation and those younger than it.  What is held gets older by one
    /// generation; the rest is set aside.
    pub(in crate::machine) fn find_garbage(&mut self, generation: usize) -> Vec<Doomed> {
        let full = generation >= 2;
        let parts: &[Generation] = match generation {
            0 => &[Generation::Young],
            1 => &[Generation::Middle, Generation::Young],
            _ => &[Generation::Old, Generation::Young, Generation::Middle],
        };
        let young: FxHashSet<Handle> = self.generation(Generation::Young).into_iter().collect();
        let among: Vec<Handle> = parts.iter().flat_map(|part| self.generation(*part)).collect();
        self.forget_members(Generation::Young);
        if generation > 0 {
            self.forget_members(Generation::Middle);
        }
        let counts = &mut self.collector.counts;
        if let Some(older) = counts.get_mut(generation + 1) {
            *older += 1;
        }
        counts[..=generation].fill(0);
        let (mut held, garbage) = self.deduce_unreachable(&among);
        held.retain(|handle| !self.is_plain_tuple(*handle) || !self.untrack_if_plain(*handle));
        let older = if generation == 0 { Generation::Middle } else { Generation::Old };
        for handle in &held {
            self.move_to(*handle, older);
        }
        if full {
            self.collector.long_lived = held.len() as u64;
            self.collector.long_lived_pending = 0;
        } else if generation == 1 {
            self.collector.long_lived_pending += held.len() as u64;
        }
        self.set_aside(&garbage, &young)
    }

    /// Puts objects where no collection finds them; `young` are those that no collection has seen before.
    fn set_aside(&mut self, garbage: &[Handle], young: &FxHashSet<Handle>) -> Vec<Doomed> {
        let mut doomed = Vec::with_capacity(garbage.len());
        for handle in garbage.iter().copied() {
            let tuples = match self.payload(handle) {
                Payload::Class(class) => {
                    let builtin = class.bases.iter().all(|base| self.class(*base).builtin);
                    1 + usize::from(!builtin || young.contains(&handle))
                }
                _ => 0,
            };
            doomed.push(Doomed { handle, order: self.move_to(handle, Generation::Permanent), tuples });
        }
        doomed
    }

    /// Whether an object set aside is still there.
    pub(in crate::machine) fn is_doomed(&self, doomed: Doomed) -> bool {
        self.is_member(doomed.handle, Generation::Permanent, doomed.order)
    }

    /// Finalizers have run: what something holds by now goes on living.  Gives what is garbage still, and
    /// how many objects CPython has in its place.
    pub(in crate::machine) fn spare_resurrected(
        &mut self,
        doomed: &[Doomed],
        generation: usize,
    ) -> (Vec<Handle>, usize) {
        let there: Vec<Doomed> = doomed.iter().copied().filter(|doomed| self.is_doomed(*doomed)).collect();
        let handles: Vec<Handle> = there.iter().map(|doomed| doomed.handle).collect();
        let (held, garbage) = self.deduce_unreachable(&handles);
        self.keep_alive(&held, generation);
        let held: FxHashSet<Handle> = held.into_iter().collect();
        let tuples = there.iter().filter(|doomed| !held.contains(&doomed.handle)).map(|doomed| doomed.tuples);
        let count = garbage.len() + tuples.sum::<usize>();
        (garbage, count)
    }

    fn is_plain_tuple(&self, handle: Handle) -> bool {
        let object = self.get(handle);
        matches!(object.payload(), Payload::Tuple(_)) && object.class == types::TUPLE
    }

    /// The collector need not know a tuple whose items can be part of no cycle.
    fn untrack_if_plain(&mut self, tuple: Handle) -> bool {
        let Payload::Tuple(items) = self.payload(tuple) else { return false };
        let plain = items.iter().all(|item| match item.handle() {
            None => true,
            Some(item) => {
                let object = self.get(item);
                if let Payload::Tuple(_) = object.payload() {
                    return object.class == types::TUPLE && !object.head.is_tracked();
                }
                self.type_of(item).is_some_and(|class| class.builtin) || !self.may_be_in_cycle(object)
            }
        });
        if plain {
            self.untrack(tuple);
        }
        plain
    }

    /// Breaks cycles: takes from an object that is garbage what it holds.  Its type it keeps, and a class
    /// its bases: those are no part of a cycle by themselves.
    pub(in crate::machine) fn clear_garbage(&mut self, handle: Handle) {
        if let Payload::WeakRef(weak) = self.payload(handle)
            && let Some(referent) = weak.referent
        {
            self.drop_weakref(handle, referent);
        }
        if let Some(owner) = self.get(handle).shows() {
            self.drop_export(owner);
        }
        let object = self.get_mut(handle);
        let dict = object.dict.take();
        if let Payload::Class(class) = object.payload_mut() {
            let order = std::mem::replace(&mut class.mro, Rc::new([]));
            order.iter().for_each(|class| self.release_handle(*class));
        } else {
            object.take_contents().each_value(&mut |value| self.release(value));
        }
        if let Some(dict) = dict {
            self.release_handle(dict);
        }
    }
}
