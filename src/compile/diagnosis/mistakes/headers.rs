//! The first lines of compound statements.

use ruff_python_ast::token::TokenKind;

use super::Told;
use super::parameters::open_lambda;
use super::scene::Scene;

/// A colon that is not there.
pub fn colon(scene: &Scene<'_>) -> Option<Told> {
    let statement = scene.statement(scene.at);
    match scene.expected()? {
        TokenKind::Lpar if matches!(scene.kind(statement), TokenKind::Def | TokenKind::Async) => {
            Some(Told::new("expected '('", scene.bytes(scene.at)))
        }
        TokenKind::Colon => {
            let is_end = scene.kind(scene.at) == TokenKind::Newline;
            // Behind these words CPython's parser looks for nothing else.
            let is_forced = matches!(
                scene.kind(statement),
                TokenKind::Def | TokenKind::Else | TokenKind::Try | TokenKind::Finally
            );
            let in_lambda = open_lambda(scene, scene.open_bracket(scene.at)).is_some();
            let message = if (is_end || is_forced) && !in_lambda { "expected ':'" } else { "invalid syntax" };
            Some(Told::new(message, scene.bytes(scene.at)))
        }
        _ => None,
    }
}

/// The types of exceptions, and what they are bound to.
pub fn except(scene: &Scene<'_>) -> Option<Told> {
    let said = scene.error.to_string();
    if said.starts_with("Cannot have both 'except' and 'except*'") {
        let star = scene.at + usize::from(scene.kind(scene.at + 1) == TokenKind::Star);
        let message = "cannot have both 'except' and 'except*' on the same 'try'";
        return Some(Told::new(message, scene.across(scene.at, star)));
    }
    if said.starts_with("Multiple exception types must be parenthesized") {
        let word = scene.behind(scene.range.end);
        let end = if scene.kind(word) == TokenKind::As { scene.bytes(word + 1).end } else { scene.range.end };
        let message = "multiple exception types must be parenthesized when using 'as'";
        return Some(Told::new(message, scene.range.start..end));
    }
    None
}

/// Blocks in an order that there is not.
pub fn blocks(scene: &Scene<'_>) -> Option<Told> {
    if scene.kind(scene.at) != TokenKind::Elif || scene.statement(scene.at) != scene.at {
        return None;
    }
    let column = |index: usize| {
        let at = scene.bytes(index).start as usize;
        at - scene.text[..at].rfind('\n').map_or(0, |end| end + 1)
    };
    let mut before = (0..scene.at).rev().filter(|&index| {
        let begins = matches!(scene.kind(index), TokenKind::If | TokenKind::Elif | TokenKind::Else);
        let before = scene.kind_before(index);
        let is_first =
            matches!(before, None | Some(TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent));
        begins && is_first && column(index) == column(scene.at)
    });
    (scene.kind(before.next()?) == TokenKind::Else)
        .then(|| Told::new("'elif' block follows an 'else' block", scene.bytes(scene.at)))
}
