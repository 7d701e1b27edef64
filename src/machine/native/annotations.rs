//! `__annotations__`, which are computed when they are first asked for: `__annotate__` runs.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// `__annotations__` of a class, function or module, not known yet.
#[derive(Clone, Debug, Hash)]
pub struct Annotations {
    owner: Value,
    annotate: Value,
}

impl Annotations {
    /// Keeps what `__annotate__` returned, which must be a dict.
    fn keep(&self, machine: &mut Machine, annotations: Value) -> Result<Value, Raise> {
        if !matches!(machine.heap.payload_of(annotations), Some(Payload::Dict(_))) {
            let given = machine.class_name(annotations);
            return Err(machine.type_error(format!("__annotate__ returned non-dict of type '{given}'")));
        }
        let handle = self.owner.handle().expect("what has annotations is a heap object");
        match machine.heap.payload(handle) {
            Payload::Class(_) => machine.heap.set_class_name(handle, names::ANNOTATIONS_CACHE, annotations),
            Payload::Function(_) => machine.set_function_annotations(handle, Some(annotations)),
            _ => {
                let dict = machine.heap.attributes(handle);
                machine.heap.set_name(dict, names::ANNOTATIONS, annotations);
            }
        }
        Ok(annotations)
    }
}

impl NativeTask for Annotations {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let flow = match input {
            Input::Value(value) => Flow::Value(value),
            Input::Start | Input::Exhausted | Input::Raised(_) => {
                let value_format = machine.heap.int(1);
                machine.call(self.annotate, Args::new([value_format]))?
            }
        };
        match flow {
            Flow::Value(value) => Ok(Progress::Done(self.keep(machine, value)?)),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.owner);
        visit(self.annotate);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("__annotations__ of {}: __annotate__ runs", heap.brief(self.owner, 40))
    }
}

impl Machine {
    /// `__annotations__` of something whose `__annotate__` is this; without one there are none.
    pub(in crate::machine) fn annotations_by(&mut self, owner: Value, annotate: Option<Value>) -> Eval {
        let task = Annotations { owner, annotate: annotate.unwrap_or(Value::NONE) };
        match annotate.filter(|annotate| self.is_callable(*annotate)) {
            Some(_) => self.begin(task),
            None => {
                let empty = Value::object(self.heap.new_dict());
                Ok(task.keep(self, empty)?.into())
            }
        }
    }

    /// `__annotations__` of a class.
    pub(in crate::machine) fn class_annotations(&mut self, class: Value) -> Eval {
        let handle: Handle = class.handle().expect("a class is a heap object");
        let object = self.heap.class(handle);
        if object.builtin {
            let message = format!("type object '{}' has no attribute '__annotations__'", object.name);
            return Err(self.raise(types::ATTRIBUTE_ERROR, message));
        }
        let namespace = object.namespace;
        let own = |m: &Self, name| m.heap.get_name(namespace, name);
        if let Some(found) = own(self, names::ANNOTATIONS).or_else(|| own(self, names::ANNOTATIONS_CACHE)) {
            return self.bind(found, None, handle);
        }
        let annotate = own(self, names::ANNOTATE).or_else(|| own(self, names::ANNOTATE_FUNC));
        if annotate.is_none() {
            self.heap.set_class_name(handle, names::ANNOTATE_FUNC, Value::NONE);
        }
        self.annotations_by(class, annotate)
    }
}
