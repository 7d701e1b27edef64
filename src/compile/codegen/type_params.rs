//! Type parameters and type aliases.

use super::super::sequence::Location;
use super::super::tree::{Context, Expr, ExprKind, Name, NodeId, TypeAlias, TypeParam, TypeParamKind};
use super::emit::{Metadata, function_flag};
use super::unit_state::ScopeType;
use super::{Codegen, Done};
use crate::code::{Const, Opcode};

/// Arguments of `CALL_INTRINSIC_1`.
mod intrinsic_1 {
    pub const TYPEVAR: u32 = 7;
    pub const PARAMSPEC: u32 = 8;
    pub const TYPEVARTUPLE: u32 = 9;
    pub const TYPEALIAS: u32 = 11;
}

/// Arguments of `CALL_INTRINSIC_2`.
mod intrinsic_2 {
    pub const TYPEVAR_WITH_BOUND: u32 = 2;
    pub const TYPEVAR_WITH_CONSTRAINTS: u32 = 3;
    pub const SET_TYPEPARAM_DEFAULT: u32 = 5;
}

impl<'t> Codegen<'_, 't> {
    /// Makes the type parameters, binds them, and leaves a tuple of them on the stack.
    pub(super) fn type_params(&mut self, params: &'t [TypeParam<'t>]) -> Done {
        let mut seen_default = false;
        for param in params {
            let loc = param.loc;
            self.load_name_text(loc, &param.name);
            match &param.kind {
                TypeParamKind::TypeVar { bound: Some(bound) } => {
                    self.bound_or_default(bound, &param.name, param.id, false)?;
                    let is_tuple = matches!(bound.kind, ExprKind::Tuple { .. });
                    let intrinsic = if is_tuple {
                        intrinsic_2::TYPEVAR_WITH_CONSTRAINTS
                    } else {
                        intrinsic_2::TYPEVAR_WITH_BOUND
                    };
                    self.op_i(loc, Opcode::CALL_INTRINSIC_2, intrinsic);
                }
                TypeParamKind::TypeVar { bound: None } => {
                    self.op_i(loc, Opcode::CALL_INTRINSIC_1, intrinsic_1::TYPEVAR);
                }
                TypeParamKind::TypeVarTuple => {
                    self.op_i(loc, Opcode::CALL_INTRINSIC_1, intrinsic_1::TYPEVARTUPLE);
                }
                TypeParamKind::ParamSpec => {
                    self.op_i(loc, Opcode::CALL_INTRINSIC_1, intrinsic_1::PARAMSPEC);
                }
            }
            if let Some(default) = &param.default_value {
                seen_default = true;
                let starred = matches!(param.kind, TypeParamKind::TypeVarTuple);
                self.bound_or_default(default, &param.name, param.id.default_value(), starred)?;
                self.op_i(loc, Opcode::CALL_INTRINSIC_2, intrinsic_2::SET_TYPEPARAM_DEFAULT);
            } else if seen_default {
                let message =
                    format!("non-default type parameter '{}' follows default type parameter", param.name);
                return self.error(message, loc);
            }
            self.op_i(loc, Opcode::COPY, 1);
            self.name_op(loc, &param.name, Context::Store)?;
        }
        if let Some(first) = params.first() {
            self.op_i(first.loc, Opcode::BUILD_TUPLE, params.len() as u32);
        }
        Ok(())
    }

    /// The default of the format that a lazily evaluated expression is called with.
    fn load_format_default(&mut self, loc: Location) {
        self.load_const(loc, Const::Tuple([Const::Int(1.into())].into()));
    }

    fn bound_or_default(&mut self, expr: &'t Expr<'t>, name: &Name<'t>, node: NodeId, starred: bool) -> Done {
        let loc = expr.loc;
        self.load_format_default(loc);
        self.enter_evaluator(loc, node, name)?;
        match &expr.kind {
            ExprKind::Starred { value, .. } if starred => {
                self.expr(value)?;
                self.op_i(loc, Opcode::UNPACK_SEQUENCE, 1);
            }
            _ => self.expr(expr)?,
        }
        self.leave_evaluator(loc, true, function_flag::DEFAULTS)
    }

    fn enter_evaluator(&mut self, loc: Location, node: NodeId, name: &Name<'t>) -> Done {
        let Some(entry) = self.table.lookup(node) else {
            return self.error("unknown symbol table entry", loc);
        };
        self.enter_annotations(loc, entry, *name)
    }

    pub(super) fn type_alias(&mut self, loc: Location, node: &'t TypeAlias<'t>) -> Done {
        let generic = !node.type_params.is_empty();
        if generic {
            let name = format!("<generic parameters of {}>", node.name);
            let id = node.id.type_params();
            let counts = Metadata::default();
            self.enter_scope(
                self.context.names.get(&name),
                ScopeType::Annotations,
                id,
                loc.line,
                None,
                counts,
            )?;
            self.load_name_text(loc, &node.name);
            self.type_params(&node.type_params)?;
        } else {
            self.load_name_text(loc, &node.name);
            self.load_none(loc);
        }
        self.load_format_default(loc);
        self.enter_evaluator(loc, node.id, &node.name)?;
        self.expr(&node.value)?;
        self.leave_evaluator(loc, false, function_flag::DEFAULTS)?;
        self.op_i(loc, Opcode::BUILD_TUPLE, 3);
        self.op_i(loc, Opcode::CALL_INTRINSIC_1, intrinsic_1::TYPEALIAS);
        if generic {
            let code = self.assemble(false)?;
            self.make_closure(loc, code, 0)?;
            self.op(loc, Opcode::PUSH_NULL);
            self.op_i(loc, Opcode::CALL, 0);
        }
        self.name_op(loc, &node.name, Context::Store)
    }
}
