//! Moves exception handlers out of the way of the code that runs most.

use super::{BlockId, ChangeKind, Graph, Instr, nops};
use crate::code::Opcode;
use crate::compile::error::CompileError;
use crate::compile::sequence::Location;

/// Moves the blocks that only exceptions lead to behind all others.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    if !graph.blocks.iter().any(|block| block.is_except_handler) {
        return Ok(());
    }
    mark_warm(graph);
    mark_cold(graph);
    jump_back_to_warm(graph);
    if move_to_end(graph) {
        nops::remove_nops_and_jumps(graph)?;
    }
    Ok(())
}

impl Graph {
    fn mark_way(&mut self, id: Option<BlockId>) {
        if let Some(id) = id
            && !self[id].visited
            && !self[id].is_warm
        {
            self[id].visited = true;
            self.todo.push(id);
        }
    }

    /// Marks what is reached from `id` by falling through and by jumps, but not by exceptions.
    fn mark_ways_out(&mut self, id: BlockId) {
        self.mark_way(self.fallthrough(id));
        if let Some(&last) = self[id].last().filter(|last| last.opcode.is_jump()) {
            self.mark_way(last.target);
        }
    }
}

fn mark_warm(graph: &mut Graph) {
    graph.clear_visited();
    graph[BlockId::ENTRY].visited = true;
    graph.todo.push(BlockId::ENTRY);
    while let Some(id) = graph.todo.pop() {
        graph[id].is_warm = true;
        graph.mark_ways_out(id);
    }
}

fn mark_cold(graph: &mut Graph) {
    graph.clear_visited();
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        let block = &mut graph[id];
        at = block.next;
        if block.is_except_handler {
            block.visited = true;
            graph.todo.push(id);
        }
    }
    while let Some(id) = graph.todo.pop() {
        graph[id].is_cold = true;
        graph.mark_ways_out(id);
    }
}

/// Where a cold block falls into a warm one, it will have to jump.
fn jump_back_to_warm(graph: &mut Graph) {
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        at = graph[id].next;
        let Some(next) = graph.fallthrough(id) else { continue };
        if !graph[id].is_cold || !graph[next].is_warm {
            continue;
        }
        graph[next].is_labelled = true;
        let jump = graph.new_block();
        let block = &mut graph[jump];
        let instr = Instr::new(Opcode::JUMP_NO_INTERRUPT, 0, Location::NONE);
        block.instructions.push(Instr { target: Some(next), ..instr });
        block.next = Some(next);
        block.predecessors = 1;
        block.is_cold = true;
        graph[id].next = Some(jump);
        graph.has_lineless = true;
    }
}

/// Chains the cold blocks behind the others; whether there are any.
fn move_to_end(graph: &mut Graph) -> bool {
    let (cold, warm): (Vec<BlockId>, Vec<BlockId>) = graph.order().partition(|&id| graph[id].is_cold);
    if cold.is_empty() {
        return false;
    }
    let last_warm = warm.last().map_or(0, |last| last.index());
    for &block in cold.iter().filter(|block| block.index() < last_warm) {
        let location = graph[block].instructions.first().map_or(Location::NONE, |first| first.location);
        graph.changes.note(location, || ChangeKind::Moved { block });
    }
    let mut order = warm.into_iter().chain(cold).peekable();
    while let Some(id) = order.next() {
        graph[id].next = order.peek().copied();
    }
    true
}
