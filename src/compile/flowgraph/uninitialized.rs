//! Finds loads of locals that may be unbound, and makes them check.

use super::{BlockId, ChangeKind, Graph};
use crate::code::{Opcode, Traits};
use crate::compile::error::CompileError;

/// Locals from this number on are followed inside one block only, so that the time stays linear.
const FOLLOWED: u32 = 64;

/// Makes every `LOAD_FAST` of a local that may be unbound a `LOAD_FAST_CHECK`.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    let nlocals = graph.unit.varnames.len() as u32;
    if nlocals == 0 {
        return Ok(());
    }
    if nlocals > FOLLOWED {
        scan_many_locals(graph, nlocals);
    }
    // At the start every local is unbound but the parameters …
    let unbound = low_bits(nlocals.min(FOLLOWED)) & !low_bits(graph.unit.nparams.min(FOLLOWED));
    let unbinds = graph.may_have(Traits::UNBINDS);
    if unbound == 0 && !unbinds {
        return Ok(());
    }
    graph.clear_visited();
    for block in &mut graph.blocks {
        block.unsafe_locals = 0;
    }
    graph.add_unsafe(BlockId::ENTRY, unbound);
    // … and anywhere one may be deleted, so that then every block is scanned once.
    let mut at = Some(BlockId::ENTRY).filter(|_| unbinds);
    while let Some(id) = at {
        scan_block(graph, id);
        at = graph[id].next;
    }
    while let Some(id) = graph.todo.pop() {
        graph[id].visited = false;
        scan_block(graph, id);
    }
    Ok(())
}

const fn low_bits(count: u32) -> u64 {
    if count >= u64::BITS { u64::MAX } else { (1 << count) - 1 }
}

/// What an instruction does to the local that its argument names.
enum Effect {
    Binds,
    Unbinds,
    /// Loads it: if that does not raise, it is bound.
    Loads,
    None,
}

const fn effect(opcode: Opcode) -> Effect {
    match opcode {
        Opcode::DELETE_FAST | Opcode::LOAD_FAST_AND_CLEAR | Opcode::STORE_FAST_MAYBE_NULL => Effect::Unbinds,
        Opcode::STORE_FAST | Opcode::LOAD_FAST_CHECK => Effect::Binds,
        Opcode::LOAD_FAST => Effect::Loads,
        _ => Effect::None,
    }
}

impl Graph {
    /// Says that the locals in `locals` may be unbound where `id` begins.
    fn add_unsafe(&mut self, id: BlockId, locals: u64) {
        let block = &mut self[id];
        if block.unsafe_locals | locals != block.unsafe_locals {
            block.unsafe_locals |= locals;
            if !block.visited {
                // The mark means that the block is on the list.
                block.visited = true;
                self.todo.push(id);
            }
        }
    }
}

fn scan_block(graph: &mut Graph, id: BlockId) {
    let mut locals = graph[id].unsafe_locals;
    // What the handler was told last: most instructions have nothing new for it.
    let mut told = None;
    let mut instructions = graph.take_instructions(id);
    for instr in &mut instructions {
        if locals != 0
            && let Some(handler) = instr.handler
            && told != Some((handler, locals))
        {
            graph.add_unsafe(handler, locals);
            told = Some((handler, locals));
        }
        if !instr.opcode.names_local() || instr.arg >= FOLLOWED {
            continue;
        }
        let bit = 1 << instr.arg;
        match effect(instr.opcode) {
            Effect::Unbinds => locals |= bit,
            Effect::Loads if locals & bit != 0 => {
                instr.opcode = Opcode::LOAD_FAST_CHECK;
                graph.changes.note(instr.location, || ChangeKind::Checked { local: instr.arg });
                locals &= !bit;
            }
            Effect::Binds => locals &= !bit,
            Effect::Loads | Effect::None => {}
        }
    }
    graph[id].instructions = instructions;
    if let Some(next) = graph.fallthrough(id) {
        graph.add_unsafe(next, locals);
    }
    if let Some(last) = graph[id].last().copied().filter(|last| last.opcode.is_jump())
        && let Some(target) = last.target
    {
        graph.add_unsafe(target, locals);
    }
}

/// The same for the locals from [`FOLLOWED`] on, block by block: a load is safe behind a store or
/// another load in the same block.
fn scan_many_locals(graph: &mut Graph, nlocals: u32) {
    // The number of the last block, counted from 1, in which the local is known to be bound.
    let mut bound_in = vec![0u32; (nlocals - FOLLOWED) as usize];
    let mut number = 0;
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        number += 1;
        let Graph { blocks, changes, .. } = graph;
        let block = &mut blocks[id.index()];
        at = block.next;
        for instr in &mut block.instructions {
            if !instr.opcode.names_local() {
                continue;
            }
            let Some(local) = instr.arg.checked_sub(FOLLOWED) else { continue };
            match effect(instr.opcode) {
                Effect::Unbinds => bound_in[local as usize] = number - 1,
                Effect::Binds => bound_in[local as usize] = number,
                Effect::Loads => {
                    if bound_in[local as usize] != number {
                        instr.opcode = Opcode::LOAD_FAST_CHECK;
                        changes.note(instr.location, || ChangeKind::Checked { local: instr.arg });
                    }
                    bound_in[local as usize] = number;
                }
                Effect::None => {}
            }
        }
    }
}
