//! Objects that have something to do before they go: `__del__`, and the `finally` of generators.

use super::{Advance, FileOp, FileWork, Input, NativeTask, Occasion, Progress, Report};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::Payload;
use crate::machine::object::generator::GeneratorState;
use crate::machine::object::io::file::is_system_file;
use crate::machine::object::types;
use crate::machine::output::Stream;
use crate::machine::value::{Handle, Value};
use crate::machine::warning::Category;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The next object is to be finalized.
    Next,
    /// Its `__del__` or its `finally` runs.
    Finalizing,
    /// What it raised is being printed.
    Reporting,
}

/// Finalizes objects, one after the other.
#[derive(Clone, Debug, Hash)]
pub struct Finalize {
    /// A list of the objects; those that are done have been replaced by None.
    objects: Value,
    at: usize,
    phase: Phase,
    /// Whether it came in between two instructions, and the frame below waits for nothing.
    interrupts: bool,
}

impl Finalize {
    /// Finalizes the objects in a list.
    pub const fn new(objects: Value, interrupts: bool) -> Self {
        Self { objects, at: 0, phase: Phase::Next, interrupts }
    }

    fn object(&self, heap: &Heap) -> Option<Handle> {
        match heap.payload_of(self.objects) {
            Some(Payload::List(objects)) => objects.get(self.at).and_then(|object| object.handle()),
            _ => None,
        }
    }

    /// Lets go of the object that is done; what it held goes before the next object's turn.
    fn next(mut self, machine: &mut Machine) -> Advance {
        if let Some(Payload::List(objects)) = self.objects.handle().map(|list| machine.heap.payload_mut(list))
        {
            let object = std::mem::replace(&mut objects[self.at], Value::NONE);
            machine.heap.release(object);
        }
        self.at += 1;
        self.phase = Phase::Next;
        if self.object(&machine.heap).is_none() {
            return Ok(Progress::Done(Value::NONE));
        }
        Ok(Progress::Again(self.into()))
    }

    fn report(mut self, machine: &mut Machine, object: Handle, exception: Value) -> Advance {
        let occasion = if let Payload::Generator(_) = machine.heap.payload(object) {
            Occasion::Ignored("closing generator", Value::object(object))
        } else {
            let method = machine.heap.special(Value::object(object), names::DEL).unwrap_or(Value::NONE);
            Occasion::Ignored("calling deallocator", method)
        };
        if machine.exception(exception).traceback.is_none()
            && let Some(frame) = machine.caller_object()
        {
            machine.add_traceback_entry(exception, frame);
        }
        self.phase = Phase::Reporting;
        let report = Report::new(machine, exception, occasion);
        match machine.begin(report)? {
            Flow::Value(_) => self.next(machine),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }
}

impl NativeTask for Finalize {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let Some(object) = self.object(&machine.heap) else { return Ok(Progress::Done(Value::NONE)) };
        match (self.phase, input) {
            (Phase::Finalizing, Input::Raised(exception)) => return self.report(machine, object, exception),
            (Phase::Finalizing | Phase::Reporting, _) => return self.next(machine),
            (Phase::Next, _) => {}
        }
        self.phase = Phase::Finalizing;
        match machine.finalize(object) {
            Ok(Flow::Value(_)) => self.next(machine),
            Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
            Err(raise) => self.report(machine, object, raise.exception),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.objects);
    }

    fn title(&self, heap: &Heap) -> String {
        let class = self.object(heap).map_or("nothing", |object| &heap.class(heap.get(object).class).name);
        match self.phase {
            Phase::Next => format!("finalizer: a {class} object is next"),
            Phase::Finalizing => format!("finalizer: finalizing a {class} object"),
            Phase::Reporting => format!("finalizer: printing what a {class} object raised"),
        }
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        true
    }

    fn interrupts(&self) -> bool {
        self.interrupts
    }
}

impl Machine {
    /// Does what an object has to do before it goes.
    fn finalize(&mut self, object: Handle) -> Eval {
        if let Payload::Awaitable(_) = self.heap.payload(object) {
            self.warn_unawaited_step(object);
            return Ok(Value::NONE.into());
        }
        if let Payload::Generator(generator) = self.heap.payload(object) {
            if let Some(hook) = self.async_finalizer(object) {
                return self.call(hook, Args::new([Value::object(object)]));
            }
            if generator.state == GeneratorState::Created && self.heap.get(object).class == types::COROUTINE {
                self.warn_never_awaited(object);
                self.drop_generator_frame(object);
                return Ok(Value::NONE.into());
            }
            return self.begin(super::Close::new(object));
        }
        if is_system_file(self.heap.payload(object)) {
            return self.begin(FileWork::new(object, FileOp::Close));
        }
        let object = Value::object(object);
        match self.heap.special(object, names::DEL) {
            Some(method) => self.call_method(method, object, Args::default()),
            None => Ok(Value::NONE.into()),
        }
    }

    /// A coroutine that nobody awaited is probably a mistake.
    fn warn_never_awaited(&mut self, coroutine: Handle) {
        let name = self.generator(coroutine).qualname;
        let name = self.str_text(name).to_string_lossy().into_owned();
        self.warn_of_coroutine(&format!("coroutine '{name}' was never awaited"));
    }

    /// A warning about something that nobody awaited.
    pub(in crate::machine) fn warn_of_coroutine(&mut self, message: &str) {
        if self.warn(Category::Runtime, message) {
            let hint = "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n";
            self.write(Stream::Stderr, hint);
        }
    }
}
