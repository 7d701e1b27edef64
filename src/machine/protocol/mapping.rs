//! Dicts and sets whose keys may be anything.

use super::super::Machine;
use super::super::frame::{Eval, Flow};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

impl Machine {
    /// A new dict of keys and values, alternating.
    pub fn build_dict(&mut self, _items: Vec<Value>) -> Eval {
        Err(self.unsupported("dict displays"))
    }

    /// `dict[key] = value` for a dict or an instance of a subclass, without regard to `__setitem__`.
    pub fn dict_set(&mut self, _dict: Value, _key: Value, _value: Value) -> Eval {
        Err(self.unsupported("dict items"))
    }

    /// `{**update}`.
    pub fn dict_update_for_display(&mut self, _dict: Value, _update: Value) -> Eval {
        Err(self.unsupported("{**mapping}"))
    }

    /// `callable(**update)`: a repeated key is an error that names `callable`.
    pub fn dict_merge_for_call(&mut self, _dict: Value, _update: Value, _callable: Value) -> Eval {
        Err(self.unsupported("**arguments"))
    }

    /// A new set of these items.
    pub fn build_set(&mut self, _items: Vec<Value>) -> Eval {
        Err(self.unsupported("set displays"))
    }

    /// `set.add(value)`.
    pub fn set_add(&mut self, _set: Value, _value: Value) -> Eval {
        Err(self.unsupported("set items"))
    }

    /// `set.update(iterable)`.
    pub fn set_update(&mut self, _set: Value, _iterable: Value) -> Eval {
        Err(self.unsupported("set.update"))
    }

    /// A frozenset of constants, none of which can run Python code.
    pub(in crate::machine) fn frozen_set_of_constants(&mut self, _items: &[Value]) -> Value {
        Value::NONE
    }

    /// Looks a name up in a class body's namespace that is no plain dict.
    pub(in crate::machine) fn find_in_mapping(
        &mut self,
        _namespace: Value,
        _name: Handle,
        _fallback: Option<Value>,
    ) -> Result<Option<Flow>, Raise> {
        Err(self.unsupported("a class namespace that is not a dict"))
    }
}
