//! Looking a name up in namespaces that are no plain dicts: what `__prepare__` gave for a class body, what `exec()` and
//! `eval()` were given, and what a program has put in the place of `__builtins__`.

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
    /// Where it is looked up next, if those are no plain dicts either: the globals, the builtins; the first one last.
    outer: Vec<Value>,
    fallback: Option<Value>,
    wanted: NameWanted,
}

/// What a name is looked up for, which says how its absence is complained of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameWanted {
    /// The program names it.
    Name,
    /// A class statement needs `__build_class__`.
    BuildClass,
    /// An import needs `__import__`.
    Import,
}

impl NameLookup {
    /// Asks `namespace`; without a `fallback` a name that is not there is a NameError.
    pub const fn new(namespace: Value, name: Handle, fallback: Option<Value>) -> Self {
        Self { namespace, name, outer: Vec::new(), fallback, wanted: NameWanted::Name }
    }

    /// Asks builtins that are no plain dict for what a statement needs.
    pub const fn of_builtins(builtins: Handle, name: Handle, wanted: NameWanted) -> Self {
        Self { namespace: Value::object(builtins), name, outer: Vec::new(), fallback: None, wanted }
    }

    /// The same, with `outer` asked before the fallback and behind those that are asked already.
    #[must_use]
    pub fn with_outer(mut self, outer: Option<Handle>) -> Self {
        self.outer.splice(0..0, outer.map(Value::object));
        self
    }

    fn absent(mut self, machine: &mut Machine) -> Advance {
        if let Some(outer) = self.outer.pop() {
            self.namespace = outer;
            return self.advance(machine, Input::Start);
        }
        if let Some(value) = self.fallback {
            return Ok(Progress::Done(value));
        }
        Err(match self.wanted {
            NameWanted::Name => {
                let message = format!("name '{}' is not defined", machine.name_text(self.name));
                machine.name_error(types::NAME_ERROR, message, self.name)
            }
            NameWanted::BuildClass => machine.raise(types::NAME_ERROR, "__build_class__ not found"),
            NameWanted::Import => machine.raise(types::IMPORT_ERROR, "__import__ not found"),
        })
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
        self.outer.iter().copied().chain(self.fallback).for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("looking {} up in a namespace that is no plain dict", heap.text(self.name).to_string_lossy())
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::KEY_ERROR)
    }
}
