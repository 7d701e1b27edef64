//! What CPython still does to the tree itself: `__debug__` becomes a constant, `'…' % (…)` an
//! f-string, a negative or complex number in a pattern one constant; `-OO` drops docstrings.
//!
//! Arithmetic on constants is left to the passes over the control-flow graph.

use num_bigint::BigInt;

use super::arena::Arena;
use super::error::Warning;
use super::lines;
use super::sequence::Location;
use super::stack;
use super::tree::{
    Arguments, ClassDef, Context, Conversion, Expr, ExprKind, FunctionDef, List, MatchCase, Mod, Operator,
    Pattern, PatternKind, Stmt, StmtKind, Tree, Try, TypeParam, TypeParamKind, UnaryOp, With, docstring,
};
use crate::code::{Const, Text, flags};
use crate::text::LineIndex;

/// What the pass found and did.
#[derive(Default)]
pub struct Preprocessed {
    /// What is hardly meant.
    pub warnings: Vec<Warning>,
    /// What it changed, in the order of the tree.
    pub changes: Vec<TreeChange>,
}

/// One thing that the pass changed in the tree.
#[derive(Clone, Debug)]
pub struct TreeChange {
    /// What it did.
    pub kind: TreeChangeKind,
    /// Where the node stands in the source.
    pub location: Location,
}

/// What the pass may change.
#[derive(Clone, Debug)]
pub enum TreeChangeKind {
    /// `__debug__` became this constant.
    Debug(bool),
    /// `'…' % (…)` became an f-string.
    Format,
    /// A number of a pattern that is written as an operation became this constant.
    Number(Const),
    /// A docstring was dropped.
    Docstring,
    /// A constant that would be taken for a docstring by mistake was put into an f-string.
    NoDocstring,
}

/// Simplifies a tree in place.
pub fn preprocess<'a>(
    tree: &mut Tree<'a>,
    arena: &'a Arena,
    optimize: u8,
    features: u32,
    lines: &LineIndex,
) -> Preprocessed {
    let annotations_are_strings = features & flags::FUTURE_ANNOTATIONS != 0;
    let mut pass = Preprocess {
        arena,
        optimize,
        annotations_are_strings,
        lines,
        around: Around::Function,
        done: Preprocessed::default(),
    };
    match &mut *tree.root {
        Mod::Module(body) => pass.body(body),
        Mod::Interactive(body) => pass.stmts(body),
        Mod::Expression(expr) => pass.expr(expr),
    }
    pass.done
}

/// The innermost thing around a statement that a jump out of it meets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Function,
    Loop,
    Finally,
}

struct Preprocess<'s, 'a> {
    arena: &'a Arena,
    optimize: u8,
    annotations_are_strings: bool,
    lines: &'s LineIndex,
    around: Around,
    done: Preprocessed,
}

impl<'a> Preprocess<'_, 'a> {
    /// A body that may start with a docstring.
    fn body(&mut self, body: &mut List<'a, Stmt<'a>>) {
        let mut has_docstring = docstring(body).is_some();
        if has_docstring && self.optimize >= 2 {
            self.note(body[0].loc, TreeChangeKind::Docstring);
            if body.len() == 1 {
                // A `pass` stands where the docstring stood.
                let loc = &mut body[0].loc;
                loc.end_line = loc.line;
                loc.end_column = loc.column + 4;
                body[0].kind = StmtKind::Pass;
            } else {
                body.drop_first();
            }
            has_docstring = false;
        }
        self.stmts(body);
        if !has_docstring && docstring(body).is_some() {
            // What became a constant only now must not be taken for a docstring.
            self.note(body[0].loc, TreeChangeKind::NoDocstring);
            let first = &mut body[0];
            if let StmtKind::Expr(value) = &mut first.kind {
                let loc = value.loc;
                let empty = Expr { loc, kind: ExprKind::JoinedStr(List::default()) };
                let constant = std::mem::replace(&mut **value, empty);
                value.kind = ExprKind::JoinedStr(self.arena.collect([constant]));
            }
        }
    }

    fn note(&mut self, location: Location, kind: TreeChangeKind) {
        self.done.changes.push(TreeChange { kind, location });
    }

    /// Statements with something new around them.
    fn inside(&mut self, around: Around, body: &mut [Stmt<'a>]) {
        let before = std::mem::replace(&mut self.around, around);
        self.stmts(body);
        self.around = before;
    }

    /// A jump that may leave a `finally`, and so swallow an exception.
    fn jump(&mut self, word: &str, loc: Location) {
        if self.around == Around::Finally {
            let message = format!("'{word}' in a 'finally' block");
            self.done.warnings.push(Warning::new(message, lines::range(self.lines, loc)));
        }
    }

    fn stmts(&mut self, body: &mut [Stmt<'a>]) {
        for stmt in body {
            stack::grow(|| self.stmt(stmt));
        }
    }

    fn exprs<'e>(&mut self, exprs: impl IntoIterator<Item = &'e mut Expr<'a>>)
    where
        'a: 'e,
    {
        for expr in exprs {
            self.expr(expr);
        }
    }

    fn annotation<'e>(&mut self, annotations: impl IntoIterator<Item = &'e mut Expr<'a>>)
    where
        'a: 'e,
    {
        if !self.annotations_are_strings {
            self.exprs(annotations);
        }
    }

    fn arguments(&mut self, args: &mut Arguments<'a>) {
        let positional = args.posonlyargs.iter_mut().chain(&mut args.args).chain(&mut args.vararg);
        for arg in positional.chain(&mut args.kwonlyargs).chain(&mut args.kwarg) {
            self.annotation(arg.annotation.as_deref_mut());
        }
        self.exprs(&mut args.defaults);
        self.exprs(args.kw_defaults.iter_mut().flatten());
    }

    fn type_params(&mut self, params: &mut [TypeParam<'a>]) {
        for param in params {
            if let TypeParamKind::TypeVar { bound: Some(bound) } = &mut param.kind {
                self.expr(bound);
            }
            self.exprs(&mut param.default_value);
        }
    }

    fn stmt(&mut self, stmt: &mut Stmt<'a>) {
        let loc = stmt.loc;
        match &mut stmt.kind {
            StmtKind::FunctionDef(node) => self.function_def(node),
            StmtKind::ClassDef(node) => self.class_def(node),
            StmtKind::Return(value) => {
                self.jump("return", loc);
                self.exprs(value.as_deref_mut());
            }
            StmtKind::Delete(targets) => self.exprs(targets),
            StmtKind::Assign(node) => {
                self.exprs(&mut node.targets);
                self.expr(&mut node.value);
            }
            StmtKind::TypeAlias(node) => {
                self.type_params(&mut node.type_params);
                self.expr(&mut node.value);
            }
            StmtKind::AugAssign(node) => {
                self.expr(&mut node.target);
                self.expr(&mut node.value);
            }
            StmtKind::AnnAssign(node) => {
                self.expr(&mut node.target);
                self.annotation([&mut node.annotation]);
                self.exprs(&mut node.value);
            }
            StmtKind::For(node) => {
                self.exprs([&mut node.target, &mut node.iter]);
                self.inside(Around::Loop, &mut node.body);
                self.stmts(&mut node.orelse);
            }
            StmtKind::While(node) => {
                self.expr(&mut node.test);
                self.inside(Around::Loop, &mut node.body);
                self.stmts(&mut node.orelse);
            }
            StmtKind::If(node) => {
                self.expr(&mut node.test);
                self.stmts(&mut node.body);
                self.stmts(&mut node.orelse);
            }
            StmtKind::With(node) => self.with(node),
            StmtKind::Match { subject, cases } => {
                self.expr(subject);
                self.cases(cases);
            }
            StmtKind::Raise { exc, cause } => {
                self.exprs(exc.as_deref_mut());
                self.exprs(cause.as_deref_mut());
            }
            StmtKind::Try(node) => self.try_(node),
            StmtKind::Assert { test, msg } => {
                self.expr(test);
                self.exprs(msg.as_deref_mut());
            }
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Import(_)
            | StmtKind::ImportFrom(_)
            | StmtKind::Global(_)
            | StmtKind::Nonlocal(_)
            | StmtKind::Pass => {}
            StmtKind::Break => self.jump("break", loc),
            StmtKind::Continue => self.jump("continue", loc),
        }
    }

    fn function_def(&mut self, node: &mut FunctionDef<'a>) {
        if !node.to_preprocess && self.optimize < 2 {
            return;
        }
        self.type_params(&mut node.type_params);
        self.arguments(&mut node.args);
        let before = std::mem::replace(&mut self.around, Around::Function);
        self.body(&mut node.body);
        self.around = before;
        self.exprs(&mut node.decorator_list);
        self.annotation(node.returns.as_deref_mut());
    }

    fn class_def(&mut self, node: &mut ClassDef<'a>) {
        self.type_params(&mut node.type_params);
        self.exprs(&mut node.bases);
        self.exprs(node.keywords.iter_mut().map(|keyword| &mut keyword.value));
        self.body(&mut node.body);
        self.exprs(&mut node.decorator_list);
    }

    fn with(&mut self, node: &mut With<'a>) {
        for item in &mut node.items {
            self.expr(&mut item.context_expr);
            self.exprs(&mut item.optional_vars);
        }
        self.stmts(&mut node.body);
    }

    fn cases(&mut self, cases: &mut [MatchCase<'a>]) {
        for case in cases {
            self.pattern(&mut case.pattern);
            self.exprs(&mut case.guard);
            self.stmts(&mut case.body);
        }
    }

    fn try_(&mut self, node: &mut Try<'a>) {
        self.stmts(&mut node.body);
        for handler in &mut node.handlers {
            self.exprs(&mut handler.type_);
            self.stmts(&mut handler.body);
        }
        self.stmts(&mut node.orelse);
        self.inside(Around::Finally, &mut node.finalbody);
    }

    fn expr(&mut self, expr: &mut Expr<'a>) {
        if expr.is_leaf() {
            return self.expr_inner(expr);
        }
        stack::grow(|| self.expr_inner(expr));
    }

    fn expr_inner(&mut self, expr: &mut Expr<'a>) {
        match &mut expr.kind {
            ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr(values) | ExprKind::TemplateStr(values) => {
                self.exprs(values);
            }
            ExprKind::NamedExpr { value, .. } => self.expr(value),
            ExprKind::BinOp(node) => {
                self.expr(&mut node.left);
                self.expr(&mut node.right);
                if node.op == Operator::Mod
                    && let Some(kind) = format_to_joined_str(&node.left, &mut node.right, self.arena)
                {
                    expr.kind = kind;
                    self.note(expr.loc, TreeChangeKind::Format);
                }
            }
            ExprKind::UnaryOp { operand, .. } => self.expr(operand),
            ExprKind::Lambda { args, body, .. } => {
                self.arguments(args);
                self.expr(body);
            }
            ExprKind::IfExp(node) => self.exprs([&mut node.test, &mut node.body, &mut node.orelse]),
            ExprKind::Dict(node) => {
                self.exprs(node.keys.iter_mut().flatten());
                self.exprs(&mut node.values);
            }
            ExprKind::Set(elts) | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => {
                self.exprs(elts);
            }
            ExprKind::Comp(comp) => {
                self.expr(&mut comp.elt);
                self.exprs(&mut comp.value);
                for generator in &mut comp.generators {
                    self.exprs([&mut generator.target, &mut generator.iter]);
                    self.exprs(&mut generator.ifs);
                }
            }
            ExprKind::Await(value)
            | ExprKind::YieldFrom(value)
            | ExprKind::Attribute { value, .. }
            | ExprKind::Starred { value, .. } => self.expr(value),
            ExprKind::Yield(value) => self.exprs(value.as_deref_mut()),
            ExprKind::Compare(node) => {
                self.expr(&mut node.left);
                self.exprs(&mut node.comparators);
            }
            ExprKind::Call(call) => {
                self.expr(&mut call.func);
                self.exprs(&mut call.args);
                self.exprs(call.keywords.iter_mut().map(|keyword| &mut keyword.value));
            }
            ExprKind::FormattedValue { value, format_spec, .. } => {
                self.expr(value);
                self.exprs(format_spec.as_deref_mut());
            }
            ExprKind::Interpolation(node) => {
                self.expr(&mut node.value);
                self.exprs(&mut node.format_spec);
            }
            ExprKind::Subscript(node) => {
                self.expr(&mut node.value);
                self.expr(&mut node.slice);
            }
            ExprKind::Slice(node) => {
                self.exprs([&mut node.lower, &mut node.upper, &mut node.step].into_iter().flatten());
            }
            ExprKind::Name { id, ctx: Context::Load } if &**id == "__debug__" => {
                let value = self.arena.constant(Const::Bool(self.optimize == 0));
                expr.kind = ExprKind::Constant { value, u_prefix: false };
                self.note(expr.loc, TreeChangeKind::Debug(self.optimize == 0));
            }
            ExprKind::Name { .. } | ExprKind::Constant { .. } => {}
        }
    }

    fn number(&mut self, expr: &mut Expr<'a>) {
        if let Some(value) = folded_number(expr) {
            self.note(expr.loc, TreeChangeKind::Number(value.clone()));
            expr.kind = ExprKind::Constant { value: self.arena.constant(value), u_prefix: false };
        }
    }

    fn patterns(&mut self, patterns: &mut [Pattern<'a>]) {
        for pattern in patterns {
            self.pattern(pattern);
        }
    }

    fn pattern(&mut self, pattern: &mut Pattern<'a>) {
        stack::grow(|| match &mut pattern.kind {
            PatternKind::MatchValue(value) => self.number(value),
            PatternKind::MatchSequence(patterns) | PatternKind::MatchOr(patterns) => {
                self.patterns(patterns);
            }
            PatternKind::MatchMapping { keys, patterns, .. } => {
                for key in keys {
                    self.number(key);
                }
                self.patterns(patterns);
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                self.expr(cls);
                self.patterns(patterns);
                self.patterns(kwd_patterns);
            }
            PatternKind::MatchAs { pattern: Some(inner), .. } => self.pattern(inner),
            PatternKind::MatchAs { pattern: None, .. }
            | PatternKind::MatchSingleton(_)
            | PatternKind::MatchStar(_) => {}
        });
    }
}

/// `-1`, `1 + 2j` and the like, which the grammar allows in patterns, as one constant.
fn folded_number(expr: &Expr) -> Option<Const> {
    match &expr.kind {
        ExprKind::UnaryOp { op: UnaryOp::USub, operand } => operand.as_constant().and_then(negative),
        ExprKind::BinOp(node) => {
            let left = match &node.left.kind {
                ExprKind::UnaryOp { op: UnaryOp::USub, operand } => operand.as_constant().and_then(negative),
                _ => node.left.as_constant().cloned(),
            };
            left.zip(node.right.as_constant()).and_then(|(left, right)| complex(&left, node.op, right))
        }
        _ => None,
    }
}

fn negative(value: &Const) -> Option<Const> {
    match value {
        Const::Int(value) => Some(Const::Int(-value)),
        Const::Float(value) => Some(Const::Float(-value)),
        Const::Complex(real, imaginary) => Some(Const::Complex(-real, -imaginary)),
        _ => None,
    }
}

/// A real number plus or minus an imaginary one.
fn complex(left: &Const, op: Operator, right: &Const) -> Option<Const> {
    let real = match left {
        Const::Int(value) => big_to_f64(value),
        Const::Float(value) => *value,
        _ => return None,
    };
    let Const::Complex(right_real, imaginary) = right else { return None };
    match op {
        Operator::Add => Some(Const::Complex(real + right_real, 0.0 + imaginary)),
        Operator::Sub => Some(Const::Complex(real - right_real, -imaginary)),
        _ => None,
    }
}

fn big_to_f64(value: &BigInt) -> f64 {
    use num_traits::ToPrimitive;
    value.to_f64().unwrap_or(f64::INFINITY)
}

/// `'…' % (a, b)` as an f-string, if it uses only `%s`, `%r` and `%a`, once for each item.
fn format_to_joined_str<'a>(left: &Expr<'a>, right: &mut Expr<'a>, arena: &'a Arena) -> Option<ExprKind<'a>> {
    let Some(Const::Str(Text::Unicode(format))) = left.as_constant() else { return None };
    let ExprKind::Tuple { elts, .. } = &mut right.kind else { return None };
    if elts.iter().any(Expr::is_starred) {
        return None;
    }
    let pieces = parse_format(format)?;
    let units = pieces.iter().filter(|piece| matches!(piece, Piece::Unit { .. })).count();
    if units != elts.len() {
        return None;
    }
    let constant = |text: String| Expr::constant(arena.constant(Const::Str(text.into())), Location::NONE);
    let mut items = std::mem::take(elts).into_iter();
    let mut values = arena.list(pieces.len());
    for piece in pieces {
        match piece {
            Piece::Literal(text) => values.push(constant(text)),
            Piece::Unit { conversion, spec } => {
                let Some(value) = items.next() else { break };
                let loc = value.loc;
                let format_spec = spec.map(|spec| arena.node(constant(spec)));
                let conversion = Some(conversion);
                let kind = ExprKind::FormattedValue { value, conversion, format_spec };
                values.push(Expr { loc, kind });
            }
        }
    }
    Some(ExprKind::JoinedStr(values.done()))
}

/// A piece of a format string.
enum Piece {
    Literal(String),
    Unit { conversion: Conversion, spec: Option<String> },
}

/// The longest width or precision that is followed, in digits.
const MAX_DIGITS: usize = 3;

fn parse_format(format: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        literal.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(behind) = rest.strip_prefix('%') {
            literal.push('%');
            rest = behind;
            continue;
        }
        if !literal.is_empty() {
            pieces.push(Piece::Literal(std::mem::take(&mut literal)));
        }
        let (unit, behind) = parse_unit(rest)?;
        pieces.push(unit);
        rest = behind;
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Some(pieces)
}

/// Flags, width, precision and conversion behind a `%`; and what follows.
fn parse_unit(text: &str) -> Option<(Piece, &str)> {
    let behind_flags = text.trim_start_matches(['-', '+', ' ', '#', '0']);
    let left_justified = text[..text.len() - behind_flags.len()].contains('-');
    let (width, mut rest) = digits(behind_flags)?;
    let mut precision = None;
    if let Some(behind) = rest.strip_prefix('.') {
        let (digits, behind) = digits(behind)?;
        precision = Some(digits.unwrap_or(0));
        rest = behind;
    }
    let mut characters = rest.chars();
    let conversion = match characters.next()? {
        's' => Conversion::Str,
        'r' => Conversion::Repr,
        'a' => Conversion::Ascii,
        _ => return None,
    };
    let mut spec = String::new();
    if let Some(width) = width {
        if !left_justified && width > 0 {
            spec.push('>');
        }
        spec.push_str(&width.to_string());
    }
    if let Some(precision) = precision {
        spec.push('.');
        spec.push_str(&precision.to_string());
    }
    let spec = (!spec.is_empty()).then_some(spec);
    Some((Piece::Unit { conversion, spec }, characters.as_str()))
}

/// A number of fewer than [`MAX_DIGITS`] digits, if there is one; none at all if it has more.
fn digits(text: &str) -> Option<(Option<u32>, &str)> {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    match digits.len() {
        0 => Some((None, rest)),
        MAX_DIGITS.. => None,
        _ => Some((digits.parse().ok(), rest)),
    }
}
