//! What the builtin containers and types still have to bring; each function goes when its own file has it.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::Eval;
use super::super::value::{Handle, Value};

impl Machine {
    pub(in crate::machine) fn bytearray_set_index(
        &mut self,
        _array: Handle,
        _index: Value,
        _value: Option<Value>,
    ) -> Eval {
        Err(self.unsupported("bytearray[index] = value"))
    }

    pub(in crate::machine) fn bytearray_set_slice(&mut self, _array: Handle, _args: &Args) -> Eval {
        Err(self.unsupported("bytearray[slice] = values"))
    }

    pub(in crate::machine) fn encode(&mut self, _args: &Args) -> Eval {
        Err(self.unsupported("str.encode"))
    }

    pub(in crate::machine) fn decode_to_str(
        &mut self,
        _value: Option<Value>,
        _encoding: Option<Value>,
        _errors: Option<Value>,
    ) -> Eval {
        Err(self.unsupported("decoding"))
    }
}
