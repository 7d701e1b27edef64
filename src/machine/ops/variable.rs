//! Fast locals, cells and free variables.

use super::super::Machine;
use super::super::frame::{Flow, Resume};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Slot, Value};
use crate::code::LocalKind;

fn local(m: &mut Machine, index: u32) -> Result<Slot, Raise> {
    match m.frame().locals().get(index as usize) {
        Some(slot) => Ok(*slot),
        None => Err(m.system_error(format!("there is no fast local {index}"))),
    }
}

/// Puts a slot in the place of a fast local and gives up what was there.
fn set_local(m: &mut Machine, index: u32, slot: Slot) -> Result<(), Raise> {
    local(m, index)?;
    let old = std::mem::replace(&mut m.frame_mut().slots[index as usize], slot);
    m.heap.release_slot(old);
    Ok(())
}

#[cold]
fn unbound(m: &mut Machine, index: u32) -> Raise {
    let name = m.frame().code.locals[index as usize];
    let text = m.name_text(name);
    let message = format!("cannot access local variable '{text}' where it is not associated with a value");
    // Its `name` stays None, so that no other name is suggested.
    m.raise(types::UNBOUND_LOCAL_ERROR, message)
}

pub(super) fn load_fast(m: &mut Machine, index: u32) -> Result<(), Raise> {
    match local(m, index)?.value() {
        Some(value) => {
            m.push(value);
            Ok(())
        }
        None => Err(unbound(m, index)),
    }
}

pub(super) fn load_fast_check(m: &mut Machine, index: u32) -> Result<(), Raise> {
    load_fast(m, index)
}

pub(super) fn load_fast_borrow(m: &mut Machine, index: u32) -> Result<(), Raise> {
    match local(m, index)?.value() {
        Some(value) => {
            m.frame_mut().slots.push(Slot::borrowed(value));
            Ok(())
        }
        None => Err(unbound(m, index)),
    }
}

pub(super) fn load_fast_and_clear(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let slot = local(m, index)?;
    let frame = m.frame_mut();
    frame.slots[index as usize] = Slot::NULL;
    frame.slots.push(slot);
    Ok(())
}

pub(super) fn store_fast(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let slot = m.pop_owned()?;
    set_local(m, index, slot)
}

pub(super) fn delete_fast(m: &mut Machine, index: u32) -> Result<(), Raise> {
    if local(m, index)?.is_null() {
        return Err(unbound(m, index));
    }
    set_local(m, index, Slot::NULL)
}

pub(super) fn make_cell(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let content = local(m, index)?.value();
    let cell = m.heap.alloc(types::CELL, Payload::Cell(content));
    m.heap.retain_handle(cell);
    set_local(m, index, Slot::owned(Value::object(cell)))
}

pub(super) fn copy_free_vars(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let function = m.frame().function;
    let Payload::Function(function) = m.heap.payload(function) else {
        panic!("a frame runs a function");
    };
    let cells = function.closure.map_or_else(Vec::new, |closure| m.tuple_items(closure).to_vec());
    let locals = m.frame().code.locals_len();
    if cells.len() != count as usize || locals < cells.len() {
        return Err(m.system_error("the closure does not fit the code"));
    }
    for (index, cell) in (locals - cells.len()..).zip(cells) {
        m.heap.retain(cell);
        set_local(m, index as u32, Slot::owned(cell))?;
    }
    Ok(())
}

/// The cell in a fast local.
fn cell(m: &mut Machine, index: u32) -> Result<Handle, Raise> {
    let handle = local(m, index)?.value().and_then(Value::handle);
    match handle.map(|handle| (handle, m.heap.payload(handle))) {
        Some((handle, Payload::Cell(_))) => Ok(handle),
        _ => Err(m.system_error("a fast local is not a cell")),
    }
}

fn content(m: &Machine, cell: Handle) -> Option<Value> {
    match m.heap.payload(cell) {
        Payload::Cell(content) => *content,
        _ => None,
    }
}

#[cold]
fn unbound_cell(m: &mut Machine, index: u32) -> Raise {
    let code = &m.frame().code;
    let name = code.locals[index as usize];
    let free = code.code.localspluskinds[index as usize].has(LocalKind::FREE);
    if !free {
        return unbound(m, index);
    }
    let text = m.name_text(name);
    let message = format!(
        "cannot access free variable '{text}' where it is not associated with a value in enclosing scope"
    );
    m.name_error(types::NAME_ERROR, message, name)
}

pub(super) fn load_deref(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let cell = cell(m, index)?;
    match content(m, cell) {
        Some(value) => {
            m.push(value);
            Ok(())
        }
        None => Err(unbound_cell(m, index)),
    }
}

fn set_cell(m: &mut Machine, cell: Handle, value: Option<Value>) {
    if let Some(value) = value {
        m.heap.retain(value);
    }
    if let Payload::Cell(content) = m.heap.payload_mut(cell)
        && let Some(old) = std::mem::replace(content, value)
    {
        m.heap.release(old);
    }
}

pub(super) fn store_deref(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let cell = cell(m, index)?;
    let value = m.pop()?;
    set_cell(m, cell, Some(value));
    Ok(())
}

pub(super) fn delete_deref(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let cell = cell(m, index)?;
    if content(m, cell).is_none() {
        return Err(unbound_cell(m, index));
    }
    set_cell(m, cell, None);
    Ok(())
}

pub(super) fn load_from_dict_or_deref(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let namespace = m.pop()?;
    let name = m.frame().code.locals[index as usize];
    let cell = cell(m, index)?;
    match m.find_in_namespace(namespace, name, content(m, cell))? {
        Some(Flow::Value(value)) => {
            m.push(value);
            Ok(())
        }
        Some(Flow::Enter(entry)) => m.complete(Ok(Flow::Enter(entry)), Resume::Push),
        None => Err(unbound_cell(m, index)),
    }
}
