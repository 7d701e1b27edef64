//! Jumps, loops, and the end of a frame.

use super::super::Machine;
use super::super::frame::{Flow, Owner, Resume};
use super::super::protocol::iterate::Next;
use super::super::raise::Raise;
use super::super::value::Value;
use super::super::verdict::{Asker, Means, Question};

pub(super) fn jump_forward(m: &mut Machine, units: u32) -> Result<(), Raise> {
    let frame = m.frame_mut();
    frame.next = frame.next.plus(units);
    Ok(())
}

pub(super) fn jump_backward(m: &mut Machine, units: u32) -> Result<(), Raise> {
    let frame = m.frame_mut();
    match frame.next.0.checked_sub(units) {
        Some(target) => frame.next.0 = target,
        None => return Err(m.system_error("a jump leads out of the code")),
    }
    Ok(())
}

pub(super) fn pop_jump_if(
    m: &mut Machine,
    units: u32,
    jumps: impl FnOnce(Value) -> bool,
) -> Result<(), Raise> {
    let value = m.pop()?;
    if jumps(value) { jump_forward(m, units) } else { Ok(()) }
}

/// `is None` and a jump in one instruction.
pub(super) fn pop_jump_if_none(m: &mut Machine, units: u32, wanted: bool) -> Result<(), Raise> {
    let value = m.pop()?;
    let answer = Value::bool(value.is_none());
    m.note_verdict((Asker::Instruction, Question::Is), (value, Value::NONE), Means::Identity, answer);
    if value.is_none() == wanted { jump_forward(m, units) } else { Ok(()) }
}

pub(super) fn get_iter(m: &mut Machine) -> Result<(), Raise> {
    let iterable = m.pop()?;
    let iterator = m.iter(iterable);
    m.complete(iterator, Resume::Push)
}

pub(super) fn for_iter(m: &mut Machine, units: u32) -> Result<(), Raise> {
    let iterator = m.peek(1)?;
    // The jump leads to the END_FOR, which is there for a generator's last value only, and over it.
    let units = units + 1;
    match m.next_for_program(iterator)? {
        Next::Value(value) => {
            m.push(value);
            Ok(())
        }
        Next::Exhausted(_) => jump_forward(m, units),
        Next::Enter(entry) => m.complete(Ok(Flow::Enter(entry)), Resume::ForIter(units)),
    }
}

pub(super) fn return_value(m: &mut Machine) -> Result<(), Raise> {
    let value = m.pop()?;
    let owner = m.frame().owner;
    // A frame that gives its own object away is held by who gets it.
    let itself = m.frame().object.filter(|object| value.handle() == Some(*object));
    if let Some(object) = itself {
        m.heap.retain_handle(object);
    }
    m.leave();
    if let Some(object) = itself {
        m.heap.release_handle(object);
    }
    match owner {
        Owner::Thread => m.deliver(value),
        Owner::Generator(_) => m.deliver_exhausted(value),
    }
}
