//! Statements.

use super::super::sequence::Location;
use super::super::stack;
use super::super::tree::{Expr, If, Stmt, StmtKind};
use super::{Codegen, Done};
use crate::code::Opcode;

/// `LOAD_COMMON_CONSTANT` for `AssertionError`.
const ASSERTION_ERROR: u32 = 0;
/// `CALL_INTRINSIC_1` for an expression at the prompt.
const PRINT: u32 = 1;

impl<'t> Codegen<'_, 't> {
    pub(super) fn stmts(&mut self, body: &'t [Stmt<'t>]) -> Done {
        body.iter().try_for_each(|stmt| stack::grow(|| self.stmt(stmt)))
    }

    /// A statement whose body may run or not.
    fn conditional(&mut self, visit: impl FnOnce(&mut Self) -> Done) -> Done {
        self.unit().conditional_blocks += 1;
        visit(self)?;
        self.unit().conditional_blocks -= 1;
        Ok(())
    }

    fn stmt(&mut self, stmt: &'t Stmt<'t>) -> Done {
        let loc = stmt.loc;
        match &stmt.kind {
            StmtKind::FunctionDef(node) => self.function_def(loc, node),
            StmtKind::ClassDef(node) => self.class_def(loc, node),
            StmtKind::TypeAlias(node) => self.type_alias(loc, node),
            StmtKind::Return(value) => self.return_(loc, value.as_deref()),
            StmtKind::Delete(targets) => self.exprs(targets),
            StmtKind::Assign(node) => {
                self.expr(&node.value)?;
                for (at, target) in node.targets.iter().enumerate() {
                    if at + 1 < node.targets.len() {
                        self.op_i(loc, Opcode::COPY, 1);
                    }
                    self.expr(target)?;
                }
                Ok(())
            }
            StmtKind::AugAssign(node) => self.aug_assign(loc, node),
            StmtKind::AnnAssign(node) => self.ann_assign(loc, node),
            StmtKind::For(node) => self.conditional(|codegen| {
                if node.is_async { codegen.async_for(loc, node) } else { codegen.for_(loc, node) }
            }),
            StmtKind::While(node) => self.conditional(|codegen| codegen.while_(loc, node)),
            StmtKind::If(node) => self.conditional(|codegen| codegen.if_(node)),
            StmtKind::Match { subject, cases } => self.conditional(|codegen| codegen.match_(subject, cases)),
            StmtKind::Raise { exc, cause } => {
                let mut count = 0;
                for value in exc.iter().chain(cause) {
                    self.expr(value)?;
                    count += 1;
                }
                self.op_i(loc, Opcode::RAISE_VARARGS, count);
                Ok(())
            }
            StmtKind::Try(node) => self.conditional(|codegen| codegen.try_(loc, node)),
            StmtKind::Assert { test, msg } => self.assert(loc, test, msg.as_deref()),
            StmtKind::Import(names) => self.import(loc, names),
            StmtKind::ImportFrom(node) => self.import_from(loc, node),
            StmtKind::Global(_) | StmtKind::Nonlocal(_) => Ok(()),
            StmtKind::Expr(value) => self.expr_stmt(loc, value),
            StmtKind::Pass => {
                self.op(loc, Opcode::NOP);
                Ok(())
            }
            StmtKind::Break => self.break_(loc),
            StmtKind::Continue => self.continue_(loc),
            StmtKind::With(node) => self.conditional(|codegen| codegen.with(node, 0)),
        }
    }

    fn if_(&mut self, node: &'t If<'t>) -> Done {
        let If { test, body, orelse } = node;
        let end = self.label();
        let next = if orelse.is_empty() { end } else { self.label() };
        self.jump_if(test, next, false)?;
        self.stmts(body)?;
        if !orelse.is_empty() {
            self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, end);
            self.place(next);
            self.stmts(orelse)?;
        }
        self.place(end);
        Ok(())
    }

    fn return_(&mut self, stmt_loc: Location, value: Option<&'t Expr<'t>>) -> Done {
        let mut loc = stmt_loc;
        let entry = self.entry();
        if !entry.is_function_like() {
            return self.error("'return' outside function", loc);
        }
        if value.is_some() && entry.coroutine && entry.generator {
            return self.error("'return' with value in async generator", loc);
        }
        let constant = value.and_then(Expr::as_constant);
        let preserve_tos = value.is_some() && constant.is_none();
        if let Some(value) = value {
            if preserve_tos {
                self.expr(value)?;
            } else {
                // The line of the value is seen although it is loaded at the very end.
                loc = value.loc;
                self.op(loc, Opcode::NOP);
            }
        }
        if value.is_none_or(|value| value.loc.line != stmt_loc.line) {
            loc = stmt_loc;
            self.op(loc, Opcode::NOP);
        }
        self.unwind_stack(&mut loc, preserve_tos, false)?;
        match (value, constant) {
            (None, _) => self.load_none(loc),
            (Some(_), Some(constant)) => self.load_const_ref(loc, constant),
            (Some(_), None) => {}
        }
        self.op(loc, Opcode::RETURN_VALUE);
        Ok(())
    }

    fn assert(&mut self, loc: Location, test: &'t Expr<'t>, msg: Option<&'t Expr<'t>>) -> Done {
        self.check_assertion(loc, test);
        if self.context.optimize > 0 {
            return Ok(());
        }
        let end = self.label();
        self.jump_if(test, end, true)?;
        self.op_i(loc, Opcode::LOAD_COMMON_CONSTANT, ASSERTION_ERROR);
        if let Some(msg) = msg {
            self.expr(msg)?;
            self.op_i(loc, Opcode::CALL, 0);
        }
        self.op_i(test.loc, Opcode::RAISE_VARARGS, 1);
        self.place(end);
        Ok(())
    }

    fn expr_stmt(&mut self, loc: Location, value: &'t Expr<'t>) -> Done {
        if self.interactive && self.units.len() == 1 {
            self.expr(value)?;
            self.op_i(loc, Opcode::CALL_INTRINSIC_1, PRINT);
            self.op(Location::NONE, Opcode::POP_TOP);
        } else if value.is_constant() {
            self.op(loc, Opcode::NOP);
        } else {
            self.expr(value)?;
            self.op(Location::NONE, Opcode::POP_TOP);
        }
        Ok(())
    }
}
