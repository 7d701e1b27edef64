//! Instruction sequence to graph: a block begins at every label that is jumped to and behind every
//! jump and scope exit.

use super::{BlockId, ConstTable, Graph, Instr, UnitInfo, contradiction};
use crate::code::Opcode;
use crate::compile::error::CompileError;
use crate::compile::sequence::{Instruction, Sequence};
use crate::compile::unit::Unit;

/// Room left in each block for what passes put behind a jump, so that few blocks have to move.
const ROOM: usize = 2;

struct Builder<'g> {
    graph: &'g mut Graph,
    /// The block that instructions go into.
    current: BlockId,
    /// Whether a label stands before the next instruction.
    label_pending: bool,
}

impl Builder<'_> {
    /// Starts a block where the last one is ended, or where a label asks for one.
    fn maybe_start_block(&mut self) {
        let current = &mut self.graph[self.current];
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
            let next = self.graph.new_block();
            self.graph[self.current].next = Some(next);
            self.graph[next].is_labelled = self.label_pending;
            self.label_pending = false;
            self.current = next;
        }
    }

    /// Appends instructions without a label between them, of which only the last may end a block.
    fn add(&mut self, run: &[Instruction]) {
        self.maybe_start_block();
        let instructions = &mut self.graph[self.current].instructions;
        instructions.reserve(run.len() + ROOM);
        instructions.extend(
            run.iter().map(|&Instruction { opcode, arg, location }| Instr::new(opcode, arg, location)),
        );
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
        let mut graph = Self::default();
        graph.begin(unit)?;
        Ok(graph)
    }

    /// Becomes the graph of another unit, as [`Graph::new`] makes it, in the room that the last one took.
    pub fn begin(&mut self, unit: &mut Unit) -> Result<(), CompileError> {
        self.clear_blocks();
        self.todo.clear();
        self.stack_depth = 0;
        self.build_blocks(&unit.sequence)?;
        self.unit = UnitInfo {
            firstlineno: unit.firstlineno,
            flags: unit.flags,
            nparams: unit.nparams,
            varnames: std::mem::take(&mut unit.varnames),
            cellvars: std::mem::take(&mut unit.cellvars),
            freevars: std::mem::take(&mut unit.freevars),
        };
        self.consts = ConstTable::new(std::mem::take(&mut unit.consts));
        Ok(())
    }
}

/// What the instruction at an index of the sequence is to jumps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// None leads there.
    Inside,
    /// Some lead there.
    Target,
    /// Some lead there, and this block begins there.
    Start(BlockId),
}

impl Graph {
    fn build_blocks(&mut self, sequence: &Sequence) -> Result<(), CompileError> {
        let code = &sequence.instructions;
        let mut places = std::mem::take(&mut self.room.places);
        places.clear();
        places.resize(code.len(), Place::Inside);
        for instruction in code {
            if instruction.opcode.has_target() {
                places[target_index(sequence, instruction.arg)?] = Place::Target;
            }
        }
        let current = self.new_block();
        let mut builder = Builder { graph: self, current, label_pending: false };
        let mut start = 0;
        while let Some(first) = code.get(start) {
            if first.opcode == Opcode::ANNOTATIONS_PLACEHOLDER {
                add_annotations(&mut builder, sequence)?;
                start += 1;
                continue;
            }
            if places[start] == Place::Target {
                builder.label_pending = true;
                builder.maybe_start_block();
                places[start] = Place::Start(builder.current);
            }
            let end = end_of_run(code, &places, start);
            builder.add(&code[start..end]);
            start = end;
        }
        for block in &mut self.blocks {
            for instr in &mut block.instructions {
                if instr.opcode.has_target()
                    && let Place::Start(target) = places[target_index(sequence, instr.arg)?]
                {
                    instr.target = Some(target);
                }
            }
        }
        self.room.places = places;
        Ok(())
    }
}

/// The end of the instructions from `start` on that go into one block together.
fn end_of_run(code: &[Instruction], places: &[Place], start: usize) -> usize {
    let mut end = start;
    while !code[end].opcode.is_terminator() {
        end += 1;
        if end == code.len()
            || places[end] == Place::Target
            || code[end].opcode == Opcode::ANNOTATIONS_PLACEHOLDER
        {
            return end;
        }
    }
    end + 1
}

/// The deferred code takes the place of the placeholder.
fn add_annotations(builder: &mut Builder<'_>, sequence: &Sequence) -> Result<(), CompileError> {
    let Some(annotations) = &sequence.annotations else { return Ok(()) };
    for instruction in &annotations.instructions {
        if instruction.opcode.has_target() {
            return Err(contradiction("a jump in the code that sets annotations up"));
        }
        builder.add(std::slice::from_ref(instruction));
    }
    Ok(())
}
