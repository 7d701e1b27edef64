//! Calls.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Resume;
use super::super::object::Payload;
use super::super::raise::Raise;
use super::super::value::Value;

/// Takes the callable, its self and the values of a call off the stack.
fn operands(m: &mut Machine, count: u32) -> Result<(Value, Vec<Value>), Raise> {
    let mut values = m.pop_many(count)?;
    if let Some(receiver) = m.pop_or_null()? {
        values.insert(0, receiver);
    }
    Ok((m.pop()?, values))
}

pub(super) fn call(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let (callable, values) = operands(m, count)?;
    let result = m.call(callable, Args::new(values));
    m.complete(result, Resume::Push)
}

pub(super) fn call_kw(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let names = m.pop()?;
    let names = match m.heap.payload_of(names) {
        Some(Payload::Tuple(names)) if names.iter().all(|name| m.heap.text_of(*name).is_some()) => {
            names.to_vec()
        }
        _ => return Err(m.system_error("keyword names are a tuple of str")),
    };
    let (callable, values) = operands(m, count)?;
    if names.len() > values.len() {
        return Err(m.system_error("more keyword names than arguments"));
    }
    let result = m.call(callable, Args::with_names(values, names));
    m.complete(result, Resume::Push)
}

pub(super) fn call_function_ex(m: &mut Machine) -> Result<(), Raise> {
    let keywords = m.pop_or_null()?;
    let positional = m.pop()?;
    let receiver = m.pop_or_null()?;
    let callable = m.pop()?;
    let result = m.call_with(callable, receiver, positional, keywords);
    m.complete(result, Resume::Push)
}

pub(super) fn exit_init_check(m: &mut Machine) -> Result<(), Raise> {
    let value = m.pop()?;
    m.check_init_result(value)
}
