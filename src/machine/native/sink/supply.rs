//! Items for a deque, and counting items in a mapping.

use super::{Taken, Takes, more};
use crate::machine::Machine;
use crate::machine::frame::{Eval, Flow};
use crate::machine::names;
use crate::machine::native::DictAction;
use crate::machine::object::list::MAX_ITEMS;
use crate::machine::protocol::operator::Binary;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// `deque.extend`, `deque.extendleft`.
#[derive(Clone, Debug, Hash)]
pub struct Supply {
    deque: Handle,
    left: bool,
}

impl Supply {
    /// Adds to `deque`, at its left end if `left`.
    pub const fn new(deque: Handle, left: bool) -> Self {
        Self { deque, left }
    }
}

impl Takes for Supply {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        if machine.heap.deque(self.deque).items.len() >= MAX_ITEMS {
            return Err(machine.out_of_memory());
        }
        machine.deque_push(self.deque, item, self.left);
        Ok(Taken::More)
    }

    fn answer(&mut self, _machine: &mut Machine, _value: Value) -> Result<Taken, Raise> {
        Ok(Taken::More)
    }

    fn finish(&mut self, _machine: &mut Machine) -> Eval {
        Ok(Value::NONE.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.deque));
    }

    fn name(&self) -> &'static str {
        if self.left { "deque.extendleft" } else { "deque.extend" }
    }

    fn doing(&self, number: usize) -> String {
        format!("keeping item {number}")
    }
}

/// `_count_elements(mapping, iterable)`.
#[derive(Clone, Debug, Hash)]
pub struct Tally {
    mapping: Value,
    /// Whether it is a dict whose `get` and `__setitem__` are dict's own.
    plain: bool,
    item: Option<Value>,
    /// Its hash.
    hash: i64,
    phase: Phase,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The item is being hashed.
    Hash,
    /// The count so far is being looked up.
    Get,
    /// One is being added to it.
    Add,
    /// It is being stored.
    Set,
}

impl Tally {
    /// Counts in `mapping`.
    pub const fn new(mapping: Value, plain: bool) -> Self {
        Self { mapping, plain, item: None, hash: 0, phase: Phase::Hash }
    }

    fn item(&self) -> Value {
        self.item.expect("an item is being counted")
    }

    fn next(&mut self, machine: &mut Machine, flow: Flow) -> Result<Taken, Raise> {
        match flow {
            Flow::Enter(entry) => Ok(Taken::Wait(entry)),
            Flow::Value(value) => self.answer(machine, value),
        }
    }
}

impl Takes for Tally {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        self.item = Some(item);
        if self.plain {
            self.phase = Phase::Hash;
            let flow = machine.hash(item)?;
            return self.next(machine, flow);
        }
        self.phase = Phase::Get;
        let zero = machine.heap.int(0);
        let flow = machine.call_attr(self.mapping, names::GET_KEY, vec![item, zero])?;
        self.next(machine, flow)
    }

    fn answer(&mut self, machine: &mut Machine, value: Value) -> Result<Taken, Raise> {
        let dict = self.mapping.handle().filter(|_| self.plain);
        match (self.phase, dict) {
            (Phase::Hash, Some(dict)) => {
                self.hash = machine.hash_from_result(value)?;
                self.phase = Phase::Get;
                let zero = machine.heap.int(0);
                let flow = machine.dict_act_hashed(dict, self.item(), self.hash, DictAction::Get(zero))?;
                self.next(machine, flow)
            }
            (Phase::Get, _) => {
                self.phase = Phase::Add;
                let one = machine.heap.int(1);
                let flow = machine.binary(Binary::Add, false, value, one)?;
                self.next(machine, flow)
            }
            (Phase::Add, dict) => {
                self.phase = Phase::Set;
                let flow = match dict {
                    Some(dict) => {
                        machine.dict_act_hashed(dict, self.item(), self.hash, DictAction::Set(value))?
                    }
                    None => machine.set_item(self.mapping, self.item(), Some(value))?,
                };
                Ok(more(flow))
            }
            (Phase::Hash | Phase::Set, _) => Ok(Taken::More),
        }
    }

    fn finish(&mut self, _machine: &mut Machine) -> Eval {
        Ok(Value::NONE.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.mapping);
        self.item.into_iter().for_each(visit);
    }

    fn name(&self) -> &'static str {
        "_count_elements"
    }

    fn doing(&self, number: usize) -> String {
        format!("counting item {number}")
    }
}
