//! `super().name` without making a super object.

use super::super::sequence::Location;
use super::super::symtable::{Scope, Symtable};
use super::super::tree::{Call, Context, Expr, ExprKind, Name};
use super::{Codegen, Done};

impl<'t> Codegen<'_, 't> {
    /// The call of `super` in `super(…).attr`, if there is an instruction for it.
    pub(super) fn super_call(&self, value: &'t Expr<'t>, attr: &Name<'t>) -> Option<&'t Call<'t>> {
        let ExprKind::Call(call) = &value.kind else { return None };
        let ExprKind::Name { id, .. } = &call.func.kind else { return None };
        if &**id != "super" || &**attr == "__class__" || !call.keywords.is_empty() {
            return None;
        }
        // The name must visibly mean the builtin.
        if self.entry().scope(id) != Scope::GlobalImplicit
            || self.table[Symtable::TOP].scope(id) != Scope::Unknown
        {
            return None;
        }
        let usable = match call.args.len() {
            2 => !call.args.iter().any(Expr::is_starred),
            0 => {
                let unit = self.unit_ref();
                unit.argcount + unit.posonlyargcount > 0
                    && self.ref_type(&self.context.names.get("__class__")) == Scope::Free
            }
            _ => false,
        };
        usable.then_some(call)
    }

    /// `super`, the class and the instance onto the stack.
    pub(super) fn load_super_args(&mut self, loc: Location, call: &'t Call<'t>) -> Done {
        if let ExprKind::Name { id, .. } = &call.func.kind {
            self.name_op(call.func.loc, id, Context::Load)?;
        }
        if !call.args.is_empty() {
            return self.exprs(&call.args);
        }
        self.name_op(loc, &self.context.names.get("__class__"), Context::Load)?;
        match self.unit_ref().varnames.first().copied() {
            Some(first) => self.name_op(loc, &first, Context::Load),
            None => self.error("super(): no arguments", loc),
        }
    }
}
