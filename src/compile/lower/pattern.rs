//! Patterns of `match`.

use ruff_python_ast as ast;

use super::super::tree::{List, Pattern, PatternKind};
use super::{Lower, Lowered};
use crate::code::Const;

impl<'a> Lower<'_, 'a> {
    pub(super) fn pattern(&mut self, pattern: &ast::Pattern) -> Lowered<Pattern<'a>> {
        self.nested(|lower| Ok(Pattern { loc: lower.loc(pattern), kind: lower.pattern_kind(pattern)? }))
    }

    fn patterns(&mut self, patterns: &[ast::Pattern]) -> Lowered<List<'a, Pattern<'a>>> {
        self.each(patterns, Self::pattern)
    }

    fn pattern_kind(&mut self, pattern: &ast::Pattern) -> Lowered<PatternKind<'a>> {
        Ok(match pattern {
            ast::Pattern::MatchValue(node) if is_value(&node.value) => {
                PatternKind::MatchValue(self.expr(&node.value)?)
            }
            ast::Pattern::MatchValue(node) => return Err(Self::invalid(node)),
            ast::Pattern::MatchSingleton(node) => {
                PatternKind::MatchSingleton(self.arena().constant(match node.value {
                    ast::Singleton::None => Const::None,
                    ast::Singleton::True => Const::Bool(true),
                    ast::Singleton::False => Const::Bool(false),
                }))
            }
            ast::Pattern::MatchSequence(node) => PatternKind::MatchSequence(self.patterns(&node.patterns)?),
            ast::Pattern::MatchMapping(node) => PatternKind::MatchMapping {
                keys: self.exprs(&node.keys)?,
                patterns: self.patterns(&node.patterns)?,
                rest: self.identifier(node.rest.as_ref()),
            },
            ast::Pattern::MatchClass(node) => {
                let keywords = node.arguments.keywords.len();
                let (mut kwd_attrs, mut kwd_patterns) = (self.list(keywords), self.list(keywords));
                for keyword in &node.arguments.keywords {
                    kwd_attrs.push(self.name(&keyword.attr));
                    kwd_patterns.push(self.pattern(&keyword.pattern)?);
                }
                PatternKind::MatchClass {
                    cls: self.expr(&node.cls)?,
                    patterns: self.patterns(&node.arguments.patterns)?,
                    kwd_attrs: kwd_attrs.done(),
                    kwd_patterns: kwd_patterns.done(),
                }
            }
            ast::Pattern::MatchStar(node) => PatternKind::MatchStar(self.identifier(node.name.as_ref())),
            ast::Pattern::MatchAs(node) => {
                let inner = node.pattern.as_deref().map(|inner| self.pattern(inner)).transpose()?;
                let name = self.identifier(node.name.as_ref());
                PatternKind::MatchAs { pattern: inner.map(|inner| self.arena().node(inner)), name }
            }
            ast::Pattern::MatchOr(node) => PatternKind::MatchOr(self.patterns(&node.patterns)?),
        })
    }
}

/// Whether an expression may stand for itself in a pattern; the parser takes more.
fn is_value(expr: &ast::Expr) -> bool {
    match expr {
        ast::Expr::BinOp(node) => {
            matches!(node.op, ast::Operator::Add | ast::Operator::Sub)
                && is_number(&node.left)
                && matches!(*node.right, ast::Expr::NumberLiteral(_))
        }
        ast::Expr::UnaryOp(_) => is_number(expr),
        _ => true,
    }
}

/// A number, with a sign or not.
fn is_number(expr: &ast::Expr) -> bool {
    match expr {
        ast::Expr::UnaryOp(node) => {
            node.op == ast::UnaryOp::USub && matches!(*node.operand, ast::Expr::NumberLiteral(_))
        }
        _ => matches!(expr, ast::Expr::NumberLiteral(_)),
    }
}
