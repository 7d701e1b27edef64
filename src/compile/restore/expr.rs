//! Expressions.

use super::super::error::{CompileError, ErrorKind};
use super::super::tree::{
    Arg, Arguments, BinOp, BoolOp, Call, CmpOp, Comp, CompKind, Compare, Comprehension, Context, Conversion,
    Dict, Expr, ExprKind, IfExp, Interpolation, Keyword, List, Operator, Slice, Subscript, UnaryOp,
};
use super::{Restore, Restored, fields, int, invalid, items, location, text, wrong_type};
use crate::ast::{Node, Value};
use crate::code::{Const, Text};

impl<'a> Restore<'_, '_, 'a> {
    /// An expression whose value is taken.
    pub(super) fn expr(&mut self, value: &Value) -> Restored<Expr<'a>> {
        self.expr_in(value, Context::Load)
    }

    pub(super) fn boxed(&mut self, value: &Value) -> Restored<&'a mut Expr<'a>> {
        let expr = self.expr(value)?;
        Ok(self.names.arena().node(expr))
    }

    fn boxed_in(&mut self, value: &Value, context: Context) -> Restored<&'a mut Expr<'a>> {
        let expr = self.expr_in(value, context)?;
        Ok(self.names.arena().node(expr))
    }

    pub(super) fn optional(&mut self, value: &Value) -> Restored<Option<Expr<'a>>> {
        if matches!(value, Value::Nothing) { Ok(None) } else { self.expr(value).map(Some) }
    }

    pub(super) fn optional_boxed(&mut self, value: &Value) -> Restored<Option<&'a mut Expr<'a>>> {
        if matches!(value, Value::Nothing) { Ok(None) } else { self.boxed(value).map(Some) }
    }

    pub(super) fn exprs(&mut self, values: &Value) -> Restored<List<'a, Expr<'a>>> {
        self.exprs_in(values, Context::Load)
    }

    pub(super) fn exprs_in(&mut self, values: &Value, context: Context) -> Restored<List<'a, Expr<'a>>> {
        self.all(values, |restore, value| {
            if matches!(value, Value::Nothing) {
                return Err(invalid("None disallowed in expression list"));
            }
            restore.expr_in(value, context)
        })
    }

    /// Expressions of which some may be missing.
    fn exprs_or_nothing(&mut self, values: &Value) -> Restored<List<'a, Option<Expr<'a>>>> {
        self.all(values, Self::optional)
    }

    /// An expression in a context, which must be its own where it has one.
    pub(super) fn expr_in(&mut self, value: &Value, context: Context) -> Restored<Expr<'a>> {
        let node = self.node(value);
        self.deeper(|restore| {
            let loc = location(node)?;
            restore.check_context(node, context)?;
            Ok(Expr { loc, kind: restore.kind(node, context)? })
        })
    }

    fn own_context(&self, value: &Value) -> Context {
        let own = self.node(value).field("ctx").map(|ctx| self.node(ctx).kind.name());
        match own {
            Some("Store") => Context::Store,
            Some("Del") => Context::Del,
            _ => Context::Load,
        }
    }

    fn check_context(&self, node: &Node, context: Context) -> Restored<()> {
        let wanted = context_name(context);
        match node.field("ctx") {
            Some(own) => {
                let own = self.node(own).kind.name();
                if own != wanted {
                    let message = format!("expression must have {wanted} context but has {own} instead");
                    return Err(invalid(message));
                }
            }
            None if context != Context::Load => {
                return Err(invalid(format!("expression which can't be assigned to in {wanted} context")));
            }
            None => {}
        }
        Ok(())
    }

    fn kind(&mut self, node: &Node, ctx: Context) -> Restored<ExprKind<'a>> {
        Ok(match node.kind.name() {
            "BoolOp" => {
                let [op, values] = fields(node);
                if items(values).len() < 2 {
                    return Err(invalid("BoolOp with less than 2 values"));
                }
                let op = if self.node(op).kind.name() == "And" { BoolOp::And } else { BoolOp::Or };
                ExprKind::BoolOp { op, values: self.exprs(values)? }
            }
            "NamedExpr" => {
                let [target, value] = fields(node);
                if self.node(target).kind.name() != "Name" {
                    return Err(wrong_type("NamedExpr target must be a Name"));
                }
                // CPython takes the name in whatever context it is.
                let context = self.own_context(target);
                let target = self.boxed_in(target, context)?;
                ExprKind::NamedExpr { target, value: self.boxed(value)? }
            }
            "BinOp" => {
                let [left, op, right] = fields(node);
                let op = self.operator(op);
                let node = BinOp { left: self.expr(left)?, op, right: self.expr(right)? };
                ExprKind::BinOp(self.names.arena().node(node))
            }
            "UnaryOp" => {
                let [op, operand] = fields(node);
                let op = match self.node(op).kind.name() {
                    "Invert" => UnaryOp::Invert,
                    "Not" => UnaryOp::Not,
                    "UAdd" => UnaryOp::UAdd,
                    _ => UnaryOp::USub,
                };
                ExprKind::UnaryOp { op, operand: self.boxed(operand)? }
            }
            "Lambda" => {
                let [args, body] = fields(node);
                let id = self.id(1);
                let args = self.arguments(args)?;
                let args = self.names.arena().node(args);
                ExprKind::Lambda { id, args, body: self.boxed(body)? }
            }
            "IfExp" => {
                let [test, body, orelse] = fields(node);
                let node =
                    IfExp { test: self.expr(test)?, body: self.expr(body)?, orelse: self.expr(orelse)? };
                ExprKind::IfExp(self.names.arena().node(node))
            }
            "Dict" => {
                let [keys, values] = fields(node);
                if items(keys).len() != items(values).len() {
                    return Err(invalid("Dict doesn't have the same number of keys as values"));
                }
                let node = Dict { keys: self.exprs_or_nothing(keys)?, values: self.exprs(values)? };
                ExprKind::Dict(self.names.arena().node(node))
            }
            "Set" => {
                let [elts] = fields(node);
                ExprKind::Set(self.exprs(elts)?)
            }
            "ListComp" | "SetComp" | "DictComp" | "GeneratorExp" => self.comprehension(node)?,
            "Await" => {
                let [value] = fields(node);
                ExprKind::Await(self.boxed(value)?)
            }
            "Yield" => {
                let [value] = fields(node);
                ExprKind::Yield(self.optional_boxed(value)?)
            }
            "YieldFrom" => {
                let [value] = fields(node);
                ExprKind::YieldFrom(self.boxed(value)?)
            }
            "Compare" => self.compare(node)?,
            "Call" => {
                let [func, args, keywords] = fields(node);
                let func = self.expr(func)?;
                let node = Call { func, args: self.exprs(args)?, keywords: self.keywords(keywords)? };
                ExprKind::Call(self.names.arena().node(node))
            }
            "FormattedValue" | "Interpolation" | "JoinedStr" | "TemplateStr" => self.formatted(node)?,
            "Constant" => {
                let [value, kind] = fields(node);
                let value = constant(value);
                let u_prefix = text(kind).is_some_and(|kind| kind == "u");
                ExprKind::Constant { value: self.names.arena().constant(value.clone()), u_prefix }
            }
            _ => self.target(node, ctx)?,
        })
    }

    /// What has a context, and a slice.
    fn target(&mut self, node: &Node, ctx: Context) -> Restored<ExprKind<'a>> {
        Ok(match node.kind.name() {
            "Attribute" => {
                let [value, attr, _] = fields(node);
                let value = self.boxed(value)?;
                let attr = self.any_name(attr).expect("an attribute has a name");
                ExprKind::Attribute { value, attr, ctx }
            }
            "Subscript" => {
                let [value, slice, _] = fields(node);
                let (value, slice) = (self.expr(value)?, self.expr(slice)?);
                ExprKind::Subscript(self.names.arena().node(Subscript { value, slice, ctx }))
            }
            "Starred" => {
                let [value, _] = fields(node);
                ExprKind::Starred { value: self.boxed_in(value, ctx)?, ctx }
            }
            "Name" => {
                let [id, _] = fields(node);
                ExprKind::Name { id: self.name(id)?, ctx }
            }
            "List" => {
                let [elts, _] = fields(node);
                ExprKind::List { elts: self.exprs_in(elts, ctx)?, ctx }
            }
            "Tuple" => {
                let [elts, _] = fields(node);
                ExprKind::Tuple { elts: self.exprs_in(elts, ctx)?, ctx }
            }
            "Slice" => {
                let [lower, upper, step] = fields(node);
                let (lower, upper) = (self.optional(lower)?, self.optional(upper)?);
                let node = Slice { lower, upper, step: self.optional(step)? };
                ExprKind::Slice(self.names.arena().node(node))
            }
            other => panic!("{other} is no expression"),
        })
    }

    fn comprehension(&mut self, node: &Node) -> Restored<ExprKind<'a>> {
        let (kind, elt, value, generators) = match (node.kind.name(), &*node.fields) {
            ("DictComp", [key, value, generators]) => (CompKind::Dict, key, Some(value), generators),
            ("ListComp", [elt, generators]) => (CompKind::List, elt, None, generators),
            ("SetComp", [elt, generators]) => (CompKind::Set, elt, None, generators),
            (_, [elt, generators]) => (CompKind::Generator, elt, None, generators),
            _ => panic!("a comprehension has two fields, or three"),
        };
        if items(generators).is_empty() {
            return Err(invalid("comprehension with no generators"));
        }
        let id = self.id(1);
        let generators = self.all(generators, |restore, generator| {
            let [target, iter, ifs, is_async] = fields(restore.node(generator));
            Ok(Comprehension {
                target: restore.expr_in(target, Context::Store)?,
                iter: restore.expr(iter)?,
                ifs: restore.exprs(ifs)?,
                is_async: int(is_async) != 0,
            })
        })?;
        let elt = self.expr(elt)?;
        let value = value.map(|value| self.expr(value)).transpose()?;
        Ok(ExprKind::Comp(self.names.arena().node(Comp { id, kind, elt, value, generators })))
    }

    fn compare(&mut self, node: &Node) -> Restored<ExprKind<'a>> {
        let [left, ops, comparators] = fields(node);
        if items(comparators).is_empty() {
            return Err(invalid("Compare with no comparators"));
        }
        if items(comparators).len() != items(ops).len() {
            return Err(invalid("Compare has a different number of comparators and operands"));
        }
        let ops = self.all(ops, |restore, op| {
            Ok(match restore.node(op).kind.name() {
                "Eq" => CmpOp::Eq,
                "NotEq" => CmpOp::NotEq,
                "Lt" => CmpOp::Lt,
                "LtE" => CmpOp::LtE,
                "Gt" => CmpOp::Gt,
                "GtE" => CmpOp::GtE,
                "Is" => CmpOp::Is,
                "IsNot" => CmpOp::IsNot,
                "In" => CmpOp::In,
                _ => CmpOp::NotIn,
            })
        })?;
        let comparators = self.exprs(comparators)?;
        let left = self.expr(left)?;
        Ok(ExprKind::Compare(self.names.arena().node(Compare { left, ops, comparators })))
    }

    fn formatted(&mut self, node: &Node) -> Restored<ExprKind<'a>> {
        Ok(match (node.kind.name(), &*node.fields) {
            ("JoinedStr", [values]) => ExprKind::JoinedStr(self.exprs(values)?),
            ("TemplateStr", [values]) => ExprKind::TemplateStr(self.exprs(values)?),
            ("FormattedValue", [value, conversion, format_spec]) => ExprKind::FormattedValue {
                value: self.boxed(value)?,
                conversion: converted(conversion)?,
                format_spec: self.optional_boxed(format_spec)?,
            },
            (_, [value, str, conversion, format_spec]) => {
                let Const::Str(Text::Unicode(str)) = constant(str) else {
                    let message = "wordcode does not support an Interpolation whose str is no str yet";
                    return Err(CompileError::nowhere(ErrorKind::System, message));
                };
                let node = Interpolation {
                    value: self.expr(value)?,
                    str: self.names.arena().text(str),
                    conversion: converted(conversion)?,
                    format_spec: self.optional(format_spec)?,
                };
                ExprKind::Interpolation(self.names.arena().node(node))
            }
            _ => panic!("part of a string that is formatted"),
        })
    }

    pub(super) fn operator(&self, op: &Value) -> Operator {
        match self.node(op).kind.name() {
            "Add" => Operator::Add,
            "Sub" => Operator::Sub,
            "Mult" => Operator::Mult,
            "MatMult" => Operator::MatMult,
            "Div" => Operator::Div,
            "Mod" => Operator::Mod,
            "Pow" => Operator::Pow,
            "LShift" => Operator::LShift,
            "RShift" => Operator::RShift,
            "BitOr" => Operator::BitOr,
            "BitXor" => Operator::BitXor,
            "BitAnd" => Operator::BitAnd,
            _ => Operator::FloorDiv,
        }
    }

    pub(super) fn keywords(&mut self, keywords: &Value) -> Restored<List<'a, Keyword<'a>>> {
        self.all(keywords, |restore, keyword| {
            let node = restore.node(keyword);
            let [arg, value] = fields(node);
            Ok(Keyword { loc: location(node)?, arg: restore.any_name(arg), value: restore.expr(value)? })
        })
    }

    pub(super) fn arguments(&mut self, arguments: &Value) -> Restored<Arguments<'a>> {
        let [posonlyargs, args, vararg, kwonlyargs, kw_defaults, kwarg, defaults] =
            fields(self.node(arguments));
        if items(defaults).len() > items(posonlyargs).len() + items(args).len() {
            return Err(invalid("more positional defaults than args on arguments"));
        }
        if items(kw_defaults).len() != items(kwonlyargs).len() {
            return Err(invalid("length of kwonlyargs is not the same as kw_defaults on arguments"));
        }
        let optional = |restore: &mut Self, value: &Value| match value {
            Value::Nothing => Ok(None),
            value => restore.arg(value).map(Some),
        };
        Ok(Arguments {
            posonlyargs: self.all(posonlyargs, Self::arg)?,
            args: self.all(args, Self::arg)?,
            vararg: optional(self, vararg)?,
            kwonlyargs: self.all(kwonlyargs, Self::arg)?,
            kwarg: optional(self, kwarg)?,
            defaults: self.exprs(defaults)?,
            kw_defaults: self.exprs_or_nothing(kw_defaults)?,
        })
    }

    fn arg(&mut self, value: &Value) -> Restored<Arg<'a>> {
        let node = self.node(value);
        let [arg, annotation, type_comment] = fields(node);
        Ok(Arg {
            loc: location(node)?,
            arg: self.any_name(arg).expect("a parameter has a name"),
            annotation: self.optional_boxed(annotation)?,
            type_comment: self.type_comment(type_comment),
        })
    }
}

const fn context_name(context: Context) -> &'static str {
    match context {
        Context::Load => "Load",
        Context::Store => "Store",
        Context::Del => "Del",
    }
}

/// The value of a field that holds a constant.
pub(super) fn constant(value: &Value) -> &Const {
    match value {
        Value::Const(value) => value,
        Value::Nothing | Value::Int(_) | Value::Text(_) | Value::Node(_) | Value::List(_) => {
            panic!("a constant was to be there")
        }
    }
}

/// What is called on a value before it is formatted.
fn converted(value: &Value) -> Restored<Option<Conversion>> {
    match int(value) {
        -1 => Ok(None),
        115 => Ok(Some(Conversion::Str)),
        114 => Ok(Some(Conversion::Repr)),
        97 => Ok(Some(Conversion::Ascii)),
        other => {
            let message = format!("Unrecognized conversion character {other}");
            Err(CompileError::nowhere(ErrorKind::System, message))
        }
    }
}
