//! One step of an asynchronous generator: what `send`, `throw` and `close` of its awaitables do.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::{Eval, Flow, Sent};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::awaitable::{AwaitKind, AwaitState};
use crate::machine::object::generator::Generator;
use crate::machine::object::{Payload, types};
use crate::machine::protocol::iterate::Next;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// What is done to the awaitable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AsyncAction {
    /// `send(value)`, or `__next__()`.
    Send(Value),
    /// `throw(type, value, traceback)`.
    Throw([Value; 3]),
    /// `close()`.
    Close,
}

/// How a step of the generator ended.
enum Outcome {
    /// It yielded, or what it awaits did.
    Yielded(Value),
    /// It has ended.
    Ended,
    /// It raised this.
    Raised(Value),
}

/// `asend(…).send(…)` and the like.
#[derive(Clone, Debug, Hash)]
pub struct AsyncStep {
    awaitable: Handle,
    action: AsyncAction,
    running: bool,
}

impl AsyncStep {
    /// Does `action` to the awaitable, one of an asynchronous generator.
    pub const fn new(awaitable: Handle, action: AsyncAction) -> Self {
        Self { awaitable, action, running: false }
    }

    fn generator(&self, m: &Machine) -> Handle {
        m.awaitable(self.awaitable).source.handle().expect("a generator is a heap object")
    }

    fn sends(&self, m: &Machine) -> bool {
        matches!(m.awaitable(self.awaitable).kind, AwaitKind::Send(_))
    }

    fn closes(&self, m: &Machine) -> bool {
        matches!(m.awaitable(self.awaitable).kind, AwaitKind::Close)
    }

    fn done(&self, m: &mut Machine) {
        m.set_await_state(self.awaitable, AwaitState::Done);
    }

    /// Lets the generator go on.
    fn begin(&self, m: &mut Machine) -> Result<Next, Raise> {
        let (kind, state) = {
            let awaitable = m.awaitable(self.awaitable);
            (awaitable.kind.clone(), awaitable.state)
        };
        let generator = self.generator(m);
        if state == AwaitState::Done {
            let methods = if self.sends(m) { "__anext__()/asend()" } else { "aclose()/athrow()" };
            return Err(m.runtime_error(format!("cannot reuse already awaited {methods}")));
        }
        let first = state == AwaitState::Created;
        let finished = m.generator(generator).is_finished();
        if let (AsyncAction::Send(_), AwaitKind::Throw(_) | AwaitKind::Close, true) =
            (self.action, &kind, finished)
        {
            self.done(m);
            return Err(m.stop_iteration(Value::NONE));
        }
        if first && m.generator(generator).asynchronous.running {
            self.done(m);
            let method = match kind {
                AwaitKind::Close => "aclose()",
                AwaitKind::Throw(_) => "athrow()",
                _ => "anext()",
            };
            return Err(m.runtime_error(format!("{method}: asynchronous generator is already running")));
        }
        let action = match (self.action, kind, first) {
            (AsyncAction::Send(value), AwaitKind::Send(given), true) => {
                AsyncAction::Send(if value.is_none() { given } else { value })
            }
            (AsyncAction::Send(value), kind @ (AwaitKind::Throw(_) | AwaitKind::Close), true) => {
                if m.generator(generator).asynchronous.closed {
                    self.done(m);
                    return Err(m.new_stop_async_iteration());
                }
                if !value.is_none() {
                    return Err(m.runtime_error("can't send non-None value to a just-started coroutine"));
                }
                match kind {
                    AwaitKind::Throw(thrown) => AsyncAction::Throw(thrown),
                    _ => {
                        m.set_async(generator, |asynchronous| asynchronous.closed = true);
                        AsyncAction::Throw([Value::object(types::GENERATOR_EXIT), Value::NONE, Value::NONE])
                    }
                }
            }
            (AsyncAction::Close, ..) => {
                AsyncAction::Throw([Value::object(types::GENERATOR_EXIT), Value::NONE, Value::NONE])
            }
            (action, ..) => action,
        };
        m.set_await_state(self.awaitable, AwaitState::Begun);
        m.set_async(generator, |asynchronous| asynchronous.running = true);
        match action {
            AsyncAction::Send(value) => m.resume_generator(generator, Sent::Value(value)),
            AsyncAction::Throw(thrown) => {
                // `athrow` and `aclose` throw into what is awaited even what is to close it.
                let closes = !matches!(self.action, AsyncAction::Send(_));
                Ok(match m.throw_or_close(generator, thrown, closes)? {
                    Flow::Value(value) => Next::Value(value),
                    Flow::Enter(entry) => Next::Enter(entry),
                })
            }
            AsyncAction::Close => panic!("closing throws"),
        }
    }

    /// What the awaitable makes of the end of the generator's step.
    fn settle(&self, m: &mut Machine, outcome: Outcome) -> Result<Value, Raise> {
        let generator = self.generator(m);
        let wrapped = match outcome {
            Outcome::Yielded(value) => match m.wrapped_async_value(value) {
                None => return Ok(value),
                wrapped => wrapped,
            },
            Outcome::Ended | Outcome::Raised(_) => None,
        };
        self.done(m);
        let ends = match outcome {
            Outcome::Yielded(_) => false,
            Outcome::Ended => true,
            Outcome::Raised(exception) => is_end(&m.heap, exception),
        };
        m.set_async(generator, |asynchronous| {
            asynchronous.running = false;
            asynchronous.closed |= ends;
        });
        let closes = self.closes(m);
        match (wrapped, outcome) {
            (Some(_), _) if closes => Err(m.runtime_error("async generator ignored GeneratorExit")),
            (Some(value), _) => Err(m.stop_iteration(value)),
            _ if closes && ends => Err(m.stop_iteration(Value::NONE)),
            (None, Outcome::Raised(exception)) => Err(Raise::passed(exception)),
            (None, _) => Err(m.new_stop_async_iteration()),
        }
    }

    /// What `close()` of the awaitable makes of it.
    fn closed(m: &mut Machine, result: Result<Value, Raise>) -> Result<Value, Raise> {
        match result {
            Ok(_) => Err(m.runtime_error("coroutine ignored GeneratorExit")),
            Err(raise) => {
                let expected = is_end(&m.heap, raise.exception)
                    || m.heap.is_instance(raise.exception, types::STOP_ITERATION);
                if expected { Ok(Value::NONE) } else { Err(raise) }
            }
        }
    }
}

/// Whether an exception is how an asynchronous generator ends.
fn is_end(heap: &Heap, exception: Value) -> bool {
    heap.is_instance(exception, types::STOP_ASYNC_ITERATION)
        || heap.is_instance(exception, types::GENERATOR_EXIT)
}

impl NativeTask for AsyncStep {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        let result = if self.running {
            let outcome = match input {
                Input::Value(value) => Outcome::Yielded(value),
                // What is thrown in ends like that where the generator returns.
                Input::Raised(exception) if m.is_stop(exception) => Outcome::Ended,
                Input::Raised(exception) => Outcome::Raised(exception),
                Input::Exhausted | Input::Start => Outcome::Ended,
            };
            self.settle(m, outcome)
        } else {
            if self.action == AsyncAction::Close && m.awaitable(self.awaitable).state == AwaitState::Done {
                return Ok(Progress::Done(Value::NONE));
            }
            let generator = self.generator(m);
            let was_running = m.generator(generator).asynchronous.running;
            match self.begin(m) {
                Ok(Next::Enter(entry)) => {
                    self.running = true;
                    return Ok(Progress::Wait(self.into(), entry));
                }
                Ok(Next::Value(value)) => self.settle(m, Outcome::Yielded(value)),
                Ok(Next::Exhausted(_)) => self.settle(m, Outcome::Ended),
                Err(raise) if m.generator(generator).asynchronous.running && !was_running => {
                    let ended = m.is_stop(raise.exception);
                    self.settle(m, if ended { Outcome::Ended } else { Outcome::Raised(raise.exception) })
                }
                Err(raise) => Err(raise),
            }
        };
        let result = if self.action == AsyncAction::Close { Self::closed(m, result) } else { result };
        Ok(Progress::Done(result?))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.awaitable));
        match self.action {
            AsyncAction::Send(value) => visit(value),
            AsyncAction::Throw(thrown) => thrown.into_iter().for_each(visit),
            AsyncAction::Close => {}
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let method = match self.action {
            AsyncAction::Send(_) => "send",
            AsyncAction::Throw(_) => "throw",
            AsyncAction::Close => "close",
        };
        let class = &heap.class(heap.get(self.awaitable).class).name;
        format!("{class}.{method}: waiting for the generator")
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        true
    }

    fn takes_exhaustion(&self) -> bool {
        true
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum AnextPhase {
    /// What is awaited is asked for its iterator.
    Iterator,
    /// The method of that runs.
    Call,
}

/// `send`, `throw` and `close` of `anext(iterator, default)`.
#[derive(Clone, Debug, Hash)]
pub struct AnextStep {
    awaitable: Handle,
    method: Handle,
    args: Vec<Value>,
    phase: AnextPhase,
}

impl AnextStep {
    /// Does `method` to what is awaited.
    pub const fn new(awaitable: Handle, method: Handle, args: Vec<Value>) -> Self {
        Self { awaitable, method, args, phase: AnextPhase::Iterator }
    }

    fn iterator(&self, m: &mut Machine) -> Eval {
        let source = m.awaitable(self.awaitable).source;
        m.await_iterator(source, |m| {
            let class = m.class_name(source);
            m.type_error(format!("'{class}' object can't be awaited"))
        })
    }

    fn call(&mut self, m: &mut Machine, iterator: Value) -> Eval {
        self.phase = AnextPhase::Call;
        // A coroutine has no `__next__`; the two mean the same.
        let next = self.method == names::NEXT && m.heap.special(iterator, names::NEXT).is_none();
        if next {
            return m.call_attr(iterator, names::SEND, vec![Value::NONE]);
        }
        m.call_attr(iterator, self.method, self.args.clone())
    }

    fn caught(&self, m: &mut Machine, exception: Value) -> Raise {
        if !m.heap.is_instance(exception, types::STOP_ASYNC_ITERATION) {
            return Raise::passed(exception);
        }
        match m.awaitable(self.awaitable).kind {
            AwaitKind::Default(default) => m.stop_iteration(default),
            _ => Raise::passed(exception),
        }
    }
}

impl NativeTask for AnextStep {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        let mut flow = match (self.phase, input) {
            (_, Input::Raised(exception)) => return Err(self.caught(m, exception)),
            (_, Input::Value(value)) => Flow::Value(value),
            (_, Input::Start | Input::Exhausted) => self.iterator(m)?,
        };
        loop {
            flow = match (self.phase, flow) {
                (_, Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                (AnextPhase::Iterator, Flow::Value(iterator)) => match self.call(m, iterator) {
                    Ok(flow) => flow,
                    Err(raise) => return Err(self.caught(m, raise.exception)),
                },
                (AnextPhase::Call, Flow::Value(value)) => return Ok(Progress::Done(value)),
            };
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.awaitable));
        visit(Value::object(self.method));
        self.args.iter().copied().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("anext: {} of what it awaits", heap.text(self.method).to_string_lossy())
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.phase == AnextPhase::Call && heap.is_instance(exception, types::STOP_ASYNC_ITERATION)
    }
}

impl Machine {
    /// A StopAsyncIteration without arguments.
    pub(in crate::machine) fn new_stop_async_iteration(&mut self) -> Raise {
        self.raise_with(types::STOP_ASYNC_ITERATION, Vec::new())
    }

    fn set_async(
        &mut self,
        generator: Handle,
        change: impl FnOnce(&mut crate::machine::object::generator::Asynchronous),
    ) {
        if let Payload::Generator(generator) = self.heap.payload_mut(generator) {
            change(&mut generator.asynchronous);
        }
    }
}

impl Generator {
    fn is_finished(&self) -> bool {
        self.state == crate::machine::object::generator::GeneratorState::Finished
    }
}
