//! Functions and lambdas.

use super::super::error::CompileError;
use super::super::sequence::Location;
use super::super::tree::{Arg, Arguments, Context, Expr, FunctionDef, NodeId, docstring};
use super::emit::{Metadata, function_flag};
use super::fblock::Kind;
use super::unit_state::ScopeType;
use super::{Codegen, Done};
use crate::code::{Const, Opcode};

/// `CALL_INTRINSIC_1` for a StopIteration that leaves a generator.
const STOPITERATION_ERROR: u32 = 3;
/// `CALL_INTRINSIC_2` for a function's type parameters.
const SET_FUNCTION_TYPE_PARAMS: u32 = 4;

impl Metadata {
    /// The numbers of parameters of a function or lambda.
    pub(super) fn of(args: &Arguments) -> Self {
        Self {
            argcount: args.args.len() as u32,
            posonlyargcount: args.posonlyargs.len() as u32,
            kwonlyargcount: args.kwonlyargs.len() as u32,
        }
    }
}

/// The line a definition's code starts at: that of its first decorator, if it has one.
pub(super) fn first_line(loc: Location, decorators: &[Expr]) -> i32 {
    decorators.first().map_or(loc.line, |decorator| decorator.loc.line)
}

impl<'t> Codegen<'_, 't> {
    pub(super) fn apply_decorators(&mut self, decorators: &[Expr]) {
        for decorator in decorators.iter().rev() {
            self.op_i(decorator.loc, Opcode::CALL, 0);
        }
    }

    pub(super) fn function_def(&mut self, loc: Location, node: &'t FunctionDef<'t>) -> Done {
        self.exprs(&node.decorator_list)?;
        let line = first_line(loc, &node.decorator_list);
        let mut function_flags = self.default_arguments(loc, &node.args)?;
        let generic = !node.type_params.is_empty();
        let mut waiting = 0;
        if generic {
            waiting = u32::from(function_flags & function_flag::DEFAULTS != 0)
                + u32::from(function_flags & function_flag::KWDEFAULTS != 0);
            if waiting == 2 {
                self.op_i(loc, Opcode::SWAP, 2);
            }
            let name = format!("<generic parameters of {}>", node.name);
            let counts = Metadata { argcount: waiting, ..Metadata::default() };
            let id = node.id.type_params();
            self.enter_scope(self.context.names.get(&name), ScopeType::Annotations, id, line, None, counts)?;
            self.type_params(&node.type_params)?;
            for at in 0..waiting {
                self.op_i(loc, Opcode::LOAD_FAST, at);
            }
        }
        function_flags |= self.function_annotations(loc, node)?;
        self.function_body(loc, node, function_flags, line)?;
        if generic {
            self.op_i(loc, Opcode::SWAP, 2);
            self.op_i(loc, Opcode::CALL_INTRINSIC_2, SET_FUNCTION_TYPE_PARAMS);
            let code = self.assemble(false)?;
            self.make_closure(loc, code, 0)?;
            if waiting > 0 {
                self.op_i(loc, Opcode::SWAP, waiting + 1);
                self.op_i(loc, Opcode::CALL, waiting - 1);
            } else {
                self.op(loc, Opcode::PUSH_NULL);
                self.op_i(loc, Opcode::CALL, 0);
            }
        }
        self.apply_decorators(&node.decorator_list);
        self.name_op(loc, &node.name, Context::Store)
    }

    /// Defaults onto the stack; what there is of them as function flags.
    fn default_arguments(&mut self, loc: Location, args: &'t Arguments<'t>) -> Result<u32, CompileError> {
        let mut function_flags = 0;
        if !args.defaults.is_empty() {
            self.exprs(&args.defaults)?;
            self.op_i(loc, Opcode::BUILD_TUPLE, args.defaults.len() as u32);
            function_flags |= function_flag::DEFAULTS;
        }
        let mut count = 0;
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            if let Some(default) = default {
                let name = self.maybe_mangle(&arg.arg);
                self.load_name_text(loc, &name);
                self.expr(default)?;
                count += 1;
            }
        }
        if count > 0 {
            self.op_i(loc, Opcode::BUILD_MAP, count);
            function_flags |= function_flag::KWDEFAULTS;
        }
        Ok(function_flags)
    }

    fn function_annotations(
        &mut self,
        loc: Location,
        node: &'t FunctionDef<'t>,
    ) -> Result<u32, CompileError> {
        let id = node.id.annotations();
        let entry = self.table.lookup(id);
        let Some(entry) = entry.filter(|&entry| self.table[entry].annotations_used) else { return Ok(0) };
        self.enter_annotations(loc, entry, self.context.names.get("__annotate__"))?;
        let args = &node.args;
        let mut count = 0;
        let named = args.args.iter().chain(&args.posonlyargs).chain(&args.vararg);
        for arg in named.chain(&args.kwonlyargs).chain(&args.kwarg) {
            count += self.arg_annotation(loc, arg)?;
        }
        if let Some(returns) = &node.returns {
            self.annotation_value(loc, &self.context.names.get("return"), returns)?;
            count += 1;
        }
        self.op_i(loc, Opcode::BUILD_MAP, count);
        self.leave_annotations(loc)?;
        Ok(function_flag::ANNOTATE)
    }

    fn arg_annotation(&mut self, loc: Location, arg: &'t Arg<'t>) -> Result<u32, CompileError> {
        let Some(annotation) = &arg.annotation else { return Ok(0) };
        self.annotation_value(loc, &arg.arg, annotation)?;
        Ok(1)
    }

    fn function_body(
        &mut self,
        loc: Location,
        node: &'t FunctionDef<'t>,
        function_flags: u32,
        firstlineno: i32,
    ) -> Done {
        let scope_type = if node.is_async { ScopeType::AsyncFunction } else { ScopeType::Function };
        let counts = Metadata::of(&node.args);
        self.enter_scope(node.name, scope_type, node.id, firstlineno, None, counts)?;
        let mut body = &node.body[..];
        if self.entry().has_docstring
            && let Some((text, _)) = docstring(body)
        {
            body = &body[1..];
            let clean = super::super::docstring::clean(text);
            self.unit().consts.add(&Const::Str(clean));
        }
        let start = self.label();
        self.place(start);
        let handler = self.entry().coroutine || self.entry().generator;
        if handler {
            self.push_block(Location::NONE, Kind::StopIteration, Some(start), None)?;
        }
        self.stmts(body)?;
        if handler {
            self.wrap_in_stopiteration_handler();
            self.pop_block();
        }
        let code = self.assemble(true)?;
        self.make_closure(loc, code, function_flags)
    }

    /// A StopIteration must not leave a generator: the whole body gets a handler.
    pub(super) fn wrap_in_stopiteration_handler(&mut self) {
        let handler = self.label();
        self.unit().sequence.insert(0, Opcode::SETUP_CLEANUP, handler.0, Location::NONE);
        self.load_none(Location::NONE);
        self.op(Location::NONE, Opcode::RETURN_VALUE);
        self.place(handler);
        self.op_i(Location::NONE, Opcode::CALL_INTRINSIC_1, STOPITERATION_ERROR);
        self.op_i(Location::NONE, Opcode::RERAISE, 1);
    }

    pub(super) fn lambda(
        &mut self,
        loc: Location,
        id: NodeId,
        args: &'t Arguments<'t>,
        body: &'t Expr<'t>,
    ) -> Done {
        let function_flags = self.default_arguments(loc, args)?;
        let counts = Metadata::of(args);
        self.enter_scope(self.context.names.get("<lambda>"), ScopeType::Lambda, id, loc.line, None, counts)?;
        self.expr(body)?;
        let code = if self.entry().generator {
            self.assemble(false)?
        } else {
            self.op(body.loc, Opcode::RETURN_VALUE);
            self.assemble(true)?
        };
        self.make_closure(loc, code, function_flags)
    }
}
