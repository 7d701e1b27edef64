//! Loops, and the jumps out of them.

use super::super::sequence::Location;
use super::super::tree::{For, While};
use super::fblock::Kind;
use super::{Codegen, Done};
use crate::code::Opcode;

impl<'t> Codegen<'_, 't> {
    pub(super) fn for_(&mut self, loc: Location, node: &'t For<'t>) -> Done {
        let (start, body, cleanup, end) = (self.label(), self.label(), self.label(), self.label());
        self.push_block(loc, Kind::ForLoop, Some(start), Some(end))?;
        self.expr(&node.iter)?;
        let loc = node.iter.loc;
        self.op(loc, Opcode::GET_ITER);
        self.place(start);
        self.jump(loc, Opcode::FOR_ITER, cleanup);
        // Keeps the line of a target that stands on another line than the iterator.
        self.op(node.target.loc, Opcode::NOP);
        self.place(body);
        self.expr(&node.target)?;
        self.stmts(&node.body)?;
        self.jump(Location::NONE, Opcode::JUMP, start);
        self.place(cleanup);
        self.op(Location::NONE, Opcode::END_FOR);
        self.op(Location::NONE, Opcode::POP_ITER);
        self.pop_block();
        self.stmts(&node.orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn async_for(&mut self, loc: Location, node: &'t For<'t>) -> Done {
        let (start, send, except, end) = (self.label(), self.label(), self.label(), self.label());
        self.expr(&node.iter)?;
        self.op(node.iter.loc, Opcode::GET_AITER);
        self.place(start);
        self.push_block(loc, Kind::AsyncForLoop, Some(start), Some(end))?;
        self.jump(loc, Opcode::SETUP_FINALLY, except);
        self.op(loc, Opcode::GET_ANEXT);
        self.load_none(loc);
        self.place(send);
        self.yield_from(loc, true);
        self.op(loc, Opcode::POP_BLOCK);
        self.op(loc, Opcode::NOT_TAKEN);
        self.expr(&node.target)?;
        self.stmts(&node.body)?;
        self.jump(Location::NONE, Opcode::JUMP, start);
        self.pop_block();
        self.place(except);
        self.jump(node.iter.loc, Opcode::END_ASYNC_FOR, send);
        self.stmts(&node.orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn while_(&mut self, loc: Location, node: &'t While<'t>) -> Done {
        let While { test, body, orelse } = node;
        let (start, end, anchor) = (self.label(), self.label(), self.label());
        self.place(start);
        self.push_block(loc, Kind::WhileLoop, Some(start), Some(end))?;
        self.jump_if(test, anchor, false)?;
        self.stmts(body)?;
        self.jump(Location::NONE, Opcode::JUMP, start);
        self.pop_block();
        self.place(anchor);
        self.stmts(orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn break_(&mut self, loc: Location) -> Done {
        let mut unwound = loc;
        self.op(loc, Opcode::NOP);
        let found = self.unwind_stack(&mut unwound, false, true)?;
        let Some((block, exit)) = found.and_then(|block| Some((block, block.exit?))) else {
            return self.error("'break' outside loop", loc);
        };
        self.unwind_block(&mut unwound, block, false)?;
        self.jump(unwound, Opcode::JUMP, exit);
        Ok(())
    }

    pub(super) fn continue_(&mut self, loc: Location) -> Done {
        let mut unwound = loc;
        self.op(loc, Opcode::NOP);
        let found = self.unwind_stack(&mut unwound, false, true)?;
        let Some(start) = found.and_then(|block| block.start) else {
            return self.error("'continue' not properly in loop", loc);
        };
        self.jump(unwound, Opcode::JUMP, start);
        Ok(())
    }
}
