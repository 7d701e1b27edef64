//! Calling a class: `__new__`, then `__init__`.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::specialize::Inlined;
use crate::machine::value::{Handle, Value};

#[derive(Clone, Copy, Debug, Hash)]
enum Phase {
    New,
    Init(Value),
}

/// The types whose call leaves its arguments on the value stack, by CPython's vectorcall protocol.
const HAVE_VECTORCALL: [Handle; 15] = [
    types::BOOL,
    types::DICT,
    types::ENUMERATE,
    types::FILTER,
    types::FLOAT,
    types::FROZENSET,
    types::INT,
    types::LIST,
    types::MAP,
    types::RANGE,
    types::REVERSED,
    types::SET,
    types::STR,
    types::TUPLE,
    types::TYPE,
];

/// The call of a class.
#[derive(Clone, Debug, Hash)]
pub struct Instantiate {
    class: Handle,
    args: Args,
    phase: Phase,
    /// How `__init__` is entered.
    init: Inlined,
}

impl Instantiate {
    /// `class(*args)`.
    pub const fn new(class: Handle, args: Args) -> Self {
        Self { class, args, phase: Phase::New, init: Inlined::Checked }
    }

    /// The same by an instruction that is specialized for the class.
    pub const fn inlined(class: Handle, args: Args) -> Self {
        Self { class, args, phase: Phase::New, init: Inlined::OnShim }
    }
}

impl NativeTask for Instantiate {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let returned = match (self.phase, input) {
            (Phase::New, Input::Value(value)) => value,
            (Phase::New, _) => {
                // A metaclass's `mro()` may have left object out.
                let Some(new) = machine.heap.lookup(self.class, names::NEW) else {
                    let name = machine.heap.class(self.class).name.clone();
                    return Err(machine.type_error(format!("cannot create '{name}' instances")));
                };
                let mut args = self.args.clone();
                args.prepend(Value::object(self.class));
                let made = match machine.heap.payload_of(new) {
                    Some(Payload::StaticMethod(_) | Payload::Function(_) | Payload::Native(..)) => {
                        let callable = machine.unwrap_static(new);
                        machine.call(callable, args)?
                    }
                    _ => match machine.bind(new, None, self.class)? {
                        Flow::Value(callable) => machine.call(callable, args)?,
                        Flow::Enter(entry) => machine.call_later(entry, args)?,
                    },
                };
                match made {
                    Flow::Value(value) => value,
                    Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                }
            }
            (Phase::Init(instance), Input::Value(value)) => {
                machine.check_init_result(value)?;
                return Ok(Progress::Done(instance));
            }
            (Phase::Init(instance), _) => return Ok(Progress::Done(instance)),
        };
        let class = machine.heap.class_of(returned);
        if !machine.heap.is_subclass(class, self.class) {
            return Ok(Progress::Done(returned));
        }
        let init = machine.heap.slot(class, names::INIT);
        match machine.call_method(init, returned, self.args.clone())? {
            Flow::Value(value) => {
                machine.check_init_result(value)?;
                Ok(Progress::Done(returned))
            }
            Flow::Enter(mut entry) => {
                if let Some(frame) = entry.only_python() {
                    frame.inlined = self.init;
                }
                self.phase = Phase::Init(returned);
                Ok(Progress::Wait(self.into(), entry))
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.class));
        self.args.each_value(visit);
        if let Phase::Init(instance) = self.phase {
            visit(instance);
        }
    }

    fn owns(&self, value: Value) -> bool {
        // The arguments are put into a tuple.
        !HAVE_VECTORCALL.contains(&self.class) && value != Value::object(self.class)
    }

    fn title(&self, heap: &Heap) -> String {
        let name = &heap.class(self.class).name;
        match self.phase {
            Phase::New => format!("{name}(): waiting for __new__"),
            Phase::Init(_) => format!("{name}(): waiting for __init__"),
        }
    }
}
