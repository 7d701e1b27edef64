//! Annotations, which are evaluated late: each module, class or function that has any gets an
//! `__annotate__` function (PEP 649).

use std::rc::Rc;

use super::super::error::CompileError;
use super::super::sequence::Location;
use super::super::symtable::{BlockType, EntryId};
use super::super::tree::{Context, Expr, ExprKind, Name, Stmt, docstring};
use super::emit::{Metadata, Table};
use super::unit_state::{Deferred, ScopeType};
use super::{Codegen, Done};
use crate::code::{Const, Opcode, flags};

/// The largest format that `__annotate__` itself handles.
const VALUE_WITH_FAKE_GLOBALS: u32 = 2;
/// `LOAD_COMMON_CONSTANT` for `NotImplementedError`.
const NOT_IMPLEMENTED_ERROR: u32 = 1;
/// `COMPARE_OP` for `>`.
const GREATER: u32 = (4 << 5) | 4;

impl<'t> Codegen<'_, 't> {
    /// Opens a scope that is called with a format, which it checks first.
    pub(super) fn enter_annotations(&mut self, loc: Location, entry: EntryId, name: Name<'t>) -> Done {
        let counts = Metadata { posonlyargcount: 1, ..Metadata::default() };
        self.enter_entry(name, ScopeType::Annotations, entry, loc.line, None, counts)?;
        self.op_i(loc, Opcode::LOAD_FAST, 0);
        self.load_int(loc, VALUE_WITH_FAKE_GLOBALS);
        self.op_i(loc, Opcode::COMPARE_OP, GREATER);
        let body = self.label();
        self.jump(loc, Opcode::POP_JUMP_IF_FALSE, body);
        self.op_i(loc, Opcode::LOAD_COMMON_CONSTANT, NOT_IMPLEMENTED_ERROR);
        self.op_i(loc, Opcode::RAISE_VARARGS, 1);
        self.place(body);
        Ok(())
    }

    /// Closes `__annotate__` and makes a function of it.
    pub(super) fn leave_annotations(&mut self, loc: Location) -> Done {
        self.op(loc, Opcode::RETURN_VALUE);
        let mut code = self.assemble(true)?;
        // The parameter has a name no annotation can use; its caller sees `format`.
        if let Some(first) = Rc::make_mut(&mut code).localsplusnames.first_mut() {
            *first = "format".into();
        }
        if self.context.keep
            && let Some(kept) = self.kept.last_mut()
        {
            kept.code = Rc::clone(&code);
        }
        self.make_closure(loc, code, 0)
    }

    /// The name and the value of one annotation of a function.
    pub(super) fn annotation_value(
        &mut self,
        loc: Location,
        name: &Name<'t>,
        annotation: &'t Expr<'t>,
    ) -> Done {
        let mangled = self.maybe_mangle(name);
        self.load_name_text(loc, &mangled);
        if self.context.future.features & flags::FUTURE_ANNOTATIONS != 0 {
            self.annotation_text(annotation);
            return Ok(());
        }
        if let ExprKind::Starred { value, .. } = &annotation.kind {
            // `*args: *Ts` stands for `[args_annotation] = [*Ts]`.
            self.expr(value)?;
            self.op_i(loc, Opcode::UNPACK_SEQUENCE, 1);
            return Ok(());
        }
        self.expr(annotation)
    }

    /// The statements of a module or class, its docstring and its annotations.
    pub(super) fn body(&mut self, loc: Location, body: &'t [Stmt<'t>], is_interactive: bool) -> Done {
        let strings = self.context.future.features & flags::FUTURE_ANNOTATIONS != 0;
        if strings && self.entry().annotations_used {
            self.op(loc, Opcode::SETUP_ANNOTATIONS);
        }
        if body.is_empty() {
            return Ok(());
        }
        let mut rest = body;
        if !is_interactive
            && self.entry().has_docstring
            && let Some((text, place)) = docstring(body)
        {
            rest = &body[1..];
            let clean = super::super::docstring::clean(text);
            self.load_const(place, Const::Str(clean));
            self.name_op(Location::NONE, &self.context.names.get("__doc__"), Context::Store)?;
        }
        self.stmts(rest)?;
        if strings { Ok(()) } else { self.deferred_annotations(loc) }
    }

    fn deferred_annotations(&mut self, loc: Location) -> Done {
        let deferred = std::mem::take(&mut self.unit().deferred_annotations);
        if deferred.is_empty() {
            return Ok(());
        }
        let is_module = self.unit_ref().scope_type == ScopeType::Module;
        if is_module {
            let waiting = std::mem::take(&mut self.unit().sequence);
            self.unit().stashed = Some(waiting);
        }
        let Some(block) = self.entry().annotation_block else {
            return self.error("no scope for annotations", loc);
        };
        let is_class = self.entry().block == BlockType::Class;
        self.enter_annotations(loc, block, self.context.names.get("__annotate__"))?;
        self.op_i(loc, Opcode::BUILD_MAP, 0);
        for each in deferred {
            self.deferred_annotation(loc, each, is_class)?;
        }
        self.leave_annotations(loc)?;
        let name = if is_class { "__annotate_func__" } else { "__annotate__" };
        self.name_op(loc, &self.context.names.get(name), Context::Store)?;
        if let Some(waiting) = self.unit().stashed.take() {
            let annotations = std::mem::replace(&mut self.unit().sequence, waiting);
            self.unit().sequence.annotations = Some(Box::new(annotations));
        }
        Ok(())
    }

    /// `annotations[name] = value`, where the statement was reached.
    fn deferred_annotation(&mut self, loc: Location, each: Deferred<'t>, in_class: bool) -> Done {
        let place = each.loc;
        let ExprKind::Name { id, .. } = &each.node.target.kind else { return Ok(()) };
        let mangled = super::super::symtable::mangle(self.unit_ref().private, *id, self.context.names);
        let not_set = self.label();
        if let Some(index) = each.index {
            self.load_int(place, index);
            let name = self.context.names.get("__conditional_annotations__");
            if in_class {
                self.op_mangled(place, Opcode::LOAD_DEREF, Table::Freevars, &name);
            } else {
                self.op_attr(place, Opcode::LOAD_GLOBAL, 0, &name);
            }
            self.op_i(place, Opcode::CONTAINS_OP, 0);
            self.jump(place, Opcode::POP_JUMP_IF_FALSE, not_set);
        }
        self.expr(&each.node.annotation)?;
        self.op_i(place, Opcode::COPY, 2);
        self.load_name_text(place, &mangled);
        self.op(loc, Opcode::STORE_SUBSCR);
        self.place(not_set);
        Ok(())
    }

    /// Closes a scope that evaluates one expression, and makes a function of it.
    pub(super) fn leave_evaluator(
        &mut self,
        loc: Location,
        add_none: bool,
        function_flags: u32,
    ) -> Result<(), CompileError> {
        self.op(loc, Opcode::RETURN_VALUE);
        let code = self.assemble(add_none)?;
        self.make_closure(loc, code, function_flags)
    }
}
