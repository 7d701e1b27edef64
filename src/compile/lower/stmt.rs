//! Statements.

use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::super::error::CompileError;
use super::super::sequence::Location;
use super::super::tree::{
    Alias, AnnAssign, Arg, Arguments, Assign, AugAssign, ClassDef, ExceptHandler, Expr, For, FunctionDef, If,
    ImportFrom, Keyword, List, MatchCase, Stmt, StmtKind, Try, TypeAlias, TypeParam, TypeParamKind, While,
    With, WithItem,
};
use super::expr::operator;
use super::{Lower, Lowered};

/// Whether parameters may have type comments: those of a `def`, not those of a lambda.
#[derive(Clone, Copy)]
pub(super) enum Commented {
    Yes,
    No,
}

impl<'a> Lower<'_, 'a> {
    /// Each statement of a body; what the parser made of it is dropped as soon as it is lowered, as long as the
    /// caches have it, but for its place.
    pub(super) fn body(&mut self, body: &mut [ast::Stmt]) -> Lowered<List<'a, Stmt<'a>>> {
        let mut lowered = self.list(body.len());
        for stmt in body {
            lowered.push(self.nested(|lower| lower.stmt(stmt))?);
            if self.is_shallow {
                let (range, node_index) = (stmt.range(), ast::AtomicNodeIndex::NONE);
                *stmt = ast::Stmt::Pass(ast::StmtPass { node_index, range });
            }
        }
        Ok(lowered.done())
    }

    fn stmt(&mut self, stmt: &mut ast::Stmt) -> Lowered<Stmt<'a>> {
        let loc = match stmt {
            ast::Stmt::For(_)
            | ast::Stmt::While(_)
            | ast::Stmt::With(_)
            | ast::Stmt::Match(_)
            | ast::Stmt::Try(_) => self.span(stmt.start(), self.block_end(stmt.end())),
            _ => self.loc(stmt),
        };
        let kind = match stmt {
            ast::Stmt::FunctionDef(node) => return self.function_def(node),
            ast::Stmt::ClassDef(node) => return self.class_def(node),
            ast::Stmt::Return(node) => StmtKind::Return(self.boxed_option(node.value.as_deref())?),
            ast::Stmt::Delete(node) => StmtKind::Delete(self.exprs(&node.targets)?),
            ast::Stmt::TypeAlias(node) => self.type_alias(node)?,
            ast::Stmt::Assign(node) => return self.assign(node),
            ast::Stmt::AugAssign(node) => StmtKind::AugAssign(self.arena().node(AugAssign {
                target: self.expr(&node.target)?,
                op: operator(node.op),
                value: self.expr(&node.value)?,
            })),
            ast::Stmt::AnnAssign(node) if begins_with_target(node) => {
                let range = node.target.start().to_u32()..node.target.end().to_u32();
                return Err(CompileError::syntax("illegal target for annotation", range));
            }
            ast::Stmt::AnnAssign(node) => StmtKind::AnnAssign(self.arena().node(AnnAssign {
                target: self.expr(&node.target)?,
                annotation: self.expr(&node.annotation)?,
                value: self.option(node.value.as_deref())?,
                simple: node.simple,
            })),
            ast::Stmt::For(node) => StmtKind::For(self.arena().node(For {
                is_async: node.is_async,
                target: self.expr(&node.target)?,
                iter: self.expr(&node.iter)?,
                body: self.body(&mut node.body)?,
                orelse: self.body(&mut node.orelse)?,
                type_comment: self.block_comment(&node.body),
            })),
            ast::Stmt::While(node) => StmtKind::While(self.arena().node(While {
                test: self.expr(&node.test)?,
                body: self.body(&mut node.body)?,
                orelse: self.body(&mut node.orelse)?,
            })),
            ast::Stmt::If(node) => return self.if_(node),
            ast::Stmt::With(node) => self.with(node)?,
            ast::Stmt::Match(node) => self.match_(node)?,
            ast::Stmt::Raise(node) => StmtKind::Raise {
                // Where there is none before a `;`, the parser makes a name without text.
                exc: self.boxed_option(node.exc.as_deref().filter(|exc| !exc.range().is_empty()))?,
                cause: self.boxed_option(node.cause.as_deref())?,
            },
            ast::Stmt::Try(node) => self.try_(node)?,
            ast::Stmt::Assert(node) => StmtKind::Assert {
                test: self.boxed(&node.test)?,
                msg: self.boxed_option(node.msg.as_deref())?,
            },
            ast::Stmt::Import(node) => StmtKind::Import(self.aliases(&node.names)),
            ast::Stmt::ImportFrom(node) => StmtKind::ImportFrom(self.arena().node(ImportFrom {
                module: self.identifier(node.module.as_ref()),
                names: self.aliases(&node.names),
                level: node.level,
            })),
            ast::Stmt::Global(node) => {
                StmtKind::Global(self.arena().collect(node.names.iter().map(|name| self.name(name))))
            }
            ast::Stmt::Nonlocal(node) => {
                StmtKind::Nonlocal(self.arena().collect(node.names.iter().map(|name| self.name(name))))
            }
            ast::Stmt::Expr(node) => StmtKind::Expr(self.boxed(&node.value)?),
            ast::Stmt::Pass(_) => StmtKind::Pass,
            ast::Stmt::Break(_) => StmtKind::Break,
            ast::Stmt::Continue(_) => StmtKind::Continue,
            ast::Stmt::IpyEscapeCommand(_) => return Err(Self::invalid(stmt)),
        };
        Ok(Stmt { loc, kind })
    }

    /// What is no Python at all.
    #[cold]
    pub(super) fn invalid(node: &impl Ranged) -> CompileError {
        CompileError::syntax("invalid syntax", node.start().to_u32()..node.end().to_u32())
    }

    fn assign(&mut self, node: &ast::StmtAssign) -> Lowered<Stmt<'a>> {
        let targets = self.exprs(&node.targets)?;
        let value = self.expr(&node.value)?;
        let comment = self.type_comments.and_then(|comments| comments.assignment(node.end()));
        let (type_comment, end) =
            comment.map_or((None, node.end()), |(text, end)| (Some(self.text(&text)), end));
        let loc = self.span(node.start(), end);
        Ok(Stmt { loc, kind: StmtKind::Assign(self.arena().node(Assign { targets, value, type_comment })) })
    }

    /// The type comment behind the head of a block.
    fn block_comment(&self, body: &[ast::Stmt]) -> Option<&'a str> {
        let text = self.type_comments?.head(body.first()?.start())?;
        Some(self.text(&text))
    }

    /// Where a compound statement ends for CPython: a `;` or a type comment behind its last statement
    /// belongs to it.
    fn block_end(&self, end: TextSize) -> TextSize {
        if let Some(end) = self.type_comments.and_then(|comments| comments.end_behind(end)) {
            return end;
        }
        let text = &self.source.as_bytes()[end.to_usize()..];
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\x0c');
        let skipped = text.iter().take_while(|byte| blank(byte)).count();
        if text.get(skipped) == Some(&b';') { end + TextSize::new(skipped as u32 + 1) } else { end }
    }

    /// Where a decorated definition starts for CPython: at `def`, `class` or `async`.
    fn definition(&self, range: TextRange, decorators: &[ast::Decorator]) -> Location {
        let end = self.block_end(range.end());
        let Some(last) = decorators.last() else { return self.span(range.start(), end) };
        let text = self.source.as_bytes();
        let mut at = last.end().to_usize();
        while let Some(&byte) = text.get(at) {
            match byte {
                b'#' => {
                    while text.get(at).is_some_and(|&byte| byte != b'\n' && byte != b'\r') {
                        at += 1;
                    }
                }
                b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'\\' | b')' => at += 1,
                _ => break,
            }
        }
        self.span(TextSize::new(at as u32), end)
    }

    fn decorators(&mut self, decorators: &[ast::Decorator]) -> Lowered<List<'a, Expr<'a>>> {
        self.each(decorators, |lower, decorator| lower.expr(&decorator.expression))
    }

    fn function_def(&mut self, node: &mut ast::StmtFunctionDef) -> Lowered<Stmt<'a>> {
        let loc = self.definition(node.range, &node.decorator_list);
        let before = self.to_preprocess;
        let mut function = FunctionDef {
            id: self.id(3),
            is_async: node.is_async,
            name: self.name(&node.name),
            decorator_list: self.decorators(&node.decorator_list)?,
            type_params: self.type_params(node.type_params.as_deref())?,
            args: self.arguments(&node.parameters, Commented::Yes)?,
            returns: self.boxed_option(node.returns.as_deref())?,
            type_comment: self
                .type_comments
                .zip(node.body.first())
                .and_then(|(comments, first)| comments.function(first.start()))
                .map(|text| self.text(&text)),
            body: self.body(&mut node.body)?,
            to_preprocess: false,
        };
        function.to_preprocess = self.to_preprocess != before;
        Ok(Stmt { loc, kind: StmtKind::FunctionDef(self.arena().node(function)) })
    }

    fn class_def(&mut self, node: &mut ast::StmtClassDef) -> Lowered<Stmt<'a>> {
        let loc = self.definition(node.range, &node.decorator_list);
        let id = self.id(3);
        let decorator_list = self.decorators(&node.decorator_list)?;
        let type_params = self.type_params(node.type_params.as_deref())?;
        let (bases, keywords) = match &node.arguments {
            Some(arguments) => self.call_arguments(arguments)?,
            None => (List::default(), List::default()),
        };
        let name = self.name(&node.name);
        let body = self.body(&mut node.body)?;
        let class = ClassDef { id, name, bases, keywords, body, decorator_list, type_params };
        Ok(Stmt { loc, kind: StmtKind::ClassDef(self.arena().node(class)) })
    }

    fn type_alias(&mut self, node: &ast::StmtTypeAlias) -> Lowered<StmtKind<'a>> {
        let ast::Expr::Name(name) = &*node.name else { return Err(Self::invalid(&*node.name)) };
        Ok(StmtKind::TypeAlias(self.arena().node(TypeAlias {
            id: self.id(3),
            target: self.expr(&node.name)?,
            name: self.name(&name.id),
            type_params: self.type_params(node.type_params.as_deref())?,
            value: self.expr(&node.value)?,
        })))
    }

    fn type_params(&mut self, params: Option<&ast::TypeParams>) -> Lowered<List<'a, TypeParam<'a>>> {
        let Some(params) = params else { return Ok(List::default()) };
        self.each(params, Self::type_param)
    }

    fn type_param(&mut self, param: &ast::TypeParam) -> Lowered<TypeParam<'a>> {
        let kind = match param {
            ast::TypeParam::TypeVar(node) => {
                TypeParamKind::TypeVar { bound: self.option(node.bound.as_deref())? }
            }
            ast::TypeParam::ParamSpec(_) => TypeParamKind::ParamSpec,
            ast::TypeParam::TypeVarTuple(_) => TypeParamKind::TypeVarTuple,
        };
        Ok(TypeParam {
            id: self.id(2),
            loc: self.loc(param),
            name: self.name(param.name()),
            default_value: self.option(param.default())?,
            kind,
        })
    }

    pub(super) fn arguments(
        &mut self,
        parameters: &ast::Parameters,
        commented: Commented,
    ) -> Lowered<Arguments<'a>> {
        let mut defaults = self.list(0);
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            if let Some(default) = &parameter.default {
                defaults.push(self.expr(default)?);
            }
        }
        let mut args = |list: &[ast::ParameterWithDefault]| {
            self.each(list, |lower, each| lower.arg(&each.parameter, each.end(), commented))
        };
        let (posonlyargs, positional, kwonlyargs) =
            (args(&parameters.posonlyargs)?, args(&parameters.args)?, args(&parameters.kwonlyargs)?);
        let kw_defaults =
            self.each(&parameters.kwonlyargs, |lower, parameter| lower.option(parameter.default()))?;
        Ok(Arguments {
            posonlyargs,
            args: positional,
            vararg: parameters
                .vararg
                .as_deref()
                .map(|arg| self.arg(arg, arg.end(), commented))
                .transpose()?,
            kwonlyargs,
            kw_defaults,
            kwarg: parameters.kwarg.as_deref().map(|arg| self.arg(arg, arg.end(), commented)).transpose()?,
            defaults: defaults.done(),
        })
    }

    /// A parameter that ends, with its default, at `end`.
    fn arg(&mut self, parameter: &ast::Parameter, end: TextSize, commented: Commented) -> Lowered<Arg<'a>> {
        let type_comment = match commented {
            Commented::Yes => {
                let text = self.type_comments.and_then(|comments| comments.parameter(end));
                text.map(|text| self.text(&text))
            }
            Commented::No => None,
        };
        // The range of `*args` starts at the star; CPython's at the name.
        let range = TextRange::new(parameter.name.start(), parameter.end());
        Ok(Arg {
            loc: self.location(range),
            arg: self.name(&parameter.name),
            annotation: self.boxed_option(parameter.annotation())?,
            type_comment,
        })
    }

    pub(super) fn call_arguments(
        &mut self,
        arguments: &ast::Arguments,
    ) -> Lowered<(List<'a, Expr<'a>>, List<'a, Keyword<'a>>)> {
        let mut args = self.list(arguments.args.len());
        for arg in &arguments.args {
            let mut lowered = self.expr(arg)?;
            if matches!(arg, ast::Expr::Generator(generator) if !generator.parenthesized) {
                // `f(x for x in y)`: the call's parentheses belong to the generator too.
                lowered.loc = self.location(arguments.range);
            }
            args.push(lowered);
        }
        let mut keywords = self.list(arguments.keywords.len());
        for keyword in &arguments.keywords {
            keywords.push(Keyword {
                loc: self.loc(keyword),
                arg: self.identifier(keyword.arg.as_ref()),
                value: self.expr(&keyword.value)?,
            });
        }
        Ok((args.done(), keywords.done()))
    }

    /// An `if` with its `elif`s, each of which becomes an `If` of its own that ends with the whole.
    fn if_(&mut self, node: &mut ast::StmtIf) -> Lowered<Stmt<'a>> {
        let end = self.block_end(node.end());
        let mut orelse = List::default();
        for clause in node.elif_else_clauses.iter_mut().rev() {
            let body = self.body(&mut clause.body)?;
            orelse = match &clause.test {
                None => body,
                Some(test) => {
                    let test = self.expr(test)?;
                    let loc = self.span(clause.start(), end);
                    let kind = StmtKind::If(self.arena().node(If { test, body, orelse }));
                    self.arena().collect([Stmt { loc, kind }])
                }
            };
        }
        let node_if = If { test: self.expr(&node.test)?, body: self.body(&mut node.body)?, orelse };
        Ok(Stmt { loc: self.span(node.start(), end), kind: StmtKind::If(self.arena().node(node_if)) })
    }

    fn with(&mut self, node: &mut ast::StmtWith) -> Lowered<StmtKind<'a>> {
        let mut items = self.list(node.items.len());
        for item in &node.items {
            items.push(WithItem {
                context_expr: self.expr(&item.context_expr)?,
                optional_vars: self.option(item.optional_vars.as_deref())?,
            });
        }
        let body = self.body(&mut node.body)?;
        // CPython's grammar has no place for a comment behind `async with (a as b):`.
        let is_refused = node.is_async && self.has_parentheses_of_its_own(node);
        let type_comment = if is_refused { None } else { self.block_comment(&node.body) };
        Ok(StmtKind::With(self.arena().node(With {
            is_async: node.is_async,
            items: items.done(),
            body,
            type_comment,
        })))
    }

    /// Whether a `with` puts its items, and not only an expression, into parentheses.
    fn has_parentheses_of_its_own(&self, node: &ast::StmtWith) -> bool {
        let [first, rest @ ..] = &*node.items else { return false };
        let head = &self.source[node.start().to_usize()..first.start().to_usize()];
        head.contains('(') && (!rest.is_empty() || first.optional_vars.is_some())
    }

    fn match_(&mut self, node: &mut ast::StmtMatch) -> Lowered<StmtKind<'a>> {
        self.to_preprocess += 1;
        let subject = self.boxed(&node.subject)?;
        let mut cases = self.list(node.cases.len());
        for case in &mut node.cases {
            cases.push(MatchCase {
                pattern: self.pattern(&case.pattern)?,
                guard: self.option(case.guard.as_deref())?,
                body: self.body(&mut case.body)?,
            });
        }
        Ok(StmtKind::Match { subject, cases: cases.done() })
    }

    fn try_(&mut self, node: &mut ast::StmtTry) -> Lowered<StmtKind<'a>> {
        self.to_preprocess += u32::from(!node.finalbody.is_empty());
        let body = self.body(&mut node.body)?;
        let mut handlers = self.list(node.handlers.len());
        for ast::ExceptHandler::ExceptHandler(handler) in &mut node.handlers {
            handlers.push(ExceptHandler {
                loc: self.span(handler.start(), self.block_end(handler.end())),
                type_: self.option(handler.type_.as_deref())?,
                name: self.identifier(handler.name.as_ref()),
                body: self.body(&mut handler.body)?,
            });
        }
        Ok(StmtKind::Try(self.arena().node(Try {
            is_star: node.is_star,
            body,
            handlers: handlers.done(),
            orelse: self.body(&mut node.orelse)?,
            finalbody: self.body(&mut node.finalbody)?,
        })))
    }

    fn aliases(&mut self, names: &[ast::Alias]) -> List<'a, Alias<'a>> {
        let mut aliases = self.list(names.len());
        for alias in names {
            aliases.push(Alias {
                loc: self.loc(alias),
                name: self.name(&alias.name),
                asname: self.identifier(alias.asname.as_ref()),
            });
        }
        aliases.done()
    }
}

/// Whether the target of an annotation begins with what could be a target itself, in parentheses: `(x).y`.
/// CPython's parser then expects the colon right behind them.
fn begins_with_target(annotated: &ast::StmtAnnAssign) -> bool {
    let mut at = &*annotated.target;
    if annotated.start() < at.start() {
        // The whole target is in parentheses.
        return false;
    }
    loop {
        let inner = match at {
            ast::Expr::Attribute(node) => &node.value,
            ast::Expr::Subscript(node) => &node.value,
            ast::Expr::Call(node) => &node.func,
            _ => return false,
        };
        if inner.start() > at.start() {
            return matches!(
                &**inner,
                ast::Expr::Name(_) | ast::Expr::Attribute(_) | ast::Expr::Subscript(_)
            );
        }
        at = inner;
    }
}
