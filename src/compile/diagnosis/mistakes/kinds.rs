//! What kinds of expressions there are, and what CPython's messages call them.

use ruff_python_ast::Expr;

use super::scene::Found;

/// What CPython's messages call an expression.
pub const fn name(expr: &Expr) -> &'static str {
    match expr {
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Starred(_) => "starred",
        Expr::Name(_) => "name",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Lambda(_) => "lambda",
        Expr::Call(_) => "function call",
        Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "expression",
        Expr::Generator(_) => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::FString(_) => "f-string expression",
        Expr::TString(_) => "t-string expression",
        Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) => "literal",
        Expr::BooleanLiteral(literal) => {
            if literal.value {
                "True"
            } else {
                "False"
            }
        }
        Expr::NoneLiteral(_) => "None",
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::Compare(_) => "comparison",
        Expr::If(_) => "conditional expression",
        Expr::Named(_) => "named expression",
        Expr::Slice(_) | Expr::IpyEscapeCommand(_) => "expression",
    }
}

/// Whether an expression binds as tightly as `a | b`, or more so.
pub fn is_operand(found: &Found) -> bool {
    found.is_parenthesized()
        || match &found.expr {
            Expr::UnaryOp(unary) => unary.op != ruff_python_ast::UnaryOp::Not,
            Expr::BoolOp(_)
            | Expr::Compare(_)
            | Expr::If(_)
            | Expr::Lambda(_)
            | Expr::Named(_)
            | Expr::Starred(_)
            | Expr::Tuple(_)
            | Expr::Yield(_)
            | Expr::YieldFrom(_)
            | Expr::Slice(_) => false,
            _ => true,
        }
}

/// Whether an expression binds as tightly as `a or b`, or more so.
pub fn is_disjunction(found: &Found) -> bool {
    is_operand(found) || matches!(&found.expr, Expr::BoolOp(_) | Expr::Compare(_) | Expr::UnaryOp(_))
}

/// Whether an expression is one on its own: no tuple without parentheses, no star, no `:=`.
pub fn is_single(found: &Found) -> bool {
    is_disjunction(found) || matches!(&found.expr, Expr::If(_) | Expr::Lambda(_))
}

/// Whether CPython takes an expression for what somebody meant to compare when it stands before a `=`.
pub const fn may_be_compared(expr: &Expr) -> bool {
    !matches!(
        expr,
        Expr::List(_) | Expr::Tuple(_) | Expr::Generator(_) | Expr::BooleanLiteral(_) | Expr::NoneLiteral(_)
    )
}
