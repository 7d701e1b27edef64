//! Looks at neighbouring instructions in one block: constants, jumps to jumps, tests on tests.

use super::{Block, BlockId, ChangeKind, Changes, ConstTable, Graph, Instr, fold, swaps};
use crate::code::{Opcode, Traits};
use crate::compile::error::CompileError;

const INTRINSIC_UNARY_POSITIVE: u32 = 5;
const INTRINSIC_LIST_TO_TUPLE: u32 = 6;
/// In the argument of `COMPARE_OP`: the result is wanted as a bool.
const COMPARE_TO_BOOL: u32 = 16;

/// Optimises every block by itself.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        optimize_block(graph, id)?;
        at = graph[id].next;
    }
    Ok(())
}

fn optimize_block(graph: &mut Graph, id: BlockId) -> Result<(), CompileError> {
    let mut at = 0;
    let mut has_swap = false;
    loop {
        let Graph { blocks, consts, changes, has_lineless, .. } = graph;
        let code = &mut blocks[id.index()].instructions;
        while let Some(&Instr { opcode, .. }) = code.get(at) {
            let traits = opcode.traits();
            if traits.any(Traits::BEGINS_PATTERN) {
                has_swap |= opcode == Opcode::SWAP;
                if may_be_simpler(opcode, code.get(at + 1)) {
                    optimize_instruction(code, at, consts, changes)?;
                    // What is made of a list or set of constants may have no line.
                    let builds = matches!(
                        opcode,
                        Opcode::BUILD_LIST | Opcode::BUILD_SET | Opcode::LIST_APPEND | Opcode::SET_ADD
                    );
                    *has_lineless |= builds && code[at].opcode != opcode;
                }
            } else if traits.any(Traits::JUMP) {
                break;
            }
            at += 1;
        }
        if at == code.len() {
            break;
        }
        // A new jump takes the next place, so that it is looked at in its turn; one that only got
        // another target is looked at again.
        match thread_jump(graph, id, at) {
            Threaded::Done => at += 1,
            Threaded::Again => graph.has_new_ways = true,
        }
    }
    if has_swap {
        swaps::optimize(&mut graph[id].instructions);
    }
    Ok(())
}

/// What [`thread_jump`] did.
enum Threaded {
    /// Nothing more to do for the instruction at this place.
    Done,
    /// The same place must be looked at again.
    Again,
}

impl Block {
    fn first_jump(&self) -> Option<Instr> {
        self.instructions.first().copied().filter(|first| first.opcode.is_jump())
    }
}

/// Makes a jump to a jump go to the end of the chain.
fn thread_jump(graph: &mut Graph, id: BlockId, at: usize) -> Threaded {
    let jump = graph[id].instructions[at];
    let Some(target) = jump.target else { return Threaded::Done };
    let Some(behind) = graph[target].first_jump() else { return Threaded::Done };
    let opcode = match (jump.opcode, behind.opcode) {
        (
            Opcode::POP_JUMP_IF_NONE
            | Opcode::POP_JUMP_IF_NOT_NONE
            | Opcode::POP_JUMP_IF_FALSE
            | Opcode::POP_JUMP_IF_TRUE,
            Opcode::JUMP,
        )
        | (Opcode::JUMP_IF_FALSE, Opcode::JUMP | Opcode::JUMP_IF_FALSE)
        | (Opcode::JUMP_IF_TRUE, Opcode::JUMP | Opcode::JUMP_IF_TRUE)
        | (Opcode::JUMP | Opcode::JUMP_NO_INTERRUPT, Opcode::JUMP_NO_INTERRUPT) => jump.opcode,
        (Opcode::JUMP | Opcode::JUMP_NO_INTERRUPT, Opcode::JUMP) => Opcode::JUMP,
        (Opcode::JUMP_IF_FALSE, Opcode::JUMP_IF_TRUE) | (Opcode::JUMP_IF_TRUE, Opcode::JUMP_IF_FALSE) => {
            // The opposite test fails there: the way leads on to what it falls into.
            graph[id].instructions[at].target = graph[target].next;
            if let Some(to) = graph[target].next {
                graph.changes.note(jump.location, || ChangeKind::Threaded { over: target, to });
            }
            return Threaded::Again;
        }
        _ => return Threaded::Done,
    };
    // A jump to a jump to the same place, a loop of nothing but jumps, would never end.
    if jump.target == behind.target {
        return Threaded::Done;
    }
    // The NOP keeps the line of the first jump, if there is need for it.
    let block = &mut graph[id];
    block.instructions[at].set_nop();
    block.append(Instr { target: behind.target, ..Instr::new(opcode, 0, behind.location) });
    if let Some(to) = behind.target {
        graph.changes.note(jump.location, || ChangeKind::Threaded { over: target, to });
    }
    Threaded::Again
}

/// Whether an instruction that begins a pattern may be in one: the commonest are told at once.
fn may_be_simpler(opcode: Opcode, next: Option<&Instr>) -> bool {
    let is_before = |second: Opcode| next.is_some_and(|next| next.opcode == second);
    match opcode {
        Opcode::LOAD_GLOBAL => is_before(Opcode::PUSH_NULL),
        Opcode::STORE_FAST => is_before(Opcode::STORE_FAST),
        _ => true,
    }
}

fn optimize_instruction(
    code: &mut [Instr],
    at: usize,
    consts: &mut ConstTable,
    changes: &mut Changes,
) -> Result<(), CompileError> {
    let Instr { opcode, arg, location, .. } = code[at];
    let next_opcode = code.get(at + 1).map(|next| next.opcode);
    let mut merged = |second, into| {
        changes.note(location, || ChangeKind::Merged { first: opcode, second, into });
    };
    match (opcode, next_opcode) {
        (Opcode::BUILD_TUPLE, Some(Opcode::UNPACK_SEQUENCE))
            if (1..=3).contains(&arg) && code[at + 1].arg == arg =>
        {
            code[at].set_nop();
            if arg == 1 {
                code[at + 1].set_nop();
            } else {
                code[at + 1].opcode = Opcode::SWAP;
            }
        }
        (Opcode::BUILD_TUPLE, _) => fold::tuple(code, at, consts, changes)?,
        (Opcode::BUILD_LIST | Opcode::BUILD_SET, _) => {
            fold::list_or_set(code, at, next_opcode, consts, changes)?;
        }
        (Opcode::LIST_APPEND | Opcode::SET_ADD, Some(Opcode::GET_ITER | Opcode::CONTAINS_OP)) if arg == 1 => {
            fold::long_list_or_set(code, at, consts, changes)?;
        }
        (Opcode::STORE_FAST, Some(Opcode::STORE_FAST)) => {
            // Of two stores to one local on one line only the second counts.
            let next = &code[at + 1];
            if next.arg == arg && next.location.line == location.line {
                code[at].set(Opcode::POP_TOP, 0);
            }
        }
        (Opcode::SWAP, _) if arg == 1 => code[at].set_nop(),
        (Opcode::LOAD_GLOBAL, Some(Opcode::PUSH_NULL)) if arg & 1 == 0 => {
            code[at].set(Opcode::LOAD_GLOBAL, arg | 1);
            code[at + 1].set_nop();
            merged(Opcode::PUSH_NULL, Opcode::LOAD_GLOBAL);
        }
        (Opcode::COMPARE_OP, Some(Opcode::TO_BOOL)) => {
            code[at].set_nop();
            code[at + 1].set(Opcode::COMPARE_OP, arg | COMPARE_TO_BOOL);
            merged(Opcode::TO_BOOL, Opcode::COMPARE_OP);
        }
        (Opcode::CONTAINS_OP | Opcode::IS_OP, Some(Opcode::TO_BOOL)) => {
            code[at].set_nop();
            code[at + 1].set(opcode, arg);
            merged(Opcode::TO_BOOL, opcode);
        }
        (Opcode::CONTAINS_OP | Opcode::IS_OP, Some(Opcode::UNARY_NOT)) => {
            code[at].set_nop();
            code[at + 1].set(opcode, arg ^ 1);
            merged(Opcode::UNARY_NOT, opcode);
        }
        (Opcode::TO_BOOL, Some(Opcode::TO_BOOL)) => code[at].set_nop(),
        (Opcode::UNARY_NOT, Some(Opcode::TO_BOOL)) => {
            code[at].set_nop();
            code[at + 1].set(Opcode::UNARY_NOT, 0);
            merged(Opcode::TO_BOOL, Opcode::UNARY_NOT);
        }
        (Opcode::UNARY_NOT, Some(Opcode::UNARY_NOT)) => {
            code[at].set_nop();
            code[at + 1].set_nop();
        }
        (Opcode::UNARY_NOT | Opcode::UNARY_INVERT | Opcode::UNARY_NEGATIVE, _) => {
            fold::unary(code, at, consts, changes)?;
        }
        (Opcode::CALL_INTRINSIC_1, _) if arg == INTRINSIC_LIST_TO_TUPLE => {
            fold::list_to_tuple(code, at, consts, changes)?;
            // What is only iterated over may stay a list.
            if code[at].opcode == opcode && next_opcode == Some(Opcode::GET_ITER) {
                code[at].set_nop();
            }
        }
        (Opcode::CALL_INTRINSIC_1, _) if arg == INTRINSIC_UNARY_POSITIVE => {
            fold::unary(code, at, consts, changes)?;
        }
        (Opcode::BINARY_OP, _) => fold::binary(code, at, consts, changes)?,
        _ => {}
    }
    Ok(())
}
