//! Loads of locals that need no reference of their own.
//!
//! A load may borrow where its value leaves the stack before the local can be bound anew, in the
//! same block, and is not stored in a local.  Each block is followed with a stack of references that
//! remember which instruction pushed them, and which local they came from.

use super::{Block, BlockId, Graph, Instr, contradiction};
use crate::code::opcode::NUMBERS;
use crate::code::{Opcode, Traits};
use crate::compile::error::CompileError;

/// What lies in one slot of the value stack.
#[derive(Clone, Copy, Debug)]
struct Reference {
    /// The instruction of this block that pushed it; `NONE` for what was there before.
    pushed_by: u32,
    /// The local that keeps it alive, if a load pushed it, else `NONE`.
    local: u32,
}

/// Neither an instruction nor a local.
const NONE: u32 = u32::MAX;

const UNKNOWN: Reference = Reference { pushed_by: NONE, local: NONE };

/// The stack while a block is followed, and what is found out about its instructions.
#[derive(Clone, Debug, Default)]
pub(super) struct Follower {
    stack: Vec<Reference>,
    /// For each instruction whether a reference that it pushed outlives its local's value, is
    /// stored, or is still there at the end of the block.
    must_own: Vec<bool>,
}

/// Loads of locals, and what becomes one.
const LOADS_LOCAL: Traits = Traits::NAMES_LOCAL.or(Traits::REPLACED);

/// Makes loads borrow in all blocks that are reached without an exception.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    if !graph.may_have(LOADS_LOCAL) {
        return Ok(());
    }
    graph.clear_visited();
    graph[BlockId::ENTRY].start_depth = Some(0);
    graph[BlockId::ENTRY].visited = true;
    graph.todo.push(BlockId::ENTRY);
    let mut follower = std::mem::take(&mut graph.room.follower);
    while let Some(id) = graph.todo.pop() {
        visit_ways_out(graph, id);
        if !graph[id].instructions.iter().any(|instr| loads_local(instr.opcode)) {
            continue;
        }
        follow_block(&graph[id], &mut follower)?;
        for (instr, must_own) in graph[id].instructions.iter_mut().zip(&follower.must_own) {
            if !must_own {
                match instr.opcode {
                    Opcode::LOAD_FAST => instr.opcode = Opcode::LOAD_FAST_BORROW,
                    Opcode::LOAD_FAST_LOAD_FAST => {
                        instr.opcode = Opcode::LOAD_FAST_BORROW_LOAD_FAST_BORROW;
                    }
                    _ => {}
                }
            }
        }
    }
    graph.room.follower = follower;
    Ok(())
}

/// Whether it is one of the loads that may borrow.
const fn loads_local(opcode: Opcode) -> bool {
    matches!(opcode, Opcode::LOAD_FAST | Opcode::LOAD_FAST_LOAD_FAST)
}

fn follow_block(block: &Block, follower: &mut Follower) -> Result<(), CompileError> {
    follower.must_own.clear();
    follower.must_own.resize(block.instructions.len(), false);
    follower.stack.clear();
    follower.stack.resize(block.start_depth.unwrap_or(0) as usize, UNKNOWN);
    for (at, instr) in block.instructions.iter().enumerate() {
        follower
            .follow(at, instr)
            .ok_or_else(|| contradiction("the value stack runs empty while following references"))?;
    }
    follower.leave_unconsumed();
    Ok(())
}

/// Puts the blocks that `id` leads to on the list, if they were not there yet.
fn visit_ways_out(graph: &mut Graph, id: BlockId) {
    let block = &graph[id];
    // Only a NOT_TAKEN may stand behind the one that jumps.
    let jump = block.instructions.iter().rev().take(2).find_map(|instr| instr.target);
    debug_assert!(
        block.instructions.iter().filter_map(|instr| instr.target).eq(jump),
        "a jump in the middle of a block"
    );
    // CPython stops at a block that other passes have emptied; the code behind it does not borrow.
    let next = if block.instructions.is_empty() { None } else { graph.fallthrough(id) };
    for target in jump.into_iter().chain(next) {
        if !graph[target].visited {
            graph[target].visited = true;
            graph.todo.push(target);
        }
    }
}

impl Follower {
    fn push(&mut self, at: usize, local: u32) {
        self.stack.push(Reference { pushed_by: at as u32, local });
    }

    fn own(&mut self, reference: Reference) {
        if let Some(must_own) = self.must_own.get_mut(reference.pushed_by as usize) {
            *must_own = true;
        }
    }

    /// `local` gets another value, so that what is borrowed from it would be lost.
    fn kill(&mut self, local: u32) {
        for index in 0..self.stack.len() {
            if self.stack[index].local == local {
                self.own(self.stack[index]);
            }
        }
    }

    fn store(&mut self, local: u32) -> Option<()> {
        let reference = self.stack.pop()?;
        self.kill(local);
        self.own(reference);
        Some(())
    }

    fn leave_unconsumed(&mut self) {
        for index in 0..self.stack.len() {
            self.own(self.stack[index]);
        }
    }

    /// Runs one instruction on the stack of references; `None` where the stack is too short.
    #[inline]
    fn follow(&mut self, at: usize, instr: &Instr) -> Option<()> {
        let Instr { opcode, arg, .. } = *instr;
        if opcode == Opcode::LOAD_FAST {
            self.push(at, arg);
            Some(())
        } else if COUNTS_ONLY[opcode.number() as usize] {
            let (popped, pushed) = opcode.exchanged(arg);
            self.pop(popped)?;
            if pushed == 1 {
                self.push(at, NONE);
            } else {
                self.push_many(at, pushed);
            }
            Some(())
        } else {
            self.follow_special(at, opcode, arg)
        }
    }

    /// Takes slots off and puts new ones on.
    fn exchange(&mut self, at: usize, popped: u32, pushed: u32) -> Option<()> {
        self.pop(popped)?;
        self.push_many(at, pushed);
        Some(())
    }

    fn push_many(&mut self, at: usize, count: u32) {
        for _ in 0..count {
            self.push(at, NONE);
        }
    }

    /// Opcodes of which more counts than the number of operands.
    fn follow_special(&mut self, at: usize, opcode: Opcode, arg: u32) -> Option<()> {
        match opcode {
            Opcode::LOAD_FAST => self.push(at, arg),
            Opcode::LOAD_FAST_AND_CLEAR => {
                self.kill(arg);
                self.push(at, arg);
            }
            Opcode::LOAD_FAST_LOAD_FAST => {
                self.push(at, arg >> 4);
                self.push(at, arg & 15);
            }
            Opcode::DELETE_FAST => self.kill(arg),
            Opcode::STORE_FAST => self.store(arg)?,
            Opcode::STORE_FAST_LOAD_FAST => {
                self.store(arg >> 4)?;
                self.push(at, arg & 15);
            }
            Opcode::STORE_FAST_STORE_FAST => {
                self.store(arg >> 4)?;
                self.store(arg & 15)?;
            }
            Opcode::COPY => {
                let depth = self.stack.len().checked_sub(arg as usize)?;
                self.stack.push(*self.stack.get(depth)?);
            }
            Opcode::SWAP => {
                let depth = self.stack.len().checked_sub(arg as usize)?;
                let top = self.stack.len().checked_sub(1)?;
                self.stack.swap(depth, top);
            }
            Opcode::LOAD_ATTR => {
                let owner = self.stack.pop()?;
                self.push(at, NONE);
                if arg & 1 != 0 {
                    // For all that is known, the method is called with the owner itself.
                    self.stack.push(owner);
                }
            }
            Opcode::LOAD_SUPER_ATTR => {
                let owner = self.stack.pop()?;
                self.pop(2)?;
                self.push(at, NONE);
                if arg & 1 != 0 {
                    self.stack.push(owner);
                }
            }
            Opcode::LOAD_SPECIAL | Opcode::PUSH_EXC_INFO => {
                let top = self.stack.pop()?;
                self.push(at, NONE);
                self.stack.push(top);
            }
            Opcode::END_SEND | Opcode::SET_FUNCTION_ATTRIBUTE => {
                let top = self.stack.pop()?;
                self.pop(1)?;
                self.stack.push(top);
            }
            Opcode::CHECK_EXC_MATCH | Opcode::SEND => {
                self.pop(1)?;
                self.push(at, NONE);
            }
            Opcode::FOR_ITER => self.push(at, NONE),
            _ => self.follow_kept(at, opcode, arg)?,
        }
        Some(())
    }

    fn pop(&mut self, count: u32) -> Option<()> {
        let rest = self.stack.len().checked_sub(count as usize)?;
        self.stack.truncate(rest);
        Some(())
    }

    /// Opcodes that leave some of their operands where they are.
    fn follow_kept(&mut self, at: usize, opcode: Opcode, arg: u32) -> Option<()> {
        let (popped, pushed) = (opcode.popped(arg), opcode.pushed(arg));
        let (popped, pushed) = match opcode {
            // These leave their operands where they are, and push.  CPython takes the first
            // instructions of the block for the ones that pushed.
            Opcode::FORMAT_SIMPLE
            | Opcode::GET_ANEXT
            | Opcode::GET_LEN
            | Opcode::GET_YIELD_FROM_ITER
            | Opcode::IMPORT_FROM
            | Opcode::MATCH_KEYS
            | Opcode::MATCH_MAPPING
            | Opcode::MATCH_SEQUENCE
            | Opcode::WITH_EXCEPT_START => {
                for first in 0..pushed - popped {
                    self.push(first as usize, NONE);
                }
                return Some(());
            }
            // These use up the topmost operands only.
            Opcode::DICT_MERGE
            | Opcode::DICT_UPDATE
            | Opcode::LIST_APPEND
            | Opcode::LIST_EXTEND
            | Opcode::MAP_ADD
            | Opcode::RERAISE
            | Opcode::SET_ADD
            | Opcode::SET_UPDATE => (popped - pushed, 0),
            _ => (popped, pushed),
        };
        self.exchange(at, popped, pushed)
    }
}

/// By number: opcodes of which only the number of operands counts, as of most.
static COUNTS_ONLY: [bool; NUMBERS] = {
    let mut counts_only = [true; NUMBERS];
    let mut at = 0;
    while at < SPECIAL.len() {
        counts_only[SPECIAL[at].number() as usize] = false;
        at += 1;
    }
    counts_only
};

/// The others.
const SPECIAL: &[Opcode] = &[
    Opcode::LOAD_FAST,
    Opcode::LOAD_FAST_AND_CLEAR,
    Opcode::LOAD_FAST_LOAD_FAST,
    Opcode::DELETE_FAST,
    Opcode::STORE_FAST,
    Opcode::STORE_FAST_LOAD_FAST,
    Opcode::STORE_FAST_STORE_FAST,
    Opcode::COPY,
    Opcode::SWAP,
    Opcode::LOAD_ATTR,
    Opcode::LOAD_SUPER_ATTR,
    Opcode::LOAD_SPECIAL,
    Opcode::PUSH_EXC_INFO,
    Opcode::END_SEND,
    Opcode::SET_FUNCTION_ATTRIBUTE,
    Opcode::CHECK_EXC_MATCH,
    Opcode::SEND,
    Opcode::FOR_ITER,
    Opcode::FORMAT_SIMPLE,
    Opcode::GET_ANEXT,
    Opcode::GET_LEN,
    Opcode::GET_YIELD_FROM_ITER,
    Opcode::IMPORT_FROM,
    Opcode::MATCH_KEYS,
    Opcode::MATCH_MAPPING,
    Opcode::MATCH_SEQUENCE,
    Opcode::WITH_EXCEPT_START,
    Opcode::DICT_MERGE,
    Opcode::DICT_UPDATE,
    Opcode::LIST_APPEND,
    Opcode::LIST_EXTEND,
    Opcode::MAP_ADD,
    Opcode::RERAISE,
    Opcode::SET_ADD,
    Opcode::SET_UPDATE,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_special_opcodes_do_more_than_take_and_give() {
        let deep =
            Follower { stack: vec![Reference { pushed_by: 3, local: 1 }; 600], must_own: vec![false; 9] };
        for &opcode in Opcode::ALL.iter().filter(|opcode| COUNTS_ONLY[opcode.number() as usize]) {
            for arg in 1..5 {
                let (mut special, mut counted) = (deep.clone(), deep.clone());
                assert!(special.follow_special(7, opcode, arg).is_some());
                assert!(counted.exchange(7, opcode.popped(arg), opcode.pushed(arg)).is_some());
                let seen = |follower: &Follower| {
                    let stack: Vec<_> =
                        follower.stack.iter().map(|each| (each.pushed_by, each.local)).collect();
                    (stack, follower.must_own.clone())
                };
                assert_eq!(seen(&special), seen(&counted), "{opcode:?}");
            }
        }
    }
}
