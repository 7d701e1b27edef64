//! Values of type parameters and aliases, which are computed when they are first asked for.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::object::typing::LazyPart;
use crate::machine::value::Value;

/// `T.__bound__`, `X.__value__` and the like, not known yet.
#[derive(Clone, Debug, Hash)]
pub struct Evaluate {
    owner: Value,
    part: LazyPart,
    function: Value,
}

impl Evaluate {
    /// The part of `owner` that `function` computes.
    pub const fn new(owner: Value, part: LazyPart, function: Value) -> Self {
        Self { owner, part, function }
    }
}

impl NativeTask for Evaluate {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let flow = match input {
            Input::Value(value) => Flow::Value(value),
            Input::Start | Input::Exhausted | Input::Raised(_) => {
                let value_format = machine.heap.int(1);
                machine.call(self.function, Args::new([value_format]))?
            }
        };
        Ok(match flow {
            Flow::Value(value) => {
                machine.keep_lazy(self.owner, self.part, value);
                Progress::Done(value)
            }
            Flow::Enter(entry) => Progress::Wait(self.into(), entry),
        })
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.owner);
        visit(self.function);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("{} of {}: computed now", self.part.attribute(), heap.brief(self.owner, 40))
    }
}
