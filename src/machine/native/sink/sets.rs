//! Items that are looked up in a set, added to it or taken out of it.

use super::{Taken, Takes};
use crate::machine::Machine;
use crate::machine::frame::{Eval, Flow};
use crate::machine::native::SetAction;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// What is done with each item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetWorkKind {
    /// It is added to the set; the result is this value.
    Add(Value),
    /// It is taken out of the set; the result is this value.
    Discard(Value),
    /// If it is in the set, it is added to another one, the result.
    Intersect(Handle),
    /// The same, and in the end the set takes over the keys of the other one.
    IntersectUpdate(Handle),
    /// If it is in the dict view, it is added to a set, the result.
    IntersectView(Handle),
    /// If it is not in the view or set, the answer is no; else this, yes.
    AllIn(bool),
    /// If it is in the view or set, the answer is False.
    NoneIn,
    /// If it is in the set, the answer is False.
    Disjoint,
    /// If it is not in the set, the answer is False.
    Superset,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Hash,
    Look,
    Store,
}

/// Does something with a set for each item.
#[derive(Clone, Debug, Hash)]
pub struct SetWork {
    kind: SetWorkKind,
    /// The set, or for [`SetWorkKind::IntersectView`] the view.
    table: Handle,
    item: Option<(Value, i64)>,
    phase: Phase,
}

impl SetWork {
    /// Does `kind` with `table`.
    pub const fn new(kind: SetWorkKind, table: Handle) -> Self {
        Self { kind, table, item: None, phase: Phase::Hash }
    }

    fn hashed(&mut self, machine: &mut Machine, item: Value, hash: i64) -> Result<Taken, Raise> {
        self.item = Some((item, hash));
        let (action, phase) = match self.kind {
            SetWorkKind::Add(_) => (SetAction::Add, Phase::Store),
            SetWorkKind::Discard(_) => (SetAction::Discard, Phase::Store),
            SetWorkKind::Intersect(_)
            | SetWorkKind::IntersectUpdate(_)
            | SetWorkKind::IntersectView(_)
            | SetWorkKind::AllIn(_)
            | SetWorkKind::NoneIn
            | SetWorkKind::Disjoint
            | SetWorkKind::Superset => (SetAction::Contains, Phase::Look),
        };
        self.phase = phase;
        match machine.set_act_hashed(self.table, item, hash, action)? {
            Flow::Value(value) => self.answer(machine, value),
            Flow::Enter(entry) => Ok(Taken::Wait(entry)),
        }
    }

    fn looked(&mut self, machine: &mut Machine, item: Value, hash: i64, found: bool) -> Result<Taken, Raise> {
        let flow = match self.kind {
            SetWorkKind::Intersect(result) | SetWorkKind::IntersectUpdate(result) if found => {
                machine.set_act_hashed(result, item, hash, SetAction::Add)?
            }
            SetWorkKind::IntersectView(result) if found => machine.set_act(result, item, SetAction::Add)?,
            SetWorkKind::AllIn(yes) if !found => return Ok(Taken::Done(Value::bool(!yes))),
            SetWorkKind::Disjoint | SetWorkKind::NoneIn if found => return Ok(Taken::Done(Value::FALSE)),
            SetWorkKind::Superset if !found => return Ok(Taken::Done(Value::FALSE)),
            _ => return Ok(Taken::More),
        };
        self.phase = Phase::Store;
        Ok(super::more(flow))
    }
}

impl Takes for SetWork {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        if let SetWorkKind::IntersectView(_) | SetWorkKind::AllIn(_) | SetWorkKind::NoneIn = self.kind {
            self.item = Some((item, 0));
            self.phase = Phase::Look;
            return match machine.contains(Value::object(self.table), item)? {
                Flow::Value(found) => self.answer(machine, found),
                Flow::Enter(entry) => Ok(Taken::Wait(entry)),
            };
        }
        if let Some(hash) = machine.hash_atom(item) {
            return self.hashed(machine, item, hash);
        }
        self.item = Some((item, 0));
        self.phase = Phase::Hash;
        match machine.hash_key(item, "a set element")? {
            Flow::Value(hash) => self.answer(machine, hash),
            Flow::Enter(entry) => Ok(Taken::Wait(entry)),
        }
    }

    fn answer(&mut self, machine: &mut Machine, value: Value) -> Result<Taken, Raise> {
        let Some((item, hash)) = self.item else { return Ok(Taken::More) };
        match self.phase {
            Phase::Hash => {
                let hash = machine.hash_from_result(value)?;
                self.hashed(machine, item, hash)
            }
            Phase::Look => self.looked(machine, item, hash, value == Value::TRUE),
            Phase::Store => {
                self.item = None;
                // CPython stops when all keys of the set were found.
                if let SetWorkKind::Intersect(result) | SetWorkKind::IntersectUpdate(result) = self.kind
                    && machine.heap.set(result).len() == machine.heap.set(self.table).len()
                {
                    return self.finish(machine).map(|flow| match flow {
                        Flow::Value(value) => Taken::Done(value),
                        Flow::Enter(entry) => Taken::Wait(entry),
                    });
                }
                Ok(Taken::More)
            }
        }
    }

    fn finish(&mut self, machine: &mut Machine) -> Eval {
        Ok(Flow::Value(match self.kind {
            SetWorkKind::Add(value) => value,
            SetWorkKind::Discard(value) => {
                machine.heap.set_mut(self.table).drop_dummies();
                value
            }
            SetWorkKind::Intersect(result) | SetWorkKind::IntersectView(result) => Value::object(result),
            SetWorkKind::IntersectUpdate(result) => {
                machine.take_over_set(self.table, result);
                Value::object(self.table)
            }
            SetWorkKind::AllIn(yes) => Value::bool(yes),
            SetWorkKind::Disjoint | SetWorkKind::NoneIn | SetWorkKind::Superset => Value::TRUE,
        }))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.table));
        self.item.iter().for_each(|(item, _)| visit(*item));
        match self.kind {
            SetWorkKind::Add(value) | SetWorkKind::Discard(value) => visit(value),
            SetWorkKind::Intersect(result)
            | SetWorkKind::IntersectUpdate(result)
            | SetWorkKind::IntersectView(result) => visit(Value::object(result)),
            SetWorkKind::AllIn(_) | SetWorkKind::NoneIn | SetWorkKind::Disjoint | SetWorkKind::Superset => {}
        }
    }

    fn name(&self) -> &'static str {
        match self.kind {
            SetWorkKind::Add(_) => "set",
            SetWorkKind::Discard(_) => "difference",
            SetWorkKind::Intersect(_) | SetWorkKind::IntersectUpdate(_) | SetWorkKind::IntersectView(_) => {
                "intersection"
            }
            SetWorkKind::AllIn(_) => "view <= view",
            SetWorkKind::Disjoint | SetWorkKind::NoneIn => "isdisjoint",
            SetWorkKind::Superset => "issuperset",
        }
    }

    fn doing(&self, number: usize) -> String {
        match self.phase {
            Phase::Hash => format!("waiting for the hash of item {number}"),
            Phase::Look => format!("looking up item {number}"),
            Phase::Store => format!("storing item {number}"),
        }
    }
}
