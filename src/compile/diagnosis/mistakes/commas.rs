//! A comma that somebody forgot.

use ruff_python_ast::Expr;
use ruff_python_ast::token::TokenKind;

use super::Told;
use super::kinds::{is_disjunction, is_single};
use super::scene::Scene;

/// Words that may begin a statement of their own, so that what follows them may be one.
const SOFT_KEYWORDS: [&str; 4] = ["_", "case", "match", "type"];

/// Between two expressions in brackets.
pub fn forgotten(scene: &Scene<'_>) -> Option<Told> {
    scene.open_bracket(scene.at).filter(|&bracket| {
        let is_closed = scene.is_closed(bracket) || scene.open_string(scene.at).is_some();
        is_closed && !scene.is_def(bracket)
    })?;
    let left = scene.expression_until(scene.at, is_disjunction)?;
    let first = left.tokens.start;
    let is_prefix = scene.kind(first) == TokenKind::Name
        && scene.kind(first + 1) == TokenKind::String
        && first + 1 == scene.at;
    let is_legacy = matches!(&left.expr, Expr::Name(name) if matches!(name.id.as_str(), "print" | "exec"));
    if is_prefix || is_legacy || SOFT_KEYWORDS.contains(&scene.word(first)) || !scene.begins_expression(first)
    {
        return None;
    }
    let right = scene.expression_from(scene.at, is_single)?;
    Some(Told::new("invalid syntax. Perhaps you forgot a comma?", left.range.start..right.range.end))
}
