//! What CPython warns about while it generates code: comparing a literal by identity, calling or
//! indexing what can be neither, asserting a tuple.

use super::super::error::Warning;
use super::super::lines;
use super::super::sequence::Location;
use super::super::tree::{CmpOp, CompKind, Expr, ExprKind};
use super::Codegen;
use super::fblock::Kind;
use crate::code::Const;

impl<'t> Codegen<'_, 't> {
    #[cold]
    fn warn(&mut self, message: String, loc: Location) {
        // A `finally` is written twice, and warned about once.
        if !self
            .units
            .iter()
            .any(|unit| unit.blocks.iter().any(|block| matches!(block.kind, Kind::FinallyEnd)))
        {
            let range = lines::range(self.context.lines, loc);
            self.warnings.push(Warning::new(message, range));
        }
    }

    /// `x is 1`.
    pub(super) fn check_compare(
        &mut self,
        loc: Location,
        left: &'t Expr<'t>,
        ops: &[CmpOp],
        comparators: &'t [Expr<'t>],
    ) {
        let mut left = left;
        for (op, right) in ops.iter().zip(comparators) {
            let (word, meant) = match op {
                CmpOp::Is => ("is", "=="),
                CmpOp::IsNot => ("is not", "!="),
                _ => {
                    left = right;
                    continue;
                }
            };
            if let Some(literal) = [left, right].into_iter().find(|operand| is_literal(operand)) {
                let name = type_name(literal).unwrap_or_default();
                return self
                    .warn(format!("\"{word}\" with '{name}' literal. Did you mean \"{meant}\"?"), loc);
            }
            left = right;
        }
    }

    /// `"text" ("more")`.
    pub(super) fn check_caller(&mut self, func: &Expr) {
        let callable = matches!(func.kind, ExprKind::Lambda { .. });
        if let Some(name) = type_name(func).filter(|_| !callable) {
            let message = format!("'{name}' object is not callable; perhaps you missed a comma?");
            self.warn(message, func.loc);
        }
    }

    /// `[1, 2] [3, 4]`.
    pub(super) fn check_subscript(&mut self, value: &Expr, slice: &Expr) {
        let Some(name) = type_name(value) else { return };
        if !is_subscriptable(value) {
            let message = format!("'{name}' object is not subscriptable; perhaps you missed a comma?");
            self.warn(message, value.loc);
        }
        let index = type_name(slice).filter(|index| !matches!(*index, "int" | "bool"));
        if let Some(index) = index.filter(|_| takes_an_index(value)) {
            let message = format!(
                "{name} indices must be integers or slices, not {index}; perhaps you missed a comma?"
            );
            self.warn(message, value.loc);
        }
    }

    /// `assert (test, "message")`.
    pub(super) fn check_assertion(&mut self, loc: Location, test: &Expr) {
        if matches!(&test.kind, ExprKind::Tuple { elts, .. } if !elts.is_empty()) {
            self.warn("assertion is always true, perhaps remove parentheses?".to_owned(), loc);
        }
    }
}

/// Whether an expression is a constant other than the ones that are made to be compared by identity.
fn is_literal(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Tuple { elts, .. } => elts.iter().all(Expr::is_constant),
        ExprKind::Constant { value, .. } => !matches!(value, Const::None | Const::Ellipsis | Const::Bool(_)),
        _ => false,
    }
}

fn is_subscriptable(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Constant { value, .. } => matches!(value, Const::Str(_) | Const::Bytes(_)),
        ExprKind::Comp(comp) => !matches!(comp.kind, CompKind::Set | CompKind::Generator),
        ExprKind::Set(_)
        | ExprKind::TemplateStr(_)
        | ExprKind::Interpolation(_)
        | ExprKind::Lambda { .. } => false,
        _ => true,
    }
}

/// Whether it is a sequence, which is indexed by numbers.
fn takes_an_index(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Constant { value, .. } => matches!(value, Const::Str(_) | Const::Bytes(_)),
        ExprKind::Comp(comp) => comp.kind == CompKind::List,
        ExprKind::Tuple { .. }
        | ExprKind::List { .. }
        | ExprKind::JoinedStr(_)
        | ExprKind::FormattedValue { .. } => true,
        _ => false,
    }
}

/// The type of what an expression makes, where that can be seen.
fn type_name(expr: &Expr) -> Option<&'static str> {
    Some(match &expr.kind {
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::List { .. } => "list",
        ExprKind::Dict(_) => "dict",
        ExprKind::Set(_) => "set",
        ExprKind::Comp(comp) => match comp.kind {
            CompKind::Generator => "generator",
            CompKind::List => "list",
            CompKind::Set => "set",
            CompKind::Dict => "dict",
        },
        ExprKind::Lambda { .. } => "function",
        ExprKind::TemplateStr(_) | ExprKind::Interpolation(_) => "string.templatelib.Template",
        ExprKind::JoinedStr(_) | ExprKind::FormattedValue { .. } => "str",
        ExprKind::Constant { value, .. } => match value {
            Const::None => "NoneType",
            Const::Ellipsis => "ellipsis",
            Const::Bool(_) => "bool",
            Const::Int(_) => "int",
            Const::Float(_) => "float",
            Const::Complex(..) => "complex",
            Const::Str(_) => "str",
            Const::Bytes(_) => "bytes",
            Const::Tuple(_) => "tuple",
            Const::FrozenSet(_) => "frozenset",
            Const::Slice(_) => "slice",
            Const::Code(_) => "code",
        },
        _ => return None,
    })
}
