//! What kinds of things stand on the value stack before each instruction, as far as a jump to another line has to know.

use super::super::object::code::LoadedCode;
use super::lines::target_of;
use crate::code::{CodeUnit, Opcode};

/// How many slots a stack may have to be looked at.
const MOST: usize = 21;

/// What stands in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The iterator of a loop.
    Iterator,
    /// An exception that is or was handled.
    Except,
    /// Any object.
    Object,
    /// NULL.
    Null,
    /// The place of an instruction that raised.
    Lasti,
}

/// The value stack before an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stack {
    /// No path leads there.
    Unreached,
    /// It has too many slots.
    TooDeep,
    /// These, the lowest first.
    Known(Vec<Kind>),
}

impl Stack {
    fn pop(&mut self) {
        if let Self::Known(slots) = self {
            slots.pop();
        }
    }

    fn push(&mut self, kind: Kind) {
        match self {
            Self::Known(slots) if slots.len() < MOST => slots.push(kind),
            Self::Known(_) => *self = Self::TooDeep,
            Self::Unreached | Self::TooDeep => {}
        }
    }

    /// The kind of the slot so deep below the top, from 1.
    fn peek(&self, depth: usize) -> Kind {
        match self {
            Self::Known(slots) => slots.len().checked_sub(depth).map_or(Kind::Object, |index| slots[index]),
            Self::Unreached | Self::TooDeep => Kind::Object,
        }
    }

    fn swap(&mut self, depth: usize) {
        if let Self::Known(slots) = self
            && let (Some(other), Some(top)) = (slots.len().checked_sub(depth), slots.len().checked_sub(1))
        {
            slots.swap(other, top);
        }
    }

    fn cut(&mut self, depth: usize) {
        if let Self::Known(slots) = self {
            slots.truncate(depth);
        }
    }
}

/// Whether one stack comes behind another one in the order in which CPython takes the deepest one that fits.
pub fn is_above(one: &[Kind], other: &[Kind]) -> bool {
    (one.len(), one) > (other.len(), other)
}

/// Whether code that finds `to` can go on with what is left of `from`.
pub fn fits(from: &[Kind], to: &[Kind]) -> bool {
    let mut from = from;
    while is_above(from, to) {
        from = &from[..from.len() - 1];
    }
    let serves = |(from, to): (&Kind, &Kind)| match to {
        Kind::Object => *from != Kind::Null,
        Kind::Null => true,
        Kind::Iterator | Kind::Except | Kind::Lasti => from == to,
    };
    from.len() == to.len() && from.iter().zip(to).all(serves)
}

/// The stack before each code unit of `code`.
pub fn stacks(code: &LoadedCode) -> Vec<Stack> {
    let units = code.code.code.len() / 2;
    let mut stacks = vec![Stack::Unreached; units + 1];
    stacks[0] = Stack::Known(Vec::new());
    loop {
        let again = scan(code, &mut stacks);
        if !scan_handlers(code, &mut stacks) && !again {
            return stacks;
        }
    }
}

/// Goes over all instructions once; whether a jump back has led to new ones.
fn scan(code: &LoadedCode, stacks: &mut [Stack]) -> bool {
    let mut again = false;
    let (mut at, mut extended) = (CodeUnit(0), 0);
    while let Some((byte, low)) = code.unit(at) {
        let Some(opcode) = Opcode::from_byte(byte) else { break };
        let arg = extended << 8 | u32::from(low);
        let next = at.plus(1 + u32::from(opcode.caches()));
        let stack = stacks[at.0 as usize].clone();
        if opcode == Opcode::EXTENDED_ARG {
            extended = arg;
            stacks[next.0 as usize] = stack;
            at = next;
            continue;
        }
        extended = 0;
        if stack != Stack::Unreached {
            let behind = after(opcode, arg, &stack);
            if let Some(target) = jump_of(at, opcode, arg).map(|target| target.0 as usize) {
                again |= target < at.0 as usize && stacks[target] == Stack::Unreached;
                stacks[target] = behind.clone();
            }
            if !ends(opcode) {
                stacks[next.0 as usize] = behind;
            }
        }
        at = next;
    }
    again
}

/// Where a jump leads that finds there what it has left: for the end of a `for` that is the END_FOR.
fn jump_of(at: CodeUnit, opcode: Opcode, arg: u32) -> Option<CodeUnit> {
    let target = target_of(at, opcode, arg)?;
    match opcode {
        Opcode::FOR_ITER | Opcode::SEND => target.0.checked_sub(1).map(CodeUnit),
        _ => Some(target),
    }
}

/// Whether the instruction behind is not run after it.
const fn ends(opcode: Opcode) -> bool {
    matches!(
        opcode,
        Opcode::JUMP_FORWARD
            | Opcode::JUMP_BACKWARD
            | Opcode::JUMP_BACKWARD_NO_INTERRUPT
            | Opcode::RETURN_VALUE
            | Opcode::RAISE_VARARGS
            | Opcode::RERAISE
    )
}

/// The stack that an instruction leaves.
fn after(opcode: Opcode, arg: u32, stack: &Stack) -> Stack {
    let mut stack = stack.clone();
    match opcode {
        Opcode::SEND => {}
        Opcode::GET_ITER | Opcode::GET_AITER => {
            stack.pop();
            stack.push(Kind::Iterator);
        }
        Opcode::PUSH_EXC_INFO => stack.push(Kind::Except),
        Opcode::PUSH_NULL => stack.push(Kind::Null),
        Opcode::LOAD_GLOBAL => {
            stack.push(Kind::Object);
            if arg & 1 == 1 {
                stack.push(Kind::Null);
            }
        }
        Opcode::LOAD_ATTR if arg & 1 == 1 => {
            stack.pop();
            stack.push(Kind::Object);
            stack.push(Kind::Null);
        }
        Opcode::LOAD_ATTR => {}
        Opcode::SWAP => stack.swap(arg as usize),
        Opcode::COPY => {
            let kind = stack.peek(arg as usize);
            stack.push(kind);
        }
        _ => {
            let (popped, pushed) = opcode.exchanged(arg);
            for _ in pushed..popped {
                stack.pop();
            }
            for _ in popped..pushed {
                stack.push(Kind::Object);
            }
        }
    }
    stack
}

/// Takes the stacks of protected instructions to their handlers; whether that has led to new ones.
fn scan_handlers(code: &LoadedCode, stacks: &mut [Stack]) -> bool {
    let mut again = false;
    for handler in &code.handlers {
        let (from, to) = (handler.start.0 as usize, handler.target.0 as usize);
        if stacks[from] != Stack::Unreached && stacks[to] == Stack::Unreached {
            let mut stack = stacks[from].clone();
            stack.cut(handler.depth as usize);
            if handler.push_lasti {
                stack.push(Kind::Lasti);
            }
            stack.push(Kind::Except);
            stacks[to] = stack;
            again = true;
        }
    }
    again
}
