//! Empties the blocks that nothing leads to, and counts the ways into the others.

use super::{BlockId, ChangeKind, Graph};
use crate::code::Traits;
use crate::compile::error::CompileError;

/// Counts predecessors and empties the blocks that have none.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    if std::mem::take(&mut graph.has_new_ways) {
        count_and_empty(graph);
    } else {
        debug_assert!(counts_hold(graph), "a pass has led a jump elsewhere");
    }
    Ok(())
}

/// Whether to count anew would change nothing.
fn counts_hold(graph: &Graph) -> bool {
    let mut counted = graph.clone();
    count_and_empty(&mut counted);
    graph.order().all(|id| {
        let (before, after) = (&graph[id], &counted[id]);
        before.predecessors == after.predecessors && before.instructions == after.instructions
    })
}

fn count_and_empty(graph: &mut Graph) {
    for block in &mut graph.blocks {
        block.predecessors = 0;
        block.visited = false;
    }
    graph.come_into(BlockId::ENTRY);
    while let Some(id) = graph.todo.pop() {
        if let Some(next) = graph.fallthrough(id) {
            graph.come_into(next);
        }
        if !graph.may_have(Traits::BLOCK_PUSH) {
            // Only the last one may lead elsewhere.
            if let Some(target) = graph[id].last().and_then(|last| last.target) {
                graph.come_into(target);
            }
            continue;
        }
        let instructions = graph.take_instructions(id);
        for target in instructions.iter().filter_map(|instr| instr.target) {
            graph.come_into(target);
        }
        graph[id].instructions = instructions;
    }
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        let Graph { blocks, changes, consts, .. } = graph;
        let block = &mut blocks[id.index()];
        if block.predecessors == 0 {
            let instructions = block.instructions.len();
            if let Some(first) = block.instructions.first() {
                changes.note(first.location, || ChangeKind::Removed { block: id, instructions });
                consts.may_have_unused = true;
            }
            block.instructions.clear();
            block.is_except_handler = false;
        }
        at = block.next;
    }
}

impl Graph {
    fn come_into(&mut self, id: BlockId) {
        let block = &mut self[id];
        block.predecessors += 1;
        if !block.visited {
            block.visited = true;
            self.todo.push(id);
        }
    }
}
