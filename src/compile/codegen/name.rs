//! Names: which instruction loads, stores or deletes one.

use super::super::sequence::Location;
use super::super::symtable::{BlockType, Scope};
use super::super::tree::{Context, Name};
use super::emit::Table;
use super::{Codegen, Done};
use crate::code::Opcode;

/// How a name is reached.
#[derive(Clone, Copy)]
enum Access {
    Fast,
    Global,
    Deref,
    Name,
}

impl<'t> Codegen<'_, 't> {
    pub(super) fn name_op(&mut self, loc: Location, name: &Name<'t>, ctx: Context) -> Done {
        let mangled = self.maybe_mangle(name);
        let entry = self.entry();
        let scope = entry.scope(&mangled);
        let function_like = entry.is_function_like();
        let in_class = entry.block == BlockType::Class;
        let sees_class = entry.can_see_class_scope;
        let (access, table) = match scope {
            Scope::Free => (Access::Deref, Table::Freevars),
            Scope::Cell => (Access::Deref, Table::Cellvars),
            Scope::Local if function_like || self.unit_ref().is_hidden(&mangled) => {
                (Access::Fast, Table::Varnames)
            }
            Scope::GlobalImplicit if function_like => (Access::Global, Table::Names),
            Scope::GlobalExplicit => (Access::Global, Table::Names),
            Scope::Local | Scope::GlobalImplicit | Scope::Unknown => (Access::Name, Table::Names),
        };
        let in_comprehension = self.unit_ref().inlined_comprehensions > 0;
        // The name takes its place in its table before `__classdict__` does.
        let unit = self.unit();
        let mut arg = match table {
            Table::Names => unit.names.add(&mangled),
            Table::Varnames => unit.varnames.add(&mangled),
            Table::Cellvars => unit.cellvars.add(&mangled),
            Table::Freevars => unit.freevars.add(&mangled),
        };
        let opcode = match (access, ctx) {
            (Access::Deref, Context::Load) => {
                if in_class && !in_comprehension {
                    self.op(loc, Opcode::LOAD_LOCALS);
                    Opcode::LOAD_FROM_DICT_OR_DEREF
                } else if sees_class {
                    self.load_classdict(loc);
                    Opcode::LOAD_FROM_DICT_OR_DEREF
                } else {
                    Opcode::LOAD_DEREF
                }
            }
            (Access::Deref, Context::Store) => Opcode::STORE_DEREF,
            (Access::Deref, Context::Del) => Opcode::DELETE_DEREF,
            (Access::Fast, Context::Load) => Opcode::LOAD_FAST,
            (Access::Fast, Context::Store) => Opcode::STORE_FAST,
            (Access::Fast, Context::Del) => Opcode::DELETE_FAST,
            (Access::Global, Context::Load) => {
                if sees_class && scope == Scope::GlobalImplicit {
                    self.load_classdict(loc);
                    Opcode::LOAD_FROM_DICT_OR_GLOBALS
                } else {
                    Opcode::LOAD_GLOBAL
                }
            }
            (Access::Global, Context::Store) => Opcode::STORE_GLOBAL,
            (Access::Global, Context::Del) => Opcode::DELETE_GLOBAL,
            (Access::Name, Context::Load) if in_class && in_comprehension => Opcode::LOAD_GLOBAL,
            (Access::Name, Context::Load) => Opcode::LOAD_NAME,
            (Access::Name, Context::Store) => Opcode::STORE_NAME,
            (Access::Name, Context::Del) => Opcode::DELETE_NAME,
        };
        if opcode == Opcode::LOAD_GLOBAL {
            arg <<= 1;
        }
        self.op_i(loc, opcode, arg);
        Ok(())
    }

    fn load_classdict(&mut self, loc: Location) {
        self.op_table(loc, Opcode::LOAD_DEREF, Table::Freevars, &self.context.names.get("__classdict__"));
    }
}
