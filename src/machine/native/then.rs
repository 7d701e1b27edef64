//! Doing one thing after another that has to be waited for.

use super::{Advance, Input, NativeTask, Progress, Task};
use crate::machine::Machine;
use crate::machine::frame::{Entry, Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::native::{DictAction, NativeFrame};
use crate::machine::object::{Payload, types};
use crate::machine::protocol::compare::Comparison;
use crate::machine::value::{Handle, Value};

/// Waits, and then gives a value known beforehand: `a |= b` gives `a`.
#[derive(Clone, Debug, Hash)]
pub struct Then {
    value: Value,
}

impl Then {
    /// Gives `value`.
    pub const fn value(value: Value) -> Self {
        Self { value }
    }
}

impl NativeTask for Then {
    fn advance(self, _machine: &mut Machine, _input: Input) -> Advance {
        Ok(Progress::Done(self.value))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.value);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("making a {}", heap.class(heap.class_of(self.value)).name)
    }
}

/// `(key, value) in dict.items()`.
#[derive(Clone, Debug, Hash)]
pub struct ViewContains {
    dict: Handle,
    key: Value,
    value: Value,
    /// An object that nothing else holds, for a key that is not there.
    absent: Option<Value>,
}

impl ViewContains {
    /// Whether the value of `key` in `dict` equals `value`.
    pub const fn new(dict: Handle, key: Value, value: Value) -> Self {
        Self { dict, key, value, absent: None }
    }
}

impl NativeTask for ViewContains {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let found = match (self.absent, input) {
            (Some(_), Input::Value(found)) => found,
            _ => {
                let absent = Value::object(machine.heap.alloc(types::OBJECT, Payload::Plain));
                self.absent = Some(absent);
                match machine.dict_act(self.dict, self.key, DictAction::Get(absent))? {
                    Flow::Value(found) => found,
                    Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                }
            }
        };
        if Some(found) == self.absent {
            return Ok(Progress::Done(Value::FALSE));
        }
        Ok(machine.compare_bool(Comparison::Eq, found, self.value)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.dict));
        [self.key, self.value].into_iter().chain(self.absent).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "in dict.items(): looking the key up".to_owned()
    }
}

impl Machine {
    /// Begins `task` once what `entry` gives is there.
    pub(in crate::machine) fn then(&mut self, entry: Entry, task: impl Into<Task>) -> Eval {
        Ok(Flow::Enter(Entry::under(NativeFrame::waiting(task.into()), entry)))
    }
}
