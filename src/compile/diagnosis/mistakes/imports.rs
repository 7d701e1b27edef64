//! Imports, and names that `as` gives.

use ruff_python_ast::Expr;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::ParseErrorType;
use ruff_text_size::Ranged;

use super::Told;
use super::kinds::{is_operand, name};
use super::scene::{Scene, bytes};

/// No names, a comma behind the last of them, or something else than a name behind `as`.
pub fn names(scene: &Scene<'_>) -> Option<Told> {
    let statement = scene.statement(scene.at);
    let keyword = scene.kind(statement);
    let is_import = matches!(keyword, TokenKind::Import | TokenKind::From);
    let before = scene.kind_before(scene.at);
    let is_end = matches!(scene.kind(scene.at), TokenKind::Newline | TokenKind::EndOfFile);
    if is_import && is_end && before == Some(TokenKind::Import) {
        let at = scene.bytes(scene.at).start;
        return Some(Told::new("Expected one or more names after 'import'", at..at));
    }
    let said = scene.error.to_string();
    if said == "Trailing comma not allowed" && (is_import || keyword == TokenKind::With) {
        let behind = scene.kind(scene.behind(scene.range.end));
        let message = match keyword {
            TokenKind::From if behind == TokenKind::Newline => {
                "trailing comma not allowed without surrounding parentheses"
            }
            _ => "invalid syntax",
        };
        return Some(Told::new(message, scene.bytes(scene.behind(scene.range.end))));
    }
    if is_import && said == "Star import must be the only import" {
        let star = (scene.at..scene.at + 2).find(|&index| scene.kind(index) == TokenKind::Star)?;
        return Some(Told::new("invalid syntax", scene.bytes(star + 1)));
    }
    let word =
        (scene.at.saturating_sub(2)..scene.at).rev().find(|&index| scene.kind(index) == TokenKind::As)?;
    let target = scene.expression_from(word + 1, is_operand)?;
    if let (TokenKind::Case, TokenKind::Name, Expr::BinOp(operation)) =
        (keyword, scene.kind(word + 1), &target.expr)
    {
        // CPython takes the name and stops at the operator.
        let operator = scene.behind(operation.left.end().to_u32());
        return Some(Told::new("invalid syntax", scene.bytes(operator)));
    }
    let name = name(&target.expr);
    let message = match keyword {
        TokenKind::Import | TokenKind::From => format!("cannot use {name} as import target"),
        TokenKind::Except if scene.kind(statement + 1) == TokenKind::Star => {
            format!("cannot use except* statement with {name}")
        }
        TokenKind::Except => format!("cannot use except statement with {name}"),
        TokenKind::Case => format!("cannot use {name} as pattern target"),
        _ => return None,
    };
    (!matches!(target.expr, Expr::Name(_))).then(|| Told::new(message, bytes(target.expr.range())))
}

/// `import a from b`.
pub fn from_behind(scene: &Scene<'_>) -> Option<Told> {
    let statement = scene.statement(scene.at);
    if scene.kind(statement) != TokenKind::Import || scene.kind(scene.at) != TokenKind::From {
        return None;
    }
    let module = scene.expression_from(scene.at + 1, |found| {
        matches!(&found.expr, Expr::Name(_) | Expr::Attribute(_)) && !found.is_parenthesized()
    })?;
    let renamed = scene.kind(module.tokens.end) == TokenKind::As;
    // CPython has read one token more, and shows all of it but its last character.
    let end = if renamed { scene.bytes(module.tokens.end).end - 1 } else { module.range.end };
    let range = scene.bytes(statement).start..end;
    matches!(scene.error, ParseErrorType::SimpleStatementsOnSameLine | ParseErrorType::ExpectedToken { .. })
        .then(|| Told::new("Did you mean to use 'from ... import ...' instead?", range))
}
