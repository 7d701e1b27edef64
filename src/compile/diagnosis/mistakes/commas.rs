//! A comma that somebody forgot.

use ruff_python_ast::Expr;
use ruff_python_ast::token::TokenKind;

use super::kinds::{is_disjunction, is_single};
use super::scene::Scene;
use super::{FORGOTTEN_COMMA, NEVER_CLOSED, Told};

/// Words that may begin a statement of their own, so that what follows them may be one.
const SOFT_KEYWORDS: [&str; 4] = ["_", "case", "match", "type"];

/// Between two expressions in brackets; or the second goes on to the end of the source, and a bracket is open there.
pub fn forgotten(scene: &Scene<'_>) -> Option<Told> {
    let bracket = scene.open_bracket(scene.at);
    if bracket.is_some_and(|bracket| scene.is_def(bracket)) {
        return None;
    }
    let left = scene.expression_until(scene.at, is_disjunction)?;
    let first = left.tokens.start;
    let is_prefix = scene.kind(first) == TokenKind::Name
        && scene.kind(first + 1) == TokenKind::String
        && first + 1 == scene.at;
    let is_legacy = matches!(&left.expr, Expr::Name(name) if matches!(name.id.as_str(), "print" | "exec"));
    // Only behind the star of an argument CPython looks for any expression.
    let is_starred = matches!(scene.kind_before(first), Some(TokenKind::Star | TokenKind::DoubleStar));
    let is_argument = is_starred && bracket.is_some_and(|bracket| scene.is_call(bracket));
    if !scene.begins_expression(first) && !is_argument {
        return None;
    }
    let is_said =
        bracket.is_some() && !is_prefix && !is_legacy && !SOFT_KEYWORDS.contains(&scene.word(first));
    // What stands behind a name might be printed.
    let goes_on = !is_said && matches!(left.expr, Expr::Name(_));
    if scene.is_cut_off(scene.at, goes_on) {
        return Some(Told::new(NEVER_CLOSED, scene.bytes(scene.at)));
    }
    if !is_said {
        return None;
    }
    let right = scene.expression_from(scene.at, is_single)?;
    Some(Told::new(FORGOTTEN_COMMA, left.range.start..right.range.end))
}
