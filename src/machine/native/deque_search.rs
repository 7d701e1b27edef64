//! Looking for the items of a deque that equal a value.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::protocol::compare::Comparison;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// What is done when an item equals the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DequeWanted {
    /// It is counted: `count`.
    Count,
    /// Its place is the result: `index`.
    Place,
    /// It is removed: `remove`.
    Removal,
    /// The result is True: `in`.
    Presence,
}

/// Compares the items of a deque with a value; a deque that changes meanwhile is an error.
#[derive(Clone, Debug, Hash)]
pub struct DequeSearch {
    wanted: DequeWanted,
    deque: Handle,
    value: Value,
    index: i64,
    stop: i64,
    count: i64,
    /// The deque's version when the search began.
    version: Option<u64>,
}

impl DequeSearch {
    /// Looks for `value` among the items from `start` on before `stop`, both from 0.
    pub const fn new(wanted: DequeWanted, deque: Handle, value: Value, start: i64, stop: i64) -> Self {
        Self { wanted, deque, value, index: start, stop, count: 0, version: None }
    }

    fn changed(&self, machine: &mut Machine) -> Raise {
        match self.wanted {
            DequeWanted::Removal => machine.raise(types::INDEX_ERROR, "deque mutated during iteration"),
            _ => machine.runtime_error("deque mutated during iteration"),
        }
    }

    /// What an equal item comes to; None to go on.
    fn found(&mut self, machine: &mut Machine) -> Option<Value> {
        match self.wanted {
            DequeWanted::Count => {
                self.count += 1;
                None
            }
            DequeWanted::Place => Some(machine.heap.int(self.index)),
            DequeWanted::Presence => Some(Value::TRUE),
            DequeWanted::Removal => {
                machine.deque_remove(self.deque, self.index as usize);
                Some(Value::NONE)
            }
        }
    }

    fn end(&self, machine: &mut Machine) -> Advance {
        Ok(Progress::Done(match self.wanted {
            DequeWanted::Count => machine.heap.int(self.count),
            DequeWanted::Presence => Value::FALSE,
            DequeWanted::Place => return Err(machine.value_error("deque.index(x): x not in deque")),
            DequeWanted::Removal => return Err(machine.value_error("deque.remove(x): x not in deque")),
        }))
    }
}

impl NativeTask for DequeSearch {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut answer = match input {
            Input::Value(equal) => Some(equal),
            _ => None,
        };
        loop {
            if let Some(equal) = answer.take() {
                if self.version != Some(machine.heap.deque(self.deque).version) {
                    return Err(self.changed(machine));
                }
                if equal == Value::TRUE
                    && let Some(result) = self.found(machine)
                {
                    return Ok(Progress::Done(result));
                }
                self.index += 1;
            }
            let deque = machine.heap.deque(self.deque);
            self.version = Some(self.version.unwrap_or(deque.version));
            let item = usize::try_from(self.index).ok().and_then(|index| deque.items.get(index).copied());
            let Some(item) = item.filter(|_| self.index < self.stop) else { return self.end(machine) };
            match machine.compare_bool(Comparison::Eq, item, self.value)? {
                Flow::Value(equal) => answer = Some(equal),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.deque));
        visit(self.value);
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = match self.wanted {
            DequeWanted::Count => "deque.count",
            DequeWanted::Place => "deque.index",
            DequeWanted::Removal => "deque.remove",
            DequeWanted::Presence => "in deque",
        };
        format!("{name}: comparing item {}", self.index)
    }
}
