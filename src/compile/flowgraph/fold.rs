//! Computes at compile time what is made of constants only.

use super::load_const::loads_const;
use super::{ChangeKind, Changes, ConstTable, Instr, Operation};
use crate::code::{Const, Opcode};
use crate::compile::error::CompileError;
use crate::compile::evaluate;
use crate::compile::sequence::Location;

/// The longest sequence of constants that is folded: CPython keeps them in an array on C's stack.
const MAX_SEQUENCE: u32 = 30;
/// The shortest list or set display that is worth a constant.
const MIN_SEQUENCE: u32 = 3;

/// Whether the `count` instructions that end at `end` load constants, NOPs not counted; calls
/// `each` for them, the last first.
fn constant_loads(code: &[Instr], end: usize, count: u32, mut each: impl FnMut(usize)) -> bool {
    let mut left = count;
    for at in (0..end).rev() {
        if left == 0 {
            break;
        }
        match code[at].opcode {
            Opcode::NOP => {}
            opcode if loads_const(opcode) => {
                each(at);
                left -= 1;
            }
            _ => return false,
        }
    }
    left == 0
}

/// The values of the `count` constants loaded before `end`.
fn constants_before(code: &[Instr], end: usize, count: u32, consts: &ConstTable) -> Option<Vec<Const>> {
    if !constant_loads(code, end, count, |_| {}) {
        return None;
    }
    let mut values = Vec::with_capacity(count as usize);
    constant_loads(code, end, count, |at| values.push(consts.value(code[at].opcode, code[at].arg)));
    values.reverse();
    Some(values)
}

fn drop_instruction(instr: &mut Instr) {
    instr.set_nop();
    instr.location = Location::NONE;
}

fn drop_loads(code: &mut [Instr], end: usize, count: u32) {
    let mut left = count;
    for instr in code[..end].iter_mut().rev() {
        if left == 0 {
            break;
        }
        if instr.opcode != Opcode::NOP {
            drop_instruction(instr);
            left -= 1;
        }
    }
}

fn make_load(instr: &mut Instr, value: Const, consts: &mut ConstTable) -> Result<(), CompileError> {
    consts.may_have_unused = true;
    match ConstTable::as_small_int(&value) {
        Some(small) => instr.set(Opcode::LOAD_SMALL_INT, small),
        None => instr.set(Opcode::LOAD_CONST, consts.add(value)?),
    }
    Ok(())
}

fn note(changes: &mut Changes, location: Location, operation: Operation, operands: &[Const], result: &Const) {
    let folded = || ChangeKind::Folded { operation, operands: operands.to_vec(), result: result.clone() };
    changes.note(location, folded);
}

const fn display(is_list: bool) -> Operation {
    if is_list { Operation::List } else { Operation::Set }
}

/// A tuple of constants becomes a constant.
pub(super) fn tuple(
    code: &mut [Instr],
    at: usize,
    consts: &mut ConstTable,
    changes: &mut Changes,
) -> Result<(), CompileError> {
    let count = code[at].arg;
    if count > MAX_SEQUENCE {
        return Ok(());
    }
    let Some(values) = constants_before(code, at, count, consts) else { return Ok(()) };
    drop_loads(code, at, count);
    let result = Const::Tuple(values.into());
    note(changes, code[at].location, Operation::Tuple, &[], &result);
    make_load(&mut code[at], result, consts)
}

/// Where a display begins that is filled one by one with constants until `end`, and the constants.
///
/// Long displays are compiled to `BUILD_LIST 0` or `BUILD_SET 0`, and for each item a load and
/// `LIST_APPEND 1` or `SET_ADD 1`.
fn filled_one_by_one(
    code: &[Instr],
    end: usize,
    build: Opcode,
    append: Opcode,
    consts: &ConstTable,
) -> Option<(usize, Vec<Const>)> {
    let mut expects_append = true;
    let mut values = Vec::new();
    for start in (0..end).rev() {
        let Instr { opcode, arg, .. } = code[start];
        if opcode == Opcode::NOP {
            continue;
        }
        if opcode == build && arg == 0 {
            values.reverse();
            return expects_append.then_some((start, values));
        }
        if expects_append {
            if opcode != append || arg != 1 {
                return None;
            }
        } else {
            if !loads_const(opcode) {
                return None;
            }
            values.push(consts.value(opcode, arg));
        }
        expects_append = !expects_append;
    }
    None
}

/// A long list of constants that becomes a tuple, as tuples and starred arguments are compiled: a
/// constant.
pub(super) fn list_to_tuple(
    code: &mut [Instr],
    at: usize,
    consts: &mut ConstTable,
    changes: &mut Changes,
) -> Result<(), CompileError> {
    let found = filled_one_by_one(code, at, Opcode::BUILD_LIST, Opcode::LIST_APPEND, consts);
    let Some((start, values)) = found else { return Ok(()) };
    drop_all(&mut code[start..at]);
    let result = Const::Tuple(values.into());
    note(changes, code[at].location, Operation::Tuple, &[], &result);
    make_load(&mut code[at], result, consts)
}

/// A long list or set of constants, filled up by the instruction at `at`, that is only searched or
/// iterated: a constant.
pub(super) fn long_list_or_set(
    code: &mut [Instr],
    at: usize,
    consts: &mut ConstTable,
    changes: &mut Changes,
) -> Result<(), CompileError> {
    let append = code[at].opcode;
    let is_list = append == Opcode::LIST_APPEND;
    let build = if is_list { Opcode::BUILD_LIST } else { Opcode::BUILD_SET };
    let found = filled_one_by_one(code, at + 1, build, append, consts);
    let Some((start, values)) = found else { return Ok(()) };
    let result = collection(is_list, values);
    note(changes, code[start].location, display(is_list), &[], &result);
    let index = consts.add(result)?;
    drop_all(&mut code[start..=at]);
    code[at].set(Opcode::LOAD_CONST, index);
    Ok(())
}

fn drop_all(code: &mut [Instr]) {
    code.iter_mut().filter(|instr| instr.opcode != Opcode::NOP).for_each(drop_instruction);
}

/// The constant that stands for a list or set display.
fn collection(is_list: bool, values: Vec<Const>) -> Const {
    if is_list { Const::Tuple(values.into()) } else { Const::FrozenSet(evaluate::distinct(values).into()) }
}

/// A list or set of constants: a constant tuple or frozenset where it is only searched or iterated,
/// else an empty one that is filled from such a constant.
pub(super) fn list_or_set(
    code: &mut [Instr],
    at: usize,
    next: Option<Opcode>,
    consts: &mut ConstTable,
    changes: &mut Changes,
) -> Result<(), CompileError> {
    let Instr { opcode, arg: count, location, .. } = code[at];
    let is_list = opcode == Opcode::BUILD_LIST;
    let is_only_read = matches!(next, Some(Opcode::GET_ITER | Opcode::CONTAINS_OP));
    if count > MAX_SEQUENCE || (count < MIN_SEQUENCE && !is_only_read) {
        return Ok(());
    }
    let Some(values) = constants_before(code, at, count, consts) else {
        if is_only_read && is_list {
            code[at].set(Opcode::BUILD_TUPLE, count);
        }
        return Ok(());
    };
    let result = collection(is_list, values);
    note(changes, location, display(is_list), &[], &result);
    let index = consts.add(result)?;
    drop_loads(code, at, count);
    if is_only_read {
        code[at].set(Opcode::LOAD_CONST, index);
        return Ok(());
    }
    // At least three loads were dropped, so there is room.
    code[at - 2].set(opcode, 0);
    code[at - 2].location = location;
    code[at - 1].set(Opcode::LOAD_CONST, index);
    code[at].set(if is_list { Opcode::LIST_EXTEND } else { Opcode::SET_UPDATE }, 1);
    Ok(())
}

/// A binary operation on two constants.
pub(super) fn binary(
    code: &mut [Instr],
    at: usize,
    consts: &mut ConstTable,
    changes: &mut Changes,
) -> Result<(), CompileError> {
    let Some(values) = constants_before(code, at, 2, consts) else { return Ok(()) };
    let Some(value) = evaluate::binary(code[at].arg, &values[0], &values[1]) else { return Ok(()) };
    drop_loads(code, at, 2);
    note(changes, code[at].location, Operation::Binary(code[at].arg), &values, &value);
    make_load(&mut code[at], value, consts)
}

/// A unary operation on a constant.
pub(super) fn unary(
    code: &mut [Instr],
    at: usize,
    consts: &mut ConstTable,
    changes: &mut Changes,
) -> Result<(), CompileError> {
    let Some(values) = constants_before(code, at, 1, consts) else { return Ok(()) };
    let Some(value) = evaluate::unary(code[at].opcode, &values[0]) else { return Ok(()) };
    drop_loads(code, at, 1);
    note(changes, code[at].location, Operation::Unary(code[at].opcode), &values, &value);
    make_load(&mut code[at], value, consts)
}
