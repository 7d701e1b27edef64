//! Parameters of functions and of types.

use ruff_python_ast::Expr;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::ParseErrorType;

use super::Told;
use super::scene::Scene;

/// Whether parameters of a lambda stand at a token, not those of a `def`.
fn is_lambda(scene: &Scene<'_>) -> bool {
    scene.kind(scene.statement(scene.at)) != TokenKind::Def
        && scene.kind(scene.statement(scene.at)) != TokenKind::Async
}

/// Stars where they may not be, or with what they may not have.
pub fn stars(scene: &Scene<'_>) -> Option<Told> {
    match scene.error {
        ParseErrorType::OtherError(said) if said == "Only one '*' parameter allowed" => {
            Some(Told::new("* argument may appear only once", scene.bytes(scene.at)))
        }
        ParseErrorType::VarParameterWithDefault => {
            let message = match scene.kind(scene.at.checked_sub(2)?) {
                TokenKind::DoubleStar => "var-keyword argument cannot have default value",
                _ => "var-positional argument cannot have default value",
            };
            Some(Told::new(message, scene.range.clone()))
        }
        ParseErrorType::ExpectedKeywordParam => {
            let mut back = (0..=scene.at).rev().take(3);
            let star = back.find(|&index| scene.kind(index) == TokenKind::Star)?;
            let told = match (is_lambda(scene), scene.kind(star + 1)) {
                (false, _) => star,
                (true, TokenKind::Comma) => star + 2,
                (true, _) => star + 1,
            };
            Some(Told::new("named arguments must follow bare *", scene.bytes(told)))
        }
        _ => None,
    }
}

/// Parameters in parentheses, which Python 2 took apart.
pub fn in_parentheses(scene: &Scene<'_>) -> Option<Told> {
    if scene.kind(scene.at) != TokenKind::Lpar {
        return None;
    }
    let message = match scene.kind_before(scene.at)? {
        TokenKind::Lambda => "Lambda expression parameters cannot be parenthesized",
        TokenKind::Lpar | TokenKind::Comma if !is_lambda(scene) => {
            "Function parameters cannot be parenthesized"
        }
        _ => return None,
    };
    let mut end = scene.at + 1;
    while matches!(scene.kind(end), TokenKind::Name | TokenKind::Comma) {
        end += 1;
    }
    (scene.kind(end) == TokenKind::Rpar && end > scene.at + 1)
        .then(|| Told::new(message, scene.across(scene.at, end)))
}

/// Parameters of types.
pub fn of_types(scene: &Scene<'_>) -> Option<Told> {
    if matches!(scene.error, ParseErrorType::EmptyTypeParams) {
        return Some(Told::new("Type parameter list cannot be empty", scene.range.start..scene.range.start));
    }
    // A star, a name, and a colon behind it, where the parser stops.
    let colon = (scene.at..scene.at + 3).find(|&index| scene.kind(index) == TokenKind::Colon)?;
    let star = colon.checked_sub(2)?;
    let kind = match scene.kind(star) {
        TokenKind::Star => "TypeVarTuple",
        TokenKind::DoubleStar => "ParamSpec",
        _ => return None,
    };
    let bracket = scene.open_bracket(star).filter(|&bracket| scene.kind(bracket) == TokenKind::Lsqb)?;
    let is_list =
        matches!(scene.kind(scene.statement(bracket)), TokenKind::Def | TokenKind::Class | TokenKind::Type);
    let bound = scene.expression_from(colon + 1, |found| {
        !matches!(&found.expr, Expr::Tuple(_)) || found.is_parenthesized()
    })?;
    let what = if matches!(bound.expr, Expr::Tuple(_)) { "constraints" } else { "bound" };
    let message = format!("cannot use {what} with {kind}");
    is_list.then(|| Told::new(message, scene.bytes(colon).start..bound.range.end))
}
