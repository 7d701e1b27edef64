//! `a if b else c` of which a part is missing, or is a statement.

use ruff_python_ast::token::TokenKind;

use super::Told;
use super::kinds::is_disjunction;
use super::scene::{Found, Scene};

/// `a if b` before token `end`.
fn begun(scene: &Scene<'_>, end: usize) -> Option<(Found, Found)> {
    let condition = scene.expression_until(end, is_disjunction)?;
    let word = condition.tokens.start.checked_sub(1)?;
    if scene.kind(word) != TokenKind::If {
        return None;
    }
    let value = scene.expression_until(word, is_disjunction)?;
    scene.begins_expression(value.tokens.start).then_some((value, condition))
}

/// There is no `else`.
pub fn without_else(scene: &Scene<'_>) -> Option<Told> {
    if matches!(scene.kind(scene.at), TokenKind::Else | TokenKind::Colon) {
        return None;
    }
    let (value, condition) = begun(scene, scene.at)?;
    if scene.kind(value.tokens.start) == TokenKind::Case {
        // That is a guard.
        return None;
    }
    let range = value.range.start..condition.range.end;
    Some(Told::new("expected 'else' after 'if' expression", range))
}

/// A part of it is a statement, or nothing.
pub fn statement_instead(scene: &Scene<'_>) -> Option<Told> {
    let before = scene.at.checked_sub(1)?;
    match scene.kind(before) {
        TokenKind::Else => {
            begun(scene, before)?;
            let message = "expected expression after 'else', but statement is given";
            Some(Told::new(message, scene.bytes(scene.at)))
        }
        TokenKind::Pass | TokenKind::Break | TokenKind::Continue if scene.kind(scene.at) == TokenKind::If => {
            let condition = scene.expression_from(scene.at + 1, is_disjunction)?;
            if scene.kind(condition.tokens.end) != TokenKind::Else {
                return None;
            }
            let message = "expected expression before 'if', but statement is given";
            Some(Told::new(message, scene.bytes(before)))
        }
        _ if matches!(scene.kind(scene.at), TokenKind::Pass | TokenKind::Break | TokenKind::Continue) => {
            let condition = scene.expression_from(scene.at + 2, is_disjunction)?;
            let is_whole = scene.kind(scene.at + 1) == TokenKind::If
                && scene.kind(condition.tokens.end) == TokenKind::Else;
            let message = "expected expression before 'if', but statement is given";
            is_whole.then(|| Told::new(message, scene.bytes(scene.at)))
        }
        _ => None,
    }
}
