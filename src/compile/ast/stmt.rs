//! Statements, patterns and what belongs to them.

use super::super::stack;
use super::super::tree::{
    Alias, Arg, Arguments, Comprehension, ExceptHandler, Keyword, MatchCase, Pattern, PatternKind, Stmt,
    StmtKind, TypeIgnore, TypeParam, TypeParamKind, WithItem,
};
use super::{Plain, node};
use crate::ast::{Tree, Value};

impl Plain for Stmt<'_> {
    fn plain(&self, to: &mut Tree) -> Value {
        stack::grow(|| stmt(self, to))
    }
}

fn stmt(stmt: &Stmt, to: &mut Tree) -> Value {
    let at = stmt.loc;
    match &stmt.kind {
        StmtKind::FunctionDef(_)
        | StmtKind::ClassDef(_)
        | StmtKind::For(_)
        | StmtKind::While(_)
        | StmtKind::If(_)
        | StmtKind::With(_)
        | StmtKind::Match { .. }
        | StmtKind::Try(_) => compound(stmt, to),
        StmtKind::Return(value) => node!(to, "Return", at at, value = value),
        StmtKind::Delete(targets) => node!(to, "Delete", at at, targets = targets),
        StmtKind::Assign(node) => node!(
            to, "Assign", at at,
            targets = node.targets, value = node.value, type_comment = node.type_comment,
        ),
        StmtKind::TypeAlias(node) => node!(
            to, "TypeAlias", at at,
            name = node.target, type_params = node.type_params, value = node.value,
        ),
        StmtKind::AugAssign(node) => {
            node!(to, "AugAssign", at at, target = node.target, op = node.op, value = node.value)
        }
        StmtKind::AnnAssign(node) => node!(
            to, "AnnAssign", at at,
            target = node.target, annotation = node.annotation, value = node.value, simple = node.simple,
        ),
        StmtKind::Raise { exc, cause } => node!(to, "Raise", at at, exc = exc, cause = cause),
        StmtKind::Assert { test, msg } => node!(to, "Assert", at at, test = test, msg = msg),
        StmtKind::Import(names) => node!(to, "Import", at at, names = names),
        StmtKind::ImportFrom(node) => {
            node!(to, "ImportFrom", at at, module = node.module, names = node.names, level = node.level)
        }
        StmtKind::Global(names) => node!(to, "Global", at at, names = names),
        StmtKind::Nonlocal(names) => node!(to, "Nonlocal", at at, names = names),
        StmtKind::Expr(value) => node!(to, "Expr", at at, value = value),
        StmtKind::Pass => node!(to, "Pass", at at),
        StmtKind::Break => node!(to, "Break", at at),
        StmtKind::Continue => node!(to, "Continue", at at),
    }
}

fn compound(stmt: &Stmt, to: &mut Tree) -> Value {
    let at = stmt.loc;
    match &stmt.kind {
        StmtKind::FunctionDef(node) => node!(
            to, if node.is_async => "AsyncFunctionDef" else "FunctionDef", at at,
            name = node.name, args = node.args, body = node.body, decorator_list = node.decorator_list,
            returns = node.returns, type_comment = node.type_comment, type_params = node.type_params,
        ),
        StmtKind::ClassDef(node) => node!(
            to, "ClassDef", at at,
            name = node.name, bases = node.bases, keywords = node.keywords, body = node.body,
            decorator_list = node.decorator_list, type_params = node.type_params,
        ),
        StmtKind::For(node) => node!(
            to, if node.is_async => "AsyncFor" else "For", at at,
            target = node.target, iter = node.iter, body = node.body, orelse = node.orelse,
            type_comment = node.type_comment,
        ),
        StmtKind::While(node) => {
            node!(to, "While", at at, test = node.test, body = node.body, orelse = node.orelse)
        }
        StmtKind::If(node) => {
            node!(to, "If", at at, test = node.test, body = node.body, orelse = node.orelse)
        }
        StmtKind::With(node) => node!(
            to, if node.is_async => "AsyncWith" else "With", at at,
            items = node.items, body = node.body, type_comment = node.type_comment,
        ),
        StmtKind::Match { subject, cases } => node!(to, "Match", at at, subject = subject, cases = cases),
        StmtKind::Try(node) => node!(
            to, if node.is_star => "TryStar" else "Try", at at,
            body = node.body, handlers = node.handlers, orelse = node.orelse, finalbody = node.finalbody,
        ),
        StmtKind::Return(_)
        | StmtKind::Delete(_)
        | StmtKind::Assign(_)
        | StmtKind::TypeAlias(_)
        | StmtKind::AugAssign(_)
        | StmtKind::AnnAssign(_)
        | StmtKind::Raise { .. }
        | StmtKind::Assert { .. }
        | StmtKind::Import(_)
        | StmtKind::ImportFrom(_)
        | StmtKind::Global(_)
        | StmtKind::Nonlocal(_)
        | StmtKind::Expr(_)
        | StmtKind::Pass
        | StmtKind::Break
        | StmtKind::Continue => unreachable!("a simple statement"),
    }
}

/// What is a node without further ado.
macro_rules! plain {
    ($to:ident; $($type:ty, $self:ident => $node:expr;)*) => {
        $(impl Plain for $type {
            fn plain(&self, $to: &mut Tree) -> Value {
                let $self = self;
                $node
            }
        })*
    };
}

plain! {
    to;
    WithItem<'_>, it => node!(to, "withitem", context_expr = it.context_expr, optional_vars = it.optional_vars);
    ExceptHandler<'_>, it => node!(to, "ExceptHandler", at it.loc, type = it.type_, name = it.name, body = it.body);
    Alias<'_>, it => node!(to, "alias", at it.loc, name = it.name, asname = it.asname);
    Arguments<'_>, it => node!(
        to, "arguments",
        posonlyargs = it.posonlyargs, args = it.args, vararg = it.vararg, kwonlyargs = it.kwonlyargs,
        kw_defaults = it.kw_defaults, kwarg = it.kwarg, defaults = it.defaults,
    );
    Arg<'_>, it => node!(
        to, "arg", at it.loc,
        arg = it.arg, annotation = it.annotation, type_comment = it.type_comment,
    );
    Keyword<'_>, it => node!(to, "keyword", at it.loc, arg = it.arg, value = it.value);
    Comprehension<'_>, it => node!(
        to, "comprehension",
        target = it.target, iter = it.iter, ifs = it.ifs, is_async = it.is_async,
    );
    TypeParam<'_>, it => match &it.kind {
        TypeParamKind::TypeVar { bound } => {
            node!(to, "TypeVar", at it.loc, name = it.name, bound = bound, default_value = it.default_value)
        }
        TypeParamKind::ParamSpec => {
            node!(to, "ParamSpec", at it.loc, name = it.name, default_value = it.default_value)
        }
        TypeParamKind::TypeVarTuple => {
            node!(to, "TypeVarTuple", at it.loc, name = it.name, default_value = it.default_value)
        }
    };
    TypeIgnore, it => node!(to, "TypeIgnore", lineno = it.line, tag = it.tag);
    MatchCase<'_>, it => node!(to, "match_case", pattern = it.pattern, guard = it.guard, body = it.body);
    Pattern<'_>, it => stack::grow(|| pattern(it, to));
}

fn pattern(pattern: &Pattern, to: &mut Tree) -> Value {
    let at = pattern.loc;
    match &pattern.kind {
        PatternKind::MatchValue(value) => node!(to, "MatchValue", at at, value = value),
        PatternKind::MatchSingleton(value) => node!(to, "MatchSingleton", at at, value = value),
        PatternKind::MatchSequence(patterns) => node!(to, "MatchSequence", at at, patterns = patterns),
        PatternKind::MatchMapping { keys, patterns, rest } => {
            node!(to, "MatchMapping", at at, keys = keys, patterns = patterns, rest = rest)
        }
        PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => node!(
            to, "MatchClass", at at,
            cls = cls, patterns = patterns, kwd_attrs = kwd_attrs, kwd_patterns = kwd_patterns,
        ),
        PatternKind::MatchStar(name) => node!(to, "MatchStar", at at, name = name),
        PatternKind::MatchAs { pattern, name } => node!(to, "MatchAs", at at, pattern = pattern, name = name),
        PatternKind::MatchOr(patterns) => node!(to, "MatchOr", at at, patterns = patterns),
    }
}
