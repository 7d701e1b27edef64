//! `sys.getrefcount`: how many places hold an object.

use rustc_hash::FxHashMap;

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::{Eval, Frame, PythonFrame};
use super::super::super::object::Payload;
use super::super::super::value::{Kind, Slot, SlotKind, Value};
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
        Some(places) => i64::from(places) + references_of_call(m, value),
        None => IMMORTAL,
    };
    Ok(m.heap.int(count).into())
}

/// How many references to an argument the call that runs has besides those that are counted: of its own, from the
/// value stack; negative where what CPython has let go of before the call is still counted.
pub(in crate::machine::modules) fn references_of_call(m: &Machine, value: Value) -> i64 {
    let Some(Frame::Python(frame)) = m.thread.frames.last() else { return 1 };
    match frame.code.opcode(frame.last) {
        Some(Opcode::CALL | Opcode::CALL_KW) => {
            let (mut known, mut owned) = (false, 0);
            for slot in m.popped.iter().filter(|slot| slot.value() == Some(value)) {
                known = true;
                owned += i64::from(!slot.is_borrowed());
            }
            // Else a builtin calls that has it from somewhere.
            if known { owned } else { 1 }
        }
        // The tuple of the arguments has it, and is counted; so is the list that it is made of, if there was one.
        Some(Opcode::CALL_FUNCTION_EX) => {
            let given = m.popped.get(1).and_then(|slot| slot.value());
            let of_list = given.is_some_and(|given| {
                matches!(m.heap.payload_of(given), Some(Payload::List(items)) if items.contains(&value))
                    && given.handle().is_some_and(|list| m.heap.count(list) == Some(0))
            });
            -i64::from(of_list)
        }
        _ => 1,
    }
}

/// In how many places a number stands that is no heap object and so has no count.
fn places(m: &Machine, value: Value) -> u32 {
    let mut count = 0;
    each_place(m, &mut |held| count += u32::from(held == value));
    count
}

/// The same of all such numbers.
pub(in crate::machine::modules) fn places_of_numbers(m: &Machine) -> FxHashMap<Value, u32> {
    let mut counts = FxHashMap::default();
    each_place(m, &mut |held| {
        if held.handle().is_none() {
            *counts.entry(held).or_insert(0) += 1;
        }
    });
    counts
}

/// Visits what stands in each place that there is; of objects of the heap, which have their counts, not all.
fn each_place(m: &Machine, visit: &mut impl FnMut(Value)) {
    for (_, object) in m.heap.objects() {
        object.each_value(visit);
        match object.payload() {
            Payload::Generator(generator) => {
                generator.frame.iter().for_each(|frame| slots(frame).for_each(&mut *visit));
            }
            Payload::Frame(frame) => {
                let held = frame.locals.iter().filter_map(|slot| owned_number(*slot));
                held.for_each(&mut *visit);
            }
            _ => {}
        }
    }
    m.thread.each_value(visit);
    m.thread.python_frames().for_each(|frame| slots(frame).for_each(&mut *visit));
}

/// The numbers that a frame's slots own; what they own else is counted where it is.
fn slots(frame: &PythonFrame) -> impl Iterator<Item = Value> + '_ {
    frame.slots.iter().filter_map(|slot| owned_number(*slot))
}

fn owned_number(slot: Slot) -> Option<Value> {
    match slot.kind() {
        SlotKind::Owned(value) if value.handle().is_none() => Some(value),
        SlotKind::Owned(_) | SlotKind::Borrowed(_) | SlotKind::Null | SlotKind::Tagged(_) => None,
    }
}
