//! Giving a property of a subclass its docstring, which it may refuse to take.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::types;
use crate::machine::value::Value;

/// `property.__doc__ = doc`; an AttributeError means that there is no place for it.
#[derive(Clone, Debug, Hash)]
pub struct SetDocstring {
    property: Value,
    doc: Value,
}

impl SetDocstring {
    /// Sets the docstring of `property`.
    pub const fn new(property: Value, doc: Value) -> Self {
        Self { property, doc }
    }
}

impl NativeTask for SetDocstring {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        match input {
            Input::Start => {}
            Input::Value(_) | Input::Raised(_) | Input::Exhausted => return Ok(Progress::Done(Value::NONE)),
        }
        match machine.set_attr(self.property, names::DOC, Some(self.doc)) {
            Ok(Flow::Value(_)) => Ok(Progress::Done(Value::NONE)),
            Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
            Err(raise) if self.catches(&machine.heap, raise.exception) => Ok(Progress::Done(Value::NONE)),
            Err(raise) => Err(raise),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.property, self.doc].into_iter().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "property: setting its docstring".to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::ATTRIBUTE_ERROR)
    }
}
