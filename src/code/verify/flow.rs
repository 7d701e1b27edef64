//! The value stack on every path: how deep it is, and which of its slots are borrowed from locals.

use smallvec::SmallVec;

use super::instruction::{Instruction, Instructions};
use super::table::Protected;
use super::{Check, at};
use crate::code::opcode::Slot;
use crate::code::{CodeObject, CodeUnit, Opcode};

/// A slot of the value stack that does not keep alive what it holds: a local does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Borrowed {
    /// The slot, counted from the bottom.
    slot: u32,
    /// The local.
    local: u32,
}

/// The value stack before an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stack {
    depth: u32,
    /// The borrowed slots, in no order.  A slot that is borrowed on one path counts as borrowed on all.
    borrowed: SmallVec<[Borrowed; 4]>,
}

struct Flow<'a> {
    code: &'a CodeObject,
    instructions: &'a Instructions,
    /// By instruction: the handler that protects it.
    handlers: Vec<Option<&'a Protected>>,
    /// By instruction; none where no path has led yet.
    stacks: Vec<Option<Stack>>,
    /// The instructions that are to be looked at, perhaps again.
    work: Vec<u32>,
}

/// Follows every path from the first instruction, into handlers too.
pub(super) fn check(code: &CodeObject, instructions: &Instructions, protected: &[Protected]) -> Check {
    let mut handlers = vec![None; instructions.list.len()];
    for entry in protected {
        handlers[entry.first as usize..entry.behind as usize].fill(Some(entry));
    }
    let stacks = vec![None; instructions.list.len()];
    let mut flow = Flow { code, instructions, handlers, stacks, work: Vec::new() };
    flow.reach(0, Stack { depth: 0, borrowed: SmallVec::new() })?;
    while let Some(index) = flow.work.pop() {
        flow.follow(index)?;
    }
    Ok(())
}

impl Flow<'_> {
    /// One more path leads to an instruction.
    fn reach(&mut self, index: u32, stack: Stack) -> Check {
        let start = self.instructions.list[index as usize].start;
        if stack.depth > self.code.stacksize {
            let problem = format!(
                "the value stack would be {} deep, and co_stacksize is {}",
                stack.depth, self.code.stacksize
            );
            return at(start, problem);
        }
        let known = &mut self.stacks[index as usize];
        let Some(known) = known else {
            *known = Some(stack);
            self.work.push(index);
            return Ok(());
        };
        if known.depth != stack.depth {
            let problem = format!("the value stack is {} or {} deep", known.depth, stack.depth);
            return at(start, problem);
        }
        let before = known.borrowed.len();
        for borrowed in stack.borrowed {
            match known.borrowed.iter().find(|other| other.slot == borrowed.slot) {
                None => known.borrowed.push(borrowed),
                Some(other) if other.local == borrowed.local => {}
                Some(_) => {
                    return at(start, "a slot of the value stack is borrowed from one local or another");
                }
            }
        }
        if known.borrowed.len() > before {
            self.work.push(index);
        }
        Ok(())
    }

    /// Follows an instruction to all that may come behind it.
    fn follow(&mut self, index: u32) -> Check {
        let instruction = self.instructions.list[index as usize];
        let Instruction { opcode, arg, start, target, .. } = instruction;
        let Some(mut stack) = self.stacks[index as usize].clone() else { return Ok(()) };
        let popped = opcode.popped(arg);
        if popped > stack.depth {
            let problem =
                format!("{} takes {popped} values off a stack that holds {}", opcode.name(), stack.depth);
            return at(start, problem);
        }
        self.raise(index, &stack, popped)?;
        let entry_depth = stack.depth;
        stack.execute(opcode, arg).or_else(|problem| at(start, problem))?;
        let next = index + 1;
        if opcode == Opcode::FOR_ITER {
            // Where there is no next item, the END_FOR is jumped over, and the iterator is still there.
            let (Some(target), mut exhausted) = (target, stack.clone()) else { return Ok(()) };
            exhausted.cut(entry_depth);
            self.reach(self.behind_end_for(start, target)?, exhausted)?;
        } else if let Some(target) = target
            && opcode != Opcode::END_ASYNC_FOR
        {
            self.reach(target, stack.clone())?;
        }
        if opcode.has_no_fallthrough() {
            return Ok(());
        }
        // The last instruction has nothing behind it, and is one of those.
        self.reach(next, stack)
    }

    /// The instruction behind the END_FOR that a FOR_ITER leads to.
    fn behind_end_for(&self, start: CodeUnit, target: u32) -> Check<u32> {
        let end_for = self.instructions.list[target as usize];
        if end_for.opcode != Opcode::END_FOR || end_for.end.0 != end_for.start.0 + 1 {
            return at(start, "FOR_ITER leads to something else than END_FOR");
        }
        Ok(target + 1)
    }

    /// Follows the instruction into its handler.
    fn raise(&mut self, index: u32, stack: &Stack, popped: u32) -> Check {
        let Some(handler) = self.handlers[index as usize] else { return Ok(()) };
        let Instruction { opcode, arg, start, .. } = self.instructions.list[index as usize];
        let info = opcode.info();
        let mut caught = stack.clone();
        match opcode {
            // The operands are off when an instruction raises, but for those that it only looks at.
            _ if !raises_with_operands(opcode) => {
                caught.cut(stack.depth - popped + kept(info.takes, info.gives, arg));
            }
            // What is thrown into a generator is raised when the YIELD_VALUE has got a result.
            Opcode::YIELD_VALUE => {
                caught.cut(stack.depth - popped);
                caught.push(None);
            }
            _ => {}
        }
        if handler.depth > caught.depth {
            let problem =
                format!("the handler wants {} values on a stack that holds {}", handler.depth, caught.depth);
            return at(start, problem);
        }
        caught.cut(handler.depth);
        (0..handler.pushed).for_each(|_| caught.push(None));
        self.reach(handler.target, caught)
    }
}

/// Whether an instruction that raises has as many slots on the stack as before, or never raises.
const fn raises_with_operands(opcode: Opcode) -> bool {
    matches!(opcode, Opcode::SWAP | Opcode::PUSH_EXC_INFO | Opcode::YIELD_VALUE)
}

impl Stack {
    /// Lets the slots from `depth` on go.
    fn cut(&mut self, depth: u32) {
        self.depth = depth;
        self.borrowed.retain(|borrowed| borrowed.slot < depth);
    }

    fn push(&mut self, local: Option<u32>) {
        if let Some(local) = local {
            self.borrowed.push(Borrowed { slot: self.depth, local });
        }
        self.depth += 1;
    }

    /// The local that the slot is borrowed from.
    fn local(&self, slot: u32) -> Option<u32> {
        self.borrowed.iter().find(|borrowed| borrowed.slot == slot).map(|borrowed| borrowed.local)
    }

    /// A local gets another value: nobody may have borrowed the old one.
    fn overwrite(&self, local: u32) -> Result<(), String> {
        if self.borrowed.iter().any(|borrowed| borrowed.local == local) {
            return Err(format!("fast local {local} changes while the value stack has borrowed from it"));
        }
        Ok(())
    }

    /// Does to the stack what an instruction does where it falls through; as many slots as it takes are there.
    fn execute(&mut self, opcode: Opcode, arg: u32) -> Result<(), String> {
        let (popped, pushed) = (opcode.popped(arg), opcode.pushed(arg));
        let base = self.depth - popped;
        match opcode {
            Opcode::LOAD_FAST_BORROW => self.push(Some(arg)),
            Opcode::LOAD_FAST_BORROW_LOAD_FAST_BORROW => {
                self.push(Some(arg >> 4));
                self.push(Some(arg & 15));
            }
            Opcode::STORE_FAST => {
                self.cut(base);
                self.overwrite(arg)?;
            }
            Opcode::STORE_FAST_LOAD_FAST => {
                self.cut(base);
                self.overwrite(arg >> 4)?;
                self.push(None);
            }
            Opcode::STORE_FAST_STORE_FAST => {
                self.cut(base + 1);
                self.overwrite(arg >> 4)?;
                self.cut(base);
                self.overwrite(arg & 15)?;
            }
            Opcode::DELETE_FAST | Opcode::MAKE_CELL => self.overwrite(arg)?,
            Opcode::LOAD_FAST_AND_CLEAR => {
                self.overwrite(arg)?;
                self.push(None);
            }
            Opcode::SWAP => {
                let top = self.depth - 1;
                for borrowed in &mut self.borrowed {
                    if borrowed.slot == top {
                        borrowed.slot = base;
                    } else if borrowed.slot == base {
                        borrowed.slot = top;
                    }
                }
            }
            // The function is put back as it was, the attribute from below it is gone.
            Opcode::SET_FUNCTION_ATTRIBUTE => {
                let function = self.local(self.depth - 1);
                self.cut(base);
                self.push(function);
            }
            // What can be delegated to stays as it is.
            Opcode::GET_YIELD_FROM_ITER => {}
            _ => {
                self.cut(base + kept(opcode.info().takes, opcode.info().gives, arg));
                self.depth = base + pushed;
            }
        }
        Ok(())
    }
}

/// How many of the slots that an instruction names as taken are given back untouched: those of one name.
fn kept(takes: &[Slot], gives: &[Slot], arg: u32) -> u32 {
    let same = takes.iter().zip(gives).take_while(|(taken, given)| taken == given);
    same.map(|(slot, _)| slot.count.of(arg)).sum()
}
