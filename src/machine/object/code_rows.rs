//! What goes through the tables of a code object: `co_lines()`, `co_positions()` and `co_branches()`.

use super::super::Machine;
use super::super::value::{Handle, Value};
use super::class::TypeSpec;
use super::code::LoadedCode;
use super::iterator::Iter;
use super::{Payload, types};
use crate::code::{CodeUnit, Opcode, linetable};
use crate::machine::protocol::wrappers_container as containers;

/// What such an iterator gives, as tuples of ints with `None` where there is no number.
#[derive(Clone, Debug, Hash)]
pub struct CodeRows {
    /// The code object.
    pub code: Value,
    rows: Vec<Vec<Option<u32>>>,
    next: usize,
}

/// What `co_lines()` and `co_branches()` give.
pub static LINE_ITERATOR: TypeSpec = TypeSpec {
    wrappers: &[&containers::ITER, &containers::NEXT],
    ..TypeSpec::new(types::LINE_ITERATOR, "line_iterator")
};

/// What `co_positions()` gives.
pub static POSITIONS_ITERATOR: TypeSpec = TypeSpec {
    wrappers: &[&containers::ITER, &containers::NEXT],
    ..TypeSpec::new(types::POSITIONS_ITERATOR, "positions_iterator")
};

/// Start and end in bytes and the line of each run of instructions.
pub(super) fn lines(code: &LoadedCode) -> Vec<Vec<Option<u32>>> {
    let mut runs: Vec<(CodeUnit, CodeUnit, Option<u32>)> = Vec::new();
    for entry in linetable::entries(&code.code.linetable, code.code.firstlineno) {
        let line = entry.location.line();
        match runs.last_mut() {
            Some((_, end, last)) if *last == line => *end = entry.end,
            _ => runs.push((entry.start, entry.end, line)),
        }
    }
    runs.into_iter().map(|(start, end, line)| vec![Some(start.bytes()), Some(end.bytes()), line]).collect()
}

/// Line, end line, column and end column of each code unit.
pub(super) fn positions(code: &LoadedCode) -> Vec<Vec<Option<u32>>> {
    let mut rows = Vec::new();
    for entry in linetable::entries(&code.code.linetable, code.code.firstlineno) {
        let location = entry.location;
        let numbers = [location.line, location.end_line, location.column, location.end_column];
        let row: Vec<Option<u32>> = numbers.iter().map(|number| u32::try_from(*number).ok()).collect();
        rows.extend((entry.start.0..entry.end.0).map(|_| row.clone()));
    }
    rows
}

/// For each instruction that may go two ways, in bytes: where it stands, where it goes on without a jump, and with one.
/// The marks behind a branch and what ends a loop are no part of either way.
pub(super) fn branches(code: &LoadedCode) -> Vec<Vec<Option<u32>>> {
    let mut rows = Vec::new();
    let (mut at, mut extended) = (CodeUnit(0), 0u32);
    while let Some((byte, arg)) = code.unit(at) {
        let arg = extended << 8 | u32::from(arg);
        let Some(opcode) = Opcode::from_byte(byte) else { break };
        extended = if opcode == Opcode::EXTENDED_ARG { arg } else { 0 };
        let next = CodeUnit(at.0 + 1 + u32::from(opcode.info().caches));
        let way = match opcode {
            Opcode::POP_JUMP_IF_FALSE
            | Opcode::POP_JUMP_IF_TRUE
            | Opcode::POP_JUMP_IF_NONE
            | Opcode::POP_JUMP_IF_NOT_NONE => Some((at.0, next.0 + 1, next.0.wrapping_add(arg))),
            Opcode::FOR_ITER => Some((at.0, next.0, next.0.wrapping_add(arg).wrapping_add(2))),
            Opcode::END_ASYNC_FOR => {
                let from = next.0.wrapping_sub(arg);
                Some((from, from.wrapping_add(2), next.0))
            }
            _ => None,
        };
        rows.extend(
            way.map(|(from, plain, jump)| [from, plain, jump].map(|at| Some(at.wrapping_mul(2))).into()),
        );
        at = next;
    }
    rows
}

/// `co_lnotab`, the table of lines that was there before Python 3.10: how many bytes and how many lines further on each
/// line begins, in steps that a byte can hold.
pub(super) fn lnotab(code: &LoadedCode) -> Vec<u8> {
    let mut table = Vec::new();
    let (mut at, mut line) = (0, i64::from(code.code.firstlineno));
    for entry in linetable::entries(&code.code.linetable, code.code.firstlineno) {
        let Some(next) = entry.location.line().map(i64::from).filter(|next| *next != line) else { continue };
        let (mut bytes, mut lines) = (entry.start.bytes() - at, next - line);
        (at, line) = (entry.start.bytes(), next);
        while bytes > 255 {
            table.extend([255, 0]);
            bytes -= 255;
        }
        while !(-128..=127).contains(&lines) {
            let step = lines.clamp(-128, 127);
            table.extend([bytes as u8, step as u8]);
            (bytes, lines) = (0, lines - step);
        }
        table.extend([bytes as u8, lines as u8]);
    }
    table
}

impl Machine {
    /// An iterator over rows of a code object.
    pub(super) fn code_rows(
        &mut self,
        class: Handle,
        code: Value,
        rows: fn(&LoadedCode) -> Vec<Vec<Option<u32>>>,
    ) -> Value {
        let Some(Payload::Code(loaded)) = self.heap.payload_of(code) else {
            panic!("the tables of a code object are asked for");
        };
        let rows = rows(loaded);
        self.heap.new_iterator(class, Iter::Code(Box::new(CodeRows { code, rows, next: 0 })))
    }

    /// The next row, as a tuple.
    pub(in crate::machine) fn next_code_row(&mut self, iterator: Handle) -> Option<Value> {
        let Iter::Code(rows) = self.heap.iterator_mut(iterator) else { return None };
        let row = std::mem::take(rows.rows.get_mut(rows.next)?);
        rows.next += 1;
        let items = row
            .into_iter()
            .map(|number| number.map_or(Value::NONE, |number| self.heap.int(number.into())))
            .collect();
        Some(self.heap.tuple(items))
    }
}
