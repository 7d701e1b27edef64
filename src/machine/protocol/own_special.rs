//! Special methods of the types that native modules bring.
//!
//! What `repr()`, `len()` and the like do with the types of builtins stands where these operations are.  A type
//! of a module has natives of its own instead, and is asked for them.

use super::super::Machine;
use super::super::object::{Payload, types};
use super::super::value::{Handle, Value};

impl Machine {
    /// The special method `name` of a value whose type is one of a native module, or derives from one, if
    /// that type is the one that has it.
    pub(in crate::machine) fn own_special(&self, value: Value, name: Handle) -> Option<Value> {
        let class = self.heap.get(value.handle()?).class;
        if self.heap.class(class).builtin && !types::is_of_module(class) {
            return None;
        }
        let (method, owner) = self.heap.lookup_with_owner(class, name)?;
        let is_native = matches!(self.heap.payload_of(method), Some(Payload::Native(..)));
        (is_native && types::is_of_module(owner)).then_some(method)
    }
}
