//! `sys.getrefcount`: how many places hold an object.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::{Eval, Frame, PythonFrame};
use super::super::super::object::Payload;
use super::super::super::value::{Kind, SlotKind, Value};
use crate::code::Opcode;

/// What CPython 3.14 tells of an object that lives for ever.
const IMMORTAL: i64 = 3_221_225_472;

pub(super) fn getrefcount(m: &mut Machine, args: &Args) -> Eval {
    let value = args.at(0);
    let places = match value.kind() {
        Kind::None | Kind::NotImplemented | Kind::Ellipsis | Kind::Bool(_) => None,
        Kind::Int(number) if Value::small_int(number) == Some(value) => None,
        Kind::Int(_) | Kind::Float(_) => Some(places(m, value)),
        Kind::Object(handle) => m.heap.count(handle),
    };
    let count = match places {
        Some(places) => i64::from(places) + i64::from(!argument_is_borrowed(m)),
        None => IMMORTAL,
    };
    Ok(m.heap.int(count).into())
}

/// Whether the argument of the call that runs was on the value stack without counting as a reference.
fn argument_is_borrowed(m: &Machine) -> bool {
    let Some(Frame::Python(frame)) = m.thread.frames.last() else { return false };
    let before = frame.last.0.checked_sub(1).map(crate::code::CodeUnit);
    matches!(
        before.and_then(|before| frame.code.opcode(before)),
        Some(Opcode::LOAD_FAST_BORROW | Opcode::LOAD_FAST_BORROW_LOAD_FAST_BORROW)
    )
}

/// In how many places a number stands that is no heap object and so has no count.
fn places(m: &Machine, value: Value) -> u32 {
    let mut count = 0;
    let mut visit = |held: Value| count += u32::from(held == value);
    for (_, object) in m.heap.objects() {
        object.each_value(&mut visit);
        match object.payload() {
            Payload::Generator(generator) => {
                generator.frame.iter().for_each(|frame| slots(frame).for_each(&mut visit));
            }
            Payload::Frame(frame) => {
                let held = frame.locals.iter().filter_map(|slot| owned_number(*slot));
                held.for_each(&mut visit);
            }
            _ => {}
        }
    }
    m.thread.each_value(&mut visit);
    m.thread.python_frames().for_each(|frame| slots(frame).for_each(&mut visit));
    count
}

/// The numbers that a frame's slots own; what they own else is counted where it is.
fn slots(frame: &PythonFrame) -> impl Iterator<Item = Value> + '_ {
    frame.slots.iter().filter_map(|slot| owned_number(*slot))
}

fn owned_number(slot: super::super::super::value::Slot) -> Option<Value> {
    match slot.kind() {
        SlotKind::Owned(value) if value.handle().is_none() => Some(value),
        SlotKind::Owned(_) | SlotKind::Borrowed(_) | SlotKind::Null | SlotKind::Tagged(_) => None,
    }
}
