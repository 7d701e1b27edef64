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
            let bracket = scene.open_bracket(scene.at);
            let begins = |index: &usize| {
                scene.open_bracket(*index) == bracket
                    && matches!(scene.kind(*index), TokenKind::Star | TokenKind::DoubleStar)
                    && matches!(
                        scene.kind_before(*index),
                        Some(TokenKind::Comma | TokenKind::Lpar | TokenKind::Lambda)
                    )
            };
            let star = (0..scene.at).rev().find(begins)?;
            let has_starred_type =
                scene.kind(star + 2) == TokenKind::Colon && scene.kind(star + 3) == TokenKind::Star;
            let message = match scene.kind(star) {
                TokenKind::DoubleStar => "var-keyword argument cannot have default value",
                _ if has_starred_type => "invalid syntax",
                _ => "var-positional argument cannot have default value",
            };
            Some(Told::new(message, scene.range.clone()))
        }
        ParseErrorType::ExpectedKeywordParam => {
            let mut back = (0..=scene.at).rev().take(3);
            let star = back.find(|&index| scene.kind(index) == TokenKind::Star)?;
            // CPython says so where the parameters end; any other token there has no words.
            let behind = star + 1 + usize::from(scene.kind(star + 1) == TokenKind::Comma);
            let ends = if is_lambda(scene) { TokenKind::Colon } else { TokenKind::Rpar };
            let is_end = scene.kind(behind) == ends
                || (behind == star + 2 && scene.kind(behind) == TokenKind::DoubleStar);
            if !is_end {
                return Some(Told::new("invalid syntax", scene.bytes(behind)));
            }
            let told = match (is_lambda(scene), scene.kind(star + 1)) {
                (false, _) => star,
                (true, TokenKind::Comma) => star + 2,
                (true, _) => star + 1,
            };
            Some(Told::new("named arguments must follow bare *", scene.bytes(told)))
        }
        ParseErrorType::OtherError(said)
            if said.starts_with("Position-only parameter separator not allowed") =>
        {
            slash(scene)
        }
        _ if scene.kind(scene.at) == TokenKind::Star
            && scene.kind_before(scene.at) == Some(TokenKind::Slash)
            && is_among_parameters(scene) =>
        {
            Some(Told::new("expected comma between / and *", scene.bytes(scene.at)))
        }
        _ => None,
    }
}

/// A slash with no parameter before it.
fn slash(scene: &Scene<'_>) -> Option<Told> {
    let has_star = scene.at.checked_sub(2).is_some_and(|star| scene.kind(star) == TokenKind::Star);
    let message = match scene.kind(scene.at + 1) {
        _ if has_star => "/ must be ahead of *",
        TokenKind::Comma => "at least one argument must precede /",
        _ => "invalid syntax",
    };
    Some(Told::new(message, scene.bytes(scene.at)))
}

/// Whether the parser stopped among the parameters of a `def` or a lambda.
fn is_among_parameters(scene: &Scene<'_>) -> bool {
    match scene.open_bracket(scene.at) {
        Some(bracket) if scene.is_def(bracket) => true,
        bracket => open_lambda(scene, bracket).is_some(),
    }
}

/// The lambda whose parameters the parser was reading, in the brackets that are open there.
pub fn open_lambda(scene: &Scene<'_>, bracket: Option<usize>) -> Option<usize> {
    let start = bracket.map_or_else(|| scene.statement(scene.at), |bracket| bracket + 1);
    let here = |index: &usize| scene.open_bracket(*index) == bracket;
    let kinds = [TokenKind::Lambda, TokenKind::Colon];
    let last = (start..scene.at).rev().find(|index| kinds.contains(&scene.kind(*index)) && here(index))?;
    (scene.kind(last) == TokenKind::Lambda).then_some(last)
}

/// Parameters in parentheses, which Python 2 took apart.
pub fn in_parentheses(scene: &Scene<'_>) -> Option<Told> {
    if scene.kind(scene.at) != TokenKind::Lpar {
        return None;
    }
    let message = match scene.kind_before(scene.at)? {
        TokenKind::Lambda => "Lambda expression parameters cannot be parenthesized",
        TokenKind::Comma if open_lambda(scene, scene.open_bracket(scene.at)).is_some() => {
            "Lambda expression parameters cannot be parenthesized"
        }
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
        let is_alias = scene.kind(scene.statement(scene.at)) == TokenKind::Type;
        let end = if is_alias { scene.bytes(scene.behind(scene.range.start)).end } else { scene.range.start };
        return Some(Told::new("Type parameter list cannot be empty", scene.range.start..end));
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
