//! The control-flow graph of a code unit, and the passes over it that CPython makes, in its order.
//!
//! Blocks lie in one vector and are chained by `next`, which is the order in which they will be
//! written; blocks that nothing chains to stay in the vector and mean nothing.  A jump or scope
//! exit is always the last instruction of its block, until [`normalize_jumps`] puts `NOT_TAKEN`
//! behind conditional jumps.

mod borrow;
mod build;
mod change;
mod cold;
mod const_table;
mod except;
mod fold;
mod inline_blocks;
mod lines;
mod load_const;
mod locals_plus;
mod nops;
mod normalize_jumps;
mod peephole;
mod pseudo;
mod stack_depth;
mod superinstructions;
mod swaps;
mod uninitialized;
mod unreachable;
mod unused_consts;

use std::num::NonZeroU32;
use std::ops::{Index, IndexMut};
use std::rc::Rc;

pub use change::{Change, ChangeKind, Changes, Operation};
pub use const_table::ConstTable;

use super::error::{CompileError, ErrorKind};
use super::sequence::Location;
use crate::code::{Opcode, Traits};

/// A block of one graph, by its place in the vector of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BlockId(NonZeroU32);

impl BlockId {
    /// Where execution begins.
    pub const ENTRY: Self = Self(NonZeroU32::MIN);

    fn at(index: usize) -> Self {
        Self(NonZeroU32::MIN.saturating_add(index as u32))
    }

    /// The place in [`Graph::blocks`].
    pub const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// An instruction in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instr {
    /// What it does.
    pub opcode: Opcode,
    /// Its argument; means nothing where there is a `target`.
    pub arg: u32,
    /// Where it comes from.
    pub location: Location,
    /// Where it jumps to, or the handler of the region it opens.
    pub target: Option<BlockId>,
    /// The handler of an exception that it raises.
    pub handler: Option<BlockId>,
}

impl Instr {
    /// An instruction that neither jumps nor is protected.
    pub const fn new(opcode: Opcode, arg: u32, location: Location) -> Self {
        Self { opcode, arg, location, target: None, handler: None }
    }

    /// Makes it another instruction, one that does not jump, at the same place.
    fn set(&mut self, opcode: Opcode, arg: u32) {
        self.opcode = opcode;
        self.arg = arg;
        self.target = None;
    }

    /// Makes it do nothing.
    fn set_nop(&mut self) {
        self.set(Opcode::NOP, 0);
    }
}

/// A basic block: entered at its top only, left at its bottom only (or by an exception).
#[allow(clippy::struct_excessive_bools, reason = "each is the finding of another pass")]
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Its instructions.
    pub instructions: Vec<Instr>,
    /// The block written behind it.
    pub next: Option<BlockId>,
    /// Whether a label stands before it.
    pub is_labelled: bool,
    /// How many ways lead into it, falling into it included.
    pub predecessors: u32,
    /// Slots on the value stack where it begins; `None` where it is never reached.
    pub start_depth: Option<u32>,
    /// Whether it is an exception handler that finds the last instruction on the stack too.
    pub preserves_last_instruction: bool,
    /// Whether it begins an exception handler.
    pub is_except_handler: bool,
    /// Whether only exceptions lead to it.
    pub is_cold: bool,
    /// Whether it is reached without an exception.
    pub is_warm: bool,
    /// The handlers of the instructions that stood behind the end before passes shortened the block.
    ///
    /// CPython does not set the handler of an instruction that a pass appends, so that the one left
    /// in that place of its array holds; its exception tables show which.
    stale_handlers: Vec<Option<BlockId>>,
    /// A mark for the pass that runs.
    visited: bool,
    /// For the search for unbound locals: bit `i` says that local `i` may be unbound on entry.
    unsafe_locals: u64,
}

impl Block {
    fn last(&self) -> Option<&Instr> {
        self.instructions.last()
    }

    fn last_opcode(&self) -> Option<Opcode> {
        self.instructions.last().map(|instr| instr.opcode)
    }

    fn falls_through(&self) -> bool {
        !self.last_opcode().is_some_and(Opcode::has_no_fallthrough)
    }

    /// Appends an instruction, which gets the handler that CPython's would have.
    fn append(&mut self, instr: Instr) {
        let handler = if self.stale_handlers.is_empty() { None } else { self.stale_handlers.remove(0) };
        self.instructions.push(Instr { handler, ..instr });
    }

    /// Appends instructions that have their handlers already.
    fn extend(&mut self, instructions: &[Instr]) {
        self.stale_handlers.drain(..instructions.len().min(self.stale_handlers.len()));
        self.instructions.extend_from_slice(instructions);
    }

    /// Drops the instructions from `len` on; the handlers of their places stay.
    fn truncate(&mut self, len: usize) {
        let dropped = self.instructions.drain(len..);
        // Where no handler is known, none is meant.
        if !self.stale_handlers.is_empty() || dropped.as_slice().iter().any(|instr| instr.handler.is_some()) {
            self.stale_handlers.splice(0..0, dropped.map(|instr| instr.handler));
        }
    }

    fn exits_scope(&self) -> bool {
        self.last_opcode().is_some_and(Opcode::is_scope_exit)
    }

    fn has_no_line(&self) -> bool {
        self.instructions.iter().all(|instr| instr.location.line < 0)
    }
}

/// What the passes need to know of the code unit besides its instructions.
#[derive(Clone, Debug, Default)]
pub struct UnitInfo {
    /// `co_firstlineno`.
    pub firstlineno: u32,
    /// `co_flags`.
    pub flags: u32,
    /// How many of `varnames` are parameters.
    pub nparams: u32,
    /// Local variables.
    pub varnames: Vec<Rc<str>>,
    /// Cell variables; some may be in `varnames` too.
    pub cellvars: Vec<Rc<str>>,
    /// Free variables.
    pub freevars: Vec<Rc<str>>,
}

/// A code unit as a graph of basic blocks.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// All blocks ever made, in the order of their making.
    pub blocks: Vec<Block>,
    /// The constants, which some passes add to.
    pub consts: ConstTable,
    /// The names and numbers of the code unit.
    pub unit: UnitInfo,
    /// Slots the value stack may need, once that is computed.
    pub stack_depth: u32,
    /// What the pass that runs has changed.
    pub changes: Changes,
    /// What the instructions were of which it was built, all together.
    traits: Traits,
    /// Whether anything may lead elsewhere than when the ways into blocks were counted last.
    has_new_ways: bool,
    /// Whether there may be NOPs in it.
    has_nops: bool,
    /// Whether there may be instructions without a line in it.
    has_lineless: bool,
    /// Blocks that a pass has still to look at; empty between the passes, which share its room.
    todo: Vec<BlockId>,
    room: Room,
}

/// Vectors that hold nothing between two uses but the room they have grown to: a file has thousands of code
/// units, most of them small, and asking for room would take as long as some passes do.
#[derive(Clone, Debug, Default)]
struct Room {
    /// Of blocks of units that are done.
    blocks: Vec<Vec<Instr>>,
    /// For [`build`].
    places: Vec<build::Place>,
    ways: Vec<build::Way>,
    /// For [`borrow`].
    follower: borrow::Follower,
    /// For [`unused_consts`].
    used_consts: Vec<bool>,
}

impl Index<BlockId> for Graph {
    type Output = Block;

    fn index(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }
}

impl IndexMut<BlockId> for Graph {
    fn index_mut(&mut self, id: BlockId) -> &mut Block {
        &mut self.blocks[id.index()]
    }
}

/// The blocks of a graph in the order in which they will be written.
pub struct Order<'graph> {
    graph: &'graph Graph,
    at: Option<BlockId>,
}

impl Iterator for Order<'_> {
    type Item = BlockId;

    fn next(&mut self) -> Option<BlockId> {
        let id = self.at?;
        self.at = self.graph[id].next;
        Some(id)
    }
}

impl Graph {
    /// The blocks in the order in which they will be written.
    pub fn order(&self) -> Order<'_> {
        Order { graph: self, at: Some(BlockId::ENTRY) }
    }

    /// Whether any instruction may be one of `traits`; no pass may bring such into a graph without them.
    fn may_have(&self, traits: Traits) -> bool {
        let may = self.traits.any(traits);
        let mut instructions = self.blocks.iter().flat_map(|block| &block.instructions);
        debug_assert!(
            may || !instructions.any(|instr| instr.opcode.is(traits)),
            "a pass has made {traits:?}"
        );
        may
    }

    /// Whether anything may lead elsewhere than to what lies behind it.
    fn may_jump(&self) -> bool {
        self.may_have(Traits::JUMP.or(Traits::BLOCK_PUSH))
    }

    /// Whether none of the blocks in order has an instruction of that kind: what a pass relies on that is left out.
    fn has_none(&self, is: impl Fn(&Instr) -> bool) -> bool {
        !self.order().any(|id| self[id].instructions.iter().any(&is))
    }

    fn new_block(&mut self) -> BlockId {
        let instructions = self.room.blocks.pop().unwrap_or_default();
        self.blocks.push(Block { instructions, ..Block::default() });
        BlockId::at(self.blocks.len() - 1)
    }

    /// Drops all blocks; their room is for those to come.
    fn clear_blocks(&mut self) {
        self.room.blocks.extend(self.blocks.drain(..).map(|mut block| {
            block.instructions.clear();
            block.instructions
        }));
    }

    /// `id` or the first block behind it that has instructions.
    fn next_nonempty(&self, id: Option<BlockId>) -> Option<BlockId> {
        let mut at = id;
        while let Some(id) = at {
            if !self[id].instructions.is_empty() {
                return at;
            }
            at = self[id].next;
        }
        None
    }

    /// Takes the instructions of a block out, so that others can be changed meanwhile; they must be put back.
    fn take_instructions(&mut self, id: BlockId) -> Vec<Instr> {
        std::mem::take(&mut self[id].instructions)
    }

    fn clear_visited(&mut self) {
        for block in &mut self.blocks {
            block.visited = false;
        }
    }

    /// Whether control may fall from `id` into the block behind it.
    fn fallthrough(&self, id: BlockId) -> Option<BlockId> {
        let block = &self[id];
        if block.falls_through() { block.next } else { None }
    }
}

/// The compiler contradicts itself: a mistake in this program, not in the one it compiles.
#[cold]
fn contradiction(message: &str) -> CompileError {
    CompileError::nowhere(ErrorKind::System, message)
}

/// One pass over a graph.
pub struct Pass {
    /// CPython's name for it.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub says: &'static str,
    /// The pass itself.
    pub run: fn(&mut Graph) -> Result<(), CompileError>,
}

/// Runs every pass.
pub fn run_passes(graph: &mut Graph) -> Result<(), CompileError> {
    PASSES.iter().try_for_each(|pass| (pass.run)(graph))
}

/// Runs every pass; `after` sees the graph as each one leaves it, and what the pass says it changed.
pub fn watch_passes(
    graph: &mut Graph,
    mut after: impl FnMut(&'static Pass, &Graph, Vec<Change>),
) -> Result<(), CompileError> {
    graph.changes = Changes::kept();
    for pass in PASSES {
        (pass.run)(graph)?;
        let changes = graph.changes.take();
        after(pass, graph, changes);
    }
    Ok(())
}

macro_rules! passes {
    ($($name:literal, $run:path, $says:literal;)*) => {
        /// Every pass, in the order in which they run.
        pub static PASSES: &[Pass] = &[$(Pass { name: $name, says: $says, run: $run }),*];
    };
}

passes! {
    "mark_except_handlers", except::mark_handlers,
        "Marks the blocks that begin an exception handler.";
    "label_exception_targets", except::label_targets,
        "Notes for every instruction which handler an exception in it goes to.";
    "inline_small_or_no_lineno_blocks", inline_blocks::run,
        "Replaces a jump to a short block that leaves the function by a copy of that block.";
    "remove_unreachable", unreachable::run,
        "Empties the blocks that nothing leads to.";
    "resolve_line_numbers", lines::resolve,
        "Gives instructions without a line the line of what leads to them.";
    "optimize_load_const", load_const::run,
        "Uses what is known about constants at jumps and tests, and loads small ints without a constant.";
    "optimize_basic_blocks", peephole::run,
        "Computes with constants, follows jumps to jumps, and merges or drops instructions.";
    "remove_redundant_nops_and_pairs", nops::remove_nops_and_pairs,
        "Drops NOPs, and loads whose value is dropped at once.";
    "remove_unreachable", unreachable::run,
        "Empties the blocks that nothing leads to any more.";
    "remove_redundant_nops_and_jumps", nops::remove_nops_and_jumps,
        "Drops NOPs, and jumps to the instruction behind them.";
    "remove_unused_consts", unused_consts::run,
        "Drops the constants that no instruction loads.";
    "add_checks_for_loads_of_uninitialized_variables", uninitialized::run,
        "Makes loads of locals that may be unbound check that.";
    "insert_superinstructions", superinstructions::run,
        "Merges neighbouring loads and stores of locals into one instruction.";
    "push_cold_blocks_to_end", cold::run,
        "Moves code that only exceptions lead to behind all other code.";
    "resolve_line_numbers", lines::resolve,
        "Gives instructions without a line the line of what leads to them.";
    "convert_pseudo_conditional_jumps", pseudo::convert_conditional_jumps,
        "Writes jumps that keep their condition as COPY, TO_BOOL and a jump that takes it.";
    "calculate_stackdepth", stack_depth::run,
        "Follows every path and notes how deep the value stack is.";
    "prepare_localsplus", locals_plus::run,
        "Numbers cells behind the locals and begins the code with what sets up cells and generators.";
    "convert_pseudo_ops", pseudo::convert_ops,
        "Replaces the instructions that only the compiler knows.";
    "normalize_jumps", normalize_jumps::run,
        "Makes every conditional jump go forward.";
    "optimize_load_fast", borrow::run,
        "Makes loads of locals borrow where the local outlives the use.";
}
