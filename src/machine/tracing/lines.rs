//! Where lines begin, for tools that are told of each.

use super::super::object::code::LoadedCode;
use crate::code::linetable;
use crate::code::{CodeUnit, Opcode};

/// The lines of a code object.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The line of each code unit; none where it has none.
    line: Box<[Option<u32>]>,
    /// Whether a line can begin there.
    begins: Box<[bool]>,
}

impl Lines {
    /// The lines of `code`.
    pub fn of(code: &LoadedCode) -> Self {
        let units = code.code.code.len() / 2;
        let mut line = vec![None; units];
        for entry in linetable::entries(&code.code.linetable, code.code.firstlineno) {
            let (start, end) = (entry.start.0 as usize, (entry.end.0 as usize).min(units));
            if start < end {
                line[start..end].fill(entry.location.line());
            }
        }
        let mut lines = Self { line: line.into(), begins: vec![false; units].into() };
        let first = first_traceable(code);
        lines.mark_in_order(code, first);
        lines.mark_targets(code, first);
        lines
    }

    /// The line of the instruction at `at`.
    pub fn line_at(&self, at: CodeUnit) -> Option<u32> {
        self.line.get(at.0 as usize).copied().flatten()
    }

    /// Whether a line can begin with the instruction at `at`.
    pub fn begins_at(&self, at: CodeUnit) -> bool {
        self.begins.get(at.0 as usize).copied().unwrap_or(false)
    }

    /// Marks each instruction of another line than the one before it.
    fn mark_in_order(&mut self, code: &LoadedCode, first: CodeUnit) {
        let mut current = None;
        for (at, opcode, _) in instructions(code) {
            if at < first || never_begins(opcode) {
                continue;
            }
            let line = self.line_at(at);
            self.begins[at.0 as usize] = line.is_some() && line != current;
            current = line;
        }
    }

    /// Marks what jumps and exceptions lead to.
    fn mark_targets(&mut self, code: &LoadedCode, first: CodeUnit) {
        let mut extended = 0;
        for (at, opcode, low) in instructions(code) {
            let arg = extended << 8 | u32::from(low);
            extended = if opcode == Opcode::EXTENDED_ARG { arg } else { 0 };
            if at < first {
                continue;
            }
            let target = target_of(at, opcode, arg);
            if let Some(target) = target
                && code.opcode(target) != Some(Opcode::POP_ITER)
            {
                self.mark(target);
            }
        }
        for handler in &code.handlers {
            if code.opcode(handler.target) != Some(Opcode::END_ASYNC_FOR) {
                self.mark(handler.target);
            }
        }
    }

    fn mark(&mut self, at: CodeUnit) {
        if self.line_at(at).is_some() {
            self.begins[at.0 as usize] = true;
        }
    }
}

/// The first instruction that tools are told of: the first RESUME.
pub fn first_traceable(code: &LoadedCode) -> CodeUnit {
    let resume = instructions(code).find(|(_, opcode, _)| *opcode == Opcode::RESUME);
    resume.map_or(CodeUnit(0), |(at, ..)| at)
}

/// The instructions in their order, each with its own byte of an argument.
pub fn instructions(code: &LoadedCode) -> impl Iterator<Item = (CodeUnit, Opcode, u8)> {
    let mut at = CodeUnit(0);
    std::iter::from_fn(move || {
        let (byte, arg) = code.unit(at)?;
        let opcode = Opcode::from_byte(byte)?;
        let this = at;
        at = at.plus(1 + u32::from(opcode.caches()));
        Some((this, opcode, arg))
    })
}

/// Where the jump at `at` leads, over what it skips at the end of an iteration.
pub fn target_of(at: CodeUnit, opcode: Opcode, arg: u32) -> Option<CodeUnit> {
    let next = at.plus(1 + u32::from(opcode.caches()));
    match opcode {
        Opcode::POP_JUMP_IF_FALSE
        | Opcode::POP_JUMP_IF_TRUE
        | Opcode::POP_JUMP_IF_NONE
        | Opcode::POP_JUMP_IF_NOT_NONE
        | Opcode::JUMP_FORWARD => Some(next.plus(arg)),
        Opcode::FOR_ITER | Opcode::SEND => Some(next.plus(arg + 1)),
        Opcode::JUMP_BACKWARD | Opcode::JUMP_BACKWARD_NO_INTERRUPT => next.0.checked_sub(arg).map(CodeUnit),
        _ => None,
    }
}

/// Whether it is one of those that are run over, or belong to the instruction before.
const fn never_begins(opcode: Opcode) -> bool {
    matches!(
        opcode,
        Opcode::END_ASYNC_FOR | Opcode::END_FOR | Opcode::END_SEND | Opcode::RESUME | Opcode::POP_ITER
    )
}
