//! Drops instructions that do nothing, where no line would be lost by it.

use super::{BlockId, Graph, Instr, contradiction};
use crate::code::Opcode;
use crate::compile::error::CompileError;

/// Drops NOPs and jumps to what lies behind them, until there is none left.
pub(super) fn remove_nops_and_jumps(graph: &mut Graph) -> Result<(), CompileError> {
    loop {
        let nops = remove_nops(graph);
        let jumps = remove_jumps(graph)?;
        // A NOP that is left may go once what lies behind it is gone.
        if jumps == 0 && (nops.removed == 0 || nops.kept == 0) {
            return Ok(());
        }
    }
}

/// How many NOPs were dropped, and how many stayed.
#[derive(Clone, Copy, Default)]
pub(super) struct Nops {
    removed: usize,
    kept: usize,
}

impl Nops {
    /// Whether there are still some.
    pub(super) fn are_left(&self) -> bool {
        self.kept > 0
    }
}

/// Drops NOPs that no line needs.
fn remove_nops(graph: &mut Graph) -> Nops {
    let mut nops = Nops::default();
    if !graph.has_nops {
        debug_assert!(graph.has_none(|instr| instr.opcode == Opcode::NOP), "a pass has left a NOP");
        return nops;
    }
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        remove_nops_in(graph, id, &mut nops);
        at = graph[id].next;
    }
    graph.has_nops = nops.are_left();
    nops
}

/// The line of the first instruction that falling out of `id` leads to and that is sure to stay.
fn line_behind(graph: &Graph, id: BlockId) -> Option<i32> {
    let next = graph.next_nonempty(graph[id].next)?;
    graph[next]
        .instructions
        .iter()
        // NOPs without a line will be dropped, too.
        .find(|instr| instr.opcode != Opcode::NOP || instr.location.line >= 0)
        .map(|instr| instr.location.line)
}

/// Drops the NOPs of one block that no line needs.
pub(super) fn remove_nops_in(graph: &mut Graph, id: BlockId, nops: &mut Nops) {
    let first = graph[id].instructions.iter().position(|instr| instr.opcode == Opcode::NOP);
    let Some(first) = first else { return };
    let mut code = graph.take_instructions(id);
    let mut kept = first;
    let mut previous_line = first.checked_sub(1).map_or(-1, |before| code[before].location.line);
    for at in first..code.len() {
        let instr = code[at];
        let line = instr.location.line;
        if instr.opcode == Opcode::NOP {
            if line < 0 || line == previous_line {
                continue;
            }
            if let Some(next) = code.get_mut(at + 1) {
                if next.location.line == line {
                    continue;
                }
                if next.location.line < 0 {
                    next.location = instr.location;
                    continue;
                }
            } else if line_behind(graph, id) == Some(line) {
                continue;
            }
            nops.kept += 1;
        }
        code[kept] = instr;
        kept += 1;
        previous_line = line;
    }
    nops.removed += code.len() - kept;
    graph[id].instructions = code;
    graph[id].truncate(kept);
}

/// Makes jumps NOPs that lead to what they would fall into; says how many.
fn remove_jumps(graph: &mut Graph) -> Result<usize, CompileError> {
    let mut changes = 0;
    if !graph.may_jump() {
        return Ok(changes);
    }
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        let block = &graph[id];
        at = block.next;
        let Some(last) = block.last().filter(|last| last.opcode.is_unconditional_jump()) else { continue };
        let target = graph.next_nonempty(last.target);
        if target.is_none() {
            return Err(contradiction("a jump to nowhere"));
        }
        if target == graph.next_nonempty(block.next)
            && let Some(last) = graph[id].instructions.last_mut()
        {
            last.set_nop();
            changes += 1;
        }
    }
    graph.has_nops |= changes > 0;
    Ok(changes)
}

/// Drops NOPs, and pairs of a load and the `POP_TOP` that drops the loaded value.
pub(super) fn remove_nops_and_pairs(graph: &mut Graph) -> Result<(), CompileError> {
    while remove_pairs(graph) {}
    Ok(())
}

/// One round; whether a pair was found.
fn remove_pairs(graph: &mut Graph) -> bool {
    let mut changed = false;
    let mut nops = Nops::default();
    // Where the instruction executed last before a block stands, if that is known.
    let mut before: Option<(BlockId, usize)> = None;
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        remove_nops_in(graph, id, &mut nops);
        if graph[id].is_labelled {
            before = None;
        }
        let code = &mut graph[id].instructions;
        for index in 1..code.len() {
            if code[index].opcode == Opcode::POP_TOP && pushes_only(&code[index - 1]) {
                code[index - 1].set_nop();
                code[index].set_nop();
                changed = true;
            }
        }
        let begins_with_pop = code.first().is_some_and(|first| first.opcode == Opcode::POP_TOP);
        if let Some((block, last)) = before.filter(|_| begins_with_pop)
            && pushes_only(&graph[block].instructions[last])
        {
            graph[block].instructions[last].set_nop();
            graph[id].instructions[0].set_nop();
            changed = true;
        }
        let block = &graph[id];
        at = block.next;
        before = block.instructions.len().checked_sub(1).map(|last| (id, last)).or(before);
        let jumps = before.is_some_and(|(block, last)| graph[block].instructions[last].opcode.is_jump());
        if jumps || !graph[id].falls_through() {
            before = None;
        }
    }
    graph.has_nops = changed || nops.are_left();
    graph.consts.may_have_unused |= changed;
    changed
}

/// Whether an instruction does nothing but push a value that is there anyway.
fn pushes_only(instr: &Instr) -> bool {
    match instr.opcode {
        Opcode::COPY => instr.arg == 1,
        opcode => matches!(opcode, Opcode::LOAD_CONST | Opcode::LOAD_SMALL_INT),
    }
}
