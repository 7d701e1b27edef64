//! Patterns of `match`.

use ruff_python_ast as ast;

use super::super::tree::{Pattern, PatternKind};
use super::{Lower, Lowered};
use crate::code::Const;

impl Lower<'_> {
    pub(super) fn pattern(&mut self, pattern: &ast::Pattern) -> Lowered<Pattern> {
        self.nested(pattern, |lower| {
            Ok(Pattern { loc: lower.loc(pattern), kind: lower.pattern_kind(pattern)? })
        })
    }

    fn patterns(&mut self, patterns: &[ast::Pattern]) -> Lowered<Vec<Pattern>> {
        patterns.iter().map(|pattern| self.pattern(pattern)).collect()
    }

    fn pattern_kind(&mut self, pattern: &ast::Pattern) -> Lowered<PatternKind> {
        Ok(match pattern {
            ast::Pattern::MatchValue(node) => PatternKind::MatchValue(self.expr(&node.value)?),
            ast::Pattern::MatchSingleton(node) => PatternKind::MatchSingleton(match node.value {
                ast::Singleton::None => Const::None,
                ast::Singleton::True => Const::Bool(true),
                ast::Singleton::False => Const::Bool(false),
            }),
            ast::Pattern::MatchSequence(node) => PatternKind::MatchSequence(self.patterns(&node.patterns)?),
            ast::Pattern::MatchMapping(node) => PatternKind::MatchMapping {
                keys: self.exprs(&node.keys)?,
                patterns: self.patterns(&node.patterns)?,
                rest: self.identifier(node.rest.as_ref()),
            },
            ast::Pattern::MatchClass(node) => {
                let mut kwd_attrs = Vec::new();
                let mut kwd_patterns = Vec::new();
                for keyword in &node.arguments.keywords {
                    kwd_attrs.push(self.name(&keyword.attr));
                    kwd_patterns.push(self.pattern(&keyword.pattern)?);
                }
                PatternKind::MatchClass {
                    cls: self.expr(&node.cls)?,
                    patterns: self.patterns(&node.arguments.patterns)?,
                    kwd_attrs,
                    kwd_patterns,
                }
            }
            ast::Pattern::MatchStar(node) => PatternKind::MatchStar(self.identifier(node.name.as_ref())),
            ast::Pattern::MatchAs(node) => {
                let inner = node.pattern.as_deref().map(|inner| self.pattern(inner)).transpose()?;
                let name = self.identifier(node.name.as_ref());
                PatternKind::MatchAs { pattern: inner.map(Box::new), name }
            }
            ast::Pattern::MatchOr(node) => PatternKind::MatchOr(self.patterns(&node.patterns)?),
        })
    }
}
