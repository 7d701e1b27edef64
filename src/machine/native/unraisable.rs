//! An exception that nobody can catch, as of a `__del__`: what `sys.unraisablehook` is there for.

use super::{Advance, Ignored, Input, NativeTask, Occasion, Progress, Report};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::object::{Payload, types};
use crate::machine::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The object is a str, which the message has as it is.
    Named,
    /// The `repr()` of the object that the message names is made.
    Name,
    /// The program's own hook is called.
    Hook(Value),
}

/// An exception on its way to `sys.unraisablehook`.
#[derive(Clone, Debug, Hash)]
pub struct Unraisable {
    exception: Value,
    when: &'static str,
    object: Value,
    phase: Phase,
}

impl Unraisable {
    /// An exception that came at a time, which some words name, of an object.
    pub const fn of(exception: Value, when: &'static str, object: Value) -> Self {
        Self { exception, when, object, phase: Phase::Name }
    }

    /// The same, where the message has a name, a str, as it is.
    pub const fn named(exception: Value, when: &'static str, name: Value) -> Self {
        Self { exception, when, object: name, phase: Phase::Named }
    }

    /// Its message is known: a str, or None where that could not be made.
    fn tell(mut self, machine: &mut Machine, name: Option<Value>) -> Advance {
        let message = match name {
            Some(name) => {
                let name = machine.str_text(name).clone();
                let mut text = crate::machine::text::StrBuilder::with_capacity(0);
                text.push_str(&format!("Exception ignored {} ", self.when).into());
                text.push_str(&name);
                machine.heap.str(text.finish())
            }
            None => Value::NONE,
        };
        let class = Value::object(machine.heap.class_of(self.exception));
        let traceback = machine.exception(self.exception).traceback.unwrap_or(Value::NONE);
        let told = Ignored { class, traceback, message, object: Value::NONE };
        let hook = machine.hook("unraisablehook").filter(|hook| !hook.is_none());
        let Some(hook) = hook.filter(|hook| !machine.is_own_hook(*hook)) else {
            return print(machine, self.exception, told);
        };
        let items = [class, self.exception, traceback, message, Value::NONE];
        let args = machine.heap.alloc(types::UNRAISABLE_HOOK_ARGS, Payload::Tuple(Box::new(items)));
        self.phase = Phase::Hook(hook);
        match machine.call(hook, Args::new([Value::object(args)])) {
            Ok(Flow::Value(_)) => Ok(Progress::Done(Value::NONE)),
            Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
            Err(raise) => Self::failed(machine, hook, raise.exception),
        }
    }

    /// The program's own hook has raised something.
    fn failed(machine: &mut Machine, hook: Value, raised: Value) -> Advance {
        let class = Value::object(machine.heap.class_of(raised));
        let traceback = machine.exception(raised).traceback.unwrap_or(Value::NONE);
        let message = machine.heap.str("Exception ignored in sys.unraisablehook");
        print(machine, raised, Ignored { class, traceback, message, object: hook })
    }
}

fn print(machine: &mut Machine, exception: Value, told: Ignored) -> Advance {
    let report = Report::new(machine, exception, Occasion::Ignored(told));
    Ok(machine.begin(report)?.into())
}

impl NativeTask for Unraisable {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        match (self.phase, input) {
            (Phase::Named, _) => {
                let name = self.object;
                self.tell(machine, Some(name))
            }
            (Phase::Name, Input::Start) => match machine.repr(self.object) {
                Ok(Flow::Value(name)) => self.tell(machine, Some(name)),
                Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
                Err(_) => self.tell(machine, None),
            },
            (Phase::Name, Input::Value(name)) => self.tell(machine, Some(name)),
            (Phase::Name, Input::Raised(_) | Input::Exhausted) => self.tell(machine, None),
            (Phase::Hook(hook), Input::Raised(raised)) => Self::failed(machine, hook, raised),
            (Phase::Hook(_), _) => Ok(Progress::Done(Value::NONE)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.exception, self.object].into_iter().for_each(&mut *visit);
        if let Phase::Hook(hook) = self.phase {
            visit(hook);
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.class_of(self.exception)).name;
        match self.phase {
            Phase::Name | Phase::Named => format!("unraisable {class}: naming what it came of"),
            Phase::Hook(_) => format!("unraisable {class}: telling sys.unraisablehook"),
        }
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        true
    }
}
