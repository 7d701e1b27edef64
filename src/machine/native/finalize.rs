//! Objects that have something to do before they go: `__del__`, and the `finally` of generators.

use super::{Advance, Do, Got, Input, NativeTask, Progress, Steps, Stepwise, Unraisable};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::number::IntRef;
use crate::machine::object::Payload;
use crate::machine::object::generator::GeneratorState;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};
use crate::machine::warnings::Giving;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The next object is to be finalized.
    Next,
    /// Its `__del__` or its `finally` runs.
    Finalizing,
    /// What it raised is being printed.
    Reporting,
    /// The callback of a weak reference to it runs.
    Telling,
    /// What that raised is being printed.
    TellingReport,
}

/// Finalizes objects, one after the other: each runs its `__del__`, and if that did not bring it back, those
/// who hold weak references to it are told.  A generator's are told first.
#[derive(Clone, Debug, Hash)]
pub struct Finalize {
    /// A list of the objects; those that are done have been replaced by None.
    objects: Value,
    at: usize,
    phase: Phase,
    /// Weak references to the object whose turn it is, each followed by its callback, the last first.
    calls: Vec<Value>,
    /// Whether it came in between two instructions, and the frame below waits for nothing.
    interrupts: bool,
}

impl Finalize {
    /// Finalizes the objects in a list.
    pub const fn new(objects: Value, interrupts: bool) -> Self {
        Self { objects, at: 0, phase: Phase::Next, calls: Vec::new(), interrupts }
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

    fn begin(self, machine: &mut Machine, object: Handle) -> Advance {
        if let Payload::Generator(_) = machine.heap.payload(object) {
            return self.tell(machine, object);
        }
        self.run(machine, object)
    }

    /// Runs the object's own finalizer, if it still has to.
    fn run(mut self, machine: &mut Machine, object: Handle) -> Advance {
        if !machine.heap.needs_finalizer(object) {
            return self.ran(machine, object);
        }
        machine.heap.get_mut(object).head.set_finalized();
        self.phase = Phase::Finalizing;
        match machine.finalize(object) {
            Ok(Flow::Value(_)) => self.ran(machine, object),
            Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
            Err(raise) => self.report(machine, object, raise.exception),
        }
    }

    /// The object's own finalizer has run.
    fn ran(self, machine: &mut Machine, object: Handle) -> Advance {
        let lives_on = machine.heap.count(object) != Some(1);
        if lives_on || matches!(machine.heap.payload(object), Payload::Generator(_)) {
            return self.next(machine);
        }
        self.tell(machine, object)
    }

    /// The weak references to the object are dead from now on; their callbacks are called.
    fn tell(mut self, machine: &mut Machine, object: Handle) -> Advance {
        for weak in machine.heap.clear_weakrefs(object).into_iter().rev() {
            let callback = machine.heap.weakref_mut(weak).callback.take().expect("it is to be told");
            machine.heap.release(callback);
            self.calls.extend([callback, Value::object(weak)]);
        }
        self.call(machine, object)
    }

    fn call(mut self, machine: &mut Machine, object: Handle) -> Advance {
        while let Some(weak) = self.calls.pop() {
            let callback = self.calls.last().copied().expect("a reference stands before its callback");
            self.phase = Phase::Telling;
            match machine.call(callback, Args::new([weak])) {
                Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                Ok(Flow::Value(_)) => {
                    self.calls.pop();
                }
                Err(raise) => return self.report_call(machine, object, raise.exception),
            }
        }
        if let Payload::Generator(_) = machine.heap.payload(object) {
            return self.run(machine, object);
        }
        self.next(machine)
    }

    /// A callback has come back.
    fn called(mut self, machine: &mut Machine, object: Handle) -> Advance {
        self.calls.pop();
        self.call(machine, object)
    }

    fn report_call(mut self, machine: &mut Machine, object: Handle, exception: Value) -> Advance {
        let callback = self.calls.last().copied().unwrap_or(Value::NONE);
        self.phase = Phase::TellingReport;
        match machine.report_ignored(exception, "while calling weakref callback", callback)? {
            Flow::Value(_) => self.called(machine, object),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    fn report(mut self, machine: &mut Machine, object: Handle, exception: Value) -> Advance {
        self.phase = Phase::Reporting;
        match machine.report_finalizer(object, exception)? {
            Flow::Value(_) => self.ran(machine, object),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }
}

impl NativeTask for Finalize {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let Some(object) = self.object(&machine.heap) else { return Ok(Progress::Done(Value::NONE)) };
        match (self.phase, input) {
            (Phase::Finalizing, Input::Raised(exception)) => self.report(machine, object, exception),
            (Phase::Finalizing | Phase::Reporting, _) => self.ran(machine, object),
            (Phase::Telling, Input::Raised(exception)) => self.report_call(machine, object, exception),
            (Phase::Telling | Phase::TellingReport, _) => self.called(machine, object),
            (Phase::Next, _) => self.begin(machine, object),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.objects);
        self.calls.iter().copied().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let class = self.object(heap).map_or("nothing", |object| &heap.class(heap.get(object).class).name);
        match self.phase {
            Phase::Next => format!("finalizer: a {class} object is next"),
            Phase::Finalizing => format!("finalizer: finalizing a {class} object"),
            Phase::Reporting => format!("finalizer: printing what a {class} object raised"),
            Phase::Telling => {
                format!("finalizer: calling the callback of a weak reference to a {class} object")
            }
            Phase::TellingReport => "finalizer: printing what a callback raised".to_owned(),
        }
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        true
    }

    fn interrupts(&self) -> bool {
        self.interrupts
    }
}

/// When an exception came that the warning about a coroutine became.
const UNAWAITED: &str = "while finalizing coroutine";

/// What is being done for a coroutine that nobody awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Warns {
    /// Nothing yet.
    Start,
    /// The module `warnings` warns of it.
    ByModule,
    /// What that raised, other than the warning itself, is being told.
    Failed,
    /// The interpreter warns of it.
    Plainly,
    /// What came of that is being told.
    Told,
}

/// A coroutine goes that nobody awaited, which is probably a mistake.
#[derive(Clone, Debug, Hash)]
pub struct NeverAwaitedWork {
    coroutine: Handle,
    phase: Warns,
}

/// See [`NeverAwaitedWork`].
pub type NeverAwaited = Steps<NeverAwaitedWork>;

impl NeverAwaitedWork {
    fn report(&mut self, m: &mut Machine, exception: Value, next: Warns) -> Result<Do, Raise> {
        self.phase = next;
        Ok(m.report_ignored(exception, UNAWAITED, Value::object(self.coroutine))?.into())
    }

    fn warn(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        self.phase = Warns::Plainly;
        let coroutine = m.generator(self.coroutine);
        let (name, origin) = (coroutine.qualname, coroutine.origin);
        let name = m.str_text(name).to_string_lossy().into_owned();
        let origin = origin.map_or_else(String::new, |origin| m.origin_text(origin));
        Ok(m.warn_of_coroutine(&format!("coroutine '{name}' was never awaited{origin}"))?.into())
    }
}

impl Stepwise for NeverAwaitedWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.phase, got) {
            (Warns::Start, _) => {
                let Some(warn) = m.of_warnings_module("_warn_unawaited_coroutine") else {
                    return self.warn(m);
                };
                self.phase = Warns::ByModule;
                Ok(m.call(warn, Args::new([Value::object(self.coroutine)]))?.into())
            }
            (Warns::ByModule, Got::Raised(exception)) => {
                let is_warning = m.heap.is_instance(exception, types::RUNTIME_WARNING);
                self.report(m, exception, if is_warning { Warns::Told } else { Warns::Failed })
            }
            (Warns::Failed, _) => self.warn(m),
            (Warns::Plainly, Got::Raised(exception)) => self.report(m, exception, Warns::Told),
            (Warns::ByModule | Warns::Plainly | Warns::Told, _) => Ok(Do::Done(Value::NONE)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.coroutine));
    }

    fn title(&self, _heap: &Heap) -> String {
        "finalizer: warning of a coroutine that nobody awaited".to_owned()
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        true
    }
}

/// `__del__()` of a generator or of what it is awaited by, called by its name: it does what it has to do before it
/// goes, and does not go.
#[derive(Clone, Debug, Hash)]
pub struct CalledDelWork {
    object: Handle,
    told: bool,
}

/// See [`CalledDelWork`].
pub type CalledDel = Steps<CalledDelWork>;

impl CalledDelWork {
    /// The call of the method of this object.
    pub const fn new(object: Handle) -> Self {
        Self { object, told: false }
    }
}

impl Stepwise for CalledDelWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match got {
            Got::Start => match m.heap.payload(self.object) {
                Payload::Generator(generator) if generator.never_awaited(m.heap.get(self.object).class) => {
                    let work = NeverAwaitedWork { coroutine: self.object, phase: Warns::Start };
                    Ok(m.begin(NeverAwaited::new(work))?.into())
                }
                Payload::Generator(generator) if generator.state == GeneratorState::Finished => {
                    Ok(Do::Done(Value::NONE))
                }
                _ => Ok(m.finalize(self.object)?.into()),
            },
            Got::Raised(exception) if !self.told => {
                self.told = true;
                Ok(m.report_finalizer(self.object, exception)?.into())
            }
            Got::Value(_) | Got::End | Got::Raised(_) => Ok(Do::Done(Value::NONE)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.object));
    }

    fn title(&self, heap: &Heap) -> String {
        format!("__del__ of a {}", heap.class(heap.get(self.object).class).name)
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        !self.told
    }
}

impl Machine {
    /// Tells `sys.unraisablehook` of an exception that nobody can catch: when it came, and of what object.
    pub(in crate::machine) fn report_ignored(
        &mut self,
        exception: Value,
        when: &'static str,
        object: Value,
    ) -> Eval {
        if self.exception(exception).traceback.is_none()
            && let Some(frame) = self.caller_object()
        {
            self.add_traceback_entry(exception, frame);
        }
        self.begin(Unraisable::of(exception, when, object))
    }

    /// Prints what the finalizer of an object raised.
    pub(super) fn report_finalizer(&mut self, object: Handle, exception: Value) -> Eval {
        if let Payload::Generator(_) = self.heap.payload(object) {
            return self.report_ignored(exception, "while closing generator", Value::object(object));
        }
        if let Payload::Slots(slots) = self.heap.payload(object)
            && self.heap.get(object).class == types::BUFFER_WRAPPER
        {
            let name = self.class_name(slots[1].unwrap_or(Value::NONE));
            let name = self.heap.str(name);
            return self.begin(Unraisable::named(exception, "in __release_buffer__ of", name));
        }
        if self.is_own_file(object) {
            return self.report_ignored(exception, "while finalizing file", Value::object(object));
        }
        let method = self.heap.special(Value::object(object), names::DEL).unwrap_or(Value::NONE);
        self.report_ignored(exception, "while calling deallocator", method)
    }

    /// Whether an object is a file of a type of `_io` itself: one of a class that derives from it is closed by its
    /// own method.
    fn is_own_file(&self, object: Handle) -> bool {
        let is_file = matches!(self.heap.payload(object), Payload::Io(_));
        is_file && self.heap.class(self.heap.get(object).class).builtin
    }

    /// Does what an object has to do before it goes.
    pub(super) fn finalize(&mut self, object: Handle) -> Eval {
        if let Payload::Awaitable(_) = self.heap.payload(object) {
            return self.warn_unawaited_step(object);
        }
        if let Payload::Generator(generator) = self.heap.payload(object) {
            if let Some(hook) = self.async_finalizer(object) {
                return self.call(hook, Args::new([Value::object(object)]));
            }
            if generator.state == GeneratorState::Created && self.heap.get(object).class == types::COROUTINE {
                let work = NeverAwaitedWork { coroutine: object, phase: Warns::Start };
                let warned = self.begin(NeverAwaited::new(work));
                self.drop_generator_frame(object);
                return warned;
            }
            return self.begin(super::Close::new(object));
        }
        if self.is_own_file(object) {
            let warned = self.warn_unclosed(object)?;
            let args = Args::new([Value::object(object), Value::NONE]);
            return self.continue_with("close", warned, args, 1, |m, args| {
                m.close_forgotten(args.at(0).handle().expect("a file is a heap object"))
            });
        }
        if self.heap.get(object).class == types::BUFFER_WRAPPER {
            return self.end_buffer(object);
        }
        if self.heap.is_open_epoll(object) {
            return self.close_epoll(object);
        }
        let object = Value::object(object);
        match self.heap.special(object, names::DEL) {
            Some(method) => self.call_method(method, object, Args::default()),
            None => Ok(Value::NONE.into()),
        }
    }

    /// A warning about something that nobody awaited.
    pub(in crate::machine) fn warn_of_coroutine(&mut self, message: &str) -> Eval {
        // CPython imports the module `warnings` for it, unless there is something in its place.
        let hint = match self.loaded_module("warnings") {
            None if self.thread.result.is_none() => {
                "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n"
            }
            // Nothing is imported any more while modules are taken down.
            None | Some(_) => "",
        };
        let (text, place) = (self.heap.str(message), self.warning_place());
        let category = Value::object(types::RUNTIME_WARNING);
        self.begin(Giving::of(category, text, place, Value::NONE).with_hint(hint))
    }

    /// Where a coroutine was made, as the warning shows its `cr_origin`: the oldest call first.
    fn origin_text(&self, origin: Value) -> String {
        let mut pieces = vec!["\nCoroutine created at (most recent call last)".to_owned()];
        for place in self.tuple_items(origin).iter().rev() {
            let [file, line, function] = *self.tuple_items(*place) else { continue };
            let [file, function] =
                [file, function].map(|name| self.str_text(name).to_string_lossy().into_owned());
            let line = self.heap.int_ref(line).and_then(IntRef::small).unwrap_or(0);
            pieces.push(format!("\n  File \"{file}\", line {line}, in {function}"));
            let source = u32::try_from(line).ok().and_then(|line| self.source_line(&file, line));
            pieces.extend(source.filter(|source| !source.is_empty()).map(|source| format!("\n    {source}")));
        }
        pieces.concat()
    }
}
