//! Looking a name up in a namespace that is no plain dict: what `__prepare__` gave for a class body, or what
//! `exec()` and `eval()` were given.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::value::{Handle, Value};

/// `namespace[name]`, and what is found outside if that is a KeyError.
#[derive(Clone, Debug, Hash)]
pub struct NameLookup {
    namespace: Value,
    name: Handle,
    /// Where it is looked up next, if that is no plain dict either: the globals.
    outer: Option<Handle>,
    fallback: Option<Value>,
}

impl NameLookup {
    /// Asks `namespace`; without a `fallback` a name that is not there is a NameError.
    pub const fn new(namespace: Value, name: Handle, fallback: Option<Value>) -> Self {
        Self { namespace, name, outer: None, fallback }
    }

    /// The same, with `outer` asked before the fallback.
    #[must_use]
    pub const fn with_outer(self, outer: Handle) -> Self {
        Self { outer: Some(outer), ..self }
    }

    fn absent(mut self, machine: &mut Machine) -> Advance {
        if let Some(outer) = self.outer.take() {
            self.namespace = Value::object(outer);
            return self.advance(machine, Input::Start);
        }
        match self.fallback {
            Some(value) => Ok(Progress::Done(value)),
            None => {
                let message = format!("name '{}' is not defined", machine.name_text(self.name));
                Err(machine.name_error(types::NAME_ERROR, message, self.name))
            }
        }
    }
}

impl NativeTask for NameLookup {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        match input {
            Input::Value(value) => return Ok(Progress::Done(value)),
            Input::Raised(_) | Input::Exhausted => return self.absent(machine),
            Input::Start => {}
        }
        match machine.get_item(self.namespace, Value::object(self.name)) {
            Ok(Flow::Value(value)) => Ok(Progress::Done(value)),
            Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
            Err(raise) if machine.heap.is_instance(raise.exception, types::KEY_ERROR) => self.absent(machine),
            Err(raise) => Err(raise),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.namespace);
        visit(Value::object(self.name));
        self.outer.map(Value::object).into_iter().chain(self.fallback).for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("looking {} up in a namespace that is no plain dict", heap.text(self.name).to_string_lossy())
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::KEY_ERROR)
    }
}
