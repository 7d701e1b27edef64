//! What the builtin containers and types still have to bring; each function goes when its own file has it.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::heap::Heap;
use super::super::object::Payload;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::compare::Comparison;
use super::operator::Binary;

impl Heap {
    /// The items of a list or tuple.
    pub fn sequence_items(&self, sequence: Handle) -> Option<&[Value]> {
        match self.payload(sequence) {
            Payload::List(items) => Some(items),
            Payload::Tuple(items) => Some(items),
            _ => None,
        }
    }
}

impl Machine {
    pub(in crate::machine) fn compare_dicts(
        &mut self,
        _not_equal: bool,
        _left: Handle,
        _right: Handle,
    ) -> Eval {
        Err(self.unsupported("dict == dict"))
    }

    pub(in crate::machine) fn compare_sets(
        &mut self,
        _comparison: Comparison,
        _left: Handle,
        _right: Handle,
    ) -> Eval {
        Err(self.unsupported("set comparison"))
    }

    pub(in crate::machine) fn compare_view(
        &mut self,
        _comparison: Comparison,
        _left: Value,
        _right: Value,
    ) -> Eval {
        Err(self.unsupported("comparison of dict views"))
    }

    pub(in crate::machine) fn equal_ranges(&self, _left: Handle, _right: Handle) -> bool {
        false
    }

    pub(in crate::machine) fn range_hash_key(&mut self, _range: Value) -> Value {
        Value::NONE
    }

    pub(in crate::machine) fn range_length(&self, _range: &Payload) -> Option<usize> {
        None
    }

    pub(in crate::machine) fn sequence_binary(
        &mut self,
        _operator: Binary,
        _in_place: bool,
        _left: Value,
        _right: Value,
    ) -> Result<Option<Flow>, Raise> {
        Ok(None)
    }

    pub(in crate::machine) fn set_binary(
        &mut self,
        _operator: Binary,
        _in_place: bool,
        _left: Value,
        _right: Value,
    ) -> Result<Option<Flow>, Raise> {
        Ok(None)
    }

    pub(in crate::machine) fn dict_binary(
        &mut self,
        _operator: Binary,
        _in_place: bool,
        _left: Value,
        _right: Value,
    ) -> Result<Option<Flow>, Raise> {
        Ok(None)
    }

    pub(in crate::machine) fn repr_container(&mut self, _value: Value) -> Eval {
        Err(self.unsupported("repr of containers"))
    }

    pub(in crate::machine) fn collect_list(&mut self, _iterable: Value) -> Eval {
        Err(self.unsupported("collecting items"))
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
