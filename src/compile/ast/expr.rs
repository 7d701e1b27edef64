//! Expressions, operators and contexts.

use std::rc::Rc;

use super::super::stack;
use super::super::tree::{BoolOp, CmpOp, CompKind, Context, Conversion, Expr, ExprKind, Operator, UnaryOp};
use super::{Node, Plain, Value, node};
use crate::code::{Const, Text};

impl Plain for Expr<'_> {
    fn plain(&self) -> Value {
        stack::grow(|| Value::Node(expr(self)))
    }
}

fn expr(expr: &Expr) -> Node {
    let at = expr.loc;
    match &expr.kind {
        ExprKind::BoolOp { op, values } => node!("BoolOp", at at, op = op, values = values),
        ExprKind::NamedExpr { target, value } => node!("NamedExpr", at at, target = target, value = value),
        ExprKind::BinOp(node) => {
            node!("BinOp", at at, left = node.left, op = node.op, right = node.right)
        }
        ExprKind::UnaryOp { op, operand } => node!("UnaryOp", at at, op = op, operand = operand),
        ExprKind::Lambda { args, body, .. } => node!("Lambda", at at, args = args, body = body),
        ExprKind::IfExp(node) => {
            node!("IfExp", at at, test = node.test, body = node.body, orelse = node.orelse)
        }
        ExprKind::Dict(node) => node!("Dict", at at, keys = node.keys, values = node.values),
        ExprKind::Set(elts) => node!("Set", at at, elts = elts),
        ExprKind::Comp(comp) => {
            let kind = match comp.kind {
                CompKind::Generator => "GeneratorExp",
                CompKind::List => "ListComp",
                CompKind::Set => "SetComp",
                CompKind::Dict => "DictComp",
            };
            match &comp.value {
                Some(value) => {
                    node!(kind, at at, key = comp.elt, value = value, generators = comp.generators)
                }
                None => node!(kind, at at, elt = comp.elt, generators = comp.generators),
            }
        }
        ExprKind::Await(value) => node!("Await", at at, value = value),
        ExprKind::Yield(value) => node!("Yield", at at, value = value),
        ExprKind::YieldFrom(value) => node!("YieldFrom", at at, value = value),
        ExprKind::Compare(node) => {
            node!("Compare", at at, left = node.left, ops = node.ops, comparators = node.comparators)
        }
        ExprKind::Call(call) => {
            node!("Call", at at, func = call.func, args = call.args, keywords = call.keywords)
        }
        ExprKind::FormattedValue { value, conversion, format_spec } => node!(
            "FormattedValue", at at,
            value = value, conversion = conversion_code(*conversion), format_spec = format_spec,
        ),
        ExprKind::JoinedStr(values) => node!("JoinedStr", at at, values = values),
        ExprKind::Interpolation(node) => node!(
            "Interpolation", at at,
            value = node.value, str = Const::Str(Text::from(node.str)),
            conversion = conversion_code(node.conversion), format_spec = node.format_spec,
        ),
        ExprKind::TemplateStr(values) => node!("TemplateStr", at at, values = values),
        ExprKind::Constant { value, u_prefix } => {
            node!("Constant", at at, value = value, kind = u_prefix.then(|| Rc::<str>::from("u")))
        }
        ExprKind::Attribute { value, attr, ctx } => {
            node!("Attribute", at at, value = value, attr = attr, ctx = ctx)
        }
        ExprKind::Subscript(node) => {
            node!("Subscript", at at, value = node.value, slice = node.slice, ctx = node.ctx)
        }
        ExprKind::Starred { value, ctx } => node!("Starred", at at, value = value, ctx = ctx),
        ExprKind::Name { id, ctx } => node!("Name", at at, id = id, ctx = ctx),
        ExprKind::List { elts, ctx } => node!("List", at at, elts = elts, ctx = ctx),
        ExprKind::Tuple { elts, ctx } => node!("Tuple", at at, elts = elts, ctx = ctx),
        ExprKind::Slice(node) => {
            node!("Slice", at at, lower = node.lower, upper = node.upper, step = node.step)
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
            fn plain(&self) -> Value {
                Value::Node(match self { $(Self::$variant => node!(stringify!($variant)),)* })
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
