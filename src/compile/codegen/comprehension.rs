//! Comprehensions and generator expressions.
//!
//! A generator expression is a function of its own; so are the others where the symbol table did
//! not dissolve them into the scope around them.  One that was dissolved keeps its variables apart
//! by putting aside the values its names have outside (PEP 709).

use super::super::sequence::{Label, Location};
use super::super::symtable::{BlockType, EntryId, Scope, Symbol, def};
use super::super::tree::{Comp, CompKind, Comprehension, Expr, ExprKind, Name};
use super::emit::{Metadata, Table};
use super::fblock::Kind;
use super::unit_state::ScopeType;
use super::{Codegen, CompileError, Done};
use crate::code::Opcode;

/// What has to be put back behind an inlined comprehension.
#[derive(Default)]
struct Inlined<'t> {
    /// Names whose values lie on the stack.
    pushed: Vec<Name<'t>>,
    cleanup: Option<Label>,
    symbols: Vec<(Name<'t>, Symbol)>,
    hidden: Vec<Name<'t>>,
}

impl<'t> Codegen<'_, 't> {
    pub(super) fn comprehension(&mut self, loc: Location, comp: &'t Comp<'t>) -> Done {
        let Some(entry) = self.table.lookup(comp.id) else {
            return self.error("unknown symbol table entry", loc);
        };
        let outermost = &comp.generators[0];
        let is_async = self.table[entry].coroutine;
        let build = match comp.kind {
            CompKind::Generator => None,
            CompKind::List => Some(Opcode::BUILD_LIST),
            CompKind::Set => Some(Opcode::BUILD_SET),
            CompKind::Dict => Some(Opcode::BUILD_MAP),
        };
        if self.table[entry].comp_inlined {
            self.iterator(outermost)?;
            let inlined = self.push_inlined(loc, entry)?;
            if let Some(build) = build {
                self.op_i(loc, build, 0);
                self.op_i(loc, Opcode::SWAP, 2);
            }
            self.generator(loc, comp, 0, 0, true)?;
            self.pop_inlined(loc, inlined);
            return Ok(());
        }
        let name = match comp.kind {
            CompKind::Generator => "<genexpr>",
            CompKind::List => "<listcomp>",
            CompKind::Set => "<setcomp>",
            CompKind::Dict => "<dictcomp>",
        };
        let counts = Metadata { argcount: 1, ..Metadata::default() };
        self.enter_scope(
            self.context.names.get(name),
            ScopeType::Comprehension,
            comp.id,
            loc.line,
            None,
            counts,
        )?;
        if let Some(build) = build {
            self.op_i(loc, build, 0);
        }
        self.generator(loc, comp, 0, 0, false)?;
        match build {
            Some(_) => self.op(loc, Opcode::RETURN_VALUE),
            None => self.wrap_in_stopiteration_handler(),
        }
        let code = self.assemble(true)?;
        self.make_closure(loc, code, 0)?;
        self.iterator(outermost)?;
        self.op_i(loc, Opcode::CALL, 0);
        if is_async && build.is_some() {
            self.op_i(loc, Opcode::GET_AWAITABLE, 0);
            self.load_none(loc);
            self.yield_from(loc, true);
        }
        Ok(())
    }

    /// The iterator of a `for` of a comprehension.
    fn iterator(&mut self, generator: &'t Comprehension<'t>) -> Done {
        self.expr(&generator.iter)?;
        let opcode = if generator.is_async { Opcode::GET_AITER } else { Opcode::GET_ITER };
        self.op(generator.iter.loc, opcode);
        Ok(())
    }

    /// The `for`s of a comprehension from `at` on, each inside the one before, then its element;
    /// `depth` iterators lie above what is being built.
    fn generator(
        &mut self,
        loc: Location,
        comp: &'t Comp<'t>,
        at: usize,
        depth: u32,
        on_stack: bool,
    ) -> Done {
        super::super::stack::grow(|| {
            if comp.generators[at].is_async {
                self.async_generator(loc, comp, at, depth, on_stack)
            } else {
                self.sync_generator(loc, comp, at, depth, on_stack)
            }
        })
    }

    fn sync_generator(
        &mut self,
        loc: Location,
        comp: &'t Comp<'t>,
        at: usize,
        depth: u32,
        on_stack: bool,
    ) -> Done {
        let (start, if_cleanup, anchor) = (self.label(), self.label(), self.label());
        let generator = &comp.generators[at];
        let mut depth = depth;
        let mut loops = true;
        if !on_stack {
            if at == 0 {
                self.op_i(loc, Opcode::LOAD_FAST, 0);
            } else if let Some(only) = single_item(&generator.iter) {
                // `for y in [f(x)]` assigns once and needs no loop.
                self.expr(only)?;
                loops = false;
            } else {
                self.iterator(generator)?;
            }
        }
        if loops {
            depth += 1;
            self.place(start);
            self.jump(generator.iter.loc, Opcode::FOR_ITER, anchor);
        }
        self.expr(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, if_cleanup, false)?;
        }
        let element_loc = self.inner(loc, comp, at, depth)?;
        self.place(if_cleanup);
        if loops {
            self.jump(element_loc, Opcode::JUMP, start);
            self.place(anchor);
            self.op(Location::NONE, Opcode::END_FOR);
            self.op(Location::NONE, Opcode::POP_ITER);
        }
        Ok(())
    }

    fn async_generator(
        &mut self,
        loc: Location,
        comp: &'t Comp<'t>,
        at: usize,
        depth: u32,
        on_stack: bool,
    ) -> Done {
        let (start, send, except, if_cleanup) = (self.label(), self.label(), self.label(), self.label());
        let generator = &comp.generators[at];
        if !on_stack {
            if at == 0 {
                self.op_i(loc, Opcode::LOAD_FAST, 0);
            } else {
                self.iterator(generator)?;
            }
        }
        self.place(start);
        self.push_block(loc, Kind::AsyncComprehensionGenerator, Some(start), None)?;
        self.jump(loc, Opcode::SETUP_FINALLY, except);
        self.op(loc, Opcode::GET_ANEXT);
        self.load_none(loc);
        self.place(send);
        self.yield_from(loc, true);
        self.op(loc, Opcode::POP_BLOCK);
        self.expr(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, if_cleanup, false)?;
        }
        let element_loc = self.inner(loc, comp, at, depth + 1)?;
        self.place(if_cleanup);
        self.jump(element_loc, Opcode::JUMP, start);
        self.pop_block();
        self.place(except);
        self.jump(loc, Opcode::END_ASYNC_FOR, send);
        Ok(())
    }

    /// What stands inside a `for`: the next one, or the element; gives back the element's location.
    fn inner(
        &mut self,
        loc: Location,
        comp: &'t Comp<'t>,
        at: usize,
        depth: u32,
    ) -> Result<Location, CompileError> {
        let mut element_loc = comp.elt.loc;
        if at + 1 < comp.generators.len() {
            self.generator(loc, comp, at + 1, depth, false)?;
            return Ok(element_loc);
        }
        self.expr(&comp.elt)?;
        match comp.kind {
            CompKind::Generator => {
                self.op_yield(element_loc);
                self.op(element_loc, Opcode::POP_TOP);
            }
            CompKind::List => self.op_i(element_loc, Opcode::LIST_APPEND, depth + 1),
            CompKind::Set => self.op_i(element_loc, Opcode::SET_ADD, depth + 1),
            CompKind::Dict => {
                if let Some(value) = &comp.value {
                    self.expr(value)?;
                    element_loc.end_line = value.loc.end_line;
                    element_loc.end_column = value.loc.end_column;
                }
                self.op_i(element_loc, Opcode::MAP_ADD, depth + 1);
            }
        }
        Ok(element_loc)
    }

    /// Gives the names of an inlined comprehension their meaning inside it and puts aside the values
    /// they have outside; its iterator is on the stack.
    fn push_inlined(&mut self, loc: Location, comp: EntryId) -> Result<Inlined<'t>, CompileError> {
        let mut inlined = Inlined::default();
        let outer = self.unit_ref().entry;
        let in_class =
            self.table[outer].block == BlockType::Class && self.unit_ref().inlined_comprehensions == 0;
        self.unit().inlined_comprehensions += 1;
        let symbols: Vec<(Name<'t>, Symbol)> = self.table[comp].symbols.iter().copied().collect();
        let is_local = |symbol: Symbol| symbol.flags & def::LOCAL != 0 && symbol.flags & def::NONLOCAL == 0;
        for (name, symbol) in &symbols {
            let outside = self.table[outer].symbols.get(name);
            let differs = symbol.scope != outside.scope
                && symbol.scope != Scope::Free
                && !(symbol.scope == Scope::Cell && outside.scope == Scope::Free);
            if differs || in_class {
                self.table[outer].symbols.set(name, *symbol);
                inlined.symbols.push((*name, outside));
            }
            if is_local(*symbol)
                && !self.table[outer].is_function_like()
                && !self.unit().set_hidden(name, true)
            {
                inlined.hidden.push(*name);
            }
        }
        for (name, symbol) in &symbols {
            if !is_local(*symbol) {
                continue;
            }
            let outside = self.table[outer].symbols.get(name).scope;
            self.op_mangled(loc, Opcode::LOAD_FAST_AND_CLEAR, Table::Varnames, name);
            if symbol.scope == Scope::Cell {
                let table = if outside == Scope::Free { Table::Freevars } else { Table::Cellvars };
                self.op_mangled(loc, Opcode::MAKE_CELL, table, name);
            }
            inlined.pushed.push(*name);
        }
        if !inlined.pushed.is_empty() {
            self.op_i(loc, Opcode::SWAP, inlined.pushed.len() as u32 + 1);
            let cleanup = self.label();
            self.jump(loc, Opcode::SETUP_FINALLY, cleanup);
            self.push_block(loc, Kind::InlinedComprehension, Some(cleanup), None)?;
            inlined.cleanup = Some(cleanup);
        }
        Ok(inlined)
    }

    fn restore_locals(&mut self, loc: Location, pushed: &[Name<'t>]) {
        self.op_i(loc, Opcode::SWAP, pushed.len() as u32 + 1);
        for name in pushed.iter().rev() {
            self.op_mangled(loc, Opcode::STORE_FAST_MAYBE_NULL, Table::Varnames, name);
        }
    }

    fn pop_inlined(&mut self, loc: Location, inlined: Inlined<'t>) {
        if let Some(cleanup) = inlined.cleanup {
            self.pop_block();
            self.op(Location::NONE, Opcode::POP_BLOCK);
            let end = self.label();
            self.jump(Location::NONE, Opcode::JUMP_NO_INTERRUPT, end);
            self.place(cleanup);
            // The unfinished result lies under the exception.
            self.op_i(Location::NONE, Opcode::SWAP, 2);
            self.op(Location::NONE, Opcode::POP_TOP);
            self.restore_locals(loc, &inlined.pushed);
            self.op_i(Location::NONE, Opcode::RERAISE, 0);
            self.place(end);
            self.restore_locals(loc, &inlined.pushed);
        }
        let outer = self.unit_ref().entry;
        self.unit().inlined_comprehensions -= 1;
        for (name, symbol) in inlined.symbols {
            self.table[outer].symbols.set(&name, symbol);
        }
        for name in &inlined.hidden {
            self.unit().set_hidden(name, false);
        }
    }
}

/// The only item of a list or tuple display.
fn single_item<'t>(iter: &'t Expr<'t>) -> Option<&'t Expr<'t>> {
    match &iter.kind {
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => match &elts[..] {
            [only] if !only.is_starred() => Some(only),
            _ => None,
        },
        _ => None,
    }
}
