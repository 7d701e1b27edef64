//! `match`: the questions that patterns ask of their subject.

use super::super::Machine;
use super::super::frame::Resume;
use super::super::object::Payload;
use super::super::raise::Raise;
use super::super::value::Value;

pub(super) fn match_mapping(m: &mut Machine) -> Result<(), Raise> {
    let subject = m.peek(1)?;
    let result = m.is_mapping(subject);
    m.push(Value::bool(result));
    Ok(())
}

pub(super) fn match_sequence(m: &mut Machine) -> Result<(), Raise> {
    let subject = m.peek(1)?;
    let result = m.is_sequence(subject);
    m.push(Value::bool(result));
    Ok(())
}

pub(super) fn match_keys(m: &mut Machine) -> Result<(), Raise> {
    let keys = m.peek(1)?;
    let subject = m.peek(2)?;
    if !matches!(m.heap.payload_of(keys), Some(Payload::Tuple(_))) {
        return Err(m.system_error("the keys of a pattern are a tuple"));
    }
    let values = m.match_keys(subject, keys);
    m.complete(values, Resume::Push)
}

pub(super) fn match_class(m: &mut Machine, positional: u32) -> Result<(), Raise> {
    let names = m.pop()?;
    let class = m.pop()?;
    let subject = m.pop()?;
    let are_names = match m.heap.payload_of(names) {
        Some(Payload::Tuple(names)) => names.iter().all(|name| m.heap.text_of(*name).is_some()),
        _ => false,
    };
    if !are_names {
        return Err(m.system_error("the names of a pattern are a tuple of str"));
    }
    let attributes = m.match_class(subject, class, names, positional as usize);
    m.complete(attributes, Resume::Push)
}
