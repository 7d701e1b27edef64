//! Raising and handling exceptions, and the end of a `with`.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Resume;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::{Slot, Value};

pub(super) fn push_exc_info(m: &mut Machine) -> Result<(), Raise> {
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
    let slot = m.pop_owned()?;
    let previous = slot.value().filter(|value| !value.is_none());
    let handled = m.thread_mut().handled.last_mut().expect("a thread handles something or nothing");
    if let Some(old) = std::mem::replace(handled, previous) {
        m.heap.release(old);
    }
    Ok(())
}

pub(super) fn check_exc_match(m: &mut Machine) -> Result<(), Raise> {
    let match_type = m.pop()?;
    let exception = m.peek(1)?;
    let matches = m.exception_matches(exception, match_type)?;
    m.push(Value::bool(matches));
    Ok(())
}

pub(super) fn check_eg_match(m: &mut Machine) -> Result<(), Raise> {
    Err(m.unsupported("except*"))
}

impl Machine {
    /// Whether `except match_type` catches `exception`.
    fn exception_matches(&mut self, exception: Value, match_type: Value) -> Result<bool, Raise> {
        let class = self.heap.class_of(exception);
        let wanted = match self.heap.payload_of(match_type) {
            Some(super::super::object::Payload::Tuple(items)) => items.to_vec(),
            _ => vec![match_type],
        };
        for wanted in &wanted {
            let is_exception = wanted.handle().is_some_and(|handle| {
                self.heap.type_of(handle).is_some() && self.heap.is_subclass(handle, types::BASE_EXCEPTION)
            });
            if !is_exception {
                return Err(
                    self.type_error("catching classes that do not inherit from BaseException is not allowed")
                );
            }
        }
        Ok(wanted
            .iter()
            .filter_map(|wanted| wanted.handle())
            .any(|wanted| self.heap.is_subclass(class, wanted)))
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
    m.complete(raised, Resume::Discard)
}

pub(super) fn reraise(m: &mut Machine, _values: u32) -> Result<(), Raise> {
    let exception = m.pop()?;
    Err(Raise::again(exception))
}

pub(super) fn with_except_start(m: &mut Machine) -> Result<(), Raise> {
    let exception = m.peek(1)?;
    let receiver = m.peek_slot(4)?.value();
    let exit = m.peek(5)?;
    let class = Value::object(m.heap.class_of(exception));
    let traceback = m.exception(exception).traceback.unwrap_or(Value::NONE);
    let arguments = receiver.into_iter().chain([class, exception, traceback]);
    let result = m.call(exit, Args::new(arguments));
    m.complete(result, Resume::Push)
}
