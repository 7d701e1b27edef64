//! Drops constants that are not loaded any more.

use super::{BlockId, ChangeKind, Graph};
use crate::code::Opcode;
use crate::compile::error::CompileError;
use crate::compile::sequence::Location;

/// Drops unused constants and renumbers the others; the first stays, as it may be the docstring.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    if !graph.consts.may_have_unused {
        debug_assert!(
            (1..graph.consts.values().len()).all(|at| is_loaded(graph, at)),
            "a pass has dropped a load"
        );
        return Ok(());
    }
    let mut used = std::mem::take(&mut graph.room.used_consts);
    used.clear();
    used.resize(graph.consts.values().len() + 1, false);
    drop_unused(graph, &mut used);
    graph.room.used_consts = used;
    Ok(())
}

/// Whether an instruction loads the constant at that place.
fn is_loaded(graph: &Graph, at: usize) -> bool {
    !graph.has_none(|instr| instr.opcode == Opcode::LOAD_CONST && instr.arg as usize == at)
}

/// The same, with a mark for each constant, not set yet, for whether it is used, and one for what loads none.
fn drop_unused(graph: &mut Graph, used: &mut [bool]) {
    let none = used.len() - 1;
    // The first stays, and without any this is the mark of none.
    used[0] = true;
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        let block = &graph[id];
        for instr in &block.instructions {
            // Which ones load constants cannot be guessed: a store costs less than a branch.
            let loads = instr.opcode == Opcode::LOAD_CONST;
            used[if loads { instr.arg as usize } else { none }] = true;
        }
        at = block.next;
    }
    let used = &mut used[..none];
    if used.iter().all(|&used| used) {
        return;
    }
    let mut kept = 0;
    let new_places: Vec<u32> = used
        .iter()
        .map(|&used| {
            kept += u32::from(used);
            // Of a dropped constant this is not the place, but nothing asks for that.
            kept.saturating_sub(1)
        })
        .collect();
    for block in &mut graph.blocks {
        for instr in block.instructions.iter_mut().filter(|instr| instr.opcode == Opcode::LOAD_CONST) {
            instr.arg = new_places[instr.arg as usize];
        }
    }
    let Graph { consts, changes, .. } = graph;
    for (value, _) in consts.values().iter().zip(&*used).filter(|(_, used)| !**used) {
        changes.note(Location::NONE, || ChangeKind::Dropped { value: value.clone() });
    }
    consts.retain(used);
}
