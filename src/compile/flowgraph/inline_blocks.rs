//! Copies short exit blocks to the jumps that lead to them.

use super::{BlockId, ChangeKind, Graph};
use crate::code::{Opcode, Traits};
use crate::compile::error::CompileError;

/// The largest exit block that is copied, in instructions.
const MAX_COPY_SIZE: usize = 4;

/// Replaces jumps to a short exit block, or to a block without lines that nothing falls out of, by
/// that block's instructions, until there is none left.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    let mut changed = graph.may_have(Traits::JUMP);
    // Every change removes a jump, so that this comes to an end.
    while changed {
        changed = false;
        let mut at = Some(BlockId::ENTRY);
        while let Some(id) = at {
            changed |= inline_into(graph, id);
            at = graph[id].next;
        }
    }
    Ok(())
}

fn inline_into(graph: &mut Graph, id: BlockId) -> bool {
    let Some(&last) = graph[id].last() else { return false };
    let Some(target) = last.target.filter(|_| last.opcode.is_unconditional_jump()) else { return false };
    let block = &graph[target];
    let is_small_exit = block.exits_scope() && block.instructions.len() <= MAX_COPY_SIZE;
    let has_no_line = block.has_no_line() && !block.falls_through();
    if !is_small_exit && !has_no_line {
        return false;
    }
    let copy = block.instructions.clone();
    let extended = &mut graph[id];
    if let Some(jump) = extended.instructions.last_mut() {
        jump.set_nop();
    }
    extended.extend(&copy);
    if let Some(new_last) = extended.instructions.last_mut()
        && has_no_line
        && new_last.opcode.is_unconditional_jump()
        && last.opcode == Opcode::JUMP
    {
        // A jump that gave others a turn must not become one that does not.
        new_last.opcode = Opcode::JUMP;
    }
    graph.changes.note(last.location, || ChangeKind::Copied { block: target });
    let target = &mut graph[target];
    target.predecessors = target.predecessors.saturating_sub(1);
    true
}
