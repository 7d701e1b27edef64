//! How deep the value stack gets, and how deep it is where each block begins.

use super::{BlockId, Graph, contradiction};
use crate::code::Opcode;
use crate::compile::error::{CompileError, ErrorKind};

/// Follows every path from the entry.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    for block in &mut graph.blocks {
        block.start_depth = None;
    }
    let mut deepest = 0;
    graph.begin_at(BlockId::ENTRY, 0)?;
    while let Some(id) = graph.todo.pop() {
        let mut depth = graph[id].start_depth.unwrap_or(0);
        let instructions = graph.take_instructions(id);
        for instr in &instructions {
            deepest = deepest.max(depth);
            let (popped, pushed) = instr.opcode.exchanged(instr.arg);
            if let Some(target) = instr.target
                && instr.opcode != Opcode::END_ASYNC_FOR
            {
                let there = (depth + instr.opcode.pushed_at_target(instr.arg))
                    .checked_sub(popped)
                    .ok_or_else(underflow)?;
                graph.begin_at(target, there)?;
            }
            depth = (depth + pushed).checked_sub(popped).ok_or_else(underflow)?;
        }
        graph[id].instructions = instructions;
        if let Some(next) = graph.fallthrough(id) {
            graph.begin_at(next, depth)?;
        }
    }
    graph.stack_depth = deepest;
    Ok(())
}

/// No source comes to this; trees that programs build do.
#[cold]
fn underflow() -> CompileError {
    CompileError::nowhere(ErrorKind::Value, "Invalid CFG, stack underflow")
}

impl Graph {
    fn begin_at(&mut self, id: BlockId, depth: u32) -> Result<(), CompileError> {
        match self[id].start_depth {
            None => {
                self[id].start_depth = Some(depth);
                self.todo.push(id);
                Ok(())
            }
            Some(known) if known == depth => Ok(()),
            Some(_) => Err(contradiction("two ways lead to one place with different stacks")),
        }
    }
}
