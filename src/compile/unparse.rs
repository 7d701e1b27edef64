//! Expressions back to text, as `from __future__ import annotations` stores them.
//!
//! Parentheses stand where CPython puts them, which is where precedence asks for them.

use std::fmt::Write as _;

use num_bigint::BigInt;

use super::tree::{
    Arg, Arguments, BoolOp, Call, CmpOp, Comp, CompKind, Comprehension, Conversion, Expr, ExprKind, Operator,
    UnaryOp,
};
use crate::code::{Const, Text};
use crate::text::float;
use crate::text::unicode::is_printable;

/// How tightly an operator binds, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Cmp,
    Bor,
    Bxor,
    Band,
    Shift,
    Arith,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

impl Level {
    /// The next tighter one.
    fn tighter(self) -> Self {
        match self {
            Self::Tuple => Self::Test,
            Self::Test => Self::Or,
            Self::Or => Self::And,
            Self::And => Self::Not,
            Self::Not => Self::Cmp,
            Self::Cmp => Self::Bor,
            Self::Bor => Self::Bxor,
            Self::Bxor => Self::Band,
            Self::Band => Self::Shift,
            Self::Shift => Self::Arith,
            Self::Arith => Self::Term,
            Self::Term => Self::Factor,
            Self::Factor => Self::Power,
            Self::Power => Self::Await,
            Self::Await | Self::Atom => Self::Atom,
        }
    }
}

/// The text of an expression.
pub fn unparse(expr: &Expr) -> Text {
    let mut writer = Writer::default();
    writer.expr(expr, Level::Test);
    writer.out.into()
}

/// `repr()` of a constant.
pub fn constant(value: &Const) -> String {
    let mut writer = Writer::default();
    writer.constant(value);
    writer.out
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Unicode(text.into())
    }
}

#[derive(Default)]
struct Writer {
    out: String,
}

impl Writer {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn expr(&mut self, expr: &Expr, level: Level) {
        super::stack::grow(|| self.expr_inner(expr, level));
    }

    fn grouped(&mut self, needed: bool, inner: impl FnOnce(&mut Self)) {
        if needed {
            self.put("(");
        }
        inner(self);
        if needed {
            self.put(")");
        }
    }

    fn list<'e, 'a: 'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr<'a>>) {
        for (at, expr) in exprs.into_iter().enumerate() {
            if at > 0 {
                self.put(", ");
            }
            self.expr(expr, Level::Test);
        }
    }

    fn expr_inner(&mut self, expr: &Expr, level: Level) {
        match &expr.kind {
            ExprKind::BoolOp { op, values } => self.bool_op(*op, values, level),
            ExprKind::NamedExpr { target, value } => self.grouped(level > Level::Tuple, |writer| {
                writer.expr(target, Level::Atom);
                writer.put(" := ");
                writer.expr(value, Level::Atom);
            }),
            ExprKind::BinOp(node) => self.bin_op(&node.left, node.op, &node.right, level),
            ExprKind::UnaryOp { op, operand } => self.unary_op(*op, operand, level),
            ExprKind::Lambda { args, body, .. } => self.lambda(args, body, level),
            ExprKind::IfExp(node) => self.if_exp(&node.test, &node.body, &node.orelse, level),
            ExprKind::Dict(node) => self.dict(&node.keys, &node.values),
            ExprKind::Set(elts) => {
                self.put("{");
                self.list(elts);
                self.put("}");
            }
            ExprKind::Comp(comp) => self.comp(comp),
            ExprKind::Await(value) => self.grouped(level > Level::Await, |writer| {
                writer.put("await ");
                writer.expr(value, Level::Atom);
            }),
            ExprKind::Yield(None) => self.put("(yield)"),
            ExprKind::Yield(Some(value)) => {
                self.put("(yield ");
                self.expr(value, Level::Test);
                self.put(")");
            }
            ExprKind::YieldFrom(value) => {
                self.put("(yield from ");
                self.expr(value, Level::Test);
                self.put(")");
            }
            ExprKind::Compare(node) => self.compare(&node.left, &node.ops, &node.comparators, level),
            ExprKind::Call(call) => self.call(call),
            ExprKind::JoinedStr(_) | ExprKind::FormattedValue { .. } => self.quoted("f", expr),
            ExprKind::TemplateStr(_) | ExprKind::Interpolation(_) => self.quoted("t", expr),
            ExprKind::Constant { value, u_prefix } => {
                if *u_prefix {
                    self.put("u");
                }
                self.constant(value);
            }
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value, Level::Atom);
                let number = matches!(value.as_constant(), Some(Const::Int(_)));
                self.put(if number { " ." } else { "." });
                self.put(attr);
            }
            ExprKind::Subscript(node) => {
                self.expr(&node.value, Level::Atom);
                self.put("[");
                self.expr(&node.slice, Level::Tuple);
                self.put("]");
            }
            ExprKind::Starred { value, .. } => {
                self.put("*");
                self.expr(value, Level::Bor);
            }
            ExprKind::Name { id, .. } => self.put(id),
            ExprKind::List { elts, .. } => {
                self.put("[");
                self.list(elts);
                self.put("]");
            }
            ExprKind::Tuple { elts, .. } if elts.is_empty() => self.put("()"),
            ExprKind::Tuple { elts, .. } => self.grouped(level > Level::Tuple, |writer| {
                writer.list(elts);
                if elts.len() == 1 {
                    writer.put(",");
                }
            }),
            ExprKind::Slice(node) => {
                self.slice(node.lower.as_ref(), node.upper.as_ref(), node.step.as_ref());
            }
        }
    }

    fn unary_op(&mut self, op: UnaryOp, operand: &Expr, level: Level) {
        let (text, own) = match op {
            UnaryOp::Invert => ("~", Level::Factor),
            UnaryOp::Not => ("not ", Level::Not),
            UnaryOp::UAdd => ("+", Level::Factor),
            UnaryOp::USub => ("-", Level::Factor),
        };
        self.grouped(level > own, |writer| {
            writer.put(text);
            writer.expr(operand, own);
        });
    }

    fn lambda(&mut self, args: &Arguments, body: &Expr, level: Level) {
        self.grouped(level > Level::Test, |writer| {
            let positional = !args.args.is_empty() || !args.posonlyargs.is_empty();
            writer.put(if positional { "lambda " } else { "lambda" });
            writer.arguments(args);
            writer.put(": ");
            writer.expr(body, Level::Test);
        });
    }

    fn if_exp(&mut self, test: &Expr, body: &Expr, orelse: &Expr, level: Level) {
        self.grouped(level > Level::Test, |writer| {
            writer.expr(body, Level::Or);
            writer.put(" if ");
            writer.expr(test, Level::Or);
            writer.put(" else ");
            writer.expr(orelse, Level::Test);
        });
    }

    fn compare(&mut self, left: &Expr, ops: &[CmpOp], comparators: &[Expr], level: Level) {
        self.grouped(level > Level::Cmp, |writer| {
            writer.expr(left, Level::Bor);
            for (op, comparator) in ops.iter().zip(comparators) {
                writer.put(cmp_op(*op));
                writer.expr(comparator, Level::Bor);
            }
        });
    }

    fn slice(&mut self, lower: Option<&Expr>, upper: Option<&Expr>, step: Option<&Expr>) {
        if let Some(lower) = lower {
            self.expr(lower, Level::Test);
        }
        self.put(":");
        if let Some(upper) = upper {
            self.expr(upper, Level::Test);
        }
        if let Some(step) = step {
            self.put(":");
            self.expr(step, Level::Test);
        }
    }

    fn bool_op(&mut self, op: BoolOp, values: &[Expr], level: Level) {
        let (text, own) = match op {
            BoolOp::And => (" and ", Level::And),
            BoolOp::Or => (" or ", Level::Or),
        };
        self.grouped(level > own, |writer| {
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    writer.put(text);
                }
                writer.expr(value, own.tighter());
            }
        });
    }

    fn bin_op(&mut self, left: &Expr, op: Operator, right: &Expr, level: Level) {
        let (text, own) = match op {
            Operator::Add => (" + ", Level::Arith),
            Operator::Sub => (" - ", Level::Arith),
            Operator::Mult => (" * ", Level::Term),
            Operator::MatMult => (" @ ", Level::Term),
            Operator::Div => (" / ", Level::Term),
            Operator::Mod => (" % ", Level::Term),
            Operator::FloorDiv => (" // ", Level::Term),
            Operator::LShift => (" << ", Level::Shift),
            Operator::RShift => (" >> ", Level::Shift),
            Operator::BitOr => (" | ", Level::Bor),
            Operator::BitXor => (" ^ ", Level::Bxor),
            Operator::BitAnd => (" & ", Level::Band),
            Operator::Pow => (" ** ", Level::Power),
        };
        let (before, behind) = if op == Operator::Pow { (own.tighter(), own) } else { (own, own.tighter()) };
        self.grouped(level > own, |writer| {
            writer.expr(left, before);
            writer.put(text);
            writer.expr(right, behind);
        });
    }

    fn arguments(&mut self, args: &Arguments) {
        let mut first = true;
        let mut separate = |writer: &mut Self| {
            if !std::mem::take(&mut first) {
                writer.put(", ");
            }
        };
        let count = args.posonlyargs.len() + args.args.len();
        for (at, arg) in args.posonlyargs.iter().chain(&args.args).enumerate() {
            separate(self);
            self.arg(arg);
            if let Some(default) = (at + args.defaults.len()).checked_sub(count) {
                self.put("=");
                self.expr(&args.defaults[default], Level::Test);
            }
            if at + 1 == args.posonlyargs.len() {
                self.put(", /");
            }
        }
        if args.vararg.is_some() || !args.kwonlyargs.is_empty() {
            separate(self);
            self.put("*");
            if let Some(arg) = &args.vararg {
                self.arg(arg);
            }
        }
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            separate(self);
            self.arg(arg);
            if let Some(default) = default {
                self.put("=");
                self.expr(default, Level::Test);
            }
        }
        if let Some(arg) = &args.kwarg {
            separate(self);
            self.put("**");
            self.arg(arg);
        }
    }

    fn arg(&mut self, arg: &Arg) {
        self.put(&arg.arg);
        if let Some(annotation) = &arg.annotation {
            self.put(": ");
            self.expr(annotation, Level::Test);
        }
    }

    fn dict(&mut self, keys: &[Option<Expr>], values: &[Expr]) {
        self.put("{");
        for (at, (key, value)) in keys.iter().zip(values).enumerate() {
            if at > 0 {
                self.put(", ");
            }
            if let Some(key) = key {
                self.expr(key, Level::Test);
                self.put(": ");
                self.expr(value, Level::Test);
            } else {
                self.put("**");
                self.expr(value, Level::Bor);
            }
        }
        self.put("}");
    }

    fn comp(&mut self, comp: &Comp) {
        let (open, close) = match comp.kind {
            CompKind::Generator => ("(", ")"),
            CompKind::List => ("[", "]"),
            CompKind::Set | CompKind::Dict => ("{", "}"),
        };
        self.put(open);
        self.expr(&comp.elt, Level::Test);
        if let Some(value) = &comp.value {
            self.put(": ");
            self.expr(value, Level::Test);
        }
        for generator in &comp.generators {
            self.comprehension(generator);
        }
        self.put(close);
    }

    fn comprehension(&mut self, generator: &Comprehension) {
        self.put(if generator.is_async { " async for " } else { " for " });
        self.expr(&generator.target, Level::Tuple);
        self.put(" in ");
        self.expr(&generator.iter, Level::Or);
        for condition in &generator.ifs {
            self.put(" if ");
            self.expr(condition, Level::Or);
        }
    }

    fn call(&mut self, call: &Call) {
        self.expr(&call.func, Level::Atom);
        if let [only] = &call.args[..]
            && call.keywords.is_empty()
            && matches!(&only.kind, ExprKind::Comp(comp) if comp.kind == CompKind::Generator)
        {
            return self.expr(only, Level::Tuple);
        }
        self.put("(");
        self.list(&call.args);
        for (at, keyword) in call.keywords.iter().enumerate() {
            if at > 0 || !call.args.is_empty() {
                self.put(", ");
            }
            match &keyword.arg {
                Some(name) => {
                    self.put(name);
                    self.put("=");
                }
                None => self.put("**"),
            }
            self.expr(&keyword.value, Level::Test);
        }
        self.put(")");
    }

    /// An f-string or template string with its quotes.
    fn quoted(&mut self, prefix: &str, expr: &Expr) {
        let mut body = Self::default();
        body.string_part(expr);
        self.put(prefix);
        repr_str(&mut self.out, &body.out.as_str().into());
    }

    /// A part of an f-string, without quotes.
    fn string_part(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Constant { value: Const::Str(text), .. } => {
                let text = text.as_str().unwrap_or_default();
                self.put(&text.replace('{', "{{").replace('}', "}}"));
            }
            ExprKind::JoinedStr(values) | ExprKind::TemplateStr(values) => {
                for value in values {
                    self.string_part(value);
                }
            }
            ExprKind::FormattedValue { value, conversion, format_spec } => {
                let mut text = Self::default();
                text.expr(value, Level::Or);
                self.replacement(&text.out, *conversion, format_spec.as_deref());
            }
            ExprKind::Interpolation(node) => {
                self.replacement(node.str, node.conversion, node.format_spec.as_ref());
            }
            _ => self.expr(expr, Level::Test),
        }
    }

    fn replacement(&mut self, text: &str, conversion: Option<Conversion>, format_spec: Option<&Expr>) {
        // A brace right behind the opening one would be a literal brace.
        self.put(if text.starts_with('{') { "{ " } else { "{" });
        self.put(text);
        self.put(match conversion {
            None => "",
            Some(Conversion::Str) => "!s",
            Some(Conversion::Repr) => "!r",
            Some(Conversion::Ascii) => "!a",
        });
        if let Some(spec) = format_spec {
            self.put(":");
            self.string_part(spec);
        }
        self.put("}");
    }

    fn constant(&mut self, value: &Const) {
        match value {
            Const::None => self.put("None"),
            Const::Ellipsis => self.put("..."),
            Const::Bool(true) => self.put("True"),
            Const::Bool(false) => self.put("False"),
            Const::Int(value) => self.put(&BigInt::to_string(value)),
            Const::Float(value) => self.put(&repr_float(*value)),
            Const::Complex(_, imaginary) => {
                let text = repr_float(*imaginary);
                self.put(text.strip_suffix(".0").unwrap_or(&text));
                self.put("j");
            }
            Const::Str(text) => repr_str(&mut self.out, text),
            Const::Bytes(bytes) => repr_bytes(&mut self.out, bytes),
            // The tree holds no others.
            Const::Tuple(_) | Const::FrozenSet(_) | Const::Slice(_) | Const::Code(_) => {}
        }
    }
}

fn cmp_op(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => " == ",
        CmpOp::NotEq => " != ",
        CmpOp::Lt => " < ",
        CmpOp::LtE => " <= ",
        CmpOp::Gt => " > ",
        CmpOp::GtE => " >= ",
        CmpOp::Is => " is ",
        CmpOp::IsNot => " is not ",
        CmpOp::In => " in ",
        CmpOp::NotIn => " not in ",
    }
}

/// `repr()` of a float; infinity as a literal that makes it.
fn repr_float(value: f64) -> String {
    if value.is_infinite() {
        return "1e309".to_owned();
    }
    let scientific = float::shortest(value);
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        return positional(digits, exponent);
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

/// Digits with one before their point, moved so that no exponent is needed.
fn positional(digits: &str, exponent: i32) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let digits = digits.replace('.', "");
    match usize::try_from(exponent) {
        Ok(exponent) => {
            let padded = format!("{digits:0<width$}", width = exponent + 2);
            let (whole, fraction) = padded.split_at(exponent + 1);
            format!("{sign}{whole}.{fraction}")
        }
        Err(_) => format!("{sign}0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1)),
    }
}

/// The quote that `repr()` takes: double ones only where that saves escapes.
fn quote(has_single: bool, has_double: bool) -> char {
    if has_single && !has_double { '"' } else { '\'' }
}

fn repr_str(out: &mut String, text: &Text) {
    let points: Vec<u32> = match text {
        Text::Unicode(text) => text.chars().map(|character| character as u32).collect(),
        Text::Surrogates(points) => points.to_vec(),
    };
    let has = |wanted: char| points.contains(&(wanted as u32));
    let quote = quote(has('\''), has('"'));
    out.push(quote);
    for point in points {
        match char::from_u32(point) {
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(character @ '\\') => out.extend(['\\', character]),
            Some(character) if character == quote => out.extend(['\\', character]),
            Some(character) if is_printable(point) => out.push(character),
            _ if point < 0x100 => _ = write!(out, "\\x{point:02x}"),
            _ if point < 0x1_0000 => _ = write!(out, "\\u{point:04x}"),
            _ => _ = write!(out, "\\U{point:08x}"),
        }
    }
    out.push(quote);
}

fn repr_bytes(out: &mut String, bytes: &[u8]) {
    let quote = quote(bytes.contains(&b'\''), bytes.contains(&b'"'));
    out.push('b');
    out.push(quote);
    for &byte in bytes {
        match byte {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'\\' => out.push_str("\\\\"),
            _ if char::from(byte) == quote => out.extend(['\\', quote]),
            b' '..=b'~' => out.push(char::from(byte)),
            _ => _ = write!(out, "\\x{byte:02x}"),
        }
    }
    out.push(quote);
}
