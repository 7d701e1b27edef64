//! What stands where only a target may: before a `=`, an operator with `=`, a `:=`, and behind `del`.

use ruff_python_ast::Expr;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::ParseErrorType;
use ruff_text_size::Ranged;

use super::Told;
use super::kinds::{is_operand, is_single, may_be_compared, name};
use super::scene::{Scene, bytes};

/// The left side of an assignment, the variable of a loop, what stands behind `as`.
pub fn that_cannot_be_assigned(scene: &Scene<'_>) -> Option<Told> {
    if !matches!(scene.error, ParseErrorType::InvalidAssignmentTarget) {
        return None;
    }
    let is_yield = scene.kind(scene.at) == TokenKind::Yield;
    if is_yield && scene.kind_before(scene.at) != Some(TokenKind::Lpar) {
        return Some(Told::new("assignment to yield expression not possible", scene.range.clone()));
    }
    let expr = if is_yield { None } else { Some(scene.read(scene.range.clone())?) };
    if let (Some(Expr::Compare(comparison)), Some(TokenKind::For)) = (&expr, scene.kind_before(scene.at)) {
        // No comparison is the variable of a loop: CPython stops at its operator.
        let operator = scene.behind(comparison.left.end().to_u32());
        return Some(Told::new("invalid syntax", scene.bytes(operator)));
    }
    let name = expr.as_ref().map_or("yield expression", name);
    let opened = scene.at - scene.statement(scene.at);
    let is_whole = (scene.at - opened..scene.at).all(|before| scene.kind(before) == TokenKind::Lpar);
    // Whoever writes `f() = 1` may have meant to compare.
    let equal = scene.behind(scene.range.end) + opened;
    let is_meant = is_whole
        && scene.kind(equal) == TokenKind::Equal
        && expr.as_ref().is_none_or(may_be_compared)
        && (opened > 0
            || scene
                .expression_from(scene.at, |found| is_operand(found) && found.tokens.end == equal)
                .is_some())
        && scene.expression_from(equal + 1, is_operand).is_some_and(|value| {
            !matches!(scene.kind(value.tokens.end), TokenKind::Equal | TokenKind::ColonEqual)
        });
    let message = if is_meant {
        format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?")
    } else {
        format!("cannot assign to {name}")
    };
    Some(Told::new(message, scene.range.clone()))
}

/// The same, where nothing stands behind the `=`.
pub fn before_nothing(scene: &Scene<'_>) -> Option<Told> {
    let equal = scene.at.checked_sub(1).filter(|&before| scene.kind(before) == TokenKind::Equal)?;
    let target = scene.expression_until(equal, |_| true)?;
    let is_allowed = matches!(
        target.expr,
        Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) | Expr::List(_) | Expr::Tuple(_)
    );
    let is_whole = target.tokens.start == scene.statement(scene.at);
    let is_nothing = scene.kind(scene.at) == TokenKind::Newline;
    let message = format!("cannot assign to {}", name(&target.expr));
    (is_whole && is_nothing && !is_allowed).then(|| Told::new(message, bytes(target.expr.range())))
}

/// The left side of `+=` and the like.
pub fn of_augmented_assignment(scene: &Scene<'_>) -> Option<Told> {
    let (expr, range) = match scene.error {
        ParseErrorType::InvalidAugmentedAssignmentTarget if scene.kind(scene.at) == TokenKind::Yield => {
            let message = "'yield expression' is an illegal expression for augmented assignment";
            return Some(Told::new(message, scene.range.clone()));
        }
        ParseErrorType::InvalidAugmentedAssignmentTarget => {
            (scene.read(scene.range.clone())?, scene.range.clone())
        }
        _ if scene.kind(scene.at).as_augmented_assign_operator().is_some() => {
            let found = scene.expression_until(scene.at, |_| true)?;
            if found.tokens.start != scene.statement(scene.at) {
                return None;
            }
            (found.expr, found.range)
        }
        _ => return None,
    };
    Some(Told::new(format!("'{}' is an illegal expression for augmented assignment", name(&expr)), range))
}

/// What `del` is to delete.
pub fn that_cannot_be_deleted(scene: &Scene<'_>) -> Option<Told> {
    if !matches!(scene.error, ParseErrorType::InvalidDeleteTarget) {
        return None;
    }
    // A star makes no expression by itself.
    let name = match scene.kind(scene.at) {
        TokenKind::Star => "starred",
        _ if scene.kind(scene.at + 1) == TokenKind::ColonEqual => "named expression",
        _ => name(&scene.read(scene.range.clone())?),
    };
    Some(Told::new(format!("cannot delete {name}"), scene.range.clone()))
}

/// The left side of `:=`, where such an expression may stand; elsewhere the `:=` is what is wrong.
pub fn of_assignment_expression(scene: &Scene<'_>) -> Option<Told> {
    let is_target = matches!(scene.error, ParseErrorType::InvalidNamedAssignmentTarget);
    let mut sign = if is_target { scene.behind(scene.range.end) } else { scene.at };
    while is_target && scene.kind(sign) == TokenKind::Rpar {
        sign += 1;
    }
    if scene.kind(sign) != TokenKind::ColonEqual {
        return None;
    }
    match scene.expression_until(sign, is_single) {
        Some(found) if scene.may_be_named(found.tokens.start) => {
            let message = format!("cannot use assignment expressions with {}", name(&found.expr));
            (!found.expr.is_name_expr()).then(|| Told::new(message, bytes(found.expr.range())))
        }
        _ => is_target.then(|| Told::new("invalid syntax", scene.bytes(sign))),
    }
}
