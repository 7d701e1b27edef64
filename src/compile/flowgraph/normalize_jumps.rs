//! Makes conditional jumps go forward: only unconditional ones go back.

use super::{Block, BlockId, Graph, Instr};
use crate::code::{Opcode, Traits};
use crate::compile::error::CompileError;

/// Puts `NOT_TAKEN` behind conditional jumps, and turns those that go back into the opposite jump
/// around an unconditional one.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    if !graph.may_have(Traits::JUMP) {
        return Ok(());
    }
    graph.clear_visited();
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        graph[id].visited = true;
        normalize(graph, id);
        at = graph[id].next;
    }
    Ok(())
}

fn normalize(graph: &mut Graph, id: BlockId) {
    let Some(&jump) = graph[id].last() else { return };
    let opposite = match jump.opcode {
        Opcode::POP_JUMP_IF_NOT_NONE => Opcode::POP_JUMP_IF_NONE,
        Opcode::POP_JUMP_IF_NONE => Opcode::POP_JUMP_IF_NOT_NONE,
        Opcode::POP_JUMP_IF_FALSE => Opcode::POP_JUMP_IF_TRUE,
        Opcode::POP_JUMP_IF_TRUE => Opcode::POP_JUMP_IF_FALSE,
        _ => return,
    };
    let not_taken = Instr::new(Opcode::NOT_TAKEN, 0, jump.location);
    let Some(target) = jump.target.filter(|&target| graph[target].visited) else {
        graph[id].append(not_taken);
        return;
    };
    let Block { next, is_cold, .. } = graph[id];
    let start_depth = graph[target].start_depth;
    let back = graph.new_block();
    let block = &mut graph[back];
    let jump_back = Instr { target: Some(target), ..Instr::new(Opcode::JUMP, 0, jump.location) };
    block.instructions.extend([not_taken, jump_back]);
    (block.next, block.start_depth, block.is_cold) = (next, start_depth, is_cold);
    let block = &mut graph[id];
    block.next = Some(back);
    if let Some(last) = block.instructions.last_mut() {
        last.opcode = opposite;
        last.target = next;
    }
}
