//! Arguments of calls.

use ruff_python_ast::Expr;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::ParseErrorType;

use super::Told;
use super::kinds::{is_operand, is_single, name};
use super::parameters::open_lambda;
use super::scene::Scene;

/// The `=` of the argument that the parser complains of, and the first token of that argument.
fn argument(scene: &Scene<'_>) -> Option<(usize, usize)> {
    let is_name =
        matches!(scene.error, ParseErrorType::OtherError(said) if said == "Expected a parameter name");
    let equal = if is_name { scene.behind(scene.range.end) } else { scene.at };
    let bracket = scene.open_bracket(equal)?;
    if scene.kind(equal) != TokenKind::Equal || !scene.is_call(bracket) {
        return None;
    }
    let mut depth = 0_usize;
    let mut first = equal;
    while first > bracket + 1 {
        match scene.kind(first - 1) {
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth += 1,
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth = depth.saturating_sub(1),
            TokenKind::Comma if depth == 0 => break,
            _ => {}
        }
        first -= 1;
    }
    Some((equal, first))
}

/// Something else than a name before the `=` of a keyword argument.
pub fn keyword(scene: &Scene<'_>) -> Option<Told> {
    let (equal, first) = argument(scene)?;
    if first == equal {
        return Some(Told::new("invalid syntax", scene.bytes(equal)));
    }
    let whole = scene.across(first, equal);
    let unpacked = match scene.kind(first) {
        TokenKind::Star => Some("iterable"),
        TokenKind::DoubleStar => Some("keyword"),
        _ => None,
    };
    if let Some(kind) = unpacked {
        let value = scene.expression_from(equal + 1, |_| true)?;
        let message = format!("cannot assign to {kind} argument unpacking");
        return Some(Told::new(message, whole.start..value.range.end));
    }
    match scene.read(whole.start..scene.bytes(equal - 1).end)? {
        Expr::Named(_) => Some(Told::new("invalid syntax", scene.bytes(equal))),
        expr @ (Expr::BooleanLiteral(_) | Expr::NoneLiteral(_)) => {
            Some(Told::new(format!("cannot assign to {}", name(&expr)), whole))
        }
        _ => {
            let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
            Some(Told::new(message, whole))
        }
    }
}

/// A comprehension for the value of a keyword argument.
pub fn comprehension(scene: &Scene<'_>) -> Option<Told> {
    let bracket = scene.open_bracket(scene.at).filter(|&bracket| scene.is_call(bracket))?;
    if scene.kind(scene.at) != TokenKind::For {
        return None;
    }
    let value = scene.expression_until(scene.at, is_single)?;
    let (name, equal) = (value.tokens.start.checked_sub(2)?, value.tokens.start - 1);
    let is_keyword = scene.kind(equal) == TokenKind::Equal
        && scene.kind(name) == TokenKind::Name
        && (name == bracket + 1 || scene.kind_before(name) == Some(TokenKind::Comma));
    let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
    is_keyword.then(|| Told::new(message, scene.across(name, equal)))
}

/// A keyword argument, or a parameter with a default, without a value.
pub fn nothing_behind_equals(scene: &Scene<'_>) -> Option<Told> {
    let is_empty =
        scene.kind(scene.at) == TokenKind::Comma && scene.kind_before(scene.at) == Some(TokenKind::Equal);
    if is_empty && open_lambda(scene, scene.open_bracket(scene.at)).is_some() {
        return Some(Told::new("expected default value expression", scene.bytes(scene.at - 1)));
    }
    let bracket = scene.open_bracket(scene.at)?;
    let (name, equal) = (scene.at.checked_sub(2)?, scene.at - 1);
    let is_end = matches!(scene.kind(scene.at), TokenKind::Rpar | TokenKind::Comma);
    if !is_end || scene.kind(equal) != TokenKind::Equal || scene.kind(name) != TokenKind::Name {
        return None;
    }
    if scene.is_call(bracket) {
        return Some(Told::new("expected argument value expression", scene.across(name, equal)));
    }
    let is_def =
        scene.kind(bracket) == TokenKind::Lpar && scene.kind_before(bracket) == Some(TokenKind::Name);
    is_def.then(|| Told::new("expected default value expression", scene.bytes(equal)))
}

/// Arguments in an order that there is not.
pub fn order(scene: &Scene<'_>) -> Option<Told> {
    let what = match scene.error {
        ParseErrorType::PositionalAfterKeywordArgument => "positional argument follows keyword argument",
        ParseErrorType::PositionalAfterKeywordUnpacking => {
            "positional argument follows keyword argument unpacking"
        }
        ParseErrorType::InvalidArgumentUnpackingOrder => {
            let comma = scene.at.checked_sub(1)?;
            let message = "iterable argument unpacking follows keyword argument unpacking";
            return Some(Told::new(message, scene.bytes(comma).start..scene.range.end));
        }
        _ => return None,
    };
    // CPython has read one token more when it finds out.
    Some(Told::new(what, scene.bytes(scene.behind(scene.range.end))))
}

/// A star with nothing behind it, or with parentheses in which something is wrong.
pub fn star(scene: &Scene<'_>) -> Option<Told> {
    let bracket = scene.open_bracket(scene.at)?;
    let is_first = |index| matches!(scene.kind(index), TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Comma);
    let is_bare = scene.kind_before(scene.at) == Some(TokenKind::Star)
        && scene.at >= 2
        && is_first(scene.at - 2)
        && matches!(
            scene.kind(scene.at),
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Comma | TokenKind::Colon
        );
    let is_slice = scene.kind(scene.at) == TokenKind::Colon
        && scene.kind(bracket) == TokenKind::Lpar
        && scene.kind_before(bracket) == Some(TokenKind::Star);
    let around = if is_slice { scene.open_bracket(bracket)? } else { bracket };
    let is_subscript = scene.kind(around) == TokenKind::Lsqb
        && matches!(scene.kind_before(around), Some(TokenKind::Name | TokenKind::Rpar | TokenKind::Rsqb));
    // Where a slice begins behind a star, it is the colon that has no place.
    if is_subscript
        && scene.kind(scene.at) == TokenKind::Star
        && let Some(value) = scene.expression_from(scene.at + 1, is_operand)
        && scene.kind(value.tokens.end) == TokenKind::Colon
    {
        return Some(Told::new("invalid syntax", scene.bytes(value.tokens.end)));
    }
    let is_told = (is_bare || is_slice) && (is_subscript || scene.is_call(around));
    is_told.then(|| Told::new("Invalid star expression", scene.bytes(scene.at)))
}
