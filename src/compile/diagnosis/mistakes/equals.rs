//! A `=` where somebody meant `==` or `:=`.

use ruff_python_ast::Expr;
use ruff_python_ast::token::TokenKind;

use super::Told;
use super::kinds::{is_operand, may_be_compared, name};
use super::scene::Scene;

/// In a condition, or in brackets.
pub fn in_a_condition(scene: &Scene<'_>) -> Option<Told> {
    if scene.kind(scene.at) != TokenKind::Equal {
        return None;
    }
    let left = scene.expression_until(scene.at, is_operand)?;
    let first = left.tokens.start;
    let is_condition = match scene.kind_before(first)? {
        TokenKind::If | TokenKind::Elif | TokenKind::While | TokenKind::At => {
            scene.statement(first) + 1 == first
        }
        TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace | TokenKind::Comma => {
            scene.open_bracket(first).is_some_and(|bracket| !scene.is_call(bracket))
        }
        _ => false,
    };
    let right = scene.expression_from(scene.at + 1, is_operand)?;
    if !is_condition || matches!(scene.kind(right.tokens.end), TokenKind::Equal | TokenKind::ColonEqual) {
        return None;
    }
    if matches!(left.expr, Expr::Name(_)) && !left.is_parenthesized() {
        let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
        return Some(Told::new(message, left.range.start..right.range.end));
    }
    let message = format!("cannot assign to {} here. Maybe you meant '==' instead of '='?", name(&left.expr));
    may_be_compared(&left.expr).then(|| Told::new(message, left.range.clone()))
}
