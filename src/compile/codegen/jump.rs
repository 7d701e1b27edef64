//! Comparisons, conditions and the jumps they decide.

use super::super::sequence::{Label, Location};
use super::super::tree::{BoolOp, CmpOp, Compare, Expr, ExprKind, IfExp, Operator, UnaryOp};
use super::{Codegen, Done};
use crate::code::Opcode;

/// The argument of `BINARY_OP` for `container[subscript]`.
pub(super) const SUBSCRIPT: u32 = 26;
/// What `BINARY_OP` adds for an augmented assignment.
const INPLACE: u32 = 13;

impl<'t> Codegen<'_, 't> {
    pub(super) fn binary_op(&mut self, loc: Location, op: Operator, inplace: bool) {
        let number = match op {
            Operator::Add => 0,
            Operator::BitAnd => 1,
            Operator::FloorDiv => 2,
            Operator::LShift => 3,
            Operator::MatMult => 4,
            Operator::Mult => 5,
            Operator::Mod => 6,
            Operator::BitOr => 7,
            Operator::Pow => 8,
            Operator::RShift => 9,
            Operator::Sub => 10,
            Operator::Div => 11,
            Operator::BitXor => 12,
        };
        self.op_i(loc, Opcode::BINARY_OP, if inplace { number + INPLACE } else { number });
    }

    pub(super) fn compare_op(&mut self, loc: Location, op: CmpOp) {
        // The operator, and the mask of outcomes that make it true: unordered, less, greater, equal.
        let (number, mask) = match op {
            CmpOp::Lt => (0, 0b0010),
            CmpOp::LtE => (1, 0b1010),
            CmpOp::Eq => (2, 0b1000),
            CmpOp::NotEq => (3, 0b0111),
            CmpOp::Gt => (4, 0b0100),
            CmpOp::GtE => (5, 0b1100),
            CmpOp::Is => return self.op_i(loc, Opcode::IS_OP, 0),
            CmpOp::IsNot => return self.op_i(loc, Opcode::IS_OP, 1),
            CmpOp::In => return self.op_i(loc, Opcode::CONTAINS_OP, 0),
            CmpOp::NotIn => return self.op_i(loc, Opcode::CONTAINS_OP, 1),
        };
        self.op_i(loc, Opcode::COMPARE_OP, (number << 5) | mask);
    }

    /// Jumps to `next` if the truth of `expr` is `condition`.
    pub(super) fn jump_if(&mut self, expr: &'t Expr<'t>, next: Label, condition: bool) -> Done {
        super::super::stack::grow(|| self.jump_if_inner(expr, next, condition))
    }

    fn jump_if_inner(&mut self, expr: &'t Expr<'t>, next: Label, condition: bool) -> Done {
        match &expr.kind {
            ExprKind::UnaryOp { op: UnaryOp::Not, operand } => {
                return self.jump_if(operand, next, !condition);
            }
            ExprKind::BoolOp { op, values } => {
                let on = *op == BoolOp::Or;
                let next2 = if on == condition { next } else { self.label() };
                let Some((last, values)) = values.split_last() else { return Ok(()) };
                for value in values {
                    self.jump_if(value, next2, on)?;
                }
                self.jump_if(last, next, condition)?;
                if next2 != next {
                    self.place(next2);
                }
                return Ok(());
            }
            ExprKind::IfExp(node) => {
                let IfExp { test, body, orelse } = &**node;
                let end = self.label();
                let next2 = self.label();
                self.jump_if(test, next2, false)?;
                self.jump_if(body, next, condition)?;
                self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, end);
                self.place(next2);
                self.jump_if(orelse, next, condition)?;
                self.place(end);
                return Ok(());
            }
            ExprKind::Compare(node) if node.ops.len() > 1 => {
                return self.jump_if_chain(expr.loc, node, next, condition);
            }
            _ => {}
        }
        self.expr(expr)?;
        self.op(expr.loc, Opcode::TO_BOOL);
        self.jump(expr.loc, jump_on(condition), next);
        Ok(())
    }

    fn jump_if_chain(&mut self, loc: Location, node: &'t Compare<'t>, next: Label, condition: bool) -> Done {
        let Compare { left, ops, comparators } = node;
        self.check_compare(loc, left, ops, comparators);
        let cleanup = self.label();
        self.expr(left)?;
        let last = comparators.len() - 1;
        for (op, comparator) in ops.iter().zip(&comparators[..last]) {
            self.expr(comparator)?;
            self.op_i(loc, Opcode::SWAP, 2);
            self.op_i(loc, Opcode::COPY, 2);
            self.compare_op(loc, *op);
            self.op(loc, Opcode::TO_BOOL);
            self.jump(loc, Opcode::POP_JUMP_IF_FALSE, cleanup);
        }
        self.expr(&comparators[last])?;
        self.compare_op(loc, ops[last]);
        self.op(loc, Opcode::TO_BOOL);
        self.jump(loc, jump_on(condition), next);
        let end = self.label();
        self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, end);
        self.place(cleanup);
        self.op(loc, Opcode::POP_TOP);
        if !condition {
            self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, next);
        }
        self.place(end);
        Ok(())
    }

    pub(super) fn compare(&mut self, loc: Location, node: &'t Compare<'t>) -> Done {
        let Compare { left, ops, comparators } = node;
        self.check_compare(loc, left, ops, comparators);
        self.expr(left)?;
        let last = comparators.len() - 1;
        if last == 0 {
            self.expr(&comparators[0])?;
            self.compare_op(loc, ops[0]);
            return Ok(());
        }
        let cleanup = self.label();
        for (op, comparator) in ops.iter().zip(&comparators[..last]) {
            self.expr(comparator)?;
            self.op_i(loc, Opcode::SWAP, 2);
            self.op_i(loc, Opcode::COPY, 2);
            self.compare_op(loc, *op);
            self.op_i(loc, Opcode::COPY, 1);
            self.op(loc, Opcode::TO_BOOL);
            self.jump(loc, Opcode::POP_JUMP_IF_FALSE, cleanup);
            self.op(loc, Opcode::POP_TOP);
        }
        self.expr(&comparators[last])?;
        self.compare_op(loc, ops[last]);
        let end = self.label();
        self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, end);
        self.place(cleanup);
        self.op_i(loc, Opcode::SWAP, 2);
        self.op(loc, Opcode::POP_TOP);
        self.place(end);
        Ok(())
    }

    pub(super) fn bool_op(&mut self, loc: Location, op: BoolOp, values: &'t [Expr<'t>]) -> Done {
        let opcode = match op {
            BoolOp::And => Opcode::JUMP_IF_FALSE,
            BoolOp::Or => Opcode::JUMP_IF_TRUE,
        };
        let end = self.label();
        let Some((last, values)) = values.split_last() else { return Ok(()) };
        for value in values {
            self.expr(value)?;
            self.jump(loc, opcode, end);
            self.op(loc, Opcode::POP_TOP);
        }
        self.expr(last)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn if_exp(&mut self, node: &'t IfExp<'t>) -> Done {
        let IfExp { test, body, orelse } = node;
        let end = self.label();
        let next = self.label();
        self.jump_if(test, next, false)?;
        self.expr(body)?;
        self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, end);
        self.place(next);
        self.expr(orelse)?;
        self.place(end);
        Ok(())
    }
}

fn jump_on(condition: bool) -> Opcode {
    if condition { Opcode::POP_JUMP_IF_TRUE } else { Opcode::POP_JUMP_IF_FALSE }
}
