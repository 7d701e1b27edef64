//! `frame`: a call that runs, or has run, as programs see it.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Owner};
use super::super::native::{CalledDel, CalledDelWork};
use super::super::protocol::wrappers::REPR;
use super::super::raise::Raise;
use super::super::value::{Handle, Kind, Value};
use super::class::{Accessor, TypeSpec};
use super::exception::FrameObject;
use super::function::NativeDef;
use super::generator::GeneratorState;
use super::{Payload, types};

/// `frame`.
pub static FRAME: TypeSpec = TypeSpec {
    natives: &[NativeDef::method("clear", Params::None, clear)],
    wrappers: &[&REPR],
    accessors: &[
        Accessor::read_only("f_back", |m, value| {
            Ok(m.frame_back(handle(value)).unwrap_or(Value::NONE).into())
        }),
        Accessor::read_only("f_code", |m, value| Ok(Value::object(frame(m, value).code_handle).into())),
        Accessor::read_only("f_globals", |m, value| Ok(Value::object(frame(m, value).globals).into())),
        Accessor::read_only("f_builtins", |m, _| Ok(Value::object(m.builtins).into())),
        Accessor::read_only("f_locals", |m, value| match frame(m, value).namespace {
            // That of a module or class body; else a mapping of the fast locals.
            Some(namespace)
                if !m.has_hidden_locals(&frame(m, value).code, m.frame_locals(frame(m, value))) =>
            {
                Ok(namespace.into())
            }
            _ => Ok(m.frame_locals_proxy(value).into()),
        }),
        Accessor::late("f_lineno", line, |m, value, new| match new {
            Some(new) => m.set_frame_line(value, new),
            None => Err(undeletable(m, "f_lineno")),
        }),
        Accessor::read_only("f_lasti", |m, value| {
            let at = m.frame_at(frame(m, value));
            Ok(m.heap.int(i64::from(at.0) * 2).into())
        }),
        Accessor::read_only("f_generator", |m, value| {
            Ok(owner(m, value).map_or(Value::NONE, Value::object).into())
        }),
        Accessor::new(
            "f_trace",
            |m, value| Ok(frame(m, value).trace.unwrap_or(Value::NONE).into()),
            |m, value, new| {
                m.set_frame_trace(value, new);
                let (object, code) = (frame(m, value), frame(m, value).code_handle);
                if object.trace.is_some() && object.trace_opcodes {
                    m.trace_opcodes_of(code, true);
                }
                Ok(())
            },
        ),
        Accessor::new(
            "f_trace_lines",
            |m, value| Ok(Value::bool(frame(m, value).trace_lines).into()),
            |m, value, new| {
                let new =
                    switch(m, new)?.ok_or_else(|| m.type_error("can't delete numeric/char attribute"))?;
                frame_mut(m, value).trace_lines = new;
                Ok(())
            },
        )
        .as_member(),
        Accessor::new(
            "f_trace_opcodes",
            |m, value| Ok(Value::bool(frame(m, value).trace_opcodes).into()),
            |m, value, new| {
                let new = switch(m, new)?.ok_or_else(|| undeletable(m, "f_trace_opcodes"))?;
                frame_mut(m, value).trace_opcodes = new;
                let (traced, code) = (frame(m, value).trace.is_some(), frame(m, value).code_handle);
                if traced || !new {
                    m.trace_opcodes_of(code, new);
                }
                Ok(())
            },
        ),
    ],
    ..TypeSpec::new(types::FRAME, "frame")
};

fn handle(value: Value) -> Handle {
    value.handle().expect("a frame is a heap object")
}

/// The frame behind a value that is one.
pub(super) fn frame(m: &Machine, value: Value) -> &FrameObject {
    match m.heap.payload_of(value) {
        Some(Payload::Frame(frame)) => frame,
        _ => panic!("an attribute of frames is asked of one"),
    }
}

fn frame_mut(m: &mut Machine, value: Value) -> &mut FrameObject {
    match m.heap.payload_mut(handle(value)) {
        Payload::Frame(frame) => frame,
        _ => panic!("an attribute of frames is set on one"),
    }
}

fn line(m: &mut Machine, value: Value) -> Eval {
    let object = frame(m, value);
    let line = object.code.line_at(m.frame_at(object));
    Ok(line.map_or(Value::NONE, |line| m.heap.int(line.into())).into())
}

/// The generator whose frame it is, until that has ended.
fn owner(m: &Machine, value: Value) -> Option<Handle> {
    let object = frame(m, value);
    if object.ended {
        return None;
    }
    match m.live_frame(object.id)?.owner {
        Owner::Generator(generator) => Some(generator),
        Owner::Thread => None,
    }
}

fn undeletable(m: &mut Machine, name: &str) -> Raise {
    let message = format!("attribute '{name}' of 'frame' objects cannot be deleted");
    m.raise(types::ATTRIBUTE_ERROR, message)
}

/// A flag that must be a bool; `None` where it is to be deleted.
fn switch(m: &mut Machine, new: Option<Value>) -> Result<Option<bool>, Raise> {
    match new.map(Value::kind) {
        None => Ok(None),
        Some(Kind::Bool(new)) => Ok(Some(new)),
        Some(_) => Err(m.type_error("attribute value type must be bool")),
    }
}

impl Machine {
    /// Sets `f_trace` of a frame; None is none.
    pub(in crate::machine) fn set_frame_trace(&mut self, frame: Value, new: Option<Value>) {
        let new = new.filter(|new| !new.is_none());
        if let Some(new) = new {
            self.heap.retain(new);
        }
        if let Some(old) = std::mem::replace(&mut frame_mut(self, frame).trace, new) {
            self.heap.release(old);
        }
    }
}

/// `clear()`: a frame that has ended lets go of its variables, and a generator that has not begun never will.
fn clear(m: &mut Machine, args: &Args) -> Eval {
    let value = args.at(0);
    if !frame(m, value).ended {
        let state = match owner(m, value).map(|generator| (generator, m.heap.payload(generator))) {
            Some((handle, Payload::Generator(generator))) => Some((handle, generator.state)),
            _ => None,
        };
        return match state {
            Some((generator, GeneratorState::Created)) => {
                m.begin(CalledDel::new(CalledDelWork::new(generator)))
            }
            Some((_, GeneratorState::Suspended)) => Err(m.runtime_error("cannot clear a suspended frame")),
            Some((_, GeneratorState::Running | GeneratorState::Finished)) | None => {
                Err(m.runtime_error("cannot clear an executing frame"))
            }
        };
    }
    m.set_frame_trace(value, None);
    let object = frame_mut(m, value);
    let locals = std::mem::take(&mut object.locals);
    let added = std::mem::take(&mut object.added);
    let overwritten = std::mem::take(&mut object.overwritten);
    for slot in locals {
        m.heap.release_slot(slot);
    }
    for held in added.into_iter().flat_map(|(name, held)| [name, held]).chain(overwritten) {
        m.heap.release(held);
    }
    Ok(Value::NONE.into())
}
