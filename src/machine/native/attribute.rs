//! Attribute access that has to wait: `__getattribute__` and `__getattr__` in Python, `getattr` with a
//! default, `hasattr`.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// `__getattribute__` runs, or a descriptor's getter.
    Lookup,
    /// `__getattr__` runs.
    Fallback,
}

/// `object.name` where the class has `__getattribute__` or `__getattr__` in Python.
#[derive(Clone, Debug, Hash)]
pub struct GetAttribute {
    object: Value,
    name: Handle,
    phase: Phase,
}

impl GetAttribute {
    /// `object.name`.
    pub const fn new(object: Value, name: Handle) -> Self {
        Self { object, name, phase: Phase::Lookup }
    }

    fn look_up(&self, machine: &mut Machine) -> Result<Option<Flow>, Raise> {
        let class = machine.heap.class_of(self.object);
        if !machine.heap.class(class).hooks.getattribute {
            return machine.find_attr_natively(self.object, self.name);
        }
        let method = machine.heap.lookup(class, names::GETATTRIBUTE).expect("the hook stands for it");
        machine.call_method(method, self.object, Args::new([Value::object(self.name)])).map(Some)
    }

    fn fall_back(&self, machine: &mut Machine) -> Eval {
        match machine.heap.special(self.object, names::GETATTR) {
            Some(method) => machine.call_method(method, self.object, Args::new([Value::object(self.name)])),
            None => Err(machine.no_attribute(self.object, self.name)),
        }
    }
}

impl NativeTask for GetAttribute {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let found = match input {
            Input::Value(value) => return Ok(Progress::Done(value)),
            Input::Start => match self.look_up(machine) {
                Err(raise) if self.catches(&machine.heap, raise.exception) => None,
                found => found?,
            },
            Input::Raised(_) | Input::Exhausted => None,
        };
        let flow = match found {
            Some(flow) => flow,
            None => {
                self.phase = Phase::Fallback;
                self.fall_back(machine)?
            }
        };
        Ok(match flow {
            Flow::Value(value) => Progress::Done(value),
            Flow::Enter(entry) => Progress::Wait(self.into(), entry),
        })
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.object);
        visit(Value::object(self.name));
    }

    fn title(&self, heap: &Heap) -> String {
        let name = heap.text(self.name).to_string_lossy();
        match self.phase {
            Phase::Lookup => format!("getattr: looking for .{name}"),
            Phase::Fallback => format!("getattr: __getattr__('{name}') runs"),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.phase == Phase::Lookup
            && heap.is_instance(exception, types::ATTRIBUTE_ERROR)
            && heap.class(heap.class_of(self.object)).hooks.getattr
    }
}

/// `getattr(object, name, default)`, or `hasattr(object, name)`, where looking runs Python code.
#[derive(Clone, Debug, Hash)]
pub struct GetAttributeOr {
    object: Value,
    name: Handle,
    /// `None` for `hasattr`.
    default: Option<Value>,
}

impl GetAttributeOr {
    fn found(&self, value: Value) -> Value {
        if self.default.is_some() { value } else { Value::TRUE }
    }

    fn missing(&self) -> Value {
        self.default.unwrap_or(Value::FALSE)
    }
}

impl NativeTask for GetAttributeOr {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        match input {
            Input::Value(value) => return Ok(Progress::Done(self.found(value))),
            Input::Raised(_) | Input::Exhausted => return Ok(Progress::Done(self.missing())),
            Input::Start => {}
        }
        match machine.find_attr(self.object, self.name) {
            Ok(Some(Flow::Value(value))) => Ok(Progress::Done(self.found(value))),
            Ok(Some(Flow::Enter(entry))) => Ok(Progress::Wait(self.into(), entry)),
            Ok(None) => Ok(Progress::Done(self.missing())),
            Err(raise) if self.catches(&machine.heap, raise.exception) => Ok(Progress::Done(self.missing())),
            Err(raise) => Err(raise),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.object);
        visit(Value::object(self.name));
        self.default.into_iter().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let function = if self.default.is_some() { "getattr" } else { "hasattr" };
        format!("{function}: looking for .{}", heap.text(self.name).to_string_lossy())
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::ATTRIBUTE_ERROR)
    }
}

/// `.name` of something that is still being computed.
#[derive(Clone, Debug, Hash)]
pub struct AttributeLater {
    name: Handle,
    found: bool,
}

impl NativeTask for AttributeLater {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let Input::Value(value) = input else { panic!("an attribute waits for its object") };
        if self.found {
            return Ok(Progress::Done(value));
        }
        self.found = true;
        Ok(match machine.get_attr(value, self.name)? {
            Flow::Value(value) => Progress::Done(value),
            Flow::Enter(entry) => Progress::Wait(self.into(), entry),
        })
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.name));
    }

    fn title(&self, heap: &Heap) -> String {
        format!("getattr: .{} of what is being computed", heap.text(self.name).to_string_lossy())
    }
}

impl Machine {
    /// `getattr(object, name, default)`.
    pub(in crate::machine) fn get_attr_or(&mut self, object: Value, name: Handle, default: Value) -> Eval {
        self.begin(GetAttributeOr { object, name, default: Some(default) })
    }

    /// `hasattr(object, name)`.
    pub(in crate::machine) fn has_attr(&mut self, object: Value, name: Handle) -> Eval {
        self.begin(GetAttributeOr { object, name, default: None })
    }

    /// `.name` of what `flow` gives.
    pub(in crate::machine) fn get_attr_of(&mut self, flow: Flow, name: Handle) -> Eval {
        match flow {
            Flow::Value(object) => self.get_attr(object, name),
            Flow::Enter(entry) => Ok(Flow::Enter(crate::machine::frame::Entry::under(
                super::NativeFrame::waiting(AttributeLater { name, found: false }.into()),
                entry,
            ))),
        }
    }
}
