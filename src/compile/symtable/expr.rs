//! The first pass over expressions, patterns and type parameters.

use super::super::sequence::Location;
use super::super::stack;
use super::super::tree::{
    Comp, CompKind, Context, Expr, ExprKind, Keyword, Name, NodeId, Pattern, PatternKind, TypeParam,
    TypeParamKind,
};
use super::build::{Builder, Done};
use super::{BlockType, def};

impl<'a> Builder<'_, 'a> {
    pub(super) fn expr(&mut self, expr: &Expr<'a>) -> Done {
        if expr.is_leaf() {
            return self.expr_inner(expr);
        }
        stack::grow(|| self.expr_inner(expr))
    }

    fn each<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr<'a>>) -> Done
    where
        'a: 'e,
    {
        exprs.into_iter().try_for_each(|expr| self.expr(expr))
    }

    fn expr_inner(&mut self, expr: &Expr<'a>) -> Done {
        let loc = expr.loc;
        match &expr.kind {
            ExprKind::NamedExpr { target, value } => {
                self.refuse_in_annotation("named expression", loc)?;
                self.named_expr(expr, target, value)
            }
            ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr(values) | ExprKind::TemplateStr(values) => {
                self.each(values)
            }
            ExprKind::BinOp(node) => {
                self.expr(&node.left)?;
                self.expr(&node.right)
            }
            ExprKind::UnaryOp { operand, .. } => self.expr(operand),
            ExprKind::Lambda { id, args, body } => {
                self.defaults(args)?;
                self.enter(self.names.get("lambda"), BlockType::Function, *id, loc)?;
                self.arguments(args)?;
                self.expr(body)?;
                self.exit();
                Ok(())
            }
            ExprKind::IfExp(node) => self.each([&node.test, &node.body, &node.orelse]),
            ExprKind::Dict(node) => {
                self.each(node.keys.iter().flatten())?;
                self.each(&node.values)
            }
            ExprKind::Set(elts) | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => {
                self.each(elts)
            }
            ExprKind::Comp(comp) => self.comp(comp, loc),
            ExprKind::Yield(value) => {
                self.refuse_in_annotation("yield expression", loc)?;
                self.each(value.as_deref())?;
                self.yields(loc)
            }
            ExprKind::YieldFrom(value) => {
                self.refuse_in_annotation("yield expression", loc)?;
                self.expr(value)?;
                self.yields(loc)
            }
            ExprKind::Await(value) => self.await_(value, loc),
            ExprKind::Compare(node) => {
                self.expr(&node.left)?;
                self.each(&node.comparators)
            }
            ExprKind::Call(call) => {
                self.expr(&call.func)?;
                self.each(&call.args)?;
                self.keywords(&call.keywords)
            }
            ExprKind::FormattedValue { value, format_spec, .. } => {
                self.expr(value)?;
                self.each(format_spec.as_deref())
            }
            ExprKind::Interpolation(node) => {
                self.expr(&node.value)?;
                self.each(node.format_spec.as_ref())
            }
            ExprKind::Constant { .. } => Ok(()),
            ExprKind::Attribute { value, attr, ctx } => {
                self.check_name(attr, loc, *ctx)?;
                self.expr(value)
            }
            ExprKind::Subscript(node) => {
                self.expr(&node.value)?;
                self.expr(&node.slice)
            }
            ExprKind::Starred { value, .. } => self.expr(value),
            ExprKind::Slice(node) => self.each([&node.lower, &node.upper, &node.step].into_iter().flatten()),
            ExprKind::Name { id, ctx } => self.name(id, *ctx, loc),
        }
    }

    fn name(&mut self, id: &Name<'a>, ctx: Context, loc: Location) -> Done {
        if self.cur_ref().in_unevaluated_annotation {
            return Ok(());
        }
        let flag = if ctx == Context::Load { def::USE } else { def::LOCAL };
        self.add_def_ctx(id, flag, loc, ctx)?;
        // `super` alone means that the method needs `__class__`.
        if ctx == Context::Load && &**id == "super" && self.cur_ref().is_function_like() {
            self.add_def(&self.names.get("__class__"), def::USE, loc)?;
        }
        Ok(())
    }

    pub(super) fn keywords(&mut self, keywords: &[Keyword<'a>]) -> Done {
        for keyword in keywords {
            if let Some(arg) = &keyword.arg {
                self.check_name(arg, keyword.loc, Context::Store)?;
            }
        }
        self.each(keywords.iter().map(|keyword| &keyword.value))
    }

    fn yields(&mut self, loc: Location) -> Done {
        self.cur().generator = true;
        let Some(kind) = self.cur_ref().comprehension else { return Ok(()) };
        let what = match kind {
            CompKind::List => "list comprehension",
            CompKind::Set => "set comprehension",
            CompKind::Dict => "dict comprehension",
            CompKind::Generator => "generator expression",
        };
        self.error(format!("'yield' inside {what}"), loc)
    }

    fn await_(&mut self, value: &Expr<'a>, loc: Location) -> Done {
        self.refuse_in_annotation("await expression", loc)?;
        let entry = self.cur_ref();
        if !self.awaits_at_top_level() {
            if !entry.is_function_like() {
                return self.error("'await' outside function", loc);
            }
            let async_def = entry.block == BlockType::Function && entry.coroutine;
            if !async_def && entry.comprehension.is_none() {
                return self.error("'await' outside async function", loc);
            }
        }
        self.expr(value)?;
        self.cur().coroutine = true;
        Ok(())
    }

    /// Whether this is the top level, and `await` may stand there.
    pub(super) fn awaits_at_top_level(&self) -> bool {
        self.future.top_level_await && self.cur_ref().block == BlockType::Module
    }

    fn refuse_in_annotation(&self, what: &str, loc: Location) -> Done {
        let entry = self.cur_ref();
        let place = match entry.block {
            BlockType::Annotation => "an annotation",
            BlockType::TypeVariable => entry.scope_info.unwrap_or("a TypeVar bound"),
            BlockType::TypeAlias => "a type alias",
            BlockType::TypeParameters => "the definition of a generic",
            BlockType::Function | BlockType::Class | BlockType::Module => return Ok(()),
        };
        self.error(format!("{what} cannot be used within {place}"), loc)
    }

    fn named_expr(&mut self, expr: &Expr<'a>, target: &Expr<'a>, value: &Expr<'a>) -> Done {
        if self.cur_ref().comp_iter_expr > 0 {
            let message = "assignment expression cannot be used in a comprehension iterable expression";
            return self.error(message, expr.loc);
        }
        if self.cur_ref().comprehension.is_some()
            && let ExprKind::Name { id, .. } = &target.kind
        {
            self.extend_scope(id, target.loc)?;
        }
        self.expr(value)?;
        self.expr(target)
    }

    /// The target of `:=` in a comprehension belongs to the scope around all comprehensions.
    fn extend_scope(&mut self, target: &Name<'a>, loc: Location) -> Done {
        for id in self.stack.clone().into_iter().rev() {
            let known = self.lookup_in(id, target);
            let entry = &self.table[id];
            if entry.comprehension.is_some() {
                if known & def::COMP_ITER != 0 && known & def::LOCAL != 0 {
                    let message = format!(
                        "assignment expression cannot rebind comprehension iteration variable '{target}'"
                    );
                    return self.error(message, loc);
                }
                continue;
            }
            let place = match entry.block {
                BlockType::Function => {
                    let flag = if known & def::GLOBAL == 0 { def::NONLOCAL } else { def::GLOBAL };
                    self.add_def(target, flag, loc)?;
                    self.record_directive(target, loc);
                    return self.add_def_in(target, def::LOCAL, id, loc);
                }
                BlockType::Module => {
                    self.add_def(target, def::GLOBAL, loc)?;
                    self.record_directive(target, loc);
                    return self.add_def_in(target, def::GLOBAL, id, loc);
                }
                BlockType::Class => "cannot be used in a class body",
                BlockType::TypeParameters => "cannot be used within the definition of a generic",
                BlockType::TypeAlias => "cannot be used in a type alias",
                BlockType::TypeVariable => "cannot be used in a TypeVar bound",
                BlockType::Annotation => continue,
            };
            return self.error(format!("assignment expression within a comprehension {place}"), loc);
        }
        Ok(())
    }

    fn comp(&mut self, comp: &Comp<'a>, loc: Location) -> Done {
        let is_generator = comp.kind == CompKind::Generator;
        let Some((outermost, inner)) = comp.generators.split_first() else { return Ok(()) };
        self.cur().comp_iter_expr += 1;
        self.expr(&outermost.iter)?;
        self.cur().comp_iter_expr -= 1;
        let name = match comp.kind {
            CompKind::Generator => "genexpr",
            CompKind::List => "listcomp",
            CompKind::Set => "setcomp",
            CompKind::Dict => "dictcomp",
        };
        self.enter(self.names.get(name), BlockType::Function, comp.id, loc)?;
        self.cur().comprehension = Some(comp.kind);
        if outermost.is_async {
            self.cur().coroutine = true;
        }
        // The outermost iterator arrives as an argument.
        self.add_def(&self.names.get(".0"), def::PARAM, loc)?;
        self.cur().comp_iter_target = true;
        self.expr(&outermost.target)?;
        self.cur().comp_iter_target = false;
        self.each(&outermost.ifs)?;
        for generator in inner {
            self.cur().comp_iter_target = true;
            self.expr(&generator.target)?;
            self.cur().comp_iter_target = false;
            self.cur().comp_iter_expr += 1;
            self.expr(&generator.iter)?;
            self.cur().comp_iter_expr -= 1;
            self.each(&generator.ifs)?;
            if generator.is_async {
                self.cur().coroutine = true;
            }
        }
        self.each(&comp.value)?;
        self.expr(&comp.elt)?;
        self.cur().generator = is_generator;
        let is_async = self.cur_ref().coroutine && !is_generator;
        self.exit();
        if is_async {
            let entry = self.cur_ref();
            let async_def = entry.block == BlockType::Function && entry.coroutine;
            if !async_def && entry.comprehension.is_none() && !self.awaits_at_top_level() {
                return self.error("asynchronous comprehension outside of an asynchronous function", loc);
            }
            self.cur().coroutine = true;
        }
        Ok(())
    }

    pub(super) fn type_param(&mut self, param: &TypeParam<'a>) -> Done {
        self.add_def(&param.name, def::TYPE_PARAM | def::LOCAL, param.loc)?;
        let default = match &param.kind {
            TypeParamKind::TypeVar { bound } => {
                let is_tuple =
                    bound.as_ref().is_some_and(|bound| matches!(bound.kind, ExprKind::Tuple { .. }));
                let info = if is_tuple { "a TypeVar constraint" } else { "a TypeVar bound" };
                self.bound_or_default(param, bound.as_ref(), param.id, info)?;
                "a TypeVar default"
            }
            TypeParamKind::TypeVarTuple => "a TypeVarTuple default",
            TypeParamKind::ParamSpec => "a ParamSpec default",
        };
        self.bound_or_default(param, param.default_value.as_ref(), param.id.default_value(), default)
    }

    fn bound_or_default(
        &mut self,
        param: &TypeParam<'a>,
        expr: Option<&Expr<'a>>,
        node: NodeId,
        info: &'static str,
    ) -> Done {
        if &*param.name == "__classdict__" {
            let message = format!("reserved name '{}' cannot be used for type parameter", param.name);
            return self.error(message, param.loc);
        }
        let Some(expr) = expr else { return Ok(()) };
        let in_class = self.cur_ref().can_see_class_scope;
        self.enter(param.name, BlockType::TypeVariable, node, expr.loc)?;
        self.cur().can_see_class_scope = in_class;
        if in_class {
            self.add_def(&self.names.get("__classdict__"), def::USE, expr.loc)?;
        }
        self.cur().scope_info = Some(info);
        self.expr(expr)?;
        self.exit();
        Ok(())
    }

    pub(super) fn pattern(&mut self, pattern: &Pattern<'a>) -> Done {
        stack::grow(|| self.pattern_inner(pattern))
    }

    fn patterns(&mut self, patterns: &[Pattern<'a>]) -> Done {
        patterns.iter().try_for_each(|pattern| self.pattern(pattern))
    }

    fn capture(&mut self, name: Option<&Name<'a>>, loc: Location) -> Done {
        name.map_or(Ok(()), |name| self.add_def(name, def::LOCAL, loc))
    }

    fn pattern_inner(&mut self, pattern: &Pattern<'a>) -> Done {
        match &pattern.kind {
            PatternKind::MatchValue(value) => self.expr(value),
            PatternKind::MatchSingleton(_) => Ok(()),
            PatternKind::MatchSequence(patterns) | PatternKind::MatchOr(patterns) => self.patterns(patterns),
            PatternKind::MatchStar(name) => self.capture(name.as_ref(), pattern.loc),
            PatternKind::MatchMapping { keys, patterns, rest } => {
                self.each(keys)?;
                self.patterns(patterns)?;
                self.capture(rest.as_ref(), pattern.loc)
            }
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
                self.expr(cls)?;
                self.patterns(patterns)?;
                for (attr, pattern) in kwd_attrs.iter().zip(kwd_patterns) {
                    self.check_name(attr, pattern.loc, Context::Store)?;
                }
                self.patterns(kwd_patterns)
            }
            PatternKind::MatchAs { pattern: inner, name } => {
                if let Some(inner) = inner {
                    self.pattern(inner)?;
                }
                self.capture(name.as_ref(), pattern.loc)
            }
        }
    }
}
