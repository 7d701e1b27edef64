//! What a known constant means for the test or jump behind it.

use super::{BlockId, ChangeKind, Changes, ConstTable, Graph, Instr};
use crate::code::{Const, Opcode, Traits};
use crate::compile::error::CompileError;
use crate::compile::evaluate::is_true;

/// Loads small ints without a constant, and decides jumps and tests on constants.
pub(super) fn run(graph: &mut Graph) -> Result<(), CompileError> {
    let Graph { blocks, consts, changes, has_new_ways, .. } = graph;
    let mut at = Some(BlockId::ENTRY);
    while let Some(id) = at {
        let block = &mut blocks[id.index()];
        *has_new_ways |= optimize_block(&mut block.instructions, consts, changes)?;
        at = block.next;
    }
    Ok(())
}

/// Whether a jump was decided.
fn optimize_block(
    code: &mut [Instr],
    consts: &mut ConstTable,
    changes: &mut Changes,
) -> Result<bool, CompileError> {
    let mut decided = false;
    // What the instruction before the one at hand left on the top of the stack, if it loaded a constant or
    // copied one that `LOAD_CONST` had loaded: where that was, and what it was.
    let mut known = (usize::MAX, Opcode::NOP, 0);
    for at in 0..code.len() {
        let instr = &mut code[at];
        if !instr.opcode.is(Traits::GIVES_CONST) {
            continue;
        }
        let (opcode, arg) = match instr.opcode {
            Opcode::LOAD_CONST => {
                if let Some(small) = consts.small_int(instr.arg) {
                    instr.set(Opcode::LOAD_SMALL_INT, small);
                    consts.may_have_unused = true;
                }
                (instr.opcode, instr.arg)
            }
            Opcode::LOAD_SMALL_INT => (instr.opcode, instr.arg),
            Opcode::COPY if instr.arg == 1 => match known {
                (before, Opcode::LOAD_CONST, arg) if before + 1 == at => (Opcode::LOAD_CONST, arg),
                _ => continue,
            },
            _ => continue,
        };
        known = (at, opcode, arg);
        let Some(next) = code.get(at + 1).map(|next| next.opcode) else { continue };
        match next {
            Opcode::POP_JUMP_IF_FALSE
            | Opcode::POP_JUMP_IF_TRUE
            | Opcode::JUMP_IF_FALSE
            | Opcode::JUMP_IF_TRUE => {
                let jumps_if = matches!(next, Opcode::POP_JUMP_IF_TRUE | Opcode::JUMP_IF_TRUE);
                if next.is_conditional_jump() {
                    code[at].set_nop();
                    consts.may_have_unused = true;
                }
                let value = consts.value(opcode, arg);
                let jumps = is_true(&value) == jumps_if;
                decided = true;
                changes.note(code[at + 1].location, || ChangeKind::Decided { value, jumps });
                if jumps {
                    code[at + 1].opcode = Opcode::JUMP;
                } else {
                    code[at + 1].set_nop();
                }
            }
            Opcode::IS_OP => {
                if matches!(consts.value(opcode, arg), Const::None) {
                    fold_is_none(&mut code[at..], changes);
                    consts.may_have_unused = true;
                }
            }
            Opcode::TO_BOOL => {
                let value = consts.value(opcode, arg);
                let truth = is_true(&value);
                changes.note(code[at].location, || ChangeKind::Truth { value, truth });
                let index = consts.add(Const::Bool(truth))?;
                code[at].set_nop();
                code[at + 1].set(Opcode::LOAD_CONST, index);
            }
            _ => {}
        }
    }
    Ok(decided)
}

/// Whether it pushes a constant and does nothing else.
pub(super) const fn loads_const(opcode: Opcode) -> bool {
    matches!(opcode, Opcode::LOAD_CONST | Opcode::LOAD_SMALL_INT)
}

/// `LOAD_CONST None`, `IS_OP`, perhaps `TO_BOOL`, and a jump: one jump that compares with None.
fn fold_is_none(code: &mut [Instr], changes: &mut Changes) {
    let mut jump = 2;
    if code.get(jump).is_some_and(|instr| instr.opcode == Opcode::TO_BOOL) {
        // `is` gives a bool already, whatever follows.
        code[jump].set_nop();
        jump += 1;
    }
    let Some(instr) = code.get(jump) else { return };
    let is_not = code[1].arg != 0;
    let jumps_if_none = match instr.opcode {
        Opcode::POP_JUMP_IF_TRUE => !is_not,
        Opcode::POP_JUMP_IF_FALSE => is_not,
        _ => return,
    };
    code[0].set_nop();
    code[1].set_nop();
    let into = if jumps_if_none { Opcode::POP_JUMP_IF_NONE } else { Opcode::POP_JUMP_IF_NOT_NONE };
    let second = code[jump].opcode;
    changes.note(code[jump].location, || ChangeKind::Merged { first: Opcode::IS_OP, second, into });
    code[jump].opcode = into;
}
