//! Arguments: whether what they name is there.

use super::instruction::Instruction;
use super::{Check, at};
use crate::code::opcode::ArgKind;
use crate::code::operand::{
    BINARY_OPERATORS, COMMON_CONSTANTS, COMPARISONS, CONVERSIONS, FUNCTION_ATTRIBUTES, INTRINSICS_1,
    INTRINSICS_2, SPECIAL_METHODS,
};
use crate::code::{CodeObject, LocalKind, Opcode};

/// The largest int that CPython 3.14 keeps one object of.
const SMALL_INT_MAX: u32 = 256;

pub(super) fn check(code: &CodeObject, instruction: &Instruction) -> Check {
    let Instruction { opcode, arg, start, .. } = *instruction;
    let index = arg as usize;
    let local = |index: u32| (index as usize) < code.localspluskinds.len();
    let is_there = match opcode.info().arg {
        ArgKind::None | ArgKind::JumpForward | ArgKind::JumpBackward | ArgKind::Label => true,
        ArgKind::Number => number(opcode, arg),
        ArgKind::Const => index < code.consts.len(),
        ArgKind::Name => index >> opcode.name_shift() < code.names.len(),
        ArgKind::Local => local(arg),
        ArgKind::LocalPair => local(arg >> 4) && local(arg & 15),
        ArgKind::Free => local(arg) && code.localspluskinds[index].has(LocalKind::CELL | LocalKind::FREE),
        ArgKind::Compare => index >> 5 < COMPARISONS.len(),
        ArgKind::BinaryOperator => index < BINARY_OPERATORS.len(),
        ArgKind::SmallInt => arg <= SMALL_INT_MAX,
        ArgKind::CommonConstant => index < COMMON_CONSTANTS.len(),
        ArgKind::SpecialMethod => index < SPECIAL_METHODS.len(),
        // The first of each list stands for none.
        ArgKind::Intrinsic1 => (1..INTRINSICS_1.len()).contains(&index),
        ArgKind::Intrinsic2 => (1..INTRINSICS_2.len()).contains(&index),
        ArgKind::Invert => arg <= 1,
    };
    if is_there { Ok(()) } else { at(start, format!("{} has no meaning with {arg}", opcode.name())) }
}

/// Whether a plain number is one that the opcode knows.
fn number(opcode: Opcode, arg: u32) -> bool {
    match opcode {
        Opcode::BUILD_SLICE => matches!(arg, 2 | 3),
        Opcode::BUILD_INTERPOLATION => (arg >> 2) < CONVERSIONS.len() as u32,
        Opcode::CONVERT_VALUE => (1..CONVERSIONS.len() as u32).contains(&arg),
        Opcode::SET_FUNCTION_ATTRIBUTE => arg.is_power_of_two() && arg < 1 << FUNCTION_ATTRIBUTES.len(),
        Opcode::RAISE_VARARGS | Opcode::GET_AWAITABLE | Opcode::RERAISE => arg <= 2,
        Opcode::YIELD_VALUE => arg <= 1,
        // Where it stands, and whether it stands in a handler's reach.
        Opcode::RESUME => arg < 8,
        Opcode::SWAP => arg >= 2,
        Opcode::COPY
        | Opcode::LIST_APPEND
        | Opcode::LIST_EXTEND
        | Opcode::SET_ADD
        | Opcode::SET_UPDATE
        | Opcode::MAP_ADD
        | Opcode::DICT_UPDATE
        | Opcode::DICT_MERGE => arg >= 1,
        _ => true,
    }
}
