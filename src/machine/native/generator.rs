//! `throw` and `close` of generators and coroutines, where Python code runs before the frame goes on.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Entering, Entry, Eval, Flow, Sent};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::exceptions::stop;
use crate::machine::object::generator::GeneratorState;
use crate::machine::object::{Payload, types};
use crate::machine::protocol::iterate::Next;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ThrowPhase {
    /// The class thrown is being called.
    Making,
    /// What the generator delegates to is being closed.
    Closing,
    /// What the last of the generators delegates to is being asked for its `throw`.
    Looking,
    /// The generator runs.
    Running,
}

/// `generator.throw(…)`.
#[derive(Clone, Debug, Hash)]
pub struct Throw {
    generator: Handle,
    /// What is thrown: a class with its argument, or an exception.
    thrown: Value,
    value: Value,
    traceback: Option<Value>,
    /// Whether a GeneratorExit closes what the generator delegates to before it is raised.
    closes: bool,
    phase: ThrowPhase,
}

impl NativeTask for Throw {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        match (self.phase, input) {
            (ThrowPhase::Running, Input::Value(value)) => return Ok(Progress::Done(value)),
            (ThrowPhase::Closing, Input::Raised(error)) => {
                machine.set_generator_state(self.generator, GeneratorState::Suspended);
                return self.run(machine, error);
            }
            (ThrowPhase::Closing, Input::Value(_)) => {
                machine.set_generator_state(self.generator, GeneratorState::Suspended);
            }
            (ThrowPhase::Making, Input::Value(made)) => return self.made(machine, made),
            (ThrowPhase::Making, Input::Raised(error)) => return self.run(machine, error),
            (ThrowPhase::Making, Input::Start) if self.closes_delegate(machine) => {
                if let Some(inner) = machine.delegate(self.generator) {
                    machine.set_generator_state(self.generator, GeneratorState::Running);
                    self.phase = ThrowPhase::Closing;
                    match machine.close_iterator(inner) {
                        Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                        Ok(Flow::Value(_)) => {
                            machine.set_generator_state(self.generator, GeneratorState::Suspended);
                        }
                        Err(raise) => {
                            machine.set_generator_state(self.generator, GeneratorState::Suspended);
                            return self.run(machine, raise.exception);
                        }
                    }
                }
            }
            (ThrowPhase::Making, Input::Start) => {
                if let Some(foreign) = self.foreign(machine).1 {
                    // The generator itself stands for a method that is not there.
                    let missing = Value::object(self.generator);
                    self.phase = ThrowPhase::Looking;
                    return match machine.get_attr_or(foreign, names::THROW, missing) {
                        Ok(Flow::Value(method)) => self.throw_to_foreign(machine, method),
                        Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
                        Err(raise) => self.lookup_failed(machine, raise.exception),
                    };
                }
            }
            (ThrowPhase::Looking, Input::Value(method)) => return self.throw_to_foreign(machine, method),
            (ThrowPhase::Looking, Input::Raised(error)) => return self.lookup_failed(machine, error),
            (_, input) => panic!("a throw does not wait for {input:?}"),
        }
        self.make(machine)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.generator));
        visit(self.thrown);
        visit(self.value);
        self.traceback.into_iter().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.get(self.generator).class).name;
        match self.phase {
            ThrowPhase::Making => format!("{class}.throw: making the exception"),
            ThrowPhase::Closing => format!("{class}.throw: closing what it delegates to"),
            ThrowPhase::Looking => format!("{class}.throw: looking for the throw of what it delegates to"),
            ThrowPhase::Running => format!("{class}.throw: waiting for the next yield"),
        }
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        matches!(self.phase, ThrowPhase::Making | ThrowPhase::Closing | ThrowPhase::Looking)
    }
}

impl Throw {
    fn closes_delegate(&self, machine: &Machine) -> bool {
        if !self.closes {
            return false;
        }
        let class = machine.exception_class(self.thrown).unwrap_or(machine.heap.class_of(self.thrown));
        machine.heap.is_subclass(class, types::GENERATOR_EXIT)
    }

    /// The generators of which each delegates to the next, and what the last delegates to: no generator.
    fn foreign(&self, machine: &Machine) -> (Vec<Handle>, Option<Value>) {
        let chain = machine.delegation_chain(self.generator);
        let foreign = machine.delegate(chain[chain.len() - 1]);
        let is_generator =
            |inner: Value| inner.handle().is_some_and(|inner| machine.is_exact_generator(inner));
        (chain, foreign.filter(|inner| !is_generator(*inner)))
    }

    /// Hands what is thrown to the `throw` of what is no generator, unless it has none.
    fn throw_to_foreign(mut self, machine: &mut Machine, method: Value) -> Advance {
        if method == Value::object(self.generator) {
            return self.make(machine);
        }
        let mut args = vec![self.thrown];
        if self.traceback.is_some() || !self.value.is_none() {
            args.push(self.value);
        }
        args.extend(self.traceback);
        let chain = machine.delegation_chain(self.generator);
        let flow = match machine.call(method, Args::new(args)) {
            Ok(Flow::Enter(entry)) => Flow::Enter(Entry::delegated(&chain, entry)),
            Ok(flow @ Flow::Value(_)) => flow,
            Err(raise) => machine.throw_through(&chain, raise.exception)?,
        };
        self.phase = ThrowPhase::Running;
        Ok(self.running(flow))
    }

    /// The look-up of `throw` has raised something: the generator that delegates does not go on, but what delegates
    /// to it hears of it.
    fn lookup_failed(mut self, machine: &mut Machine, error: Value) -> Advance {
        let mut chain = machine.delegation_chain(self.generator);
        chain.pop();
        self.phase = ThrowPhase::Running;
        let flow = machine.throw_through(&chain, error)?;
        Ok(self.running(flow))
    }

    /// What has been thrown into runs.
    fn running(self, flow: Flow) -> Progress {
        match flow {
            Flow::Value(value) => Progress::Done(value),
            Flow::Enter(entry) => Progress::Wait(self.into(), entry),
        }
    }

    /// Makes an exception of what is thrown.
    fn make(mut self, machine: &mut Machine) -> Advance {
        self.phase = ThrowPhase::Making;
        let Some(class) = machine.exception_class(self.thrown) else {
            let thrown = self.thrown;
            return self.made(machine, thrown);
        };
        if machine.is_exception(self.value) && machine.heap.is_instance(self.value, class) {
            let value = self.value;
            return self.made(machine, value);
        }
        let args = match machine.heap.payload_of(self.value) {
            Some(Payload::Tuple(items)) => items.to_vec(),
            _ if self.value.is_none() => Vec::new(),
            _ => vec![self.value],
        };
        match machine.call(self.thrown, Args::new(args)) {
            Ok(Flow::Value(made)) => self.made(machine, made),
            Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
            // What goes wrong on the way is thrown instead.
            Err(raise) => self.run(machine, raise.exception),
        }
    }

    fn made(self, machine: &mut Machine, exception: Value) -> Advance {
        if !machine.is_exception(exception) {
            let class = self.thrown.handle().map_or_else(String::new, |class| machine.class_text(class));
            let made = machine.class_name(exception);
            let message =
                format!("calling {class} should have returned an instance of BaseException, not {made}");
            let error = machine.type_error(message);
            return self.run(machine, error.exception);
        }
        if let Some(traceback) = self.traceback {
            machine.set_exception(exception, |exception| &mut exception.traceback, Some(traceback));
        }
        self.run(machine, exception)
    }

    fn run(mut self, machine: &mut Machine, exception: Value) -> Advance {
        // What a GeneratorExit was to close is closed by now: it is raised in the generator itself.
        let flow = if self.closes_delegate(machine) {
            machine.throw_through(&[self.generator], exception)?
        } else {
            let chain = machine.delegation_chain(self.generator);
            machine.throw_through(&chain, exception)?
        };
        self.phase = ThrowPhase::Running;
        Ok(self.running(flow))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ClosePhase {
    Inner,
    Running,
}

/// `generator.close()`.
#[derive(Clone, Debug, Hash)]
pub struct Close {
    generator: Handle,
    phase: ClosePhase,
}

impl NativeTask for Close {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        match (self.phase, input) {
            (ClosePhase::Inner, Input::Start) => self.start(machine),
            (ClosePhase::Inner, Input::Value(_)) => {
                machine.set_generator_state(self.generator, GeneratorState::Suspended);
                self.exit(machine)
            }
            (ClosePhase::Inner, Input::Raised(error)) => {
                machine.set_generator_state(self.generator, GeneratorState::Suspended);
                self.throw(machine, error)
            }
            (ClosePhase::Running, Input::Value(_)) => {
                let kind = machine.generator_kind(self.generator);
                Err(machine.runtime_error(format!("{kind} ignored GeneratorExit")))
            }
            (ClosePhase::Running, Input::Raised(exception)) => Self::ended(machine, exception),
            (_, input) => panic!("a close does not wait for {input:?}"),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.generator));
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.get(self.generator).class).name;
        match self.phase {
            ClosePhase::Inner => format!("{class}.close: closing what it delegates to"),
            ClosePhase::Running => format!("{class}.close: waiting for it to end"),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.phase == ClosePhase::Inner
            || heap.is_instance(exception, types::GENERATOR_EXIT)
            || heap.is_instance(exception, types::STOP_ITERATION)
    }
}

impl Close {
    /// Closes a generator.
    pub const fn new(generator: Handle) -> Self {
        Self { generator, phase: ClosePhase::Inner }
    }

    fn start(self, machine: &mut Machine) -> Advance {
        match machine.generator(self.generator).state {
            GeneratorState::Created => {
                machine.drop_generator_frame(self.generator);
                return Ok(Progress::Done(Value::NONE));
            }
            GeneratorState::Finished => return Ok(Progress::Done(Value::NONE)),
            GeneratorState::Running | GeneratorState::Suspended => {}
        }
        let Some(inner) = machine.delegate(self.generator) else { return self.exit(machine) };
        machine.set_generator_state(self.generator, GeneratorState::Running);
        let closed = machine.close_iterator(inner);
        if let Ok(Flow::Enter(entry)) = closed {
            return Ok(Progress::Wait(self.into(), entry));
        }
        machine.set_generator_state(self.generator, GeneratorState::Suspended);
        match closed {
            Err(raise) => self.throw(machine, raise.exception),
            Ok(_) => self.exit(machine),
        }
    }

    /// Raises GeneratorExit inside, unless nothing there could take notice of it.
    fn exit(self, machine: &mut Machine) -> Advance {
        let generator = machine.generator(self.generator);
        let watched = machine.heap.watches_ends;
        if generator.state == GeneratorState::Suspended && !generator.must_close(watched) {
            machine.drop_generator_frame(self.generator);
            return Ok(Progress::Done(Value::NONE));
        }
        let exit = machine.new_exception(types::GENERATOR_EXIT, Vec::new());
        self.throw(machine, exit)
    }

    fn throw(mut self, machine: &mut Machine, exception: Value) -> Advance {
        self.phase = ClosePhase::Running;
        match machine.throw_through(&[self.generator], exception)? {
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
            Flow::Value(_) => panic!("a generator runs before it yields"),
        }
    }

    /// The generator ended: a GeneratorExit is what was wanted, a StopIteration has its return value.
    fn ended(machine: &mut Machine, exception: Value) -> Advance {
        if machine.heap.is_instance(exception, types::STOP_ITERATION) {
            let value = machine.exception_field(exception, stop::VALUE).unwrap_or(Value::NONE);
            return Ok(Progress::Done(value));
        }
        Ok(Progress::Done(Value::NONE))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum ForeignPhase {
    /// Its `close` is looked for.
    Looking,
    /// The look-up has failed, which is reported and goes no further.
    Reporting,
    /// It is called.
    Calling,
}

/// Closes what a generator delegates to and what is no generator, if it has a `close`.
#[derive(Clone, Debug, Hash)]
pub struct CloseForeign {
    iterator: Value,
    phase: ForeignPhase,
}

impl CloseForeign {
    fn found(mut self, machine: &mut Machine, method: Value) -> Advance {
        if method == self.iterator {
            return Ok(Progress::Done(Value::NONE));
        }
        self.phase = ForeignPhase::Calling;
        match machine.call(method, Args::default())? {
            Flow::Value(_) => Ok(Progress::Done(Value::NONE)),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    fn failed(mut self, machine: &mut Machine, error: Value) -> Advance {
        self.phase = ForeignPhase::Reporting;
        match machine.report_ignored(error, "while closing generator", self.iterator)? {
            Flow::Value(_) => Ok(Progress::Done(Value::NONE)),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }
}

impl NativeTask for CloseForeign {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        match (self.phase, input) {
            // The iterator itself stands for a method that is not there.
            (_, Input::Start) => match machine.get_attr_or(self.iterator, names::CLOSE, self.iterator) {
                Ok(Flow::Value(method)) => self.found(machine, method),
                Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
                Err(raise) => self.failed(machine, raise.exception),
            },
            (ForeignPhase::Looking, Input::Value(method)) => self.found(machine, method),
            (ForeignPhase::Looking, Input::Raised(error)) => self.failed(machine, error),
            (_, _) => Ok(Progress::Done(Value::NONE)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.iterator);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("close: closing {}, which is delegated to", heap.class(heap.class_of(self.iterator)).name)
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        self.phase == ForeignPhase::Looking
    }
}

impl Machine {
    /// `generator.throw(thrown, value, traceback)`.
    pub(in crate::machine) fn throw_into(
        &mut self,
        generator: Handle,
        thrown: Value,
        value: Value,
        traceback: Value,
    ) -> Eval {
        self.throw_or_close(generator, [thrown, value, traceback], true)
    }

    /// The same; `closes` says whether a GeneratorExit closes what the generator delegates to before it is
    /// raised, instead of going there itself.
    pub(super) fn throw_or_close(&mut self, generator: Handle, thrown: [Value; 3], closes: bool) -> Eval {
        let [thrown, value, traceback] = thrown;
        let traceback = Some(traceback).filter(|traceback| !traceback.is_none());
        if traceback.is_some_and(|tb| !matches!(self.heap.payload_of(tb), Some(Payload::Traceback(_)))) {
            return Err(self.type_error("throw() third argument must be a traceback object"));
        }
        if self.is_exception(thrown) {
            if !value.is_none() {
                return Err(self.type_error("instance exception may not have a separate value"));
            }
            let generator_exit = closes && self.heap.is_instance(thrown, types::GENERATOR_EXIT);
            let chain = self.delegation_chain(generator);
            let last = chain[chain.len() - 1];
            if traceback.is_none() && self.delegate(last).is_none() && (chain.len() == 1 || !generator_exit) {
                // Nothing has to run before the generator does.
                return self.throw_through(&chain, thrown);
            }
        } else if self.exception_class(thrown).is_none() {
            let class = self.class_name(thrown);
            return Err(self.type_error(format!(
                "exceptions must be classes or instances deriving from BaseException, not {class}"
            )));
        }
        self.begin(Throw { generator, thrown, value, traceback, closes, phase: ThrowPhase::Making })
    }

    /// Raises `exception` in the last of generators of which each delegates to the next; if that one
    /// cannot take it, what comes of that is raised in the one before.
    fn throw_through(&mut self, chain: &[Handle], exception: Value) -> Eval {
        let mut exception = exception;
        for (index, generator) in chain.iter().enumerate().rev() {
            match self.resume_generator(*generator, Sent::Exception(exception)) {
                Ok(Next::Enter(entry)) => return Ok(Flow::Enter(Entry::delegated(&chain[..index], entry))),
                Ok(Next::Value(value) | Next::Exhausted(value)) => return Ok(value.into()),
                Err(raise) => exception = raise.exception,
            }
        }
        Err(Raise::new(exception))
    }

    /// The generator, what it delegates to, and so on as far as these are generators.
    fn delegation_chain(&self, generator: Handle) -> Vec<Handle> {
        let mut chain = vec![generator];
        while let Some(inner) = self.delegate(chain[chain.len() - 1]).and_then(Value::handle)
            && self.is_exact_generator(inner)
            // Code that was not compiled may have a generator delegate to itself.
            && !chain.contains(&inner)
        {
            chain.push(inner);
        }
        chain
    }

    /// What a suspended generator delegates to with `yield from` or `await`.
    pub(in crate::machine) fn delegate(&self, generator: Handle) -> Option<Value> {
        self.generator(generator).delegate()
    }

    /// The generator at a handle of one.
    pub(in crate::machine) fn generator(
        &self,
        handle: Handle,
    ) -> &crate::machine::object::generator::Generator {
        match self.heap.payload(handle) {
            Payload::Generator(generator) => generator,
            _ => panic!("a generator is there"),
        }
    }

    fn is_exact_generator(&self, handle: Handle) -> bool {
        matches!(self.heap.get(handle).class, types::GENERATOR | types::COROUTINE)
    }

    fn set_generator_state(&mut self, handle: Handle, state: GeneratorState) {
        if let Payload::Generator(generator) = self.heap.payload_mut(handle) {
            generator.state = state;
        }
    }

    /// Ends a generator none of whose code has to run for that.
    pub(in crate::machine) fn drop_generator_frame(&mut self, handle: Handle) {
        let Payload::Generator(generator) = self.heap.payload_mut(handle) else { return };
        generator.state = GeneratorState::Finished;
        let handled = generator.handled.take();
        let frame = generator.frame.take();
        if let Some(handled) = handled {
            self.heap.release(handled);
        }
        if let Some(mut frame) = frame {
            self.keep_frame_object(&mut frame);
            frame.each_value(&mut |value| self.heap.release(value));
        }
    }

    /// Closes what a generator delegates to, as far as it can be closed.
    fn close_iterator(&mut self, iterator: Value) -> Eval {
        if let Some(handle) = iterator.handle().filter(|handle| self.is_exact_generator(*handle)) {
            return self.begin(Close::new(handle));
        }
        self.begin(CloseForeign { iterator, phase: ForeignPhase::Looking })
    }
}

impl Entry {
    /// The frames of generators of which each delegates to the next, and on top what the last delegates
    /// to.
    fn delegated(chain: &[Handle], entry: Self) -> Self {
        let outer = chain
            .iter()
            .map(|generator| Entering::Generator { generator: *generator, sent: Sent::Delegated });
        Self::of(outer.chain(entry.into_frames()))
    }
}
