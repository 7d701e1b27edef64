//! `try`: `except`, `except*`, `else`, `finally`.

use super::super::sequence::{Label, Location};
use super::super::tree::{Context, ExceptHandler, Try};
use super::fblock::Kind;
use super::{Codegen, Done};
use crate::code::Opcode;

/// `CALL_INTRINSIC_2` for the exceptions that are left behind `except*`.
const PREP_RERAISE_STAR: u32 = 1;

impl<'t> Codegen<'_, 't> {
    pub(super) fn try_(&mut self, loc: Location, node: &'t Try<'t>) -> Done {
        if !node.finalbody.is_empty() {
            self.try_finally(loc, node)
        } else if node.is_star {
            self.try_star_except(loc, node)
        } else {
            self.try_except(loc, node)
        }
    }

    fn pop_except_and_reraise(&mut self) {
        self.op_i(Location::NONE, Opcode::COPY, 3);
        self.op(Location::NONE, Opcode::POP_EXCEPT);
        self.op_i(Location::NONE, Opcode::RERAISE, 1);
    }

    fn try_finally(&mut self, loc: Location, node: &'t Try<'t>) -> Done {
        let (body, end, exit, cleanup) = (self.label(), self.label(), self.label(), self.label());
        self.jump(loc, Opcode::SETUP_FINALLY, end);
        self.place(body);
        self.push_block(loc, Kind::FinallyTry(&node.finalbody), Some(body), Some(end))?;
        if node.handlers.is_empty() {
            self.stmts(&node.body)?;
        } else if node.is_star {
            self.try_star_except(loc, node)?;
        } else {
            self.try_except(loc, node)?;
        }
        self.op(Location::NONE, Opcode::POP_BLOCK);
        self.pop_block();
        self.stmts(&node.finalbody)?;
        self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, exit);
        self.place(end);
        self.jump(Location::NONE, Opcode::SETUP_CLEANUP, cleanup);
        self.op(Location::NONE, Opcode::PUSH_EXC_INFO);
        self.push_block(Location::NONE, Kind::FinallyEnd, Some(end), None)?;
        self.stmts(&node.finalbody)?;
        self.pop_block();
        self.op_i(Location::NONE, Opcode::RERAISE, 0);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(exit);
        Ok(())
    }

    fn try_except(&mut self, loc: Location, node: &'t Try<'t>) -> Done {
        let (body, except, end, cleanup) = (self.label(), self.label(), self.label(), self.label());
        self.jump(loc, Opcode::SETUP_FINALLY, except);
        self.place(body);
        self.push_block(loc, Kind::TryExcept, Some(body), None)?;
        self.stmts(&node.body)?;
        self.pop_block();
        self.op(Location::NONE, Opcode::POP_BLOCK);
        self.stmts(&node.orelse)?;
        self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, end);
        self.place(except);
        self.jump(Location::NONE, Opcode::SETUP_CLEANUP, cleanup);
        self.op(Location::NONE, Opcode::PUSH_EXC_INFO);
        self.push_block(loc, Kind::ExceptionHandler, None, None)?;
        for (at, handler) in node.handlers.iter().enumerate() {
            if handler.type_.is_none() && at + 1 < node.handlers.len() {
                return self.error("default 'except:' must be last", handler.loc);
            }
            self.except_handler(handler, end)?;
        }
        self.pop_block();
        self.op_i(Location::NONE, Opcode::RERAISE, 0);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(end);
        Ok(())
    }

    fn except_handler(&mut self, handler: &'t ExceptHandler<'t>, end: Label) -> Done {
        let loc = handler.loc;
        let next = self.label();
        if let Some(type_) = &handler.type_ {
            self.expr(type_)?;
            self.op(loc, Opcode::CHECK_EXC_MATCH);
            self.jump(loc, Opcode::POP_JUMP_IF_FALSE, next);
        }
        if let Some(name) = &handler.name {
            let (cleanup_end, cleanup_body) = (self.label(), self.label());
            self.name_op(loc, name, Context::Store)?;
            self.jump(loc, Opcode::SETUP_CLEANUP, cleanup_end);
            self.place(cleanup_body);
            self.push_block(loc, Kind::HandlerCleanup(Some(name)), Some(cleanup_body), None)?;
            self.stmts(&handler.body)?;
            self.pop_block();
            self.op(Location::NONE, Opcode::POP_BLOCK);
            self.op(Location::NONE, Opcode::POP_BLOCK);
            self.op(Location::NONE, Opcode::POP_EXCEPT);
            self.forget(Location::NONE, name)?;
            self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, end);
            self.place(cleanup_end);
            self.forget(Location::NONE, name)?;
            self.op_i(Location::NONE, Opcode::RERAISE, 1);
        } else {
            let cleanup_body = self.label();
            self.op(loc, Opcode::POP_TOP);
            self.place(cleanup_body);
            self.push_block(loc, Kind::HandlerCleanup(None), Some(cleanup_body), None)?;
            self.stmts(&handler.body)?;
            self.pop_block();
            self.op(Location::NONE, Opcode::POP_BLOCK);
            self.op(Location::NONE, Opcode::POP_EXCEPT);
            self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, end);
        }
        self.place(next);
        Ok(())
    }

    /// `except*`: the exception raised, a list of what the handlers raised, and what is left of
    /// the exception lie on the stack.
    fn try_star_except(&mut self, loc: Location, node: &'t Try<'t>) -> Done {
        let (body, except, orelse) = (self.label(), self.label(), self.label());
        let (end, cleanup, reraise_star) = (self.label(), self.label(), self.label());
        self.jump(loc, Opcode::SETUP_FINALLY, except);
        self.place(body);
        self.push_block(loc, Kind::TryExcept, Some(body), None)?;
        self.stmts(&node.body)?;
        self.pop_block();
        self.op(Location::NONE, Opcode::POP_BLOCK);
        self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, orelse);
        self.place(except);
        self.jump(Location::NONE, Opcode::SETUP_CLEANUP, cleanup);
        self.op(Location::NONE, Opcode::PUSH_EXC_INFO);
        self.push_block(loc, Kind::ExceptionGroupHandler, None, None)?;
        for (at, handler) in node.handlers.iter().enumerate() {
            if at == 0 {
                self.op_i(handler.loc, Opcode::BUILD_LIST, 0);
                self.op_i(handler.loc, Opcode::COPY, 2);
            }
            self.star_handler(handler)?;
            if at + 1 == node.handlers.len() {
                self.op_i(Location::NONE, Opcode::LIST_APPEND, 1);
                self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, reraise_star);
            }
        }
        self.pop_block();
        let reraise = self.label();
        self.place(reraise_star);
        self.op_i(Location::NONE, Opcode::CALL_INTRINSIC_2, PREP_RERAISE_STAR);
        self.op_i(Location::NONE, Opcode::COPY, 1);
        self.jump(Location::NONE, Opcode::POP_JUMP_IF_NOT_NONE, reraise);
        self.op(Location::NONE, Opcode::POP_TOP);
        self.op(Location::NONE, Opcode::POP_BLOCK);
        self.op(Location::NONE, Opcode::POP_EXCEPT);
        self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, end);
        self.place(reraise);
        self.op(Location::NONE, Opcode::POP_BLOCK);
        self.op_i(Location::NONE, Opcode::SWAP, 2);
        self.op(Location::NONE, Opcode::POP_EXCEPT);
        self.op_i(Location::NONE, Opcode::RERAISE, 0);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(orelse);
        self.stmts(&node.orelse)?;
        self.place(end);
        Ok(())
    }

    fn star_handler(&mut self, handler: &'t ExceptHandler<'t>) -> Done {
        let loc = handler.loc;
        let (next, with_error, no_match) = (self.label(), self.label(), self.label());
        if let Some(type_) = &handler.type_ {
            self.expr(type_)?;
            self.op(loc, Opcode::CHECK_EG_MATCH);
            self.op_i(loc, Opcode::COPY, 1);
            self.jump(loc, Opcode::POP_JUMP_IF_NONE, no_match);
        }
        let (cleanup_end, cleanup_body) = (self.label(), self.label());
        match &handler.name {
            Some(name) => self.name_op(loc, name, Context::Store)?,
            None => self.op(loc, Opcode::POP_TOP),
        }
        self.jump(loc, Opcode::SETUP_CLEANUP, cleanup_end);
        self.place(cleanup_body);
        self.push_block(loc, Kind::HandlerCleanup(handler.name.as_ref()), Some(cleanup_body), None)?;
        self.stmts(&handler.body)?;
        self.pop_block();
        self.op(Location::NONE, Opcode::POP_BLOCK);
        if let Some(name) = &handler.name {
            self.forget(Location::NONE, name)?;
        }
        self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, next);
        self.place(cleanup_end);
        if let Some(name) = &handler.name {
            self.forget(Location::NONE, name)?;
        }
        self.op_i(Location::NONE, Opcode::LIST_APPEND, 3);
        self.op(Location::NONE, Opcode::POP_TOP);
        self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, with_error);
        self.place(next);
        // Holds the location that is propagated here.
        self.op(Location::NONE, Opcode::NOP);
        self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, with_error);
        self.place(no_match);
        self.op(loc, Opcode::POP_TOP);
        self.place(with_error);
        Ok(())
    }

    /// The end of a `with` whose body raised: what `__exit__` returned is on the stack.
    pub(super) fn with_except_finish(&mut self, cleanup: Label) {
        let suppress = self.label();
        self.op(Location::NONE, Opcode::TO_BOOL);
        self.jump(Location::NONE, Opcode::POP_JUMP_IF_TRUE, suppress);
        self.op_i(Location::NONE, Opcode::RERAISE, 2);
        self.place(suppress);
        self.op(Location::NONE, Opcode::POP_TOP);
        self.op(Location::NONE, Opcode::POP_BLOCK);
        self.op(Location::NONE, Opcode::POP_EXCEPT);
        for _ in 0..3 {
            self.op(Location::NONE, Opcode::POP_TOP);
        }
        let exit = self.label();
        self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, exit);
        self.place(cleanup);
        self.pop_except_and_reraise();
        self.place(exit);
    }
}
