//! Merges two neighbouring loads or stores of locals into one instruction.

use super::{BlockId, ChangeKind, Graph, nops};
use crate::code::{Opcode, Traits};
use crate::compile::error::CompileError;

/// Locals from this number on do not fit half an argument byte.
const LIMIT: u32 = 16;

/// Merges loads and stores of locals, and drops the gaps.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    if !graph.may_have(Traits::NAMES_LOCAL) {
        return Ok(());
    }
    let mut gaps = nops::Nops::default();
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        if merge_in(graph, id) {
            nops::remove_nops_in(graph, id, &mut gaps);
        }
        at = graph[id].next;
    }
    graph.has_nops |= gaps.are_left();
    Ok(())
}

/// Whether there was anything to merge in a block.
fn merge_in(graph: &mut Graph, id: BlockId) -> bool {
    let Graph { blocks, changes, .. } = graph;
    let code = &mut blocks[id.index()].instructions;
    let mut found = false;
    for index in 1..code.len() {
        let (first, second) = (code[index - 1].opcode, code[index].opcode);
        if !first.names_local() || !second.names_local() {
            continue;
        }
        let merged = match (first, second) {
            (Opcode::LOAD_FAST, Opcode::LOAD_FAST) => Opcode::LOAD_FAST_LOAD_FAST,
            (Opcode::STORE_FAST, Opcode::LOAD_FAST) => Opcode::STORE_FAST_LOAD_FAST,
            (Opcode::STORE_FAST, Opcode::STORE_FAST) => Opcode::STORE_FAST_STORE_FAST,
            _ => continue,
        };
        let [.., first, second] = &mut code[..=index] else { continue };
        let (line, other) = (first.location.line, second.location.line);
        if (line >= 0 && other >= 0 && line != other) || first.arg >= LIMIT || second.arg >= LIMIT {
            continue;
        }
        let (opcode, other) = (first.opcode, second.opcode);
        changes.note(first.location, || ChangeKind::Merged { first: opcode, second: other, into: merged });
        first.set(merged, first.arg << 4 | second.arg);
        second.set_nop();
        found = true;
    }
    found
}
