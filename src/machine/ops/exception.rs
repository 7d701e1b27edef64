//! Raising and handling exceptions, and the end of a `with`.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Resume;
use super::super::names;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Slot, SlotKind, Value};
use crate::code::CodeUnit;

pub(super) fn push_exc_info(m: &mut Machine) -> Result<(), Raise> {
    // Looked at while it is still there: nothing is raised here that finds the stack changed.
    check_exception(m, 1)?;
    let exception = m.pop()?;
    m.heap.retain(exception);
    let handled = m.thread_mut().handled.last_mut().expect("a thread handles something or nothing");
    let previous = handled.replace(exception);
    // What was handled so far moves to the value stack, with its count.
    let slot = Slot::owned(previous.unwrap_or(Value::NONE));
    m.frame_mut().slots.push(slot);
    m.push(exception);
    Ok(())
}

pub(super) fn pop_except(m: &mut Machine) -> Result<(), Raise> {
    let previous = m.peek_slot(1)?.value().filter(|value| !value.is_none());
    if previous.is_some_and(|value| !m.is_exception(value)) {
        return Err(m.system_error("only an exception can have been handled before"));
    }
    m.pop_owned()?;
    let handled = m.thread_mut().handled.last_mut().expect("a thread handles something or nothing");
    if let Some(old) = std::mem::replace(handled, previous) {
        m.heap.release(old);
    }
    Ok(())
}

/// The exception so deep in the stack; code that was not compiled may have anything there.
pub(super) fn check_exception(m: &mut Machine, depth: u32) -> Result<Value, Raise> {
    let value = m.peek(depth)?;
    if m.is_exception(value) { Ok(value) } else { Err(m.system_error("there is no exception to be handled")) }
}

pub(super) fn check_exc_match(m: &mut Machine) -> Result<(), Raise> {
    let match_type = m.pop()?;
    let exception = m.peek(1)?;
    let matches = m.exception_matches(exception, match_type)?;
    m.push(Value::bool(matches));
    Ok(())
}

pub(super) fn check_eg_match(m: &mut Machine) -> Result<(), Raise> {
    let match_type = m.pop()?;
    let exception = m.pop()?;
    let wanted = m.exception_classes(match_type)?;
    if wanted.iter().any(|class| m.heap.is_subclass(*class, types::BASE_EXCEPTION_GROUP)) {
        let message = "catching ExceptionGroup with except* is not allowed. Use except instead.";
        return Err(m.type_error(message));
    }
    if exception.is_none() {
        m.push(Value::NONE);
        m.push(Value::NONE);
        return Ok(());
    }
    if !m.is_exception(exception) {
        return Err(m.system_error("there is no exception to be matched"));
    }
    let is_group = m.heap.is_instance(exception, types::BASE_EXCEPTION_GROUP);
    if m.matches_types(exception, match_type) {
        let matching = if is_group {
            exception
        } else {
            let alone = m.heap.tuple(vec![exception]);
            let group = m.new_group(alone)?;
            m.add_traceback(group);
            group
        };
        m.push(Value::NONE);
        return take_match(m, matching);
    }
    if is_group {
        let parts = m.call_attr(exception, names::SPLIT, vec![match_type]);
        return m.complete(parts, Resume::SplitGroup);
    }
    m.push(exception);
    m.push(Value::NONE);
    Ok(())
}

/// Takes the result of a group's `split`: what does not match, below what does.
pub(super) fn split_group(m: &mut Machine, parts: Value) -> Result<(), Raise> {
    let (matching, rest) = match m.heap.payload_of(parts) {
        Some(Payload::Tuple(parts)) if parts.len() >= 2 => (parts[0], parts[1]),
        Some(Payload::Tuple(parts)) => {
            let size = parts.len();
            return Err(m.type_error(format!("split must return a 2-tuple, got tuple of size {size}")));
        }
        _ => {
            let class = m.class_name(parts);
            return Err(m.type_error(format!("split must return a tuple, not {class}")));
        }
    };
    m.push(rest);
    take_match(m, matching)
}

/// Pushes what an `except*` caught; while its clause runs, that is what is being handled.
fn take_match(m: &mut Machine, matching: Value) -> Result<(), Raise> {
    // A group of a program's own class may have split itself into anything.
    if m.is_exception(matching) {
        m.heap.retain(matching);
        let handled = m.thread_mut().handled.last_mut().expect("a thread handles something or nothing");
        if let Some(old) = handled.replace(matching) {
            m.heap.release(old);
        }
    }
    m.push(matching);
    Ok(())
}

impl Machine {
    /// Whether `except match_type` catches `exception`.
    fn exception_matches(&mut self, exception: Value, match_type: Value) -> Result<bool, Raise> {
        let class = self.heap.class_of(exception);
        let wanted = self.exception_classes(match_type)?;
        Ok(wanted.into_iter().any(|wanted| self.heap.is_subclass(class, wanted)))
    }

    /// The classes that an `except` names: one, or a tuple of them.
    fn exception_classes(&mut self, match_type: Value) -> Result<Vec<Handle>, Raise> {
        let wanted: Option<Vec<Handle>> = match self.heap.payload_of(match_type) {
            Some(Payload::Tuple(items)) => items.iter().map(|item| self.exception_class(*item)).collect(),
            _ => self.exception_class(match_type).map(|class| vec![class]),
        };
        wanted.ok_or_else(|| {
            self.type_error("catching classes that do not inherit from BaseException is not allowed")
        })
    }
}

pub(super) fn raise_varargs(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let cause = if count == 2 { Some(m.pop()?) } else { None };
    if count == 0 {
        return match m.handled() {
            Some(exception) => Err(Raise::again(exception)),
            None => Err(m.runtime_error("No active exception to reraise")),
        };
    }
    let exception = m.pop()?;
    let raised = m.raise_statement(exception, cause);
    // CPython takes the operands off before it calls a class that is raised.
    m.complete_moved(raised, Resume::Discard)
}

pub(super) fn reraise(m: &mut Machine, values: u32) -> Result<(), Raise> {
    let origin = match values {
        0 => None,
        _ => Some(m.peek_slot(values + 1)?),
    };
    let exception = m.pop()?;
    if !m.is_exception(exception) {
        return Err(m.system_error("only an exception is raised again"));
    }
    let mut raise = Raise::again(exception);
    if let Some(SlotKind::Tagged(origin)) = origin.map(Slot::kind) {
        let frame = m.frame_mut();
        raise.at = Some(frame.last);
        frame.last = CodeUnit(origin);
    }
    Err(raise)
}

pub(super) fn with_except_start(m: &mut Machine) -> Result<(), Raise> {
    let exception = check_exception(m, 1)?;
    let receiver = m.peek_slot(4)?.value();
    let exit = m.peek(5)?;
    let class = Value::object(m.heap.class_of(exception));
    let traceback = m.exception(exception).traceback.unwrap_or(Value::NONE);
    let arguments = receiver.into_iter().chain([class, exception, traceback]);
    let result = m.call(exit, Args::new(arguments));
    m.complete(result, Resume::Push)
}
