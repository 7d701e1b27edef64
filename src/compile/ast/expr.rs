//! Expressions, operators and contexts.

use std::rc::Rc;

use super::super::stack;
use super::super::tree::{BoolOp, CmpOp, CompKind, Context, Conversion, Expr, ExprKind, Operator, UnaryOp};
use super::{Plain, node};
use crate::ast::{Tree, Value};
use crate::code::{Const, Text};

impl Plain for Expr<'_> {
    fn plain(&self, to: &mut Tree) -> Value {
        stack::grow(|| expr(self, to))
    }
}

fn expr(expr: &Expr, to: &mut Tree) -> Value {
    let at = expr.loc;
    match &expr.kind {
        ExprKind::BoolOp { op, values } => node!(to, "BoolOp", at at, op = op, values = values),
        ExprKind::NamedExpr { target, value } => {
            node!(to, "NamedExpr", at at, target = target, value = value)
        }
        ExprKind::BinOp(node) => {
            node!(to, "BinOp", at at, left = node.left, op = node.op, right = node.right)
        }
        ExprKind::UnaryOp { op, operand } => node!(to, "UnaryOp", at at, op = op, operand = operand),
        ExprKind::Lambda { args, body, .. } => node!(to, "Lambda", at at, args = args, body = body),
        ExprKind::IfExp(node) => {
            node!(to, "IfExp", at at, test = node.test, body = node.body, orelse = node.orelse)
        }
        ExprKind::Dict(node) => node!(to, "Dict", at at, keys = node.keys, values = node.values),
        ExprKind::Set(elts) => node!(to, "Set", at at, elts = elts),
        ExprKind::Comp(comp) => {
            let (elt, generators) = (&comp.elt, &comp.generators);
            match comp.kind {
                CompKind::Generator => node!(to, "GeneratorExp", at at, elt = elt, generators = generators),
                CompKind::List => node!(to, "ListComp", at at, elt = elt, generators = generators),
                CompKind::Set => node!(to, "SetComp", at at, elt = elt, generators = generators),
                CompKind::Dict => {
                    node!(to, "DictComp", at at, key = elt, value = comp.value, generators = generators)
                }
            }
        }
        ExprKind::Await(value) => node!(to, "Await", at at, value = value),
        ExprKind::Yield(value) => node!(to, "Yield", at at, value = value),
        ExprKind::YieldFrom(value) => node!(to, "YieldFrom", at at, value = value),
        ExprKind::Compare(node) => {
            node!(to, "Compare", at at, left = node.left, ops = node.ops, comparators = node.comparators)
        }
        ExprKind::Call(call) => {
            node!(to, "Call", at at, func = call.func, args = call.args, keywords = call.keywords)
        }
        ExprKind::FormattedValue { value, conversion, format_spec } => node!(
            to, "FormattedValue", at at,
            value = value, conversion = conversion_code(*conversion), format_spec = format_spec,
        ),
        ExprKind::JoinedStr(values) => node!(to, "JoinedStr", at at, values = values),
        ExprKind::Interpolation(node) => node!(
            to, "Interpolation", at at,
            value = node.value, str = Const::Str(Text::from(node.str)),
            conversion = conversion_code(node.conversion), format_spec = node.format_spec,
        ),
        ExprKind::TemplateStr(values) => node!(to, "TemplateStr", at at, values = values),
        ExprKind::Constant { value, u_prefix } => {
            node!(to, "Constant", at at, value = value, kind = u_prefix.then(|| Rc::<str>::from("u")))
        }
        ExprKind::Attribute { value, attr, ctx } => {
            node!(to, "Attribute", at at, value = value, attr = attr, ctx = ctx)
        }
        ExprKind::Subscript(node) => {
            node!(to, "Subscript", at at, value = node.value, slice = node.slice, ctx = node.ctx)
        }
        ExprKind::Starred { value, ctx } => node!(to, "Starred", at at, value = value, ctx = ctx),
        ExprKind::Name { id, ctx } => node!(to, "Name", at at, id = id, ctx = ctx),
        ExprKind::List { elts, ctx } => node!(to, "List", at at, elts = elts, ctx = ctx),
        ExprKind::Tuple { elts, ctx } => node!(to, "Tuple", at at, elts = elts, ctx = ctx),
        ExprKind::Slice(node) => {
            node!(to, "Slice", at at, lower = node.lower, upper = node.upper, step = node.step)
        }
    }
}

/// A conversion as the tree keeps it: the code of its character, or -1.
fn conversion_code(conversion: Option<Conversion>) -> i32 {
    conversion.map_or(-1, |conversion| match conversion {
        Conversion::Str => i32::from(b's'),
        Conversion::Repr => i32::from(b'r'),
        Conversion::Ascii => i32::from(b'a'),
    })
}

/// Nodes that are nothing but a name: the name is that of the variant.
macro_rules! names {
    ($($type:ident: $($variant:ident)*;)*) => {
        $(impl Plain for $type {
            fn plain(&self, to: &mut Tree) -> Value {
                match self { $(Self::$variant => node!(to, stringify!($variant)),)* }
            }
        })*
    };
}

names! {
    Context: Load Store Del;
    BoolOp: And Or;
    Operator: Add Sub Mult MatMult Div Mod Pow LShift RShift BitOr BitXor BitAnd FloorDiv;
    UnaryOp: Invert Not UAdd USub;
    CmpOp: Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn;
}
