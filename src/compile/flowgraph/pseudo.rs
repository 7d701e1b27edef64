//! Replaces the pseudo-instructions that are left by real ones.

use super::{BlockId, Graph, Instr, nops};
use crate::code::{Opcode, Traits};
use crate::compile::error::CompileError;

/// Writes `JUMP_IF_…`, which keeps its condition, as `COPY`, `TO_BOOL`, `POP_JUMP_IF_…`.
pub(super) fn convert_conditional_jumps(graph: &mut Graph) -> Result<(), CompileError> {
    if !graph.may_have(Traits::JUMP) {
        return Ok(());
    }
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        let block = &mut graph[id];
        at = block.next;
        // A jump is the last instruction of its block.
        let Some(last) = block.instructions.last_mut() else { continue };
        last.opcode = match last.opcode {
            Opcode::JUMP_IF_FALSE => Opcode::POP_JUMP_IF_FALSE,
            Opcode::JUMP_IF_TRUE => Opcode::POP_JUMP_IF_TRUE,
            _ => continue,
        };
        let jump = *last;
        let protected = Instr { target: None, ..jump };
        *last = Instr { opcode: Opcode::COPY, arg: 1, ..protected };
        block.extend(&[Instr { opcode: Opcode::TO_BOOL, arg: 0, ..protected }, jump]);
    }
    Ok(())
}

/// Replaces the other pseudo-instructions; block set-ups have done their work.
pub(super) fn convert_ops(graph: &mut Graph) -> Result<(), CompileError> {
    if graph.may_have(Traits::REPLACED) {
        graph.has_nops |= graph.may_have(Traits::BLOCK_PUSH);
        let instructions = graph.blocks.iter_mut().flat_map(|block| &mut block.instructions);
        for instr in instructions.filter(|instr| instr.opcode.is(Traits::REPLACED)) {
            match instr.opcode {
                Opcode::LOAD_CLOSURE => instr.opcode = Opcode::LOAD_FAST,
                Opcode::STORE_FAST_MAYBE_NULL => instr.opcode = Opcode::STORE_FAST,
                // A block set-up.
                _ => instr.set_nop(),
            }
        }
    }
    nops::remove_nops_and_jumps(graph)
}
