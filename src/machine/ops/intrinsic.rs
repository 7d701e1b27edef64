//! Helpers inside the interpreter that have no opcode of their own.

use super::super::Machine;
use super::super::frame::Resume;
use super::super::object::typing::{Lazy, LazyPart};
use super::super::object::{Payload, types};
use super::super::protocol::operator::Unary;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
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
        4 => {
            let wrapped = m.wrap_async_value(value);
            m.push(wrapped);
            Ok(())
        }
        5 => {
            let result = m.unary(Unary::Positive, value);
            m.complete(result, Resume::Push)
        }
        6 => {
            let items = match m.heap.payload_of(value) {
                Some(Payload::List(items)) => items.to_vec(),
                _ => return Err(m.system_error("only a list becomes a tuple")),
            };
            let tuple = m.heap.tuple(items);
            m.push(tuple);
            Ok(())
        }
        7..=9 => {
            let class = [types::TYPE_VAR, types::PARAM_SPEC, types::TYPE_VAR_TUPLE][number as usize - 7];
            let param = type_param(m, class, value)?;
            m.push(param);
            Ok(())
        }
        10 => {
            let alias = m.subscript_generic(value);
            m.complete(alias, Resume::Push)
        }
        11 => {
            let alias = m.type_alias(value)?;
            m.push(alias);
            Ok(())
        }
        _ => {
            let name = INTRINSICS_1.get(number as usize).copied().unwrap_or(INTRINSICS_1[0]);
            Err(m.unsupported(format!("the intrinsic {name}")))
        }
    }
}

pub(super) fn two(m: &mut Machine, number: u32) -> Result<(), Raise> {
    let second = m.pop()?;
    let first = m.pop()?;
    let made = match number {
        1 => {
            let exception = m.prepare_reraise_star(first, second);
            return m.complete(exception, Resume::Push);
        }
        2 | 3 => {
            let param = type_param(m, types::TYPE_VAR, first)?;
            let part = if number == 2 { LazyPart::Bound } else { LazyPart::Constraints };
            m.set_lazy(param, part, Lazy::later(second));
            param
        }
        4 => {
            m.set_type_params(first, second)?;
            first
        }
        5 => {
            if !matches!(m.heap.payload_of(first), Some(Payload::TypeParam(_))) {
                return Err(m.system_error("only a type parameter has a default"));
            }
            m.set_lazy(first, LazyPart::Default, Lazy::later(second));
            first
        }
        _ => {
            let name = INTRINSICS_2.get(number as usize).copied().unwrap_or(INTRINSICS_2[0]);
            return Err(m.unsupported(format!("the intrinsic {name}")));
        }
    };
    m.push(made);
    Ok(())
}

/// A type parameter in brackets, whose name the compiler gives.
fn type_param(m: &mut Machine, class: Handle, name: Value) -> Result<Value, Raise> {
    if m.heap.text_of(name).is_none() {
        return Err(m.system_error("a type parameter has a name"));
    }
    Ok(m.type_param(class, name))
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
