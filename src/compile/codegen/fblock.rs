//! Frame blocks: what has to be undone when `return`, `break` or `continue` leaves a statement.

use super::super::error::CompileError;
use super::super::sequence::{Label, Location};
use super::super::tree::{Context, Name, Stmt};
use super::{Codegen, Done, MAX_BLOCKS};
use crate::code::Opcode;

/// What kind of statement a block belongs to, with what undoing it takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind<'t> {
    WhileLoop,
    ForLoop,
    AsyncForLoop,
    TryExcept,
    /// The body of a `try` with this `finally`.
    FinallyTry(&'t [Stmt<'t>]),
    FinallyEnd,
    With,
    AsyncWith,
    /// The body of an `except`, with the name it binds.
    HandlerCleanup(Option<&'t Name<'t>>),
    /// A return value lies on the stack below a `finally`.
    PopValue,
    ExceptionHandler,
    ExceptionGroupHandler,
    AsyncComprehensionGenerator,
    /// An inlined comprehension that has put values aside.
    InlinedComprehension,
    StopIteration,
}

impl Kind<'_> {
    fn is_loop(self) -> bool {
        matches!(self, Kind::WhileLoop | Kind::ForLoop | Kind::AsyncForLoop)
    }
}

/// A statement that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct FrameBlock<'t> {
    pub kind: Kind<'t>,
    pub loc: Location,
    /// Where `continue` goes.
    pub start: Option<Label>,
    /// Where `break` goes.
    pub exit: Option<Label>,
}

impl<'t> Codegen<'_, 't> {
    pub(super) fn push_block(
        &mut self,
        loc: Location,
        kind: Kind<'t>,
        start: Option<Label>,
        exit: Option<Label>,
    ) -> Done {
        if self.unit_ref().blocks.len() >= MAX_BLOCKS {
            return self.error("too many statically nested blocks", loc);
        }
        self.unit().blocks.push(FrameBlock { kind, loc, start, exit });
        Ok(())
    }

    pub(super) fn pop_block(&mut self) {
        self.unit().blocks.pop();
    }

    fn call_exit_with_nones(&mut self, loc: Location) {
        for _ in 0..3 {
            self.load_none(loc);
        }
        self.op_i(loc, Opcode::CALL, 3);
    }

    /// Calls `__exit__(None, None, None)` and drops what it returns.
    pub(super) fn leave_with(&mut self, loc: Location, is_async: bool) {
        self.call_exit_with_nones(loc);
        if is_async {
            self.op_i(loc, Opcode::GET_AWAITABLE, 2);
            self.load_none(loc);
            self.yield_from(loc, true);
        }
        self.op(loc, Opcode::POP_TOP);
    }

    /// Undoes one block.  Where `preserve_tos` is set, the value on top of the stack stays there.
    /// What follows is marked as artificial where the undoing ran code of its own.
    pub(super) fn unwind_block(
        &mut self,
        loc: &mut Location,
        block: FrameBlock<'t>,
        preserve_tos: bool,
    ) -> Done {
        let swap = |codegen: &mut Self, loc: Location| {
            if preserve_tos {
                codegen.op_i(loc, Opcode::SWAP, 2);
            }
        };
        match block.kind {
            Kind::WhileLoop
            | Kind::ExceptionHandler
            | Kind::ExceptionGroupHandler
            | Kind::AsyncComprehensionGenerator
            | Kind::InlinedComprehension
            | Kind::StopIteration => {}
            Kind::ForLoop | Kind::AsyncForLoop | Kind::PopValue => {
                swap(self, *loc);
                self.op(*loc, Opcode::POP_TOP);
            }
            Kind::TryExcept => self.op(*loc, Opcode::POP_BLOCK),
            Kind::FinallyTry(body) => {
                self.op(*loc, Opcode::POP_BLOCK);
                if preserve_tos {
                    self.push_block(*loc, Kind::PopValue, None, None)?;
                }
                self.stmts(body)?;
                if preserve_tos {
                    self.pop_block();
                }
                *loc = Location::NONE;
            }
            Kind::FinallyEnd => {
                swap(self, *loc);
                self.op(*loc, Opcode::POP_TOP);
                swap(self, *loc);
                self.op(*loc, Opcode::POP_BLOCK);
                self.op(*loc, Opcode::POP_EXCEPT);
            }
            Kind::With | Kind::AsyncWith => {
                *loc = block.loc;
                self.op(*loc, Opcode::POP_BLOCK);
                if preserve_tos {
                    self.op_i(*loc, Opcode::SWAP, 3);
                    self.op_i(*loc, Opcode::SWAP, 2);
                }
                self.leave_with(*loc, matches!(block.kind, Kind::AsyncWith));
                *loc = Location::NONE;
            }
            Kind::HandlerCleanup(name) => {
                if name.is_some() {
                    self.op(*loc, Opcode::POP_BLOCK);
                }
                swap(self, *loc);
                self.op(*loc, Opcode::POP_BLOCK);
                self.op(*loc, Opcode::POP_EXCEPT);
                if let Some(name) = name {
                    self.forget(*loc, name)?;
                }
            }
        }
        Ok(())
    }

    /// `name = None; del name`, at the end of an `except`.
    pub(super) fn forget(&mut self, loc: Location, name: &Name<'t>) -> Done {
        self.load_none(loc);
        self.name_op(loc, name, Context::Store)?;
        self.name_op(loc, name, Context::Del)
    }

    /// Undoes all open blocks, or, where `to_loop` is set, those inside the innermost loop, which
    /// is given back.
    pub(super) fn unwind_stack(
        &mut self,
        loc: &mut Location,
        preserve_tos: bool,
        to_loop: bool,
    ) -> Result<Option<FrameBlock<'t>>, CompileError> {
        let Some(&top) = self.unit_ref().blocks.last() else { return Ok(None) };
        if matches!(top.kind, Kind::ExceptionGroupHandler) {
            let message = "'break', 'continue' and 'return' cannot appear in an except* block";
            return self.error(message, *loc);
        }
        if to_loop && top.kind.is_loop() {
            return Ok(Some(top));
        }
        self.pop_block();
        self.unwind_block(loc, top, preserve_tos)?;
        let found = self.unwind_stack(loc, preserve_tos, to_loop)?;
        self.unit().blocks.push(top);
        Ok(found)
    }
}
