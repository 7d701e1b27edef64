//! The entry sequence: cells are set up and a generator is made before anything else, and once.

use super::instruction::Instructions;
use super::table::Protected;
use super::variable::GENERATOR_FLAGS;
use super::{Check, at, whole};
use crate::code::{CodeObject, LocalKind, Opcode};

pub(super) fn check(code: &CodeObject, instructions: &Instructions, handlers: &[Protected]) -> Check {
    let list = &instructions.list;
    let is_generator = code.flags & GENERATOR_FLAGS != 0;
    let free = code.localspluskinds.iter().filter(|kind| kind.has(LocalKind::FREE)).count();
    let is = |index: usize, opcode| list.get(index).is_some_and(|instruction| instruction.opcode == opcode);
    let mut length = 0;
    if free > 0 {
        if !is(0, Opcode::COPY_FREE_VARS) || list[0].arg as usize != free {
            return whole("it has free variables and does not begin by copying them");
        }
        length = 1;
    }
    while is(length, Opcode::MAKE_CELL) {
        length += 1;
    }
    if is_generator {
        if !is(length, Opcode::RETURN_GENERATOR) {
            return whole("the flags promise a generator, and its code does not begin by making one");
        }
        length += 1;
    }
    for (index, instruction) in list.iter().enumerate() {
        let opcode = instruction.opcode;
        let is_entry = matches!(opcode, Opcode::COPY_FREE_VARS | Opcode::RETURN_GENERATOR);
        // What comes first in code with free variables, or in a generator, has been looked at above.
        let is_at_home = index < length && (free > 0 || opcode != Opcode::COPY_FREE_VARS);
        if is_entry && !is_at_home {
            return at(instruction.start, format!("{} stands only where code begins", opcode.name()));
        }
        if opcode == Opcode::YIELD_VALUE && !is_generator {
            return at(instruction.start, "YIELD_VALUE in code that is no generator's");
        }
        if instruction.target.is_some_and(|target| (target as usize) < length) {
            return at(instruction.start, format!("{} leads to where code begins", opcode.name()));
        }
    }
    let reaches = |handler: &&Protected| handler.first.min(handler.target) < length as u32;
    match handlers.iter().find(reaches) {
        Some(handler) => at(list[handler.first as usize].start, "a handler reaches to where code begins"),
        None => Ok(()),
    }
}
