//! Instruction sequence to graph: a block begins at every label that is jumped to and behind every
//! jump and scope exit.

use super::{Block, BlockId, ConstTable, Graph, Instr, UnitInfo, contradiction};
use crate::code::Opcode;
use crate::compile::error::CompileError;
use crate::compile::sequence::{Instruction, Sequence};
use crate::compile::unit::Unit;

struct Builder {
    blocks: Vec<Block>,
    /// The block that instructions go into.
    current: usize,
    /// Whether a label stands before the next instruction.
    label_pending: bool,
}

impl Builder {
    /// Starts a block where the last one is ended, or where a label asks for one.
    fn maybe_start_block(&mut self) {
        let current = &mut self.blocks[self.current];
        let ended = match current.last_opcode() {
            Some(opcode) if opcode.is_terminator() => true,
            last if self.label_pending => {
                if last.is_some() || current.is_labelled {
                    true
                } else {
                    current.is_labelled = true;
                    self.label_pending = false;
                    false
                }
            }
            _ => false,
        };
        if ended {
            let next = self.blocks.len();
            self.blocks[self.current].next = Some(BlockId::at(next));
            self.blocks.push(Block { is_labelled: self.label_pending, ..Block::default() });
            self.label_pending = false;
            self.current = next;
        }
    }

    fn add(&mut self, instruction: &Instruction) {
        self.maybe_start_block();
        let Instruction { opcode, arg, location } = *instruction;
        self.blocks[self.current].instructions.push(Instr::new(opcode, arg, location));
    }
}

/// The index of the instruction that each jump or block set-up names, checked.
fn target_index(sequence: &Sequence, label: u32) -> Result<usize, CompileError> {
    let place = sequence.labels.get(label as usize).copied().flatten();
    let index = place.ok_or_else(|| contradiction("a jump to a label that is not placed"))? as usize;
    match sequence.instructions.get(index) {
        Some(instruction) if instruction.opcode != Opcode::ANNOTATIONS_PLACEHOLDER => Ok(index),
        _ => Err(contradiction("a jump to a place without an instruction")),
    }
}

impl Graph {
    /// The graph of `unit`'s instructions; the tables of the unit move into it.
    pub fn new(unit: &mut Unit) -> Result<Self, CompileError> {
        let sequence = std::mem::take(&mut unit.sequence);
        let blocks = build_blocks(&sequence)?;
        let info = UnitInfo {
            firstlineno: unit.firstlineno,
            flags: unit.flags,
            nparams: unit.nparams,
            varnames: std::mem::take(&mut unit.varnames),
            cellvars: std::mem::take(&mut unit.cellvars),
            freevars: std::mem::take(&mut unit.freevars),
        };
        let consts = ConstTable::new(std::mem::take(&mut unit.consts));
        Ok(Self { blocks, consts, unit: info, stack_depth: 0 })
    }
}

fn build_blocks(sequence: &Sequence) -> Result<Vec<Block>, CompileError> {
    let mut is_target = vec![false; sequence.instructions.len()];
    for instruction in &sequence.instructions {
        if instruction.opcode.has_target() {
            is_target[target_index(sequence, instruction.arg)?] = true;
        }
    }
    let mut builder = Builder { blocks: vec![Block::default()], current: 0, label_pending: false };
    // For each instruction that is jumped to, the block it begins.
    let mut block_of = vec![None; sequence.instructions.len()];
    for (index, instruction) in sequence.instructions.iter().enumerate() {
        if instruction.opcode == Opcode::ANNOTATIONS_PLACEHOLDER {
            for annotation in sequence.annotations.iter().flat_map(|code| &code.instructions) {
                if annotation.opcode.has_target() {
                    return Err(contradiction("a jump in the code that sets annotations up"));
                }
                builder.add(annotation);
            }
            continue;
        }
        if is_target[index] {
            builder.label_pending = true;
            builder.maybe_start_block();
            block_of[index] = Some(BlockId::at(builder.current));
        }
        builder.add(instruction);
        debug_assert!(!is_target[index] || block_of[index] == Some(BlockId::at(builder.current)));
    }
    let mut blocks = builder.blocks;
    for instr in blocks.iter_mut().flat_map(|block| &mut block.instructions) {
        if instr.opcode.has_target() {
            instr.target = block_of[target_index(sequence, instr.arg)?];
        }
    }
    Ok(blocks)
}
