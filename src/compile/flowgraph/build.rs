//! Instruction sequence to graph: a block begins at every label that is jumped to and behind every
//! jump and scope exit.

use super::{BlockId, ConstTable, Graph, Instr, UnitInfo, contradiction};
use crate::code::{Opcode, Traits};
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

    /// Appends instructions without a label between them, of which only the last may end a block; says where
    /// the first of them went.
    fn add(&mut self, run: &[Instruction]) -> (BlockId, usize) {
        self.maybe_start_block();
        let instructions = &mut self.graph[self.current].instructions;
        let at = instructions.len();
        instructions.reserve(run.len() + ROOM);
        instructions.extend(
            run.iter().map(|&Instruction { opcode, arg, location }| Instr::new(opcode, arg, location)),
        );
        (self.current, at)
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
        (self.has_new_ways, self.has_nops, self.has_lineless) = (true, true, true);
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

/// What begins with the instruction at an index of the sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing.
    Inside,
    /// What lies behind a jump or scope exit.
    Behind,
    /// Some jumps lead there.
    Target,
    /// Some jumps lead there, and this block begins there.
    Start(BlockId),
    /// Not an instruction: deferred code takes its place.
    Placeholder,
}

/// An instruction that leads to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// Its index in the sequence.
    from: usize,
    /// The index of the other.
    to: usize,
    /// Its place in a block, once it has one.
    place: (BlockId, usize),
}

impl Graph {
    fn build_blocks(&mut self, sequence: &Sequence) -> Result<(), CompileError> {
        let mut places = std::mem::take(&mut self.room.places);
        let mut ways = std::mem::take(&mut self.room.ways);
        let built = self.build_with(sequence, &mut places, &mut ways);
        self.room.places = places;
        self.room.ways = ways;
        built
    }

    fn build_with(
        &mut self,
        sequence: &Sequence,
        places: &mut Vec<Place>,
        ways: &mut Vec<Way>,
    ) -> Result<(), CompileError> {
        let code = &sequence.instructions;
        self.traits = find_ways(sequence, places, ways)?;
        let current = self.new_block();
        let mut builder = Builder { graph: self, current, label_pending: false };
        let mut waiting = ways.iter_mut().peekable();
        let mut start = 0;
        while let Some(&place) = places.get(start) {
            if place == Place::Placeholder {
                add_annotations(&mut builder, sequence)?;
                start += 1;
                continue;
            }
            if place == Place::Target {
                builder.label_pending = true;
                builder.maybe_start_block();
                places[start] = Place::Start(builder.current);
            }
            let behind = places[start + 1..].iter().position(|place| *place != Place::Inside);
            let end = behind.map_or(code.len(), |behind| start + 1 + behind);
            let (block, first) = builder.add(&code[start..end]);
            while let Some(way) = waiting.next_if(|way| way.from < end) {
                way.place = (block, first + way.from - start);
            }
            start = end;
        }
        for way in ways {
            if let Place::Start(target) = places[way.to] {
                let (block, at) = way.place;
                self[block].instructions[at].target = Some(target);
            }
        }
        Ok(())
    }
}

/// Notes for every instruction of a sequence what begins there, and the jumps and block set-ups in order; gives
/// what any of the instructions is.
fn find_ways(
    sequence: &Sequence,
    places: &mut Vec<Place>,
    ways: &mut Vec<Way>,
) -> Result<Traits, CompileError> {
    places.clear();
    places.resize(sequence.instructions.len(), Place::Inside);
    ways.clear();
    let mut all = Traits::NONE;
    for (from, instruction) in sequence.instructions.iter().enumerate() {
        let traits = instruction.opcode.traits();
        all = all.or(traits);
        if !traits.any(BOUNDARIES) {
            continue;
        }
        if traits.any(Traits::JUMP.or(Traits::SCOPE_EXIT))
            && let Some(behind @ Place::Inside) = places.get_mut(from + 1)
        {
            *behind = Place::Behind;
        }
        if traits.any(Traits::JUMP.or(Traits::BLOCK_PUSH)) {
            let to = target_index(sequence, instruction.arg)?;
            places[to] = Place::Target;
            ways.push(Way { from, to, place: (BlockId::ENTRY, 0) });
        } else if traits.any(Traits::PLACEHOLDER) {
            places[from] = Place::Placeholder;
            let deferred = sequence.annotations.iter().flat_map(|annotations| &annotations.instructions);
            all = deferred.fold(all, |all, instruction| all.or(instruction.opcode.traits()));
        }
    }
    Ok(all)
}

/// Instructions that begin or end something.
const BOUNDARIES: Traits = Traits::JUMP.or(Traits::BLOCK_PUSH).or(Traits::SCOPE_EXIT).or(Traits::PLACEHOLDER);

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
