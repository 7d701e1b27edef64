//! `object.__ne__`: the opposite of what `__eq__` says.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Ask,
    Truth,
}

/// `object.__ne__(left, right)`.
#[derive(Clone, Debug, Hash)]
pub struct NotEqual {
    left: Value,
    right: Value,
    phase: Phase,
}

impl NativeTask for NotEqual {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut flow = match input {
            Input::Value(value) => Flow::Value(value),
            Input::Start | Input::Exhausted | Input::Raised(_) => {
                let method = machine.heap.slot(machine.heap.class_of(self.left), names::EQ);
                machine.call_method(method, self.left, Args::new([self.right]))?
            }
        };
        loop {
            match (self.phase, flow) {
                (_, Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                (Phase::Ask, Flow::Value(Value::NOT_IMPLEMENTED)) => {
                    return Ok(Progress::Done(Value::NOT_IMPLEMENTED));
                }
                (Phase::Ask, Flow::Value(answer)) => {
                    self.phase = Phase::Truth;
                    flow = machine.truth(answer)?;
                }
                (Phase::Truth, Flow::Value(equal)) => {
                    return Ok(Progress::Done(Value::bool(equal != Value::TRUE)));
                }
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.left);
        visit(self.right);
    }

    fn title(&self, _heap: &Heap) -> String {
        "__ne__: waiting for __eq__".to_owned()
    }
}

impl Machine {
    /// `object.__ne__(left, right)`.
    pub(in crate::machine) fn compare_by_eq(&mut self, left: Value, right: Value) -> Eval {
        self.begin(NotEqual { left, right, phase: Phase::Ask })
    }
}
