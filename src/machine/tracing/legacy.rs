//! `sys.settrace` and `sys.setprofile`: who is called of what, and what becomes of the answer.

use smallvec::{SmallVec, smallvec};

use super::super::Machine;
use super::super::args::Args;
use super::super::object::function::Binding;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::event::set_of;
use super::{Event, PROFILE, TRACE};
use crate::code::CodeUnit;

/// What `sys.settrace` wants to be told of.
const TRACED: u32 = set_of(&[
    Event::PyStart,
    Event::PyResume,
    Event::PyReturn,
    Event::PyYield,
    Event::Raise,
    Event::Line,
    Event::Jump,
    Event::PyUnwind,
    Event::PyThrow,
    Event::StopIteration,
]);

/// What `sys.setprofile` wants to be told of.
const PROFILED: u32 = set_of(&[
    Event::PyStart,
    Event::PyResume,
    Event::PyReturn,
    Event::PyYield,
    Event::Call,
    Event::PyUnwind,
    Event::PyThrow,
]);

/// A call of a trace or profile function.
pub struct LegacyCall {
    /// What is called.
    pub function: Value,
    /// Its arguments: the frame, the word for the event, and what there is to say of it.
    pub args: Args,
    /// What CPython's C code holds meanwhile.
    pub held: SmallVec<[Value; 2]>,
}

impl Machine {
    /// `sys.settrace(function)`.
    pub(in crate::machine) fn set_trace_function(&mut self, function: Option<Value>) {
        if let Some(function) = function {
            self.heap.retain(function);
        }
        if let Some(old) = std::mem::replace(&mut self.watch.trace, function) {
            self.heap.release(old);
        }
        let newest = self.thread.python_frames().next().map(|frame| (frame.object, frame.code_handle));
        if let Some((Some(object), code)) = newest
            && function.is_some()
            && matches!(self.heap.payload(object), Payload::Frame(frame) if frame.trace_opcodes)
        {
            self.trace_opcodes_of(code, true);
        }
        self.set_tool_events(TRACE, if function.is_some() { TRACED } else { 0 });
    }

    /// `sys.setprofile(function)`.
    pub(in crate::machine) fn set_profile_function(&mut self, function: Option<Value>) {
        if let Some(function) = function {
            self.heap.retain(function);
        }
        if let Some(old) = std::mem::replace(&mut self.watch.profile, function) {
            self.heap.release(old);
        }
        self.set_tool_events(PROFILE, if function.is_some() { PROFILED } else { 0 });
    }

    /// Whether the trace function is called for single instructions of a code object.
    pub(in crate::machine) fn trace_opcodes_of(&mut self, code: Handle, enable: bool) {
        let events = if enable { set_of(&[Event::Instruction]) } else { 0 };
        self.set_local_events(TRACE, code, events);
    }

    /// Whether the trace function of the frame on top, or that of new frames, has something to say of an event.
    pub(super) fn trace_function_for(&self, event: Event) -> Option<Value> {
        let trace = self.watch.trace?;
        let frame = self.thread.python_frames().next()?;
        let object = frame.object.map(|object| self.heap.payload(object));
        let Some(Payload::Frame(object)) = object else {
            return starts(event).then_some(trace);
        };
        match event {
            Event::Line | Event::Jump if !object.trace_lines => None,
            Event::Instruction if !object.trace_opcodes => None,
            _ if starts(event) => Some(trace),
            _ => object.trace,
        }
    }

    /// Whether a jump is one that the trace function is told of: back, on one line.
    pub(super) fn is_backward_on_line(&mut self, from: CodeUnit, to: CodeUnit) -> bool {
        let (code, loaded) = self.code_on_top();
        let lines = self.watch.lines_of(code, &loaded);
        to <= from && lines.line_at(to) == lines.line_at(from) && lines.line_at(to).is_some()
    }

    /// The call of the trace function that tells it of an event; `rest` is what the event has.
    pub(super) fn trace_call(&mut self, event: Event, rest: &[Value]) -> Option<LegacyCall> {
        let function = self.trace_function_for(event)?;
        let frame = self.caller_object()?;
        if !matches!(event, Event::Line | Event::Jump | Event::Instruction)
            && let Some(Payload::Frame(object)) = self.heap.payload_of(frame)
            && object.trace_opcodes
        {
            let code = object.code_handle;
            self.trace_opcodes_of(code, true);
        }
        let mut held: SmallVec<[Value; 2]> = smallvec![frame];
        let arg = match event {
            Event::PyReturn | Event::PyYield => rest.first().copied().unwrap_or(Value::NONE),
            Event::Raise | Event::StopIteration => {
                let exception = rest.first().copied().unwrap_or(Value::NONE);
                let class = Value::object(self.heap.class_of(exception));
                let traceback = self.exception(exception).traceback.unwrap_or(Value::NONE);
                let parts = self.heap.tuple(vec![class, exception, traceback]);
                held.push(parts);
                parts
            }
            _ => Value::NONE,
        };
        let word = self.heap.intern(event.word());
        Some(LegacyCall { function, args: Args::new([frame, word, arg]), held })
    }

    /// The call of the profile function that tells it of an event.
    pub(super) fn profile_call(&mut self, event: Event, rest: &[Value]) -> Option<LegacyCall> {
        let function = self.watch.profile?;
        let frame = self.caller_object()?;
        let mut held: SmallVec<[Value; 2]> = smallvec![frame];
        let arg = match event {
            Event::PyReturn | Event::PyYield => rest.first().copied().unwrap_or(Value::NONE),
            Event::Call | Event::CReturn | Event::CRaise => {
                let (called, bound) = self.profiled_function(rest)?;
                if bound {
                    held.push(called);
                }
                called
            }
            _ => Value::NONE,
        };
        let word = self.heap.intern(event.word());
        Some(LegacyCall { function, args: Args::new([frame, word, arg]), held })
    }

    /// The builtin function that is called, if it is one; a method of a builtin type is bound first.
    fn profiled_function(&mut self, rest: &[Value]) -> Option<(Value, bool)> {
        let [called, first] = rest else { return None };
        let class = self.heap.class_of(*called);
        if self.heap.is_subclass(class, types::BUILTIN_FUNCTION) {
            return Some((*called, false));
        }
        match self.heap.payload_of(*called) {
            // One that it does not fit cannot be bound.
            Some(Payload::Native(native, Binding::Owner(owner)))
                if class == types::METHOD_DESCRIPTOR
                    && *first != Value::object(types::MISSING)
                    && self.heap.is_instance(*first, *owner) =>
            {
                let (native, receiver) = (*native, *first);
                let bound = Payload::Native(native, Binding::Receiver(receiver));
                Some((Value::object(self.heap.alloc(native.bound, bound)), true))
            }
            _ => None,
        }
    }

    /// What a trace function has returned is called for the rest of the frame, but None changes nothing.
    pub(super) fn keep_trace_function(&mut self, frame: Value, returned: Value) {
        if !returned.is_none() {
            self.set_frame_trace(frame, Some(returned));
        }
    }

    /// A trace or profile function has raised: nobody is called any more.
    pub(super) fn end_legacy(&mut self, tool: u8, frame: Value) {
        if tool == TRACE {
            self.set_trace_function(None);
            self.set_frame_trace(frame, None);
        } else {
            self.set_profile_function(None);
        }
    }

    /// A trace function that cannot be called for want of memory or depth does not stay either.
    pub(super) fn legacy_failure(&mut self, raise: Raise) -> Value {
        self.set_context(raise.exception);
        raise.exception
    }
}

/// Whether the event begins a frame, so that the function for new frames is called.
const fn starts(event: Event) -> bool {
    matches!(event, Event::PyStart | Event::PyResume | Event::PyThrow)
}
