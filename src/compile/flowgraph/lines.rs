//! Line numbers for instructions that have none: every exit must know its line (PEP 626), as the
//! line of a frame is computed from its last instruction.

use super::{Block, BlockId, Graph, Instr};
use crate::compile::error::CompileError;
use crate::compile::sequence::Location;

/// Gives instructions without a line the line of what leads to them.
pub(super) fn resolve(graph: &mut Graph) -> Result<(), CompileError> {
    if !graph.has_lineless {
        debug_assert!(
            graph.has_none(|instr| instr.location.line < 0),
            "a pass has left an instruction without a line"
        );
        return Ok(());
    }
    if graph.may_jump() {
        duplicate_exits(graph);
    }
    copy_lines_into_exits(graph);
    propagate(graph);
    Ok(())
}

impl Block {
    fn is_exit_or_eval_check_without_line(&self) -> bool {
        let has_eval_break = || self.instructions.iter().any(|instr| instr.opcode.has_eval_break());
        // Almost every block has a line, and its first instruction tells.
        self.has_no_line() && (self.exits_scope() || has_eval_break())
    }
}

/// Copies exit blocks without a line, so that each is jumped to from one place only and can take
/// the line of that place.
fn duplicate_exits(graph: &mut Graph) {
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        duplicate_exit(graph, id);
        at = graph[id].next;
    }
}

fn duplicate_exit(graph: &mut Graph, id: BlockId) {
    let Some(&last) = graph[id].last() else { return };
    if !last.opcode.is_jump() {
        return;
    }
    let Some(target) = graph.next_nonempty(last.target) else { return };
    let block = &mut graph[target];
    if block.predecessors <= 1 || !block.is_exit_or_eval_check_without_line() {
        return;
    }
    block.predecessors -= 1;
    // The copy may lead on to others.
    graph.has_new_ways = true;
    let copy = graph.new_block();
    let mut instructions = graph.take_instructions(copy);
    let block = &mut graph[target];
    instructions.extend_from_slice(&block.instructions);
    instructions[0].location = last.location;
    let next = block.next.replace(copy);
    graph[copy] = Block { instructions, next, is_labelled: true, predecessors: 1, ..Block::default() };
    if let Some(jump) = graph[id].instructions.last_mut() {
        jump.target = Some(copy);
    }
}

/// The exits without a line that are left can only be fallen into, from one block.
fn copy_lines_into_exits(graph: &mut Graph) {
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        let block = &graph[id];
        at = block.next;
        let (Some(last), Some(next)) = (block.last(), block.next) else { continue };
        if last.opcode.has_no_fallthrough() {
            continue;
        }
        let location = last.location;
        let next = &mut graph[next];
        if next.is_exit_or_eval_check_without_line()
            && let Some(first) = next.instructions.first_mut()
        {
            first.location = location;
        }
    }
}

/// Copies lines down each block, and on into a block that only this one leads to.
fn propagate(graph: &mut Graph) {
    let mut has_lineless = false;
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        let block = &mut graph[id];
        at = block.next;
        let lineless = |instr: &Instr| instr.location.line < 0;
        if let Some(first) = block.instructions.iter().position(lineless) {
            let before = first.checked_sub(1).map(|before| block.instructions[before].location);
            let mut location = before.unwrap_or(Location::NONE);
            for instr in &mut block.instructions[first..] {
                // Instructions that take the location of the one behind them are left for later.
                if instr.location.line == Location::NONE.line {
                    instr.location = location;
                } else {
                    location = instr.location;
                }
                has_lineless |= lineless(instr);
            }
        }
        let Some(&last) = block.last() else { continue };
        let location = last.location;
        let next = block.next.filter(|_| !last.opcode.has_no_fallthrough());
        let target = last.target.filter(|_| last.opcode.is_jump());
        for successor in next.into_iter().chain(target) {
            let successor = &mut graph[successor];
            if successor.predecessors == 1
                && let Some(first) = successor.instructions.first_mut()
                && first.location.line == Location::NONE.line
            {
                first.location = location;
            }
        }
    }
    graph.has_lineless = has_lineless;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Opcode;

    #[test]
    fn an_exit_without_a_line_has_an_eval_break_or_leaves() {
        let mut block = Block::default();
        block.instructions.push(Instr::new(Opcode::NOP, 0, Location::NONE));
        assert!(!block.is_exit_or_eval_check_without_line());
        block.instructions.push(Instr::new(Opcode::JUMP, 0, Location::NONE));
        assert!(block.is_exit_or_eval_check_without_line());
        block.instructions[0].location.line = 3;
        assert!(!block.is_exit_or_eval_check_without_line());
    }
}
