//! The common cases of the commonest opcodes, done on the frame and the heap alone.
//!
//! What must hold: where [`quick`] does an instruction, it leaves exactly the state that the general
//! function for the opcode leaves; where anything unusual is about (an error, another type, Python code),
//! it changes nothing and says so.  `tests/quick.rs` runs programs both ways and compares every state.

use std::cmp::Ordering;

use super::super::frame::PythonFrame;
use super::super::heap::Heap;
use super::super::object::iterator::Iter;
use super::super::object::{Payload, types};
use super::super::protocol::compare::Comparison;
use super::super::protocol::operator::Binary;
use super::super::value::{Handle, Kind, Slot, Value};
use super::compare::{IN_PLACE, SUBSCRIPT};
use crate::code::Opcode;

/// Does the instruction, if it is one of the common cases; whether it did.
#[inline]
pub(super) fn quick(heap: &mut Heap, frame: &mut PythonFrame, opcode: Opcode, arg: u32) -> bool {
    match opcode {
        Opcode::NOP | Opcode::RESUME | Opcode::NOT_TAKEN => true,
        Opcode::LOAD_FAST | Opcode::LOAD_FAST_CHECK => load(heap, frame, arg),
        Opcode::LOAD_FAST_BORROW => borrow(frame, arg),
        Opcode::LOAD_FAST_BORROW_LOAD_FAST_BORROW => {
            let (Some(first), Some(second)) = (local(frame, arg >> 4), local(frame, arg & 15)) else {
                return false;
            };
            frame.slots.extend([Slot::borrowed(first), Slot::borrowed(second)]);
            true
        }
        Opcode::LOAD_CONST => match frame.code.consts.get(arg as usize).copied() {
            Some(value) => {
                push(heap, frame, value);
                true
            }
            None => false,
        },
        Opcode::LOAD_SMALL_INT => match Value::small_int(i64::from(arg)) {
            Some(value) => {
                frame.slots.push(Slot::owned(value));
                true
            }
            None => false,
        },
        Opcode::LOAD_GLOBAL => load_global(heap, frame, arg),
        Opcode::LOAD_NAME => load_name(heap, frame, arg),
        Opcode::STORE_NAME => store_name(heap, frame, arg),
        Opcode::FOR_ITER => for_iter(heap, frame),
        Opcode::STORE_FAST => store(heap, frame, arg),
        Opcode::POP_TOP => match top(frame, 1) {
            Some(slot) => {
                frame.slots.pop();
                heap.release_slot(slot);
                true
            }
            None => false,
        },
        Opcode::BINARY_OP => binary(heap, frame, arg),
        Opcode::COMPARE_OP => compare(frame, arg),
        Opcode::POP_JUMP_IF_FALSE => jump_if(heap, frame, arg, Value::FALSE),
        Opcode::POP_JUMP_IF_TRUE => jump_if(heap, frame, arg, Value::TRUE),
        Opcode::TO_BOOL => to_bool(frame),
        Opcode::JUMP_FORWARD => {
            frame.next = frame.next.plus(arg);
            true
        }
        Opcode::JUMP_BACKWARD | Opcode::JUMP_BACKWARD_NO_INTERRUPT => match frame.next.0.checked_sub(arg) {
            Some(target) => {
                frame.next.0 = target;
                true
            }
            None => false,
        },
        _ => false,
    }
}

/// The slot so deep below the top, from 1; `None` below the value stack.
#[inline]
fn top(frame: &PythonFrame, depth: usize) -> Option<Slot> {
    let index = frame.slots.len().checked_sub(depth)?;
    (index >= frame.code.locals_len()).then(|| frame.slots[index])
}

#[inline]
fn value_at(frame: &PythonFrame, depth: usize) -> Option<Value> {
    top(frame, depth)?.value()
}

#[inline]
fn local(frame: &PythonFrame, index: u32) -> Option<Value> {
    let index = index as usize;
    if index < frame.code.locals_len() { frame.slots[index].value() } else { None }
}

#[inline]
fn push(heap: &mut Heap, frame: &mut PythonFrame, value: Value) {
    heap.retain(value);
    frame.slots.push(Slot::owned(value));
}

fn load(heap: &mut Heap, frame: &mut PythonFrame, index: u32) -> bool {
    match local(frame, index) {
        Some(value) => {
            push(heap, frame, value);
            true
        }
        None => false,
    }
}

fn borrow(frame: &mut PythonFrame, index: u32) -> bool {
    match local(frame, index) {
        Some(value) => {
            frame.slots.push(Slot::borrowed(value));
            true
        }
        None => false,
    }
}

fn store(heap: &mut Heap, frame: &mut PythonFrame, index: u32) -> bool {
    let index = index as usize;
    let Some(slot) = top(frame, 1) else { return false };
    if index >= frame.code.locals_len() {
        return false;
    }
    frame.slots.pop();
    let slot = match (slot.is_borrowed(), slot.value()) {
        (true, Some(value)) => {
            heap.retain(value);
            Slot::owned(value)
        }
        _ => slot,
    };
    let old = std::mem::replace(&mut frame.slots[index], slot);
    heap.release_slot(old);
    true
}

fn load_global(heap: &mut Heap, frame: &mut PythonFrame, arg: u32) -> bool {
    let Some(name) = frame.code.names.get((arg >> 1) as usize).copied() else { return false };
    if heap.get(frame.globals).class != types::DICT {
        return false;
    }
    let found = heap.get_name(frame.globals, name).or_else(|| builtin(heap, frame, name));
    let Some(value) = found else { return false };
    push(heap, frame, value);
    if arg & 1 == 1 {
        frame.slots.push(Slot::NULL);
    }
    true
}

/// What the builtins have under a name, where they are exactly a dict.
fn builtin(heap: &Heap, frame: &PythonFrame, name: Handle) -> Option<Value> {
    (heap.get(frame.builtins).class == types::DICT).then(|| heap.get_name(frame.builtins, name)).flatten()
}

/// The namespace of a module or class body, where it is exactly a dict.
fn namespace(heap: &Heap, frame: &PythonFrame) -> Option<Handle> {
    frame.namespace?.handle().filter(|dict| heap.get(*dict).class == types::DICT)
}

fn load_name(heap: &mut Heap, frame: &mut PythonFrame, index: u32) -> bool {
    let Some(name) = frame.code.names.get(index as usize).copied() else { return false };
    let Some(namespace) = namespace(heap, frame) else { return false };
    let mut found = heap.get_name(namespace, name);
    if found.is_none() && namespace != frame.globals {
        found = heap.get_name(frame.globals, name);
    }
    let Some(value) = found.or_else(|| builtin(heap, frame, name)) else { return false };
    push(heap, frame, value);
    true
}

fn store_name(heap: &mut Heap, frame: &mut PythonFrame, index: u32) -> bool {
    let Some(name) = frame.code.names.get(index as usize).copied() else { return false };
    let (Some(namespace), Some(slot)) = (namespace(heap, frame), top(frame, 1)) else { return false };
    let Some(value) = slot.value() else { return false };
    frame.slots.pop();
    heap.set_name(namespace, name, value);
    heap.release_slot(slot);
    true
}

/// The next item of an iterator over a range, list or tuple that is not exhausted.
fn for_iter(heap: &mut Heap, frame: &mut PythonFrame) -> bool {
    let Some(handle) = value_at(frame, 1).and_then(Value::handle) else { return false };
    let Payload::Iter(iterator) = heap.payload(handle) else { return false };
    let item = match &**iterator {
        Iter::Range { left: 0, .. } => return false,
        Iter::Range { next, .. } => Err(*next),
        Iter::List(Some(source), index) | Iter::Tuple(Some(source), index) => {
            let items = source.handle().and_then(|source| heap.sequence_items(source));
            match items.and_then(|items| items.get(*index)) {
                Some(item) => Ok(*item),
                None => return false,
            }
        }
        _ => return false,
    };
    match heap.iterator_mut(handle) {
        Iter::Range { next, step, left } => {
            *next = next.wrapping_add(*step);
            *left -= 1;
        }
        Iter::List(_, index) | Iter::Tuple(_, index) => *index += 1,
        _ => return false,
    }
    let item = item.unwrap_or_else(|number| heap.int(number));
    push(heap, frame, item);
    true
}

/// Takes two operands that own nothing off the stack and pushes a result that is no heap object.
#[inline]
fn replace_two(frame: &mut PythonFrame, result: Value) {
    frame.slots.pop();
    if let Some(slot) = frame.slots.last_mut() {
        *slot = Slot::owned(result);
    }
}

fn binary(heap: &mut Heap, frame: &mut PythonFrame, arg: u32) -> bool {
    let (Some(left), Some(right)) = (value_at(frame, 2), value_at(frame, 1)) else { return false };
    match (left.kind(), right.kind()) {
        (Kind::Int(left), Kind::Int(right)) => match int(arg, left, right) {
            Some(result) => {
                let result = heap.int(result);
                replace_two(frame, result);
                true
            }
            None => false,
        },
        (Kind::Float(left), Kind::Float(right)) => match float(arg, left, right) {
            Some(result) => {
                let result = heap.float(result);
                replace_two(frame, result);
                true
            }
            None => false,
        },
        (Kind::Object(_), Kind::Int(index)) if arg == SUBSCRIPT => item(heap, frame, left, index),
        _ => false,
    }
}

#[inline]
fn int(arg: u32, left: i64, right: i64) -> Option<i64> {
    match Binary::from_number(if arg >= IN_PLACE { arg - IN_PLACE } else { arg })? {
        Binary::Add => left.checked_add(right),
        Binary::Subtract => left.checked_sub(right),
        Binary::Multiply => left.checked_mul(right),
        Binary::And => Some(left & right),
        Binary::Or => Some(left | right),
        Binary::Xor => Some(left ^ right),
        Binary::FloorDivide if right > 0 => Some(left.div_euclid(right)),
        // What is smaller may be the rest itself.
        Binary::Remainder if right > 0 && !(0..right).contains(&left) => Some(left.rem_euclid(right)),
        Binary::FloorDivide
        | Binary::LeftShift
        | Binary::MatrixMultiply
        | Binary::Remainder
        | Binary::Power
        | Binary::RightShift
        | Binary::TrueDivide => None,
    }
}

#[inline]
fn float(arg: u32, left: f64, right: f64) -> Option<f64> {
    match Binary::from_number(if arg >= IN_PLACE { arg - IN_PLACE } else { arg })? {
        Binary::Add => Some(left + right),
        Binary::Subtract => Some(left - right),
        Binary::Multiply => Some(left * right),
        Binary::TrueDivide if right != 0.0 => Some(left / right),
        Binary::And
        | Binary::FloorDivide
        | Binary::LeftShift
        | Binary::MatrixMultiply
        | Binary::Or
        | Binary::Power
        | Binary::Remainder
        | Binary::RightShift
        | Binary::TrueDivide
        | Binary::Xor => None,
    }
}

/// `list[index]` or `tuple[index]` of exact types, within bounds.
fn item(heap: &mut Heap, frame: &mut PythonFrame, container: Value, index: i64) -> bool {
    let Some(handle) = container.handle() else { return false };
    let object = heap.get(handle);
    let items: &[Value] = match object.payload() {
        Payload::List(items) if object.class == types::LIST => items,
        Payload::Tuple(items) if object.class == types::TUPLE => items,
        _ => return false,
    };
    let Some(value) = usize::try_from(index).ok().and_then(|index| items.get(index)).copied() else {
        return false;
    };
    frame.slots.pop();
    let slot = frame.slots.pop().unwrap_or(Slot::NULL);
    push(heap, frame, value);
    heap.release_slot(slot);
    true
}

fn compare(frame: &mut PythonFrame, arg: u32) -> bool {
    let (Some(left), Some(right)) = (value_at(frame, 2), value_at(frame, 1)) else { return false };
    let Some(comparison) = Comparison::from_number(arg >> 5) else { return false };
    if matches!(comparison, Comparison::Eq | Comparison::Ne) {
        // These are recorded.
        return false;
    }
    let order: Option<Ordering> = match (left.kind(), right.kind()) {
        (Kind::Int(left), Kind::Int(right)) => Some(left.cmp(&right)),
        (Kind::Float(left), Kind::Float(right)) => left.partial_cmp(&right),
        _ => return false,
    };
    replace_two(frame, Value::bool(comparison.holds_partially(order)));
    true
}

/// A bool is its own truth; what the instruction pushes is owned in any case.
fn to_bool(frame: &mut PythonFrame) -> bool {
    let Some(value) = value_at(frame, 1) else { return false };
    match (value.kind(), frame.slots.last_mut()) {
        (Kind::Bool(_), Some(slot)) => {
            *slot = Slot::owned(value);
            true
        }
        _ => false,
    }
}

fn jump_if(heap: &mut Heap, frame: &mut PythonFrame, units: u32, wanted: Value) -> bool {
    let Some(slot) = top(frame, 1) else { return false };
    frame.slots.pop();
    heap.release_slot(slot);
    if slot.value() == Some(wanted) {
        frame.next = frame.next.plus(units);
    }
    true
}
