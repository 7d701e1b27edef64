//! Generators and coroutines.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Entry, Flow, Frame, Owner, Resume, Sent};
use super::super::names;
use super::super::native::AwaitNext;
use super::super::object::generator::{Asynchronous, Generator, GeneratorState};
use super::super::object::{Payload, types};
use super::super::protocol::iterate::Next;
use super::super::raise::Raise;
use super::super::value::{Handle, Slot, Value};
use super::exception::check_exception;
use crate::code::object::flags;

pub(super) fn return_generator(m: &mut Machine) -> Result<(), Raise> {
    let frame = m.frame();
    let code_flags = frame.code.code.flags;
    let class = if code_flags & flags::ASYNC_GENERATOR != 0 {
        types::ASYNC_GENERATOR
    } else if code_flags & flags::COROUTINE != 0 {
        types::COROUTINE
    } else {
        types::GENERATOR
    };
    let code = Value::object(frame.code_handle);
    let (name, qualname) = match m.heap.payload(frame.function) {
        Payload::Function(function) => (function.name, function.qualname),
        _ => panic!("a frame runs a function"),
    };
    let origin = if class == types::COROUTINE { m.coroutine_origin() } else { None };
    let generator = Generator {
        state: GeneratorState::Created,
        origin,
        frame: None,
        name,
        qualname,
        code,
        handled: None,
        asynchronous: Asynchronous::default(),
    };
    let handle = m.heap.alloc(class, Payload::Generator(Box::new(generator)));
    let Some(Frame::Python(mut frame)) = m.thread_mut().frames.pop() else {
        panic!("a Python frame is on top");
    };
    m.take_down(&mut frame);
    frame.owner = Owner::Generator(handle);
    // It may live on when the caller, whom it has borrowed its arguments from, does not.
    for slot in frame.slots.iter_mut().filter(|slot| slot.is_borrowed()) {
        if let Some(value) = slot.value() {
            m.heap.retain(value);
            *slot = Slot::owned(value);
        }
    }
    keep(m, handle, frame);
    m.deliver(Value::object(handle))
}

/// Gives a generator its frame, with everything the frame counts.
fn keep(m: &mut Machine, handle: Handle, frame: Box<super::super::frame::PythonFrame>) {
    if let Payload::Generator(generator) = m.heap.payload_mut(handle) {
        generator.frame = Some(frame);
    }
}

pub(super) fn yield_value(m: &mut Machine) -> Result<(), Raise> {
    let value = m.pop()?;
    suspend(m, value)
}

/// Takes the frame on top, a generator's, off the frame chain and hands `value` down.
pub(super) fn suspend(m: &mut Machine, value: Value) -> Result<(), Raise> {
    let Owner::Generator(handle) = m.frame().owner else {
        return Err(m.system_error("only a generator yields"));
    };
    let Some(Frame::Python(frame)) = m.thread_mut().frames.pop() else {
        panic!("a Python frame is on top");
    };
    m.thread_mut().depth -= 1;
    let handled = m.thread_mut().handled.pop().flatten();
    if let Payload::Generator(generator) = m.heap.payload_mut(handle) {
        generator.state = GeneratorState::Suspended;
        generator.handled = handled;
    }
    keep(m, handle, frame);
    m.heap.release_handle(handle);
    m.deliver(value)
}

pub(super) fn send(m: &mut Machine, units: u32) -> Result<(), Raise> {
    let value = m.pop()?;
    let receiver = m.peek(1)?;
    let next = match receiver.handle().map(|handle| (handle, m.heap.payload(handle))) {
        Some((handle, Payload::Generator(_))) => m.resume_generator(handle, Sent::Value(value))?,
        _ if value.is_none() => m.next(receiver)?,
        _ => {
            let result = m.call_attr(receiver, names::SEND, vec![value]);
            return m.complete(result, Resume::Send(units));
        }
    };
    match next {
        Next::Value(value) => m.push(value),
        Next::Exhausted(value) => {
            m.frame_mut().next.0 += units;
            m.push(value);
        }
        Next::Enter(entry) => return m.complete(Ok(Flow::Enter(entry)), Resume::Send(units)),
    }
    Ok(())
}

pub(super) fn end_send(m: &mut Machine) -> Result<(), Raise> {
    let value = m.pop()?;
    m.pop()?;
    m.push(value);
    Ok(())
}

pub(super) fn get_yield_from_iter(m: &mut Machine) -> Result<(), Raise> {
    let iterable = m.peek(1)?;
    let class = m.heap.class_of(iterable);
    if class == types::GENERATOR {
        return Ok(());
    }
    if class == types::COROUTINE {
        if m.frame().code.code.flags & (flags::COROUTINE | flags::ITERABLE_COROUTINE) != 0 {
            return Ok(());
        }
        return Err(m.type_error("cannot 'yield from' a coroutine object in a non-coroutine generator"));
    }
    super::flow::get_iter(m)
}

pub(super) fn cleanup_throw(m: &mut Machine) -> Result<(), Raise> {
    let exception = check_exception(m, 1)?;
    if !m.heap.is_instance(exception, types::STOP_ITERATION) {
        return Err(Raise::again(exception));
    }
    let value = m.exception(exception).fields.first().copied().flatten().unwrap_or(Value::NONE);
    m.pop_many(3)?;
    m.push(Value::NONE);
    m.push(value);
    Ok(())
}

pub(super) fn get_awaitable(m: &mut Machine, context: u32) -> Result<(), Raise> {
    let object = m.pop()?;
    if let Some(Payload::Generator(coroutine)) = m.heap.payload_of(object)
        && m.heap.class_of(object) == types::COROUTINE
        && coroutine.delegate().is_some()
    {
        return Err(m.runtime_error("coroutine is being awaited already"));
    }
    let awaitable = m.await_iterator(object, |m| {
        let class = m.class_name(object);
        let method = match context {
            1 => "__aenter__",
            2 => "__aexit__",
            _ => return m.type_error(format!("'{class}' object can't be awaited")),
        };
        m.type_error(format!(
            "'async with' received an object from {method} that does not implement __await__: {class}"
        ))
    });
    m.complete(awaitable, Resume::Push)
}

pub(super) fn get_aiter(m: &mut Machine) -> Result<(), Raise> {
    let object = m.pop()?;
    let Some(method) = m.heap.special(object, names::AITER) else {
        let class = m.class_name(object);
        let message = format!("'async for' requires an object with __aiter__ method, got {class}");
        return Err(m.type_error(message));
    };
    let iterator = m.call_method(method, object, Args::default())?;
    let checked = m.continue_with("__aiter__", iterator, Args::new([Value::NONE]), 0, |m, args| {
        if m.heap.special(args.at(0), names::ANEXT).is_none() {
            let class = m.class_name(args.at(0));
            return Err(m.type_error(format!(
                "'async for' received an object from __aiter__ that does not implement __anext__: {class}"
            )));
        }
        Ok(args.at(0).into())
    });
    m.complete(checked, Resume::Push)
}

pub(super) fn get_anext(m: &mut Machine) -> Result<(), Raise> {
    let iterator = m.peek(1)?;
    if m.heap.class_of(iterator) == types::ASYNC_GENERATOR {
        let step = m.async_next(iterator);
        return m.complete(step, Resume::Push);
    }
    let Some(method) = m.heap.special(iterator, names::ANEXT) else {
        let class = m.class_name(iterator);
        let message = format!("'async for' requires an iterator with __anext__ method, got {class}");
        return Err(m.type_error(message));
    };
    let given = m.call_method(method, iterator, Args::default())?;
    let awaited = m.continue_with("__anext__", given, Args::new([Value::NONE]), 0, |m, args| {
        m.begin(AwaitNext::of(args.at(0)))
    });
    m.complete(awaited, Resume::Push)
}

pub(super) fn end_async_for(m: &mut Machine) -> Result<(), Raise> {
    let exception = check_exception(m, 1)?;
    m.pop()?;
    if m.heap.is_instance(exception, types::STOP_ASYNC_ITERATION) {
        m.pop()?;
        return Ok(());
    }
    Err(Raise::again(exception))
}

impl Machine {
    /// What messages call a generator.
    pub(in crate::machine) fn generator_kind(&self, handle: Handle) -> &'static str {
        match self.heap.get(handle).class {
            types::COROUTINE => "coroutine",
            types::ASYNC_GENERATOR => "async generator",
            _ => "generator",
        }
    }

    /// Where a coroutine is made, as far as `sys.set_coroutine_origin_tracking_depth` wants to know: file, line and
    /// function of the callers of the frame on top, newest first.
    fn coroutine_origin(&mut self) -> Option<Value> {
        let depth = self.thread.settings.origin_depth;
        if depth == 0 {
            return None;
        }
        let callers: Vec<_> = self
            .thread
            .python_frames()
            .skip(1)
            .take(depth)
            .map(|frame| {
                let code = &frame.code.code;
                (code.filename.clone(), frame.code.line_at(frame.last).unwrap_or(0), code.name.clone())
            })
            .collect();
        let places = callers
            .into_iter()
            .map(|(file, line, function)| {
                let place =
                    vec![self.heap.str(&*file), self.heap.int(line.into()), self.heap.str(&*function)];
                self.heap.tuple(place)
            })
            .collect();
        Some(self.heap.tuple(places))
    }

    /// Lets a generator go on: its next value if it is known at once, or its frame.
    pub(in crate::machine) fn resume_generator(&mut self, handle: Handle, sent: Sent) -> Result<Next, Raise> {
        let Payload::Generator(generator) = self.heap.payload(handle) else {
            panic!("only a generator is resumed");
        };
        let state = generator.state;
        let kind = self.generator_kind(handle);
        match (state, sent) {
            (GeneratorState::Running, _) => Err(self.value_error(format!("{kind} already executing"))),
            (GeneratorState::Created, Sent::Value(value)) if !value.is_none() => {
                Err(self.type_error(format!("can't send non-None value to a just-started {kind}")))
            }
            (GeneratorState::Finished, _) if kind == "coroutine" => {
                Err(self.runtime_error("cannot reuse already awaited coroutine"))
            }
            (GeneratorState::Finished, Sent::Exception(exception)) => Err(Raise::new(exception)),
            (GeneratorState::Finished, _) => Ok(Next::Exhausted(Value::NONE)),
            (GeneratorState::Created | GeneratorState::Suspended, sent) => {
                Ok(Next::Enter(Entry::generator(handle, sent)))
            }
        }
    }
}
