//! The first pass: notes how each name is used in each scope.  Statements; `expr` has the rest.

use super::super::error::CompileError;
use super::super::future::Future;
use super::super::lines;
use super::super::names::Names;
use super::super::sequence::Location;
use super::super::stack;
use super::super::tree::{
    Alias, AnnAssign, Arg, Arguments, ClassDef, Context, ExceptHandler, Expr, ExprKind, For, FunctionDef,
    MatchCase, Mod, Name, NodeId, Stmt, StmtKind, Tree, TypeAlias, TypeParam, With, docstring,
};
use super::{BlockType, Entry, EntryId, Symbols, Symtable, def};
use crate::code::flags;
use crate::text::LineIndex;

/// The symbol table of a program before analysis.
pub fn build<'a>(
    tree: &Tree<'a>,
    future: &Future,
    lines: &LineIndex,
    names: &Names<'a>,
) -> Result<Symtable<'a>, CompileError> {
    let nodes = tree.nodes as usize;
    let mut builder = Builder {
        // Scopes are large: growing would copy much. There are seldom more than numbers.
        table: Symtable { entries: Vec::with_capacity(nodes), by_node: vec![None; nodes] },
        stack: Vec::new(),
        private: None,
        future,
        lines,
        names,
    };
    let none = Location { line: 0, end_line: 0, column: 0, end_column: 0 };
    builder.enter(names.get("top"), BlockType::Module, NodeId::MODULE, none)?;
    match &*tree.root {
        Mod::Module(body) => {
            builder.cur().has_docstring = docstring(body).is_some();
            builder.stmts(body)?;
        }
        Mod::Interactive(body) => builder.stmts(body)?,
        Mod::Expression(expr) => builder.expr(expr)?,
    }
    builder.exit();
    Ok(builder.table)
}

pub(super) struct Builder<'s, 'a> {
    pub(super) table: Symtable<'a>,
    /// The scopes that are open, innermost last.
    pub(super) stack: Vec<EntryId>,
    /// The class whose private names are mangled.
    pub(super) private: Option<Name<'a>>,
    pub(super) future: &'s Future,
    pub(super) lines: &'s LineIndex,
    pub(super) names: &'s Names<'a>,
}

pub(super) type Done = Result<(), CompileError>;

impl<'a> Builder<'_, 'a> {
    #[cold]
    pub(super) fn error<T>(&self, message: impl Into<String>, loc: Location) -> Result<T, CompileError> {
        Err(CompileError::syntax(message, lines::range(self.lines, loc)))
    }

    /// The innermost open scope.
    pub(super) fn cur_id(&self) -> EntryId {
        self.stack.last().copied().unwrap_or(Symtable::TOP)
    }

    pub(super) fn cur(&mut self) -> &mut Entry<'a> {
        let id = self.cur_id();
        &mut self.table[id]
    }

    pub(super) fn cur_ref(&self) -> &Entry<'a> {
        &self.table[self.cur_id()]
    }

    fn new_entry(&mut self, name: Name<'a>, block: BlockType, node: NodeId, loc: Location) -> EntryId {
        let parent = self.stack.last().map(|&id| &self.table[id]);
        let entry = Entry {
            name,
            block,
            loc,
            symbols: Symbols::default(),
            varnames: Vec::new(),
            children: Vec::new(),
            directives: Vec::new(),
            mangled_names: None,
            scope_info: None,
            nested: parent.is_some_and(|parent| parent.nested || parent.is_function_like()),
            generator: false,
            coroutine: false,
            comprehension: None,
            varargs: false,
            varkeywords: false,
            annotations_used: false,
            needs_class_closure: false,
            needs_classdict: false,
            has_conditional_annotations: false,
            in_conditional_block: false,
            in_unevaluated_annotation: false,
            comp_inlined: false,
            comp_iter_target: false,
            comp_iter_expr: 0,
            can_see_class_scope: false,
            annotation_block: None,
            has_docstring: false,
            method: block == BlockType::Function
                && parent.is_some_and(|parent| parent.block == BlockType::Class),
        };
        let id = EntryId(self.table.entries.len() as u32);
        self.table.entries.push(entry);
        if let Some(place) = self.table.by_node.get_mut(node.0 as usize) {
            *place = Some(id);
        }
        id
    }

    fn enter_existing(&mut self, id: EntryId, is_new: bool) {
        let parent = self.stack.last().copied();
        self.stack.push(id);
        let Some(parent) = parent else { return };
        let (iter_expr, mangled) = {
            let parent = &self.table[parent];
            (parent.comp_iter_expr, parent.mangled_names.clone())
        };
        let entry = &mut self.table[id];
        entry.comp_iter_expr = iter_expr;
        if mangled.is_some() && entry.block != BlockType::Class {
            entry.mangled_names = mangled;
        }
        // With `from __future__ import annotations` they are strings and have no part in scoping.
        let unused =
            self.future.features & flags::FUTURE_ANNOTATIONS != 0 && entry.block == BlockType::Annotation;
        if is_new && !unused {
            self.table[parent].children.push(id);
        }
    }

    pub(super) fn enter(&mut self, name: Name<'a>, block: BlockType, node: NodeId, loc: Location) -> Done {
        let id = self.new_entry(name, block, node, loc);
        self.enter_existing(id, true);
        if matches!(block, BlockType::Annotation | BlockType::TypeVariable | BlockType::TypeAlias) {
            self.add_def(&self.names.get(".format"), def::PARAM, loc)?;
            self.add_def(&self.names.get(".format"), def::USE, loc)?;
        }
        Ok(())
    }

    pub(super) fn exit(&mut self) {
        self.stack.pop();
    }

    pub(super) fn lookup_in(&self, id: EntryId, name: &Name<'a>) -> u16 {
        let entry = &self.table[id];
        entry.symbols.get(&entry.maybe_mangle(self.private, *name, self.names)).flags
    }

    pub(super) fn add_def_in(&mut self, name: &Name<'a>, flag: u16, id: EntryId, loc: Location) -> Done {
        let mangled = self.cur_ref().maybe_mangle(self.private, *name, self.names);
        let entry = &mut self.table[id];
        let symbol = entry.symbols.entry(&mangled);
        let twice = flag & symbol.flags & (def::PARAM | def::TYPE_PARAM);
        symbol.flags |= flag;
        let mut rebinds = false;
        if entry.comp_iter_target {
            rebinds = symbol.flags & (def::GLOBAL | def::NONLOCAL) != 0;
            symbol.flags |= def::COMP_ITER;
        }
        if twice & def::PARAM != 0 {
            return self.error(format!("duplicate argument '{name}' in function definition"), loc);
        }
        if twice & def::TYPE_PARAM != 0 {
            return self.error(format!("duplicate type parameter '{name}'"), loc);
        }
        if rebinds {
            let message =
                format!("comprehension inner loop cannot rebind assignment expression target '{name}'");
            return self.error(message, loc);
        }
        if flag & def::PARAM != 0 {
            self.table[id].varnames.push(mangled);
        } else if flag & def::GLOBAL != 0 {
            let globals = &mut self.table[Symtable::TOP].symbols;
            globals.entry(&mangled).flags |= flag;
        }
        Ok(())
    }

    pub(super) fn check_name(&self, name: &str, loc: Location, ctx: Context) -> Done {
        match ctx {
            Context::Store if name == "__debug__" => self.error("cannot assign to __debug__", loc),
            Context::Del if name == "__debug__" => self.error("cannot delete __debug__", loc),
            _ => Ok(()),
        }
    }

    pub(super) fn add_def_ctx(&mut self, name: &Name<'a>, flag: u16, loc: Location, ctx: Context) -> Done {
        if flag & (def::PARAM | def::LOCAL | def::IMPORT) != 0 {
            self.check_name(name, loc, ctx)?;
        }
        if flag & def::TYPE_PARAM != 0
            && let Some(names) = &mut self.cur().mangled_names
        {
            names.insert(*name);
        }
        self.add_def_in(name, flag, self.cur_id(), loc)
    }

    pub(super) fn add_def(&mut self, name: &Name<'a>, flag: u16, loc: Location) -> Done {
        let ctx = if flag == def::USE { Context::Load } else { Context::Store };
        self.add_def_ctx(name, flag, loc, ctx)
    }

    pub(super) fn record_directive(&mut self, name: &Name<'a>, loc: Location) {
        let mangled = self.cur_ref().maybe_mangle(self.private, *name, self.names);
        self.cur().directives.push((mangled, loc));
    }

    fn stmts(&mut self, body: &[Stmt<'a>]) -> Done {
        body.iter().try_for_each(|stmt| stack::grow(|| self.stmt(stmt)))
    }

    fn exprs(&mut self, exprs: &[Expr<'a>]) -> Done {
        exprs.iter().try_for_each(|expr| self.expr(expr))
    }

    fn option(&mut self, expr: Option<&Expr<'a>>) -> Done {
        expr.map_or(Ok(()), |expr| self.expr(expr))
    }

    /// Statements that may run or not.
    fn conditional(&mut self, visit: impl FnOnce(&mut Self) -> Done) -> Done {
        let before = std::mem::replace(&mut self.cur().in_conditional_block, true);
        visit(self)?;
        self.cur().in_conditional_block = before;
        Ok(())
    }

    fn stmt(&mut self, stmt: &Stmt<'a>) -> Done {
        let loc = stmt.loc;
        match &stmt.kind {
            StmtKind::FunctionDef(node) => self.function_def(node, loc),
            StmtKind::ClassDef(node) => self.class_def(node, loc),
            StmtKind::TypeAlias(node) => self.type_alias(node, loc),
            StmtKind::Return(value) => self.option(value.as_deref()),
            StmtKind::Delete(targets) => self.exprs(targets),
            StmtKind::Assign(node) => {
                self.exprs(&node.targets)?;
                self.expr(&node.value)
            }
            StmtKind::AnnAssign(node) => self.ann_assign(node, loc),
            StmtKind::AugAssign(node) => {
                self.expr(&node.target)?;
                self.expr(&node.value)
            }
            StmtKind::For(node) => self.for_(node, loc),
            StmtKind::While(node) => self.test(&node.test, &node.body, &node.orelse),
            StmtKind::If(node) => self.test(&node.test, &node.body, &node.orelse),
            StmtKind::Match { subject, cases } => self.match_(subject, cases),
            StmtKind::Raise { exc, cause } => {
                self.option(exc.as_deref())?;
                self.option(cause.as_deref())
            }
            StmtKind::Try(node) => self.conditional(|builder| {
                builder.stmts(&node.body)?;
                node.handlers.iter().try_for_each(|handler| builder.except_handler(handler))?;
                builder.stmts(&node.orelse)?;
                builder.stmts(&node.finalbody)
            }),
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.option(msg.as_deref())
            }
            StmtKind::Import(names) => names.iter().try_for_each(|alias| self.alias(alias)),
            StmtKind::ImportFrom(node) => {
                node.names.iter().try_for_each(|alias| self.alias(alias))?;
                let is_future = node.level == 0 && node.module.as_deref() == Some("__future__");
                if is_future && self.future.is_behind(loc) {
                    return self
                        .error("from __future__ imports must occur at the beginning of the file", loc);
                }
                Ok(())
            }
            StmtKind::Global(names) => self.directive(names, def::GLOBAL, "global", loc),
            StmtKind::Nonlocal(names) => self.directive(names, def::NONLOCAL, "nonlocal", loc),
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
            StmtKind::With(node) => self.with(node, loc),
        }
    }

    fn test(&mut self, test: &Expr<'a>, body: &[Stmt<'a>], orelse: &[Stmt<'a>]) -> Done {
        self.expr(test)?;
        self.conditional(|builder| {
            builder.stmts(body)?;
            builder.stmts(orelse)
        })
    }

    fn for_(&mut self, node: &For<'a>, loc: Location) -> Done {
        if node.is_async {
            self.require_coroutine("'async for' outside async function", loc)?;
        }
        self.expr(&node.target)?;
        self.expr(&node.iter)?;
        self.conditional(|builder| {
            builder.stmts(&node.body)?;
            builder.stmts(&node.orelse)
        })
    }

    fn match_(&mut self, subject: &Expr<'a>, cases: &[MatchCase<'a>]) -> Done {
        self.expr(subject)?;
        self.conditional(|builder| {
            for case in cases {
                builder.pattern(&case.pattern)?;
                builder.option(case.guard.as_ref())?;
                builder.stmts(&case.body)?;
            }
            Ok(())
        })
    }

    fn with(&mut self, node: &With<'a>, loc: Location) -> Done {
        if node.is_async {
            self.require_coroutine("'async with' outside async function", loc)?;
        }
        self.conditional(|builder| {
            for item in &node.items {
                builder.expr(&item.context_expr)?;
                builder.option(item.optional_vars.as_ref())?;
            }
            builder.stmts(&node.body)
        })
    }

    fn require_coroutine(&mut self, message: &str, loc: Location) -> Done {
        if self.awaits_at_top_level() {
            self.cur().coroutine = true;
        }
        if self.cur_ref().coroutine { Ok(()) } else { self.error(message, loc) }
    }

    fn enter_type_params(
        &mut self,
        name: &Name<'a>,
        node: NodeId,
        defaults: [bool; 2],
        is_class: bool,
        loc: Location,
    ) -> Done {
        let in_class = self.cur_ref().block == BlockType::Class;
        self.enter(*name, BlockType::TypeParameters, node, loc)?;
        if in_class {
            self.cur().can_see_class_scope = true;
            self.add_def(&self.names.get("__classdict__"), def::USE, loc)?;
        }
        if is_class {
            for hidden in [".type_params", ".generic_base"] {
                self.add_def(&self.names.get(hidden), def::LOCAL, loc)?;
                self.add_def(&self.names.get(hidden), def::USE, loc)?;
            }
        }
        for (has, hidden) in defaults.into_iter().zip([".defaults", ".kwdefaults"]) {
            if has {
                self.add_def(&self.names.get(hidden), def::PARAM, loc)?;
            }
        }
        Ok(())
    }

    fn type_params(&mut self, params: &[TypeParam<'a>]) -> Done {
        params.iter().try_for_each(|param| self.type_param(param))
    }

    fn function_def(&mut self, node: &FunctionDef<'a>, loc: Location) -> Done {
        self.add_def(&node.name, def::LOCAL, loc)?;
        self.defaults(&node.args)?;
        self.exprs(&node.decorator_list)?;
        let generic = !node.type_params.is_empty();
        if generic {
            // CPython enters `.defaults` for every function, whether or not it has any.
            let defaults = [true, node.args.kw_defaults.iter().any(Option::is_some)];
            self.enter_type_params(&node.name, node.id.type_params(), defaults, false, loc)?;
            self.type_params(&node.type_params)?;
        }
        let id = self.new_entry(node.name, BlockType::Function, node.id, loc);
        self.table[id].has_docstring = docstring(&node.body).is_some();
        self.annotations(node, loc)?;
        self.enter_existing(id, true);
        self.cur().coroutine = node.is_async;
        self.arguments(&node.args)?;
        self.stmts(&node.body)?;
        self.exit();
        if generic {
            self.exit();
        }
        Ok(())
    }

    pub(super) fn defaults(&mut self, args: &Arguments<'a>) -> Done {
        self.exprs(&args.defaults)?;
        args.kw_defaults.iter().flatten().try_for_each(|default| self.expr(default))
    }

    fn annotations(&mut self, node: &FunctionDef<'a>, loc: Location) -> Done {
        let sees_class = self.cur_ref().can_see_class_scope || self.cur_ref().block == BlockType::Class;
        self.enter(self.names.get("__annotate__"), BlockType::Annotation, node.id.annotations(), loc)?;
        if sees_class {
            self.cur().can_see_class_scope = true;
            self.add_def(&self.names.get("__classdict__"), def::USE, loc)?;
        }
        let args = &node.args;
        let in_order = args.posonlyargs.iter().chain(&args.args).chain(&args.vararg).chain(&args.kwarg);
        let annotations = in_order.chain(&args.kwonlyargs).filter_map(|arg| arg.annotation.as_deref());
        for annotation in annotations.chain(node.returns.as_deref()) {
            self.cur().annotations_used = true;
            self.expr(annotation)?;
        }
        self.exit();
        Ok(())
    }

    pub(super) fn arguments(&mut self, args: &Arguments<'a>) -> Done {
        let named = |builder: &mut Self, arg: &Arg<'a>| builder.add_def(&arg.arg, def::PARAM, arg.loc);
        for arg in args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs) {
            named(self, arg)?;
        }
        if let Some(arg) = &args.vararg {
            named(self, arg)?;
            self.cur().varargs = true;
        }
        if let Some(arg) = &args.kwarg {
            named(self, arg)?;
            self.cur().varkeywords = true;
        }
        Ok(())
    }

    fn class_def(&mut self, node: &ClassDef<'a>, loc: Location) -> Done {
        self.add_def(&node.name, def::LOCAL, loc)?;
        self.exprs(&node.decorator_list)?;
        let private = self.private;
        let generic = !node.type_params.is_empty();
        if generic {
            self.enter_type_params(&node.name, node.id.type_params(), [false; 2], true, loc)?;
            self.private = Some(node.name);
            self.cur().mangled_names = Some(Box::default());
            self.type_params(&node.type_params)?;
        }
        self.exprs(&node.bases)?;
        self.keywords(&node.keywords)?;
        self.enter(node.name, BlockType::Class, node.id, loc)?;
        self.private = Some(node.name);
        if generic {
            self.add_def(&self.names.get("__type_params__"), def::LOCAL, loc)?;
            self.add_def(&self.names.get(".type_params"), def::USE, loc)?;
        }
        self.cur().has_docstring = docstring(&node.body).is_some();
        self.stmts(&node.body)?;
        self.exit();
        if generic {
            self.exit();
        }
        self.private = private;
        Ok(())
    }

    fn type_alias(&mut self, node: &TypeAlias<'a>, loc: Location) -> Done {
        self.expr(&node.target)?;
        let in_class = self.cur_ref().block == BlockType::Class;
        let generic = !node.type_params.is_empty();
        if generic {
            self.enter_type_params(&node.name, node.id.type_params(), [false; 2], false, loc)?;
            self.type_params(&node.type_params)?;
        }
        self.enter(node.name, BlockType::TypeAlias, node.id, loc)?;
        self.cur().can_see_class_scope = in_class;
        if in_class {
            self.add_def(&self.names.get("__classdict__"), def::USE, node.value.loc)?;
        }
        self.expr(&node.value)?;
        self.exit();
        if generic {
            self.exit();
        }
        Ok(())
    }

    fn ann_assign(&mut self, node: &AnnAssign<'a>, loc: Location) -> Done {
        self.cur().annotations_used = true;
        if let ExprKind::Name { id, .. } = &node.target.kind {
            let known = self.lookup_in(self.cur_id(), id);
            let in_module = self.cur_id() == Symtable::TOP;
            if known & (def::GLOBAL | def::NONLOCAL) != 0 && !in_module && node.simple {
                let which = if known & def::GLOBAL == 0 { "nonlocal" } else { "global" };
                return self.error(format!("annotated name '{id}' can't be {which}"), loc);
            }
            if node.simple {
                self.add_def(id, def::ANNOT | def::LOCAL, node.target.loc)?;
            } else if node.value.is_some() {
                self.add_def(id, def::LOCAL, node.target.loc)?;
            }
        } else {
            self.expr(&node.target)?;
        }
        self.annotation(&node.annotation)?;
        self.option(node.value.as_ref())
    }

    /// The annotation of a variable, in the one annotation scope of its module, class or function.
    fn annotation(&mut self, annotation: &Expr<'a>) -> Done {
        let loc = annotation.loc;
        let block = self.cur_ref().block;
        let evaluated = block != BlockType::Function;
        let parent = self.cur_id();
        let entry = self.cur();
        // A module may be seen half executed, so there every annotation is conditional.
        let conditional = match block {
            BlockType::Class => entry.in_conditional_block,
            BlockType::Module => true,
            BlockType::Function
            | BlockType::Annotation
            | BlockType::TypeVariable
            | BlockType::TypeAlias
            | BlockType::TypeParameters => false,
        };
        if conditional && !entry.has_conditional_annotations {
            entry.has_conditional_annotations = true;
            self.add_def(&self.names.get("__conditional_annotations__"), def::USE, loc)?;
        }
        if let Some(existing) = self.table[parent].annotation_block {
            self.enter_existing(existing, false);
        } else {
            // Found by way of its parent, so it needs no number of its own.
            self.enter(self.names.get("__annotate__"), BlockType::Annotation, NodeId(u32::MAX), loc)?;
            self.table[parent].annotation_block = Some(self.cur_id());
            let strings = self.future.features & flags::FUTURE_ANNOTATIONS != 0;
            if block == BlockType::Class && !strings {
                self.cur().can_see_class_scope = true;
                self.add_def(&self.names.get("__classdict__"), def::USE, loc)?;
            }
        }
        self.cur().in_unevaluated_annotation = !evaluated;
        self.expr(annotation)?;
        self.cur().in_unevaluated_annotation = false;
        self.exit();
        Ok(())
    }

    fn except_handler(&mut self, handler: &ExceptHandler<'a>) -> Done {
        self.option(handler.type_.as_ref())?;
        if let Some(name) = &handler.name {
            self.add_def(name, def::LOCAL, handler.loc)?;
        }
        self.stmts(&handler.body)
    }

    fn alias(&mut self, alias: &Alias<'a>) -> Done {
        let name = alias.asname.as_ref().unwrap_or(&alias.name);
        if &**name == "*" {
            if self.cur_ref().block != BlockType::Module {
                return self.error("import * only allowed at module level", alias.loc);
            }
            return Ok(());
        }
        match name.split_once('.') {
            Some((first, _)) => self.add_def(&self.names.get(first), def::IMPORT, alias.loc),
            None => self.add_def(name, def::IMPORT, alias.loc),
        }
    }

    fn directive(&mut self, names: &[Name<'a>], flag: u16, word: &str, loc: Location) -> Done {
        for name in names {
            let known = self.lookup_in(self.cur_id(), name);
            if known & (def::PARAM | def::LOCAL | def::USE | def::ANNOT) != 0 {
                let message = if known & def::PARAM != 0 {
                    format!("name '{name}' is parameter and {word}")
                } else if known & def::USE != 0 {
                    format!("name '{name}' is used prior to {word} declaration")
                } else if known & def::ANNOT != 0 {
                    format!("annotated name '{name}' can't be {word}")
                } else {
                    format!("name '{name}' is assigned to before {word} declaration")
                };
                return self.error(message, loc);
            }
            self.add_def(name, flag, loc)?;
            self.record_directive(name, loc);
        }
        Ok(())
    }
}
