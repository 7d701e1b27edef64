//! Instructions, constants and names into the open unit; opening a unit and closing it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::super::KeptUnit;
use super::super::error::{CompileError, ErrorKind};
use super::super::sequence::{Label, Location};
use super::super::symtable::{Scope, Symbols, def, mangle};
use super::super::tree::{Name, NodeId};
use super::super::unit::Unit;
use super::unit_state::{CodeUnit, Collections, ScopeType};
use super::{Codegen, Done, MAX_SCOPES};
use crate::code::{CodeObject, Const, LocalKind, Opcode, Text, flags};

/// The numbers of parameters of a unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Metadata {
    pub argcount: u32,
    pub posonlyargcount: u32,
    pub kwonlyargcount: u32,
}

/// Which of a unit's tables a name goes into.
#[derive(Clone, Copy)]
pub(super) enum Table {
    Names,
    Varnames,
    Cellvars,
    Freevars,
}

/// What a function is made with; the argument of `SET_FUNCTION_ATTRIBUTE`.
pub(super) mod function_flag {
    pub const DEFAULTS: u32 = 1;
    pub const KWDEFAULTS: u32 = 2;
    pub const ANNOTATIONS: u32 = 4;
    pub const CLOSURE: u32 = 8;
    pub const ANNOTATE: u32 = 16;
}

/// The names in `symbols` of a scope or with a flag, sorted.
fn names_by_type<'t>(symbols: &Symbols<'t>, scope: Scope, flag: u16) -> Vec<Name<'t>> {
    let wanted = symbols.iter().filter(|(_, symbol)| symbol.scope == scope || symbol.flags & flag != 0);
    let mut names: Vec<Name> = wanted.map(|(name, _)| *name).collect();
    names.sort_unstable();
    names
}

impl<'t> Codegen<'_, 't> {
    pub(super) fn op(&mut self, loc: Location, opcode: Opcode) {
        self.unit().sequence.add(opcode, 0, loc);
    }

    pub(super) fn op_i(&mut self, loc: Location, opcode: Opcode, arg: u32) {
        self.unit().sequence.add(opcode, arg, loc);
    }

    pub(super) fn jump(&mut self, loc: Location, opcode: Opcode, target: Label) {
        self.unit().sequence.jump(opcode, target, loc);
    }

    pub(super) fn label(&mut self) -> Label {
        self.unit().sequence.new_label()
    }

    pub(super) fn place(&mut self, label: Label) {
        self.unit().sequence.place(label);
    }

    pub(super) fn load_const(&mut self, loc: Location, value: Const) {
        self.load_const_ref(loc, &value);
    }

    pub(super) fn load_const_ref(&mut self, loc: Location, value: &Const) {
        let index = self.unit().consts.add(value);
        self.op_i(loc, Opcode::LOAD_CONST, index);
    }

    pub(super) fn load_none(&mut self, loc: Location) {
        self.load_const(loc, Const::None);
    }

    pub(super) fn load_str(&mut self, loc: Location, text: &str) {
        self.load_const(loc, Const::Str(text.into()));
    }

    /// A name as a constant, without a copy of it.
    pub(super) fn load_name_text(&mut self, loc: Location, name: &Name<'t>) {
        self.load_const(loc, Const::Str(Text::Unicode(name.text())));
    }

    pub(super) fn load_int(&mut self, loc: Location, value: u32) {
        self.load_const(loc, Const::Int(value.into()));
    }

    /// A tuple of names as a constant.
    pub(super) fn load_names<'n>(&mut self, loc: Location, names: impl IntoIterator<Item = &'n Name<'t>>)
    where
        't: 'n,
    {
        let names = names.into_iter().map(|name| Const::Str(Text::Unicode(name.text()))).collect();
        self.load_const(loc, Const::Tuple(names));
    }

    fn table_index(&mut self, table: Table, name: &Name<'t>) -> u32 {
        let unit = self.unit();
        match table {
            Table::Names => unit.names.add(name),
            Table::Varnames => unit.varnames.add(name),
            Table::Cellvars => unit.cellvars.add(name),
            Table::Freevars => unit.freevars.add(name),
        }
    }

    /// An instruction with a name as it stands, without mangling.
    pub(super) fn op_table(&mut self, loc: Location, opcode: Opcode, table: Table, name: &Name<'t>) {
        let arg = self.table_index(table, name);
        self.op_i(loc, opcode, arg);
    }

    /// An instruction with a name of `co_names` as it stands.
    pub(super) fn op_name_raw(&mut self, loc: Location, opcode: Opcode, name: &str) {
        self.op_table(loc, opcode, Table::Names, &self.context.names.get(name));
    }

    /// An instruction with a name, which is mangled.
    pub(super) fn op_mangled(&mut self, loc: Location, opcode: Opcode, table: Table, name: &Name<'t>) {
        let mangled = self.maybe_mangle(name);
        self.op_table(loc, opcode, table, &mangled);
    }

    /// An instruction with a mangled name of `co_names`; for `LOAD_ATTR` and the like `low` is what
    /// goes into the bits below it.
    pub(super) fn op_attr(&mut self, loc: Location, opcode: Opcode, low: u32, name: &Name<'t>) {
        let mangled = self.maybe_mangle(name);
        let index = self.table_index(Table::Names, &mangled);
        self.op_i(loc, opcode, (index << opcode.name_shift()) | low);
    }

    pub(super) fn enter_scope(
        &mut self,
        name: Name<'t>,
        scope_type: ScopeType,
        node: NodeId,
        firstlineno: i32,
        private: Option<&Name<'t>>,
        counts: Metadata,
    ) -> Done {
        let Some(entry) = self.table.lookup(node) else {
            return self.error("unknown symbol table entry", Location::NONE);
        };
        self.enter_entry(name, scope_type, entry, firstlineno, private, counts)
    }

    pub(super) fn enter_entry(
        &mut self,
        name: Name<'t>,
        scope_type: ScopeType,
        entry: super::super::symtable::EntryId,
        firstlineno: i32,
        private: Option<&Name<'t>>,
        counts: Metadata,
    ) -> Done {
        if self.units.len() >= MAX_SCOPES {
            return Err(CompileError::nowhere(
                ErrorKind::Recursion,
                "maximum recursion depth exceeded during compilation",
            ));
        }
        let Collections { consts, names, mut varnames, mut cellvars, mut freevars, sequence } =
            self.spare.pop().unwrap_or_default();
        let scope = &self.table[entry];
        cellvars.begin(names_by_type(&scope.symbols, Scope::Cell, def::COMP_CELL), 0);
        let implicit = [
            (scope.needs_class_closure, "__class__"),
            (scope.needs_classdict, "__classdict__"),
            (scope.has_conditional_annotations, "__conditional_annotations__"),
        ];
        for (needed, cell) in implicit {
            if needed {
                cellvars.add(&self.context.names.get(cell));
            }
        }
        let free = names_by_type(&scope.symbols, Scope::Free, def::FREE_CLASS);
        freevars.begin(free, cellvars.len());
        let private = private.copied().or_else(|| self.units.last().and_then(|unit| unit.private));
        varnames.begin(scope.varnames.iter().copied(), 0);
        let unit = CodeUnit {
            entry,
            scope_type,
            private,
            qualname: name.text(),
            name,
            firstlineno: firstlineno as u32,
            argcount: counts.argcount,
            posonlyargcount: counts.posonlyargcount,
            kwonlyargcount: counts.kwonlyargcount,
            consts,
            names,
            varnames,
            cellvars,
            freevars,
            fast_hidden: Vec::new(),
            static_attributes: BTreeSet::new(),
            deferred_annotations: Vec::new(),
            next_conditional_annotation: 0,
            sequence,
            stashed: None,
            blocks: Vec::new(),
            inlined_comprehensions: 0,
            conditional_blocks: 0,
        };
        self.units.push(unit);
        if scope_type != ScopeType::Module {
            let qualname = self.qualname();
            self.unit().qualname = qualname;
        }
        let is_module = scope_type == ScopeType::Module;
        let line = if is_module { 0 } else { firstlineno };
        let loc = Location { line, end_line: firstlineno, column: 0, end_column: 0 };
        self.op_i(loc, Opcode::RESUME, 0);
        if is_module {
            self.op(loc, Opcode::ANNOTATIONS_PLACEHOLDER);
        }
        Ok(())
    }

    /// The qualified name of the innermost unit.
    fn qualname(&self) -> Rc<str> {
        let unit = self.unit_ref();
        let above = &self.units[..self.units.len() - 1];
        let mut parent = match above.last() {
            Some(parent) if above.len() > 1 => parent,
            _ => return unit.name.text(),
        };
        if parent.scope_type == ScopeType::Annotations {
            // Annotation scopes leave no trace in the name.
            if above.len() == 2 {
                return unit.name.text();
            }
            parent = &above[above.len() - 2];
        }
        if matches!(unit.scope_type, ScopeType::Function | ScopeType::AsyncFunction | ScopeType::Class) {
            let mangled = mangle(parent.private, unit.name, self.context.names);
            if self.table[parent.entry].scope(&mangled) == Scope::GlobalExplicit {
                return unit.name.text();
            }
        }
        match parent.scope_type {
            ScopeType::Function | ScopeType::AsyncFunction | ScopeType::Lambda => {
                [&*parent.qualname, ".<locals>.", &unit.name].concat().into()
            }
            ScopeType::Module | ScopeType::Class | ScopeType::Comprehension | ScopeType::Annotations => {
                [&*parent.qualname, ".", &unit.name].concat().into()
            }
        }
    }

    /// `co_flags` of the open unit.
    fn code_flags(&self) -> u32 {
        let entry = self.entry();
        let mut bits = 0;
        let mut set = |condition: bool, flag: u32| {
            if condition {
                bits |= flag;
            }
        };
        if entry.is_function_like() {
            set(true, flags::NEWLOCALS | flags::OPTIMIZED);
            set(entry.nested, flags::NESTED);
            set(entry.generator && !entry.coroutine, flags::GENERATOR);
            set(entry.generator && entry.coroutine, flags::ASYNC_GENERATOR);
            set(entry.varargs, flags::VARARGS);
            set(entry.varkeywords, flags::VARKEYWORDS);
            set(entry.has_docstring, flags::HAS_DOCSTRING);
            set(entry.method, flags::METHOD);
        }
        set(entry.coroutine && !entry.generator, flags::COROUTINE);
        bits | self.context.future.features
    }

    /// Closes the open unit: its code object.
    pub(super) fn assemble(&mut self, add_none: bool) -> Result<Rc<CodeObject>, CompileError> {
        if add_none {
            self.load_none(Location::NONE);
        }
        self.op(Location::NONE, Opcode::RETURN_VALUE);
        let flags = self.code_flags();
        let nparams = self.entry().varnames.len() as u32;
        let unit = self.units.pop().expect("a unit is open for as long as code is generated");
        let CodeUnit { mut consts, mut names, mut varnames, mut cellvars, mut freevars, sequence, .. } = unit;
        let mut unit = Unit {
            name: unit.name.text(),
            qualname: unit.qualname,
            firstlineno: unit.firstlineno,
            argcount: unit.argcount + unit.posonlyargcount,
            posonlyargcount: unit.posonlyargcount,
            kwonlyargcount: unit.kwonlyargcount,
            flags,
            consts: consts.take_list(),
            names: names.take_texts(),
            varnames: varnames.take_texts(),
            cellvars: cellvars.take_texts(),
            freevars: freevars.take_texts(),
            fast_hidden: unit.fast_hidden.into_iter().map(|(name, _)| name.text()).collect(),
            nparams,
            sequence,
        };
        let kept = self.context.keep.then(|| unit.clone());
        let code = Rc::new(self.assembler.assemble(&mut unit, self.context.filename)?);
        self.kept.extend(kept.map(|unit| KeptUnit { unit, code: Rc::clone(&code) }));
        let mut sequence = unit.sequence;
        sequence.clear();
        self.spare.push(Collections { consts, names, varnames, cellvars, freevars, sequence });
        Ok(code)
    }

    /// A function object from a code object, with what is on the stack for it.
    pub(super) fn make_closure(&mut self, loc: Location, code: Rc<CodeObject>, flags: u32) -> Done {
        let mut flags = flags;
        let names = code.localsplusnames.iter().zip(&code.localspluskinds);
        let free: Vec<Name<'t>> = names
            .filter(|(_, kind)| kind.has(LocalKind::FREE))
            .map(|(name, _)| self.context.names.get(name))
            .collect();
        if !free.is_empty() {
            for name in &free {
                let arg = self.closure_arg(name)?;
                self.op_i(loc, Opcode::LOAD_CLOSURE, arg);
            }
            flags |= function_flag::CLOSURE;
            self.op_i(loc, Opcode::BUILD_TUPLE, free.len() as u32);
        }
        self.load_const(loc, Const::Code(code));
        self.op(loc, Opcode::MAKE_FUNCTION);
        for flag in [
            function_flag::CLOSURE,
            function_flag::ANNOTATIONS,
            function_flag::ANNOTATE,
            function_flag::KWDEFAULTS,
            function_flag::DEFAULTS,
        ] {
            if flags & flag != 0 {
                self.op_i(loc, Opcode::SET_FUNCTION_ATTRIBUTE, flag);
            }
        }
        Ok(())
    }

    /// What `name` is in the open unit, for a function inside that needs it.
    pub(super) fn ref_type(&self, name: &Name<'t>) -> Scope {
        let implicit = ["__class__", "__classdict__", "__conditional_annotations__"];
        if self.unit_ref().scope_type == ScopeType::Class && implicit.contains(&&**name) {
            return Scope::Cell;
        }
        self.entry().scope(name)
    }

    fn closure_arg(&self, name: &Name<'t>) -> Result<u32, CompileError> {
        let unit = self.unit_ref();
        let table = if self.ref_type(name) == Scope::Cell { &unit.cellvars } else { &unit.freevars };
        match table.get(name) {
            Some(arg) => Ok(arg),
            None => self.error(format!("no cell for '{name}' in {}", unit.name), Location::NONE),
        }
    }
}
