//! `co_code` taken apart into instructions, each with the place that it jumps to.

use super::{Check, at, whole};
use crate::code::opcode::ArgKind;
use crate::code::{CodeUnit, Opcode};

/// An argument is below this: no program is so large, and sums of a few arguments fit 32 bits.
const ARG_LIMIT: u32 = 1 << 28;
/// What is no instruction's number.
const NONE: u32 = u32::MAX;

/// An instruction with the EXTENDED_ARGs in front of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instruction {
    /// What it does.
    pub opcode: Opcode,
    /// Its whole argument.
    pub arg: u32,
    /// The first unit, an EXTENDED_ARG if there is one: what jumps lead to.
    pub start: CodeUnit,
    /// The first unit behind it and its caches.
    pub end: CodeUnit,
    /// The number of the instruction that its argument leads to; as for others, nothing, where it is none
    /// that leads anywhere.
    pub target: Option<u32>,
}

/// The instructions of a code object.
pub(super) struct Instructions {
    /// In their order.
    pub list: Vec<Instruction>,
    /// By unit: the number of the instruction that begins there.
    numbers: Vec<u32>,
}

impl Instructions {
    /// The number of the instruction that begins at `unit`.
    pub fn number(&self, unit: CodeUnit) -> Option<u32> {
        self.numbers.get(unit.0 as usize).copied().filter(|number| *number != NONE)
    }

    /// How many units there are.
    pub fn units(&self) -> CodeUnit {
        CodeUnit(self.numbers.len() as u32)
    }
}

pub(super) fn decode(code: &[u8]) -> Check<Instructions> {
    let (units, []) = code.as_chunks::<2>() else {
        return whole("half an instruction");
    };
    if units.is_empty() || units.len() >= ARG_LIMIT as usize {
        return whole("no instructions, or more than there can be");
    }
    let mut instructions = Instructions { list: Vec::new(), numbers: vec![NONE; units.len()] };
    let mut next = 0;
    while next < units.len() {
        let start = next;
        let instruction = decode_one(units, start)?;
        instructions.numbers[start] = instructions.list.len() as u32;
        next = instruction.end.0 as usize;
        instructions.list.push(instruction);
    }
    let last = instructions.list[instructions.list.len() - 1];
    if !last.opcode.has_no_fallthrough() {
        return at(
            last.start,
            format!("the code ends in {}, behind which something must follow", last.opcode.name()),
        );
    }
    for index in 0..instructions.list.len() {
        let target = target(&instructions, instructions.list[index])?;
        instructions.list[index].target = target;
    }
    Ok(instructions)
}

fn decode_one(units: &[[u8; 2]], start: usize) -> Check<Instruction> {
    let place = CodeUnit(start as u32);
    let (mut arg, mut unit) = (0_u32, start);
    let opcode = loop {
        let Some(&[byte, low]) = units.get(unit) else {
            return at(place, "an EXTENDED_ARG with nothing behind it");
        };
        let Some(opcode) = Opcode::from_byte(byte).filter(|opcode| is_in_files(*opcode)) else {
            return at(CodeUnit(unit as u32), format!("{byte} is no opcode of compiled files"));
        };
        arg = arg << 8 | u32::from(low);
        unit += 1;
        if opcode != Opcode::EXTENDED_ARG {
            break opcode;
        }
        if unit - start > 3 {
            return at(place, "more than three EXTENDED_ARGs");
        }
    };
    if arg >= ARG_LIMIT {
        return at(place, format!("the argument {arg} is larger than any program needs"));
    }
    let end = unit + usize::from(opcode.caches());
    match units.get(unit..end) {
        None => at(place, format!("the code ends inside the caches of {}", opcode.name())),
        // A compiled file is written without what the adaptive interpreter has learnt.
        Some(caches) if caches.iter().any(|cache| *cache != [0, 0]) => {
            at(place, format!("the caches of {} are not empty", opcode.name()))
        }
        Some(_) => Ok(Instruction { opcode, arg, start: place, end: CodeUnit(end as u32), target: None }),
    }
}

/// Whether CPython writes the opcode to files: not those that only the interpreter itself puts into code.
const fn is_in_files(opcode: Opcode) -> bool {
    !matches!(opcode, Opcode::CACHE | Opcode::RESERVED | Opcode::INTERPRETER_EXIT | Opcode::EXIT_INIT_CHECK)
}

fn target(instructions: &Instructions, instruction: Instruction) -> Check<Option<u32>> {
    let Instruction { opcode, arg, start, end, .. } = instruction;
    let unit = match opcode.info().arg {
        ArgKind::JumpForward => Some(end.0 + arg),
        ArgKind::JumpBackward => end.0.checked_sub(arg),
        ArgKind::None
        | ArgKind::Number
        | ArgKind::Const
        | ArgKind::Name
        | ArgKind::Local
        | ArgKind::LocalPair
        | ArgKind::Free
        | ArgKind::Compare
        | ArgKind::BinaryOperator
        | ArgKind::SmallInt
        | ArgKind::CommonConstant
        | ArgKind::SpecialMethod
        | ArgKind::Intrinsic1
        | ArgKind::Intrinsic2
        | ArgKind::Invert
        | ArgKind::Label => return Ok(None),
    };
    match unit.and_then(|unit| instructions.number(CodeUnit(unit))) {
        Some(number) => Ok(Some(number)),
        None => at(start, format!("{} leads to no instruction", opcode.name())),
    }
}
