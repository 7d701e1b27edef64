//! Going through the keys of a set or dict and looking each up in another.

use super::{Advance, DictAction, Input, NativeTask, Progress, SetAction};
use crate::machine::Machine;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::object::Payload;
use crate::machine::table::{EntryIndex, SlotIndex};
use crate::machine::value::{Handle, Value};

/// What is done with each key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetLoopKind {
    /// If it is in the other, it is added to this new set, the result.
    Intersect(Handle),
    /// The same; in the end this set takes over the keys of the new one.
    IntersectUpdate(Handle, Handle),
    /// If it is not in the other, it is added to this new set, the result.
    Difference(Handle),
    /// If it is not in the other, the answer is no; else yes.
    Subset {
        /// The yes.
        yes: bool,
    },
    /// If it is in the other, the answer is no.
    Disjoint,
    /// It is taken out of the other.
    Discard,
    /// It is taken out of the other if it is there, else added.
    Toggle,
    /// It is added to the other.
    Merge,
    /// It is added to the other, a dict, with this value.
    Keys(Value),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Slot(SlotIndex),
    Entry(EntryIndex),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The next key is looked at.
    Next,
    /// This key, of this hash, is looked up in the other.
    Look(Value, i64),
    /// This key is added.
    Add(Value),
}

/// Goes through one set or dict with another at hand.
#[derive(Clone, Debug, Hash)]
pub struct SetLoop {
    kind: SetLoopKind,
    /// The set or dict whose keys are gone through.
    over: Handle,
    /// The set or dict in which they are looked up.
    with: Handle,
    /// The result of those kinds that change `with`.
    result: Value,
    place: Place,
    phase: Phase,
}

impl SetLoop {
    /// Goes through `over`, looking up in `with`.
    pub fn new(heap: &Heap, kind: SetLoopKind, over: Handle, with: Handle, result: Value) -> Self {
        let place = match heap.payload(over) {
            Payload::Set(_) => Place::Slot(SlotIndex::FIRST),
            _ => Place::Entry(EntryIndex::FIRST),
        };
        Self { kind, over, with, result, place, phase: Phase::Next }
    }

    fn next_key(&mut self, heap: &Heap) -> Option<(Value, i64)> {
        match self.place {
            Place::Slot(at) => {
                let (at, hash, key) = heap.set(self.over).next(at)?;
                self.place = Place::Slot(at.next());
                Some((key, hash))
            }
            Place::Entry(at) => {
                let (at, entry) = heap.dict(self.over).next_entry(at)?;
                self.place = Place::Entry(at.next());
                Some((entry.key, entry.hash))
            }
        }
    }

    fn look(&self, machine: &mut Machine, key: Value, hash: i64) -> Eval {
        if let SetLoopKind::Keys(value) = self.kind {
            return machine.dict_act_hashed(self.with, key, hash, DictAction::Set(value));
        }
        if let Payload::Dict(_) = machine.heap.payload(self.with) {
            return machine.dict_act_hashed(self.with, key, hash, DictAction::Contains);
        }
        let action = match self.kind {
            SetLoopKind::Discard | SetLoopKind::Toggle => SetAction::Discard,
            SetLoopKind::Merge => SetAction::Add,
            SetLoopKind::Intersect(_)
            | SetLoopKind::IntersectUpdate(..)
            | SetLoopKind::Difference(_)
            | SetLoopKind::Subset { .. }
            | SetLoopKind::Disjoint
            | SetLoopKind::Keys(_) => SetAction::Contains,
        };
        machine.set_act_hashed(self.with, key, hash, action)
    }

    /// The set to which a key goes of which it is known whether it is in the other; an answer, if that
    /// settles it.
    fn judge(&self, found: bool) -> Result<Option<Handle>, Value> {
        match self.kind {
            SetLoopKind::Intersect(result) | SetLoopKind::IntersectUpdate(result, _) => {
                Ok(found.then_some(result))
            }
            SetLoopKind::Difference(result) => Ok((!found).then_some(result)),
            SetLoopKind::Subset { yes } if !found => Err(Value::bool(!yes)),
            SetLoopKind::Disjoint if found => Err(Value::FALSE),
            SetLoopKind::Toggle => Ok((!found).then_some(self.with)),
            SetLoopKind::Subset { .. }
            | SetLoopKind::Disjoint
            | SetLoopKind::Discard
            | SetLoopKind::Keys(_)
            | SetLoopKind::Merge => Ok(None),
        }
    }

    fn finish(&self, machine: &mut Machine) -> Value {
        match self.kind {
            SetLoopKind::Intersect(result) | SetLoopKind::Difference(result) => Value::object(result),
            SetLoopKind::IntersectUpdate(result, target) => {
                machine.take_over_set(target, result);
                Value::object(target)
            }
            SetLoopKind::Subset { yes } => Value::bool(yes),
            SetLoopKind::Disjoint => Value::TRUE,
            SetLoopKind::Discard => {
                machine.heap.set_mut(self.with).drop_dummies();
                self.result
            }
            SetLoopKind::Toggle | SetLoopKind::Merge | SetLoopKind::Keys(_) => self.result,
        }
    }
}

impl NativeTask for SetLoop {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut answer = if let Input::Value(value) = input { Some(value) } else { None };
        loop {
            let flow = match (self.phase, answer.take()) {
                (Phase::Next | Phase::Add(_), _) | (Phase::Look(..), None) => {
                    let Some((key, hash)) = self.next_key(&machine.heap) else {
                        return Ok(Progress::Done(self.finish(machine)));
                    };
                    self.phase = Phase::Look(key, hash);
                    self.look(machine, key, hash)?
                }
                (Phase::Look(key, hash), Some(found)) => {
                    self.phase = Phase::Add(key);
                    match self.judge(found == Value::TRUE) {
                        Err(answer) => return Ok(Progress::Done(answer)),
                        Ok(Some(target)) => machine.set_act_hashed(target, key, hash, SetAction::Add)?,
                        Ok(None) => continue,
                    }
                }
            };
            match flow {
                Flow::Value(value) => answer = Some(value),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.over));
        visit(Value::object(self.with));
        visit(self.result);
        match self.kind {
            SetLoopKind::Intersect(result) | SetLoopKind::Difference(result) => visit(Value::object(result)),
            SetLoopKind::IntersectUpdate(result, target) => {
                visit(Value::object(result));
                visit(Value::object(target));
            }
            SetLoopKind::Keys(value) => visit(value),
            SetLoopKind::Subset { .. }
            | SetLoopKind::Disjoint
            | SetLoopKind::Discard
            | SetLoopKind::Toggle
            | SetLoopKind::Merge => {}
        }
        match self.phase {
            // Who adds the key holds it.
            Phase::Look(..) if self.kind == SetLoopKind::Merge => {}
            Phase::Look(key, _) | Phase::Add(key) => visit(key),
            Phase::Next => {}
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = match self.kind {
            SetLoopKind::Intersect(_) | SetLoopKind::IntersectUpdate(..) => "set & set",
            SetLoopKind::Difference(_) | SetLoopKind::Discard => "set - set",
            SetLoopKind::Subset { .. } => "set <= set",
            SetLoopKind::Disjoint => "isdisjoint",
            SetLoopKind::Toggle => "set ^ set",
            SetLoopKind::Merge => "set | set",
            SetLoopKind::Keys(_) => "dict.fromkeys",
        };
        match self.phase {
            Phase::Next | Phase::Look(..) => format!("{name}: looking a key up"),
            Phase::Add(_) => format!("{name}: adding a key"),
        }
    }
}
