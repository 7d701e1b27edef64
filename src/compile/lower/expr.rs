//! Expressions.

use ruff_python_ast as ast;

use super::super::tree::{
    Arguments, BinOp, BoolOp, Call, CmpOp, Comp, CompKind, Compare, Comprehension, Context, Dict, Expr,
    ExprKind, IfExp, List, Operator, Slice, Subscript, UnaryOp,
};
use super::stmt::Commented;
use super::{Lower, Lowered};
use crate::code::Const;

impl<'a> Lower<'_, 'a> {
    pub(super) fn expr(&mut self, expr: &ast::Expr) -> Lowered<Expr<'a>> {
        // The commonest kinds are told apart but once; what has no node inside it needs no more stack.
        let (loc, kind) = match expr {
            ast::Expr::Name(node) => (self.location(node.range), self.name_kind(node)),
            ast::Expr::StringLiteral(node) => (self.location(node.range), self.string(node)),
            ast::Expr::NumberLiteral(node) => {
                let number = self.number(node)?;
                (self.location(node.range), self.constant(number))
            }
            ast::Expr::BooleanLiteral(node) => {
                (self.location(node.range), self.constant(Const::Bool(node.value)))
            }
            ast::Expr::NoneLiteral(node) => (self.location(node.range), self.constant(Const::None)),
            ast::Expr::Attribute(node) => {
                (self.location(node.range), self.nested(|lower| lower.attribute(node))?)
            }
            ast::Expr::Call(node) => (self.loc(node), self.nested(|lower| lower.call(node))?),
            _ => (self.loc(expr), self.nested(|lower| lower.expr_kind(expr))?),
        };
        Ok(Expr { loc, kind })
    }

    fn name_kind(&mut self, node: &ast::ExprName) -> ExprKind<'a> {
        self.to_preprocess += u32::from(node.id == "__debug__");
        ExprKind::Name { id: self.name(&node.id), ctx: context(node.ctx) }
    }

    fn attribute(&mut self, node: &ast::ExprAttribute) -> Lowered<ExprKind<'a>> {
        let value = self.boxed(&node.value)?;
        Ok(ExprKind::Attribute { value, attr: self.name(&node.attr), ctx: context(node.ctx) })
    }

    fn call(&mut self, node: &ast::ExprCall) -> Lowered<ExprKind<'a>> {
        let func = self.expr(&node.func)?;
        let (args, keywords) = self.call_arguments(&node.arguments)?;
        Ok(ExprKind::Call(self.arena().node(Call { func, args, keywords })))
    }

    pub(super) fn boxed(&mut self, expr: &ast::Expr) -> Lowered<&'a mut Expr<'a>> {
        Ok(self.arena().node(self.expr(expr)?))
    }

    pub(super) fn option(&mut self, expr: Option<&ast::Expr>) -> Lowered<Option<Expr<'a>>> {
        expr.map(|expr| self.expr(expr)).transpose()
    }

    pub(super) fn boxed_option(&mut self, expr: Option<&ast::Expr>) -> Lowered<Option<&'a mut Expr<'a>>> {
        expr.map(|expr| self.boxed(expr)).transpose()
    }

    pub(super) fn exprs(&mut self, exprs: &[ast::Expr]) -> Lowered<List<'a, Expr<'a>>> {
        self.each(exprs, Self::expr)
    }

    fn expr_kind(&mut self, expr: &ast::Expr) -> Lowered<ExprKind<'a>> {
        Ok(match expr {
            ast::Expr::BoolOp(_) | ast::Expr::Named(_) | ast::Expr::BinOp(_) | ast::Expr::UnaryOp(_) => {
                self.operator_kind(expr)?
            }
            ast::Expr::Lambda(node) => {
                let id = self.id(1);
                let args = match &node.parameters {
                    Some(parameters) => self.arguments(parameters, Commented::No)?,
                    None => Arguments::default(),
                };
                ExprKind::Lambda { id, args: self.arena().node(args), body: self.boxed(&node.body)? }
            }
            ast::Expr::If(node) => ExprKind::IfExp(self.arena().node(IfExp {
                test: self.expr(&node.test)?,
                body: self.expr(&node.body)?,
                orelse: self.expr(&node.orelse)?,
            })),
            ast::Expr::Dict(node) => {
                let mut keys = self.list(node.items.len());
                let mut values = self.list(node.items.len());
                for item in &node.items {
                    keys.push(self.option(item.key.as_ref())?);
                    values.push(self.expr(&item.value)?);
                }
                ExprKind::Dict(self.arena().node(Dict { keys: keys.done(), values: values.done() }))
            }
            ast::Expr::Set(node) => ExprKind::Set(self.exprs(&node.elts)?),
            ast::Expr::ListComp(node) => self.comp(CompKind::List, &node.elt, None, &node.generators)?,
            ast::Expr::SetComp(node) => self.comp(CompKind::Set, &node.elt, None, &node.generators)?,
            ast::Expr::DictComp(node) => match &node.key {
                Some(key) => self.comp(CompKind::Dict, key, Some(&node.value), &node.generators)?,
                None => return Err(Self::invalid(expr)),
            },
            ast::Expr::Generator(node) => {
                self.comp(CompKind::Generator, &node.elt, None, &node.generators)?
            }
            ast::Expr::Await(node) => ExprKind::Await(self.boxed(&node.value)?),
            ast::Expr::Yield(node) => ExprKind::Yield(self.boxed_option(node.value.as_deref())?),
            ast::Expr::YieldFrom(node) => ExprKind::YieldFrom(self.boxed(&node.value)?),
            ast::Expr::Compare(node) => ExprKind::Compare(self.arena().node(Compare {
                left: self.expr(&node.left)?,
                ops: self.arena().collect(node.ops.iter().map(|&op| cmp_op(op))),
                comparators: self.exprs(&node.comparators)?,
            })),
            ast::Expr::Call(node) => self.call(node)?,
            ast::Expr::FString(_)
            | ast::Expr::TString(_)
            | ast::Expr::StringLiteral(_)
            | ast::Expr::BytesLiteral(_)
            | ast::Expr::NumberLiteral(_)
            | ast::Expr::BooleanLiteral(_)
            | ast::Expr::NoneLiteral(_)
            | ast::Expr::EllipsisLiteral(_) => self.literal_kind(expr)?,
            ast::Expr::Attribute(_)
            | ast::Expr::Subscript(_)
            | ast::Expr::Starred(_)
            | ast::Expr::Name(_)
            | ast::Expr::List(_)
            | ast::Expr::Tuple(_) => self.target_kind(expr)?,
            ast::Expr::Slice(node) => ExprKind::Slice(self.arena().node(Slice {
                lower: self.option(node.lower.as_deref())?,
                upper: self.option(node.upper.as_deref())?,
                step: self.option(node.step.as_deref())?,
            })),
            ast::Expr::IpyEscapeCommand(_) => return Err(Self::invalid(expr)),
        })
    }

    fn operator_kind(&mut self, expr: &ast::Expr) -> Lowered<ExprKind<'a>> {
        Ok(match expr {
            ast::Expr::BoolOp(node) => {
                let op = match node.op {
                    ast::BoolOp::And => BoolOp::And,
                    ast::BoolOp::Or => BoolOp::Or,
                };
                ExprKind::BoolOp { op, values: self.exprs(&node.values)? }
            }
            ast::Expr::Named(node) => {
                ExprKind::NamedExpr { target: self.boxed(&node.target)?, value: self.boxed(&node.value)? }
            }
            ast::Expr::BinOp(node) => {
                let is_format = node.op == ast::Operator::Mod && node.left.is_string_literal_expr();
                self.to_preprocess += u32::from(is_format);
                ExprKind::BinOp(self.arena().node(BinOp {
                    left: self.expr(&node.left)?,
                    op: operator(node.op),
                    right: self.expr(&node.right)?,
                }))
            }
            ast::Expr::UnaryOp(node) => {
                let op = match node.op {
                    ast::UnaryOp::Invert => UnaryOp::Invert,
                    ast::UnaryOp::Not => UnaryOp::Not,
                    ast::UnaryOp::UAdd => UnaryOp::UAdd,
                    ast::UnaryOp::USub => UnaryOp::USub,
                };
                ExprKind::UnaryOp { op, operand: self.boxed(&node.operand)? }
            }
            _ => return Err(Self::invalid(expr)),
        })
    }

    fn literal_kind(&mut self, expr: &ast::Expr) -> Lowered<ExprKind<'a>> {
        Ok(match expr {
            ast::Expr::FString(node) => self.joined_str(node)?,
            ast::Expr::TString(node) => self.template_str(node)?,
            ast::Expr::StringLiteral(node) => self.string(node),
            ast::Expr::BytesLiteral(node) => self.bytes(node),
            ast::Expr::NumberLiteral(node) => {
                let number = self.number(node)?;
                self.constant(number)
            }
            ast::Expr::BooleanLiteral(node) => self.constant(Const::Bool(node.value)),
            ast::Expr::NoneLiteral(_) => self.constant(Const::None),
            ast::Expr::EllipsisLiteral(_) => self.constant(Const::Ellipsis),
            _ => return Err(Self::invalid(expr)),
        })
    }

    /// What may stand on the left of an assignment.
    fn target_kind(&mut self, expr: &ast::Expr) -> Lowered<ExprKind<'a>> {
        Ok(match expr {
            ast::Expr::Attribute(node) => self.attribute(node)?,
            ast::Expr::Subscript(node) => ExprKind::Subscript(self.arena().node(Subscript {
                value: self.expr(&node.value)?,
                slice: self.expr(&node.slice)?,
                ctx: context(node.ctx),
            })),
            ast::Expr::Starred(node) => {
                ExprKind::Starred { value: self.boxed(&node.value)?, ctx: context(node.ctx) }
            }
            ast::Expr::Name(node) => self.name_kind(node),
            ast::Expr::List(node) => ExprKind::List { elts: self.exprs(&node.elts)?, ctx: context(node.ctx) },
            ast::Expr::Tuple(node) => {
                ExprKind::Tuple { elts: self.exprs(&node.elts)?, ctx: context(node.ctx) }
            }
            _ => return Err(Self::invalid(expr)),
        })
    }

    fn comp(
        &mut self,
        kind: CompKind,
        elt: &ast::Expr,
        value: Option<&ast::Expr>,
        generators: &[ast::Comprehension],
    ) -> Lowered<ExprKind<'a>> {
        let id = self.id(1);
        let elt = self.expr(elt)?;
        let value = self.option(value)?;
        let mut lowered = self.list(generators.len());
        for generator in generators {
            lowered.push(Comprehension {
                target: self.expr(&generator.target)?,
                iter: self.expr(&generator.iter)?,
                ifs: self.exprs(&generator.ifs)?,
                is_async: generator.is_async,
            });
        }
        Ok(ExprKind::Comp(self.arena().node(Comp { id, kind, elt, value, generators: lowered.done() })))
    }
}

fn context(ctx: ast::ExprContext) -> Context {
    match ctx {
        ast::ExprContext::Load | ast::ExprContext::Invalid => Context::Load,
        ast::ExprContext::Store => Context::Store,
        ast::ExprContext::Del => Context::Del,
    }
}

pub(super) fn operator(op: ast::Operator) -> Operator {
    match op {
        ast::Operator::Add => Operator::Add,
        ast::Operator::Sub => Operator::Sub,
        ast::Operator::Mult => Operator::Mult,
        ast::Operator::MatMult => Operator::MatMult,
        ast::Operator::Div => Operator::Div,
        ast::Operator::Mod => Operator::Mod,
        ast::Operator::Pow => Operator::Pow,
        ast::Operator::LShift => Operator::LShift,
        ast::Operator::RShift => Operator::RShift,
        ast::Operator::BitOr => Operator::BitOr,
        ast::Operator::BitXor => Operator::BitXor,
        ast::Operator::BitAnd => Operator::BitAnd,
        ast::Operator::FloorDiv => Operator::FloorDiv,
    }
}

fn cmp_op(op: ast::CmpOp) -> CmpOp {
    match op {
        ast::CmpOp::Eq => CmpOp::Eq,
        ast::CmpOp::NotEq => CmpOp::NotEq,
        ast::CmpOp::Lt => CmpOp::Lt,
        ast::CmpOp::LtE => CmpOp::LtE,
        ast::CmpOp::Gt => CmpOp::Gt,
        ast::CmpOp::GtE => CmpOp::GtE,
        ast::CmpOp::Is => CmpOp::Is,
        ast::CmpOp::IsNot => CmpOp::IsNot,
        ast::CmpOp::In => CmpOp::In,
        ast::CmpOp::NotIn => CmpOp::NotIn,
    }
}
