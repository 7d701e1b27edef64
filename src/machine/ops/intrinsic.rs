//! Helpers inside the interpreter that have no opcode of their own.

use super::super::Machine;
use super::super::frame::Resume;
use super::super::object::{Payload, types};
use super::super::protocol::operator::Unary;
use super::super::raise::Raise;
use super::super::value::Value;
use crate::code::operand::{INTRINSICS_1, INTRINSICS_2};

pub(super) fn one(m: &mut Machine, number: u32) -> Result<(), Raise> {
    let value = m.pop()?;
    match number {
        1 => {
            let done = m.display(value);
            m.complete(done, Resume::Push)
        }
        2 => {
            let done = m.import_star(value);
            m.complete(done, Resume::Push)
        }
        3 => {
            let error = stop_iteration_error(m, value);
            m.push(error);
            Ok(())
        }
        5 => {
            let result = m.unary(Unary::Positive, value);
            m.complete(result, Resume::Push)
        }
        6 => {
            let items = match m.heap.payload_of(value) {
                Some(Payload::List(items)) => items.clone(),
                _ => return Err(m.system_error("only a list becomes a tuple")),
            };
            let tuple = m.heap.tuple(items);
            m.push(tuple);
            Ok(())
        }
        _ => {
            let name = INTRINSICS_1.get(number as usize).copied().unwrap_or(INTRINSICS_1[0]);
            Err(m.unsupported(format!("the intrinsic {name}")))
        }
    }
}

pub(super) fn two(m: &mut Machine, number: u32) -> Result<(), Raise> {
    if number == 1 {
        let raised = m.pop()?;
        let original = m.pop()?;
        let exception = m.prepare_reraise_star(original, raised);
        return m.complete(exception, Resume::Push);
    }
    let name = INTRINSICS_2.get(number as usize).copied().unwrap_or(INTRINSICS_2[0]);
    Err(m.unsupported(format!("the intrinsic {name}")))
}

/// A StopIteration that leaves a generator's body is an error in it.
fn stop_iteration_error(m: &mut Machine, exception: Value) -> Value {
    let asynchronous = m.heap.class_of(m.frame_generator()) == types::ASYNC_GENERATOR;
    let coroutine = m.heap.class_of(m.frame_generator()) == types::COROUTINE;
    let message = if m.heap.is_instance(exception, types::STOP_ITERATION) {
        if asynchronous {
            "async generator raised StopIteration"
        } else if coroutine {
            "coroutine raised StopIteration"
        } else {
            "generator raised StopIteration"
        }
    } else if asynchronous && m.heap.is_instance(exception, types::STOP_ASYNC_ITERATION) {
        "async generator raised StopAsyncIteration"
    } else {
        return exception;
    };
    let error = m.runtime_error(message).exception;
    m.set_exception(error, |error| &mut error.cause, Some(exception));
    m.set_exception(error, |error| &mut error.context, Some(exception));
    m.set_suppress_context(error, true);
    error
}
