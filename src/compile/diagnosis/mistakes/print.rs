//! `print` and `exec` as statements, which they were in Python 2.

use ruff_python_ast::token::TokenKind;

use super::scene::Scene;
use super::{NEVER_CLOSED, Told};

/// What is to be printed stands behind the word without parentheses.
pub fn without_parentheses(scene: &Scene<'_>) -> Option<Told> {
    let word = scene.at.checked_sub(1)?;
    let name = scene.word(word);
    if !matches!(name, "print" | "exec")
        || scene.kind(scene.at) == TokenKind::Lpar
        || !scene.begins_expression(word)
    {
        return None;
    }
    if scene.is_cut_off(scene.at, true) {
        return Some(Told::new(NEVER_CLOSED, scene.bytes(scene.at)));
    }
    let printed = scene.expression_from(scene.at, |_| true)?;
    let message = format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?");
    Some(Told::new(message, scene.bytes(word).start..printed.range.end))
}
