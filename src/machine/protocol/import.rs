//! Imports.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::value::{Handle, Value};

impl Machine {
    /// `import name`, or `from name import …`.
    pub fn import(&mut self, _name: Handle, _from_list: Value, _level: Value) -> Eval {
        Err(self.unsupported("import"))
    }

    /// `from module import name`.
    pub fn import_from(&mut self, _module: Value, _name: Handle) -> Eval {
        Err(self.unsupported("from … import"))
    }

    /// `from module import *`.
    pub fn import_star(&mut self, _module: Value) -> Eval {
        Err(self.unsupported("from … import *"))
    }
}
