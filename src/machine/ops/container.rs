//! Building, filling, indexing and unpacking containers.

use super::super::Machine;
use super::super::frame::Resume;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

pub(super) fn build_list(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let items = m.pop_many(count)?;
    let list = m.heap.list_of(items);
    m.push(list);
    Ok(())
}

pub(super) fn build_tuple(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let items = m.pop_many(count)?;
    let tuple = m.heap.tuple(items);
    m.push(tuple);
    Ok(())
}

pub(super) fn build_map(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let items = m.pop_many(count * 2)?;
    let dict = m.build_dict(items);
    m.complete(dict, Resume::Push)
}

pub(super) fn build_set(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let items = m.pop_many(count)?;
    let set = m.build_set(items);
    m.complete_moved(set, Resume::Push)
}

pub(super) fn build_slice(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let step = if count == 3 { m.pop()? } else { Value::NONE };
    let stop = m.pop()?;
    let start = m.pop()?;
    let slice = slice(m, start, stop, step);
    m.push(slice);
    Ok(())
}

fn slice(m: &mut Machine, start: Value, stop: Value, step: Value) -> Value {
    Value::object(m.heap.alloc(types::SLICE, Payload::Slice(Box::new([start, stop, step]))))
}

pub(super) fn binary_slice(m: &mut Machine) -> Result<(), Raise> {
    let stop = m.pop()?;
    let start = m.pop()?;
    let container = m.pop()?;
    let slice = slice(m, start, stop, Value::NONE);
    m.give_operands(2);
    let item = m.get_item(container, slice);
    m.complete(item, Resume::Push)
}

pub(super) fn store_slice(m: &mut Machine) -> Result<(), Raise> {
    let stop = m.pop()?;
    let start = m.pop()?;
    let container = m.pop()?;
    let value = m.pop()?;
    let slice = slice(m, start, stop, Value::NONE);
    m.give_operands(2);
    let done = m.set_item(container, slice, Some(value));
    m.complete(done, Resume::Discard)
}

pub(super) fn store_subscr(m: &mut Machine) -> Result<(), Raise> {
    let key = m.pop()?;
    let container = m.pop()?;
    let value = m.pop()?;
    let done = m.set_item(container, key, Some(value));
    m.complete(done, Resume::Discard)
}

pub(super) fn delete_subscr(m: &mut Machine) -> Result<(), Raise> {
    let key = m.pop()?;
    let container = m.pop()?;
    let done = m.set_item(container, key, None);
    m.complete(done, Resume::Discard)
}

/// The list so deep in the stack, counted after the operand on top has been taken off.
fn list_at(m: &mut Machine, depth: u32) -> Result<Handle, Raise> {
    let value = m.peek(depth)?;
    match value.handle() {
        Some(list) if matches!(m.heap.payload(list), Payload::List(_)) => Ok(list),
        _ => Err(m.system_error("there is no list to append to")),
    }
}

pub(super) fn list_append(m: &mut Machine, depth: u32) -> Result<(), Raise> {
    let value = m.pop()?;
    let list = list_at(m, depth)?;
    m.heap.list_push(list, value);
    Ok(())
}

pub(super) fn list_extend(m: &mut Machine, depth: u32) -> Result<(), Raise> {
    let iterable = m.pop()?;
    let list = list_at(m, depth)?;
    let done = m.extend_list_for_display(list, iterable);
    m.complete(done, Resume::Discard)
}

pub(super) fn set_add(m: &mut Machine, depth: u32) -> Result<(), Raise> {
    let value = m.pop()?;
    let set = m.peek(depth)?;
    let done = m.set_add(set, value);
    m.complete_moved(done, Resume::Discard)
}

pub(super) fn set_update(m: &mut Machine, depth: u32) -> Result<(), Raise> {
    let iterable = m.pop()?;
    let set = m.peek(depth)?;
    let done = m.set_update(set, iterable);
    m.complete(done, Resume::Discard)
}

pub(super) fn map_add(m: &mut Machine, depth: u32) -> Result<(), Raise> {
    let value = m.pop()?;
    let key = m.pop()?;
    let dict = m.peek(depth)?;
    let done = m.dict_set(dict, key, value);
    m.complete_moved(done, Resume::Discard)
}

pub(super) fn dict_update(m: &mut Machine, depth: u32) -> Result<(), Raise> {
    let update = m.pop()?;
    let dict = m.peek(depth)?;
    let done = m.dict_update_for_display(dict, update);
    m.complete(done, Resume::Discard)
}

pub(super) fn dict_merge(m: &mut Machine, depth: u32) -> Result<(), Raise> {
    let update = m.pop()?;
    let dict = m.peek(depth)?;
    let callable = m.peek(depth + 3)?;
    let done = m.dict_merge_for_call(dict, update, callable);
    m.complete(done, Resume::Discard)
}

pub(super) fn unpack_sequence(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let sequence = m.pop()?;
    let items = m.unpack(sequence, count as usize, None);
    m.own_operands();
    m.complete(items, Resume::Unpack)
}

pub(super) fn unpack_ex(m: &mut Machine, arg: u32) -> Result<(), Raise> {
    let sequence = m.pop()?;
    let items = m.unpack(sequence, (arg & 0xFF) as usize, Some((arg >> 8) as usize));
    m.own_operands();
    m.complete(items, Resume::Unpack)
}

/// Spreads the items of a tuple or list over the stack, the first one on top.
pub(super) fn spread(m: &mut Machine, items: Value) -> Result<(), Raise> {
    let items: Vec<Value> = match m.heap.payload_of(items) {
        Some(Payload::Tuple(items)) => items.to_vec(),
        Some(Payload::List(items)) => items.to_vec(),
        _ => return Err(m.system_error("only a tuple or a list is spread over the stack")),
    };
    items.into_iter().rev().for_each(|item| m.push(item));
    Ok(())
}

pub(super) fn get_len(m: &mut Machine) -> Result<(), Raise> {
    let object = m.peek(1)?;
    let length = m.length(object);
    m.complete(length, Resume::Push)
}
