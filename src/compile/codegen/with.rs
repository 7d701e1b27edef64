//! `with` and `async with`.

use super::super::sequence::Location;
use super::super::tree::With;
use super::fblock::Kind;
use super::{Codegen, Done};
use crate::code::Opcode;

/// `LOAD_SPECIAL`'s arguments.
mod special {
    pub const ENTER: u32 = 0;
    pub const EXIT: u32 = 1;
    pub const AENTER: u32 = 2;
    pub const AEXIT: u32 = 3;
}

impl<'t> Codegen<'_, 't> {
    /// The items of a `with` from `at` on, each inside the one before, then the body.
    pub(super) fn with(&mut self, node: &'t With<'t>, at: usize) -> Done {
        let item = &node.items[at];
        let (block, exceptional) = (self.label(), self.label());
        let (exit, cleanup) = (self.label(), self.label());
        self.expr(&item.context_expr)?;
        let loc = item.context_expr.loc;
        let (enter_name, exit_name) =
            if node.is_async { (special::AENTER, special::AEXIT) } else { (special::ENTER, special::EXIT) };
        self.op_i(loc, Opcode::COPY, 1);
        self.op_i(loc, Opcode::LOAD_SPECIAL, exit_name);
        self.op_i(loc, Opcode::SWAP, 2);
        self.op_i(loc, Opcode::SWAP, 3);
        self.op_i(loc, Opcode::LOAD_SPECIAL, enter_name);
        self.op_i(loc, Opcode::CALL, 0);
        if node.is_async {
            self.op_i(loc, Opcode::GET_AWAITABLE, 1);
            self.load_none(loc);
            self.yield_from(loc, true);
        }
        self.jump(loc, Opcode::SETUP_WITH, exceptional);
        self.place(block);
        let kind = if node.is_async { Kind::AsyncWith } else { Kind::With };
        self.push_block(loc, kind, Some(block), Some(exceptional))?;
        match &item.optional_vars {
            Some(target) => self.expr(target)?,
            None => self.op(loc, Opcode::POP_TOP),
        }
        if at + 1 == node.items.len() {
            self.stmts(&node.body)?;
        } else {
            super::super::stack::grow(|| self.with(node, at + 1))?;
        }
        self.op(if node.is_async { loc } else { Location::NONE }, Opcode::POP_BLOCK);
        self.pop_block();
        self.leave_with(loc, node.is_async);
        self.jump(loc, Opcode::JUMP, exit);

        self.place(exceptional);
        self.jump(loc, Opcode::SETUP_CLEANUP, cleanup);
        self.op(loc, Opcode::PUSH_EXC_INFO);
        self.op(loc, Opcode::WITH_EXCEPT_START);
        if node.is_async {
            self.op_i(loc, Opcode::GET_AWAITABLE, 2);
            self.load_none(loc);
            self.yield_from(loc, true);
        }
        self.with_except_finish(cleanup);
        self.place(exit);
        Ok(())
    }
}
