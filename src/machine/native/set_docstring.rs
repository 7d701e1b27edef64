//! Giving a property its docstring: the one it was made with, or its getter's.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::descriptors::take_docstring;
use crate::machine::object::types;
use crate::machine::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The getter is asked for its docstring.
    Ask,
    /// An instance of a class derived from property takes its docstring, from its getter or not.
    Set { from_getter: bool },
}

/// `property.__doc__ = doc`; an AttributeError means that there is no place for it, unless it is the getter's.
#[derive(Clone, Debug, Hash)]
pub struct SetDocstring {
    property: Value,
    getter: Option<Value>,
    doc: Option<Value>,
    phase: Phase,
}

impl SetDocstring {
    /// Sets the docstring of `property` to `doc`, or to that of the getter where there is none.
    pub const fn new(property: Value, getter: Option<Value>, doc: Option<Value>) -> Self {
        Self { property, getter, doc, phase: Phase::Ask }
    }

    /// The docstring is known.
    fn set(&mut self, machine: &mut Machine, from_getter: bool) -> Eval {
        self.phase = Phase::Set { from_getter };
        let Some(doc) = take_docstring(machine, self.property, self.doc, from_getter) else {
            return Ok(Value::NONE.into());
        };
        match machine.set_attr(self.property, names::DOC, Some(doc)) {
            Err(raise) if self.catches(&machine.heap, raise.exception) => Ok(Value::NONE.into()),
            set => set,
        }
    }
}

impl NativeTask for SetDocstring {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut flow = match (input, self.getter) {
            (Input::Start | Input::Exhausted, Some(getter)) if self.doc.is_none() => {
                machine.get_attr_or(getter, names::DOC, Value::NONE)?
            }
            (Input::Start | Input::Exhausted, _) => self.set(machine, false)?,
            (Input::Raised(_), _) => Flow::Value(Value::NONE),
            (Input::Value(value), _) => Flow::Value(value),
        };
        loop {
            flow = match (self.phase, flow) {
                (_, Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                (Phase::Ask, Flow::Value(doc)) => {
                    self.doc = Some(doc).filter(|doc| !doc.is_none());
                    self.set(machine, self.doc.is_some())?
                }
                (Phase::Set { .. }, Flow::Value(_)) => return Ok(Progress::Done(Value::NONE)),
            };
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.property].into_iter().chain(self.getter).chain(self.doc).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Ask => "property: asking the getter for its docstring",
            Phase::Set { .. } => "property: setting its docstring",
        }
        .to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.phase == Phase::Set { from_getter: false } && heap.is_instance(exception, types::ATTRIBUTE_ERROR)
    }
}
