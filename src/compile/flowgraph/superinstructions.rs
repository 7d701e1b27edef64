//! Merges two neighbouring loads or stores of locals into one instruction.

use super::{BlockId, Graph, nops};
use crate::code::Opcode;
use crate::compile::error::CompileError;

/// Locals from this number on do not fit half an argument byte.
const LIMIT: u32 = 16;

/// Merges loads and stores of locals, and drops the gaps.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        let block = &mut graph[id];
        at = block.next;
        for index in 1..block.instructions.len() {
            let [.., first, second] = &mut block.instructions[..=index] else { continue };
            let merged = match (first.opcode, second.opcode) {
                (Opcode::LOAD_FAST, Opcode::LOAD_FAST) => Opcode::LOAD_FAST_LOAD_FAST,
                (Opcode::STORE_FAST, Opcode::LOAD_FAST) => Opcode::STORE_FAST_LOAD_FAST,
                (Opcode::STORE_FAST, Opcode::STORE_FAST) => Opcode::STORE_FAST_STORE_FAST,
                _ => continue,
            };
            let (line, other) = (first.location.line, second.location.line);
            if (line >= 0 && other >= 0 && line != other) || first.arg >= LIMIT || second.arg >= LIMIT {
                continue;
            }
            first.set(merged, first.arg << 4 | second.arg);
            second.set_nop();
        }
    }
    nops::remove_nops(graph);
    Ok(())
}
