//! Merges two neighbouring loads or stores of locals into one instruction.

use super::{BlockId, ChangeKind, Graph, nops};
use crate::code::Opcode;
use crate::compile::error::CompileError;

/// Locals from this number on do not fit half an argument byte.
const LIMIT: u32 = 16;

/// Merges loads and stores of locals, and drops the gaps.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        let Graph { blocks, changes, .. } = graph;
        let block = &mut blocks[id.index()];
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
            let (opcode, other) = (first.opcode, second.opcode);
            let kind = || ChangeKind::Merged { first: opcode, second: other, into: merged };
            changes.note(first.location, kind);
            first.set(merged, first.arg << 4 | second.arg);
            second.set_nop();
        }
    }
    nops::remove_nops(graph);
    Ok(())
}
