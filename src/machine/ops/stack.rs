//! Moving values about the stack, and constants.

use super::super::Machine;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::{Slot, Value};

pub(super) fn pop_top(m: &mut Machine) -> Result<(), Raise> {
    m.pop_or_null().map(|_| ())
}

pub(super) fn push_null(m: &mut Machine) -> Result<(), Raise> {
    m.frame_mut().slots.push(Slot::NULL);
    Ok(())
}

pub(super) fn copy(m: &mut Machine, depth: u32) -> Result<(), Raise> {
    let slot = m.peek_slot(depth)?;
    match slot.value() {
        Some(value) if !slot.is_borrowed() => m.push(value),
        _ => m.frame_mut().slots.push(slot),
    }
    Ok(())
}

pub(super) fn swap(m: &mut Machine, depth: u32) -> Result<(), Raise> {
    m.peek_slot(depth)?;
    let slots = &mut m.frame_mut().slots;
    let top = slots.len() - 1;
    slots.swap(top, top + 1 - depth as usize);
    Ok(())
}

pub(super) fn load_const(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let Some(value) = m.frame().code.consts.get(index as usize).copied() else {
        return Err(m.system_error(format!("there is no constant {index}")));
    };
    // The code object keeps its constants alive, and the frame its code object; still CPython counts
    // them, unless they live for ever.
    m.push(value);
    Ok(())
}

pub(super) fn load_small_int(m: &mut Machine, number: u32) -> Result<(), Raise> {
    let value = m.heap.int(i64::from(number));
    m.push(value);
    Ok(())
}

pub(super) fn load_common_constant(m: &mut Machine, index: u32) -> Result<(), Raise> {
    let value = match index {
        0 => Value::object(types::ASSERTION_ERROR),
        1 => Value::object(types::NOT_IMPLEMENTED_ERROR),
        2 => Value::object(types::TUPLE),
        3 => m.common_functions[0],
        4 => m.common_functions[1],
        _ => return Err(m.system_error(format!("there is no common constant {index}"))),
    };
    m.push(value);
    Ok(())
}
