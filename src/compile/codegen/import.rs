//! Imports.

use super::super::sequence::Location;
use super::super::tree::{Alias, Context, ImportFrom, Name};
use super::emit::Table;
use super::{Codegen, Done};
use crate::code::Opcode;

/// `CALL_INTRINSIC_1` for `from … import *`.
const IMPORT_STAR: u32 = 2;

impl<'t> Codegen<'_, 't> {
    pub(super) fn import(&mut self, loc: Location, names: &[Alias<'t>]) -> Done {
        for alias in names {
            self.load_int(loc, 0);
            self.load_none(loc);
            self.op_mangled(loc, Opcode::IMPORT_NAME, Table::Names, &alias.name);
            if let Some(asname) = &alias.asname {
                self.import_as(loc, &alias.name, asname)?;
            } else {
                let first = alias.name.split('.').next().unwrap_or_default();
                self.name_op(loc, &self.context.names.get(first), Context::Store)?;
            }
        }
        Ok(())
    }

    /// Binds the last part of a dotted name; the module of the first part is on the stack.
    fn import_as(&mut self, loc: Location, name: &Name<'t>, asname: &Name<'t>) -> Done {
        let Some((_, rest)) = name.split_once('.') else {
            return self.name_op(loc, asname, Context::Store);
        };
        for (at, part) in rest.split('.').enumerate() {
            if at > 0 {
                self.op_i(loc, Opcode::SWAP, 2);
                self.op(loc, Opcode::POP_TOP);
            }
            self.op_name_raw(loc, Opcode::IMPORT_FROM, part);
        }
        self.name_op(loc, asname, Context::Store)?;
        self.op(loc, Opcode::POP_TOP);
        Ok(())
    }

    pub(super) fn import_from(&mut self, loc: Location, node: &ImportFrom<'t>) -> Done {
        let ImportFrom { module, names, level } = node;
        self.load_int(loc, *level);
        self.load_names(loc, names.iter().map(|alias| &alias.name));
        let empty = self.context.names.get("");
        self.op_mangled(loc, Opcode::IMPORT_NAME, Table::Names, module.as_ref().unwrap_or(&empty));
        for (at, alias) in names.iter().enumerate() {
            if at == 0 && alias.name.starts_with('*') {
                self.op_i(loc, Opcode::CALL_INTRINSIC_1, IMPORT_STAR);
                self.op(Location::NONE, Opcode::POP_TOP);
                return Ok(());
            }
            self.op_mangled(loc, Opcode::IMPORT_FROM, Table::Names, &alias.name);
            self.name_op(loc, alias.asname.as_ref().unwrap_or(&alias.name), Context::Store)?;
        }
        self.op(loc, Opcode::POP_TOP);
        Ok(())
    }
}
