//! Numbers cells and free variables behind the locals, and writes what a frame does first.

use super::{BlockId, Graph, Instr};
use crate::code::{Opcode, object::flags};
use crate::compile::error::CompileError;
use crate::compile::sequence::Location;
use rustc_hash::FxHashMap;

/// Flags of code whose call makes an object that runs it later.
const SUSPENDS: u32 = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;

/// Puts the prologue before the code and turns indices of cells into indices of fast locals.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    let unit = &graph.unit;
    if unit.cellvars.is_empty() && unit.freevars.is_empty() && unit.flags & SUSPENDS == 0 {
        return Ok(());
    }
    let mut slots = cell_slots(graph);
    let prologue = prologue(graph, &slots);
    if prologue.is_empty() {
        return Ok(());
    }
    let entry = &mut graph[BlockId::ENTRY];
    entry.stale_handlers.drain(..prologue.len().min(entry.stale_handlers.len()));
    entry.instructions.splice(0..0, prologue);
    if !slots.is_empty() {
        fix_cell_offsets(graph, &mut slots);
    }
    Ok(())
}

/// For each cell and free variable its fast local, as if every one had a slot of its own, but a
/// cell that is a local too has that local's.
fn cell_slots(graph: &Graph) -> Vec<u32> {
    let unit = &graph.unit;
    let nlocals = unit.varnames.len() as u32;
    let count = (unit.cellvars.len() + unit.freevars.len()) as u32;
    let mut slots: Vec<u32> = (nlocals..nlocals + count).collect();
    if !unit.cellvars.is_empty() {
        let locals: FxHashMap<&str, u32> =
            unit.varnames.iter().enumerate().map(|(index, name)| (&**name, index as u32)).collect();
        for (slot, name) in slots.iter_mut().zip(&unit.cellvars) {
            if let Some(&local) = locals.get(&**name) {
                *slot = local;
            }
        }
    }
    slots
}

/// `COPY_FREE_VARS`, then a `MAKE_CELL` each in the order of the slots, then what makes a generator.
fn prologue(graph: &Graph, slots: &[u32]) -> Vec<Instr> {
    let unit = &graph.unit;
    let mut prologue = Vec::new();
    if !unit.freevars.is_empty() {
        prologue.push(Instr::new(Opcode::COPY_FREE_VARS, unit.freevars.len() as u32, Location::NONE));
    }
    let mut cells: Vec<usize> = (0..unit.cellvars.len()).collect();
    cells.sort_by_key(|&cell| slots[cell]);
    for cell in cells {
        prologue.push(Instr::new(Opcode::MAKE_CELL, cell as u32, Location::NONE));
    }
    if unit.flags & SUSPENDS != 0 {
        let line = unit.firstlineno as i32;
        let location = Location { line, end_line: line, column: -1, end_column: -1 };
        prologue.push(Instr::new(Opcode::RETURN_GENERATOR, 0, location));
        prologue.push(Instr::new(Opcode::POP_TOP, 0, location));
    }
    prologue
}

/// Closes the gaps that cells with a local's slot leave, then renumbers the instructions.
fn fix_cell_offsets(graph: &mut Graph, slots: &mut [u32]) {
    let nlocals = graph.unit.varnames.len() as u32;
    let mut dropped = 0;
    for (index, slot) in slots.iter_mut().enumerate() {
        if *slot == nlocals + index as u32 {
            *slot -= dropped;
        } else {
            dropped += 1;
        }
    }
    for instr in graph.blocks.iter_mut().flat_map(|block| &mut block.instructions) {
        if matches!(
            instr.opcode,
            Opcode::MAKE_CELL
                | Opcode::LOAD_CLOSURE
                | Opcode::LOAD_DEREF
                | Opcode::STORE_DEREF
                | Opcode::DELETE_DEREF
                | Opcode::LOAD_FROM_DICT_OR_DEREF
        ) {
            instr.arg = slots[instr.arg as usize];
        }
    }
}
