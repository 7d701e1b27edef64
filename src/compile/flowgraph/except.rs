//! Exception handlers: which blocks begin one, and which one each instruction is under.

use super::{BlockId, Graph, contradiction};
use crate::code::{Opcode, Traits};
use crate::compile::error::CompileError;

/// `RESUME`'s argument at the start of a function; others stand behind a `yield` or an `await`.
const RESUME_AT_FUNC_START: u32 = 0;
/// In `RESUME`'s argument: the `yield` before it is under no `try`.
const RESUME_DEPTH1: u32 = 4;

/// Marks the blocks that begin an exception handler.
pub(super) fn mark_handlers(graph: &mut Graph) -> Result<(), CompileError> {
    if !graph.may_have(Traits::BLOCK_PUSH) {
        return Ok(());
    }
    for at in 0..graph.blocks.len() {
        let id = BlockId::at(at);
        let instructions = graph.take_instructions(id);
        for push in instructions.iter().filter(|instr| instr.opcode.is_block_push()) {
            graph.target_mut(push.target)?.is_except_handler = true;
        }
        graph[id].instructions = instructions;
    }
    Ok(())
}

/// The handlers around a place, innermost first: a list that shares its tails.
struct Handlers {
    nodes: Vec<Node>,
}

#[derive(Clone, Copy)]
struct Node {
    handler: BlockId,
    outer: Option<u32>,
    depth: u32,
}

impl Handlers {
    fn top(&self, stack: Option<u32>) -> Option<BlockId> {
        stack.map(|node| self.nodes[node as usize].handler)
    }

    fn depth(&self, stack: Option<u32>) -> u32 {
        stack.map_or(0, |node| self.nodes[node as usize].depth)
    }

    fn push(&mut self, outer: Option<u32>, handler: BlockId) -> u32 {
        self.nodes.push(Node { handler, outer, depth: self.depth(outer) + 1 });
        self.nodes.len() as u32 - 1
    }
}

/// Gives every instruction the handler that an exception in it goes to.
pub(super) fn label_targets(graph: &mut Graph) -> Result<(), CompileError> {
    if !graph.blocks.iter().any(|block| block.is_except_handler) {
        return Ok(());
    }
    let mut handlers = Handlers { nodes: Vec::new() };
    graph.clear_visited();
    graph[BlockId::ENTRY].visited = true;
    let mut todo: Vec<(BlockId, Option<u32>)> = vec![(BlockId::ENTRY, None)];
    while let Some((id, mut stack)) = todo.pop() {
        let mut last_yield_depth = None;
        let mut instructions = graph.take_instructions(id);
        for instr in &mut instructions {
            match instr.opcode {
                Opcode::SETUP_WITH | Opcode::SETUP_CLEANUP | Opcode::SETUP_FINALLY => {
                    let keeps = instr.opcode != Opcode::SETUP_FINALLY;
                    let target = graph.target_mut(instr.target)?;
                    target.preserves_last_instruction |= keeps;
                    graph.visit(instr.target, stack, &mut todo);
                    stack = instr.target.map(|target| handlers.push(stack, target));
                    continue;
                }
                Opcode::POP_BLOCK => {
                    let top = stack.ok_or_else(|| contradiction("POP_BLOCK outside of any block"))?;
                    stack = handlers.nodes[top as usize].outer;
                    instr.set_nop();
                    continue;
                }
                Opcode::YIELD_VALUE => last_yield_depth = Some(handlers.depth(stack)),
                Opcode::RESUME if instr.arg != RESUME_AT_FUNC_START => {
                    if last_yield_depth == Some(1) {
                        instr.arg |= RESUME_DEPTH1;
                    }
                    last_yield_depth = None;
                }
                _ => {}
            }
            instr.handler = handlers.top(stack);
            if instr.opcode.is_jump() {
                graph.visit(instr.target, stack, &mut todo);
            }
        }
        graph[id].instructions = instructions;
        let next = graph.fallthrough(id);
        graph.visit(next, stack, &mut todo);
    }
    Ok(())
}

impl Graph {
    /// The block a jump or block set-up leads to.
    fn target_mut(&mut self, target: Option<BlockId>) -> Result<&mut super::Block, CompileError> {
        let target = target.ok_or_else(|| contradiction("a jump without a target"))?;
        Ok(&mut self[target])
    }

    fn visit(&mut self, target: Option<BlockId>, stack: Option<u32>, todo: &mut Vec<(BlockId, Option<u32>)>) {
        if let Some(target) = target
            && !self[target].visited
        {
            self[target].visited = true;
            todo.push((target, stack));
        }
    }
}
