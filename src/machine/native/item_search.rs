//! Looking for the items of a memoryview or an array that equal a value.

use super::find::Wanted;
use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::protocol::compare::Comparison;
use crate::machine::value::Value;

/// Compares items, each made when its turn comes, with a value.
#[derive(Clone, Debug, Hash)]
pub struct ItemSearch {
    wanted: Wanted,
    sequence: Value,
    value: Value,
    index: i64,
    stop: i64,
    count: i64,
}

impl ItemSearch {
    /// Looks for `value` among the items from `start` on before `stop`, both from 0.
    pub const fn new(wanted: Wanted, sequence: Value, value: Value, start: i64, stop: i64) -> Self {
        Self { wanted, sequence, value, index: start, stop, count: 0 }
    }

    fn is_view(&self, heap: &Heap) -> bool {
        heap.class_of(self.sequence) == types::MEMORY_VIEW
    }

    /// What an equal item comes to; None to go on.
    fn found(&mut self, machine: &mut Machine) -> Result<Option<Value>, crate::machine::raise::Raise> {
        Ok(match self.wanted {
            Wanted::Count => {
                self.count += 1;
                None
            }
            Wanted::Place => Some(machine.heap.int(self.index)),
            Wanted::Presence => Some(Value::TRUE),
            Wanted::Removal => {
                machine.array_remove(self.sequence, self.index as usize)?;
                Some(Value::NONE)
            }
        })
    }

    fn end(&self, machine: &mut Machine) -> Advance {
        Ok(Progress::Done(match self.wanted {
            Wanted::Count => machine.heap.int(self.count),
            Wanted::Presence => Value::FALSE,
            Wanted::Place if self.is_view(&machine.heap) => {
                return Err(machine.value_error("memoryview.index(x): x not found"));
            }
            Wanted::Place => return Err(machine.value_error("array.index(x): x not in array")),
            Wanted::Removal => return Err(machine.value_error("array.remove(x): x not in array")),
        }))
    }
}

impl NativeTask for ItemSearch {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut answer = match input {
            Input::Value(equal) => Some(equal),
            _ => None,
        };
        loop {
            if let Some(equal) = answer.take() {
                if equal == Value::TRUE
                    && let Some(result) = self.found(machine)?
                {
                    return Ok(Progress::Done(result));
                }
                self.index += 1;
            }
            if self.index >= self.stop {
                return self.end(machine);
            }
            let Some(item) = machine.item_of(self.sequence, self.index as usize)? else {
                return self.end(machine);
            };
            match machine.compare_bool(Comparison::Eq, item, self.value)? {
                Flow::Value(equal) => answer = Some(equal),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.sequence);
        visit(self.value);
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = match self.wanted {
            Wanted::Count => "count",
            Wanted::Place => "index",
            Wanted::Removal => "remove",
            Wanted::Presence => "in",
        };
        format!("{name}: comparing item {}", self.index)
    }
}
