//! Assignments: unpacking, augmented, annotated.

use super::super::sequence::Location;
use super::super::tree::{AnnAssign, AugAssign, Context, Expr, ExprKind, Operator, Subscript};
use super::emit::Table;
use super::expr::{attribute_location, two_part_slice};
use super::jump::SUBSCRIPT;
use super::unit_state::{Deferred, ScopeType};
use super::{Codegen, Done};
use crate::code::{Const, Opcode, flags};

impl<'t> Codegen<'_, 't> {
    /// Spreads the top of the stack over targets.
    pub(super) fn unpack(&mut self, loc: Location, elts: &'t [Expr<'t>]) -> Done {
        match elts.iter().position(Expr::is_starred) {
            None => self.op_i(loc, Opcode::UNPACK_SEQUENCE, elts.len() as u32),
            Some(before) => {
                let after = elts.len() - before - 1;
                if before >= 1 << 8 || after >= (i32::MAX >> 8) as usize {
                    return self.error("too many expressions in star-unpacking assignment", loc);
                }
                if elts[before + 1..].iter().any(Expr::is_starred) {
                    return self.error("multiple starred expressions in assignment", loc);
                }
                self.op_i(loc, Opcode::UNPACK_EX, before as u32 | (after as u32) << 8);
            }
        }
        for elt in elts {
            match &elt.kind {
                ExprKind::Starred { value, .. } => self.expr(value)?,
                _ => self.expr(elt)?,
            }
        }
        Ok(())
    }

    pub(super) fn aug_assign(&mut self, stmt_loc: Location, node: &'t AugAssign<'t>) -> Done {
        let AugAssign { target, op, value } = node;
        let (loc, op) = (target.loc, *op);
        match &target.kind {
            ExprKind::Attribute { value: owner, attr, .. } => {
                self.expr(owner)?;
                self.op_i(loc, Opcode::COPY, 1);
                let attr_loc = attribute_location(loc, target, attr);
                self.op_attr(attr_loc, Opcode::LOAD_ATTR, 0, attr);
                self.aug_value(stmt_loc, op, value)?;
                self.op_i(attr_loc, Opcode::SWAP, 2);
                self.op_attr(attr_loc, Opcode::STORE_ATTR, 0, attr);
            }
            ExprKind::Subscript(node) => {
                let Subscript { value: container, slice, .. } = &**node;
                self.expr(container)?;
                if let Some((lower, upper)) = two_part_slice(slice) {
                    self.slice_parts(slice.loc, lower, upper)?;
                    for _ in 0..3 {
                        self.op_i(loc, Opcode::COPY, 3);
                    }
                    self.op(loc, Opcode::BINARY_SLICE);
                    self.aug_value(stmt_loc, op, value)?;
                    for depth in [4, 3, 2] {
                        self.op_i(loc, Opcode::SWAP, depth);
                    }
                    self.op(loc, Opcode::STORE_SLICE);
                } else {
                    self.expr(slice)?;
                    self.op_i(loc, Opcode::COPY, 2);
                    self.op_i(loc, Opcode::COPY, 2);
                    self.op_i(loc, Opcode::BINARY_OP, SUBSCRIPT);
                    self.aug_value(stmt_loc, op, value)?;
                    self.op_i(loc, Opcode::SWAP, 3);
                    self.op_i(loc, Opcode::SWAP, 2);
                    self.op(loc, Opcode::STORE_SUBSCR);
                }
            }
            ExprKind::Name { id, .. } => {
                self.name_op(loc, id, Context::Load)?;
                self.aug_value(stmt_loc, op, value)?;
                self.name_op(loc, id, Context::Store)?;
            }
            _ => return self.error("illegal expression for augmented assignment", loc),
        }
        Ok(())
    }

    fn aug_value(&mut self, loc: Location, op: Operator, value: &'t Expr<'t>) -> Done {
        self.expr(value)?;
        self.binary_op(loc, op, true);
        Ok(())
    }

    pub(super) fn ann_assign(&mut self, loc: Location, node: &'t AnnAssign<'t>) -> Done {
        let target = &node.target;
        if let Some(value) = &node.value {
            self.expr(value)?;
            self.expr(target)?;
        }
        match &target.kind {
            ExprKind::Name { id, .. } => {
                let scope = self.unit_ref().scope_type;
                if !node.simple || !matches!(scope, ScopeType::Module | ScopeType::Class) {
                    return Ok(());
                }
                if self.context.future.features & flags::FUTURE_ANNOTATIONS != 0 {
                    self.annotation_text(&node.annotation);
                    let mangled = self.maybe_mangle(id);
                    self.op_mangled(
                        loc,
                        Opcode::LOAD_NAME,
                        Table::Names,
                        &self.context.names.get("__annotations__"),
                    );
                    self.load_name_text(loc, &mangled);
                    self.op(loc, Opcode::STORE_SUBSCR);
                } else {
                    self.defer_annotation(loc, node);
                }
                Ok(())
            }
            ExprKind::Attribute { value, .. } if node.value.is_none() => self.check_annotation(value),
            ExprKind::Subscript(target) if node.value.is_none() => {
                self.check_annotation(&target.value)?;
                self.check_annotated_subscript(&target.slice)
            }
            ExprKind::Attribute { .. } | ExprKind::Subscript(_) => Ok(()),
            _ => self.error("illegal target for annotation", target.loc),
        }
    }

    /// Leaves an annotation for `__annotate__`; one that may not be reached notes at run time that
    /// it was.
    fn defer_annotation(&mut self, loc: Location, node: &'t AnnAssign<'t>) {
        let unit = self.unit();
        let is_class = unit.scope_type == ScopeType::Class;
        let conditional = !is_class || unit.conditional_blocks > 0;
        let index = conditional.then_some(unit.next_conditional_annotation);
        unit.next_conditional_annotation += u32::from(conditional);
        unit.deferred_annotations.push(Deferred { loc, node, index });
        let Some(index) = index else { return };
        let name = self.context.names.get("__conditional_annotations__");
        if is_class {
            self.op_mangled(loc, Opcode::LOAD_DEREF, Table::Cellvars, &name);
        } else {
            self.op_mangled(loc, Opcode::LOAD_NAME, Table::Names, &name);
        }
        self.load_int(loc, index);
        self.op_i(loc, Opcode::SET_ADD, 1);
        self.op(loc, Opcode::POP_TOP);
    }

    /// Evaluates a part of an annotated target that is not assigned to, for its errors.
    fn check_annotation(&mut self, expr: &'t Expr<'t>) -> Done {
        self.expr(expr)?;
        self.op(expr.loc, Opcode::POP_TOP);
        Ok(())
    }

    fn check_annotated_subscript(&mut self, slice: &'t Expr<'t>) -> Done {
        match &slice.kind {
            ExprKind::Slice(node) => {
                let parts = [&node.lower, &node.upper, &node.step];
                parts.into_iter().flatten().try_for_each(|part| self.check_annotation(part))
            }
            ExprKind::Tuple { elts, .. } => {
                elts.iter().try_for_each(|elt| self.check_annotated_subscript(elt))
            }
            _ => self.check_annotation(slice),
        }
    }

    /// An annotation as a string, for `from __future__ import annotations`.
    pub(super) fn annotation_text(&mut self, annotation: &Expr) {
        let text = super::super::unparse::unparse(annotation);
        self.load_const(annotation.loc, Const::Str(text));
    }
}
