//! Looking for the items of a list or tuple that equal a value.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::object::Payload;
use crate::machine::protocol::compare::Comparison;
use crate::machine::value::{Handle, Value};

/// What is done when an item equals the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// It is counted: `count`.
    Count,
    /// Its place is the result: `index`.
    Place,
    /// It is removed: `list.remove`.
    Removal,
    /// The result is True: `in`.
    Presence,
}

/// Compares the items of a list or tuple with a value, which stands on the right of the `==`.
#[derive(Clone, Debug, Hash)]
pub struct Find {
    wanted: Wanted,
    sequence: Handle,
    value: Value,
    index: i64,
    stop: i64,
    count: i64,
    /// The item being compared, of a list, which may change meanwhile.
    item: Option<Value>,
}

impl Find {
    /// Looks for `value` among the items from `start` on before `stop`, both from 0.
    pub const fn new(wanted: Wanted, sequence: Handle, value: Value, start: i64, stop: i64) -> Self {
        Self { wanted, sequence, value, index: start, stop, count: 0, item: None }
    }

    /// What an equal item at the index comes to; None to go on.
    fn found(&mut self, machine: &mut Machine) -> Option<Value> {
        match self.wanted {
            Wanted::Count => {
                self.count += 1;
                None
            }
            Wanted::Place => Some(machine.heap.int(self.index)),
            Wanted::Presence => Some(Value::TRUE),
            Wanted::Removal => {
                let index = self.index as usize;
                // The comparison may have changed the list.
                if index < machine.heap.list_items(self.sequence).len() {
                    machine.heap.list_splice(self.sequence, index..=index, &[]);
                }
                Some(Value::NONE)
            }
        }
    }

    fn end(&self, machine: &mut Machine) -> Advance {
        let name = match machine.heap.payload(self.sequence) {
            Payload::List(_) => "list",
            _ => "tuple",
        };
        match self.wanted {
            Wanted::Count => Ok(Progress::Done(machine.heap.int(self.count))),
            Wanted::Presence => Ok(Progress::Done(Value::FALSE)),
            Wanted::Place => Err(machine.value_error(format!("{name}.index(x): x not in {name}"))),
            Wanted::Removal => Err(machine.value_error(format!("{name}.remove(x): x not in {name}"))),
        }
    }
}

impl NativeTask for Find {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut equal = if let Input::Value(equal) = input { Some(equal) } else { None };
        loop {
            if let Some(equal) = equal.take() {
                if equal == Value::TRUE
                    && let Some(result) = self.found(machine)
                {
                    return Ok(Progress::Done(result));
                }
                self.index += 1;
            }
            let item = machine
                .heap
                .sequence_items(self.sequence)
                .and_then(|items| items.get(self.index as usize).copied())
                .filter(|_| self.index < self.stop);
            let Some(item) = item else { return self.end(machine) };
            if let Payload::List(_) = machine.heap.payload(self.sequence) {
                self.item = Some(item);
            }
            match machine.compare_bool(Comparison::Eq, item, self.value)? {
                Flow::Value(answer) => equal = Some(answer),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.sequence));
        visit(self.value);
        self.item.into_iter().for_each(visit);
    }

    fn borrows(&self, heap: &Heap, visit: &mut impl FnMut(Value)) {
        if let Payload::Tuple(items) = heap.payload(self.sequence) {
            items.get(self.index as usize).copied().into_iter().for_each(visit);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = match self.wanted {
            Wanted::Count => "count",
            Wanted::Place => "index",
            Wanted::Removal => "list.remove",
            Wanted::Presence => "in",
        };
        format!("{name}: comparing item {}", self.index)
    }
}
