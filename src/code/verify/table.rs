//! The tables beside the code: whether they can be read, and tell of instructions that are there.

use super::instruction::Instructions;
use super::{Check, at, whole};
use crate::code::exceptiontable::{self, Handler};
use crate::code::{CodeObject, CodeUnit, linetable};

/// The location table can be read.  Instructions that it does not tell of have no line, as in CPython.
pub(super) fn lines(code: &CodeObject) -> Check {
    let mut entries = linetable::entries(&code.linetable, code.firstlineno);
    let mut end = CodeUnit(0);
    for entry in &mut entries {
        if entry.location != linetable::Location::NONE && entry.location.line < 0 {
            return at(entry.start, "the location table names a line before the first");
        }
        end = entry.end;
    }
    if !entries.is_whole() {
        return at(end, "the location table is damaged");
    }
    Ok(())
}

/// An entry of the exception table, with numbers of instructions for places.
pub(super) struct Protected {
    /// The first protected instruction.
    pub first: u32,
    /// The first one behind them.
    pub behind: u32,
    /// Where the handler starts.
    pub target: u32,
    /// How many stack slots stay.
    pub depth: u32,
    /// How many slots the handler finds above these.
    pub pushed: u32,
}

/// The exception table: its entries come in the order of the code, do not overlap, begin and end with
/// instructions, and lead to some.
pub(super) fn handlers(code: &CodeObject, instructions: &Instructions) -> Check<Vec<Protected>> {
    let Some(handlers) = exceptiontable::decode(&code.exceptiontable) else {
        return whole("the exception table is damaged");
    };
    let mut last = CodeUnit(0);
    let mut protected = Vec::with_capacity(handlers.len());
    for handler in handlers {
        if handler.start < last || handler.end <= handler.start {
            return at(handler.start, "an entry of the exception table is empty or out of order");
        }
        last = handler.end;
        let behind = if handler.end == instructions.units() {
            Some(instructions.list.len() as u32)
        } else {
            instructions.number(handler.end)
        };
        let Handler { start, target, depth, push_lasti, .. } = handler;
        match (instructions.number(start), behind, instructions.number(target)) {
            (Some(first), Some(behind), Some(target)) => {
                protected.push(Protected { first, behind, target, depth, pushed: 1 + u32::from(push_lasti) });
            }
            _ => return at(start, "an entry of the exception table names a place that is no instruction"),
        }
    }
    Ok(protected)
}
