//! Dictionaries, comprehensions, and stars in brackets.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::ParseErrorType;

use super::Told;
use super::kinds::{is_operand, is_single};
use super::scene::{Found, Scene};

/// Keys without values, values that are none, and stars in parentheses.
pub fn dictionary(scene: &Scene<'_>) -> Option<Told> {
    let bracket = scene.open_bracket(scene.at)?;
    let before = scene.kind_before(scene.at)?;
    let is_star = matches!(scene.error, ParseErrorType::InvalidStarredExpressionUsage)
        || scene.kind(scene.at) == TokenKind::Star;
    match scene.kind(bracket) {
        TokenKind::Lpar if !scene.is_call(bracket) && before == TokenKind::Lpar => {
            let message = match scene.kind(scene.at) {
                TokenKind::Star => "cannot use starred expression here",
                TokenKind::DoubleStar => "cannot use double starred expression here",
                _ => return None,
            };
            let starred = scene.expression_from(scene.at + 1, is_single)?;
            let range = match scene.kind(scene.at) {
                TokenKind::DoubleStar => scene.bytes(scene.at),
                _ => scene.bytes(scene.at).start..starred.range.end,
            };
            Some(Told::new(message, range))
        }
        TokenKind::Lbrace if scene.open_string(bracket).is_none_or(|string| string + 1 != bracket) => {
            if before == TokenKind::Colon && is_star {
                let starred = scene.expression_from(scene.at + 1, is_single)?;
                let message = "cannot use a starred expression in a dictionary value";
                return Some(Told::new(message, scene.bytes(scene.at).start..starred.range.end));
            }
            if before == TokenKind::Colon
                && matches!(scene.kind(scene.at), TokenKind::Rbrace | TokenKind::Comma)
            {
                let message = "expression expected after dictionary key and ':'";
                return Some(Told::new(message, scene.bytes(scene.at - 1)));
            }
            let is_end = matches!(scene.kind(scene.at), TokenKind::Rbrace | TokenKind::Comma);
            if is_end && scene.expected() == Some(TokenKind::Colon) {
                let key = scene.expression_until(scene.at, is_single)?;
                let message = "':' expected after dictionary key";
                return Some(Told::new(message, key.range.end.saturating_sub(1)..key.range.end));
            }
            None
        }
        _ => None,
    }
}

/// `[a, b for a, b in c]`, and `[a for b c]`.
pub fn comprehension(scene: &Scene<'_>) -> Option<Told> {
    let bracket = scene.open_bracket(scene.at)?;
    if scene.kind(scene.at) == TokenKind::For
        && matches!(scene.kind(bracket), TokenKind::Lsqb | TokenKind::Lbrace)
    {
        let items = scene.items(bracket + 1, scene.at)?;
        let (first, last) = (items.first()?, items.last()?);
        let ends_with_comma = scene.kind_before(scene.at) == Some(TokenKind::Comma);
        let end = if ends_with_comma { scene.bytes(scene.at - 1).end } else { last.end };
        let message = "did you forget parentheses around the comprehension target?";
        return (items.len() > 1 || ends_with_comma).then(|| Told::new(message, first.start..end));
    }
    let mut before =
        (bracket + 1..scene.at).rev().filter(|&index| scene.open_bracket(index) == Some(bracket));
    let word = before.find(|&index| scene.kind(index) == TokenKind::For)?;
    let is_target = |found: &Found| is_operand(found) || found.expr.is_tuple_expr();
    let target = scene.expression_from(word + 1, is_target)?;
    let behind = target.tokens.end;
    (scene.kind(behind) != TokenKind::In && behind <= scene.at)
        .then(|| Told::new("'in' expected after for-loop variables", scene.bytes(behind)))
}
